// PostgreSQL stores for tests: each in a schema of its own, and ways around the port.
import type { OpenedStore, Tampering } from '@himaya/event-store/contract';
import { openPostgresStore, type PostgresStoreOptions } from '../src/index.ts';
import { asOwner, testServer } from './server.ts';

let made = 0;

/** The name of a schema that nothing else uses. */
export function newSchema(): string {
  made += 1;
  return `test_${process.pid}_${Date.now().toString(36)}_${made}`;
}

/** A store in a new schema. */
export async function openOnNewSchema(
  options: Partial<PostgresStoreOptions> = {},
): Promise<OpenedStore & { readonly schema: string; readonly url: string }> {
  const { url } = await testServer();
  const schema = newSchema();
  const open = () =>
    openPostgresStore({ connection: url, schema, migrate: true, watchPollMs: 20, ...options });
  return {
    schema,
    url,
    store: await open(),
    reopen: open,
    second: open,
    tamper: () => STATEMENTS.map((sql) => tampering(url, sql.replaceAll('@', schema))),
    dispose: async () => void (await asOwner(url, `DROP SCHEMA ${schema} CASCADE`)),
  };
}

const STATEMENTS = [
  "UPDATE @.entries SET entry = '{}'",
  'UPDATE @.entries SET position = position + 1 WHERE position = 1',
  'DELETE FROM @.entries',
  'DELETE FROM @.entries WHERE global_position = (SELECT max(global_position) FROM @.entries)',
  'TRUNCATE @.entries',
  'INSERT INTO @.entries SELECT * FROM @.entries',
  "INSERT INTO @.entries SELECT * FROM @.entries ON CONFLICT (global_position) DO UPDATE SET entry = ''",
  'DELETE FROM @.streams',
  'TRUNCATE @.streams',
  'UPDATE @.streams SET position = 0',
  "UPDATE @.streams SET name = 'case-other'",
];

function tampering(url: string, sql: string): Tampering {
  return { name: sql, attempt: () => asOwner(url, sql) };
}
