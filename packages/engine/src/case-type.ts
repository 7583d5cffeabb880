// The definition language of case types: events, rules, commands, parts, deadlines, labels.
import type { AnyStateMachine } from 'xstate';
import type { z } from 'zod';
import type { Actor } from './actor.ts';
import type { Calendar } from './calendar.ts';
import type { Instant } from './instant.ts';
import type { MarkSpec } from './mark.ts';
import type { PolicyReader } from './policy.ts';
import type { CaseEvent, Duty, RuleGuard, RuleView, Violation } from './rule.ts';
import type { Text } from './text.ts';

/** Event schemas by event name. */
export type EventSchemas = Readonly<Record<string, z.ZodType>>;

/** The events of a case type, as charts and rules see them. */
export type EventOf<Events extends EventSchemas, Name extends keyof Events = keyof Events> = {
  [Key in Name & string]: CaseEvent<Key, z.output<Events[Key]>>;
}[Name & string];

/** An event that a decision wants recorded. */
export type NewEvent<Events extends EventSchemas = EventSchemas> = {
  [Key in keyof Events & string]: { readonly type: Key; readonly data: z.output<Events[Key]> };
}[keyof Events & string];

/** Events that the engine itself records in a case stream. */
export const ENGINE_EVENTS = [
  'CaseOpened',
  'CasePolicyMigrated',
  'DeadlineReached',
  'DeadlineEscalated',
  'DeadlineMetLateEntry',
  'DeadlineReachedInError',
  'ConsequenceFailed',
] as const;
const ABOUT_DEADLINES: ReadonlySet<string> = new Set(
  ENGINE_EVENTS.filter((name) => name.startsWith('Deadline')),
);

/** Whether the engine records events of this name about its deadlines; a case type may not. */
export function isDeadlineEvent(type: string): boolean {
  return ABOUT_DEADLINES.has(type);
}

/** Name of an event that the engine itself records. */
export type EngineEvent = (typeof ENGINE_EVENTS)[number];

/** What a command does to people: who it may be stopped by follows from this. */
export type Polarity = 'protective' | 'restricted' | 'neutral';

/** A role that may give a command; `assigned`: only while assigned to the case. */
export type Grant = string | { readonly role: string; readonly assigned: true };

/** What a decision may look at. */
export interface DecideView<Context = unknown> {
  readonly caseId: string;
  /** `false` while the command opens the case. */
  readonly exists: boolean;
  readonly context: Context;
  in(statePath: string): boolean;
  readonly parts: RuleView['parts'];
  readonly policy: PolicyReader;
  readonly calendar: Calendar;
  readonly reads: RuleView['reads'];
  /** What the command's `facts` fetched; record in the event's data what the decision rests on. */
  readonly facts: unknown;
  readonly actor: Actor;
  readonly commandId: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** An id derived from the command and `label`: the same on every retry. */
  id(label: string): string;
}

/** What a decision answers: events to record, or why not. */
export type Decision<Events extends EventSchemas = EventSchemas> =
  readonly NewEvent<Events>[] | { readonly refused: readonly Violation[] };

/** A command of a case type. */
export interface CommandSpec<
  Context = unknown,
  Events extends EventSchemas = EventSchemas,
  Input extends z.ZodType = z.ZodType,
