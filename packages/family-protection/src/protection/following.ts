// What another file is told when a danger becomes known in one that was left, or when one is left.
import type { EventSchemas, ReactionCommand, ReactionSpec } from '@himaya/engine';
import type { z } from 'zod';
import type { toldBy } from '../case-file/events.ts';
import type { concern } from '../fields.ts';

/** A danger as one file tells it to another. */
export interface Told {
  readonly concerns: readonly z.output<typeof concern>[];
  readonly immediateDanger: boolean;
}

/** A danger that somebody tells of without filling in what it is. */
export const danger: Told = { concerns: ['danger'], immediateDanger: false };

/** Files that passed a danger on. */
type Tellers = NonNullable<z.output<typeof toldBy>>;

interface Memory {
  readonly successor: string | null;
  /** How many dangers were noted. */
  readonly dangersTold: number;
}
interface Leaving {
  readonly context: Memory;
  readonly caseId: string;
  readonly event: {
    readonly type: string;
    readonly data: unknown;
    readonly actor: { readonly role: string };
  };
  in(statePath: string): boolean;
}

/** Whether a file was left for another one. */
export function hasLeft({ in: inState }: Pick<Leaving, 'in'>): boolean {
  return inState('lifecycle.merged') || inState('lifecycle.transferred');
}

/** The files that have passed on what an event notes; a person cannot speak for a file. */
function tellersOf({ event }: Pick<Leaving, 'event'>): Tellers {
  const { toldBy: tellers = [] } = event.data as { readonly toldBy?: Tellers };
  return event.type === 'SafetyConcernNoted' && event.actor.role === 'SYS' ? tellers : [];
}

/** What says nothing of a danger that was noted is no answer to one, when it is taken. */
const SPOKEN = ['SafetyConcernNoted', 'SuccessorOpened', 'DuplicateMerged', 'CaseTransferred'];

/** Tells the file that goes on of a danger, if this one was left and there is one. */
export function tellSuccessor(view: Leaving, told: Told | undefined): readonly ReactionCommand[] {
  const { successor, dangersTold } = view.context;
  if (told === undefined || successor === null || !hasLeft(view)) return [];
  const before = tellersOf(view);
  // Two files that lead into one another would tell each other for ever: the terms here go on.
  if (before.some(({ caseId }) => caseId === successor)) return [];
  const { concerns, immediateDanger } = told;
  const noted = SPOKEN.includes(view.event.type) ? dangersTold : 0;
  const tellers = [...before, { caseId: view.caseId, told: noted }];
  const input = { concerns, immediateDanger, toldBy: tellers };
  return [{ name: 'NoteSafetyConcern', caseId: successor, input }];
}

/** Answers the files that passed a danger on, once it stands in one that somebody works on. */
function answerTellers(view: Leaving): readonly ReactionCommand[] {
  if (hasLeft(view)) return [];
  return tellersOf(view).map(({ caseId, told }) => ({
    name: 'RecordDangerTaken',
    caseId,
    input: { by: view.caseId, told },
  }));
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
export function dangerReactions<Context extends Memory, Events extends EventSchemas>({
  on,
  toldOf,
  leaving,
  knownOf,
}: Following<Context, Events>): ReactionSpec<Context, Events>[] {
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
    {
      name: 'a danger that another file passed on is answered',
      on: ['SafetyConcernNoted'] as unknown as On<Context, Events>,
      commands: answerTellers,
    },
  ];
}
