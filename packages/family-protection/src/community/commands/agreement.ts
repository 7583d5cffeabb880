// Commands about agreements: signing, keeping, breaking, or finding none.
import type { DecideView } from '@himaya/engine';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { conciliating, ordinary } from '../../staff/duties.ts';
import { at, clauseKind, ref, sealed } from '../../fields.ts';
import { command, events } from '../head.ts';
import { obligationKind, offersOf } from '../parts/kinds.ts';
import { readsOf } from '../rules/linked.ts';
import { clauseKinds } from '../../conciliation/clause-kinds.ts';
import { conducting } from '../../staff/grants.ts';

const part = { kind: obligationKind.kind, field: 'obligationId' };
const fulfilled = events.ObligationFulfilled.shape;
const clause = z.strictObject({
  clauseId: ref,
  kind: clauseKind,
  /** Who owes it; default: every signer. */
  obligors: z.array(ref).min(1).max(20).exactOptional(),
  due: at.exactOptional(),
  text: z.string().min(1).max(4_000),
});

/** To whom mediation has been offered in this round. */
function offeredTo({ parts, context: { round } }: DecideView<Context>): string[] {
  return [...new Set(offersOf(parts, round).map(({ context }) => context.partyId))];
}

/** Who is meant: whom the input names, or the one who alone still owes it. */
function obligorOf(
  { obligationId, obligor }: { readonly obligationId: string; readonly obligor?: string },
  { parts }: DecideView<Context>,
): string {
  const owing = parts.one(obligationKind, obligationId)?.context.owing ?? [];
  return obligor ?? (owing.length === 1 ? owing[0] : undefined) ?? 'nobody';
}

/** Commands about agreements. */
export const agreementCommands = {
  SignNeighbourhoodAgreement: command({
    input: z.strictObject({
      agreementId: ref.exactOptional(),
      sessionId: ref,
      signatories: z.array(ref).min(1).max(20),
      placeBlock: z.string().max(20),
      clauses: z.array(clause).min(1).max(20),
    }),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    reads: readsOf,
    records: ['NeighbourhoodAgreementSigned'],
    decide: ({ clauses, ...input }, view) => {
      const data = {
        ...input,
        agreementId: input.agreementId ?? view.id('agreement'),
        invited: offeredTo(view),
        clauses: clauses.map(({ kind, text, obligors, ...rest }) => ({
          ...rest,
          kinds: clauseKinds({ kind, text }, clauseKind.options, view.policy),
          obligors: obligors ?? input.signatories,
          text: sealed(text),
        })),
      };
      return [{ type: 'NeighbourhoodAgreementSigned', data }];
    },
  }),
  FulfilObligation: command({
    input: z.strictObject({
      obligationId: fulfilled.obligationId,
      obligor: fulfilled.obligor.exactOptional(),
      evidence: fulfilled.evidence,
    }),
    polarity: 'neutral',
    by: [{ role: 'CW', assigned: true }, ...conducting],
    duties: ordinary,
    records: ['ObligationFulfilled'],
    part,
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
    by: [{ role: 'CW', assigned: true }, 'CP', 'SUP'],
    duties: ordinary,
    records: ['ObligationBreached'],
    part,
    decide: (input, view) => [
      { type: 'ObligationBreached', data: { ...input, obligor: obligorOf(input, view) } },
    ],
  }),
  RecordNoAgreement: command({
    input: z.strictObject({ nextStep: events.NoAgreementRecorded.shape.nextStep }),
    polarity: 'neutral',
    by: conducting,
    duties: ordinary,
    records: ['NoAgreementRecorded'],
    decide: (input, view) => [
      { type: 'NoAgreementRecorded', data: { ...input, parties: offeredTo(view) } },
    ],
  }),
};
