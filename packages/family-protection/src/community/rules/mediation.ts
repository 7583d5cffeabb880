// Rules of mediation: safety first, consent of each party alone, and time to think.
import { t, type View } from '../head.ts';
import { measureKind } from '../../protection/parts.ts';
import { isStranger } from '../kinship.ts';
import { consentKind, mediating, offerKind, offersOf } from '../parts/kinds.ts';
import { partsIn } from '../../parts.ts';
import { refuse } from '../../wording/wording.ts';

const gathering = ['ReconciliationSessionScheduled', 'SessionHeld'] as const;
const needConsent = [...gathering, 'NeighbourhoodAgreementSigned'] as const;

/** Whom an event of mediation concerns, brings together or binds. */
export function bound(event: View['event']): readonly string[] {
  switch (event.type) {
    case 'NeighbourhoodAgreementSigned':
      return event.data.signatories;
    case 'ReconciliationSessionScheduled':
    case 'SessionHeld':
      return event.data.attendees;
    case 'MediationOffered':
    case 'PartyConsented':
      return [event.data.partyId];
    default:
      return [];
  }
}

/** Consents of a party to mediation that had been given when `event` happened. */
function consentsOf({ parts, event }: Pick<View, 'parts' | 'event'>, partyId: string) {
  return partsIn(parts.all(consentKind), 'given', 'expired').filter(
    ({ context, openedAt }) =>
      context.purpose === 'mediation' &&
      context.partyId === partyId &&
      openedAt.occurredAt <= event.occurredAt,
  );
}

/** Whether a consent given to mediation is valid when the event happens and when it is entered. */
function isFresh(view: Pick<View, 'parts' | 'event'>, partyId: string): boolean {
  const { event } = view;
  const start = event.type === 'ReconciliationSessionScheduled' ? event.data.start : '';
  return consentsOf(view, partyId).some(({ context: { expiresAt } }) =>
    [event.occurredAt, event.recordedAt, start].every((instant) => instant < expiresAt),
  );
}

/** Rules of mediation. */
export const mediationRules = {
  harmScreened: t.rule({
    ...refuse(
      'VIOLENCE_SCREENING_REQUIRED',
      'screening',
      'No mediation before harm has been screened for, each party alone.',
      'لا وساطة قبل فرز الأذى مع كل طرف على انفراد.',
    ),
    holds: (view) => view.in('screening.negative') || view.in('screening.positive'),
  }),
  noHarmFound: t.rule({
    ...refuse(
      'RECONCILIATION_BLOCKED_BY_RISK',
      'INV-02',
      'Mediation is not possible in this case.',
      'الوساطة غير ممكنة في هذه القضية.',
    ),
    holds: (view) => !view.in('screening.positive'),
  }),
  noMeasureRunning: t.rule({
    ...refuse(
      'RECONCILIATION_BLOCKED_BY_RISK',
      'INV-02',
      'Mediation is not possible while someone is being protected.',
      'لا وساطة أثناء سريان تدبير وقائي.',
    ),
    holds: ({ parts }) => partsIn(parts.all(measureKind), 'active').length === 0,
  }),
  dangerMet: t.rule({
    ...refuse(
      'RECONCILIATION_BLOCKED_BY_RISK',
      'INV-02',
      'Mediation is not possible while a danger that was told waits for a first action.',
      'لا وساطة ما دام خطر أبلغ عنه ينتظر أول إجراء.',
    ),
    holds: ({ context }) => !context.dangerUnmet,
  }),
  partyMayMediate: t.rule(['MediationOffered', 'PartyConsented', ...needConsent], {
    ...refuse(
      'MEDIATION_PARTY_UNSUITABLE',
      'adults',
      'Mediation is for adult parties of the dispute.',
      'الوساطة للأطراف البالغين في الخلاف.',
    ),
    holds: ({ event, context }) =>
      bound(event).every((partyId) => {
        const party = context.parties[partyId];
        return party?.ageBand === 'adult' && mediating.includes(party.role);
      }),
  }),
  strangersScreened: t.rule(['MediationOffered', 'PartyConsented', ...needConsent], {
    ...refuse(
      'VIOLENCE_SCREENING_REQUIRED',
      'screening',
      'Nobody meets someone of unknown relation who has not been screened alone.',
      'لا يجمع أحد بمن لا تعرف صلته ولم يجر معه الفرز على انفراد.',
    ),
    holds: ({ event, context }) =>
      bound(event).every((partyId) => {
        const party = context.parties[partyId];
        const isUnknown = party !== undefined && isStranger(context, party);
        return !isUnknown || context.screened[partyId] === 'negative';
      }),
  }),
  offerStillOpen: t.rule(['PartyConsented'], {
    ...refuse('OFFER_NOT_OPEN', 'mediation', 'This offer is not open.', 'هذا العرض غير قائم.'),
    holds: ({ event, parts }) => parts.one(offerKind, event.data.offerId)?.in('open') === true,
  }),
  offerDeclinable: t.rule(['PartyDeclined'], {
    ...refuse(
      'OFFER_NOT_OPEN',
      'mediation',
      'There is no offer that could still be declined.',
      'لا يوجد عرض قائم يمكن رفضه.',
    ),
    holds: ({ event, parts }) => {
      const offer = parts.one(offerKind, event.data.offerId);
      return offer?.in('open') === true || offer?.in('accepted') === true;
    },
  }),
  consentGiven: t.rule(needConsent, {
    ...refuse(
      'CONSENT_MISSING',
      'INV-04',
      'Someone who would take part has not consented.',
      'أحد المشاركين لم يوافق.',
    ),
    holds: (view) => bound(view.event).every((partyId) => consentsOf(view, partyId).length > 0),
  }),
  consentFresh: t.rule(needConsent, {
    ...refuse(
      'CONSENT_EXPIRED',
      'INV-04',
      'A consent is no longer valid at that time.',
      'انتهت صلاحية إحدى الموافقات.',
    ),
    holds: (view) =>
      bound(view.event)
        .filter((partyId) => consentsOf(view, partyId).length > 0)
        .every((partyId) => isFresh(view, partyId)),
  }),
  mediationUnderWay: t.rule(['NoAgreementRecorded'], {
    ...refuse(
      'MEDIATION_NOT_UNDER_WAY',
      'mediation',
      'No mediation is under way.',
      'لا توجد وساطة قائمة.',
    ),
    holds: ({ parts, context }) => offersOf(parts, context.round).length > 0,
  }),
};
