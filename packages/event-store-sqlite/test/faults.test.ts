// Faults of files and disks: each is named, says what to do, and loses nothing.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isFault, LOG_START, verifyStore, type EventStore } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { afterEach, describe, expect, test } from 'vitest';
import { sqliteDriver } from '../src/driver.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../src/index.ts';
import { startChild } from './processes.ts';
import { temporaryFolder } from './subject.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function newPath(): string {
  const folder = temporaryFolder();
  cleanups.push(folder.dispose);
  return join(folder.path, 'store.db');
}

/** A closed store with some entries, and the maker that made them. */
async function filledFile(entries = 3): Promise<{ path: string; make: EntryMaker }> {
  const path = newPath();
  const make = new EntryMaker(1);
  const store = openSqliteStore({ path });
  for (let made = 0; made < entries; made += 1) {
    await store.append(make.append(make.stream(), 'none'));
  }
  await store.close();
  return { path, make };
}

function openingFails(options: SqliteStoreOptions, code: string): void {
  let found: unknown = 'opened';
  try {
    void openSqliteStore(options).close();
  } catch (error) {
    found = error;
  }
  if (!isFault(found, code)) throw new Error(`expected ${code}, found ${String(found)}`);
  expect(String(found)).toContain(options.path);
}

async function faultOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    (found) => `no fault but ${JSON.stringify(found)}`,
    (error: unknown) => (isFault(error) ? error.code : String(error)),
  );
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Every file beside the store, and what is in it. */
function folderOf(path: string): unknown {
  const folder = join(path, '..');
  return readdirSync(folder).map((name) => [name, digestOf(join(folder, name))]);
}

async function count(store: EventStore): Promise<number> {
  return (await store.readAll(LOG_START, 4096)).entries.length;
}

describe('opening', () => {
  test('a file that is not SQLite › is store-foreign and stays as it is', () => {
    for (const content of ['x', 'not a database '.repeat(500)]) {
      const path = newPath();
      writeFileSync(path, content);
      for (const readOnly of [false, true]) openingFails({ path, readOnly }, 'store-foreign');
      expect(readFileSync(path, 'utf8')).toBe(content);
    }
  });

  test('a database of another application › is store-foreign and stays as it is', () => {
    for (const sql of ['CREATE TABLE theirs (a)', 'PRAGMA application_id = 7',
      'PRAGMA user_version = 3']) {
      const path = newPath();
      const db = sqliteDriver().open(path, false);
      db.exec(sql);
      db.close();
      const before = digestOf(path);
      for (const readOnly of [false, true]) openingFails({ path, readOnly }, 'store-foreign');
      expect(digestOf(path)).toBe(before);
    }
  });

  test('a folder in place of the file › is store-foreign', () => {
    const path = newPath();
    mkdirSync(path);
    openingFails({ path }, 'store-foreign');
  });

  test('a schema of another version › is store-schema-unknown and stays as it is', async () => {
    const { path } = await filledFile();
    const db = sqliteDriver().open(path, false);
    db.exec('PRAGMA user_version = 2');
    db.close();
    const before = digestOf(path);
    for (const readOnly of [false, true]) openingFails({ path, readOnly }, 'store-schema-unknown');
    expect(digestOf(path)).toBe(before);
  });

  test('a missing file or folder › is store-missing and nothing is created', () => {
    const path = newPath();
    openingFails({ path, mustExist: true }, 'store-missing');
    openingFails({ path, readOnly: true }, 'store-missing');
    expect(existsSync(path)).toBe(false);
    openingFails({ path: join(path, 'deeper', 'store.db') }, 'store-missing');
  });

  test('an empty file › becomes a store, unless it must be one already', async () => {
    const path = newPath();
    writeFileSync(path, '');
    openingFails({ path, mustExist: true }, 'store-foreign');
    openingFails({ path, readOnly: true }, 'store-foreign');
    const store = openSqliteStore({ path });
    expect(await count(store)).toBe(0);
    await store.close();
  });

  test('a file that this user may not write › is store-read-only', async () => {
    const { path } = await filledFile();
    chmodSync(join(path, '..'), 0o755);
    chmodSync(path, 0o444);
    expect(await (await startChild('open', path)).line()).toBe('store-read-only');
  });
});

