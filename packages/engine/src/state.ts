// The fold of one case: everything that follows from its recorded events, and nothing else.
import type { ChartSnapshot } from '@himaya/statechart';
import type { Head, Instant, StreamName } from '@himaya/event-store';
import type { CaseType } from './compiled.ts';
import type { DeadlineLedger } from './deadline-ledger.ts';
import type { Digested } from './digest.ts';
import type { PartStates, ReadonlyParts } from './part.ts';
import type { Policy } from './policy.ts';

/** Where a command was recorded: the basis of idempotency. */
export interface CommandRecord {
  readonly name: string;
  /** Who gave it. */
  readonly staff: string;
  readonly from: number;
  readonly to: number;
}

/** Where and why what is recorded is not what the definition would have recorded. */
export interface Divergence {
  readonly position: number;
  /** `EVENT_NOT_ENABLED`, `DIGEST_DIFFERS`, `STRUCTURE_CHANGED`, `RULE_REFUSES`, … */
  readonly reason: string;
  readonly detail: string;
}

/** The procedure that a case is pinned to. */
export interface Pin {
  readonly caseType: CaseType;
  readonly policy: Policy;
}

/** The state of one case. Treat as immutable; {@link draftOf} makes a copy that may be changed. */
export interface CaseState {
  readonly caseId: string;
  readonly stream: StreamName;
  readonly head: Head;
  readonly pin: Pin;
  readonly chart: ChartSnapshot<Record<string, unknown>>;
  readonly parts: ReadonlyParts;
  readonly deadlines: DeadlineLedger;
  readonly commands: ReadonlyMap<string, CommandRecord>;
  readonly correlation: string;
  readonly openedAt: Instant;
  /** Position of the last event that someone other than the engine recorded. */
  readonly lastForeign: number;
  readonly divergence: Divergence | undefined;
  /** The digest that was made last, of this state or one before it: the next is made from it. */
  readonly digested: Digested | undefined;
}

/** A state in the making: one decision's or one fold's own copy. */
export type Draft = {
  -readonly [Key in Exclude<keyof CaseState, 'parts' | 'commands'>]: CaseState[Key];
} & {
  parts: PartStates;
  commands: Map<string, CommandRecord>;
};

/** A copy that may be changed without the original noticing. */
export function draftOf(state: CaseState): Draft {
  return {
    ...state,
    parts: state.parts.fork(),
    deadlines: state.deadlines.copy(),
    commands: state.commands as Map<string, CommandRecord>,
  };
}
