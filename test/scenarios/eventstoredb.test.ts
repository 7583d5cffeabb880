// The office's main scenarios go as they are written on KurrentDB (a protocol double), too: with the
// client and the server that append to several streams at once, which bookings need.
import { fileURLToPath } from 'node:url';
import { MemoryEventStore, verifyStore, type EventStore } from '@himaya/event-store';
import { caseTypes, policies } from '@himaya/family-protection';
import { problemText, runScenario } from '@himaya/testkit';
import { expect, test } from 'vitest';
import { openOnDouble } from '../../packages/event-store-eventstoredb/test/subject.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

test.each(['sc-01', 'sc-02', 'sc-03', 'sc-07'])(
  'scenario › %s on KurrentDB › records the same bytes as in memory',
  async (name) => {
    const { store, dispose } = await openOnDouble({ client: 'kurrent' });
    const run = async (on: EventStore): Promise<readonly string[]> => {
      const report = await runScenario(
        { file: `${FOLDER}${name}.yaml` },
        { store: on, caseTypes, policies },
      );
      expect(report.problems.map(problemText)).toEqual([]);
      return report.steps.flatMap(({ recorded, events }) =>
        [...recorded, ...events].map(({ hash }) => hash),
      );
    };
    const recorded = await run(store);
    expect(recorded.length).toBeGreaterThan(3);
    expect((await verifyStore(store)).firstBad).toBeUndefined();
    expect(recorded).toEqual(await run(new MemoryEventStore()));
    await store.close();
    await dispose?.();
  },
);
