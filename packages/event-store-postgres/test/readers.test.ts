// A reader of the whole log beside writers in four processes; and what the lock is there for.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LOG_START, type EventStore } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { afterAll, expect, test } from 'vitest';
import { startScript } from '../../../test/process/script.ts';
import { openPostgresStore } from '../src/index.ts';
import { asOwner, hasServer, testServer } from './server.ts';
import { openOnNewSchema } from './subject.ts';

const CHILD = new URL('./children/write.ts', import.meta.url);
const WRITERS = 4;
const WIDTH = 50;
const ROUNDS = process.env.HIMAYA_NIGHTLY === '1' ? 600 : 50;

const isHere = await hasServer();
const onServer = test.skipIf(!isHere);
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

/** Starts writers; resolves once all are connected. They write when `go` is called. */
async function startWriters(url: string, schema: string, rounds: number) {
  const starting = Array.from({ length: WRITERS }, async (_, index) => {
    const args = [url, schema, `${index + 1}`, `${rounds}`, `${WIDTH}`];
    const child = await startScript(CHILD, args);
    const lines = createInterface({ input: child.stdout as Readable })[Symbol.asyncIterator]();
    return { child, line: async () => String((await lines.next()).value) };
  });
  const children = await Promise.all(starting);
  for (const { line } of children) expect(await line()).toBe('ready');
  return {
    go: () => children.forEach(({ child }) => child.stdin?.write('go\n')),
    /** How many appends failed, of all writers. */
    failed: async () => {
      const said = await Promise.all(children.map(({ line }) => line()));
      return said.reduce((sum, count) => sum + Number(count), 0);
    },
  };
}

/** Reads on until `total` entries were seen, and tells each place that was passed over. */
async function readOn(store: EventStore, total: number): Promise<readonly bigint[]> {
  const missed: bigint[] = [];
  let after = LOG_START;
  for (let seen = 0; seen < total; ) {
    const { entries, next } = await store.readAll(after, 1_000);
    let due = after;
    for (const { globalPosition } of entries) {
      due += 1n;
      if (globalPosition !== due) missed.push(due);
      due = globalPosition;
    }
    seen += entries.length;
    after = next;
  }
  return missed;
}

onServer('readAll › beside writers in four processes › misses nothing', async () => {
  const { url, schema, store, dispose } = await openOnNewSchema();
  const writers = await startWriters(url, schema, ROUNDS);
  const total = WRITERS * ROUNDS * WIDTH;
  writers.go();
  const missed = await readOn(store, total);
  expect(await writers.failed()).toBe(0);
  expect(missed).toEqual([]);
  console.log(`readers: ${total} entries of ${WRITERS} processes, ${missed.length} missed`);
  await store.close();
  await dispose?.();
}, 300_000);

onServer('append › without the lock › the same writers come in each other’s way', async () => {
  const { url, schema, store, dispose } = await openOnNewSchema();
  const body = await asOwner(url,
    `SELECT pg_get_functiondef(to_regproc('${schema}.append')) AS definition`);
  const definition = String(body[0]?.rows[0]?.definition);
  const unlocked = definition.replace(/PERFORM pg_advisory_xact_lock\([^)]*\);/, '');
  expect(unlocked).not.toBe(definition);
  await asOwner(url, unlocked);
  const writers = await startWriters(url, schema, 20);
  writers.go();
  expect(await writers.failed()).toBeGreaterThan(0);
  await store.close();
  await dispose?.();
}, 300_000);

onServer('statements › on a new table that nobody has analysed › go by an index', async () => {
  const { url, schema, store, dispose } = await openOnNewSchema();
  const make = new EntryMaker(9);
  for (let round = 0; round < 20; round += 1) {
    const appends = Array.from({ length: 100 }, () => make.append(make.stream(), 'none'));
    await Promise.all(appends.map((request) => store.append(request)));
  }
  const stream = make.stream();
  await store.append(make.append(stream, 'none'));
  await store.readStream(stream, 0, 10);
  await store.readAll(LOG_START, 10);
  await new Promise((resolve) => setTimeout(resolve, 1_200)); // statistics are told once a second
  await store.close();
  // A connection that ends has told what it did.
  const scans = await asOwner(url, `SELECT relname, seq_scan, seq_tup_read, idx_scan
    FROM pg_stat_user_tables WHERE schemaname = '${schema}' AND relname IN ('entries', 'streams')`);
  for (const { relname, seq_tup_read: read, idx_scan: scanned } of scans[0]?.rows ?? []) {
    expect([relname, Number(read), Number(scanned) > 0]).toEqual([relname, 0, true]);
  }
  const again = await openPostgresStore({ connection: url, schema });
  expect((await again.readStream(stream, 0, 10)).entries).toHaveLength(1);
  await again.close();
  await dispose?.();
});

onServer('watch › after its connection was cut › wakes for what comes next', async () => {
  const { url, schema, store, second, dispose } = await openOnNewSchema({ watchPollMs: 60_000 });
  const other = await second?.();
  const controller = new AbortController();
  const watch = store.watch(controller.signal)[Symbol.asyncIterator]();
  await watch.next(); // it listens
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query = 'LISTEN himaya_${schema}'`;
  expect((await asOwner(url, cut))[0]?.rowCount).toBe(1);
  await watch.next(); // it listens again
  const make = new EntryMaker(11);
  const woken = watch.next();
  await other?.append(make.append(make.stream(), 'none'));
  expect(await woken).toEqual({ done: false, value: undefined });
  controller.abort();
  await Promise.all([store.close(), other?.close()]);
  await dispose?.();
});
