// Commands of interviews: planned, held by whoever gives the command, and held once more for a reason.
import type { DecideView } from '@himaya/engine';
import { z } from 'zod';
import { booked } from '../../conciliation/events.ts';
import { dayStream } from '../../facility/booking.ts';
import { ref } from '../../fields.ts';
import { investigating, ordinary } from '../../staff/duties.ts';
import type { Context } from '../context.ts';
import { command, events } from '../head.ts';
import { evidenceKind, interviewKind } from '../parts/kinds.ts';
import { interviewing, viewing } from './grants.ts';

const started = events.InterviewStarted.shape;
const sealed = events.RecordingSealed.shape;
const part = { kind: interviewKind.kind, field: 'interviewId' };

const KINDS: Readonly<Record<string, z.output<typeof started.kind>>> = {
  victim: 'victim',
  allegedAggressor: 'aggressor',
  witness: 'witness',
};

/** Who was, or is to be, heard in an interview of the case. */
function heardIn(interviewId: string, { parts }: DecideView<Context>): string {
  return parts.one(interviewKind, interviewId)?.context.partyId ?? 'nobody';
}

/** Commands of interviews by name. */
export const interviewCommands = {
  ScheduleInterview: command({
    input: z
      .strictObject({ ...events.InterviewScheduled.shape, interviewId: ref.exactOptional() })
      .refine(({ start, end }) => start < end, 'an interview ends after it has begun'),
    polarity: 'neutral',
    by: interviewing,
    duties: investigating,
    records: ['InterviewScheduled'],
    decide: (input, view) => {
      const interviewId = input.interviewId ?? view.id('interview');
      return [{ type: 'InterviewScheduled', data: { ...input, interviewId } }];
    },
  }),
  StartInterview: command({
    input: z.strictObject({
      interviewId: ref.exactOptional(),
      partyId: ref,
      interviewerGender: started.interviewerGender,
      preferenceReason: started.preferenceReason,
      attendees: started.attendees.default([]),
      booking: booked.exactOptional(),
      offSite: started.offSite,
      recordedOn: started.recordedOn,
    }),
    polarity: 'neutral',
    by: interviewing,
    duties: investigating,
    reads: ({ booking }) => (booking === undefined ? [] : [dayStream(booking)]),
    // Who came is asked of the day as it was read: nobody is led together by it.
    recheckSuffices: true,
    records: ['InterviewStarted'],
    decide: ({ booking, ...input }, view) => {
      const { role = 'none' } = view.context.parties[input.partyId] ?? {};
      const where = booking === undefined ? {} : { booking: { ...booking, caseId: view.caseId } };
      const data = {
        ...input,
        ...where,
        interviewId: input.interviewId ?? view.id('interview'),
        kind: KINDS[role] ?? ('party' as const),
      };
      return [{ type: 'InterviewStarted', data }];
    },
  }),
  CompleteInterview: command({
    input: events.InterviewCompleted.omit({ partyId: true }),
    polarity: 'neutral',
    by: interviewing,
    duties: investigating,
    records: ['InterviewCompleted'],
    part,
    decide: (input, view) => [
      { type: 'InterviewCompleted', data: { ...input, partyId: heardIn(input.interviewId, view) } },
    ],
  }),
  CancelInterview: command({
    input: events.InterviewCancelled.omit({ partyId: true }),
    polarity: 'protective',
    by: [...interviewing, 'SUP', 'RCP'],
    duties: ordinary,
    records: ['InterviewCancelled'],
    part,
    decide: (input, view) => [
      { type: 'InterviewCancelled', data: { ...input, partyId: heardIn(input.interviewId, view) } },
    ],
  }),
  JustifyReinterview: command({
    input: events.ReinterviewJustified.omit({ partyId: true, approver: true }),
    polarity: 'restricted',
    by: ['SUP'],
    duties: ordinary,
    records: ['ReinterviewJustified'],
    part,
    decide: (input, view) => {
      const partyId = heardIn(input.interviewId, view);
      const data = { ...input, partyId, approver: view.actor.staff };
      return [{ type: 'ReinterviewJustified', data }];
    },
  }),
  ReviewOffSiteInterview: command({
    input: events.OffSiteInterviewReviewed.omit({ partyId: true, reviewer: true }),
    polarity: 'neutral',
    by: ['SUP', 'HEAD'],
    duties: ordinary,
    records: ['OffSiteInterviewReviewed'],
    part,
    decide: (input, view) => {
      const partyId = heardIn(input.interviewId, view);
      const data = { ...input, partyId, reviewer: view.actor.staff };
      return [{ type: 'OffSiteInterviewReviewed', data }];
    },
  }),
  SealRecording: command({
    input: z.strictObject({
      interviewId: ref,
      evidenceId: ref.exactOptional(),
      hash: sealed.hash,
      custodyHolder: ref.exactOptional(),
      storageRef: sealed.storageRef,
    }),
    polarity: 'protective',
    by: interviewing,
    duties: investigating,
    records: ['RecordingSealed'],
    part,
    decide: (input, view) => [
      {
        type: 'RecordingSealed',
        data: {
          ...input,
          partyId: heardIn(input.interviewId, view),
          evidenceId: input.evidenceId ?? view.id('evidence'),
          custodyHolder: input.custodyHolder ?? view.actor.staff,
        },
      },
    ],
  }),
  AccessRecording: command({
    input: events.RecordingAccessed.omit({ viewer: true }),
    polarity: 'restricted',
    by: viewing,
    duties: ordinary,
    records: ['RecordingAccessed'],
    part: { kind: evidenceKind.kind, field: 'evidenceId' },
    decide: (input, { actor }) => [
      { type: 'RecordingAccessed', data: { ...input, viewer: actor.staff } },
    ],
  }),
};
