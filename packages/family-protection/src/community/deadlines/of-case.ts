// Deadlines of the case as a whole, after the table of the domain model.
import { fromArming, fromDue, type Instant } from '@himaya/engine';
import { answering } from '../chart/answers.ts';
import type { View } from '../head.ts';
import { partsIn } from '../../parts.ts';
import { firstAction } from '../../protection/first-action.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import { needsOfficer } from '../../case-file/accountable.ts';
import { atDue, caseEnds, termFrom, workEnds } from '../../deadlines/terms.ts';
import type { Deadline, DeadlineView } from './kind.ts';

/** Whether part of the matter, or all of it, waits for a more protective procedure to begin. */
function needsOtherProcedure({ in: inState, context }: Pick<View, 'in' | 'context'>): boolean {
  return (
    inState('lifecycle.reclassified') ||
    (inState('screening.positive') && !inState('lifecycle.transferred')) ||
    Object.values(context.childRoutes).some((route) => route === null)
  );
}

/** Whether somebody has to be screened, or screened anew, from this event on. */
function isDoubt({ event, context }: Pick<View, 'event' | 'context'>): boolean {
  if (event.type === 'PartyAgeCorrected') return context.screened[event.data.partyId] === 'unsure';
  return event.type === 'ViolenceScreeningCompleted' && event.data.result === 'unsure';
}

function isCaseEnd(type: string): boolean {
  return (caseEnds as readonly string[]).includes(type);
}

function isWorkEnd(type: string): boolean {
  return (workEnds as readonly string[]).includes(type);
}

/** Whether someone did not come to a session that had to be adjourned. */
function isAbsentee(parts: View['parts'], partyId: string): boolean {
  return partsIn(parts.all(sessionKind), 'adjourned').some(({ context }) =>
    context.absent.includes(partyId),
  );
}

const over = ['closed', 'reclassified', 'merged', 'transferred'] as const;

/**
 * When the complaint, or what came after it, is to be answered. An event that brings something new
 * gives it a term of its own; one that answers something leaves the earliest of the rest.
 */
function answerDue({ event, context, policy, calendar, in: inState }: DeadlineView) {
  if (over.some((state) => inState(`lifecycle.${state}`))) return undefined;
  const dueFrom = (since: string): Instant =>
    calendar.add(since as Instant, policy.duration('T-COMM-RES'));
  const since = context.unanswered.map((matter) => matter.since).toSorted();
  const [first] = isAnswering(event.type) ? since : [];
  // What is overdue already keeps its breach; nothing else becomes due by it.
  if (first !== undefined && dueFrom(first) > event.occurredAt) return dueFrom(first);
  return since.includes(event.occurredAt) ? dueFrom(event.occurredAt) : undefined;
}

function isAnswering(type: string): boolean {
  return type === 'ChildRerouted' || (answering as readonly string[]).includes(type);
}

const reviewEnds = [...caseEnds, 'SuccessorOpened'] as const;

/** Deadlines by name. */
export const caseDeadlines = {
  firstAction,
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
    armedBy: [
      'ComplaintRegistered',
      'PartyAdded',
      'PartyAgeCorrected',
      'RecurrenceDetected',
      'SettlementBreached',
      'CaseReopened',
      'SiteVisitCompleted',
    ],
    // What was due first is answered: the term of what is left begins when that arose.
    movedBy: [...answering, 'ChildRerouted'],
    disarmedBy: [...answering, 'ChildRerouted', ...workEnds],
    disarms: (view) => isWorkEnd(view.event.type) || view.context.unanswered.length === 0,
    dueAt: answerDue,
    marks: [atDue('SUP'), fromDue('escalation.step', 'HEAD')],
  },
  violenceScreening: {
    code: 'T-SCREEN',
    armedBy: ['HiddenHarmScreened', 'ViolenceScreeningCompleted', 'PartyAgeCorrected'],
    disarmedBy: ['HiddenHarmScreened', 'ViolenceScreeningCompleted', ...workEnds],
    disarms: (view) => isWorkEnd(view.event.type) || !view.in('screening.violenceRequired'),
    // A screening of one more person is no new reason to wait; a new doubt is.
    dueAt: (view) =>
      view.in('screening.violenceRequired') &&
      (view.event.type === 'HiddenHarmScreened' || isDoubt(view))
        ? termFrom('T-SCREEN')(view)
        : undefined,
    marks: [atDue('SUP'), fromDue('T-SCREEN', 'HEAD')],
  },
  newOfficer: {
    code: 'T-REASSIGN',
    armedBy: ['ConflictOfInterestDeclared', 'CaseReopened'],
    disarmedBy: ['CaseAssigned', 'CaseReassigned', 'CaseHandedOver', ...caseEnds],
    disarms: (view) => isCaseEnd(view.event.type) || !needsOfficer(view),
    dueAt: (view) => (needsOfficer(view) ? termFrom('T-REASSIGN')(view) : undefined),
    marks: [fromArming('T-REASSIGN.supervisor', 'SUP'), atDue('HEAD')],
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
  secondDate: {
    code: 'T-REC-NOSHOW',
    armedBy: ['SessionAdjourned'],
    disarmedBy: [
      'SessionHeld',
      'PartyDeclined',
      'NeighbourhoodAgreementSigned',
      'NoAgreementRecorded',
      'ReconciliationSuspended',
      ...workEnds,
    ],
    disarms: ({ event, parts }) =>
      event.type !== 'PartyDeclined' || isAbsentee(parts, event.data.partyId),
    dueAt: (view) => {
      if (view.event.type !== 'SessionAdjourned' || view.event.data.absent === undefined) return;
      const where = view.event.data.abroad === true ? 'abroad' : 'here';
      return termFrom(`T-REC-NOSHOW.${where}`)(view);
    },
    marks: [atDue('CON')],
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
    armedBy: [
      'CaseReclassified',
      'ChildRerouted',
      'HiddenHarmScreened',
      'ViolenceScreeningCompleted',
    ],
    disarmedBy: ['SuccessorOpened', 'PartyAgeCorrected', ...caseEnds],
    disarms: (view) =>
      (view.event.type !== 'SuccessorOpened' && view.event.type !== 'PartyAgeCorrected') ||
      !needsOtherProcedure(view),
    dueAt: (view) => (needsOtherProcedure(view) ? termFrom('T-TRIAGE')(view) : undefined),
    marks: [atDue('SUP'), fromDue('T-TRIAGE', 'HEAD')],
  },
} as const satisfies Readonly<Record<string, Deadline>>;
