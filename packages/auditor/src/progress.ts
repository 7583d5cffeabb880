// How far a long run has come: one line on a terminal that is written over, else a line now and then.
import type { Counted } from './counts.ts';
import type { Output } from './output.ts';
import type { Speech } from './words.ts';

/** Before this a run is short, and says nothing. */
const QUIET_MS = 500;
/** Between two looks of the line on a terminal. */
const TERMINAL_MS = 200;
/** Between two lines in a file or a pipe. */
const LINE_MS = 10_000;

/** Counts what was read or visited, and says so on the side. */
export class Progress {
  readonly #err: Output;
  readonly #speech: Speech;
  readonly #now: () => number;
  #entries = 0;
  #nextAt: number;
  #isShown = false;

  constructor(err: Output, speech: Speech, now: () => number = () => performance.now()) {
    this.#err = err;
    this.#speech = speech;
    this.#now = now;
    this.#nextAt = now() + QUIET_MS;
  }

  /** To be called with each page that was read. */
  read(entries: number): void {
    this.#entries += entries;
    this.#say(this.#entries, 'entryRead');
  }

  /** To be called with how many states a check has visited so far. */
  visited(states: number): void {
    this.#say(states, 'stateSeen');
  }

  /** To be called with how many runs were tried so far. */
  tried(runs: number): void {
    this.#say(runs, 'run');
  }

  #say(count: number, what: Counted): void {
    const now = this.#now();
    if (now < this.#nextAt) return;
    const { isTerminal } = this.#err;
    this.#nextAt = now + (isTerminal ? TERMINAL_MS : LINE_MS);
    this.#isShown = isTerminal;
    const said = this.#speech.count(count, what);
    const line = this.#err.isolate(said);
    void this.#err.raw(isTerminal ? `\r${line}\u001b[K` : `himaya: ${line}\n`);
  }

  /** Takes the line off the terminal, before something else is written there. */
  clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    void this.#err.raw('\r\u001b[K');
  }
}
