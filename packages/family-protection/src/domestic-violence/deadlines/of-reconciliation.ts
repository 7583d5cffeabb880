// Deadlines of reconciliation: how long it may take, how long a consent counts, when it is looked at.
import { fromDue, hasElapsed, waitStart } from '@himaya/engine';
import { atDue, stated, termFrom, waitFrom } from '../../deadlines/terms.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import { type Settlement } from '../parts/reconciliation-kinds.ts';
import { ends, type Deadline, type DeadlineView } from './kind.ts';

/** What ends a reconciliation before anything is signed. */
const endsUnsigned = [
  'PartyDeclined',
  'ReconciliationConsentWithdrawn',
  'ReconciliationSuspended',
  'ReconciliationFailed',
  'ReconciliationExpired',
  'SettlementSigned',
  ...ends,
] as const;

/** What ends the monitoring of a settlement. */
const endsMonitoring = [
  'SettlementFulfilled',
  'SettlementNotRatified',
  'ReconciliationConsentWithdrawn',
  'ReconciliationSuspended',
  'ReconciliationFailed',
  ...ends,
] as const;

/** Whether an event ends the monitoring: who withdraws once it is in force does not. */
function endsLooking({ event, part }: DeadlineView): boolean {
  return event.type !== 'ReconciliationConsentWithdrawn' || part?.in('lapsed') === true;
}

/** Whether an event ends the round: withdrawing what counts no more does not. */
function endsRound({ event, in: inState }: DeadlineView): boolean {
  return event.type !== 'ReconciliationConsentWithdrawn' || inState('reconciliation.declined');
}

/**
 * A look at a settlement some time after it was signed, due at the latest then. Whoever looked before
 * the time of the check before it has not made this one.
 */
function check(code: string, before?: string): Deadline {
  return {
    code,
    part: 'settlement',
    armedBy: ['SettlementSigned'],
    disarmedBy: ['SettlementChecked', ...endsMonitoring],
    disarms: (view) => {
      const { event, part, policy, calendar } = view;
      if (!endsLooking(view)) return false;
      const signedAt = (part?.context as Settlement | undefined)?.signedAt;
      if (event.type !== 'SettlementChecked' || before === undefined || !signedAt) return true;
      const wait = policy.duration(before);
      return hasElapsed(calendar, waitStart(signedAt), wait, event.occurredAt);
    },
    dueAt: waitFrom(code),
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  };
}

/** Deadlines by name. */
export const reconciliationDeadlines = {
  reconciliation: {
    code: 'T-REC-14D',
    armedBy: ['SessionHeld'],
    disarmedBy: endsUnsigned,
    disarms: endsRound,
    dueAt: (view) => {
      const { round } = view.context.reconciliation;
      const held = view.parts
        .all(sessionKind)
        .filter(({ context }) => context.round === round && context.heldAt !== null);
      return held.length === 1 ? termFrom('T-REC-14D')(view) : undefined;
    },
    marks: [atDue('SUP')],
  },
  secondDate: {
    code: 'T-REC-NOSHOW',
    armedBy: ['SessionAdjourned'],
    disarmedBy: ['SessionHeld', ...endsUnsigned],
    disarms: endsRound,
    dueAt: (view) => {
      if (view.event.type !== 'SessionAdjourned' || view.event.data.absent === undefined) return;
      const where = view.event.data.abroad === true ? 'abroad' : 'here';
      return termFrom(`T-REC-NOSHOW.${where}`)(view);
    },
    marks: [atDue('CON')],
  },
  reconciliationConsentExpiry: {
    code: 'T-REC-CONS',
    part: 'reconciliationConsent',
    armedBy: ['PartyConsented'],
    disarmedBy: endsUnsigned,
    disarms: ({ part }) => part?.in('given') !== true,
    dueAt: stated('expiresAt'),
  },
  firstCheck: check('T-MON-30'),
  secondCheck: check('T-MON-90', 'T-MON-30'),
  // Only a check after its time fulfils the settlement: this one says that the time has come.
  lastCheck: {
    code: 'T-MON-180',
    part: 'settlement',
    armedBy: ['SettlementSigned'],
    disarmedBy: endsMonitoring,
    disarms: endsLooking,
    dueAt: waitFrom('T-MON-180'),
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  },
  obligationDue: {
    code: 'T-OBLIGATION',
    part: 'obligation',
    armedBy: ['ObligationOpened'],
    disarmedBy: [
      'ObligationFulfilled',
      'ObligationBreached',
      'SettlementFulfilled',
      'SettlementNotRatified',
      'ReconciliationConsentWithdrawn',
      'ReconciliationSuspended',
      'ReconciliationFailed',
      ...ends,
    ],
    disarms: ({ event, part }) =>
      (ends as readonly string[]).includes(event.type) || part?.status === 'ended',
    dueAt: stated('due'),
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  },
} as const satisfies Readonly<Record<string, Deadline>>;
