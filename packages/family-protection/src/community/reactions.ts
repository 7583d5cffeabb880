// What other files are told because of what this one records.
import type { ReactionSpec } from '@himaya/engine';
import { isRelapse } from './chart/dangers.ts';
import type { Context } from './context.ts';
import type { Events, View } from './head.ts';
import { union } from '../parties/facts.ts';

type Reacting = Pick<View, 'event' | 'context' | 'in'>;
type Told = Pick<Context, 'concerns' | 'immediateDanger'>;

/** The danger that an event tells of. */
function toldOf({ event }: Reacting): Told | undefined {
  switch (event.type) {
    case 'SafetyConcernNoted':
      return event.data;
    case 'FollowUpCompleted':
      return isRelapse(event.data) ? { concerns: ['danger'], immediateDanger: false } : undefined;
    case 'SessionTerminatedForSafety':
      return { concerns: ['danger'], immediateDanger: false };
    default:
      return undefined;
  }
}

/** What the file knows of a danger when it is left; what was met already is no alarm any more. */
function knownOf({ context, in: inState }: Reacting): Told | undefined {
  const { concerns, immediateDanger, dangerUnmet } = context;
  const isDanger = (immediateDanger && !dangerUnmet) || inState('screening.positive');
  const known = isDanger ? union(concerns, ['danger' as const]) : concerns;
  return known.length === 0 ? undefined : { concerns: known, immediateDanger: dangerUnmet };
}

function tell({ context: { successor }, in: inState }: Reacting, told: Told | undefined) {
  const isGone = inState('lifecycle.merged') || inState('lifecycle.transferred');
  if (told === undefined || successor === null || !isGone) return [];
  return [{ name: 'NoteSafetyConcern', caseId: successor, input: told }];
}

/** Reactions of a community case. */
export const reactions: readonly ReactionSpec<Context, Events>[] = [
  {
    // Whoever takes the call may have the old file open: the danger must reach who is accountable.
    name: 'a danger follows the case to where it went on',
    on: ['SafetyConcernNoted', 'FollowUpCompleted', 'SessionTerminatedForSafety'],
    commands: (view) => tell(view, toldOf(view)),
  },
  {
    name: 'a danger that is known goes on with the case',
    on: ['SuccessorOpened', 'DuplicateMerged', 'CaseTransferred'],
    commands: (view) => {
      // The file of a child takes over that child alone.
      const { event } = view;
      const isWhole = event.type !== 'SuccessorOpened' || event.data.partyId === undefined;
      return isWhole ? tell(view, knownOf(view)) : [];
    },
  },
];
