// Rules of the settlement: what nobody may sign away, time to read, and nothing that is for a court.
import { hasElapsed, waitStart } from '@himaya/engine';
import { refuse } from '../../wording/wording.ts';
import { t, type DvEvent, type View } from '../head.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import { obligationKind, settlementKind } from '../parts/reconciliation-kinds.ts';

const binding = ['SettlementProposed', 'SettlementSigned'] as const;
/** What somebody binds themselves to, towards another or towards the office. */
const promising = [...binding, 'UndertakingSigned'] as const;
type Promising = Omit<View, 'event'> & { readonly event: DvEvent<(typeof promising)[number]> };

/** What is promised, clause by clause: of a signature what was drafted. */
function clausesOf({ event, parts }: Promising): readonly { readonly kinds: readonly string[] }[] {
  if (event.type === 'UndertakingSigned') return [event.data];
  return event.type === 'SettlementProposed'
    ? event.data.clauses
    : (parts.one(settlementKind, event.data.settlementId)?.context.clauses ?? []);
}

/** Whether nothing that is promised is of one of these kinds. */
function holdsNoClause(view: Promising, forbidden: readonly string[]): boolean {
  return clausesOf(view).every(({ kinds }) => kinds.every((kind) => !forbidden.includes(kind)));
}

/** Rules of the settlement. */
export const settlementRules = {
  comesFromSession: t.rule(binding, {
    ...refuse(
      'SESSION_NOT_HELD',
      'protocol',
      'A settlement comes from a session of this round that was held.',
      'يصدر الصلح عن جلسة منعقدة في هذه الجولة.',
    ),
    holds: ({ event, parts, context }) =>
      parts
        .all(sessionKind)
        .some(
          ({ context: { round, heldAt } }) =>
            round === context.reconciliation.round &&
            heldAt !== null &&
            heldAt.occurredAt <= event.occurredAt,
        ),
  }),
  participantsBound: t.rule(['SettlementProposed'], {
    ...refuse(
      'NON_SIGNER_BOUND',
      'INV-04',
      'A clause binds someone who takes no part.',
      'يلزم أحد البنود من ليس مشاركا.',
    ),
    holds: ({ event, context }) =>
      event.data.clauses.every(({ obligors }) =>
        obligors.every((one) => context.reconciliation.participants.includes(one)),
      ),
  }),
  clausesDistinct: t.rule(['SettlementProposed'], {
    ...refuse(
      'CLAUSE_TWICE',
      'reconciliation',
      'Two clauses have the same reference.',
      'بندان يحملان المرجع نفسه.',
    ),
    holds: ({ event: { data } }) =>
      new Set(data.clauses.map(({ clauseId }) => clauseId)).size === data.clauses.length,
  }),
  clausesAhead: t.rule(['SettlementProposed', 'UndertakingSigned'], {
    ...refuse(
      'CLAUSE_ALREADY_DUE',
      'reconciliation',
      'A clause is due, or an undertaking ends, before it is written.',
      'حل أجل أحد البنود أو التعهد قبل كتابته.',
    ),
    holds: ({ event }) =>
      event.type === 'UndertakingSigned'
        ? event.data.until > event.occurredAt
        : event.data.clauses.every(({ due }) => due === undefined || due > event.occurredAt),
  }),
  clausesPermitted: t.rule(promising, {
    ...refuse(
      'SETTLEMENT_CLAUSE_FORBIDDEN',
      'INV-34',
      'A clause is one that no settlement and no undertaking may contain.',
      'يتضمن الصلح أو التعهد بندا محظورا.',
    ),
    holds: (view) => holdsNoClause(view, view.policy.list('agreement.forbiddenClauses')),
  }),
  noMoneyHandled: t.rule(promising, {
    ...refuse(
      'MONEY_HANDLING_FORBIDDEN',
      'INV-29',
      'The police neither hold money nor order its payment.',
      'لا تحتفظ الشرطة بالأموال ولا تأمر بدفعها.',
    ),
    holds: (view) => holdsNoClause(view, view.policy.list('agreement.moneyClauses')),
  }),
  nothingAdjudicated: t.rule(promising, {
    ...refuse(
      'OUT_OF_JURISDICTION',
      'INV-29',
      'A clause decides what only a court can decide, or a matter of personal status.',
      'يفصل أحد البنود فيما لا يفصل فيه إلا القضاء أو في الأحوال الشخصية.',
    ),
    holds: (view) =>
      holdsNoClause(view, [
        ...view.policy.list('agreement.adjudicatingClauses'),
        ...view.policy.list('settlement.personalStatusClauses'),
      ]),
  }),
  allSign: t.rule(['SettlementSigned'], {
    ...refuse(
      'SIGNATURE_MISSING',
      'INV-04',
      'All participants sign, and nobody else.',
      'يوقع جميع المشاركين دون غيرهم.',
    ),
    holds: ({ event, context }) => {
      const { participants } = context.reconciliation;
      const { signatories } = event.data;
      return (
        participants.every((one) => signatories.includes(one)) &&
        signatories.every((one) => participants.includes(one))
      );
    },
  }),
  timeToRead: t.rule(['SettlementSigned'], {
    ...refuse(
      'COOLING_OFF_NOT_ELAPSED',
      'INV-35',
      'The time between draft and signature has not passed.',
      'لم تنقض المهلة بين المسودة والتوقيع.',
    ),
    holds: ({ event, parts, policy, calendar }) => {
      const draft = parts.one(settlementKind, event.data.settlementId);
      const wait = policy.duration('T-COOL.settlement');
      return (
        draft !== undefined &&
        hasElapsed(calendar, waitStart(draft.openedAt), wait, event.occurredAt)
      );
    },
  }),
  obligorOwes: t.rule(['ObligationFulfilled', 'ObligationBreached'], {
    ...refuse(
      'NOT_OBLIGED',
      'INV-04',
      'This signer does not owe it, or no longer; name one who does.',
      'هذا الموقع غير ملزم به أو استوفاه، فيذكر من يلزمه.',
    ),
    holds: ({ event, parts }) => {
      const obligation = parts.one(obligationKind, event.data.obligationId);
      const isOver = obligation === undefined || obligation.status === 'ended';
      return isOver || obligation.context.owing.includes(event.data.obligor);
    },
  }),
};
