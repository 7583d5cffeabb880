// Every chart of the office against XState: whatever is recorded, both say the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseType } from '@himaya/engine';
import { caseTypes } from '../../src/index.ts';
import { Draw } from './data.ts';
import { Walks } from './walk.ts';

const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_509);
const isNightly = process.env['HIMAYA_NIGHTLY'] !== undefined;
const RUNS = isNightly ? 10_000 : 60;
/** A beginning, and events. */
const LENGTH = 20;
/** The share of states, and of event types, that the few walks by day need not meet. */
const MISSED_MAX = isNightly ? 0 : 0.25;
/** Some events are rare: at night walks go on until each was taken, and this many more at most. */
const FURTHER_MAX = isNightly ? 60_000 : 0;
/** A busy machine takes several times as long; this only ends a run that hangs. */
const LIMIT_MS = 14_400_000;

const named = caseTypes.map((type) => [type.name, type] as const);

describe(`charts against XState, seed ${SEED}`, () => {
  it.each(named)(
    '%s › any events from any state › the case and its parts react as XState does',
    (_, type) => {
      const walks = new Walks(type);
      const turns = fc.array(fc.noBias(fc.nat()), { minLength: LENGTH, maxLength: LENGTH });
      fc.assert(
        fc.property(turns, (each) => walks.take(each)),
        { seed: SEED, numRuns: RUNS },
      );
      const draw = new Draw(SEED);
      const isMissing = (): boolean =>
        Object.values(missedBy(type, walks)).some(({ missed }) => missed.length > 0);
      for (let further = 0; further < FURTHER_MAX && isMissing(); further += 1) {
        walks.take(Array.from({ length: LENGTH }, () => draw.below(2 ** 31)));
      }
      console.info(type.name, JSON.stringify(Object.fromEntries(walks.met.steps)));
      const { states, events } = missedBy(type, walks);
      for (const { all, missed } of [states, events]) {
        expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(all * MISSED_MAX);
      }
    },
    LIMIT_MS,
  );
});

/** What a whole consists of, and what of it was never met. */
interface Missed {
  readonly all: number;
  readonly missed: readonly string[];
}

/** Leaf states that were never active and event types that were never taken, of all charts. */
function missedBy(
  type: CaseType,
  { met }: Walks,
): { readonly states: Missed; readonly events: Missed } {
  const parts = Object.values(type.parts).map(({ kind, chart }) => [kind, chart] as const);
  const charts = [['case', type.chart] as const, ...parts];
  const leaves = charts.flatMap(([name, { structure }]) =>
    structure.nodes
      .filter(({ initial, kind }) => initial === null && kind !== 'parallel')
      .map(({ path }) => [name, path] as const),
  );
  const heard = charts.flatMap(([name, { eventTypes }]) => eventTypes.map((of) => `${name} ${of}`));
  const away = leaves.filter(([name, path]) => !met.states.get(name)?.has(path));
  return {
    states: { all: leaves.length, missed: away.map((leaf) => leaf.join(' ')) },
    events: { all: heard.length, missed: heard.filter((one) => !met.taken.has(one)) },
  };
}
