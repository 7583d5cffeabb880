// What waits for an answer in a dispute, what each step answers, and what it leaves open.
import type { Context, Matter } from '../context.ts';
import type { CommunityEvent } from '../head.ts';

/** Whom an answer reaches and what it is about; where nothing is said, whoever and whatever. */
interface Answer {
  readonly respondents?: readonly string[];
  readonly category?: string;
  readonly place: string;
  /** What arose later it does not answer. */
  readonly until: string;
}

type Complaint = NonNullable<Context['complaint']>;

/** Steps that can answer something. */
export const answeringSteps = [
  'AdviceGiven',
  'WarningIssued',
  'ViolationTicketRequested',
  'PartnerReferralClosed',
  'NeighbourhoodAgreementSigned',
  'NoAgreementRecorded',
] as const;

/** Events that can answer something: also a visit that found nothing. */
export const answering = [...answeringSteps, 'SiteVisitCompleted'] as const;

/** Roles of those who may be meant by a complaint that names nobody. */
const meant: readonly string[] = ['respondent', 'neighbour'];

/** What an event answers in a case with this complaint, if it answers anything. */
function answerOf(event: CommunityEvent, { place }: Complaint): Answer | undefined {
  const until = event.occurredAt;
  switch (event.type) {
    case 'AdviceGiven':
    case 'WarningIssued':
    case 'ViolationTicketRequested': {
      const { respondent, category, place: where } = event.data;
      return { respondents: [respondent], category, place: where, until };
    }
    case 'NeighbourhoodAgreementSigned':
      return { respondents: event.data.signatories, place, until };
    // Where the next step is one of this procedure, that step is the answer.
    case 'NoAgreementRecorded':
      return ['court', 'support'].includes(event.data.nextStep)
        ? { respondents: event.data.parties, place, until }
        : undefined;
    // A partner that does nothing has answered nobody.
    case 'PartnerReferralClosed': {
      const { outcome, madeAt, respondents } = event.data;
      if (outcome === 'noAction') return undefined;
      return { ...(respondents ? { respondents } : {}), place, until: madeAt };
    }
    case 'SiteVisitCompleted':
      return event.data.finding === 'substantiated' ? undefined : { place, until };
    default:
      return undefined;
  }
}

function isAnswered(matter: Matter, answer: Answer, complaint: Complaint, { parties }: Context) {
  const { respondents, category, place, until } = answer;
  if (matter.since > until || (matter.place ?? complaint.place) !== place) return false;
  if (category !== undefined && category !== (matter.category ?? complaint.subType)) return false;
  if (respondents === undefined) return true;
  if (matter.respondent !== null) return respondents.includes(matter.respondent);
  return respondents.some((partyId) => meant.includes(parties[partyId]?.role ?? ''));
}

/** What is still unanswered after an event. */
export function leftOpen(context: Context, event: CommunityEvent): Matter[] {
  const { complaint, unanswered } = context;
  const answer = complaint && answerOf(event, complaint);
  if (!answer) return unanswered;
  return unanswered.filter((matter) => !isAnswered(matter, answer, complaint, context));
}

/** Whether an event answers something that is open. */
export function answersAny(context: Context, event: CommunityEvent): boolean {
  return leftOpen(context, event).length < context.unanswered.length;
}

/** Those complained about who can be answered here: children go another way. */
export function respondentsOf({ parties }: Pick<Context, 'parties'>): string[] {
  return Object.keys(parties).filter(
    (id) => parties[id]?.role === 'respondent' && !parties[id]?.isChild,
  );
}

/** A matter of the complaint itself: of someone it names, or of nobody in particular. */
export function ofComplaint(respondent: string | null, since: string): Matter {
  return { respondent, category: null, place: null, since };
}

/** The complaint as it stands: against each of those it names, or as such. */
export function wholeComplaint(context: Pick<Context, 'parties'>, since: string): Matter[] {
  const named = respondentsOf(context);
  return named.length === 0
    ? [ofComplaint(null, since)]
    : named.map((respondent) => ofComplaint(respondent, since));
}

/** With someone who is complained about from now on: the first one takes the complaint's own term. */
export function withNamed(context: Context, partyId: string, at: string): Matter[] {
  const isFirst = respondentsOf(context).every((id) => id === partyId);
  const asSuch = context.unanswered.find(({ respondent }) => respondent === null);
  if (!isFirst || !asSuch) return [...context.unanswered, ofComplaint(partyId, at)];
  return context.unanswered.map((one) =>
    one === asSuch ? { ...one, respondent: partyId } : one,
  );
}

/** Without someone who turned out to be a child. What names nobody else stays to be answered. */
export function withoutChild(context: Context, partyId: string): Matter[] {
  const others = context.unanswered.filter(({ respondent }) => respondent !== partyId);
  const own = context.unanswered.find(
    ({ respondent, place }) => respondent === partyId && place === null,
  );
  const isAlone = own !== undefined && respondentsOf(context).every((id) => id === partyId);
  return isAlone ? [...others, { ...own, respondent: null }] : others;
}
