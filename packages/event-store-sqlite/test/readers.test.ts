// A reader of the whole log beside writers in four processes, which take the file's lock in turn.
import { LOG_START } from '@himaya/event-store';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../src/index.ts';
import { startChild } from './processes.ts';
import { openOnNewFile } from './subject.ts';

const WRITERS = 4;
const WIDTH = 50;
const ROUNDS = process.env.HIMAYA_NIGHTLY === '1' ? 600 : 20;
const PAGE_ENTRIES = 1_000;

test('readAll › beside writers in four processes › misses nothing', async () => {
  const { path, store, dispose } = await openOnNewFile();
  const starting = Array.from({ length: WRITERS }, (_, index) =>
    startChild('write-many', path, `${index + 1}`, `${ROUNDS}`, `${WIDTH}`));
  const writers = await Promise.all(starting);
  for (const writer of writers) expect(await writer.line()).toBe('ready');
  const reader = openSqliteStore({ path, readOnly: true });
  for (const writer of writers) writer.say('go');
  const said = Promise.all(writers.map((writer) => writer.line()));
  let isOver = false;
  const failed = said.then((counts) => {
    isOver = true;
    return counts;
  });
  const missed: bigint[] = [];
  let after = LOG_START;
  let pages = 0;
  for (;;) {
    const wasOver = isOver;
    const { entries, next } = await reader.readAll(after, PAGE_ENTRIES);
    let due = after;
    for (const { globalPosition } of entries) {
      due += 1n;
      if (globalPosition !== due) missed.push(due);
      due = globalPosition;
    }
    if (entries.length > 0) pages += 1;
    else if (wasOver) break;
    after = next;
    // Readers of a file do not wait by themselves: writers of this process have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await failed).toEqual(['0', '0', '0', '0']);
  expect(missed).toEqual([]);
  expect(after).toBe(BigInt(WRITERS * ROUNDS * WIDTH) - 1n);
  console.log(`readers: ${WRITERS * ROUNDS * WIDTH} entries in ${pages} pages, none missed`);
  await Promise.all([reader.close(), store.close()]);
  await dispose?.();
}, 300_000);
