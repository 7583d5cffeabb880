// Rules of the graduated response: adults only, one level after the other, on repetition.
import { hasElapsed, laterOf, type Instant, type PartsView } from '@himaya/engine';
import { t, type CommunityEvent, type View } from '../head.ts';
import { responseId, responseKind, type Response } from '../parts/kinds.ts';
import { partyUnknown, refuse } from '../../wording/wording.ts';

const steps = ['AdviceGiven', 'WarningIssued', 'ViolationTicketRequested'] as const;
const higher = ['WarningIssued', 'ViolationTicketRequested'] as const;
const aboutRespondent = [...steps, 'RecurrenceDetected'] as const;

function ladderOf(
  parts: PartsView,
  event: CommunityEvent<(typeof steps)[number]>,
): Response | undefined {
  return parts.one(responseKind, responseId(event.data))?.context;
}

/** Whether the ladder is for this person at all: it is not for someone who is known to be a child. */
function isForLadder({ context, event }: Pick<View, 'context' | 'event'>): boolean {
  const { respondent } = event.data as { readonly respondent: string };
  return context.parties[respondent]?.isChild !== true;
}

/** Whether the window in which a repetition counts is over since the level that was reached. */
function isWindowOver(
  { policy, calendar }: Pick<View, 'policy' | 'calendar'>,
  since: Response['since'] | undefined,
  at: Instant,
): boolean {
  if (!since) return true;
  return hasElapsed(calendar, since.occurredAt, policy.duration('ladder.window'), at);
}

/** Rules of the ladder. */
export const ladderRules = {
  respondentIsParty: t.rule(aboutRespondent, {
    ...partyUnknown,
    holds: ({ event, context }) => context.parties[event.data.respondent] !== undefined,
  }),
  respondentAnswerable: t.rule(steps, {
    ...refuse(
      'CHILD_UNDER_AGE_OF_RESPONSIBILITY',
      'INV-17',
      'A child under 15 takes no advice, warning or contravention; the child procedure applies.',
      'لا يوجه نصح أو إنذار أو مخالفة إلى طفل دون 15 سنة، ويطبق إجراء الطفل.',
    ),
    holds: ({ event, context }) => context.parties[event.data.respondent]?.ageBand !== 'under15',
  }),
  respondentGrown: t.rule(steps, {
    ...refuse(
      'RESPONDENT_IS_CHILD',
      'INV-17',
      'A person under 18 is routed to the child procedure, never to a contravention first.',
      'من لم يبلغ 18 سنة يحال إلى إجراء الطفل ولا تبدأ معه المخالفة.',
    ),
    holds: ({ event, context }) => context.parties[event.data.respondent]?.ageBand !== '15to17',
  }),
  respondentAgeKnown: t.rule(steps, {
    ...refuse(
      'RESPONDENT_AGE_UNKNOWN',
      'INV-17',
      'It has to be established that the respondent is an adult.',
      'يجب التحقق من أن المشكو في حقه بالغ.',
    ),
    holds: ({ event, context }) => context.parties[event.data.respondent]?.ageBand !== 'unknown',
  }),
  levelNotRepeated: t.rule(['AdviceGiven', 'WarningIssued'], {
    ...refuse(
      'GRADUATED_RESPONSE_REPEATED',
      'ladder',
      'This level has already been reached.',
      'سبق بلوغ هذه الدرجة.',
    ),
    holds: (view) => {
      const ladder = ladderOf(view.parts, view.event);
      if ((ladder?.level ?? 0) < view.event.data.level) return true;
      // After a long quiet the ladder begins anew, and it begins with advice.
      return (
        view.event.type === 'AdviceGiven' &&
        isWindowOver(view, ladder?.since, view.event.occurredAt)
      );
    },
  }),
  priorLevelRecorded: t.rule(higher, {
    ...refuse(
      'GRADUATED_RESPONSE_SKIPPED',
      'ladder',
      'The level before this one has not been recorded.',
      'لم تسجل الدرجة السابقة من الاستجابة المتدرجة.',
    ),
    holds: (view) =>
      !isForLadder(view) ||
      (ladderOf(view.parts, view.event)?.level ?? 0) >= view.event.data.level - 1,
  }),
  recurredSince: t.rule(higher, {
    ...refuse(
      'RECURRENCE_REQUIRED',
      'ladder',
      'No repetition has been recorded since the level before, within the window.',
      'لم يسجل تكرار بعد الدرجة السابقة خلال المدة المقررة.',
    ),
    holds: (view) => {
      if (!isForLadder(view)) return true;
      const { event } = view;
      const ladder = ladderOf(view.parts, event);
      const since = ladder?.since;
      if (!ladder || !since) return false;
      // A step that is entered late counts from its entry: back-dating it makes nothing repeated.
      const from = laterOf(since.occurredAt, since.recordedAt);
      return ladder.recurrences.some(
        ({ occurredAt }) =>
          occurredAt > from &&
          occurredAt <= event.occurredAt &&
          !isWindowOver(view, since, occurredAt),
      );
    },
  }),
  harmScreenedFirst: t.rule([...steps, 'PartnerReferralMade'], {
    ...refuse(
      'VIOLENCE_SCREENING_REQUIRED',
      'screening',
      'Hidden harm has to be ruled out first: until then no step that would warn the other side.',
      'يجب استبعاد الأذى الخفي أولا، ولا إجراء قبل ذلك ينبه الطرف الآخر.',
    ),
    // Of a child the refusal says the age and nothing else.
    holds: (view) =>
      view.in('screening.negative') ||
      view.in('screening.positive') ||
      (view.event.type !== 'PartnerReferralMade' && !isForLadder(view)),
  }),
  noHarmToAnswer: t.rule({
    ...refuse(
      'HARM_NOT_RULED_OUT',
      'INV-14',
      'Harm was found: no step that would warn the other side.',
      'ثبت وجود أذى، فلا إجراء ينبه الطرف الآخر.',
    ),
    holds: (view) => !view.in('screening.positive'),
  }),
  bodyCompetent: t.rule(['ViolationTicketRequested'], {
    ...refuse(
      'OUT_OF_JURISDICTION',
      'INV-29',
      'Only a competent body issues a contravention; the office asks for it.',
      'لا تحرر المخالفة إلا جهة مختصة، والمكتب يطلبها منها.',
    ),
    holds: ({ event, policy }) =>
      policy.list('ladder.competentBodies').includes(event.data.competentBody),
  }),
};
