// Deadlines of the case as a whole, after the table of the domain model.
import { fromArming, fromDue } from '@himaya/engine';
import { needsOfficer } from '../../case-file/accountable.ts';
import { atDue, stated, termFrom } from '../../deadlines/terms.ts';
import { firstAction } from '../../protection/first-action.ts';
import type { Context } from '../context.ts';
import { isOrderAsked, ordersInForce } from '../orders.ts';
import { incidentKind } from '../parts/kinds.ts';
import { currentLevel, highSince, isHigh } from '../risk.ts';
import { becameHigh, ends, type Deadline, type DeadlineView } from './kind.ts';

/** Events by which an order is no more, or will not be. */
const ordersEnding = [
  'ProtectionOrderRefused',
  'ProtectionOrderRevoked',
  'ProtectionOrderExpired',
] as const;

function isEnd(type: string): boolean {
  return (ends as readonly string[]).includes(type);
}

/** What is agreed or decided before the level became high answers nothing that came with it. */
function answersLevel({
  event,
  context,
}: {
  readonly event: { readonly type: string; readonly occurredAt: string };
  readonly context: Pick<Context, 'levels'>;
}): boolean {
  const since = highSince(context);
  return isEnd(event.type) || since === null || event.occurredAt >= since;
}

/** At high risk somebody decides whether to ask for an order, and anew when there is none any more. */
function needsOrderDecision(view: DeadlineView): boolean {
  const { event, parts, context } = view;
  const isLeft = (ordersEnding as readonly string[]).includes(event.type);
  const isDecided = isOrderAsked(parts) || ordersInForce(parts, event.occurredAt).length > 0;
  return !isDecided && (becameHigh(view) || (isLeft && isHigh(currentLevel(context))));
}

