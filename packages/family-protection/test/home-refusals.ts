// For each rule of a household the steps that break it, and only it.
import { may, type Step } from './alley.ts';
import { assessed, dangerTold, linked, otherOrder, type Linked, type Setting } from './linked.ts';
import { concern, related } from './linked-refusals.ts';
import { asked } from './violence.ts';

/** The household of both cases. */
export const HOME = 'household-h1';

/** A rule, what stands in the way of it, and the last step, which it refuses. */
export interface HomeRefusal {
  readonly rule: string;
  readonly code: string;
  /** What is behind the rule, once it is taken out. */
  readonly behind?: string;
  readonly set: (setting: Setting) => Promise<Linked>;
  readonly step: (made: Linked) => Step;
}

/** Something about the household. */
export function atHome(command: string, input: object, by = 'sup1'): Step {
  return { by, command, input };
}
const two = { a: 'she', b: 'he' };
/** The two are kept apart. */
export const apart = atHome(
  'DeclareSeparationPair',
  { ...two, bufferMin: 30, mode: 'noOverlapZone', basis: 'request' },
  'int1',
);
/** They are no more. */
export const lift = atHome('LiftSeparationPair', { ...two, reason: 'both asked for it' });
/** A case is taken off the list. */
export const unlinkCase = (caseId: string): Step =>
  atHome('UnlinkCase', { caseId, reason: 'linked by mistake' });
/** An order is asked for in the other case, and nobody has decided on it. */
export const orderAsked: Step = {
  by: 'cw2',
  command: 'RequestProtectionOrder',
  input: { ...asked, protected: ['W'], against: 'H' },
};

/** Both cases and two who are kept apart, and then something in the other case. */
export function separated(...steps: readonly Step[]) {
  return async (setting: Setting): Promise<Linked> => {
    const made = await linked('reported', setting);
    await made.all.play([apart], HOME);
    if (steps.length > 0) await made.all.play(steps, made.other);
    return made;
  };
}

/** What of a case keeps a separation from being lifted, each by itself. */
export const dangers: readonly (readonly [string, readonly Step[]])[] = [
  ['an order that is asked for', [orderAsked]],
  ['a high risk', [assessed(15)]],
  ['a danger that nobody has met', [dangerTold]],
  ['a concern for a child', concern],
  [
    'a level that was high a week ago',
    [
      assessed(15),
      { ...assessed(4), at: may(9, '12:00') },
      { by: 'cw2', command: 'ProposeRiskDowngrade', input: { to: 'standard' } },
      { by: 'sup1', command: 'ApproveRiskDowngrade', input: {} },
    ],
  ],
];

/** The rules. */
export const homeRefusals: readonly HomeRefusal[] = [
  {
    rule: 'registered',
    code: 'PERSON_NOT_REGISTERED',
    set: separated(),
    step: () => atHome('AddMember', { household: 'h1', person: 'aunt' }),
  },
  {
    rule: 'membersOnly',
    code: 'NOT_A_MEMBER',
    set: separated(),
    step: () => ({ ...apart, input: { ...apart.input, b: 'aunt' } }),
  },
  {
    rule: 'linkedMembers',
    code: 'NOT_A_MEMBER',
    set: separated(),
    step: ({ own }) =>
      atHome('LinkCase', { caseId: own, as: [{ person: 'aunt', partyId: 'V' }] }),
  },
  {
    rule: 'unlinkedThereFirst',
    code: 'CASE_STILL_LINKED',
    set: separated(),
    step: ({ own }) => unlinkCase(own),
  },
  {
    rule: 'pairKnown',
    code: 'NOT_SEPARATED',
    set: (setting) => linked('reported', setting),
    step: () => lift,
  },
  {
    rule: 'liftedBySecond',
    code: 'SEPARATION_OF_DUTIES',
    set: async (setting) => {
      const made = await linked('reported', setting);
      await made.all.play([{ ...apart, by: 'sup1' }, apart], HOME);
      return made;
    },
    step: () => lift,
  },
  {
    rule: 'noOrderInCase',
    code: 'SEPARATION_ORDERED',
    behind: 'CASE_STILL_LINKED',
    set: separated(otherOrder),
    step: ({ other }) => unlinkCase(other),
  },
  {
    rule: 'noOrderBetween',
    code: 'SEPARATION_ORDERED',
    set: separated(otherOrder),
    step: () => lift,
  },
  {
    rule: 'noDangerBetween',
    code: 'SEPARATION_NEEDED',
    set: separated(orderAsked),
    step: () => lift,
  },
  {
    // The household has not heard of it yet.
    rule: 'unrelatedAround',
    code: 'CONFLICT_OF_INTEREST',
    set: separated(related('H')),
    step: () => lift,
  },
];
