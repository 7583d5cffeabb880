// Law 5 under random commands: accountable, due, and never a session beside a danger.
import { createEngine, type CaseView, type Command, type Engine, type Ids } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { seededIds, simulatedClock, type SimulatedClock } from '@himaya/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseTypes, parkingDispute, policies } from '../src/index.ts';
import { actor, may, spot } from './alley.ts';

const OPEN = ['intake', 'registered', 'triaged', 'active', 'closureReview', 'reclassified'];
const PEOPLE = ['A', 'B', 'F', 'K'];
const seed = 20_270_509;

const one = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const who = one(...PEOPLE);
const relation = one('none', 'none', 'neighbour', 'neighbour', 'exSpouse');
const result = one(...Array<string>(8).fill('negative'), 'positive', 'unsure');
const checks = { competencyChecked: true, conflictChecked: true };
const ladder = one('F', 'F', 'K').map((respondent) => ({ respondent, ...spot }));
const session = { sessionId: 'S1' };

/** A command someone might give at any time, sensible or not. */
const step: fc.Arbitrary<readonly [string, string, unknown]> = fc.oneof(
  fc.tuple(
    one('int1'),
    one('AddParty'),
    fc.record({
      partyId: who,
      person: fc.constant('p'),
      relationToComplainant: relation,
      partyRole: one('complainant', 'respondent', 'neighbour'),
      band: one('adult', 'adult', 'under15'),
    }),
  ),
  fc.tuple(
    one('int1'),
    one('ScreenHiddenHarm'),
    fc.record({ result, relationBetweenParties: relation }),
  ),
  fc.tuple(
    one('int1'),
    one('CompleteViolenceScreening'),
    fc.record({
      partyId: who,
      result,
      instrument: fc.constant('OFFICE'),
      conductedAlone: fc.constant(true),
    }),
  ),
  fc.tuple(one('int1'), one('TriageCase'), fc.constant({ level: 'priority' })),
  fc.tuple(
    one('sup1'),
    one('AssignCase'),
    one({ to: 'cw2', ...checks }, { to: 'con1', capacity: 'conciliator', ...checks }),
  ),
  fc.tuple(
    one('cp1'),
    one('CompleteSiteVisit'),
    fc.record({
      patrolId: fc.constant('p'),
      finding: one('substantiated', 'unsubstantiated'),
    }),
  ),
  fc.tuple(one('cp1'), one('GiveAdvice', 'IssueWarning', 'RecordRecurrence'), ladder),
  fc.tuple(
    one('cp1'),
    one('RequestViolationTicket'),
    ladder.map((given) => ({ ...given, competentBody: 'traffic' })),
  ),
  fc.tuple(
    one('con1', 'cp2'),
    one('OfferMediation'),
    fc.constant({ parties: ['A', 'B'], offeredSeparately: true }),
  ),
  fc.tuple(
    one('con1', 'sup1'),
    one('RecordPartyConsent'),
    who.map((partyId) => ({
      partyId,
      capacityConfirmed: true,
      obtainedPrivately: true,
    })),
  ),
  fc.tuple(
    one('con1', 'cp2'),
    one('HoldSession'),
    fc.constant({ ...session, attendees: ['A', 'B'] }),
  ),
  fc.tuple(
    one('con1', 'cp2'),
    one('SignNeighbourhoodAgreement'),
    fc.constant({
      ...session,
      agreementId: 'N1',
      signatories: ['A', 'B'],
      placeBlock: '215',
      clauses: [{ clauseId: 'c', kind: 'askFirst', text: 'Ask first.' }],
    }),
  ),
  fc.tuple(
    one('int1'),
    one('WithdrawConsent'),
    who.map((partyId) => ({ partyId, purpose: 'mediation' })),
  ),
  fc.tuple(
    one('cp1', 'aud1'),
    one('StartProtectiveMeasure'),
    fc.constant({ measureId: 'M1', kind: 'escort' }),
  ),
  fc.tuple(
    one('sup1'),
    one('EndProtectiveMeasure'),
    fc.constant({ measureId: 'M1', outcome: 'replaced' }),
  ),
  fc.tuple(
    one('cw2'),
    one('CompleteFollowUp'),
    fc.record({ safetyAnswer: one('safe', 'safe', 'concern') }),
  ),
  fc.tuple(
    one('cw2', 'cp1'),
    one('ProposeClosure'),
    fc.record({
      reasonCode: one('resolved', 'complaintWithdrawn'),
      feedbackOffered: fc.constant(true),
    }),
  ),
  fc.tuple(one('sup1'), one('CloseCase'), fc.constant({})),
  fc.tuple(one('sup1'), one('ReturnClosure'), fc.constant({ reasonCode: 'incomplete' })),
  fc.tuple(
    one('sup1'),
    one('ReopenCase', 'RecordServiceFeedback'),
    one({ reasonCode: 'review' }, { scores: [], anonymous: true }),
  ),
  fc.tuple(one('sup1'), one('ReviewCase'), fc.constant({ next: 'continue' })),
);
/** Rarely: what ends the case elsewhere. */
const ending: typeof step = fc.oneof(
  fc.tuple(
    one('cp1'),
    one('ReclassifyCase'),
    fc.constant({ to: 'family.dispute', reason: 'told' }),
  ),
  fc.tuple(one('sup1'), one('RecordSuccessor'), fc.constant({ caseId: 'other' })),
  fc.tuple(one('int1'), one('RecordSuccessor'), fc.constant({ caseId: 'child', partyId: 'K' })),
);
const session1 = fc.constant<readonly [string, string, unknown]>(['con1', 'ScheduleSession', {}]);
const any = fc.oneof(
  { weight: 20, arbitrary: step },
  { weight: 3, arbitrary: session1 },
  { weight: 1, arbitrary: ending },
);
type Given = readonly [string, string, unknown];
const added = (partyId: string, partyRole: string): Given => [
  'int1',
  'AddParty',
  {
    partyId,
    partyRole,
    person: 'p',
    relationToComplainant: 'neighbour',
    band: 'adult',
  },
];
const consents = (partyId: string): Given => [
  'con1',
  'RecordPartyConsent',
  {
    partyId,
    capacityConfirmed: true,
    obtainedPrivately: true,
  },
];
/** Ways into a case, with the hours before each command: random commands go on from each of them. */
const ways: readonly (readonly (readonly [number, Given])[])[] = [
  [
    [0, added('A', 'complainant')],
    [0, added('B', 'neighbour')],
    [0, added('F', 'respondent')],
    [0, ['int1', 'ScreenHiddenHarm', { result: 'negative', relationBetweenParties: 'neighbour' }]],
    [0, ['int1', 'TriageCase', { level: 'priority' }]],
    [0, ['sup1', 'AssignCase', { to: 'cw2', ...checks }]],
    [0, ['sup1', 'AssignCase', { to: 'con1', capacity: 'conciliator', ...checks }]],
    [0, ['con1', 'OfferMediation', { parties: ['A', 'B'], offeredSeparately: true }]],
  ],
  [
    [48, consents('A')],
    [0, consents('B')],
    [0, ['con1', 'ScheduleSession', {}]],
  ],
  [
    [1, ['con1', 'HoldSession', { ...session, attendees: ['A', 'B'] }]],
    [
      0,
      [
        'con1',
        'SignNeighbourhoodAgreement',
        {
          ...session,
          agreementId: 'N1',
          signatories: ['A', 'B'],
          placeBlock: '215',
          clauses: [{ clauseId: 'c', kind: 'askFirst', text: 'Ask first.' }],
        },
      ],
    ],
    [1, ['cp1', 'GiveAdvice', { respondent: 'F', ...spot }]],
    [1, ['cp1', 'RecordRecurrence', { respondent: 'F', ...spot }]],
    [0, ['cp1', 'IssueWarning', { respondent: 'F', ...spot }]],
    [1, ['cp1', 'RecordRecurrence', { respondent: 'F', ...spot }]],
    [0, ['cp1', 'RequestViolationTicket', { respondent: 'F', ...spot, competentBody: 'traffic' }]],
  ],
  [
    [24 * 29, ['cw2', 'CompleteFollowUp', { safetyAnswer: 'safe' }]],
    [48, ['cw2', 'ProposeClosure', { reasonCode: 'resolved', feedbackOffered: true }]],
    [0, ['sup1', 'CloseCase', {}]],
  ],
];

