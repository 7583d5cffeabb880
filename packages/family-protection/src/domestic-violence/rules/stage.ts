// Rules about where the case stands, and about instants and people that events name.
import { t } from '../head.ts';
import { partyUnknown, refuse } from '../../wording/wording.ts';

const over = ['closed', 'merged', 'transferred'];
const elsewhere = ['merged', 'transferred'];

/** Rules of the stage. */
export const stageRules = {
  caseNotOver: t.rule({
    ...refuse('CASE_CLOSED', 'lifecycle', 'The case is over.', 'القضية منتهية.'),
    holds: (view) => !over.some((state) => view.in(`lifecycle.${state}`)),
  }),
  caseStillHere: t.rule({
    ...refuse(
      'CASE_CLOSED',
      'lifecycle',
      'The case went on elsewhere.',
      'انتقل نظر القضية إلى ملف آخر.',
    ),
    holds: (view) => !elsewhere.some((state) => view.in(`lifecycle.${state}`)),
  }),
  reportRegistered: t.rule({
    ...refuse(
      'REPORT_NOT_REGISTERED',
      'lifecycle',
      'The report has to be registered first.',
      'يجب تسجيل البلاغ أولا.',
    ),
    holds: ({ context }) => context.report !== null,
  }),
  partyIsNew: t.rule(['PartyAdded'], {
    ...refuse('PARTY_EXISTS', null, 'This party is recorded already.', 'هذا الطرف مسجل من قبل.'),
    holds: ({ event, context }) => context.parties[event.data.partyId] === undefined,
  }),
  orderPartiesKnown: t.rule(['ProtectionOrderRequested', 'ProtectionOrderIssued'], {
    ...partyUnknown,
    holds: ({ event, context }) =>
      [event.data.against, ...event.data.protected].every(
        (partyId) => context.parties[partyId] !== undefined,
      ),
  }),
  receiverAccepted: t.rule(['CaseTransferred'], {
    ...refuse(
      'TRANSFER_NOT_ACCEPTED',
      'lifecycle',
      'The receiving office has not accepted the case.',
      'لم يقبل المكتب المستقبل القضية.',
    ),
    holds: ({ event }) => event.data.acceptanceRef !== undefined,
  }),
};
