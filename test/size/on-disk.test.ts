// What an entry takes on disk, index and all, as docs/scale.md has it, on both stores.
import { statSync } from 'node:fs';
import { headOf, type EventStore, type Head } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { afterAll, expect, test } from 'vitest';
import { asOwner, hasServer, testServer } from '../../packages/event-store-postgres/test/server.ts';
import { openOnNewSchema } from '../../packages/event-store-postgres/test/subject.ts';
import { openOnNewFile } from '../../packages/event-store-sqlite/test/subject.ts';

/** As many events as a case records, and text that makes them as long. */
const EVENTS_PER_CASE = 80;
const CASES = 125;
const TEXT = 'a line of a note '.repeat(8);

const isHere = await hasServer();
const onServer = test.skipIf(!isHere);
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

/** Records the cases, each in appends of four events, and returns the bytes of all entries. */
async function record(store: EventStore): Promise<number> {
  const make = new EntryMaker(1);
  let bytes = 0;
  for (let count = 0; count < CASES; count += 1) {
    const stream = make.stream();
    let head: Head | 'none' = 'none';
    for (let events = 0; events < EVENTS_PER_CASE; events += 4) {
      const first = make.entry(stream, head, { data: { text: TEXT } });
      const entries: [typeof first, ...(typeof first)[]] = [first];
      for (let last = first; entries.length < 4; entries.push(last)) {
        last = make.entry(stream, headOf(last), { data: { text: TEXT } });
      }
      const outcome = await store.append({ writes: [{ stream, expected: head, entries }] });
      expect(outcome.kind).toBe('appended');
      head = headOf(entries.at(-1) ?? first);
      bytes += entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
    }
  }
  return bytes;
}

test('size › on SQLite › a file takes some 1.3 times the bytes of its entries', async () => {
  const { store, path, dispose } = await openOnNewFile({ durability: 'normal' });
  const bytes = await record(store);
  await store.close(); // writes what is still in the log of the file
  const ratio = statSync(path).size / bytes;
  await dispose?.();
  expect(ratio).toBeGreaterThan(1.2);
  expect(ratio).toBeLessThan(1.4);
});

onServer(
  'size › on PostgreSQL › a schema takes some 1.36 times the bytes of its entries',
  async () => {
    const { store, schema, url, dispose } = await openOnNewSchema();
    const bytes = await record(store);
    const [answer] = await asOwner(
      url,
      `SELECT sum(pg_total_relation_size(oid))::float8 AS size FROM pg_class
       WHERE relkind = 'r' AND relnamespace = '${schema}'::regnamespace`,
    );
    const ratio = Number(answer?.rows[0].size) / bytes;
    await store.close();
    await dispose?.();
    expect(ratio).toBeGreaterThan(1.25);
    expect(ratio).toBeLessThan(1.45);
  },
);
