// A case in a dead-end alley: who takes part, and the steps that bring it to each of its stages.
import {
  createEngine,
  type Actor,
  type CaseType,
  type CaseView,
  type Command,
  type Engine,
  type Outcome,
  type Policy,
} from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { seededIds, simulatedClock } from '@himaya/testkit';
import { domesticViolence, parkingDispute, policyBaseline } from '../src/index.ts';

/** A command of someone, at some time. */
export interface Step {
  readonly by: string;
  /** Another file: the id of the command that opens it. Without one the first file is meant. */
  readonly file?: string;
  /** In whose name, if not their own. */
  readonly onBehalfOf?: string;
  readonly command: string;
  /** The type that it opens a file of, where there are several. */
  readonly caseType?: string;
  readonly input?: object;
  readonly at?: string;
  readonly occurredAt?: string;
  readonly lateReason?: string;
}

/** What a case is played with. */
export interface Stage {
  readonly caseType?: CaseType;
  /** Where files of several types are played. */
  readonly caseTypes?: readonly [CaseType, ...CaseType[]];
  readonly policy?: Policy;
}

/** What came of the last step. */
export interface Played {
  readonly engine: Engine;
  readonly caseId: string;
  readonly outcome: Outcome;
  /** Codes of its refusal. */
  readonly codes: readonly string[];
  /** Names of the events it recorded. */
  readonly events: readonly string[];
  readonly view: CaseView;
}

const ROLES: Readonly<Record<string, string>> = {
  int1: 'INT',
  cp1: 'CP',
  cp2: 'CP',
  cw1: 'CW',
  cw2: 'CW',
  con1: 'CON',
  sup1: 'SUP',
  sup2: 'SUP',
  head1: 'HEAD',
  aud1: 'AUD',
  psy1: 'PSY',
  inv1: 'INV',
  fio1: 'FIO',
  leg1: 'LEG',
};

/** A member of staff by name. */
export function actor(name: string): Actor {
  return { staff: name, role: ROLES[name] ?? 'INT', office: 'MUH-FCP' };
}

/** The types of a stage, that of the first file first: a case of violence may follow on any other. */
function typesOf({
  caseType = parkingDispute,
  caseTypes,
}: Stage): readonly [CaseType, ...CaseType[]] {
  if (caseTypes) return caseTypes;
  return caseType.name === domesticViolence.name ? [caseType] : [caseType, domesticViolence];
}

/** Gives each command in turn; all but the last must be accepted. */
export async function play(steps: readonly Step[], stage: Stage = {}): Promise<Played> {
  const clock = simulatedClock('2027-05-09T08:00:00+03:00');
  const ids = seededIds('alley');
  const engine = createEngine({
    store: new MemoryEventStore(),
    caseTypes: typesOf(stage),
    policies: [stage.policy ?? policyBaseline],
    office: 'MUH-FCP',
    clock,
    ids,
    writer: 'alley',
  });
  let caseId: string | undefined;
  const opened = new Set<string>();
  let outcome: Outcome | undefined;
  for (const { by, file, onBehalfOf, command, input, at, ...rest } of steps) {
    if (outcome && outcome.kind !== 'accepted')
      throw new Error(`before ${command}: ${told(outcome)}`);
    if (at !== undefined) clock.advanceTo(at);
    const isOpening = file !== undefined && !opened.has(file);
    const target = file === undefined ? caseId : isOpening ? undefined : file;
    const about = target === undefined ? { caseType: typesOf(stage)[0].name } : { caseId: target };
    const id = isOpening ? file : ids.next();
    if (isOpening) opened.add(file);
    const given: Command = { ...about, ...rest, id, name: command, input: input ?? {} };
    const behalf = onBehalfOf === undefined ? {} : { onBehalfOf };
    outcome = await engine.execute(given, { ...actor(by), ...behalf });
    if (outcome.kind === 'accepted' && file === undefined) caseId ??= outcome.case.caseId;
  }
  if (!outcome || caseId === undefined) throw new Error(`nothing was opened: ${told(outcome)}`);
  const view = await engine.caseAt(caseId);
  if (!view) throw new Error('the case cannot be seen');
  const events = outcome.kind === 'accepted' ? outcome.events.map(({ type }) => type) : [];
  return { engine, caseId, outcome, codes: codesOf(outcome), events, view };
}

