// Runs a chart beside XState and compares what an engine could see of either.
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { compile, isChartError } from '../src/index.ts';
import type { Chart, ChartChange, ChartEvent, ChartSnapshot } from '../src/index.ts';
import { Oracle } from './oracle.ts';

type Context = Record<string, unknown>;

export interface Comparison {
  readonly steps: number;
  readonly done: boolean;
  readonly looped: boolean;
}

interface CompareOptions {
  readonly input?: unknown;
  /** Compare effects in order, against an XState that is kept in document order. */
  readonly canonical?: boolean;
}

/** Feeds both with the same events; throws where they differ. */
export function compareWithXState(
  machine: AnyStateMachine,
  events: readonly ChartEvent[],
  { input, canonical = false }: CompareOptions = {},
): Comparison {
  const chart = compile(machine) as Chart<Context>;
  const oracle = new Oracle(machine, { canonical });
  let steps = 0;
  let snapshot: ChartSnapshot<Context>;
  const started = both(
    () => chart.start(input),
    () => oracle.start(input),
  );
  if (started === 'looped') return { steps, done: false, looped: true };
  expectSame(started, oracle, canonical);
  snapshot = started.snapshot;
  for (const event of events) {
    if (snapshot.status === 'done') break;
    if (event.type.startsWith('@after.') && oracle.hearsEverything) continue;
    steps++;
    const can = oracle.can(event);
    const stepped = both(
      () => chart.step(snapshot, event),
      () => (can ? oracle.step(event) : undefined),
    );
    if (stepped === 'looped') return { steps, done: false, looped: true };
    same([event.type, stepped.kind], [event.type, can ? 'stepped' : 'not-enabled']);
    if (stepped.kind !== 'stepped') continue;
    same(
      chart.enabled(snapshot).some((type) => mayHear(type, event.type)),
      true,
    );
    expectSame(stepped, oracle, canonical);
    const kept = JSON.parse(JSON.stringify(stepped.snapshot)) as ChartSnapshot<Context>;
    snapshot = steps % 2 === 0 ? chart.restore(kept) : stepped.snapshot;
    same(snapshot, stepped.snapshot);
  }
  return { steps, done: snapshot.status === 'done', looped: false };
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

function expectSame(change: ChartChange<Context>, oracle: Oracle, ordered: boolean): void {
  const { value, context, tags, status, output } = change.snapshot;
  same({ value, context, tags, status, output }, oracle.seen);
  if (ordered) same(change.effects, oracle.effects);
  else same(asMultiset(change.effects), asMultiset(oracle.effects));
}

// The matcher of vitest explains well and is slow; it is asked only when there is something to say.
function same(ours: unknown, theirs: unknown): void {
  if (!isDeepStrictEqual(ours, theirs)) expect(ours).toEqual(theirs);
}

function asMultiset(effects: readonly object[]): readonly string[] {
  return effects.map((effect) => JSON.stringify(effect)).sort();
}
