// What stops a reconciliation, in the same append as what stopped it, and what follows from its steps.
import { hasElapsed, waitStart, type NewEvent, type PartView } from '@himaya/engine';
import type { z } from 'zod';
import { reached } from '../../deadlines/reached.ts';
import { partsIn } from '../../parts.ts';
import type { tripwire } from '../events/reconciliation.ts';
import type { Events, View } from '../head.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import {
  obligationKind,
  offerTo,
  settlementKind,
  type Settlement,
} from '../parts/reconciliation-kinds.ts';
import { isReconciling } from '../reconciling.ts';
import { currentLevel, isHigh } from '../risk.ts';
import { isForbidden } from '../rules/safety.ts';
import type { Consequence } from './kind.ts';

const leaving = ['CaseReclassified', 'CaseTransferred', 'DuplicateMerged'] as const;

/** Events by which somebody may turn out not to be safe. */
const alarms = [
  'ProtectionOrderRequested',
  'ProtectionOrderIssued',
  'ProtectionOrderExtended',
  'ProtectionOrderBreached',
  'RiskAssessed',
  'IncidentRecorded',
  'IncidentCorrected',
  'PreMeetingHeld',
  'CoercionCheckCompleted',
  'PartyAdded',
  'PartyAgeCorrected',
  'PartyRoleChanged',
  'ChildSafeguardingScreened',
  'ViolenceScreeningCompleted',
  'SafetyConcernNoted',
  'AbuseEscalationFlagged',
  'UndertakingBreached',
  'NoticeFailed',
  'FollowUpCompleted',
  'VictimReassuranceContactMade',
  'WelfareCheckCompleted',
  'ProtectiveMeasureStarted',
  'MedicalTransferOrdered',
  'ShelterPlacementOrdered',
  'RemovalOrdered',
  'SessionTerminatedForSafety',
  'HouseholdReviewed',
  ...leaving,
] as const;

/** Whether an event trips. What has just become known counts, however old it is. */
function trips(view: View): boolean {
  const { event, context } = view;
  switch (event.type) {
    case 'RiskAssessed':
      return isHigh(currentLevel(context));
    case 'IncidentCorrected':
      return (
        event.data.contextFlags !== undefined ||
        event.data.weapon !== undefined ||
        event.data.victim !== undefined ||
        event.data.alleged !== undefined ||
        isForbidden(view)
      );
    case 'PreMeetingHeld':
      return event.data.coercionSigns;
    case 'CoercionCheckCompleted':
    case 'ChildSafeguardingScreened':
    case 'WelfareCheckCompleted':
      return event.data.result === 'concern';
    case 'PartyAdded':
    case 'PartyAgeCorrected':
      return isForbidden(view) || isAnyoneDoubtful(view);
    case 'ViolenceScreeningCompleted':
      return isChildHeard(view);
    case 'NoticeFailed':
      return event.data.cause === 'wrongPerson';
    case 'FollowUpCompleted':
      return event.data.newIncident || event.data.safetyAnswer === 'concern';
    case 'VictimReassuranceContactMade':
      return event.data.concerns;
    case 'HouseholdReviewed':
      return event.data.endangers;
    default:
      return true;
  }
}

/** What an event trips by, where it trips. */
function tripwireOf(event: View['event']): z.output<typeof tripwire> {
  switch (event.type) {
    // Whoever asks to be protected from somebody does not sit down with them until it is decided.
    case 'ProtectionOrderRequested':
      return 'orderAsked';
    case 'ProtectionOrderIssued':
    case 'ProtectionOrderExtended':
      return 'orderIssued';
    case 'ProtectionOrderBreached':
      return 'orderBreached';
    case 'RiskAssessed':
      return 'riskRaised';
    case 'FollowUpCompleted':
      return event.data.newIncident ? 'newIncident' : 'dangerTold';
    case 'PreMeetingHeld':
    case 'CoercionCheckCompleted':
      return 'coercionSign';
    case 'PartyAdded':
    case 'PartyAgeCorrected':
      return 'childVictim';
    // Who sits together was judged of other people than they turn out to be.
    case 'PartyRoleChanged':
      return 'partyChanged';
    case 'ChildSafeguardingScreened':
    case 'ViolenceScreeningCompleted':
      return 'childVictim';
    case 'AbuseEscalationFlagged':
      return 'riskRaised';
    case 'UndertakingBreached':
      return 'undertakingBroken';
    case 'SafetyConcernNoted':
    case 'VictimReassuranceContactMade':
    case 'WelfareCheckCompleted':
    case 'NoticeFailed':
      return 'dangerTold';
    case 'ProtectiveMeasureStarted':
    case 'MedicalTransferOrdered':
    case 'ShelterPlacementOrdered':
    case 'RemovalOrdered':
      return 'emergencyMeasure';
    case 'SessionTerminatedForSafety':
      return 'sessionTerminated';
    case 'HouseholdReviewed':
      return 'householdDanger';
    case 'CaseReclassified':
    case 'CaseTransferred':
    case 'DuplicateMerged':
      return 'leftProcedure';
    default:
      return 'newIncident';
  }
}

/** Whether somebody who takes part is no longer known to be grown. */
function isAnyoneDoubtful({ context }: View): boolean {
  return context.reconciliation.participants.some(
    (partyId) => context.parties[partyId]?.ageBand !== 'adult',
  );
}

