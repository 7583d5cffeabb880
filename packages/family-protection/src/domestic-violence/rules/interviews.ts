// Rules of interviews: alone, in a room that keeps what is said, understood, and once.
import { presentAt } from '../../facility/attendance.ts';
import { isAmong } from '../../parties/facts.ts';
import { refuse, separated } from '../../wording/wording.ts';
import type { Context } from '../context.ts';
import { t, type View } from '../head.ts';
import { consentKind, interviewKind, type Interview } from '../parts/kinds.ts';
import { isPartial, partiesOf } from './parties.ts';
import { lasts } from './sharing.ts';

const hearing = ['InterviewScheduled', 'InterviewStarted'] as const;
const begun = ['InterviewStarted'] as const;
/** Parties who may be there while somebody else is heard: whoever speaks for them. */
const STANDING_BY: readonly string[] = ['guardian', 'legalRepresentative'];

/** The last interview in which a party was heard, whether or not it came to an end. */
function lastHeard({ parts }: Pick<View, 'parts'>, partyId: string) {
  return parts
    .all(interviewKind)
    .findLast(({ context }) => context.partyId === partyId && context.startedAt !== null);
}

/** Whether a party is there for somebody else's sake. */
function speaksForOthers(partyId: string, { parties }: Pick<Context, 'parties'>): boolean {
  return STANDING_BY.includes(parties[partyId]?.role ?? '');
}

/** Rules of interviews. */
export const interviewRules = {
  heardAsAdult: t.rule(hearing, {
    ...refuse(
      'CHILD_INTERVIEW_UNACCOMPANIED',
      'INV-05',
      'A child is heard by a forensic interviewer, in the procedure for children.',
      'يسمع الطفل لدى أخصائي المقابلات الجنائية وفق الإجراء الخاص بالأطفال.',
    ),
    holds: ({ event, context }) => context.parties[event.data.partyId]?.isChild !== true,
  }),
  heardAsPlanned: t.rule(begun, {
    ...refuse(
      'INTERVIEW_NOT_PLANNED',
      'interview',
      'This interview was planned with somebody else, or has begun before.',
      'هذه المقابلة مقررة مع شخص آخر أو سبق أن بدأت.',
    ),
    // The case notes who has investigated whatever the part does: nothing else would refuse it.
    holds: ({ event: { data }, parts }) => {
      const known = parts.one(interviewKind, data.interviewId);
      return (
        known === undefined || (known.in('planned') && known.context.partyId === data.partyId)
      );
    },
  }),
  heardAlone: t.rule(begun, {
    ...refuse(
      'JOINT_INTERVIEW_FORBIDDEN',
      'INV-11',
      'No other party is there while somebody is heard, but who speaks for them.',
      'لا يحضر سماع أحد الأطراف طرف آخر سوى من يمثله.',
    ),
    holds: ({ event: { data }, context }) =>
      data.attendees
        .flatMap(({ who }) => partiesOf(who, context))
        .every((one) => one !== data.partyId && speaksForOthers(one, context)),
  }),
  attendedByNeutral: t.rule(begun, {
    ...refuse(
      'CONFLICT_OF_INTEREST',
      'SoD-4',
      'Nobody sits in who is related to a party or interprets for the other side; whoever interprets is assigned.',
      'لا يحضر من له صلة بأحد الأطراف أو يترجم للطرف المقابل، ولا يترجم إلا من كلف بذلك.',
    ),
    holds: ({ event: { data }, context }) =>
      data.attendees.every(
        ({ who, capacity }) =>
          !isPartial(who, data.partyId, context) &&
          (capacity !== 'interpreter' || context.parties[data.partyId]?.interpreter === who),
      ),
  }),
  heardOnce: t.rule(hearing, {
    ...refuse(
      'REINTERVIEW_REASON_REQUIRED',
      'interview',
      'A victim tells it once: why she has to tell it again is found by a supervisor first.',
      'تروي الضحية ما جرى مرة واحدة، ولا يعاد سماعها إلا لسبب يقره المشرف.',
    ),
    holds: (view) => {
      const { partyId } = view.event.data;
      if (view.context.parties[partyId]?.role !== 'victim') return true;
      const last = lastHeard(view, partyId);
      return last === undefined || last.context.justifiedBy.length > 0;
    },
  }),
  reheardByAnother: t.rule(begun, {
    ...separated(
      'Who found that somebody has to be heard again does not hear them.',
      'من قرر إعادة السماع لا يتولاه.',
    ),
    holds: (view) => {
      const { justifiedBy = [] } = lastHeard(view, view.event.data.partyId)?.context ?? {};
      return !isAmong(view.event.actor, justifiedBy);
    },
  }),
  heardInItsRoom: t.rule(begun, {
    ...refuse(
      'ROOM_NOT_INSULATED',
      'INV-10',
      'An interview is held in its booked room, or elsewhere for a reason that is looked at.',
      'تجرى المقابلة في غرفتها المحجوزة، أو في غيرها لسبب يراجعه المشرف.',
    ),
    holds: (view) => {
      const { data, occurredAt } = view.event;
      if (data.booking === undefined) return data.offSite !== undefined;
      // Nobody of the case but whom speaks for them is in the room.
      const present = presentAt(view, data.booking, 'interview', occurredAt);
      const others = present.filter((one) => one !== data.partyId);
      return (
        present.includes(data.partyId) &&
        others.every((one) => speaksForOthers(one, view.context))
      );
    },
  }),
  wishHonoured: t.rule(begun, {
    ...refuse(
      'INTERVIEWER_PREFERENCE',
      'booking',
      'The wish for a man or a woman is honoured, or the reason is recorded.',
      'تراعى الرغبة في جنس من يجري المقابلة أو يسجل السبب.',
    ),
    holds: ({ event: { data }, context }) => {
      const wish = context.parties[data.partyId]?.interviewerPreferred ?? 'none';
      return (
        wish === 'none' ||
        wish === data.interviewerGender ||
        data.preferenceReason !== undefined
      );
    },
  }),
  recordingFounded: t.rule(begun, {
    ...refuse(
      'RECORDING_NOT_PERMITTED',
      'booking',
      'A recording rests on the consent of who is heard, or on a legal basis of policy.',
      'يتطلب التسجيل موافقة من يسمع أو سندا قانونيا تحدده السياسة.',
    ),
    holds: ({ event, parts, policy }) => {
      const { data } = event;
      const { recordedOn } = data;
      if (recordedOn === undefined) return true;
      if (recordedOn.kind === 'legal') {
        return policy.list('recording.legalBases').includes(recordedOn.code);
      }
      const consent = parts.one(consentKind, recordedOn.consentId)?.context;
      return (
        consent?.purpose === 'recording' &&
        consent.partyId === data.partyId &&
        lasts(consent, event)
      );
    },
  }),
  reviewedByAnother: t.rule(['OffSiteInterviewReviewed'], {
    ...separated(
      'Who held an interview without a room does not review it.',
      'من أجرى المقابلة خارج غرفتها لا يراجعها.',
    ),
    holds: ({ event: { actor }, part }) =>
      !isAmong(actor, (part?.context as Interview | undefined)?.interviewers ?? []),
  }),
};