describe('damage', () => {
  test('pages overwritten › store-corrupt names the file, when opened or when read', async () => {
    const { path } = await filledFile(200);
    const file = openSync(path, 'r+');
    for (let at = 4096; at < statSync(path).size; at += 4096) {
      writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, at);
    }
    closeSync(file);
    const opened = (async () => {
      const store = openSqliteStore({ path });
      return verifyStore(store).finally(() => store.close());
    })();
    expect(await faultOf(opened)).toBe('store-corrupt');
  });

  test('an index that says the place is taken › the append is store-corrupt, and fails alone',
    async () => {
      const { path, make } = await filledFile();
      const db = sqliteDriver().open(path, false);
      const stream = make.stream();
      // An entry of a stream that does not exist yet, where the next new stream will be.
      db.exec("INSERT INTO entries VALUES (99, 3, 0, 'Forged', x'00', x'7b7d')");
      db.close();
      const store = openSqliteStore({ path });
      const known = (await store.readAll(LOG_START, 1)).entries[0]?.stream ?? '';
      const { head } = await store.readStream(known, 0, 1);
      const [taken, other] = await Promise.allSettled([
        store.append(make.append(stream, 'none')), store.append(make.append(known, head)),
      ]);
      expect(taken).toMatchObject({ status: 'rejected', reason: { code: 'store-corrupt' } });
      expect(other).toMatchObject({ status: 'fulfilled', value: { kind: 'appended' } });
      expect((await verifyStore(store)).firstBad?.reason.code).toBe('bytes-changed');
      await store.close();
    });
});

describe('a full disk', () => {
  test('fileBytesMax reached › store-full, nothing recorded, and small appends go on', async () => {
    const path = newPath();
    const make = new EntryMaker(1);
    const store = openSqliteStore({ path, fileBytesMax: 256 * 1024 });
    const data = { text: 'x'.repeat(200_000) };
    const large = () => {
      const stream = make.stream();
      const entry = make.entry(stream, 'none', { data });
      return store.append({ writes: [{ stream, expected: 'none', entries: [entry] }] });
    };
    expect((await large()).kind).toBe('appended');
    expect(await faultOf(large())).toBe('store-full');
    expect(await count(store)).toBe(1);
    expect((await store.append(make.append(make.stream(), 'none'))).kind).toBe('appended');
    expect((await verifyStore(store)).firstBad).toBeUndefined();
    await store.close();
  });

  test('a disk that is really full › store-full until there is room, then all goes on',
    async (context) => {
      const folder = temporaryFolder();
      cleanups.push(folder.dispose);
      if (!mountSmallDisk(folder.path)) context.skip('this user may not mount a small disk');
      cleanups.push(() => execFileSync('umount', ['-l', folder.path]));
      const filler = join(folder.path, 'filler');
      const store = openSqliteStore({ path: join(folder.path, 'store.db') });
      const make = new EntryMaker(1);
      await store.append(make.append(make.stream(), 'none'));
      fillUp(filler);
      const requests = Array.from({ length: 40 }, () => make.append(make.stream(), 'none', 20));
      const acknowledged = new Set<string>();
      const faults = new Set<string>();
      for (const request of requests) {
        await store.append(request).then(
          () => acknowledged.add(request.writes[0].stream),
          (error: { code: string }) => faults.add(error.code),
        );
      }
      expect([...faults]).toEqual(['store-full']);
      rmSync(filler);
      for (const request of requests) {
        expect((await store.append(request)).kind).toBe('appended');
      }
      expect(await verifyStore(store)).toEqual({
        entries: 801, streams: 41, root: expect.anything(),
      });
      await store.close();
    });
});

function mountSmallDisk(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch {
    closeSync(file);
  }
}

