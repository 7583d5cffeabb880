// Deadlines of the parts: each part has its own, and none is moved by what happens to another.
import { addMs, elapsedMs, fromArming, fromDue, type Instant, type MarkSpec } from '@himaya/engine';
import { atDue, stated, termFrom } from '../../deadlines/terms.ts';
import { personsOf } from '../../household/linked-files.ts';
import type { ActionPlan, Interview, Notice, Order } from '../parts/kinds.ts';
import { ends, leaves, type Deadline, type DeadlineView } from './kind.ts';

/** The end of an order that an event states. */
function endOf({ event }: DeadlineView): Instant | undefined {
  if (event.type === 'ProtectionOrderIssued') return event.data.until;
  return event.type === 'ProtectionOrderExtended' ? event.data.newUntil : undefined;
}

/** A look at an order some time before it ends; there is none where the order is shorter. */
function lookAhead(code: string, marks: readonly MarkSpec[]): Deadline {
  return {
    code,
    part: 'order',
    armedBy: ['ProtectionOrderIssued', 'ProtectionOrderExtended'],
    disarmedBy: [
      'ProtectionOrderExtended',
      'ProtectionOrderRevoked',
      'ProtectionOrderExpired',
      'DeadlineDecisionRecorded',
      ...leaves,
    ],
    // Meaning to have it extended extends nothing: only a reason not to ends the looks.
    disarms: ({ event, part }) =>
      event.type !== 'DeadlineDecisionRecorded' ||
      (event.data.deadline === 'T-PO-EXPIRE' &&
        event.data.decision === 'doNotAct' &&
        event.data.orderId === part?.id),
    dueAt: (view) => {
      const end = endOf(view);
      const due = end && addMs(end, -elapsedMs(view.policy.duration(code)));
      return due !== undefined && due > view.event.occurredAt ? due : undefined;
    },
    marks,
  };
}

const interviewOf = ({ part }: DeadlineView) => part?.context as Interview | undefined;

/** What says who the people of an order are. */
const linking = ['HouseholdLinked', 'HouseholdLinkCorrected'] as const;

/** Whether a household knows everyone whom an order is about: what books rooms knows people alone. */
function isEveryoneLinked({ part, context }: DeadlineView): boolean {
  const order = part?.context as Order | undefined;
  if (order === undefined) return true;
  const [bound, ...others] = [order.against, ...order.protected].map((partyId) =>
    personsOf(context, [partyId]),
  );
  // Whoever is linked as both sides is known as neither.
  const isKnown = (people: readonly string[] = []): boolean => people.length > 0;
  return (
    isKnown(bound) &&
    others.every((people) => isKnown(people) && people.every((one) => !bound?.includes(one)))
  );
}

