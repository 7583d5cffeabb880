// What a process of the chaos test is told, and the time that all of them live in.
import type { Clock } from '@himaya/engine';
import type { PlannedCommand, WriterPlan } from './plan.ts';

/** What a process is sent. */
export type Message =
  | { readonly kind: 'work'; readonly orders: Orders }
  | { readonly kind: 'stop' };

/** What it says: its stores are open, it stops now, its orders are carried out. */
export type Said = 'begun' | 'stalls' | 'done';

/** What a process has to do. */
export type Orders = Place & (WriterOrders | { readonly role: 'worker' });

/** Where a process works, and by which clock. */
interface Place {
  readonly connection: string;
  readonly schema: string;
  /** When the time of the seed began, in milliseconds of the machine. */
  readonly beganMs: number;
  readonly skewMs: number;
  /** Before which of its writes it stops until it is woken: appends of a writer, batches of a worker. */
  readonly stall: number;
}

/** What a writer has to do, beside what another one before it had answered already. */
export interface WriterOrders {
  readonly role: 'writer';
  readonly plan: WriterPlan;
  /** Where it writes what was answered, one line of JSON each. */
  readonly answers: string;
  /** Another number for each process, so that no two make one id. */
  readonly seed: number;
}

/** What was answered: by the engine, or to an append that bypasses it. */
export type Answer =
  | {
      readonly command: string;
      readonly name: PlannedCommand['name'];
      readonly kind: 'accepted' | 'refused';
      /** The place of each recorded event, with its hash. */
      readonly events: readonly Recorded[];
    }
  | { readonly token: string; readonly events: readonly Recorded[] };

/** Stream, position, hash. */
export type Recorded = readonly [stream: string, position: number, hash: string];

/** A second of the machine is more than two hours and a half of theirs: deadlines come by. */
export const SPEED = 10_000;
const START_MS = Date.UTC(2027, 0, 10, 6);
/** A lease is short, so that a process that stands still loses it. */
export const LEASE_MS = 300;
/** How long a process stands still before a write: another one has its lease by then. */
export const STALL_MS = 500;

/**
 * The clock of a process. Its second source says what the first said last: who is kept waiting for
 * 30 ms between a look at the one and a look at the other would find five minutes between them.
 */
export function clockOf(beganMs: number, skewMs: number): Clock {
  let readMs = 0;
  const now = (): number => (readMs = START_MS + (Date.now() - beganMs) * SPEED + skewMs);
  return { now, monotonicMs: () => readMs };
}
