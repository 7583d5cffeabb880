// What a case tells its households: that it belongs to them or no more, and of a danger.
import type { ReactionCommand, ReactionSpec, RuleView } from '@himaya/engine';
import type { z } from 'zod';
import type { cause } from './fields.ts';
import type { LinkEvents, LinkMemory } from './links.ts';
import { householdStream } from './separation.ts';

type Told = RuleView<LinkMemory> & { readonly caseId: string };

/** Both sides of a link agree: what one of them learns it tells the other. */
export function linkReactionsFor<Memory extends LinkMemory, Events extends LinkEvents>() {
  return linkReactions as unknown as readonly ReactionSpec<Memory, Events>[];
}

const linkReactions: readonly ReactionSpec<LinkMemory, LinkEvents>[] = [
  {
    name: 'the household lists the case',
    on: ['HouseholdLinked'],
    commands: ({ event, context, caseId }) => {
      if (event.type !== 'HouseholdLinked') return [];
      const { householdId } = event.data;
      const home = context.households.find((one) => one.householdId === householdId);
      const input = { caseId, as: home?.as ?? event.data.as };
      return [{ name: 'LinkCase', caseId: householdStream(householdId), input }];
    },
  },
  {
    name: 'the household lists the case no more',
    on: ['HouseholdUnlinked'],
    commands: ({ event, caseId }) => {
      if (event.type !== 'HouseholdUnlinked') return [];
      const { householdId, reason } = event.data;
      const input = { caseId, reason };
      return [{ name: 'UnlinkCase', caseId: householdStream(householdId), input }];
    },
  },
];

/** Tells every household of a case why its bookings and its other cases are to be looked at. */
export function questionsOf(
  { context: { households }, caseId }: Pick<Told, 'context' | 'caseId'>,
  why: z.output<typeof cause>,
): readonly ReactionCommand[] {
  return households.map(({ householdId }) => ({
    name: 'QuestionBookings',
    caseId: householdStream(householdId),
    input: { cause: why, source: caseId },
  }));
}