function codesOf(outcome: Outcome): readonly string[] {
  return outcome.kind === 'refused' ? outcome.violations.map(({ code }) => code) : [];
}

function told(outcome: Outcome | undefined): string {
  return outcome ? `${outcome.kind} ${codesOf(outcome).join()}` : 'nothing';
}

/** An instant of May 2027 in Bahrain. */
export function may(day: number, time = '09:00'): string {
  return `2027-05-${String(day).padStart(2, '0')}T${time}:00+03:00`;
}

/** An instant of June 2027 in Bahrain. */
export function june(day: number, time = '09:00'): string {
  return `2027-06-${String(day).padStart(2, '0')}T${time}:00+03:00`;
}

/** The place and category that everything is about. */
export const spot = { category: 'alley', place: 'alley-12' };

/** A party of the alley. */
export function party(partyId: string, more: object = {}): Step {
  const role = partyId === 'A' ? 'complainant' : partyId === 'F' ? 'respondent' : 'neighbour';
  const relation = partyId === 'A' ? 'none' : 'neighbour';
  const base = { partyRole: role, relationToComplainant: relation, band: 'adult' };
  return {
    by: 'int1',
    command: 'AddParty',
    input: { partyId, person: `p-${partyId}`, ...base, ...more },
  };
}

/** The complaint alone. */
export const complaint: Step = {
  by: 'int1',
  command: 'RegisterComplaint',
  at: may(9),
  input: {
    complaintNo: 'C-1',
    subType: 'alley',
    place: 'alley-12',
    block: '215',
    publicImpact: 'neighbourhood',
    accessNeeds: [],
  },
};
const screened: Step = {
  by: 'int1',
  command: 'ScreenHiddenHarm',
  input: { result: 'negative', relationBetweenParties: 'neighbour' },
};
const checks = { competencyChecked: true, conflictChecked: true, openCases: 0 };

/** An assignment to someone. */
export function assign(to: string, more: object = {}): Step {
  return { by: 'sup1', command: 'AssignCase', input: { to, ...checks, ...more } };
}

/** A step of mediation taken by the conciliator for one party. */
export function consent(partyId: string, more: object = {}): Step {
  const given = { capacityConfirmed: true, informed: true, obtainedPrivately: true };
  return { by: 'con1', command: 'RecordPartyConsent', input: { partyId, ...given, ...more } };
}

/** An offer to some parties. */
export function offer(...parties: readonly string[]): Step {
  return {
    by: 'con1',
    command: 'OfferMediation',
    at: may(12),
    input: { parties, offeredSeparately: true },
  };
}

/** A session with some parties. */
export function schedule(...attendees: readonly string[]): Step {
  const input = { sessionId: 'S1', mode: 'joint', roomId: 'REC1', attendees };
  return {
    by: 'con1',
    command: 'ScheduleSession',
    input: { ...input, start: may(17, '18:00'), end: may(17, '19:30') },
  };
}

/** The session, held. */
export function hold(...attendees: readonly string[]): Step {
  return {
    by: 'con1',
    command: 'HoldSession',
    at: may(17, '18:00'),
    input: { sessionId: 'S1', attendees },
  };
}

/** A clause. */
export const clause = { clauseId: 'c1', kind: 'keepAccessClear', text: 'Nobody stands there.' };

/** The signature of some parties under some clauses. */
export function sign(signatories: readonly string[], ...clauses: readonly object[]): Step {
  const given = clauses.length === 0 ? [clause] : clauses;
  const input = { agreementId: 'N1', sessionId: 'S1', signatories, placeBlock: '215' };
  return {
    by: 'con1',
    command: 'SignNeighbourhoodAgreement',
    input: { ...input, clauses: given },
  };
}

