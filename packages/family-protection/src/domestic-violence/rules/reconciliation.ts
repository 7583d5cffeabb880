// Rules of offers, consents and sessions: each party alone, with time to think, and free to go.
import { outOfOrder, refuse } from '../../wording/wording.ts';
import { t, type DvEvent, type View } from '../head.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import { notBooked } from '../../conciliation/rules.ts';
import { consentsOf, offerKind, offerTo } from '../parts/reconciliation-kinds.ts';
import { isReconciling } from '../reconciling.ts';
import { gathered, instantsOf } from './safety.ts';

const meetings = ['ReconciliationSessionScheduled', 'SessionHeld'] as const;
const needConsent = [...meetings, 'SettlementSigned'] as const;
type NeedsConsent = Omit<View, 'event'> & { readonly event: DvEvent<(typeof needConsent)[number]> };

/** Consents of a party to this round that had been given when the event happened. */
function consentsAt({ parts, context, event }: NeedsConsent, partyId: string) {
  return consentsOf(parts, partyId, context.reconciliation.round).filter(
    ({ openedAt }) => openedAt.occurredAt <= event.occurredAt,
  );
}

/** Whether a consent is valid at every instant that matters to the event. */
function isFresh(view: NeedsConsent, partyId: string): boolean {
  return consentsAt(view, partyId).some(({ context: { expiresAt } }) =>
    instantsOf(view.event).every((at) => at < expiresAt),
  );
}

/** Whether a party has no offer of this round that is open, or that a valid consent answered. */
function mayBeOffered({ parts, context, event }: Offering): boolean {
  const { round } = context.reconciliation;
  const last = offerTo(parts, event.data.partyId, round);
  if (last === undefined) return true;
  return (
    last.in('accepted') &&
    consentsOf(parts, event.data.partyId, round).every(
      (consent) => consent.context.expiresAt <= event.occurredAt,
    )
  );
}
type Offering = Omit<View, 'event'> & { readonly event: DvEvent<'ReconciliationOffered'> };

const stands = (view: Pick<View, 'in'>, ...states: readonly string[]): boolean =>
  states.some((state) => view.in(`reconciliation.${state}`));

/** Rules of offers, consents and sessions. */
export const reconciliationRules = {
  reconciliationOver: t.rule(['ClosureProposed', 'CaseClosed'], {
    ...refuse(
      'RECONCILIATION_PENDING',
      'closure',
      'A reconciliation is under way, or stopped and not decided on.',
      'يوجد صلح قيد الإجراء أو موقوف لم يبت فيه.',
    ),
    holds: (view) => !isReconciling(view) && !stands(view, 'suspended'),
  }),
  offeredInOrder: t.rule(['ReconciliationOffered'], {
    ...outOfOrder(
      'reconciliation',
      'An offer follows the approval, to those for whom it was judged.',
      'يأتي العرض بعد الاعتماد ولمن شملهم تقييم الأهلية.',
    ),
    holds: (view) => {
      const { participants } = view.context.reconciliation;
      const { data } = view.event;
      return (
        stands(view, 'approved', 'offered', 'consented', 'ready') &&
        participants.includes(data.partyId) &&
        data.participants.every((partyId) => participants.includes(partyId)) &&
        mayBeOffered(view)
      );
    },
  }),
  scheduledInOrder: t.rule(['ReconciliationSessionScheduled'], {
    ...outOfOrder(
      'reconciliation',
      'A session follows the meetings with each participant alone.',
      'تأتي الجلسة بعد لقاء كل مشارك على انفراد.',
    ),
    holds: (view) =>
      stands(view, 'ready') &&
      view.event.data.attendees.every((partyId) =>
        view.context.reconciliation.participants.includes(partyId),
      ),
  }),
  preMetInOrder: t.rule(['PreMeetingHeld'], {
    ...outOfOrder(
      'reconciliation',
      'Participants are met alone once all of them have consented.',
      'يلتقى كل مشارك على انفراد بعد موافقة الجميع.',
    ),
    holds: (view) => {
      const { offerId, partyId } = view.event.data;
      const last = offerTo(view.parts, partyId, view.context.reconciliation.round);
      return stands(view, 'consented') && last?.id === offerId && last.in('accepted');
    },
  }),
  bookedToMeet: t.rule(['SessionHeld'], {
    ...notBooked,
    // Whoever is spoken to from afar comes to no building.
    holds: ({ event: { data }, parts }) =>
      data.bookings !== undefined ||
      parts.one(sessionKind, data.sessionId)?.context.mode === 'remote',
  }),
  adjournedInOrder: t.rule(['SessionAdjourned'], {
    ...outOfOrder(
      'reconciliation',
      'Only a session of this round that is scheduled or being held is adjourned.',
      'لا تؤجل إلا جلسة مقررة أو منعقدة في هذه الجولة.',
    ),
    holds: ({ event, parts, context }) => {
      const session = parts.one(sessionKind, event.data.sessionId);
      if (session === undefined) return true;
      // Another round may have left one that was held: putting it off would not call this one off.
      return session.status === 'active' && session.context.round === context.reconciliation.round;
    },
  }),
  proposedInOrder: t.rule(['SettlementProposed'], {
    ...outOfOrder(
      'reconciliation',
      'A settlement is drafted in a session that is being held.',
      'تصاغ مسودة الصلح في جلسة منعقدة.',
    ),
    holds: (view) => stands(view, 'inSession', 'agreementDrafted'),
  }),
  givenUpInOrder: t.rule(['ReconciliationFailed'], {
    ...outOfOrder(
      'reconciliation',
      'A settlement that is kept is not given up: what was broken is recorded first.',
      'لا يتخلى عن صلح قائم، بل يسجل الإخلال به أولا.',
    ),
    holds: (view) => !stands(view, 'monitored'),
  }),
  offerStillOpen: t.rule(['PartyConsented'], {
    ...refuse('OFFER_NOT_OPEN', 'INV-04', 'This offer is not open.', 'هذا العرض غير قائم.'),
    holds: ({ event, parts }) => {
      const offer = parts.one(offerKind, event.data.offerId);
      return offer?.in('open') === true && offer.context.partyId === event.data.partyId;
    },
  }),
  offerDeclinable: t.rule(['PartyDeclined'], {
    ...refuse(
      'OFFER_NOT_OPEN',
      'INV-04',
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
    holds: (view) =>
      gathered(view.event, view).every((partyId) => consentsAt(view, partyId).length > 0),
  }),
  consentFresh: t.rule(needConsent, {
    ...refuse(
      'CONSENT_EXPIRED',
      'INV-04',
      'A consent is no longer valid at that time.',
      'انتهت صلاحية إحدى الموافقات.',
    ),
    holds: (view) =>
      gathered(view.event, view)
        .filter((partyId) => consentsAt(view, partyId).length > 0)
        .every((partyId) => isFresh(view, partyId)),
  }),
};
