// What a danger brings with it: a file, an accountable officer, and no closure.
import { reached } from '../../deadlines/reached.ts';
import type { View } from '../head.ts';
import { isHigh } from '../risk.ts';
import type { Consequence } from './kind.ts';

/** Emergencies, and everything that shows a danger anew. */
export const dangers = [
  'ProtectiveMeasureStarted',
  'MedicalTransferOrdered',
  'SafetyConcernNoted',
  'AbuseEscalationFlagged',
  'UndertakingBreached',
  'IncidentRecorded',
  'ProtectionOrderIssued',
  'ProtectionOrderBreached',
  'ReleaseFromCustodyNotified',
  'ShelterPlacementOrdered',
  'RemovalOrdered',
] as const;

/** An assessment is a danger when it finds a high risk; a contact, when it leads to a new look. */
function isDanger(view: View): boolean {
  if (view.event.type === 'RiskAssessed') return isHigh(view.event.data.finalLevel);
  if (view.event.type === 'VictimReassuranceContactMade') return view.event.data.concerns;
  if (view.event.type === 'NoticeFailed') return view.event.data.cause === 'wrongPerson';
  return view.event.type !== 'FollowUpCompleted' || view.in('assessment.due');
}

/** Consequences of dangers, in the order in which they are judged. */
export const dangerConsequences: readonly Consequence[] = [
  {
    name: 'a danger opens a file',
    records: ['IntakeStarted'],
    on: dangers,
    when: (view) => view.in('lifecycle.draft'),
    record: () => [
      {
        type: 'IntakeStarted',
        data: { channel: 'patrol', intakeKind: 'report', immediateDanger: false },
      },
    ],
  },
  {
    name: 'a danger reopens what was closed',
    records: ['CaseReopened'],
    on: [...dangers, 'RiskAssessed', 'VictimReassuranceContactMade', 'NoticeFailed'],
    when: (view) => view.in('lifecycle.closed') && isDanger(view),
    record: ({ event }) => [
      {
        type: 'CaseReopened',
        data: {
          reasonCode: event.type === 'ProtectionOrderBreached' ? 'breach' : 'newIncident',
        },
      },
    ],
  },
  {
    name: 'a danger returns a proposed closure',
    records: ['ClosureReturned'],
    on: [...dangers, 'FollowUpCompleted', 'VictimReassuranceContactMade', 'NoticeFailed'],
    when: (view) => view.in('lifecycle.closureReview') && isDanger(view),
    record: () => [{ type: 'ClosureReturned', data: { reasonCode: 'newIncident' } }],
  },
  {
    name: 'an order that reached its end expires, and the risk is looked at anew',
    records: ['ProtectionOrderExpired'],
    on: ['DeadlineReached'],
    when: (view) => reached(view)?.name === 'orderExpiry',
    record: (view) => {
      const { part = '', dueAt } = reached(view) ?? {};
      return [
        {
          type: 'ProtectionOrderExpired',
          data: { orderId: part, at: dueAt as typeof view.event.occurredAt },
        },
      ];
    },
  },
  {
    name: 'what agencies undertake at a conference is followed, each by itself',
    records: ['ConferenceActionAgreed'],
    on: ['CaseConferenceHeld'],
    record: ({ event }) =>
      event.type === 'CaseConferenceHeld'
        ? event.data.actions.map((data) => ({ type: 'ConferenceActionAgreed' as const, data }))
        : [],
  },
  {
    name: 'a review that nobody made is due again',
    records: ['CaseReviewMissed'],
    on: ['DeadlineReached'],
    when: (view) => reached(view)?.name === 'caseReview',
    record: (view) => [
      {
        type: 'CaseReviewMissed',
        data: { dueAt: reached(view)?.dueAt as typeof view.event.occurredAt },
      },
    ],
  },
];
