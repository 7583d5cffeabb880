// What an application hands to the engine, and what it gets back.
import type { EventStore } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import type { CaseView } from '../case-view.ts';
import type { CaseType } from '../compiled.ts';
import type { Policy } from '../policy.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { Violation } from '../rule.ts';

/** The clocks of the process. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Milliseconds since some fixed instant; never set back: the second opinion on `now`. */
  monotonicMs(): number;
}

/** Makes identifiers. */
export interface Ids {
  /** A new ULID, larger than the one before. */
  next(): string;
}

/** What the host's authorisation is asked. */
export interface AuthorisationRequest {
  readonly actor: Actor;
  readonly command: string;
  readonly caseType: string;
  /** Absent while a case is being opened. */
  readonly case?: CaseView;
}

/** Something that people must look at; it never stops a command. */
export interface Alert {
  readonly code:
    | 'audit-not-recorded'
    | 'case-unfoldable'
    | 'case-diverged'
    | 'catch-up-unfinished'
    | 'clock-skewed'
    | 'command-id-reused'
    | 'consequence-left-out'
    | 'deadline-not-reached'
    | 'due-book-changed'
    | 'emergency-not-attached'
    | 'emergency-not-recorded'
    | 'emergency-recorded-apart'
    | 'emergency-waiting'
    | 'ids-failed'
    | 'migration-failed'
    | 'option-not-judged'
    | 'projection-parked'
    | 'reaction-failed'
    | 'reaction-refused'
    | 'worker-failed';
  readonly caseId?: string;
  readonly message: string;
}

/** Everything an engine is made of. */
export interface EngineOptions {
  readonly store: EventStore;
  /** All released versions that cases may be pinned to, side by side. */
  readonly caseTypes: readonly CaseType[];
  readonly policies: readonly Policy[];
  /** Office code that the engine's own events carry, `MUH-FCP`. */
  readonly office: string;
  /** Default: the clocks of the process. */
  readonly clock?: Clock;
  /** Default: monotonic ULIDs. */
  readonly ids?: Ids;
  /** Who sends this? Default: the claim itself, if it has the shape of an {@link Actor}. */
  readonly authenticate?: (claim: unknown) => Actor | undefined | Promise<Actor | undefined>;
  /** The host's own say, beside the grants and duties of the case type. Default: yes. */
  readonly authorise?: (
    request: AuthorisationRequest,
  ) => boolean | readonly Violation[] | Promise<boolean | readonly Violation[]>;
  /** Roles that may move cases to another version and correct deadlines. Default: none. */
  readonly administrators?: readonly string[];
  /**
   * Longest wait in milliseconds for `authenticate`, `authorise` and the `facts` of a command: then
   * the call throws Fault `host-silent`. Default 10 000.
   */
  readonly hostWaitMs?: number;
  readonly onAlert?: (alert: Alert) => void;
  /** Names this process in audit streams; letters and digits. Default: a new ULID. */
  readonly writer?: string;
  /** Folded cases kept in memory at most. Default 2 000. */
  readonly statesMax?: number;
}

/** Bounds of one call. */
export interface ExecuteOptions {
  /** Gives up between attempts; an append that is under way is not undone. */
  readonly signal?: AbortSignal;
}

/** What became of a command. Refusals and conflicts are values, and nothing was changed by them. */
export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly events: readonly RecordedEvent[];
      readonly case: CaseView;
      /** The command had been recorded before; this is the first outcome. */
      readonly repeated?: true;
      /** The case could not take it: recorded in the stream that its events name, attached later. */
      readonly apart?: true;
    }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] }
  | { readonly kind: 'conflict'; readonly attempts: number };

/** What a command would do. */
export type Preview =
  | {
      readonly kind: 'accepted';
      readonly events: readonly { readonly type: string; readonly data: unknown }[];
      readonly case: CaseView;
      /** An emergency that the case could not take: it would be recorded apart. */
      readonly apart?: true;
    }
  | Exclude<Outcome, { readonly kind: 'accepted' }>;
