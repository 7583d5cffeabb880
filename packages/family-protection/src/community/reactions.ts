// What other files are told because of what this one records.
import type { ReactionSpec } from '@himaya/engine';
import { tellingReaction, linkReactionsFor } from '../household/link-reactions.ts';
import { danger, dangerReactions, type Told } from '../protection/following.ts';
import { isRelapse } from './chart/dangers.ts';
import type { Context } from './context.ts';
import type { Events, View } from './head.ts';
import { union } from '../parties/facts.ts';

type Reacting = Pick<View, 'event' | 'context' | 'in'>;

/** The danger that an event tells of. */
function toldOf({ event }: Reacting): Told | undefined {
  switch (event.type) {
    case 'SafetyConcernNoted':
      return event.data;
    case 'FollowUpCompleted':
      return isRelapse(event.data) ? danger : undefined;
    case 'SessionTerminatedForSafety':
      return danger;
    default:
      return undefined;
  }
}

/** What the file knows of a danger when it is left; what was met already is no alarm any more. */
function knownOf({ event, context, in: inState }: Reacting): Told | undefined {
  // The file of a child takes over that child alone.
  if (event.type === 'SuccessorOpened' && event.data.partyId !== undefined) return undefined;
  const { concerns, immediateDanger, dangerUnmet } = context;
  const isDanger = (immediateDanger && !dangerUnmet) || inState('screening.positive');
  const known = isDanger ? union(concerns, ['danger' as const]) : concerns;
  return known.length === 0 ? undefined : { concerns: known, immediateDanger: dangerUnmet };
}

/** Whether an event tells of harm, or of a danger of it. */
function tellsOfHarm(view: Reacting): boolean {
  const { event } = view;
  const isScreening =
    event.type === 'HiddenHarmScreened' || event.type === 'ViolenceScreeningCompleted';
  return isScreening ? event.data.result === 'positive' : toldOf(view) !== undefined;
}

/** Reactions of a community case. */
export const reactions: readonly ReactionSpec<Context, Events>[] = [
  ...linkReactionsFor<Context, Events>(),
  {
    // Nobody has to remember it, and nobody waits for whoever would: the file is there at once.
    name: 'what was found to be violence has a file of its type at once',
    on: ['CaseReclassified'],
    commands: ({ event, caseId }) =>
      event.type === 'CaseReclassified' && event.data.to === 'family.domesticViolence'
        ? [{ name: 'TakeOverCase', opens: true, input: { predecessor: caseId } }]
        : [],
  },
  ...dangerReactions<Context, Events>({
    on: ['SafetyConcernNoted', 'FollowUpCompleted', 'SessionTerminatedForSafety'],
    toldOf,
    leaving: ['SuccessorOpened', 'DuplicateMerged', 'CaseTransferred'],
    knownOf,
  }),
  tellingReaction<Context, Events>({
    on: [
      'SafetyConcernNoted',
      'FollowUpCompleted',
      'SessionTerminatedForSafety',
      'HiddenHarmScreened',
      'ViolenceScreeningCompleted',
      'SessionCancelled',
      'SessionAdjourned',
    ],
    whyOf: (view) => {
      const { type } = view.event;
      if (type === 'SessionCancelled' || type === 'SessionAdjourned') return 'case';
      return tellsOfHarm(view) ? 'incident' : undefined;
    },
  }),
];
