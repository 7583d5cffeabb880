// Commands of evidence: what is found is logged, and handed on by whoever holds it.
import { z } from 'zod';
import { at, ref } from '../../fields.ts';
import { investigating as duties } from '../../staff/duties.ts';
import { command, events } from '../head.ts';
import { evidenceKind } from '../parts/kinds.ts';
import { investigating } from './grants.ts';

const logged = events.EvidenceLogged.shape;
const handed = events.EvidenceCustodyTransferred.shape;

/** Commands of evidence by name. */
export const evidenceCommands = {
  LogEvidence: command({
    input: z.strictObject({
      ...logged,
      evidenceId: ref.exactOptional(),
      custodyHolder: ref.exactOptional(),
    }),
    polarity: 'neutral',
    by: investigating,
    duties,
    records: ['EvidenceLogged'],
    decide: (input, view) => [
      {
        type: 'EvidenceLogged',
        data: {
          ...input,
          evidenceId: input.evidenceId ?? view.id('evidence'),
          custodyHolder: input.custodyHolder ?? view.actor.staff,
        },
      },
    ],
  }),
  TransferEvidence: command({
    input: z.strictObject({ ...handed, at: at.exactOptional() }),
    polarity: 'neutral',
    by: investigating,
    duties,
    records: ['EvidenceCustodyTransferred'],
    part: { kind: evidenceKind.kind, field: 'evidenceId' },
    decide: (input, { occurredAt }) => [
      { type: 'EvidenceCustodyTransferred', data: { ...input, at: input.at ?? occurredAt } },
    ],
  }),
};
