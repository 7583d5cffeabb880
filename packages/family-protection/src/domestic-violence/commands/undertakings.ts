// Commands of undertakings: taken from an accused alone, and what becomes of them.
import { z } from 'zod';
import { clauseKinds } from '../../conciliation/clause-kinds.ts';
import { at, ref, sealed } from '../../fields.ts';
import { ordinary } from '../../staff/duties.ts';
import { settlementClauseKind } from '../events/settlement.ts';
import { command, events } from '../head.ts';
import { undertakingKind } from '../parts/kinds.ts';
import { recordingBreach } from './grants.ts';

/** Commands of undertakings by name. */
export const undertakingCommands = {
  SignUndertaking: command({
    input: z.strictObject({
      undertakingId: ref.exactOptional(),
      partyId: ref,
      kind: settlementClauseKind,
      text: z.string().min(1).max(4_000),
      until: at,
    }),
    polarity: 'restricted',
    by: recordingBreach,
    duties: ordinary,
    records: ['UndertakingSigned'],
    decide: ({ kind, text, ...input }, view) => [
      {
        type: 'UndertakingSigned',
        data: {
          ...input,
          undertakingId: input.undertakingId ?? view.id('undertaking'),
          kinds: clauseKinds({ kind, text }, settlementClauseKind.options, view.policy),
          text: sealed(text),
        },
      },
    ],
  }),
  RecordUndertakingBreach: command({
    input: z.strictObject({ ...events.UndertakingBreached.shape, at: at.exactOptional() }),
    polarity: 'protective',
    by: recordingBreach,
    duties: ordinary,
    records: ['UndertakingBreached'],
    part: { kind: undertakingKind.kind, field: 'undertakingId' },
    decide: (input, { occurredAt }) => [
      { type: 'UndertakingBreached', data: { ...input, at: input.at ?? occurredAt } },
    ],
  }),
};
