// What other files are told because of what this one records.
import type { ReactionSpec } from '@himaya/engine';
import type { Context } from './context.ts';
import type { Events } from './head.ts';

/** Reactions of a parking dispute. */
export const reactions: readonly ReactionSpec<Context, Events>[] = [
  {
    // Whoever takes the call may have the old file open: the danger must reach who is accountable.
    name: 'a danger follows the case to where it went on',
    on: ['SafetyConcernNoted'],
    commands: ({ event, context: { successor }, in: inState }) => {
      const isGone = inState('lifecycle.merged') || inState('lifecycle.transferred');
      if (event.type !== 'SafetyConcernNoted' || successor === null || !isGone) return [];
      return [{ name: 'NoteSafetyConcern', caseId: successor, input: event.data }];
    },
  },
];
