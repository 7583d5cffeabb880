// The regions of risk: its level, which only an approval lowers, and whether an assessment is due.
import { momentOf, type Moment } from '@himaya/engine';
import { assign } from 'xstate';
import { namesOf, union } from '../../parties/facts.ts';
import type { Context } from '../context.ts';
import type { RiskLevel } from '../fields.ts';
import type { DvEvent } from '../head.ts';
import { currentLevel, isHigh, rank } from '../risk.ts';
import { machine } from './machine-setup.ts';

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

const harms = machine.createStateConfig({
  on: { IncidentRecorded: { actions: assign({ lastHarm: ({ event }) => momentOf(event) }) } },
});
const { actions: noteHarm } = harms.on.IncidentRecorded;
const harm = machine.assign({ lastHarm: ({ event }) => momentOf(event) });
const ended = machine.assign({ orderEnded: true });

const assesses = machine.createStateConfig({
  on: {
    RiskAssessed: {
      target: '.current',
      actions: assign({
        assessed: ({ event }) => ({
          id: event.data.assessmentId,
          level: event.data.finalLevel,
          full: event.data.full,
          at: momentOf(event),
        }),
        orderEnded: ({ context, event }) =>
          context.orderEnded &&
          isHigh(higherThanBefore(context, event.data.finalLevel)),
      }),
    },
  },
});

/** The level that results from an assessment. */
function higherThanBefore(context: Context, level: RiskLevel): RiskLevel {
  const before = currentLevel(context);
  return before !== null && rank(before) > rank(level) ? before : level;
}

/** The region `assessment`: whether what is known of the risk is still true. */
export const assessment = machine.createStateConfig({
  initial: 'none',
  on: {
    RiskAssessed: assesses.on.RiskAssessed,
    RiskDowngradeApproved: {
      actions: assign({
        orderEnded: ({ context, event }) => context.orderEnded && isHigh(event.data.to),
      }),
    },
    IncidentRecorded: { actions: noteHarm },
    ProtectionOrderBreached: { actions: harm },
    ReleaseFromCustodyNotified: { actions: assign({}) },
    ProtectionOrderExpired: { actions: ended },
    ProtectionOrderRevoked: { actions: ended },
  },
  states: {
    none: {},
    current: {
      on: {
        IncidentRecorded: { target: 'due', actions: noteHarm },
        ProtectionOrderBreached: { target: 'due', actions: harm },
        ProtectionOrderExpired: { target: 'due', actions: ended },
        ProtectionOrderRevoked: { target: 'due', actions: ended },
        ReleaseFromCustodyNotified: 'due',
        ProtectionOrderRefused: 'due',
        SafetyConcernNoted: 'due',
        WelfareCheckCompleted: {
          guard: ({ event }) => event.data.result !== 'safe',
          target: 'due',
        },
        FollowUpCompleted: { guard: isConcern, target: 'due' },
        CaseReopened: 'due',
      },
    },
    due: {},
  },
});
