// The faults that the double can be told to have: what a real server cannot be made to show on demand.
import { setTimeout as pause } from 'node:timers/promises';

/** The kinds of calls that can be hit; `answer` is what a group's member says of an event. */
export type CallName = 'append' | 'read' | 'subscribe' | 'features' | 'group' | 'answer';

/** What is wrong with a call. */
export type FaultKind =
  /** The server is not available, and does nothing. */
  | 'unavailable'
  /** The connection breaks before the server does anything. */
  | 'cut'
  /** The server does its work, and the connection breaks before the answer. */
  | 'lose-answer'
  /** The node is no leader, and names itself as such: a leader was just elected. */
  | 'not-leader'
  /** The server gives the call up after its deadline. */
  | 'deadline'
  /** The server cancels the call. */
  | 'cancelled'
  /** The call is never answered. */
  | 'silent'
  /** The call is answered late. */
  | 'slow'
  /** The server refuses the user. */
  | 'denied'
  /** The server takes a call for done and writes nothing. */
  | 'lie';

/** How late a slow answer is, in milliseconds. */
const SLOW_MS = 150;

/** The faults that are due, by call. */
export class Faults {
  readonly #due = new Map<CallName, FaultKind[]>();
  /** How many faults have hit a call. */
  hits = 0;

  /** Hits the next so many calls of a kind. */
  next(call: CallName, kind: FaultKind, times = 1): void {
    const due = this.#due.get(call) ?? [];
    due.push(...Array.from({ length: times }, () => kind));
    this.#due.set(call, due);
  }

  /** Forgets what is still due. */
  clear(): void {
    this.#due.clear();
  }

  /** The fault of this call, if one is due; a slow call has none once it was slow. */
  async take(call: CallName): Promise<FaultKind | undefined> {
    const kind = this.#due.get(call)?.shift();
    if (kind !== undefined) this.hits += 1;
    if (kind !== 'slow') return kind;
    await pause(SLOW_MS);
    return undefined;
  }
}
