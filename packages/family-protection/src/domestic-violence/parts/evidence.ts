// A piece of evidence, and the unbroken chain of those who held it.
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { evidenceKind } from './kinds.ts';

/** The chart of one piece of evidence: somebody holds it all the time. */
export const evidenceChart = setup({ types: evidenceKind.types }).createMachine({
  id: 'evidence',
  context: ({ input }) => ({
    holder:
      (openedBy(input, 'EvidenceLogged') ?? openedBy(input, 'RecordingSealed'))?.custodyHolder ??
      '',
    heldSince: input.event.occurredAt,
    isRecording: input.event.type === 'RecordingSealed',
  }),
  initial: 'held',
  states: {
    held: {
      on: {
        EvidenceCustodyTransferred: {
          actions: assign({
            holder: ({ event }) => event.data.to,
            heldSince: ({ event }) => event.data.at,
          }),
        },
        RecordingAccessed: {
          guard: ({ context }) => context.isRecording,
          actions: assign({}),
        },
      },
    },
  },
});
