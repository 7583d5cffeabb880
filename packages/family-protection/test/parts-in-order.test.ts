// What a part ignores and its case would note all the same is refused, or somebody says why it is not.
import { rulesOf, type CaseType } from '@himaya/engine';
import { expect, test } from 'vitest';
import { domesticViolence, parkingDispute } from '../src/index.ts';

interface Node {
  readonly path: string;
  readonly kind: string;
  readonly transitions: readonly { readonly event: string }[];
}
const nodesOf = (chart: unknown): readonly Node[] =>
  (chart as { readonly structure: { readonly nodes: readonly Node[] } }).structure.nodes;
const takes = (nodes: readonly Node[], event: string): boolean =>
  nodes.some(({ transitions }) => transitions.some((one) => one.event === event));

/** Whether a part in some state of its own, where it rests, does not take an event. */
function ignores(nodes: readonly Node[], event: string): boolean {
  return nodes.some(({ path, kind, transitions }) => {
    const around = nodes.filter((one) => one.path === '' || `${path}.`.startsWith(`${one.path}.`));
    const isPassing = transitions.some((one) => one.event === '');
    return kind === 'final' || (kind === 'atomic' && !isPassing && !takes(around, event));
  });
}

/** Events that a part may ignore while the case or another part takes them. */
function ignoredIn({ parts, chart }: CaseType): readonly string[] {
  return Object.entries(parts).flatMap(([kind, { chart: own, on = [] }]) => {
    const others = Object.entries(parts).filter(([other]) => other !== kind);
    const isHeard = (event: string): boolean =>
      takes(nodesOf(chart), event) ||
      others.some(([, { hears = [], opens }]) => [...hears, ...opens].includes(event));
    return on.filter((event) => ignores(nodesOf(own), event) && isHeard(event));
  });
}

/** Rules that ask where the part stands. */
const asked = {
  InterviewStarted: 'heardAsPlanned',
  ProtectionOrderBreached: 'activeAtBreach',
  PartyConsented: 'offerStillOpen',
  PartyDeclined: 'offerDeclinable',
  PreMeetingHeld: 'preMetInOrder',
  SessionHeld: 'sessionStillOn',
  SessionAdjourned: 'adjournedInOrder',
  SessionCancelled: 'sessionStillOn',
  PartnerReferralClosed: 'referralStillOpen',
  // The ladder goes by what was recorded for this respondent, category and place.
  WarningIssued: 'priorLevelRecorded',
  ViolationTicketRequested: 'priorLevelRecorded',
} as const;

/** Events that hurt nobody where a part ignores them. */
const harmless: readonly string[] = [
  // The incident only gets the term of its record.
  'ComplaintEscalatedToReport',
  // Recorded by the engine alone, once the part has expired.
  'ProtectionOrderExpired',
  // That somebody else saw it may become known after it is known not to have arrived.
  'NoticeFailed',
  // The commands name the contact that is due.
  'FollowUpCompleted',
  'FollowUpMissed',
  // Whoever looks once more and finds her in danger is heard.
  'WelfareCheckCompleted',
  'SessionTerminatedForSafety',
  // A broken agreement is broken once, and monitoring ends by its term.
  'SettlementFulfilled',
  'SettlementBreached',
];

const namesOf = (caseType: CaseType, event: string): readonly string[] => {
  const guard = caseType.requires[event];
  return guard === undefined ? [] : rulesOf(guard as never).map(({ name }) => name);
};

test.each([domesticViolence, parkingDispute])(
  'parts of $name › where one ignores a step that the case notes › a rule refuses it',
  (caseType) => {
    const left = ignoredIn(caseType).filter((event) => {
      const rules = namesOf(caseType, event);
      const rule = (asked as Readonly<Record<string, string>>)[event] ?? 'partInOrder';
      return !rules.includes(rule) && !harmless.includes(event);
    });
    expect(left).toEqual([]);
  },
);

test('the events that are answered for › each of them › is one that a part may ignore', () => {
  const ignored = [domesticViolence, parkingDispute].flatMap(ignoredIn);
  expect([...Object.keys(asked), ...harmless].filter((one) => !ignored.includes(one))).toEqual([]);
});
