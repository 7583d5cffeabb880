// Opening and creating a store: who may, what is found, and one clear sentence when it is not that.
import { createServer } from 'node:net';
import { EntryMaker } from '@himaya/event-store/contract';
import { isFault, type Fault } from '@himaya/event-store';
import type pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import type { Connection } from '../src/connection.ts';
import {
  migratePostgresStore,
  migrationSql,
  openPostgresReadStore,
  openPostgresStore,
  type PostgresConnection,
} from '../src/index.ts';
import { checkStore } from '../src/migrate.ts';
import { asOwner, hasServer, testServer } from './server.ts';
import { newSchema, openOnNewSchema } from './subject.ts';

const isHere = await hasServer();
const onServer = test.skipIf(!isHere);
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

async function faultOf(made: Promise<unknown>): Promise<Fault> {
  const error = await made.then(() => undefined, (thrown: unknown) => thrown);
  if (!isFault(error)) throw new Error(`no fault: ${String(error)}`, { cause: error });
  return error;
}

/** The names of all schemas but the server's own. */
async function schemas(url: string): Promise<readonly string[]> {
  const sql = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1";
  return ((await asOwner(url, sql))[0]?.rows ?? []).map(({ nspname }) => String(nspname));
}

/** A URL of the server with something else in it. */
function changed(url: string, change: (parts: URL) => void): string {
  const parts = new URL(url);
  change(parts);
  return parts.href;
}

onServer.each([
  ['no URL', () => 'localhost', 'option-invalid'],
  ['a URL of something else', () => 'https://localhost/cases', 'option-invalid'],
  ['a file of authorities that is not there', (url: string) =>
    changed(url, (to) => (to.search = '?sslmode=verify-full&sslrootcert=/none')), 'option-invalid'],
  ['a URL that asks for what is not', (url: string) =>
    changed(url, (to) => (to.search = '?sslnegotiation=none')), 'option-invalid'],
  ['a host that is not there', (url: string) =>
    changed(url, (to) => (to.hostname = 'no-such-host.invalid')), 'store-unreachable'],
  ['a wrong password', (url: string) =>
    changed(url, (to) => (to.password = 'canary-password')), 'store-denied'],
  ['an unknown user', (url: string) =>
    changed(url, (to) => (to.username = 'nobody')), 'store-denied'],
  ['an unknown database', (url: string) =>
    changed(url, (to) => (to.pathname = '/none')), 'store-missing'],
  ['a schema without a store', (url: string) => url, 'store-missing'],
] as const)('open › with %s › says so, and writes nothing', async (_, urlOf, code) => {
  const { url } = await testServer();
  const schema = newSchema();
  const fault = await faultOf(openPostgresStore({ connection: urlOf(url), schema }));
  expect(fault.code).toBe(code);
  expect(fault.message).toMatch(/^\[[a-z-]+\] Cannot open [^\n]+\.$/);
  expect(fault.message).not.toContain('canary-password');
  // Of a server that is given, other tests make others meanwhile.
  expect(await schemas(url)).not.toContain(schema);
});

onServer('open › of what is not there › names server, database and schema', async () => {
  const { url } = await testServer();
  const schema = newSchema();
  const { host } = new URL(url);
  const denied = changed(url, (to) => (to.password = 'canary-password'));
  const fault = await faultOf(openPostgresStore({ connection: denied, schema }));
  const place = `${schema} in postgres://${host}/postgres`;
  expect(fault.message).toContain(`Cannot open the store ${place}:`);
  const reading = await faultOf(openPostgresReadStore({ connection: denied, schema }));
  expect(reading.data).toMatchObject({ store: place });
});

onServer('open › with a URL and more beside it › goes by what is beside it', async () => {
  const { url } = await testServer();
  const schema = newSchema();
  const { password } = new URL(url);
  const make = new EntryMaker(8);
  await migratePostgresStore({ connection: url, schema });
  const opened = (connection: PostgresConnection) =>
    openPostgresStore({ connection, schema }).then(
      async (store) => {
        const outcome = store.append(make.append(make.stream(), 'none'));
        return outcome.then(({ kind }) => kind, ({ code }: Fault) => code)
          .finally(() => store.close());
      },
      ({ code }: Fault) => code,
    );
  for (const given of ['', 'wrong']) {
    const connectionString = changed(url, (to) => (to.password = given));
    expect(await opened({ connectionString, password })).toBe('appended');
    expect(await opened({ connectionString, password: async () => password })).toBe('appended');
  }
  const clear = changed(url, (to) => (to.search = '?sslmode=disable'));
  expect(await opened({ connectionString: clear, ssl: true })).toBe('store-untrusted');
  const writing = changed(url, (to) => (to.search = '?options=-c%20search_path%3Dpublic'));
  const options = '-c default_transaction_read_only=on';
  expect(await opened({ connectionString: writing, options })).toBe('store-read-only');
});

