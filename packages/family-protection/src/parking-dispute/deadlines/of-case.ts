// Deadlines of the case as a whole, after the table of the domain model.
import { fromArming, fromDue } from '@himaya/engine';
import { partsIn, sessionKind } from '../parts/kinds.ts';
import { atDue, caseEnds, termFrom, workEnds, type Deadline } from './ending.ts';

const reviewEnds = [...caseEnds, 'SuccessorOpened'] as const;

/** Deadlines by name. */
export const caseDeadlines = {
  firstAction: {
    code: 'T-EMERG',
    armedBy: ['IntakeStarted'],
    disarmedBy: ['ProtectiveMeasureStarted', 'MedicalTransferOrdered', ...caseEnds],
    dueAt: (view) =>
      view.event.type === 'IntakeStarted' && view.event.data.immediateDanger
        ? termFrom('T-EMERG')(view)
        : undefined,
    marks: [
      fromArming('T-EMERG.supervisor', 'SUP'),
      fromArming('T-EMERG.head', 'HEAD'),
      fromArming('T-EMERG.duty', 'DUTY'),
    ],
  },
  triage: {
    code: 'T-TRIAGE-C',
    armedBy: ['IntakeStarted'],
    disarmedBy: ['CaseTriaged', ...workEnds],
    dueAt: termFrom('T-TRIAGE-C'),
    marks: [atDue('SUP')],
  },
  accessNeeds: {
    code: 'T-ACCESS',
    armedBy: ['IntakeStarted'],
    disarmedBy: ['AccessNeedsAnswered', ...workEnds],
    dueAt: (view) => (view.context.accessNeedsAnswered ? undefined : termFrom('T-ACCESS')(view)),
    marks: [atDue('SUP')],
  },
  siteVisit: {
    code: 'T-COMM-VISIT',
    armedBy: ['ComplaintRegistered'],
    disarmedBy: ['SiteVisitCompleted', ...workEnds],
    dueAt: termFrom('T-COMM-VISIT'),
    marks: [atDue('SUP')],
  },
  resolution: {
    code: 'T-COMM-RES',
    armedBy: ['ComplaintRegistered', 'RecurrenceDetected', 'SettlementBreached', 'CaseReopened'],
    disarmedBy: [
      'AdviceGiven',
      'WarningIssued',
      'ViolationTicketRequested',
      'PartnerReferralClosed',
      'NeighbourhoodAgreementSigned',
      'NoAgreementRecorded',
      'SiteVisitCompleted',
      ...workEnds,
    ],
    disarms: (view) =>
      view.event.type !== 'SiteVisitCompleted' || view.event.data.finding !== 'substantiated',
    dueAt: (view) => (view.in('resolution.open') ? termFrom('T-COMM-RES')(view) : undefined),
    marks: [atDue('SUP'), fromDue('escalation.step', 'HEAD')],
  },
  mediation: {
    code: 'T-REC-14D',
    armedBy: ['SessionHeld'],
    disarmedBy: [
      'NeighbourhoodAgreementSigned',
      'NoAgreementRecorded',
      'ReconciliationSuspended',
      ...workEnds,
    ],
    dueAt: (view) => {
      const held = partsIn(view.parts.all(sessionKind), 'held');
      const inRound = held.filter(({ context }) => context.round === view.context.round);
      return inRound.length === 1 ? termFrom('T-REC-14D')(view) : undefined;
    },
    marks: [atDue('SUP')],
  },
  caseReview: {
    code: 'T-CASE-REV',
    armedBy: ['IntakeStarted', 'CaseReviewed', 'CaseReviewMissed', 'CaseReopened'],
    disarmedBy: ['CaseReviewed', ...reviewEnds],
    disarms: (view) => view.event.type !== 'SuccessorOpened' || view.in('lifecycle.transferred'),
    dueAt: termFrom('T-CASE-REV'),
    marks: [atDue('SUP'), fromDue('escalation.step', 'HEAD')],
  },
  closureDecision: {
    code: 'T-CLOSE',
    armedBy: ['ClosureProposed'],
    disarmedBy: ['ClosureReturned', ...workEnds],
    dueAt: termFrom('T-CLOSE'),
    marks: [atDue('SUP'), fromDue('escalation.step', 'HEAD')],
  },
  successor: {
    code: 'T-TRIAGE',
    armedBy: ['CaseReclassified', 'ChildRerouted'],
    disarmedBy: ['SuccessorOpened', 'PartyAgeCorrected', ...caseEnds],
    disarms: (view) =>
      (view.event.type !== 'SuccessorOpened' && view.event.type !== 'PartyAgeCorrected') ||
      (!view.in('lifecycle.reclassified') &&
        Object.values(view.context.childRoutes).every((route) => route !== null)),
    dueAt: termFrom('T-TRIAGE'),
    marks: [atDue('SUP'), fromDue('T-TRIAGE', 'HEAD')],
  },
} as const satisfies Readonly<Record<string, Deadline>>;
