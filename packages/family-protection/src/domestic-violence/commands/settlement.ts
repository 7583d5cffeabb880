// Commands of the settlement: draft, signature, ratification, obligations, checks.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import { clauseKinds } from '../../conciliation/clause-kinds.ts';
import { at, ref, sealed } from '../../fields.ts';
import { conciliating, ordinary } from '../../staff/duties.ts';
import type { Context } from '../context.ts';
import { settlementClauseKind } from '../events/settlement.ts';
import { command, events } from '../head.ts';
import { obligationKind, settlementKind } from '../parts/reconciliation-kinds.ts';
import { readsOf } from '../rules/linked.ts';
import { conducting, monitoring, recording } from './grants.ts';

const part = { kind: settlementKind.kind, field: 'settlementId' };
const owed = { kind: obligationKind.kind, field: 'obligationId' };
const signed = events.SettlementSigned.shape;
const fulfilled = events.ObligationFulfilled.shape;
const clause = z.strictObject({
  clauseId: ref,
  kind: settlementClauseKind,
  /** Who owes it; default: every participant. */
  obligors: z.array(ref).min(1).max(12).exactOptional(),
  due: at.exactOptional(),
  text: z.string().min(1).max(4_000),
});

/** Who is meant: whom the input names, or the one who alone still owes it. */
function obligorOf(
  { obligationId, obligor }: { readonly obligationId: string; readonly obligor?: string },
  { parts }: DecideView<Context>,
): string {
  const owing = parts.one(obligationKind, obligationId)?.context.owing ?? [];
  return obligor ?? (owing.length === 1 ? owing[0] : undefined) ?? 'nobody';
}

/** Commands about settlements. */
export const settlementCommands = {
  ProposeSettlement: command({
    input: z.strictObject({
      settlementId: ref.exactOptional(),
      clauses: z.array(clause).min(1).max(20),
    }),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    records: ['SettlementProposed'],
    decide: ({ clauses, settlementId }, view) => {
      const { participants, round } = view.context.reconciliation;
      // Nobody has been found to take part yet: a draft would bind no one.
      if (round === 0) return { refused: [ENGINE_VIOLATIONS.INVALID_TRANSITION] };
      const data = {
        settlementId: settlementId ?? view.id('settlement'),
        round,
        clauses: clauses.map(({ kind, text, obligors, ...rest }) => ({
          ...rest,
          kinds: clauseKinds({ kind, text }, settlementClauseKind.options, view.policy),
          obligors: obligors ?? participants,
          text: sealed(text),
        })),
      };
      return [{ type: 'SettlementProposed', data }];
    },
  }),
  SignSettlement: command({
    input: z.strictObject({
      settlementId: signed.settlementId,
      signatories: signed.signatories,
    }),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    reads: readsOf,
    records: ['SettlementSigned'],
    part,
    decide: (input, { context }) => [
      {
        type: 'SettlementSigned',
        data: { ...input, needsRatifying: context.offences.length > 0 },
      },
    ],
  }),
  RecordRatified: command({
    input: events.SettlementRatified,
    polarity: 'neutral',
    by: recording,
    duties: ordinary,
    records: 'SettlementRatified',
    part,
  }),
  RecordNotRatified: command({
    input: events.SettlementNotRatified,
    polarity: 'neutral',
    by: recording,
    duties: ordinary,
    records: 'SettlementNotRatified',
    part,
  }),
  FulfilObligation: command({
    input: z.strictObject({
      obligationId: fulfilled.obligationId,
      obligor: fulfilled.obligor.exactOptional(),
      evidence: fulfilled.evidence,
    }),
    polarity: 'neutral',
    by: monitoring,
    duties: ordinary,
    records: ['ObligationFulfilled'],
    part: owed,
    decide: (input, view) => [
      { type: 'ObligationFulfilled', data: { ...input, obligor: obligorOf(input, view) } },
    ],
  }),
  RecordObligationBreach: command({
    input: z.strictObject({
      obligationId: fulfilled.obligationId,
      obligor: fulfilled.obligor.exactOptional(),
      cause: events.ObligationBreached.shape.cause,
    }),
    polarity: 'neutral',
    by: monitoring,
    duties: ordinary,
    records: ['ObligationBreached'],
    part: owed,
    decide: (input, view) => [
      { type: 'ObligationBreached', data: { ...input, obligor: obligorOf(input, view) } },
    ],
  }),
  CheckSettlement: command({
    input: events.SettlementChecked,
    polarity: 'neutral',
    by: monitoring,
    duties: ordinary,
    records: 'SettlementChecked',
    part,
  }),
  RecordSettlementBreached: command({
    input: events.SettlementBreached,
    polarity: 'protective',
    by: monitoring,
    duties: ordinary,
    records: 'SettlementBreached',
    part,
  }),
  UpholdSettlement: command({
    input: z.strictObject({ settlementId: ref }),
    polarity: 'restricted',
    by: ['SUP'],
    duties: ordinary,
    records: ['SettlementUpheld'],
    part,
    decide: (input, { actor }) => [
      { type: 'SettlementUpheld', data: { ...input, approver: actor.staff } },
    ],
  }),
};
