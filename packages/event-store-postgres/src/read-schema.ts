// The schema of a read store: what is created for it, and how it is told from everything else.
import type pg from 'pg';
import {
  storeForeign, storeNotCreated, storeSchemaUnknown, type Place,
} from './postgres-faults.ts';
import { lockKeys, requirePlainName } from './schema.ts';

/** The schema that a read store lives in unless another is named. */
export const READ_SCHEMA_NAME = 'himaya_read';

/** Version of the tables below. */
export const READ_SCHEMA_VERSION = 1;

/**
 * The SQL that makes a schema a read store; running it twice changes nothing. Whoever runs it owns
 * the schema, and workers make the tables of their projections in it: they run as that role.
 *
 * @throws Fault `option-invalid` where the name is none that can stand in SQL as it is.
 */
export function readStoreSql(schema = READ_SCHEMA_NAME): string {
  requirePlainName('schema', schema);
  const [first, second] = lockKeys(schema);
  return `BEGIN;
SELECT pg_advisory_xact_lock(${first}, ${second});
CREATE SCHEMA IF NOT EXISTS ${schema};
CREATE TABLE IF NOT EXISTS ${schema}.read_store_version (version integer PRIMARY KEY);
CREATE TABLE IF NOT EXISTS ${schema}.leases (
  name text COLLATE "C" PRIMARY KEY,
  holder text NOT NULL,
  token bigint NOT NULL,
  ends_at timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS ${schema}.projections (
  name text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  tables text NOT NULL,
  position text NOT NULL,
  was_live boolean NOT NULL,
  PRIMARY KEY (name, version)
);
CREATE TABLE IF NOT EXISTS ${schema}.live (
  name text COLLATE "C" PRIMARY KEY,
  version integer NOT NULL
);
CREATE TABLE IF NOT EXISTS ${schema}.parked (
  name text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  stream text COLLATE "C" NOT NULL,
  position integer NOT NULL,
  type text NOT NULL,
  reason text NOT NULL,
  retry boolean NOT NULL,
  PRIMARY KEY (name, version, stream)
);
INSERT INTO ${schema}.read_store_version VALUES (${READ_SCHEMA_VERSION}) ON CONFLICT DO NOTHING;
COMMIT;
`;
}

/**
 * Checks that a schema is a read store of this version.
 *
 * @throws Fault `store-missing`, `store-foreign`, `store-schema-unknown`.
 */
export async function checkReadStore(
  client: pg.ClientBase,
  schema: string,
  place: Place,
  mayBeMissing: boolean,
): Promise<void> {
  const { rows } = await client.query<{ has_version: boolean; relations: string }>(
    `SELECT to_regclass($1 || '.read_store_version') IS NOT NULL AS has_version,
      (SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) AS relations`,
    [schema],
  );
  const found = rows[0];
  if (found?.has_version !== true) {
    if (Number(found?.relations) > 0) {
      throw storeForeign(place, `the schema "${schema}" holds tables and is no read store`);
    }
    if (mayBeMissing) return;
    throw storeNotCreated(place);
  }
  const text = `SELECT max(version) AS version FROM ${schema}.read_store_version`;
  const version = Number((await client.query(text)).rows[0]?.version ?? 0);
  if (version !== READ_SCHEMA_VERSION) {
    throw storeSchemaUnknown(place, version, READ_SCHEMA_VERSION);
  }
}
