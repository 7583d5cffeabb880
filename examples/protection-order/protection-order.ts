// The smallest host application around domestic violence: an order, and a reconciliation it forbids.
import { createEngine, type Actor, type Outcome } from '@himaya/engine';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { ulid } from 'ulid';

const OFFICE = 'MUH-FCP';
const staff = (name: string, role: string): Actor => ({ staff: name, role, office: OFFICE });
const intake = staff('int1', 'INT');
const supervisor = staff('sup1', 'SUP');
const caseworker = staff('cw1', 'CW');
const liaison = staff('leg1', 'LEG');
const conciliator = staff('con1', 'CON');

/** So many days after an instant. */
const days = (from: Date, count: number): string =>
  new Date(from.getTime() + count * 86_400_000).toISOString();

type Give = (actor: Actor, name: string, input: object) => Promise<Outcome>;

/** Runs the story on a file and says each step to `print`. */
export async function runProtectionOrder(
  path: string,
  print: (line: string) => void,
): Promise<void> {
  const store = openSqliteStore({ path });
  const engine = createEngine({ store, caseTypes, policies, office: OFFICE });
  let caseId: string | undefined;

  /** Gives a command as the host's own screen would, and shows what came of it. */
  const give: Give = async (actor, name, input) => {
    const about = caseId === undefined ? { caseType: 'family.domesticViolence' } : { caseId };
    const outcome = await engine.execute({ id: ulid(), name, input, ...about }, actor);
    if (outcome.kind === 'accepted') {
      caseId ??= outcome.case.caseId;
      print(`${actor.role} ${name}: ${outcome.events.map(({ type }) => type).join(', ')}`);
    } else if (outcome.kind === 'refused') {
      print(`${actor.role} ${name}: refused`);
      // What a violation says may be shown to the one who asked: it tells nothing of the case.
      for (const { code, text } of outcome.violations) {
        print(`  ${code}`);
        print(`    ${text.en}`);
        print(`    ${text.ar}`);
      }
    } else print(`${actor.role} ${name}: others wrote at the same time; send it again`);
    return outcome;
  };

  await story(give);
  const replayed = await engine.replay(caseId as string);
  print(`replayed ${replayed?.events} events, divergences: ${replayed?.divergences.length}`);
  await store.close();
}

/** She reports, an order is issued, and someone who means well offers the couple a talk. */
async function story(give: Give): Promise<void> {
  const now = new Date();
  const party = (partyId: string, partyRole: string, relationToVictim: string) =>
    give(intake, 'AddParty', {
      partyId,
      person: `person-${partyId}`,
      partyRole,
      relationToVictim,
      band: 'adult',
    });
  await give(intake, 'RegisterReport', {
    reportNo: 'MUH-R-1',
    subType: 'intimatePartner',
    violenceTypes: ['physical'],
    narrative: 'She came in with bruises.',
  });
  await party('A', 'victim', 'self');
  await party('B', 'allegedAggressor', 'spouse');
  await give(intake, 'TriageCase', { level: 'emergency', flags: [] });
  const checks = { competencyChecked: true, conflictChecked: true, openCases: 0 };
  await give(supervisor, 'AssignCase', { to: 'cw1', ...checks });
  await give(supervisor, 'AssignCase', { to: 'con1', capacity: 'conciliator', ...checks });
  await give(caseworker, 'AssessRisk', { assessmentId: 'R1', instrument: 'DASH-RIC', score: 15 });
  await give(caseworker, 'RequestProtectionOrder', {
    orderId: 'O1',
    requestedBy: 'victim',
    victimInformed: true,
    protected: ['A'],
    against: 'B',
    conditionsSought: ['noContact'],
    riskAssessmentId: 'R1',
  });
  const issued = { orderId: 'O1', from: now.toISOString(), until: days(now, 30) };
  await give(liaison, 'RecordProtectionOrderIssued', issued);
  const offer = { parties: ['A', 'B'], offeredSeparately: true };
  await give(conciliator, 'OfferReconciliation', offer);
}