function wrongWith(view: CaseView): string | undefined {
  const state = view.states.find((path) => path.startsWith('lifecycle.'))?.slice(10) ?? '';
  const isOpen = OPEN.includes(state);
  const pending = view.deadlines.filter(({ status }) => status === 'pending');
  if (isOpen && pending.length === 0) return `nothing is due in ${state}`;
  const { lead, dutyOfficer } = view.context;
  if ((lead ?? dutyOfficer) === null) return `nobody is accountable in ${state}`;
  const { armed, reached, disarmed } = view.deadlineCounts;
  if (armed !== reached + disarmed + pending.length) return 'a deadline was lost';
  const scheduled = view.parts.some(
    ({ kind, states }) => kind === 'session' && states.includes('scheduled'),
  );
  const danger = view.parts.some(
    ({ kind, states }) => kind === 'measure' && states.includes('active'),
  );
  if (scheduled && (danger || !view.states.includes('screening.negative')))
    return 'a session beside a danger';
  return undefined;
}

const intake = { channel: 'phone', intakeKind: 'complaint', accessNeeds: [] };
const complaint = {
  complaintNo: 'c',
  subType: 'alley',
  place: 'alley-12',
  block: '215',
  publicImpact: 'household',
};

function lawEngine(clock: SimulatedClock, ids: Ids, alerts: string[]): Engine {
  return createEngine({
    store: new MemoryEventStore(),
    caseTypes,
    policies,
    office: 'MUH-FCP',
    clock,
    ids,
    writer: 'law',
    onAlert: ({ message }) => alerts.push(message),
  });
}

