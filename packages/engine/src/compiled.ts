// A checked, compiled case type: what the engine runs.
import type { Actor } from './actor.ts';
import type { Chart } from '@himaya/statechart';
import type { z } from 'zod';
import type {
  CommandSpec,
  ConsequenceSpec,
  DeadlineSpec,
  EventSchemas,
  InvariantSpec,
  Labels,
  MigrationSpec,
  PartSpec,
  ReactionSpec,
} from './case-type.ts';
import type { RuleGuard } from './rule.ts';
import type { Text } from './text.ts';

/** A compiled chart whose context the engine does not need to know. */
export type AnyChart = Chart<Record<string, unknown>>;

/** A kind of part with its compiled chart. */
export interface CompiledPart extends Omit<PartSpec, 'chart'> {
  readonly kind: string;
  readonly chart: AnyChart;
}

/** A checked case type, ready for an engine. */
export interface CaseType {
  readonly name: string;
  readonly version: string;
  /** Category of its streams: `case` unless it says otherwise. */
  readonly category: string;
  /** The name of its policy, if it says one. */
  readonly policy: string | undefined;
  readonly title: Text;
  readonly contextSchema: z.ZodType;
  readonly events: EventSchemas;
  readonly chart: AnyChart;
  readonly parts: Readonly<Record<string, CompiledPart>>;
  readonly commands: Readonly<Record<string, CommandSpec>>;
  readonly requires: Readonly<Record<string, RuleGuard<never> | undefined>>;
  readonly deadlines: Readonly<Record<string, DeadlineSpec>>;
  readonly consequences: readonly ConsequenceSpec[];
  readonly reactions: readonly ReactionSpec[];
  readonly invariants: readonly InvariantSpec[];
  readonly assignees: (context: unknown) => readonly string[];
  readonly readers: ((context: unknown, actor: Actor) => boolean) | undefined;
  readonly conceals: ((actor: Actor) => readonly string[]) | undefined;
  readonly successor: (context: unknown) => string | undefined;
  readonly migrations: Readonly<Record<string, MigrationSpec>>;
  readonly labels: Labels;
  /** SHA-256 over the definition's structure, base64url; function bodies are not part of it. */
  readonly structureHash: string;
}
