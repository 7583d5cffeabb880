// How far a long run has come: one line on a terminal that is written over, else a line now and then.
import type { Output } from './output.ts';
import type { Speech } from './words.ts';

/** Before this a run is short, and says nothing. */
const QUIET_MS = 500;
/** Between two looks of the line on a terminal. */
const TERMINAL_MS = 200;
/** Between two lines in a file or a pipe. */
const LINE_MS = 10_000;

/** Counts entries that were read, and says so on the side. */
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
    const now = this.#now();
    if (now < this.#nextAt) return;
    const { isTerminal } = this.#err;
    this.#nextAt = now + (isTerminal ? TERMINAL_MS : LINE_MS);
    this.#isShown = isTerminal;
    const said = this.#speech.count(this.#entries, 'entryRead');
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
