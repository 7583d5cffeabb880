// How workers and projections are run, and what a run came to.
import type { GlobalPosition, ReadStore } from '@himaya/event-store';
import type { Projection } from '../projection.ts';

/** How workers run. */
export interface WorkerOptions {
  /**
   * Where leases and projections are kept. Without one every process does everything: appends decide
   * which of them does a thing, and each is still done once. Reactions need none on a store that has
   * groups: its server hands each event to one process.
   */
  readonly readStore?: ReadStore;
  /** Projections to keep up; they need a read store. */
  readonly projections?: readonly Projection[];
  /**
   * How long a lease lasts, in milliseconds; default 5000. Of a process that was killed another one
   * takes over within twice that.
   */
  readonly leaseMs?: number;
  /** How often a worker looks by itself, in milliseconds; default 1000. */
  readonly pollMs?: number;
  /** Ends them: what is in hand is finished, leases are given back. */
  readonly signal: AbortSignal;
}

/** What bringing a projection up to the log came to. */
export type ProjectionRun =
  | {
      readonly kind: 'caught-up';
      /** Entries passed in this run. */
      readonly entries: number;
      readonly position: GlobalPosition;
      /** Streams that wait behind an event which the projection could not take. */
      readonly parked: number;
    }
  /** `'held'`: another process works on it. `'stopped'`: told to. `'gone'`: it was dropped. */
  | { readonly kind: 'held' | 'stopped' | 'gone' };

/** A projection and the place that it is kept in. */
export interface Projector {
  readonly name: string;
  readonly version: number;
  /**
   * Folds everything recorded since, under the lease of this version: of several processes one
   * works. A version that has caught up for the first time is read from then on, unless a newer one
   * is, or unless it parked something that the version which is read may have taken.
   *
   * @throws Fault `projection-changed`, `projection-failing` and those of both stores
   */
  catchUp(): Promise<ProjectionRun>;
}
