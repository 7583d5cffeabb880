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
 * left. It is held until commit, so that the order of positions is the order of commits. Lists are
 * taken apart side by side in a SELECT, which costs a lone append less than a join of them.
 */
function appendBody(schema: string): string {
  const [first, second] = lockKeys(schema);
  return `
#variable_conflict use_column
DECLARE
  ids bigint[];
  agrees boolean;
  log_end bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(${first}, ${second});
  SELECT array_agg(coalesce(found.id, nextval('${schema}.streams_id_seq')) ORDER BY due.place),
    bool_and(coalesce(found.position, -1) = due.position
      AND (due.position < 0 OR found.hash = due.hash AND found.recorded_at = due.at)),
    (SELECT coalesce(max(e.global_position), -1) FROM ${schema}.entries AS e)
  INTO ids, agrees, log_end
  FROM (
    SELECT generate_subscripts(names, 1) AS place, unnest(names) AS name,
      unnest(positions) AS position, unnest(hashes) AS hash, unnest(times) AS at
  ) AS due
  LEFT JOIN LATERAL (
    SELECT s.id, s.position, s.hash, s.recorded_at FROM ${schema}.streams AS s
    WHERE s.name = due.name LIMIT 1
  ) AS found ON true;
  IF NOT agrees THEN
    RETURN QUERY SELECT due.name, found.position, found.hash, found.recorded_at, NULL::bigint
      FROM unnest(names) AS due (name)
      LEFT JOIN LATERAL (
        SELECT s.position, s.hash, s.recorded_at FROM ${schema}.streams AS s
        WHERE s.name = due.name LIMIT 1
      ) AS found ON true;
    RETURN;
  END IF;
  UPDATE ${schema}.streams AS s
  SET position = moved.position, hash = moved.hash, recorded_at = moved.at
  FROM (
    SELECT unnest(ids) AS id, unnest(new_positions) AS position, unnest(new_hashes) AS hash,
      unnest(new_times) AS at
  ) AS moved WHERE s.id = moved.id AND moved.position IS NOT NULL;
  IF -1 = ANY (positions) THEN
    INSERT INTO ${schema}.streams (id, name, position, hash, recorded_at)
    OVERRIDING SYSTEM VALUE
    SELECT ids[n], names[n], new_positions[n], new_hashes[n], new_times[n]
    FROM generate_subscripts(new_positions, 1) AS n WHERE positions[n] = -1;
  END IF;
  INSERT INTO ${schema}.entries (global_position, stream, position, type, hash, entry)
  SELECT log_end + e.place, ids[e.stream], e.position, e.type, e.hash, e.entry
  FROM (
    SELECT generate_subscripts(of_streams, 1) AS place, unnest(of_streams) AS stream,
      unnest(entry_positions) AS position, unnest(types) AS type, unnest(entry_hashes) AS hash,
      unnest(entries) AS entry
  ) AS e;
  PERFORM pg_notify('${channelOf(schema)}', '');
  RETURN QUERY SELECT NULL::text, NULL::integer, NULL::bytea, NULL::text,
    log_end + array_length(of_streams, 1);
END`;
}

/** A trigger that refuses what is never done to a table, whoever asks. */
interface Guard {
  readonly name: string;
  /** `BEFORE DELETE OR UPDATE`, …, with `FOR EACH …` and `WHEN`, as the server writes it. */
  readonly when: string;
  readonly body: string;
}

function raise(sentence: string): string {
  return `BEGIN RAISE EXCEPTION 'himaya: ${sentence}' USING ERRCODE = 'restrict_violation'; END`;
}

const GUARDS: readonly Guard[] = [
  {
    name: 'entries_are_never_changed',
    when: 'BEFORE DELETE OR UPDATE ON entries FOR EACH ROW',
    body: raise('recorded entries are never changed or deleted; append a correction'),
  },
  {
    name: 'entries_are_never_truncated',
    when: 'BEFORE TRUNCATE ON entries FOR EACH STATEMENT',
    body: raise('recorded entries are never deleted; append a correction'),
  },
  {
    name: 'streams_are_never_deleted',
    when: 'BEFORE DELETE ON streams FOR EACH ROW',
    body: raise('streams are never deleted'),
  },
  {
    name: 'streams_are_never_truncated',
    when: 'BEFORE TRUNCATE ON streams FOR EACH STATEMENT',
    body: raise('streams are never deleted'),
  },
  {
    name: 'streams_only_grow',
    // Decided without calling a function: every append to a stream goes by here.
    when: 'BEFORE UPDATE ON streams FOR EACH ROW WHEN (((new.id <> old.id) OR ' +
      '(new.name <> old.name) OR (new."position" <= old."position")))',
    body: raise('a stream keeps its name and only grows'),
  },
];

/** A guard as the server writes it. */
function guardSql(schema: string, { name, when }: Guard): string {
  const on = when.replace(' ON ', ` ON ${schema}.`);
  return `CREATE TRIGGER ${name} ${on} EXECUTE FUNCTION ${schema}.${name}()`;
}

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
    ...GUARDS.flatMap((guard) => [
      [`function ${guard.name}`, guard.body] as const,
      [`trigger ${guard.name}`, `${guardSql(schema, guard)} enabled`] as const,
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
${GUARDS.map((guard) => `
CREATE FUNCTION ${schema}.${guard.name}() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $himaya$${guard.body}$himaya$;
${guardSql(schema, guard)};`).join('')}
CREATE FUNCTION ${schema}.append(
  names text[], positions integer[], hashes bytea[], times text[],
  new_positions integer[], new_hashes bytea[], new_times text[],
  of_streams integer[], entry_positions integer[], types text[], entry_hashes bytea[],
  entries bytea[]
) RETURNS TABLE (name text, "position" integer, hash bytea, recorded_at text, last bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan
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
