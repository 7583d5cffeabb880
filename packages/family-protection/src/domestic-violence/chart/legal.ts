// The region of the legal way: from the report to the judgment, and back when something is missing.
import { assign } from 'xstate';
import { namesOf, union } from '../../parties/facts.ts';
import type { DvEvent } from '../head.ts';
import { machine, type StateConfig } from './machine-setup.ts';

interface Decided {
  readonly event: DvEvent<'ProsecutionDecisionRecorded'>;
}
interface Judged {
  readonly event: DvEvent<'JudgmentRecorded'>;
}
type Decision = DvEvent<'ProsecutionDecisionRecorded'>['data']['decision'];
const decides =
  (decision: Decision) =>
  ({ event }: Decided): boolean =>
    event.data.decision === decision;
const finds =
  (outcome: DvEvent<'JudgmentRecorded'>['data']['outcome']) =>
  ({ event }: Judged): boolean =>
    event.data.outcome === outcome;

const investigates = machine.createStateConfig({
  on: {
    AggressorSummoned: {
      actions: assign({
        investigators: ({ context, event }) => union(context.investigators, namesOf(event.actor)),
      }),
    },
    AggressorDetained: {
      actions: assign({
        investigators: ({ context, event }) => union(context.investigators, namesOf(event.actor)),
      }),
    },
  },
});

const referring = machine.createStateConfig({
  on: {
    ProsecutionReferralProposed: {
      actions: assign({
        referral: ({ event: { data, actor } }) => ({
          proposers: union([data.proposer], namesOf(actor)),
          recordIds: data.recordIds,
          isApproved: false,
        }),
        investigators: ({ context, event }) => union(context.investigators, namesOf(event.actor)),
      }),
    },
    ProsecutionReferralApproved: {
      guard: ({ context }) => context.referral !== null,
      actions: assign({
        referral: ({ context }) => context.referral && { ...context.referral, isApproved: true },
      }),
    },
    ReferredToProsecution: {
      guard: ({ context }) => context.referral?.isApproved === true,
      target: 'referredToProsecution',
      actions: assign({ referral: null, wasReferred: true }),
    },
  },
});

/** A matter of which nothing is left ends; protection and support go on. */
const waiving = machine.createStateConfig({
  on: { ComplaintWaived: { guard: ({ event }) => event.data.endsMatter, target: 'waived' } },
});

const judging = machine.createStateConfig({
  on: {
    CourtDateRecorded: 'court',
    JudgmentRecorded: [
      { guard: finds('convicted'), target: 'judgment.convicted' },
      { guard: finds('acquitted'), target: 'judgment.acquitted' },
      { guard: finds('otherwiseEnded'), target: 'judgment.otherwiseEnded' },
    ],
  },
});

/** An investigator who enters the record has investigated. */
const records = machine.createStateConfig({
  on: {
    StatutoryRecordCompleted: {
      actions: assign({
        investigators: ({ context, event: { actor } }) =>
          actor.role === 'INV'
            ? union(context.investigators, namesOf(actor))
            : context.investigators,
      }),
    },
  },
});
const { actions: note } = records.on.StatutoryRecordCompleted;

/** The region `legal`. */
export const legal: StateConfig = machine.createStateConfig({
  initial: 'noReport',
  on: { ...investigates.on, ...records.on },
  states: {
    noReport: {
      on: {
        ReportRegistered: {
          target: 'reportFiled',
          actions: assign({ report: ({ event }) => ({ reportNo: event.data.reportNo }) }),
        },
        ComplaintEscalatedToReport: {
          target: 'reportFiled',
          actions: assign({ report: ({ event }) => ({ reportNo: event.data.reportNo }) }),
        },
      },
    },
    reportFiled: {
      on: {
        ...referring.on,
        ...waiving.on,
        StatutoryRecordCompleted: { target: 'investigation', actions: note },
      },
    },
    investigation: { on: { ...referring.on, ...waiving.on } },
    // What becomes known afterwards was not taken back.
    waived: { on: { IncidentRecorded: 'investigation', OffenceRecorded: 'investigation' } },
    referredToProsecution: {
      on: {
        // A new incident or what was missing is referred in addition.
        ...referring.on,
        ...waiving.on,
        ProsecutionDecisionRecorded: [
          { guard: decides('charge'), target: 'charged' },
          { guard: decides('noFurtherAction'), target: 'noFurtherActionByPP' },
          { guard: decides('returnForCompletion'), target: 'investigation' },
          { guard: decides('mediation'), target: 'mediationByPP' },
          { guard: decides('committeeReferral'), target: 'committeeReferral' },
        ],
      },
    },
    charged: { on: { ...judging.on, ...waiving.on } },
    court: { on: { ...judging.on, ...waiving.on } },
    judgment: {
      initial: 'convicted',
      states: { convicted: {}, acquitted: {}, otherwiseEnded: {} },
    },
    noFurtherActionByPP: { on: referring.on },
    mediationByPP: {
      on: { ProsecutionDecisionRecorded: { guard: decides('charge'), target: 'charged' } },
    },
    committeeReferral: { on: judging.on },
  },
});
