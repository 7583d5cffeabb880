// Creating a store, and telling whether what is found is one.
import { Connection, statementOf, type Row } from './connection.ts';
import { SERVER_VERSION_MIN } from './limits.ts';
import {
  postgresFault,
  storeForeign,
  storeNotCreated,
  storeNotDurable,
  storeSchemaChanged,
  storeSchemaUnknown,
  storeServerTooOld,
  type Place,
} from './postgres-faults.ts';
import { migrationSql, objectsOf, requirePlainName, SCHEMA_VERSION } from './schema.ts';
import { settled, type PostgresTarget } from './target.ts';

/** How a store is created. */
export interface MigrateOptions extends PostgresTarget {
  /** A role that may append and read afterwards, and nothing else. It must exist. */
  readonly applicationRole?: string;
}

/**
 * Creates the store, as a role that may create schemas; changes nothing if it is there. Several
 * processes may call it at once. What it runs is what {@link migrationSql} returns.
 *
 * @throws Fault `option-invalid`, `store-unreachable`, `store-untrusted`, `store-pooled`,
 * `store-denied`, `store-missing` (no such database), `store-foreign`, `store-schema-unknown`,
 * `store-server-too-old`, `store-failed`.
 */
export async function migratePostgresStore(options: MigrateOptions): Promise<void> {
  const { schema, config, place } = settled(options);
  const { applicationRole } = options;
  if (applicationRole !== undefined) requirePlainName('role', applicationRole);
  const connection = new Connection(config);
  try {
    const client = await connection.client();
    const found = await look(connection, schema);
    refuseOthers(found, place);
    if (found.kind === 'foreign') throw storeForeign(place, foreignText(schema));
    await client.query(migrationSql(schema, applicationRole));
  } catch (error) {
    throw postgresFault(error, 'Cannot create the store', place);
  } finally {
    await connection.close();
  }
}

/**
 * Checks that a connection leads to a store of this version on a server that keeps its promise.
 *
 * @throws Fault `store-missing`, `store-foreign`, `store-schema-unknown`, `store-schema-changed`,
 * `store-server-too-old`, `store-not-durable`.
 */
export async function checkStore(
  connection: Connection,
  schema: string,
  place: Place,
  isDurable: boolean,
): Promise<void> {
  const found = await look(connection, schema);
  refuseOthers(found, place);
  if (found.kind === 'foreign') throw storeForeign(place, foreignText(schema));
  if (found.kind === 'none') throw storeNotCreated(place);
  const off = ['fsync', 'full_page_writes', 'synchronous_commit'].filter(
    (setting) => found.settings[setting] === 'off',
  );
  if (isDurable && off.length > 0) throw storeNotDurable(place, `${off.join(' and ')} is off`);
  await checkSchema(connection, schema, place);
}

/**
 * Compares everything in the schema with what this version creates. A trigger that is gone lets
 * others change what was recorded, another function may drop what is acknowledged.
 *
 * @throws Fault `store-schema-changed` that names each difference.
 */
export async function checkSchema(
  connection: Connection, schema: string, place: Place,
): Promise<void> {
  const rows = await connection.query(OBJECTS, [schema]);
  const found = new Map(rows.map(({ name, text }) => [String(name), String(text)]));
  const due = objectsOf(schema);
  const differences = [
    ...[...due.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`),
    ...[...found].flatMap(([name, text]) => {
      if (!due.has(name)) return [`${name} is foreign`];
      return due.get(name) === text ? [] : [`${name} is altered`];
    }),
  ];
  if (differences.length > 0) throw storeSchemaChanged(place, differences);
}

interface Found {
  readonly kind: 'store' | 'none' | 'foreign';
  readonly version: number;
  readonly serverVersion: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

async function look(connection: Connection, schema: string): Promise<Found> {
  const row = (await connection.query(LOOK, [schema]))[0] as Row;
  const hasVersion = row.has_version === true;
  const kind = hasVersion ? 'store' : Number(row.relations) > 0 ? 'foreign' : 'none';
  const serverVersion = Number(row.server_version_num);
  if (kind !== 'store') return { kind, version: 0, serverVersion, settings: row };
  const of = `FROM ${schema}.schema_version`;
  const versions = await connection.query(
    statementOf(`SELECT max(version) AS version ${of}`),
    [],
  );
  const version = Number(versions[0]?.version ?? 0);
  return { kind: version === 0 ? 'none' : 'store', version, serverVersion, settings: row };
}

function refuseOthers({ kind, version, serverVersion }: Found, place: Place): void {
  if (serverVersion < SERVER_VERSION_MIN) {
    throw storeServerTooOld(place, String(Math.floor(serverVersion / 10_000)));
  }
  if (kind === 'store' && version !== SCHEMA_VERSION) {
    throw storeSchemaUnknown(place, version, SCHEMA_VERSION);
  }
}

function foreignText(schema: string): string {
  return `the schema "${schema}" holds tables of another application`;
}

const LOOK = statementOf(
  `SELECT to_regclass($1 || '.schema_version') IS NOT NULL AS has_version,
    (SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) AS relations,
    current_setting('server_version_num') AS server_version_num,
    current_setting('fsync') AS fsync,
    current_setting('full_page_writes') AS full_page_writes,
    current_setting('synchronous_commit') AS synchronous_commit`,
);

/**
 * Each object of a schema by kind and name, and what of it may not differ. PostgreSQL leaves a schema
 * out of a trigger's function where the session would find it without, as of a role of that name.
 */
const OBJECTS = statementOf(
  `SELECT 'table ' || c.relname AS name, coalesce((
      SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
        ORDER BY a.attnum)
      FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    ), '') AS text
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION ALL
  SELECT 'index ' || c.relname, CASE WHEN i.indisunique AND i.indisvalid AND i.indpred IS NULL
      THEN 'unique ' ELSE '' END || (
      SELECT string_agg(a.attname, ', ' ORDER BY k.place)
      FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
      JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum)
    FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = $1
  UNION ALL
  SELECT 'function ' || p.proname, p.prosrc
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = $1
  UNION ALL
  SELECT 'trigger ' || t.tgname, replace(pg_get_triggerdef(t.oid),
      'FUNCTION ' || p.proname || '(', 'FUNCTION ' || f.nspname || '.' || p.proname || '(')
      || CASE t.tgenabled WHEN 'O' THEN ' enabled' WHEN 'A' THEN ' enabled' ELSE ' disabled' END
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    JOIN pg_proc AS p ON p.oid = t.tgfoid JOIN pg_namespace AS f ON f.oid = p.pronamespace
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND NOT t.tgisinternal
  UNION ALL
  SELECT 'rule ' || r.rulename, pg_get_ruledef(r.oid)
    FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
    JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = $1`,
);