describe('another process holds the lock', () => {
  test('for longer than the wait › store-busy in time, nothing recorded, the loop goes on, and ' +
    'the same append is recorded when the lock is gone', async () => {
    const { path, make } = await filledFile();
    const lock = await startChild('lock', path);
    expect(await lock.line()).toBe('locked');
    const store = openSqliteStore({ path, busyTimeoutMs: 400 });
    let longestMs = 0;
    let last = performance.now();
    const ticking = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 1);
    const started = performance.now();
    const request = make.append(make.stream(), 'none');
    expect(await faultOf(store.append(request))).toBe('store-busy');
    expect(performance.now() - started).toBeGreaterThan(350);
    clearInterval(ticking);
    expect(longestMs).toBeLessThan(200);
    expect(await count(store)).toBe(3);
    lock.say('go');
    await lock.ended;
    expect((await store.append(request)).kind).toBe('appended');
    await store.close();
  });

  test('for less than the wait › appends made meanwhile are recorded, in order', async () => {
    const { path, make } = await filledFile();
    const lock = await startChild('lock', path);
    await lock.line();
    const store = openSqliteStore({ path });
    const requests = Array.from({ length: 20 }, () => make.append(make.stream(), 'none'));
    const pending = requests.map((request) => store.append(request));
    setTimeout(() => lock.say('go'), 150);
    for (const outcome of await Promise.all(pending)) expect(outcome.kind).toBe('appended');
    const { entries } = await store.readAll(LOG_START, 100);
    expect(entries.slice(3).map(({ stream }) => stream)).toEqual(
      requests.map(({ writes }) => writes[0].stream),
    );
    await store.close();
  });

  test('and the caller gives up › store-busy in time, store-aborted at a signal', async () => {
    const { path, make } = await filledFile();
    const lock = await startChild('lock', path);
    await lock.line();
    const store = openSqliteStore({ path });
    const controller = new AbortController();
    const bounded = store.append(make.append(make.stream(), 'none'), { timeoutMs: 100 });
    const stopped = store.append(make.append(make.stream(), 'none'), { signal: controller.signal });
    controller.abort();
    expect(await faultOf(stopped)).toBe('store-aborted');
    expect(await faultOf(bounded)).toBe('store-busy');
    lock.say('go');
    await lock.ended;
    expect(await count(store)).toBe(3);
    await store.close();
  });
});

describe('reading only', () => {
  test('a store at rest › is read and verified, and nothing is created or changed', async () => {
    const { path, make } = await filledFile(20);
    const before = folderOf(path);
    const store = openSqliteStore({ path, readOnly: true });
    expect(await verifyStore(store)).toEqual({ entries: 20, streams: 20, root: expect.anything() });
    expect(await faultOf(store.append(make.append(make.stream(), 'none')))).toBe('store-read-only');
    await store.close();
    expect(folderOf(path)).toEqual(before);
  });

  test('a closed store › is complete in its one file', async () => {
    const { path } = await filledFile(20);
    const copy = newPath();
    copyFileSync(path, copy);
    const store = openSqliteStore({ path: copy, readOnly: true });
    expect(await verifyStore(store)).toEqual({ entries: 20, streams: 20, root: expect.anything() });
    await store.close();
    expect(readdirSync(join(copy, '..'))).toEqual(['store.db']);
  });

  test('a store that is written meanwhile › shows what is committed', async () => {
    const { path, make } = await filledFile(2);
    const reader = openSqliteStore({ path, readOnly: true });
    expect(await count(reader)).toBe(2);
    const writer = openSqliteStore({ path });
    await writer.append(make.append(make.stream(), 'none'));
    expect(await count(reader)).toBe(3);
    await writer.append(make.append(make.stream(), 'none'));
    expect(await count(reader)).toBe(4);
    await writer.close();
    expect(await verifyStore(reader)).toEqual({ entries: 4, streams: 4, root: expect.anything() });
    await reader.close();
  });
});
