// Which case is due next: the index against a plain map, over random changes.
import { seededRandom } from '@himaya/event-store/contract';
import type { Instant, StreamName } from '@himaya/event-store';
import { expect, it } from 'vitest';
import { DueIndex } from '../src/rim/due-index.ts';

const SEED = Number(process.env.HIMAYA_SEED ?? 1);
const STEPS = 20_000;

/** An instant so many seconds after the first. */
const at = (seconds: number): Instant =>
  new Date(Date.UTC(2027, 0, 1) + seconds * 1_000).toISOString() as Instant;

/** The same from all that is known. */
function expected(known: ReadonlyMap<StreamName, Instant>, now: Instant): readonly StreamName[] {
  return [...known]
    .filter(([, due]) => due <= now)
    .sort(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a < b ? -1 : 1))
    .map(([stream]) => stream);
}

it(`due index › random changes, seed ${SEED} › says what a search through all would say`, () => {
  const random = seededRandom(SEED);
  const below = (end: number): number => Math.floor(random() * end);
  const index = new DueIndex();
  const known = new Map<StreamName, Instant>();
  let due = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const stream = `case-${below(300)}` as StreamName;
    const next = random() < 0.3 ? undefined : at(below(1_000));
    index.set(stream, next);
    if (next === undefined) known.delete(stream);
    else known.set(stream, next);
    if (step % 20 !== 0) continue;
    const first = [...known.values()].sort()[0];
    expect(index.first).toBe(first);
    const now = at(below(100));
    expect(index.until(now)).toEqual(expected(known, now));
    due += index.until(now).length;
  }
  expect(due).toBeGreaterThan(STEPS / 10);
});

it('due index › a case that moves again and again › takes no more room each time', () => {
  const index = new DueIndex();
  for (let step = 0; step < 50_000; step += 1) index.set('case-1' as StreamName, at(step % 86_400));
  expect(index.until(at(86_400))).toEqual(['case-1']);
  expect(index.kept).toBeLessThan(2_000);
});