/** Whether a child has told of harm, or may have. */
function isChildHeard({ event, context }: View): boolean {
  return (
    event.type === 'ViolenceScreeningCompleted' &&
    event.data.result !== 'negative' &&
    context.parties[event.data.partyId]?.isChild === true
  );
}

function cancelled(
  view: View,
  reason: 'safety' | 'consentWithdrawn' | 'ended',
): NewEvent<Events>[] {
  return partsIn(view.parts.all(sessionKind), 'scheduled').map(({ id }) => ({
    type: 'SessionCancelled',
    data: { sessionId: id, reason },
  }));
}

/** Refusals of those who were absent from two sessions of this round. */
function deemedDeclined({ parts, context }: View): NewEvent<Events>[] {
  const { round, participants } = context.reconciliation;
  const adjourned = partsIn(parts.all(sessionKind), 'adjourned').filter(
    (session) => session.context.round === round,
  );
  const gone = participants.find(
    (partyId) =>
      adjourned.filter((session) => session.context.absent.includes(partyId)).length >= 2,
  );
  const offer = gone === undefined ? undefined : offerTo(parts, gone, round);
  return gone !== undefined && offer?.in('accepted') === true
    ? [{ type: 'PartyDeclined', data: { offerId: offer.id, partyId: gone } }]
    : [];
}

/** Whether nothing with a date is left to do of a settlement. */
function isDone(view: View, settlementId: string): boolean {
  return partsIn(view.parts.all(obligationKind), 'open', 'overdue').every(
    ({ context }) => context.settlementId !== settlementId || context.due === null,
  );
}

/** Whether a settlement has been kept to the end of its monitoring. */
function isKept(view: View, { id, context: { signedAt } }: PartView<Settlement>): boolean {
  const { calendar, policy, event } = view;
  const length = policy.duration('T-MON-180');
  return (
    signedAt !== null &&
    hasElapsed(calendar, waitStart(signedAt), length, event.occurredAt) &&
    isDone(view, id)
  );
}

/** Consequences of reconciliation, in the order in which they are judged. */
export const reconciliationConsequences: readonly Consequence[] = [
  {
    name: 'whatever makes somebody unsafe stops the reconciliation and calls off its sessions',
    records: ['ReconciliationSuspended', 'SessionCancelled'],
    on: alarms,
    when: (view) => isReconciling(view) && trips(view),
    record: (view) => [
      {
        type: 'ReconciliationSuspended',
        data: { tripwire: tripwireOf(view.event) },
      },
      ...cancelled(view, 'safety'),
    ],
  },
  {
    name: 'one party who goes calls off the sessions',
    records: ['SessionCancelled'],
    on: ['PartyDeclined', 'ReconciliationConsentWithdrawn'],
    record: (view) =>
      view.in('reconciliation.declined') ? cancelled(view, 'consentWithdrawn') : [],
  },
  {
    name: 'a reconciliation that ended calls off its sessions',
    records: ['SessionCancelled'],
    on: ['ReconciliationFailed', 'ReconciliationExpired'],
    record: (view) => cancelled(view, 'ended'),
  },
  {
    name: 'who does not come a second time is taken to decline',
    records: ['PartyDeclined'],
    on: ['SessionAdjourned'],
    record: deemedDeclined,
  },
  {
    name: 'a reconciliation that is not settled in its time goes to the lawyers',
    records: ['ReconciliationExpired'],
    on: ['DeadlineReached'],
    // An emergency does not wait for what is overdue: what it has ended expires no more.
    when: (view) =>
      reached(view)?.name === 'reconciliation' && reached(view)?.metAt === undefined,
    record: () => [{ type: 'ReconciliationExpired', data: { nextStep: 'legal' } }],
  },
  {
    name: 'each clause that is signed obliges those it names',
    records: ['ObligationOpened'],
    on: ['SettlementSigned'],
    record: (view) => {
      if (view.event.type !== 'SettlementSigned') return [];
      const { settlementId } = view.event.data;
      const clauses = view.parts.one(settlementKind, settlementId)?.context.clauses ?? [];
      return clauses.map(({ clauseId, obligors, due }) => ({
        type: 'ObligationOpened' as const,
        data: {
          obligationId: `${settlementId}-${clauseId}`,
          settlementId,
          clauseId,
          obligors: [...new Set(obligors)],
          ...(due === null ? {} : { due }),
        },
      }));
    },
  },
  {
    name: 'a broken obligation, or a check that finds it broken, breaks the settlement',
    records: ['SettlementBreached'],
    on: ['ObligationBreached', 'SettlementChecked'],
    record: ({ event, parts }) => {
      const settlementId =
        event.type === 'ObligationBreached'
          ? parts.one(obligationKind, event.data.obligationId)?.context.settlementId
          : event.type === 'SettlementChecked' && !event.data.kept
            ? event.data.settlementId
            : undefined;
      const isStanding =
        settlementId !== undefined && parts.one(settlementKind, settlementId)?.in('inForce');
      return isStanding ? [{ type: 'SettlementBreached', data: { settlementId } }] : [];
    },
  },
  {
    name: 'a settlement that was kept to the end is fulfilled',
    records: ['SettlementFulfilled'],
    on: ['SettlementChecked'],
    when: ({ event }) => event.type === 'SettlementChecked' && event.data.kept,
    record: (view) =>
      partsIn(view.parts.all(settlementKind), 'inForce')
        .filter((settlement) => isKept(view, settlement))
        .map(({ id }) => ({ type: 'SettlementFulfilled', data: { settlementId: id } })),
  },
];
