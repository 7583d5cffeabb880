// Rules of interviews: alone, in a room that keeps what is said, understood, and once.
import { presentAt } from '../../facility/attendance.ts';
import { isAmong } from '../../parties/facts.ts';
import { partsIn } from '../../parts.ts';
import { refuse } from '../../wording/wording.ts';
import { t, type View } from '../head.ts';
import { consentKind, interviewKind, type Interview } from '../parts/kinds.ts';
import { lasts } from './sharing.ts';

const hearing = ['InterviewScheduled', 'InterviewStarted'] as const;
const begun = ['InterviewStarted'] as const;
/** Parties who may be there while somebody else is heard: whoever speaks for them. */
const STANDING_BY: readonly string[] = ['guardian', 'legalRepresentative'];

/** The last interview in which a party was heard to the end. */
function lastHeard({ parts }: Pick<View, 'parts'>, partyId: string) {
  return partsIn(parts.all(interviewKind), 'completed').findLast(
    ({ context }) => context.partyId === partyId,
  );
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
  heardAlone: t.rule(begun, {
    ...refuse(
      'JOINT_INTERVIEW_FORBIDDEN',
      'INV-11',
      'No other party is there while somebody is heard, but who speaks for them.',
      'لا يحضر سماع أحد الأطراف طرف آخر سوى من يمثله.',
    ),
    holds: ({ event: { data }, context: { parties } }) =>
      data.attendees.every(({ who }) => {
        const role = parties[who]?.role;
        return role === undefined || (who !== data.partyId && STANDING_BY.includes(role));
      }),
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
    ...refuse(
      'SEPARATION_OF_DUTIES',
      'INV-21',
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
      const present = presentAt(view, data.booking, ['interview'], occurredAt);
      const others = present.filter((one) => one !== data.partyId);
      const { parties } = view.context;
      return (
        present.includes(data.partyId) &&
        others.every((one) => STANDING_BY.includes(parties[one]?.role ?? ''))
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
    ...refuse(
      'SEPARATION_OF_DUTIES',
      'INV-21',
      'Who held an interview without a room does not review it.',
      'من أجرى المقابلة خارج غرفتها لا يراجعها.',
    ),
    holds: ({ event: { actor }, part }) =>
      !isAmong(actor, (part?.context as Interview | undefined)?.interviewers ?? []),
  }),
};
