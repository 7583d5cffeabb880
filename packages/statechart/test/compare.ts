// Runs a chart beside XState and compares what an engine could see of either.
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { compile, isChartError } from '../src/index.ts';
import type { Chart, ChartChange, ChartEvent, ChartSnapshot, StepResult } from '../src/index.ts';
import { Oracle } from './oracle.ts';

type Context = Record<string, unknown>;
type Change = ChartChange<Context>;

/** What a comparison met. */
export interface Comparison {
  readonly steps: number;
  readonly done: boolean;
  readonly looped: boolean;
  /** Done events of parallel states. */
  readonly joined: number;
}

interface PairOptions {
  /** Compare what is done in order, against an XState that is kept in document order. */
  readonly canonical?: boolean;
}

/** A chart and the machine it is made of, side by side; every method throws where they differ. */
export class Pair {
  readonly chart: Chart<Context>;
  readonly #oracle: Oracle;
  readonly #canonical: boolean;
  #snapshot: ChartSnapshot<Context> | undefined;

  constructor(machine: AnyStateMachine, { canonical = false }: PairOptions = {}) {
    this.chart = compile(machine) as Chart<Context>;
    this.#oracle = new Oracle(machine, { canonical });
    this.#canonical = canonical;
  }

  /** Where both stand. */
  get snapshot(): ChartSnapshot<Context> {
    if (this.#snapshot === undefined) throw new Error('start the pair first');
    return this.#snapshot;
  }

  /** How many done events of parallel states were taken. */
  get joined(): number {
    return this.#oracle.joined;
  }

  /** Starts both. `looped`: both gave up. */
  start(input?: unknown, facts?: object): Change | 'looped' {
    const started = both(
      () => this.chart.start(input, facts),
      () => this.#oracle.start(input, facts),
    );
    if (started !== 'looped') this.#keep(started);
    return started;
  }

  /** Places both where they may never have come by themselves. */
  place(configuration: readonly string[], context: Context): void {
    const snapshot = this.chart.restore({ configuration, context });
    this.#oracle.place(snapshot.value, context);
    this.#keep({ snapshot, effects: [], entered: [], left: [] });
  }

  /** Gives both an event. */
  step(event: ChartEvent, facts?: object): StepResult<Context> | 'looped' {
    // An inner wildcard steals the event of a named delay from XState; a chart does not allow that.
    const unheard = event.type.startsWith('@after.') && this.#oracle.hearsEverything;
    if (unheard || this.snapshot.status === 'done') return { kind: 'not-enabled' };
    const before = this.snapshot;
    const can = this.#oracle.can(event, facts);
    const stepped = both(
      () => this.chart.step(before, event, facts),
      () => (can ? this.#oracle.step(event, facts) : undefined),
    );
    if (stepped === 'looped') return stepped;
    same([event.type, stepped.kind], [event.type, can ? 'stepped' : 'not-enabled']);
    if (stepped.kind !== 'stepped') return stepped;
    same(
      this.chart.enabled(before).some((type) => mayHear(type, event.type)),
      true,
    );
    this.#keep(stepped);
    return stepped;
  }

  /** Lets both take what they can without an event: XState does so on one that nobody hears. */
  settle(event: ChartEvent, facts?: object): StepResult<Context> | 'looped' {
    if (this.snapshot.status === 'done') return { kind: 'not-enabled' };
    const settled = both(
      () => this.chart.settle(this.snapshot, event, facts),
      () => this.#oracle.step({ ...event, type: 'nobody.hears' }, facts),
    );
    if (settled === 'looped') return settled;
    if (settled.kind === 'stepped') this.#keep(settled);
    else this.#expectSame({ snapshot: this.snapshot, effects: [], entered: [], left: [] });
    return settled;
  }

  // Every other snapshot goes on as what was read back from JSON.
  #kept = 0;
  #keep(change: Change): void {
    this.#expectSame(change);
    const read = JSON.parse(JSON.stringify(change.snapshot)) as ChartSnapshot<Context>;
    this.#snapshot = this.#kept++ % 2 === 0 ? change.snapshot : this.chart.restore(read);
    same(this.#snapshot, change.snapshot);
  }

  #expectSame({ snapshot, effects, entered, left }: Change): void {
    const { value, context, tags, status, output } = snapshot;
    const oracle = this.#oracle;
    same({ value, context, tags, status, output }, oracle.seen);
    const ours = { effects, entered, left };
    const theirs = { effects: oracle.effects, entered: oracle.entered, left: oracle.left };
    if (this.#canonical) same(ours, theirs);
    else same(asMultisets(ours), asMultisets(theirs));
  }
}

/** Feeds both with the same events; throws where they differ. */
export function compareWithXState(
  machine: AnyStateMachine,
  events: readonly ChartEvent[],
  { input, ...options }: PairOptions & { readonly input?: unknown } = {},
): Comparison {
  const pair = new Pair(machine, options);
  let steps = 0;
  let looped = pair.start(input) === 'looped';
  for (const event of events) {
    if (looped || pair.snapshot.status === 'done') break;
    steps++;
    looped = pair.step(event) === 'looped';
  }
  const done = !looped && pair.snapshot.status === 'done';
  return { steps, done, looped, joined: pair.joined };
}

function mayHear(type: string, event: string): boolean {
  return type === event || (type.endsWith('*') && event.startsWith(type.slice(0, -2)));
}

// Either both give an answer or both give up after the same number of microsteps.
function both<T>(ours: () => T, theirs: () => void): T | 'looped' {
  let looped = false;
  try {
    theirs();
  } catch (error) {
    if (!String(error).includes('Infinite loop')) throw error;
    looped = true;
  }
  try {
    const answer = ours();
    expect(looped).toBe(false);
    return answer;
  } catch (error) {
    if (!looped || !isChartError(error, 'microstep-limit')) throw error;
    return 'looped';
  }
}

// The matcher of vitest explains well and is slow; it is asked only when there is something to say.
function same(ours: unknown, theirs: unknown): void {
  if (!isDeepStrictEqual(ours, theirs)) expect(ours).toEqual(theirs);
}

function asMultisets(lists: Readonly<Record<string, readonly unknown[]>>): object {
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [
      name,
      list.map((item) => JSON.stringify(item)).sort(),
    ]),
  );
}