onServer('open › with any TLS that a URL can ask for › checks it, and prints nothing', async () => {
  const { url } = await testServer();
  const warnings: string[] = [];
  const note = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', note);
  for (const mode of ['prefer', 'require', 'verify-ca', 'verify-full']) {
    const connection = changed(url, (to) => (to.search = `?x=1&sslmode=${mode}`));
    expect([mode, (await faultOf(openPostgresStore({ connection }))).code])
      .toEqual([mode, 'store-untrusted']);
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  expect(warnings).toEqual([]);
});

test('open › of a server that is too old › says so before anything else is asked', async () => {
  // A double of the connection: no such server can be started here.
  const asked: string[] = [];
  const connection = {
    query: async ({ text }: { text: string }) => {
      asked.push(text);
      return [{ has_version: false, relations: '0', server_version_num: '140011' }];
    },
  } as unknown as Connection;
  const fault = await faultOf(checkStore(connection, 'himaya', { name: 'here' }, true));
  expect([fault.code, asked.length]).toEqual(['store-server-too-old', 1]);
  expect(fault.message).toContain('the server is PostgreSQL 14.');
});

onServer('open › where nobody listens › says so', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  await new Promise((resolve) => server.close(resolve));
  const connection = `postgres://owner@127.0.0.1:${port}/cases`;
  expect((await faultOf(openPostgresStore({ connection }))).code).toBe('store-unreachable');
  expect((await faultOf(migratePostgresStore({ connection }))).code).toBe('store-unreachable');
});

onServer.each(['Cases', 'pg_cases', 'a b', 'x; DROP TABLE y', ''])(
  'open › with the schema %j › is refused before any I/O',
  async (schema) => {
    const connection = 'postgres://127.0.0.1:1/none';
    expect((await faultOf(openPostgresStore({ connection, schema }))).code).toBe('option-invalid');
    const role = migratePostgresStore({ connection, applicationRole: schema });
    expect((await faultOf(role)).code).toBe('option-invalid');
  },
);

