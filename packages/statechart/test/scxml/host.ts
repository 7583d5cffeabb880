// What stands around a chart that runs an SCXML document: a queue, a clock, and timers as data.
import type { ChartEvent } from '../../src/index.ts';
import type { Sent } from './content.ts';

/** What a test of the suite expects, as it is written beside its document. */
export interface Expected {
  readonly initialConfiguration: readonly string[];
  readonly events: readonly {
    readonly after?: number;
    readonly event: { readonly name: string };
    readonly nextConfiguration: readonly string[];
  }[];
}

/** A machine that is run: a chart, or XState itself. */
export interface Runner {
  /** Takes an event, or starts; answers what it asks for. */
  take(event?: ChartEvent): readonly object[];
  readonly leaves: readonly string[];
  readonly isDone: boolean;
}

interface Timer {
  readonly dueMs: number;
  readonly sent: Sent;
}

/** One run. Time passes only while it waits for a timer. */
export class Host {
  /** Every event that was given to the runner, in order. */
  readonly given: ChartEvent[] = [];
  readonly #runner: Runner;
  #queue: ChartEvent[] = [];
  #timers: Timer[] = [];
  #nowMs = 0;

  constructor(runner: Runner) {
    this.#runner = runner;
    this.#obey(runner.take());
    this.#settle();
  }

  /** Sends an event from outside and waits until nothing is left to do at once. */
  send(event: ChartEvent): void {
    this.#queue.push(event);
    this.#settle();
  }

  /** Lets time pass, with every timer that is due by then. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let next = this.#next; next && next.dueMs <= endMs; next = this.#next) this.#ring(next);
    this.#nowMs = endMs;
  }

  /** Lets time pass until the machine is done or waits for nothing. */
  finish(): void {
    for (let next = this.#next; next && !this.#runner.isDone; next = this.#next) this.#ring(next);
  }

  // Timers that are due at one instant ring in the order in which they were set.
  get #next(): Timer | undefined {
    const dueMs = Math.min(...this.#timers.map((timer) => timer.dueMs));
    return this.#timers.find((timer) => timer.dueMs === dueMs);
  }

  #ring(timer: Timer): void {
    this.#nowMs = timer.dueMs;
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.send(timer.sent.event);
  }

  #settle(): void {
    for (let event = this.#queue.shift(); event; event = this.#queue.shift()) {
      if (this.#runner.isDone) return;
      this.given.push(event);
      this.#obey(this.#runner.take(event));
    }
  }

  #obey(effects: readonly object[]): void {
    for (const effect of effects as readonly { readonly type: string; readonly params: never }[]) {
      if (effect.type === 'send') {
        const sent = effect.params as Sent;
        if (sent.delayMs === 0) this.#queue.push(sent.event);
        else this.#timers.push({ dueMs: this.#nowMs + sent.delayMs, sent });
      } else if (effect.type === 'xstate.cancel') {
        const { sendId } = effect.params as { readonly sendId: string };
        this.#timers = this.#timers.filter(({ sent }) => sent.id !== sendId);
      }
    }
  }
}