/** Deadlines by name. */
export const partDeadlines = {
  orderLinked: {
    code: 'T-PO-LINK',
    part: 'order',
    armedBy: ['ProtectionOrderIssued'],
    disarmedBy: [...linking, 'ProtectionOrderRevoked', 'ProtectionOrderExpired', ...leaves],
    disarms: (view) =>
      !linking.some((type) => type === view.event.type) || isEveryoneLinked(view),
    dueAt: (view) => (isEveryoneLinked(view) ? undefined : termFrom('T-PO-LINK')(view)),
    marks: [atDue('SUP'), fromDue('T-PO-LINK', 'HEAD')],
  },
  orderService: {
    code: 'T-PO-SERVE',
    part: 'order',
    armedBy: ['ProtectionOrderIssued'],
    disarmedBy: [
      'ProtectionOrderServed',
      'ProtectionOrderRevoked',
      'ProtectionOrderExpired',
      ...leaves,
    ],
    dueAt: termFrom('T-PO-SERVE'),
    marks: [atDue('SUP'), fromDue('T-PO-SERVE', 'LEG')],
  },
  // The first look is the caseworker's own; the later ones tell those above.
  firstLook: lookAhead('T-PO-EXP-7', []),
  secondLook: lookAhead('T-PO-EXP-3', [atDue('SUP')]),
  lastLook: lookAhead('T-PO-EXP-1', [atDue('HEAD')]),
  orderExpiry: {
    code: 'T-PO-EXPIRE',
    part: 'order',
    armedBy: ['ProtectionOrderIssued', 'ProtectionOrderExtended'],
    disarmedBy: ['ProtectionOrderExtended', 'ProtectionOrderRevoked'],
    dueAt: endOf,
    marks: [atDue('SUP')],
  },
  breachReferral: {
    code: 'T-BREACH',
    part: 'breach',
    armedBy: ['ProtectionOrderBreached'],
    disarmedBy: ['BreachReferred', ...leaves],
    dueAt: termFrom('T-BREACH'),
    marks: [atDue('SUP'), fromDue('T-BREACH', 'HEAD')],
  },
  statutoryRecord: {
    code: 'T-ART14',
    part: 'incident',
    // A complaint has no record to complete; one that becomes a report has.
    armedBy: ['ReportRegistered', 'ComplaintEscalatedToReport', 'IncidentRecorded'],
    disarmedBy: ['StatutoryRecordCompleted', ...ends],
    disarms: (view) =>
      view.event.type !== 'StatutoryRecordCompleted' || view.part?.in('recordComplete') === true,
    dueAt: (view) =>
      view.part?.in('recordComplete') === true ? undefined : termFrom('T-ART14')(view),
    marks: [atDue('SUP')],
  },
  offSiteReview: {
    code: 'T-OVERRIDE',
    part: 'interview',
    armedBy: ['InterviewStarted'],
    disarmedBy: ['OffSiteInterviewReviewed', ...leaves],
    dueAt: (view) =>
      interviewOf(view)?.isOffSite === true ? termFrom('T-OVERRIDE')(view) : undefined,
    marks: [atDue('SUP'), fromDue('T-OVERRIDE', 'HEAD')],
  },
  recordingSeal: {
    code: 'T-RECORDING',
    part: 'interview',
    armedBy: ['InterviewStarted'],
    disarmedBy: ['RecordingSealed', ...leaves],
    dueAt: (view) =>
      interviewOf(view)?.isRecorded === true ? termFrom('T-RECORDING')(view) : undefined,
    marks: [atDue('SUP'), fromDue('T-RECORDING', 'HEAD')],
  },
  releaseTold: {
    code: 'T-RELEASE',
    part: 'release',
    armedBy: ['ReleaseFromCustodyNotified'],
    disarmedBy: ['VictimNotifiedOfRelease', ...leaves],
    // Who is told first does not end it for the others.
    disarms: (view) =>
      view.event.type !== 'VictimNotifiedOfRelease' || view.part?.in('victimTold') === true,
    dueAt: termFrom('T-RELEASE'),
    marks: [atDue('SUP'), fromDue('T-RELEASE', 'DUTY')],
  },
  carer: {
    code: 'T-CARER-14D',
    part: 'removal',
    armedBy: ['RemovalOrdered'],
    disarmedBy: ['CarerIdentified', ...leaves],
    dueAt: termFrom('T-CARER-14D'),
    marks: [
      fromArming('T-CARER-14D.supervisor', 'SUP'),
      fromArming('T-CARER-14D.head', 'HEAD'),
      atDue('LEG'),
    ],
  },
  referralAccepted: {
    code: 'T-REFERRAL',
    part: 'referral',
    armedBy: ['ReferralMade'],
    disarmedBy: ['ReferralAccepted', 'ReferralDeclined', 'ReferralCompleted', ...ends],
    dueAt: (view) =>
      view.event.type === 'ReferralMade'
        ? termFrom(view.event.data.urgent ? 'T-REFERRAL.urgent' : 'T-REFERRAL.normal')(view)
        : undefined,
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  },
  actionDue: {
    code: 'T-ACTION',
    part: 'action',
    armedBy: ['ConferenceActionAgreed'],
    disarmedBy: ['ConferenceActionCompleted', ...ends],
    dueAt: stated('due'),
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  },
  goalDue: {
    code: 'T-GOAL',
    part: 'actionPlan',
    armedBy: ['CaseActionPlanAgreed', 'CaseActionPlanRevised'],
    disarmedBy: ['CaseActionPlanRevised', 'SupportCompleted', ...ends],
    dueAt: ({ part }) => {
      const { open = [] } = (part?.context ?? {}) as Partial<ActionPlan>;
      return open.map(({ due }) => due).toSorted()[0];
    },
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  },
  undertakingEnd: {
    code: 'T-UNDERTAKING',
    part: 'undertaking',
    armedBy: ['UndertakingSigned'],
    disarmedBy: ['UndertakingBreached'],
    dueAt: stated('until'),
    marks: [atDue('CW')],
  },
  noticeAgain: {
    code: 'T-NOTICE',
    part: 'notice',
    armedBy: ['NoticeFailed'],
    disarmedBy: ['NoticeSent', 'VictimNotifiedOfRelease', ...ends],
    disarms: ({ event, part }) => {
      if (event.type !== 'VictimNotifiedOfRelease') return true;
      const { recipient, basis } = (part?.context ?? {}) as Partial<Notice>;
      return basis === 'release' && event.data.partyId === recipient;
    },
    dueAt: termFrom('T-NOTICE'),
    marks: [atDue('CW'), fromDue('T-NOTICE', 'SUP')],
  },
  consentExpiry: {
    code: 'T-CONSENT',
    part: 'consent',
    armedBy: ['ConsentGranted'],
    disarmedBy: ['ConsentWithdrawn', ...ends],
    dueAt: stated('expiresAt'),
  },
  planReview: {
    code: 'T-PLAN-REV',
    part: 'safetyPlan',
    armedBy: ['SafetyPlanAgreed', 'SafetyPlanRevised'],
    disarmedBy: ['SafetyPlanRevised', ...ends],
    dueAt: stated('reviewDue'),
    marks: [atDue('CW')],
  },
  measureReview: {
    code: 'T-MEASURE',
    part: 'measure',
    armedBy: ['ProtectiveMeasureStarted', 'ProtectiveMeasureReviewed'],
    disarmedBy: ['ProtectiveMeasureReviewed', 'ProtectiveMeasureEnded'],
    dueAt: stated('reviewDue'),
    marks: [atDue('SUP'), fromDue('T-MEASURE', 'HEAD')],
  },
  followUp: {
    code: 'T-FU',
    part: 'followUp',
    armedBy: ['FollowUpScheduled'],
    movedBy: ['FollowUpMissed'],
    disarmedBy: ['FollowUpCompleted', 'FollowUpCancelled', 'FollowUpMissed', ...ends],
    disarms: (view) => view.event.type !== 'FollowUpMissed' || view.part?.status === 'ended',
    dueAt: (view) =>
      view.event.type === 'FollowUpMissed' ? termFrom('T-FU.retry')(view) : stated('dueAt')(view),
    marks: [atDue('CW'), fromDue('T-FU.retry', 'SUP')],
  },
  welfareCheck: {
    code: 'T-WELFARE',
    part: 'welfareCheck',
    armedBy: ['WelfareCheckRequested'],
    disarmedBy: ['WelfareCheckCompleted', ...ends],
    disarms: (view) => view.event.type !== 'WelfareCheckCompleted' || view.part?.status === 'ended',
    dueAt: termFrom('T-WELFARE'),
    marks: [atDue('SUP'), fromDue('T-WELFARE', 'HEAD')],
  },
} as const satisfies Readonly<Record<string, Deadline>>;
