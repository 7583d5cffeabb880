// Several processes on one file.
import { LOG_START, verifyStore } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../src/index.ts';
import { startChild } from './processes.ts';
import { openOnNewFile } from './subject.ts';

test('sqlite › when three processes write one file › nothing is lost', async () => {
  const TURNS = 40;
  const { path, store, dispose } = await openOnNewFile();
  const starting = [2, 3].map((seed) => startChild('write', path, String(seed), String(TURNS)));
  const children = await Promise.all(starting);
  // All of them write at once: none begins before the others are there.
  for (const child of children) expect(await child.line()).toBe('ready');
  const make = new EntryMaker(1);
  const own = make.stream();
  for (let turn = 0; turn < TURNS; turn += 1) {
    const { head } = await store.readStream(own, 0, 1);
    expect((await store.append(make.append(own, head))).kind).toBe('appended');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const streams = [own, ...(await Promise.all(children.map((child) => child.line())))];
  expect(await Promise.all(children.map((child) => child.ended))).toEqual([0, 0]);
  for (const stream of streams) {
    expect((await store.readStream(stream, 0, 1)).head).toMatchObject({ position: TURNS - 1 });
  }
  const shared = await store.readStream('shared-1', 0, 1);
  expect(shared.head).toMatchObject({ position: TURNS * 2 - 1 });
  // The time of each writer is its own: the log goes back and forth between them.
  const found = await verifyStore(store);
  expect([found.entries, found.streams, found.firstBad]).toEqual([TURNS * 5, 4, undefined]);
  await store.close();
  await dispose?.();
});

test('sqlite › when another process commits › a watcher wakes and a reader sees it', async () => {
  const { path, store, dispose } = await openOnNewFile();
  const controller = new AbortController();
  const watch = store.watch(controller.signal)[Symbol.asyncIterator]();
  const woken = watch.next();
  const child = await startChild('write', path, '2', '1');
  expect(await child.line()).toBe('ready');
  await woken;
  const stream = await child.line();
  expect((await store.readStream(stream, 0, 1)).entries).toHaveLength(1);
  controller.abort();
  await store.close();
  await dispose?.();
});

test('sqlite › when a process only watches › it lives on and wakes, also before its first read',
  async () => {
    const { path, store, dispose } = await openOnNewFile();
    const make = new EntryMaker(7);
    const append = () => store.append(make.append(make.stream(), 'none'));
    await append();
    const modes = ['writable', 'read-only'];
    const watchers = await Promise.all(modes.map((mode) => startChild('watch', path, mode)));
    for (const child of watchers) expect(await child.line()).toBe('watching');
    await append();
    for (const child of watchers) expect(await child.line()).toBe('woken');
    expect(await Promise.all(watchers.map((child) => child.ended))).toEqual([0, 0]);
    await store.close();
    await dispose?.();
  });

test('sqlite › when a writer came and went between two looks › the watcher wakes', async () => {
  const { path, store, reopen, dispose } = await openOnNewFile();
  await store.close();
  const reader = openSqliteStore({ path, readOnly: true, watchPollMs: 500 });
  const controller = new AbortController();
  const woken = reader.watch(controller.signal)[Symbol.asyncIterator]().next();
  const writer = await reopen?.();
  const make = new EntryMaker(7);
  await writer?.append(make.append(make.stream(), 'none'));
  await writer?.close();
  expect((await woken).done).toBe(false);
  expect((await reader.readAll(LOG_START, 9)).entries).toHaveLength(1);
  controller.abort();
  await reader.close();
  await dispose?.();
});

test('sqlite › when two stores of one process race to create the file › both open it', async () => {
  const { path, store, second, dispose } = await openOnNewFile();
  const other = openSqliteStore({ path });
  const make = new EntryMaker(5);
  await other.append(make.append(make.stream(), 'none'));
  expect(await verifyStore(store)).toEqual({ entries: 1, streams: 1, root: expect.anything() });
  await other.close();
  expect(second).toBeDefined();
  await store.close();
  await dispose?.();
});
