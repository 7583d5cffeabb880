// What a check answers: a verdict on each claim, and what it took.
import type { Text } from '../text.ts';
import type { Claim } from './abstraction.ts';

/** One step of a counterexample: an event over the abstraction, with what was decided of it. */
export interface AbstractStep {
  readonly type: string;
  /** Fields that a rule or the chart looked at; the others may be anything. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What was recorded with it. */
  readonly followed: readonly string[];
}

/** What became of a claim. */
export type Verdict =
  | { readonly kind: 'proved' }
  /** A shortest sequence over the abstraction; whether the case type itself can go it is to be seen. */
  | { readonly kind: 'found'; readonly steps: readonly AbstractStep[] }
  /**
   * Of a claim that something can be reached: the abstraction goes there. Whether the case type can is
   * shown by a run of it, and by no abstraction.
   */
  | { readonly kind: 'possible' }
  | { readonly kind: 'notProved'; readonly reason: Text };

/** What a check found, and what it took. */
export interface CheckReport {
  readonly verdicts: ReadonlyMap<Claim, Verdict>;
  readonly states: number;
  /** Ways of steps that were gone. */
  readonly steps: number;
  /** What rules and conditions looked at that is not kept, with who did. */
  readonly unknown: ReadonlyMap<string, string>;
}

/** How far a check may go, and who hears of it. */
export interface CheckOptions {
  /** States at most. @default 200_000 */
  readonly statesMax?: number;
  /** Hears how far it has come: after the first state, and now and then. */
  readonly onProgress?: (done: { readonly states: number; readonly waiting: number }) => void;
}