async function run(steps: readonly (readonly [number, Given])[], far: number) {
  const clock = simulatedClock(may(9));
  const ids = seededIds('law five');
  const alerts: string[] = [];
  const engine = lawEngine(clock, ids, alerts);
  const give = (by: string, name: string, input: unknown, caseId?: string) => {
    const command: Command = {
      id: ids.next(),
      name,
      input,
      ...(caseId === undefined ? {} : { caseId }),
    };
    return engine.execute(command, actor(by));
  };
  const first = await give('int1', 'StartIntake', intake);
  if (first.kind !== 'accepted') throw new Error('no intake');
  const { caseId } = first.case;
  await give('int1', 'RegisterComplaint', complaint, caseId);
  const prefix = ways.slice(0, far).flat();
  let held = 0;
  const names: string[] = [];
  for (const [hours, [by, name, input]] of [...prefix, ...steps]) {
    clock.advanceBy(hours * 3_600_000);
    const start = new Date(clock.now() + 3_600_000).toISOString();
    const planned =
      name === 'ScheduleSession'
        ? {
            sessionId: held === 0 ? 'S1' : `S${held}-`,
            mode: 'joint',
            roomId: 'REC1',
            attendees: ['A', 'B'],
            start,
            end: start,
          }
        : input;
    const outcome = await give(by, name, planned, caseId);
    if (outcome.kind === 'accepted') {
      names.push(name);
      held += name === 'ScheduleSession' ? 1 : 0;
    }
    if (parkingDispute.commands[name]?.emergency) expect(outcome.kind).toBe('accepted');
    const view = await engine.caseAt(caseId);
    if (!view) throw new Error('no case');
    expect(wrongWith(view)).toBeUndefined();
  }
  const replayed = await engine.replay(caseId);
  expect(replayed?.divergences).toEqual([]);
  expect(alerts).toEqual([]);
  return { names };
}

test('law 5 › under any commands at any time › holds', async () => {
  const seen = new Set<string>();
  const gap = one(0, 0, 1, 5, 24, 49, 24 * 8, 24 * 31);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(gap, any), { minLength: 10, maxLength: 40 }),
      fc.integer({ min: 0, max: ways.length }),
      async (steps, far) => {
        for (const name of (await run(steps, far)).names) seen.add(name);
      },
    ),
    { seed, numRuns: 80 },
  );
  expect([...seen].toSorted()).toEqual(
    expect.arrayContaining([
      'ScheduleSession',
      'HoldSession',
      'SignNeighbourhoodAgreement',
      'WithdrawConsent',
      'GiveAdvice',
      'IssueWarning',
      'RequestViolationTicket',
      'StartProtectiveMeasure',
      'CloseCase',
      'ReopenCase',
      'ReclassifyCase',
      'RecordSuccessor',
      'CompleteViolenceScreening',
      'ReviewCase',
    ]),
  );
});
