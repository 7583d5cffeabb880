// Rules of the neighbourhood agreement: who binds themselves, and to what nobody can.
import { hasElapsed, waitStart } from '@himaya/engine';
import { t, type CommunityEvent } from '../head.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import { obligationKind } from '../parts/kinds.ts';
import { refuse } from '../../wording/wording.ts';

const signed = ['NeighbourhoodAgreementSigned'] as const;

function holdsNoClause(
  event: CommunityEvent<'NeighbourhoodAgreementSigned'>,
  forbidden: readonly string[],
): boolean {
  return event.data.clauses.every(({ kinds }) => kinds.every((kind) => !forbidden.includes(kind)));
}

/** Rules of the agreement. */
export const agreementRules = {
  enoughSigners: t.rule(signed, {
    ...refuse(
      'AGREEMENT_NEEDS_TWO_SIGNERS',
      'signers',
      'An agreement needs at least two different signers.',
      'يتطلب الاتفاق موقعين مختلفين على الأقل.',
    ),
    holds: ({ event, policy }) =>
      new Set(event.data.signatories).size >= policy.number('agreement.signersMin'),
  }),
  signersInvited: t.rule(signed, {
    ...refuse(
      'SIGNER_NOT_INVITED',
      'INV-04',
      'Someone signs to whom no offer was made.',
      'أحد الموقعين لم تعرض عليه الوساطة.',
    ),
    holds: ({ event }) =>
      event.data.signatories.every((signer) => event.data.invited.includes(signer)),
  }),
  signedAfterSession: t.rule(signed, {
    ...refuse(
      'SESSION_NOT_HELD',
      'protocol',
      'The agreement does not come from a session that its signers attended.',
      'الاتفاق غير صادر عن جلسة حضرها الموقعون.',
    ),
    holds: ({ event, parts, context }) => {
      const session = parts.one(sessionKind, event.data.sessionId);
      return (
        session?.context.heldAt != null &&
        // What ended a mediation, a danger above all, ended what was said in its sessions.
        session.context.round === context.round &&
        session.context.heldAt.occurredAt <= event.occurredAt &&
        event.data.signatories.every((signer) => session.context.present.includes(signer))
      );
    },
  }),
  timeToRead: t.rule(signed, {
    ...refuse(
      'COOLING_OFF_NOT_ELAPSED',
      'INV-35',
      'The time between session and signature has not passed.',
      'لم تنقض المهلة بين الجلسة والتوقيع.',
    ),
    holds: ({ event, parts, policy, calendar }) => {
      const heldAt = parts.one(sessionKind, event.data.sessionId)?.context.heldAt;
      const wait = policy.duration('T-COOL.signature');
      if (!heldAt || wait.value === 0) return true;
      return hasElapsed(calendar, waitStart(heldAt), wait, event.occurredAt);
    },
  }),
  onlySignersBound: t.rule(signed, {
    ...refuse(
      'NON_SIGNER_BOUND',
      'signers',
      'A clause binds someone who does not sign.',
      'يتضمن أحد البنود إلزام شخص لم يوقع.',
    ),
    holds: ({ event }) =>
      event.data.clauses.every(({ obligors }) =>
        obligors.every((obligor) => event.data.signatories.includes(obligor)),
      ),
  }),
  clausesDistinct: t.rule(signed, {
    ...refuse(
      'CLAUSE_TWICE',
      null,
      'Two clauses have the same reference.',
      'بندان يحملان المرجع نفسه.',
    ),
    holds: ({ event: { data } }) =>
      new Set(data.clauses.map(({ clauseId }) => clauseId)).size === data.clauses.length,
  }),
  obligorOwes: t.rule(['ObligationFulfilled', 'ObligationBreached'], {
    ...refuse(
      'NOT_OBLIGED',
      'signers',
      'This signer does not owe it, or no longer; name one who does.',
      'هذا الموقع غير ملزم به أو استوفاه، فيذكر من يلزمه.',
    ),
    holds: ({ event, parts }) => {
      const obligation = parts.one(obligationKind, event.data.obligationId);
      const isOver = obligation === undefined || obligation.status === 'ended';
      return isOver || obligation.context.owing.includes(event.data.obligor);
    },
  }),
  clausesAhead: t.rule(signed, {
    ...refuse(
      'CLAUSE_ALREADY_DUE',
      null,
      'A clause is due before it is signed.',
      'حل أجل أحد البنود قبل توقيعه.',
    ),
    holds: ({ event }) =>
      event.data.clauses.every(({ due }) => due === undefined || due > event.occurredAt),
  }),
  clausesPermitted: t.rule(signed, {
    ...refuse(
      'SETTLEMENT_CLAUSE_FORBIDDEN',
      'INV-34',
      'A clause gives up what nobody can give up.',
      'يتضمن الاتفاق بندا لا يجوز الاتفاق عليه.',
    ),
    holds: ({ event, policy }) => holdsNoClause(event, policy.list('agreement.forbiddenClauses')),
  }),
  noMoneyHandled: t.rule(signed, {
    ...refuse(
      'MONEY_HANDLING_FORBIDDEN',
      'INV-29',
      'Police neither hold money nor order its payment.',
      'لا تحتفظ الشرطة بالأموال ولا تأمر بدفعها.',
    ),
    holds: ({ event, policy }) => holdsNoClause(event, policy.list('agreement.moneyClauses')),
  }),
  nothingAdjudicated: t.rule(signed, {
    ...refuse(
      'OUT_OF_JURISDICTION',
      'INV-29',
      'A clause decides what only a court can decide.',
      'يفصل أحد البنود فيما لا يفصل فيه إلا القضاء.',
    ),
    holds: ({ event, policy }) =>
      holdsNoClause(event, policy.list('agreement.adjudicatingClauses')),
  }),
};
