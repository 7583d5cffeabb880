// A step under way: who makes its choices, and what was looked at in vain.
import type { Choices } from './choices.ts';
import type { Moments } from './moments.ts';
import type { Unknown } from './unknown.ts';

/** One step under way. */
export interface Going {
  readonly choices: Choices;
  readonly moments: Moments;
  /** Answers what a function can answer, whatever it looks at that is decided only for it. */
  outcomes<Value>(
    work: () => Value,
    enough?: (found: readonly Outcome<Value>[]) => boolean,
  ): readonly Outcome<Value>[];
  /** What fails of what follows is left out instead of refusing all. */
  readonly lenient: boolean;
  /** Rules that look at what is not kept fail, and nothing that is not kept takes the event. */
  readonly certain: boolean;
  /** Consequences by event for which a rule could not be judged, and whether it then refuses. */
  readonly unsure: Map<object, boolean>;
}

/** What a function answered in one way, or what it looked at that is not kept. */
export type Outcome<Value> = { readonly value: Value } | { readonly unknown: Unknown };

/** What was looked at in vain, and consequences that record what nobody knows, with what they may. */
export interface Looks {
  readonly unknown: Map<string, string>;
  readonly unrecorded: Map<string, readonly string[] | undefined>;
}
