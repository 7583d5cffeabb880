// What fails on the server's side: the fault says what and whether it is known, and hits one append.
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Fault } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { Connection, statementOf } from '../src/connection.ts';
import { openPostgresReadStore, openPostgresStore } from '../src/index.ts';
import { postgresFault } from '../src/postgres-faults.ts';
import { asOwner, hasServer, testServer } from './server.ts';
import { openOnNewSchema } from './subject.ts';

const isHere = await hasServer();
const onServer = test.skipIf(!isHere);
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

/** What an append came to: its outcome, or the code of its fault. */
const resultOf = (append: Promise<{ kind: string }>): Promise<string> =>
  append.then(({ kind }) => kind, (fault: { code?: string }) => fault.code ?? String(fault));

onServer('an entry › made to be no UTF-8 there › is found, though it reads as it was', async () => {
  const { store, schema, url, dispose } = await openOnNewSchema();
  const make = new EntryMaker(6);
  const stream = make.stream();
  const entry = make.entry(stream, 'none', { data: { said: 'half a word \ufffd' } });
  await store.append({ writes: [{ stream, expected: 'none', entries: [entry] }] });
  expect(await store.findMisplaced?.()).toBeUndefined();
  await asOwner(url, `SET session_replication_role = replica; UPDATE ${schema}.entries SET
    entry = overlay(entry PLACING '\\xff' FROM position('\\xefbfbd' IN entry) FOR 3)`);
  const [read] = (await store.readStream(stream, 0, 9)).entries;
  expect(read?.bytes).toEqual(entry.bytes);
  expect(await store.findMisplaced?.()).toMatchObject({
    stream, position: 0, sentence: expect.stringContaining('do not have its hash'),
  });
  await store.close();
  await dispose?.();
});

/** The code of the fault that an error of the driver is told as. */
const codeOf = (error: unknown): string =>
  (postgresFault(error, 'Cannot append to', { name: 'here' }) as Fault).code;

onServer('append › that the server refuses › fails alone', async () => {
  const { store, schema, url, dispose } = await openOnNewSchema();
  const check = `ADD CONSTRAINT no_curse CHECK (type <> 'Cursed')`;
  await asOwner(url, `ALTER TABLE ${schema}.entries ${check}`);
  const make = new EntryMaker(1);
  const requests = ['Good', 'Cursed', 'Good', 'Good'].map((type) => {
    const stream = make.stream();
    const entry = make.entry(stream, 'none', { type });
    return { writes: [{ stream, expected: 'none', entries: [entry] }] } as const;
  });
  // Those that follow this one share the next statement.
  const first = store.append(make.append(make.stream(), 'none'));
  const results = await Promise.all(requests.map((request) => resultOf(store.append(request))));
  expect((await first).kind).toBe('appended');
  expect(results).toEqual(['appended', 'store-corrupt', 'appended', 'appended']);
  await store.close();
  await dispose?.();
});

onServer('append › while another session holds the lock › is busy, then goes on', async () => {
  const { store, schema, url, dispose } = await openOnNewSchema({ busyTimeoutMs: 300 });
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query(`BEGIN; LOCK TABLE ${schema}.entries IN ACCESS EXCLUSIVE MODE`);
  const make = new EntryMaker(2);
  const request = make.append(make.stream(), 'none');
  expect(await resultOf(store.append(request))).toBe('store-busy');
  await other.query('ROLLBACK');
  expect(await resultOf(store.append(request))).toBe('appended');
  await other.end();
  await store.close();
  await dispose?.();
});

onServer('append › that is given up or taken back › is answered in time', async () => {
  const { store, schema, url, dispose } = await openOnNewSchema({ busyTimeoutMs: 5_000 });
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query(`BEGIN; LOCK TABLE ${schema}.entries IN ACCESS EXCLUSIVE MODE`);
  const make = new EntryMaker(3);
  const one = () => make.append(make.stream(), 'none');
  const [short, queued, taken] = [one(), one(), one()];
  const controller = new AbortController();
  const results = [
    resultOf(store.append(short, { timeoutMs: 200 })),
    setTimeout(20).then(() => resultOf(store.append(queued, { timeoutMs: 100 }))),
    setTimeout(20).then(() => resultOf(store.append(taken, { signal: controller.signal }))),
  ];
  await setTimeout(100);
  controller.abort();
  expect(await Promise.all(results)).toEqual(['store-busy', 'store-busy', 'store-aborted']);
  await other.query('ROLLBACK');
  // The first was under way: it may be recorded, and a repeat records nothing twice.
  expect(await resultOf(store.append(short))).toBe('appended');
  expect((await store.readStream(short.writes[0].stream, 0, 9)).entries).toHaveLength(1);
  expect((await store.readStream(taken.writes[0].stream, 0, 9)).head).toBe('none');
  await other.end();
  await store.close();
  await dispose?.();
});