/** A rung of the ladder for someone. */
export function rung(command: string, respondent = 'F', more: object = {}): Step {
  return { by: 'cp1', command, input: { respondent, ...spot, ...more } };
}

/** The id of another file about the same alley, and the complaint that opens it. */
export const OTHER = '01JD8ZQ4XK7T9N2M5P8R3V6W1Y';
/** The complaint that opens {@link OTHER}. */
export const otherFile: Step = {
  by: 'int1',
  command: 'RegisterComplaint',
  file: OTHER,
  input: complaint.input ?? {},
};
/** Instead of it, a report of violence. */
export const otherViolence: Step = {
  by: 'int1',
  command: 'RegisterReport',
  caseType: 'family.domesticViolence',
  file: OTHER,
  input: {
    reportNo: 'R-1',
    subType: 'intimatePartner',
    violenceTypes: ['physical'],
    accessNeeds: [],
  },
};
/** The same quarrel, merged into the other file. */
export const merge: Step = {
  by: 'sup1',
  command: 'MergeDuplicate',
  input: { survivingCaseId: OTHER, reason: 'sameIncident' },
};

/** The steps up to each stage. */
export const upTo = (() => {
  const registered = [complaint, party('A'), party('B'), party('F')];
  const screenedCase = [...registered, screened];
  const triaged = [
    ...screenedCase,
    { by: 'int1', command: 'TriageCase', input: { level: 'routine' } },
  ];
  const active = [...triaged, assign('cw2'), assign('con1', { capacity: 'conciliator' })];
  const offered = [...active, offer('A', 'B', 'F')];
  const consented = [...offered, { ...consent('A'), at: may(16) }, consent('B')];
  const scheduled = [...consented, schedule('A', 'B')];
  const held = [...scheduled, hold('A', 'B')];
  const signed = [...held, sign(['A', 'B'])];
  /** Everyone is answered: two have signed, and the one who did not is advised. */
  const settled = [...signed, rung('GiveAdvice')];
  const advised = [...active, { ...rung('GiveAdvice'), at: may(20) }];
  return {
    registered,
    screened: screenedCase,
    triaged,
    active,
    offered,
    consented,
    scheduled,
    held,
    signed,
    settled,
    advised,
  };
})();

/** The last steps of a case that can be closed: followed up, monitored, proposed. */
export const followedUp: Step = {
  by: 'cw2',
  command: 'CompleteFollowUp',
  at: june(16),
  input: { safetyAnswer: 'safe', newIncident: false },
};
/** A proposal of closure, after the monitoring. */
export const proposed: Step = {
  by: 'cw2',
  command: 'ProposeClosure',
  at: june(17),
  input: { reasonCode: 'resolved', feedbackOffered: true },
};
/** The steps of a case up to its closure. */
export const closed: readonly Step[] = [
  ...upTo.settled,
  followedUp,
  proposed,
  { by: 'sup1', command: 'CloseCase' },
];
/** The screening for hidden harm, with this result. */
export const screen = (result: string, relation = 'neighbour'): Step => ({
  by: 'int1',
  command: 'ScreenHiddenHarm',
  input: { result, relationBetweenParties: relation },
});
/** A violence screening of one party, alone. */
export const alone = (
  partyId: string,
  result: string,
  by = 'int1',
  accompaniedBy?: object,
): Step => ({
  by,
  command: 'CompleteViolenceScreening',
  input: {
    partyId,
    instrument: 'OFFICE',
    result,
    conductedAlone: true,
    ...(accompaniedBy ? { accompaniedBy } : {}),
  },
});
/** A referral to the municipality that shares no more than it needs. */
export const refer = (more: object = {}): Step => ({
  by: 'cw2',
  command: 'MakePartnerReferral',
  input: {
    referralId: 'R1',
    body: 'municipality',
    purpose: 'bays',
    basis: { kind: 'legal', code: 'municipalNuisance' },
    fieldsShared: ['place', 'block'],
    ...more,
  },
});
