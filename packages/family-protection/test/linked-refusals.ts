// For each rule about households and their other cases the steps that break it, and only it.
import { judge, schedule } from './accord.ts';
import { may, type Step } from './alley.ts';
import { assessed, linked, linking, otherOrder, type Linked, type Setting } from './linked.ts';

/** A rule, what stands in the way of it, and the last step, which it refuses. */
export interface LinkedRefusal {
  readonly rule: string;
  readonly code: string;
  /** What is behind the rule, once it is taken out. */
  readonly behind?: string;
  readonly set: (setting: Setting) => Promise<Linked>;
  readonly step: Step;
}

/** Something happened in the other case, by default between the two. */
export function harm(how: object = {}): Step {
  const input = { victim: 'W', alleged: ['H'], violenceTypes: ['physical'], ...how };
  return { by: 'inv1', command: 'RecordIncident', input };
}
/** A child of the other case says something worrying. */
export const concern: readonly Step[] = [
  {
    by: 'int1',
    command: 'AddParty',
    input: {
      partyId: 'K',
      person: 'p-K',
      partyRole: 'child',
      relationToVictim: 'child',
      band: 'under15',
    },
  },
  {
    by: 'cw2',
    command: 'ScreenChild',
    input: { partyId: 'K', result: 'concern', seenAlone: true },
  },
];
/** The case takes back that it belongs to the household. */
export const unlink: Step = {
  by: 'sup1',
  command: 'UnlinkHousehold',
  input: { householdId: 'h1', reason: 'linkedByMistake' },
};
/** Somebody else turns out to be a party of the case, by default the victim. */
export const relink = (by: string, more: object = {}): Step => ({
  by,
  command: 'CorrectHouseholdLink',
  input: { householdId: 'h1', partyId: 'V', from: 'she', to: 'kid', why: 'a sister', ...more },
});
/** The supervisor says to be related to a party of a case. */
export const related = (partyId: string, by = 'sup1'): Step => ({
  by,
  command: 'DeclareConflictOfInterest',
  input: { partyId },
});
const apart: Step = {
  by: 'int1',
  command: 'DeclareSeparationPair',
  input: { a: 'she', b: 'he', bufferMin: 30, mode: 'noOverlapBuilding', basis: 'request' },
};
const old = '2026-01-01T08:00:00+03:00';

/** Both cases, the own one at a stage, and then something in the other. */
function then(stage: 'ready' | 'reported', ...steps: readonly Step[]) {
  return async (setting: Setting): Promise<Linked> => {
    const made = await linked(stage, setting);
    if (steps.length > 0) await made.all.play(steps, made.other);
    return made;
  };
}

/** The rules. */
export const linkedRefusals: readonly LinkedRefusal[] = [
  {
    rule: 'linkedKnown',
    code: 'PARTY_UNKNOWN',
    set: then('reported'),
    step: linking('h1', { Z: 'kid' }),
  },
  {
    rule: 'linkIsWrong',
    code: 'LINK_UNKNOWN',
    set: then('reported'),
    step: relink('sup1', { partyId: 'A' }),
  },
  {
    rule: 'decidedBySecond',
    code: 'SEPARATION_OF_DUTIES',
    set: async (setting) => {
      const made = await linked('reported', setting);
      await made.all.play([{ ...linking('h1', { V: 'she' }), by: 'sup1' }], made.own);
      return made;
    },
    step: relink('sup1'),
  },
  {
    // Who corrected a link has said who it is, and takes that back alone no more than anybody else.
    rule: 'decidedBySecond',
    code: 'SEPARATION_OF_DUTIES',
    set: async (setting) => {
      const made = await linked('reported', setting);
      await made.all.play([relink('sup1')], made.own);
      return made;
    },
    step: relink('sup1', { from: 'kid', to: 'she' }),
  },
  {
    rule: 'homeKnown',
    code: 'HOUSEHOLD_UNKNOWN',
    set: then('reported'),
    step: { ...unlink, input: { householdId: 'h2', reason: 'linkedByMistake' } },
  },
  {
    rule: 'linkNotNeeded',
    code: 'HOUSEHOLD_LINK_NEEDED',
    set: then('reported', otherOrder),
    step: unlink,
  },
  {
    rule: 'unlinkerUnrelated',
    code: 'CONFLICT_OF_INTEREST',
    set: then('reported', related('H')),
    step: unlink,
  },
  {
    rule: 'linkedFilesThere',
    code: 'LINKED_FILE_MISSING',
    set: async (setting) => {
      const made = await linked('ready', setting);
      const ghost = { caseId: 'ghost', as: [{ person: 'she', partyId: 'X' }] };
      await made.all.play([{ by: 'int1', command: 'LinkCase', input: ghost }], 'household-h1');
      return made;
    },
    step: schedule('S1'),
  },
  {
    rule: 'linkListed',
    code: 'HOUSEHOLD_LINK_PENDING',
    set: async (setting) => {
      const made = await linked('ready', setting);
      await made.all.home('h2', ['kid']);
      // Neither of them is a member of that household: it does not list the case.
      await made.all.link(made.own, 'h2', { V: 'she' });
      return made;
    },
    step: schedule('S1'),
  },
  {
    rule: 'linkedEveryone',
    code: 'PARTICIPANT_NOT_LINKED',
    set: (setting) => linked('reported', { ...setting, partly: true }),
    step: judge(),
  },
  {
    rule: 'linkedNoOrder',
    code: 'RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER',
    set: then('ready', otherOrder),
    step: schedule('S1'),
  },
  {
    rule: 'linkedNotApart',
    code: 'SEPARATION_CONFLICT',
    set: async (setting) => {
      const made = await linked('ready', setting);
      await made.all.play([apart], 'household-h1');
      return made;
    },
    step: schedule('S1'),
  },
  {
    rule: 'linkedRiskLow',
    code: 'RECONCILIATION_BLOCKED_BY_RISK',
    set: then('ready', assessed(15)),
    step: schedule('S1'),
  },
  {
    rule: 'linkedTypePermits',
    code: 'RECONCILIATION_FORBIDDEN_FOR_TYPE',
    set: then(
      'reported',
      harm({ violenceTypes: ['sexual'], occurredFrom: '2024-03-01T08:00:00Z' }),
    ),
    step: judge(),
  },
  {
    rule: 'linkedPast',
    code: 'RECONCILIATION_BLOCKED_BY_RISK',
    set: (setting) => linked('reported', { ...setting, before: [harm({ occurredFrom: old })] }),
    step: judge(),
  },
];

/** What of the other case makes a meeting too dangerous, each by itself, after all consented. */
export const risks: readonly (readonly [string, readonly Step[]])[] = [
  ['a level that is high', [assessed(15)]],
  ['harm that became known since', [harm({ occurredFrom: may(1) })]],
  ['a concern for a child', concern],
];