/** Deadlines by name. */
export const caseDeadlines: Readonly<Record<string, Deadline>> = {
  firstAction,
  triage: {
    code: 'T-TRIAGE',
    armedBy: ['IntakeStarted'],
    // In the procedure of another type it has another term.
    disarmedBy: ['CaseTriaged', 'CaseReclassified', ...ends],
    dueAt: termFrom('T-TRIAGE'),
    marks: [atDue('SUP'), fromDue('T-TRIAGE', 'HEAD')],
  },
  accessNeeds: {
    code: 'T-ACCESS',
    armedBy: ['IntakeStarted'],
    disarmedBy: ['AccessNeedsAnswered', 'CaseTakenOver', ...ends],
    // What was answered in the file before is not asked once more.
    disarms: (view) =>
      view.event.type !== 'CaseTakenOver' || view.context.accessNeedsAnswered,
    dueAt: (view) => (view.context.accessNeedsAnswered ? undefined : termFrom('T-ACCESS')(view)),
    marks: [atDue('SUP')],
  },
  firstAssessment: {
    code: 'T-RESP-DV',
    armedBy: ['ReportRegistered', 'ComplaintRegistered', 'CaseTriaged'],
    disarmedBy: ['RiskAssessed', ...ends],
    // What was found before anything was reported is no answer to the report.
    disarms: ({ event, context, parts }) => {
      const reported = parts.one(incidentKind, context.matter?.incidentId ?? '')?.openedAt;
      return event.type !== 'RiskAssessed' || event.occurredAt >= (reported?.occurredAt ?? '');
    },
    // An emergency has less time, and a report that was told before keeps the earlier end.
    dueAt: (view) => {
      if (view.event.type !== 'CaseTriaged') return termFrom('T-RESP-DV')(view);
      const isUrgent = view.event.data.level === 'emergency';
      return isUrgent && view.in('risk.unassessed')
        ? termFrom('T-RESP-DV.emergency')(view)
        : undefined;
    },
    marks: [atDue('SUP'), fromDue('T-RESP-DV.emergency', 'HEAD')],
  },
  reassessment: {
    code: 'T-REASSESS',
    armedBy: [
      'IncidentRecorded',
      'ProtectionOrderBreached',
      'ReleaseFromCustodyNotified',
      'ProtectionOrderExpired',
      'ProtectionOrderRevoked',
      'ProtectionOrderRefused',
      'SafetyConcernNoted',
      'AbuseEscalationFlagged',
      'UndertakingBreached',
      'NoticeFailed',
      'FollowUpCompleted',
      'WelfareCheckCompleted',
      'VictimReassuranceContactMade',
      'CaseReopened',
      'RiskAssessed',
    ],
    disarmedBy: ['RiskAssessed', ...ends],
    // An assessment that was made before what it would have to know of answers nothing.
    disarms: (view) => isEnd(view.event.type) || view.in('assessment.current'),
    dueAt: (view) => (view.in('assessment.due') ? termFrom('T-REASSESS')(view) : undefined),
    marks: [atDue('SUP'), fromDue('T-REASSESS', 'HEAD')],
  },
  riskReview: {
    code: 'T-REVIEW',
    armedBy: ['RiskAssessed', 'RiskDowngradeApproved'],
    disarmedBy: ['RiskAssessed', 'RiskDowngradeApproved', ...ends],
    dueAt: stated('nextReviewDue'),
    marks: [atDue('SUP')],
  },
  safetyPlan: {
    code: 'T-SAFEPLAN',
    armedBy: ['RiskAssessed', 'CaseReopened'],
    disarmedBy: ['SafetyPlanAgreed', 'SafetyPlanRevised', ...ends],
    disarms: answersLevel,
    dueAt: (view) => (becameHigh(view) ? termFrom('T-SAFEPLAN')(view) : undefined),
    marks: [atDue('SUP'), fromDue('T-SAFEPLAN', 'HEAD')],
  },
  conference: {
    code: 'T-CONF',
    armedBy: ['RiskAssessed', 'CaseReopened'],
    disarmedBy: ['CaseConferenceHeld', ...ends],
    disarms: answersLevel,
    dueAt: (view) => (becameHigh(view) ? termFrom('T-CONF')(view) : undefined),
    marks: [atDue('HEAD')],
  },
  children: {
    code: 'T-CHILD',
    armedBy: ['PartyAdded', 'PartyTakenOver', 'PartyAgeCorrected'],
    disarmedBy: ['ChildSafeguardingScreened', 'PartyAgeCorrected', ...ends],
    disarms: (view) => isEnd(view.event.type) || !view.in('childSafeguarding.screening'),
    dueAt: (view) =>
      view.in('childSafeguarding.screening') ? termFrom('T-CHILD')(view) : undefined,
    marks: [atDue('SUP'), fromDue('T-CHILD', 'HEAD')],
  },
  prosecution: {
    code: 'T-REFER-PP',
    armedBy: ['StatutoryRecordCompleted'],
    disarmedBy: [
      'ReferredToProsecution',
      'ProsecutionDecisionRecorded',
      'ComplaintWaived',
      ...ends,
    ],
    // Once the complaint was taken back whole, nothing is left to refer.
    disarms: ({ event }) => event.type !== 'ComplaintWaived' || event.data.endsMatter,
    // The term runs from the end of the investigation, and that ends with the record.
    dueAt: ({ event, ...view }) =>
      event.type === 'StatutoryRecordCompleted' && event.data.investigationEnd !== undefined
        ? view.calendar.add(event.data.investigationEnd, view.policy.duration('T-REFER-PP'))
        : undefined,
    marks: [atDue('SUP'), fromDue('T-REFER-PP', 'HEAD')],
  },
  supportAgain: {
    code: 'T-REOFFER',
    armedBy: ['SupportDeclined'],
    disarmedBy: ['SupportOffered', 'CaseActionPlanAgreed', 'ReferralMade', ...ends],
    dueAt: stated('reofferAt'),
    marks: [atDue('CW')],
  },
  orderDecision: {
    code: 'T-PO-DECIDE',
    armedBy: ['RiskAssessed', 'CaseReopened', ...ordersEnding],
    disarmedBy: [
      'ProtectionOrderRequested',
      'ProtectionOrderIssued',
      'DeadlineDecisionRecorded',
      ...ends,
    ],
    disarms: ({ event, context }) =>
      event.type !== 'DeadlineDecisionRecorded' ||
      // Meaning to ask for an order is no request: only a reason not to ask takes its place.
      (event.data.deadline === 'T-PO-DECIDE' &&
        event.data.decision === 'doNotAct' &&
        answersLevel({ event, context })),
    dueAt: (view) => (needsOrderDecision(view) ? termFrom('T-PO-DECIDE')(view) : undefined),
    marks: [atDue('SUP'), fromDue('T-PO-DECIDE', 'HEAD')],
  },
  successor: {
    code: 'T-RETYPE',
    armedBy: ['CaseReclassified'],
    disarmedBy: ['SuccessorOpened', ...ends],
    dueAt: termFrom('T-TRIAGE'),
    marks: [atDue('SUP'), fromDue('T-TRIAGE', 'HEAD')],
  },
  newOfficer: {
    code: 'T-REASSIGN',
    armedBy: ['ConflictOfInterestDeclared', 'CaseReopened'],
    disarmedBy: ['CaseAssigned', 'CaseReassigned', 'CaseHandedOver', ...ends],
    disarms: (view) => isEnd(view.event.type) || !needsOfficer(view),
    dueAt: (view) => (needsOfficer(view) ? termFrom('T-REASSIGN')(view) : undefined),
    marks: [fromArming('T-REASSIGN.supervisor', 'SUP'), atDue('HEAD')],
  },
  caseReview: {
    code: 'T-CASE-REV',
    armedBy: ['IntakeStarted', 'CaseReviewed', 'CaseReviewMissed', 'CaseReopened'],
    disarmedBy: ['CaseReviewed', ...ends],
    dueAt: termFrom('T-CASE-REV'),
    marks: [atDue('SUP'), fromDue('escalation.step', 'HEAD')],
  },
  downgradeDecision: {
    code: 'T-DOWNGRADE',
    armedBy: ['RiskDowngradeProposed'],
    disarmedBy: ['RiskDowngradeApproved', 'RiskDowngradeRejected', 'RiskAssessed', ...ends],
    dueAt: termFrom('T-CLOSE'),
    marks: [atDue('SUP')],
  },
  closureDecision: {
    code: 'T-CLOSE',
    armedBy: ['ClosureProposed'],
    disarmedBy: ['ClosureReturned', 'CaseReclassified', ...ends],
    dueAt: termFrom('T-CLOSE'),
    marks: [atDue('SUP'), fromDue('escalation.step', 'HEAD')],
  },
};