onServer.each([
  ['a table of another application', 'CREATE TABLE @.cases (id integer)', 'store-foreign'],
  ['a later version', `@@ INSERT INTO @.schema_version VALUES (2)`,
    'store-schema-unknown'],
  ['half of a migration', `@@ DROP FUNCTION @.append`, 'store-schema-changed'],
  ['a trigger taken out', `@@ DROP TRIGGER streams_only_grow ON @.streams`,
    'store-schema-changed'],
  ['a trigger switched off',
    `@@ ALTER TABLE @.entries DISABLE TRIGGER entries_are_never_changed`,
    'store-schema-changed'],
  ['a trigger that looks away', `@@ CREATE OR REPLACE TRIGGER entries_are_never_changed
    BEFORE DELETE OR UPDATE ON @.entries FOR EACH ROW WHEN (false)
    EXECUTE FUNCTION @.entries_are_never_changed()`, 'store-schema-changed'],
  ['a function altered', `@@ CREATE OR REPLACE FUNCTION
    @.entries_are_never_truncated() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
    'store-schema-changed'],
  ['a rule added',
    `@@ CREATE RULE lose AS ON INSERT TO @.entries DO INSTEAD NOTHING`,
    'store-schema-changed'],
  ['an index dropped', `@@ ALTER TABLE @.entries DROP CONSTRAINT entries_place`,
    'store-schema-changed'],
] as const)('open › of a schema with %s › is refused', async (_, sql, code) => {
  const { url } = await testServer();
  const schema = newSchema();
  // `@@` stands for the migration, and `@` for the name of the schema.
  const made = sql.replace('@@', migrationSql(schema)).replaceAll('@', schema);
  await asOwner(url, `CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await asOwner(url, made);
  expect((await faultOf(openPostgresStore({ connection: url, schema }))).code).toBe(code);
  if (code !== 'store-schema-changed') {
    const again = migratePostgresStore({ connection: url, schema });
    expect((await faultOf(again)).code).toBe(code);
  }
  await asOwner(url, `DROP SCHEMA ${schema} CASCADE`);
});

onServer('open › on a server that would lose what it acknowledged › is refused', async () => {
  const { url } = await testServer();
  const schema = newSchema();
  await migratePostgresStore({ connection: url, schema });
  const connection = { connectionString: url, options: '-c synchronous_commit=off' };
  const fault = await faultOf(openPostgresStore({ connection, schema }));
  expect(fault.message).toMatch(/store-not-durable.*synchronous_commit is off/);
  const store = await openPostgresStore({ connection, schema, durability: 'normal' });
  expect(store.capabilities.durability).toBe('volatile');
  await store.close();
});

onServer('migrate › by eight processes at once, and again › creates one store', async () => {
  const { url } = await testServer();
  const schema = newSchema();
  const options = { connection: url, schema };
  await Promise.all(Array.from({ length: 8 }, () => migratePostgresStore(options)));
  const store = await openPostgresStore(options);
  const make = new EntryMaker(3);
  const stream = make.stream();
  await store.append(make.append(stream, 'none'));
  await migratePostgresStore(options);
  expect((await store.readStream(stream, 0, 9)).entries).toHaveLength(1);
  const versions = await asOwner(url, `SELECT version FROM ${schema}.schema_version`);
  expect(versions[0]?.rows).toEqual([{ version: 1 }]);
  await store.close();
});

onServer('open › as a role that is named like the schema › finds it as it was made', async () => {
  const { url } = await testServer();
  const schema = newSchema();
  await asOwner(url, `CREATE ROLE ${schema} LOGIN PASSWORD 'app';
    GRANT CREATE ON DATABASE postgres TO ${schema}`);
  const connection = changed(url, (to) => ((to.username = schema), (to.password = 'app')));
  const store = await openPostgresStore({ connection, schema, migrate: true });
  const make = new EntryMaker(13);
  expect((await store.append(make.append(make.stream(), 'none'))).kind).toBe('appended');
  expect(await store.findMisplaced?.()).toBeUndefined();
  await store.close();
  // A trigger that calls a function of the same name elsewhere is another one all the same.
  await asOwner(url, `CREATE SCHEMA ${schema}_x; CREATE FUNCTION ${schema}_x.streams_only_grow()
    RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`);
  const made = await asOwner(url, `SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger
    WHERE tgrelid = '${schema}.streams'::regclass AND tgname = 'streams_only_grow'`);
  await asOwner(url, String(made[0]?.rows[0]?.definition)
    .replace('CREATE', 'CREATE OR REPLACE')
    .replace(`FUNCTION ${schema}.`, `FUNCTION ${schema}_x.`));
  const there = { connectionString: url, options: `-c search_path=${schema}_x` };
  const altered = await faultOf(openPostgresStore({ connection: there, schema }));
  expect(altered.data.differences).toEqual(['trigger streams_only_grow is altered']);
  await asOwner(url, `DROP SCHEMA ${schema}, ${schema}_x CASCADE;
    REVOKE CREATE ON DATABASE postgres FROM ${schema}; DROP ROLE ${schema}`);
});

onServer('migrate › by hand, for a role that appends and reads › lets it do no more', async () => {
  const { url } = await testServer();
  const schema = newSchema();
  const role = `app_${schema}`;
  await asOwner(url, `CREATE ROLE ${role} LOGIN PASSWORD 'app'`);
  await asOwner(url, migrationSql(schema, role));
  const asRole = changed(url, (to) => ((to.username = role), (to.password = 'app')));
  const store = await openPostgresStore({ connection: asRole, schema });
  const make = new EntryMaker(5);
  const stream = make.stream();
  expect((await store.append(make.append(stream, 'none'))).kind).toBe('appended');
  expect((await store.readStream(stream, 0, 9)).entries).toHaveLength(1);
  expect(await store.findMisplaced?.()).toBeUndefined();
  for (const statement of [
    `UPDATE ${schema}.entries SET entry = ''`,
    `DELETE FROM ${schema}.entries`,
    `TRUNCATE ${schema}.entries`,
    `INSERT INTO ${schema}.entries SELECT * FROM ${schema}.entries`,
    `UPDATE ${schema}.streams SET position = 9`,
    `DELETE FROM ${schema}.streams`,
    `ALTER TABLE ${schema}.entries DISABLE TRIGGER ALL`,
    `DROP FUNCTION ${schema}.append`,
    `DROP SCHEMA ${schema} CASCADE`,
    `CREATE TABLE ${schema}.mine (id integer)`,
    `INSERT INTO ${schema}.schema_version VALUES (2)`,
  ]) {
    const error = await asOwner(asRole, statement).then(() => undefined, (thrown) => thrown);
    const { code } = (error ?? {}) as Partial<pg.DatabaseError>;
    expect([statement, code]).toEqual([statement, '42501']);
  }
  await store.close();
  // Another role may do nothing at all; one that is let in to read does not append.
  await asOwner(url, `CREATE ROLE other_${schema} LOGIN PASSWORD 'app'`);
  const asOther = changed(url, (to) => ((to.username = `other_${schema}`), (to.password = 'app')));
  const other = await faultOf(openPostgresStore({ connection: asOther, schema }));
  expect(other.code).toBe('store-denied');
  await asOwner(url, `GRANT USAGE ON SCHEMA ${schema} TO other_${schema};
    GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO other_${schema}`);
  const reading = await openPostgresStore({ connection: asOther, schema });
  expect((await reading.readStream(stream, 0, 9)).entries).toHaveLength(1);
  const appending = reading.append(make.append(make.stream(), 'none'));
  expect((await faultOf(appending)).code).toBe('store-denied');
  await reading.close();
  await asOwner(url, `DROP SCHEMA ${schema} CASCADE; DROP ROLE ${role}, other_${schema}`);
});

onServer('findMisplaced › when the schema was changed meanwhile › notices it', async () => {
  const { store, schema, url, dispose } = await openOnNewSchema();
  expect(await store.findMisplaced?.()).toBeUndefined();
  await asOwner(url, `ALTER TABLE ${schema}.entries DISABLE TRIGGER entries_are_never_changed`);
  const found = store.findMisplaced?.() ?? Promise.resolve();
  expect((await faultOf(found)).code).toBe('store-schema-changed');
  await store.close();
  await dispose?.();
});
