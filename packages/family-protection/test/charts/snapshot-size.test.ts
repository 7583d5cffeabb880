// What a snapshot takes beside its context: stored bytes in the longest case, and what memory it shares.
import { reachedIn } from '@himaya/statechart';
import { expect, test } from 'vitest';
import { caseTypes } from '../../src/index.ts';

const BYTES_MAX = 400;

const charts = caseTypes.flatMap((type) => [
  [type.name, type.chart] as const,
  ...Object.values(type.parts).map(({ kind, chart }) => [`${type.name} ${kind}`, chart] as const),
]);

test.each(charts)('%s › anywhere › takes at most 400 bytes beside its context', (_, chart) => {
  const context = {};
  // Of every region the place that is longest to write down: no other configuration is longer.
  const longest = reachedIn(chart).flatMap((places) => {
    const sizes = places.map(({ configuration }) => JSON.stringify(configuration).length);
    return places[sizes.indexOf(Math.max(...sizes))]?.configuration ?? [];
  });
  const { configuration, output, ...kept } = chart.restore({ configuration: longest, context });
  expect(configuration.toSorted()).toEqual(longest.toSorted());
  const stored = JSON.stringify({ configuration, context, output });
  expect(Buffer.byteLength(stored) - JSON.stringify(context).length).toBeLessThanOrEqual(BYTES_MAX);
  // In memory all snapshots of a configuration share what follows from it.
  const other = chart.restore({ configuration: longest, context: {} });
  expect(other.configuration).toBe(configuration);
  expect([other.value, other.tags]).toEqual([kept.value, kept.tags]);
  expect(other.value).toBe(kept.value);
  expect(other.tags).toBe(kept.tags);
});