> {
  /** An object schema; strict objects refuse unknown fields. */
  readonly input: Input;
  readonly polarity: Polarity;
  /** Stopped by nothing but an unreadable input or an unknown sender. Protective commands only. */
  readonly emergency?: true;
  /** May open a case: it is then named by the command's id, or by `keyedBy`. */
  readonly opens?: true;
  /**
   * The id that its case has by nature, `site1-2027-06-22`: whichever such command comes first opens
   * the case, and every later one is about it. Given with another case's id it is refused.
   */
  readonly keyedBy?: (input: z.output<Input>) => string;
  /** Roles that may give it. Not asked of an emergency command. */
  readonly by: readonly Grant[];
  /** Separation of duties and conflicts of interest. */
  readonly duties?: readonly Duty<Context>[];
  /** The events it may record; with one name and no `decide`, the input is that event's data. */
  readonly records: (keyof Events & string) | readonly (keyof Events & string)[];
  readonly decide?: (input: z.output<Input>, view: DecideView<Context>) => Decision<Events>;
  /** Other streams that the decision needs; asked again until it names nothing new. */
  readonly reads?: (input: z.output<Input>, view: DecideView<Context>) => readonly string[];
  /** Facts from ports outside, fetched before deciding. */
  readonly facts?: (input: z.output<Input>, view: DecideView<Context>) => unknown;
  /** The part it is about and the input field with its id, so that `options` can ask per part. */
  readonly part?: { readonly kind: string; readonly field: string };
  /** Without multi-stream appends in the store, the decision's re-check later on suffices. */
  readonly recheckSuffices?: true;
}

/** A kind of part of a case type. */
export interface PartSpec<Events extends EventSchemas = EventSchemas> {
  readonly chart: AnyStateMachine;
  /** The id of the part that an event is about. */
  readonly key: (event: EventOf<Events>) => string;
  /** Events that open a part. The chart starts with `{ id, event }` as its input. */
  readonly opens: readonly (keyof Events & string)[];
  /** Events that step the part they name. */
  readonly on: readonly (keyof Events & string)[];
  /** Events that step every part of the kind that is able to react. */
  readonly hears?: readonly (keyof Events & string)[];
}

/** What the functions of a deadline see: the state after the event. */
export type DeadlineView<Context = unknown, Event = CaseEvent> = Omit<
  RuleView<Context, Event>,
  'reads'
>;

/** A deadline of the case or of a kind of part. */
export interface DeadlineSpec<Context = unknown, Events extends EventSchemas = EventSchemas> {
  /** `T-COMM-VISIT`: what people and scenarios call it. */
  readonly code: string;
  /** The kind of part it belongs to; one deadline per part. */
  readonly part?: string;
  readonly armedBy: readonly ((keyof Events & string) | 'CasePolicyMigrated')[];
  readonly movedBy?: readonly (keyof Events & string)[];
  readonly disarmedBy: readonly (keyof Events & string)[];
  /** A disarming event counts only if this holds. */
  readonly disarms?: (view: DeadlineView<Context, EventOf<Events>>) => boolean;
  /** The due instant; `undefined` arms nothing. */
  readonly dueAt: (view: DeadlineView<Context, EventOf<Events>>) => Instant | undefined;
  readonly marks?: readonly MarkSpec[];
}

/** Further events decided with an event and recorded in the same append. */
export interface ConsequenceSpec<Context = unknown, Events extends EventSchemas = EventSchemas> {
  readonly name: string;
  readonly on: readonly ((keyof Events & string) | EngineEvent)[];
  readonly when?: (view: RuleView<Context, EventOf<Events>>) => boolean;
  /**
   * The events it may record; any without it. A check has to know where it cannot tell what
   * `record` answers, and the engine holds it to that.
   */
  readonly records?: readonly (keyof Events & string)[];
  readonly record: (view: RuleView<Context, EventOf<Events>>) => readonly NewEvent<Events>[];
}

/** Commands issued after the append because of an event, at least once, under derived ids. */
export interface ReactionSpec<Context = unknown, Events extends EventSchemas = EventSchemas> {
  /** Unique in the case type: the commands' ids are derived from it. */
  readonly name: string;
  readonly on: readonly ((keyof Events & string) | EngineEvent)[];
  /** In an order that is the same every time: an id is derived from its place. */
  readonly commands: (
    view: RuleView<Context, EventOf<Events>> & { readonly caseId: string },
  ) => readonly ReactionCommand[];
}

/** What a reaction asks for. */
export interface ReactionCommand {
  readonly name: string;
  readonly input: unknown;
  /** The case it is given to. Default: the case of the event. */
  readonly caseId?: string;
  /** It opens a case of its own. */
  readonly opens?: true;
}

