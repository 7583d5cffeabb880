// The schema: what is created in the database, by which version, and how it is recognised again.
import { createHash } from 'node:crypto';
import { optionInvalid } from './postgres-faults.ts';

/** Version of the schema below. */
export const SCHEMA_VERSION = 1;

/** The schema that a store lives in unless another is named. */
export const SCHEMA_NAME = 'himaya';

/** First half of the advisory locks' keys, `HMYA` as a number: nobody else takes them by chance. */
const LOCK_CLASS = 0x484d5941;

/** Plain lower-case names only: what is quoted everywhere is one day forgotten somewhere. */
const PLAIN_NAME = /^[a-z_][a-z0-9_]{0,47}$/;

function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name) && !name.startsWith('pg_');
}

/** Nothing, if a name can stand in SQL as it is. Throws Fault `option-invalid`. */
export function requirePlainName(option: 'schema' | 'role', name: string): void {
  if (isPlainName(name)) return;
  throw optionInvalid(option, `it is ${JSON.stringify(name)}`,
    'Use lower-case letters, digits and "_", beginning with a letter; 48 at most.');
}

/** The keys of the lock that orders the appends of one schema. */
export function lockKeys(schema: string): readonly [number, number] {
  return [LOCK_CLASS, createHash('sha256').update(schema).digest().readInt32BE(0)];
}

/** The channel on which appends to one schema are told. */
export function channelOf(schema: string): string {
  return `himaya_${schema}`;
}

/**
 * The body of `append`. The lock is taken before anything is read, and each statement of a function
 * sees what was committed before it began: heads and the log's end are those that the last holder
 * left. It is held until commit, so that the order of positions is the order of commits.
 */
function appendBody(schema: string): string {
  const [first, second] = lockKeys(schema);
  return `
#variable_conflict use_column
DECLARE
  log_end bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(${first}, ${second});
  IF EXISTS (
    SELECT 1 FROM unnest(names, positions, hashes, times) AS due (name, position, hash, at)
    LEFT JOIN LATERAL (
      SELECT s.position, s.hash, s.recorded_at FROM ${schema}.streams AS s
      WHERE s.name = due.name LIMIT 1
    ) AS found ON true
    WHERE coalesce(found.position, -1) <> due.position
      OR due.position >= 0 AND (found.hash <> due.hash OR found.recorded_at <> due.at)
  ) THEN
    RETURN QUERY SELECT due.name, found.position, found.hash, found.recorded_at, NULL::bigint
      FROM unnest(names) AS due (name)
      LEFT JOIN LATERAL (
        SELECT s.position, s.hash, s.recorded_at FROM ${schema}.streams AS s
        WHERE s.name = due.name LIMIT 1
      ) AS found ON true;
    RETURN;
  END IF;
  SELECT coalesce(max(e.global_position), -1) INTO log_end FROM ${schema}.entries AS e;
  WITH moved AS (
    INSERT INTO ${schema}.streams AS s (name, position, hash, recorded_at)
    SELECT names[n], new_positions[n], new_hashes[n], new_times[n]
    FROM generate_series(1, array_length(new_positions, 1)) AS n
    ON CONFLICT (name) DO UPDATE SET position = excluded.position, hash = excluded.hash,
      recorded_at = excluded.recorded_at
    RETURNING s.id, s.name
  )
  INSERT INTO ${schema}.entries (global_position, stream, position, type, hash, entry)
  SELECT log_end + e.place, moved.id, e.position, e.type, e.hash, e.entry
  FROM unnest(of_streams, entry_positions, types, entry_hashes, entries)
    WITH ORDINALITY AS e (stream, position, type, hash, entry, place)
  JOIN moved ON moved.name = names[e.stream];
  PERFORM pg_notify('${channelOf(schema)}', '');
  RETURN QUERY SELECT NULL::text, NULL::integer, NULL::bytea, NULL::text,
    log_end + array_length(of_streams, 1);
END`;
}

/** A trigger that refuses what is never done to a table, whoever asks. */
interface Guard {
  readonly name: string;
  readonly table: 'entries' | 'streams';
  /** `BEFORE UPDATE OR DELETE`, …, with `FOR EACH …`. */
  readonly when: string;
  readonly body: string;
}

function raise(sentence: string): string {
  return `BEGIN RAISE EXCEPTION 'himaya: ${sentence}' USING ERRCODE = 'restrict_violation'; END`;
}

const GUARDS: readonly Guard[] = [
  {
    name: 'entries_are_never_changed',
    table: 'entries',
    when: 'BEFORE UPDATE OR DELETE ON entries FOR EACH ROW',
    body: raise('recorded entries are never changed or deleted; append a correction'),
  },
  {
    name: 'entries_are_never_truncated',
    table: 'entries',
    when: 'BEFORE TRUNCATE ON entries FOR EACH STATEMENT',
    body: raise('recorded entries are never deleted; append a correction'),
  },
  {
    name: 'streams_are_never_deleted',
    table: 'streams',
    when: 'BEFORE DELETE ON streams FOR EACH ROW',
    body: raise('streams are never deleted'),
  },
  {
    name: 'streams_are_never_truncated',
    table: 'streams',
    when: 'BEFORE TRUNCATE ON streams FOR EACH STATEMENT',
    body: raise('streams are never deleted'),
  },
  {
    name: 'streams_only_grow',
    table: 'streams',
    when: 'BEFORE UPDATE ON streams FOR EACH ROW',
    body: `BEGIN
  IF NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.position <= OLD.position THEN
    RAISE EXCEPTION 'himaya: a stream keeps its name and only grows'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END`,
  },
];

