// What another file is told when a danger becomes known in one that was left, or when one is left.
import type { EventSchemas, ReactionCommand, ReactionSpec } from '@himaya/engine';
import type { z } from 'zod';
import type { concern } from '../fields.ts';

/** A danger as one file tells it to another. */
export interface Told {
  readonly concerns: readonly z.output<typeof concern>[];
  readonly immediateDanger: boolean;
}

/** A danger that somebody tells of without filling in what it is. */
export const danger: Told = { concerns: ['danger'], immediateDanger: false };

interface Leaving {
  readonly context: { readonly successor: string | null };
  in(statePath: string): boolean;
}

/** Tells the file that goes on of a danger, if this one was left and there is one. */
export function tellSuccessor(
  { context: { successor }, in: inState }: Leaving,
  told: Told | undefined,
): readonly ReactionCommand[] {
  const isGone = inState('lifecycle.merged') || inState('lifecycle.transferred');
  if (told === undefined || successor === null || !isGone) return [];
  return [{ name: 'NoteSafetyConcern', caseId: successor, input: told }];
}

type On<Context, Events extends EventSchemas> = ReactionSpec<Context, Events>['on'];
type Reacting<Context, Events extends EventSchemas> = Parameters<
  ReactionSpec<Context, Events>['commands']
>[0];

/** How a case type tells of dangers. */
interface Following<Context, Events extends EventSchemas> {
  /** Events that may tell of a danger. */
  readonly on: On<Context, Events>;
  readonly toldOf: (view: Reacting<Context, Events>) => Told | undefined;
  /** Events by which a file is left. */
  readonly leaving: On<Context, Events>;
  /** What a file knows of a danger when it is left. */
  readonly knownOf: (view: Reacting<Context, Events>) => Told | undefined;
}

/** The reactions by which no danger stays behind in a file that nobody works on. */
export function dangerReactions<
  Context extends { readonly successor: string | null },
  Events extends EventSchemas,
>({ on, toldOf, leaving, knownOf }: Following<Context, Events>): ReactionSpec<Context, Events>[] {
  return [
    {
      // Whoever takes the call may have the old file open: the danger must reach who is accountable.
      name: 'a danger follows the case to where it went on',
      on,
      commands: (view) => tellSuccessor(view, toldOf(view)),
    },
    {
      name: 'a danger that is known goes on with the case',
      on: leaving,
      commands: (view) => tellSuccessor(view, knownOf(view)),
    },
  ];
}