/** What must hold of the state after every accepted command. */
export interface InvariantSpec<Context = unknown> {
  readonly code: string;
  readonly invariant?: string;
  readonly text: Text;
  readonly holds: (state: Pick<RuleView<Context>, 'context' | 'in' | 'parts'>) => boolean;
}

/** State of a case of an earlier version, to be moved. */
export interface MigrationState {
  readonly configuration: readonly string[];
  readonly context: Readonly<Record<string, unknown>>;
  readonly parts: readonly {
    readonly kind: string;
    readonly id: string;
    readonly configuration: readonly string[];
    readonly context: Readonly<Record<string, unknown>>;
  }[];
}

/** What becomes of a pending deadline when its case moves to another version. */
export type TimerPolicy = 'keep' | 'restart' | 'drop';

/** How a case of an earlier version becomes one of this version. */
export interface MigrationSpec {
  /** Move open cases at their next catch-up, without being asked: for rules that make people safer. */
  readonly automatic?: true;
  readonly migrate: (state: MigrationState) => MigrationState;
  /**
   * What becomes of pending deadlines, by their names. `keep`, the default: the due instant stays.
   * `restart`: armed anew by the migration, which `armedBy` then has to name. `drop`: disarmed; a
   * deadline that this version has no longer must be dropped by name. What is overdue when the case
   * moves is a breach of the earlier version and is recorded, whatever stands here.
   */
  readonly timers?: Readonly<Record<string, TimerPolicy>>;
}

/** Texts in both languages for everything a person sees of a case type. */
export interface Labels {
  readonly commands: Readonly<Record<string, Text>>;
  readonly events: Readonly<Record<string, Text>>;
  readonly states: Readonly<Record<string, Text>>;
  readonly deadlines: Readonly<Record<string, Text>>;
  readonly parts: Readonly<Record<string, Text>>;
  readonly roles: Readonly<Record<string, Text>>;
  /** What conditions of charts ask, by their place as `conditionKey` writes it. */
  readonly conditions?: Readonly<Record<string, Text>>;
}

/** The body of a case type, given to `define`. */
export interface CaseTypeSpec<
  Context = unknown,
  Events extends EventSchemas = EventSchemas,
  Inputs extends Readonly<Record<string, z.ZodType>> = Readonly<Record<string, z.ZodType>>,
> {
  readonly chart: AnyStateMachine;
  readonly commands: {
    readonly [Name in keyof Inputs]: CommandSpec<Context, Events, Inputs[Name]>;
  };
  /** Rules judged in every state before the event steps anything. */
  readonly requires?: {
    readonly [Name in keyof Events & string]?: RuleGuard<(event: Name) => void>;
  };
  readonly parts?: Readonly<Record<string, PartSpec<Events>>>;
  readonly deadlines?: Readonly<Record<string, DeadlineSpec<Context, Events>>>;
  readonly consequences?: readonly ConsequenceSpec<Context, Events>[];
  readonly reactions?: readonly ReactionSpec<Context, Events>[];
  readonly invariants?: readonly InvariantSpec<Context>[];
  /** Staff assigned to the case, for grants that ask for it. */
  readonly assignees?: (context: Context) => readonly string[];
  /**
   * Whether someone is shown the case itself. Without it, whoever may give a command is; with it,
   * the others learn whether they may give one, and of what they gave only what they recorded.
   */
  readonly readers?: (context: Context, actor: Actor) => boolean;
  /**
   * Names of fields that someone is never shown, wherever they stand in an event, in the case or in
   * a part: not by an outcome, not by `options`, and not by a history that is asked for as theirs.
   */
  readonly conceals?: (actor: Actor) => readonly string[];
  /** The case that took over, once this one was merged or transferred. */
  readonly successor?: (context: Context) => string | undefined;
  /** Migrations by the version they start from. */
  readonly migrations?: Readonly<Record<string, MigrationSpec>>;
  readonly labels: Labels;
}