/** What version 1 consists of: each object of the schema by kind and name, with how it reads. */
export function objectsOf(schema: string): ReadonlyMap<string, string> {
  const columns = {
    entries: 'global_position bigint, stream bigint, position integer, type text, hash bytea, ' +
      'entry bytea',
    schema_version: 'version integer, applied_at timestamp with time zone',
    streams: 'id bigint, name text, position integer, hash bytea, recorded_at text',
  };
  return new Map([
    ...Object.entries(columns).map(([name, text]) => [`table ${name}`, text] as const),
    ['index entries_pkey', 'unique global_position'],
    ['index entries_place', 'unique stream, position'],
    ['index schema_version_pkey', 'unique version'],
    ['index streams_name', 'unique name'],
    ['index streams_pkey', 'unique id'],
    ['function append', appendBody(schema)],
    ...GUARDS.flatMap(({ name, table, body }) => [
      [`function ${name}`, body] as const,
      [`trigger ${name}`, `${table} enabled`] as const,
    ]),
  ]);
}

/**
 * The SQL that makes a new, empty schema a store of version 1. Nothing in it depends on who runs
 * it; the role that does owns the tables, and the application needs none of what an owner may do.
 */
function firstVersion(schema: string): string {
  const append = `${schema}.append(text[], integer[], bytea[], text[], integer[], bytea[], text[],
  integer[], integer[], text[], bytea[], bytea[])`;
  return `
CREATE TABLE ${schema}.streams (
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text COLLATE "C" NOT NULL,
  position integer NOT NULL,
  hash bytea NOT NULL,
  recorded_at text COLLATE "C" NOT NULL,
  CONSTRAINT streams_pkey PRIMARY KEY (id),
  CONSTRAINT streams_name UNIQUE (name)
) WITH (fillfactor = 80);
CREATE TABLE ${schema}.entries (
  global_position bigint NOT NULL,
  stream bigint NOT NULL,
  position integer NOT NULL,
  type text COLLATE "C" NOT NULL,
  hash bytea NOT NULL,
  entry bytea NOT NULL,
  CONSTRAINT entries_pkey PRIMARY KEY (global_position),
  CONSTRAINT entries_place UNIQUE (stream, position)
);
${GUARDS.map(({ name, when, body }) => `
CREATE FUNCTION ${schema}.${name}() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $himaya$${body}$himaya$;
CREATE TRIGGER ${name} ${when.replace(' ON ', ` ON ${schema}.`)}
EXECUTE FUNCTION ${schema}.${name}();`).join('')}
CREATE FUNCTION ${schema}.append(
  names text[], positions integer[], hashes bytea[], times text[],
  new_positions integer[], new_hashes bytea[], new_times text[],
  of_streams integer[], entry_positions integer[], types text[], entry_hashes bytea[],
  entries bytea[]
) RETURNS TABLE (name text, "position" integer, hash bytea, recorded_at text, last bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
AS $himaya$${appendBody(schema)}$himaya$;
REVOKE ALL ON FUNCTION ${append} FROM PUBLIC;`;
}

/**
 * Everything a database administrator runs by hand to create a store: what `migratePostgresStore`
 * runs, as one transaction. Running it twice changes nothing.
 *
 * @param applicationRole - a role that may then append and read, and nothing else.
 * @throws Fault `option-invalid` where a name is none that can stand in SQL as it is.
 */
export function migrationSql(schema = SCHEMA_NAME, applicationRole?: string): string {
  requirePlainName('schema', schema);
  if (applicationRole !== undefined) requirePlainName('role', applicationRole);
  const [first, second] = lockKeys(schema);
  return `BEGIN;
SELECT pg_advisory_xact_lock(${first}, ${second});
CREATE SCHEMA IF NOT EXISTS ${schema};
CREATE TABLE IF NOT EXISTS ${schema}.schema_version (
  version integer NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT schema_version_pkey PRIMARY KEY (version)
);
DO $migrate$ BEGIN
IF NOT EXISTS (SELECT 1 FROM ${schema}.schema_version WHERE version >= 1) THEN
${firstVersion(schema)}
INSERT INTO ${schema}.schema_version (version) VALUES (1);
END IF;
END $migrate$;
${applicationRole === undefined ? '' : `${grantSql(schema, applicationRole)}\n`}COMMIT;
`;
}

function grantSql(schema: string, role: string): string {
  return `GRANT USAGE ON SCHEMA ${schema} TO ${role};
GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role};
GRANT EXECUTE ON FUNCTION ${schema}.append TO ${role};`;
}
