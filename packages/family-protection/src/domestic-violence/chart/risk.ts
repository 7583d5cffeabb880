// The regions of risk: its level, which only an approval lowers, and whether an assessment is due.
import { laterOf, momentOf, type Moment } from '@himaya/engine';
import { assign } from 'xstate';
import { namesOf, union } from '../../parties/facts.ts';
import type { Context } from '../context.ts';
import type { RiskLevel } from '../fields.ts';
import type { DvEvent } from '../head.ts';
import { currentLevel, isHigh, rank } from '../risk.ts';
import { machine, type StateConfig } from './machine-setup.ts';

interface Assessed {
  readonly context: Context;
  readonly event: DvEvent<'RiskAssessed'>;
}
interface Approved {
  readonly event: DvEvent<'RiskDowngradeApproved'>;
}

const raisedTo =
  (level: RiskLevel) =>
  ({ context, event }: Assessed): boolean =>
    event.data.finalLevel === level && rank(level) > rank(currentLevel(context));
const loweredTo =
  (level: RiskLevel) =>
  ({ event }: Approved): boolean =>
    event.data.to === level;

const withLevel = (context: Context, level: RiskLevel, event: Moment) => [
  ...context.levels,
  { level, since: momentOf(event) },
];

const changes = machine.createStateConfig({
  on: {
    RiskAssessed: {
      actions: assign({
        levels: ({ context, event }) => withLevel(context, event.data.finalLevel, event),
      }),
    },
    RiskDowngradeApproved: {
      actions: assign({
        levels: ({ context, event }) => withLevel(context, event.data.to, event),
        downgrade: null,
      }),
    },
    RiskDowngradeProposed: {
      actions: assign({
        downgrade: ({ event: { data, actor } }) => ({
          proposers: union([data.proposer], namesOf(actor)),
          from: data.from,
          to: data.to,
        }),
      }),
    },
    RiskDowngradeRejected: { actions: assign({ downgrade: null }) },
  },
});
const { actions: raise } = changes.on.RiskAssessed;
const { actions: lower } = changes.on.RiskDowngradeApproved;

/** The region `risk`: anyone raises the level at once, and only an approval lowers it. */
export const risk = machine.createStateConfig({
  initial: 'unassessed',
  on: {
    RiskAssessed: [
      { guard: raisedTo('standard'), target: '.standard', actions: raise },
      { guard: raisedTo('medium'), target: '.medium', actions: raise },
      { guard: raisedTo('high'), target: '.high', actions: raise },
      { guard: raisedTo('imminent'), target: '.imminent', actions: raise },
    ],
    RiskDowngradeProposed: changes.on.RiskDowngradeProposed,
    RiskDowngradeRejected: changes.on.RiskDowngradeRejected,
    RiskDowngradeApproved: [
      { guard: loweredTo('standard'), target: '.standard', actions: lower },
      { guard: loweredTo('medium'), target: '.medium', actions: lower },
      { guard: loweredTo('high'), target: '.high', actions: lower },
    ],
  },
  states: { unassessed: {}, standard: {}, medium: {}, high: {}, imminent: {} },
});

const isConcern = ({ event }: { readonly event: DvEvent<'FollowUpCompleted'> }): boolean =>
  event.data.safetyAnswer === 'concern' || event.data.newIncident;

/** By each clock the later one: what is entered late, or dated back, moves nothing back. */
function later(before: Context['lastHarm'], now: Moment): Moment {
  const { occurredAt, recordedAt } = momentOf(now);
  if (before === null) return { occurredAt, recordedAt };
  const known = before as Moment;
  return {
    occurredAt: laterOf(known.occurredAt, occurredAt),
    recordedAt: laterOf(known.recordedAt, recordedAt),
  };
}
const alarm = machine.assign({
  lastAlarm: ({ context, event }) => later(context.lastAlarm, event),
});
const harm = machine.assign({
  lastHarm: ({ context, event }) => later(context.lastHarm, event),
  lastAlarm: ({ context, event }) => later(context.lastAlarm, event),
});
const ended = machine.assign({
  orderEnded: true,
  lastAlarm: ({ context, event }) => later(context.lastAlarm, event),
});

/** Whether an assessment was made after all that it would have to know of. */
const knowsAll = ({ context, event }: Assessed): boolean =>
  context.lastAlarm === null || event.occurredAt >= context.lastAlarm.occurredAt;

const assesses = machine.createStateConfig({
  on: {
    RiskAssessed: {
      actions: assign({
        // One that was made earlier and is entered later is not the last one.
        assessed: ({ context: { assessed }, event }) =>
          assessed !== null && event.occurredAt < assessed.at.occurredAt
            ? assessed
            : {
                id: event.data.assessmentId,
                level: event.data.finalLevel,
                full: event.data.full,
                at: momentOf(event),
              },
        orderEnded: ({ context, event }) =>
          context.orderEnded && isHigh(higherThanBefore(context, event.data.finalLevel)),
      }),
    },
  },
});
const { actions: assess } = assesses.on.RiskAssessed;
const assessesAnew = machine.createStateConfig({
  on: {
    RiskAssessed: [
      { guard: knowsAll, target: 'current', actions: assess },
      { target: 'due', actions: assess },
    ],
  },
});

/** The level that results from an assessment. */
function higherThanBefore(context: Context, level: RiskLevel): RiskLevel {
  const before = currentLevel(context);
  return before !== null && rank(before) > rank(level) ? before : level;
}

/** Before the first assessment, which has a term of its own, what happens is only noted. */
const wasAssessed = ({ context }: { readonly context: Context }): boolean =>
  context.assessed !== null;
const makesDue = <Actions>(actions: Actions) => [
  { guard: wasAssessed, target: '.due' as const, actions },
  { actions },
];

/** The region `assessment`: whether what is known of the risk is still true. */
export const assessment: StateConfig = machine.createStateConfig({
  initial: 'none',
  on: {
    RiskDowngradeApproved: {
      actions: assign({
        orderEnded: ({ context, event }) => context.orderEnded && isHigh(event.data.to),
      }),
    },
    IncidentRecorded: makesDue(harm),
    ProtectionOrderBreached: makesDue(harm),
    ProtectionOrderExpired: makesDue(ended),
    ProtectionOrderRevoked: makesDue(ended),
    ReleaseFromCustodyNotified: makesDue(alarm),
    ProtectionOrderRefused: makesDue(alarm),
    SafetyConcernNoted: makesDue(alarm),
    AbuseEscalationFlagged: makesDue(alarm),
    UndertakingBreached: makesDue(harm),
    NoticeFailed: {
      guard: ({ event }) => event.data.cause === 'wrongPerson',
      target: '.due',
      actions: alarm,
    },
    CaseReopened: makesDue(alarm),
    WelfareCheckCompleted: {
      guard: ({ event }) => event.data.result !== 'safe',
      target: '.due',
      actions: alarm,
    },
    FollowUpCompleted: { guard: isConcern, target: '.due', actions: alarm },
    VictimReassuranceContactMade: {
      guard: ({ event }) => event.data.concerns,
      target: '.due',
      actions: alarm,
    },
  },
  states: {
    none: { on: assessesAnew.on },
    // Whoever knew of everything is not made wrong by an older assessment that is entered late.
    current: { on: { RiskAssessed: { actions: assess } } },
    due: { on: assessesAnew.on },
  },
});
