// Rules of every case file: whom it knows, where it may go on, and what is asked before it closes.
import { hasElapsed, waitStart } from '@himaya/engine';
import { z } from 'zod';
import { ref } from '../fields.ts';
import { rulesOver } from '../rule.ts';
import { refuse } from '../wording/wording.ts';
import { endingEvents, leavingEvents } from './events.ts';
import { followUpKind } from './parts.ts';

/** What these rules ask of a case's memory. */
export interface FileMemory {
  readonly parties: Readonly<Record<string, unknown>>;
  readonly feedbackOffered: boolean;
  readonly accessNeedsAnswered: boolean;
}

/** The events that these rules judge, as far as they look at them. */
const judged = {
  ...leavingEvents,
  ...endingEvents,
  PartyAdded: z.object({ partyId: ref }),
  ClosureProposed: z.object({ feedbackOffered: z.boolean() }),
  ClosureReviewed: z.object({}),
  CaseClosed: z.object({}),
};
const rule = rulesOver<FileMemory, typeof judged>();
const closing = ['ClosureProposed', 'CaseClosed'] as const;

/** Rules of the file. */
export const fileRules = {
  partyIsNew: rule(['PartyAdded'], {
    ...refuse('PARTY_EXISTS', null, 'This party is recorded already.', 'هذا الطرف مسجل من قبل.'),
    holds: ({ event, context }) => context.parties[event.data.partyId] === undefined,
  }),
  receiverAccepted: rule(['CaseTransferred'], {
    ...refuse(
      'TRANSFER_NOT_ACCEPTED',
      'lifecycle',
      'The receiving office has not accepted the case.',
      'لم يقبل المكتب المستقبل القضية.',
    ),
    holds: ({ event }) => event.data.acceptanceRef !== undefined,
  }),
  attemptsApart: rule(['FollowUpMissed'], {
    ...refuse(
      'FOLLOW_UP_TOO_SOON',
      'followUp',
      'The attempt before was made only a short while ago.',
      'لم يمض وقت كاف على المحاولة السابقة.',
    ),
    holds: ({ event, parts, policy, calendar }) => {
      const last = parts.one(followUpKind, event.data.followUpId)?.context.lastAttempt;
      const gap = policy.duration('followUp.attemptsApart');
      return !last || hasElapsed(calendar, waitStart(last), gap, event.occurredAt);
    },
  }),
  closureProposed: rule(['CaseClosed', 'ClosureReviewed'], {
    ...refuse(
      'CLOSURE_NOT_PROPOSED',
      'lifecycle',
      'Closure is decided on a proposal.',
      'لا يبت في الإغلاق إلا بناء على اقتراح.',
    ),
    holds: (view) => view.in('lifecycle.closureReview'),
  }),
  feedbackOffered: rule(closing, {
    ...refuse(
      'FEEDBACK_NOT_OFFERED',
      'closure',
      'The parties have not been offered to give feedback.',
      'لم يعرض على الأطراف إبداء الرأي في الخدمة.',
    ),
    holds: ({ context, event }) =>
      context.feedbackOffered || (event.type === 'ClosureProposed' && event.data.feedbackOffered),
  }),
  accessNeedsAnswered: rule(closing, {
    ...refuse(
      'ACCESS_NEEDS_UNANSWERED',
      'accessNeeds',
      'The question about access needs has not been answered.',
      'لم تستوف احتياجات الوصول.',
    ),
    holds: ({ context }) => context.accessNeedsAnswered,
  }),
};