onServer('append › on a session that only reads › writes nothing, and says so', async () => {
  const { url, schema, store, dispose } = await openOnNewSchema();
  await store.close();
  const connection = { connectionString: url, options: '-c default_transaction_read_only=on' };
  const reading = await openPostgresStore({ connection, schema });
  const make = new EntryMaker(4);
  const request = make.append(make.stream(), 'none');
  expect(await resultOf(reading.append(request))).toBe('store-read-only');
  expect((await reading.readAll(-1n as never, 9)).entries).toEqual([]);
  await reading.close();
  await dispose?.();
});

onServer('read › of a stream that does not agree with its head › is a fault', async () => {
  const { store, schema, url, dispose } = await openOnNewSchema();
  const make = new EntryMaker(5);
  const stream = make.stream();
  let head: Parameters<EntryMaker['append']>[1] = 'none';
  for (let made = 0; made < 3; made += 1) {
    const outcome = await store.append(make.append(stream, head));
    if (outcome.kind === 'appended') head = outcome.heads[0].head;
  }
  const off = `SET session_replication_role = replica`;
  const code = async (): Promise<string> =>
    store.readStream(stream, 0, 9).then(() => 'read', (fault: { code: string }) => fault.code);
  await asOwner(url, `${off}; UPDATE ${schema}.streams SET position = 1`);
  expect(await code()).toBe('store-corrupt');
  await asOwner(url, `${off}; UPDATE ${schema}.streams SET position = 2, hash = '\\x00'`);
  expect(await code()).toBe('store-corrupt');
  expect(await store.findMisplaced?.()).toMatchObject({ stream, position: 2 });
  await asOwner(url, `${off}; DELETE FROM ${schema}.entries WHERE position = 1`);
  expect(await code()).toBe('store-corrupt');
  expect(await store.findMisplaced?.()).toMatchObject({ stream, position: 2 });
  await store.close();
  await dispose?.();
});

onServer('a pooler › that refuses a session, or gives it away › is named', async () => {
  // As PgBouncer refuses what it does not know: a message of the protocol, then the end.
  const fields = ['SFATAL', 'C08P01', 'Munsupported startup parameter: statement_timeout'];
  const body = Buffer.from(`${fields.join('\0')}\0\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  const pooler = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([Buffer.from('E'), length, body])));
  });
  await new Promise<void>((resolve) => pooler.listen(0, '127.0.0.1', resolve));
  const { port } = pooler.address() as AddressInfo;
  const connection = `postgres://owner:owner@127.0.0.1:${port}/postgres`;
  await expect(openPostgresStore({ connection })).rejects.toMatchObject({ code: 'store-pooled' });
  await expect(openPostgresReadStore({ connection })).rejects.toMatchObject({
    code: 'store-pooled',
  });
  pooler.close();
  // Another session than the one that the statement was prepared in.
  const { url } = await testServer();
  const own = new Connection({ connectionString: url });
  const statement = statementOf('SELECT 1 AS one');
  expect(await own.query(statement, [])).toEqual([{ one: 1 }]);
  await (await own.client()).query('DEALLOCATE ALL');
  const lost: unknown = await own.query(statement, []).catch((error: unknown) => error);
  expect(codeOf(lost)).toBe('store-pooled');
  await own.close();
  // Another session, in which somebody has prepared the same.
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query(`PREPARE ${statement.name} AS ${statement.text}`);
  const taken: unknown = await other.query(statement).catch((error: unknown) => error);
  expect(codeOf(taken)).toBe('store-pooled');
  await other.end();
});

test('a statement › of another store › has another name, which no session can mistake', () => {
  const append = (schema: string) => statementOf(`SELECT ${schema}.append($1)`);
  expect(append('one').name).not.toBe(append('other').name);
  expect(append('one')).toEqual(append('one'));
});
