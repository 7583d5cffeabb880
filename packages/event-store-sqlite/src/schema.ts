// The file's schema: two tables, what refuses to change them, and how a file is recognised.
import type { Database } from './driver.ts';
import { createdBy, formatOf, type FileFormat } from './file-format.ts';
import { storeSchemaChanged } from './sqlite-faults.ts';

/** `HMYA` as a number: marks a SQLite file as a Himaya store. */
export const APPLICATION_ID = 0x484d5941;
/** Version of the schema below; a file of another version is not opened. */
export const SCHEMA_VERSION = 1;

/**
 * `streams` holds the head of each stream, `entries` the log. Columns beside `entry` are an index
 * that can be derived from its bytes again. Their index begins with the position: what many streams
 * append together lands on few of its pages, and a read looks up one place at a time. The triggers
 * keep honest programs from changing what was recorded; against dishonest ones stand the hash chain
 * and the checkpoints.
 */
const SCHEMA = `
CREATE TABLE streams (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE TABLE entries (
  global_position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  hash BLOB NOT NULL,
  entry BLOB NOT NULL,
  UNIQUE (position, stream)
) STRICT;
CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries BEGIN
  SELECT RAISE(ABORT, 'himaya: recorded entries are never changed; append a correction');
END;
CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries BEGIN
  SELECT RAISE(ABORT, 'himaya: recorded entries are never deleted; append a correction');
END;
CREATE TRIGGER entries_are_never_replaced BEFORE INSERT ON entries
WHEN NEW.global_position <= (SELECT max(global_position) FROM entries)
  OR EXISTS (SELECT 1 FROM entries WHERE stream = NEW.stream AND position = NEW.position) BEGIN
  SELECT RAISE(ABORT, 'himaya: recorded entries are never replaced; append a correction');
END;
CREATE TRIGGER streams_are_never_deleted BEFORE DELETE ON streams BEGIN
  SELECT RAISE(ABORT, 'himaya: streams are never deleted');
END;
CREATE TRIGGER streams_are_never_replaced BEFORE INSERT ON streams
WHEN EXISTS (SELECT 1 FROM streams WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM streams WHERE name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'himaya: streams are never replaced');
END;
CREATE TRIGGER streams_only_grow BEFORE UPDATE ON streams
WHEN NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.position <= OLD.position BEGIN
  SELECT RAISE(ABORT, 'himaya: a stream keeps its name and only grows');
END;
`;

/** Everything that {@link SCHEMA} leaves in a file, as `<type> <name>`, with its text there. */
const CREATED: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...createdBy(SCHEMA),
  // SQLite's own, for the two UNIQUE constraints.
  ['index sqlite_autoindex_streams_1', null],
  ['index sqlite_autoindex_entries_1', null],
]);

/** Tables that SQLite's ANALYZE leaves behind: they change how fast it answers, and not what. */
const STATISTICS = /^table sqlite_stat\d$/;

/**
 * Compares everything in the file's schema with what this version creates. A trigger that is gone
 * lets others change what was recorded, one that was added may drop what is acknowledged.
 *
 * @throws Fault `store-schema-changed` that names each difference.
 */
export function checkSchema(db: Database, path: string): void {
  const found = new Map<string, string | null>();
  for (const { type, name, sql } of db.prepare('SELECT type, name, sql FROM sqlite_schema').all()) {
    if (!STATISTICS.test(`${type} ${name}`)) found.set(`${type} ${name}`, sql as string | null);
  }
  const differences = [
    ...[...CREATED.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`),
    ...[...found].flatMap(([name, sql]) => {
      if (!CREATED.has(name)) return [`${name} is foreign`];
      return CREATED.get(name) === sql ? [] : [`${name} is altered`];
    }),
  ];
  if (differences.length > 0) throw storeSchemaChanged(path, differences);
}

/** How a log is recognised and created. */
export const LOG_FORMAT: FileFormat = formatOf({
  applicationId: APPLICATION_ID,
  version: SCHEMA_VERSION,
  schema: SCHEMA,
  foreign: 'it is a SQLite database of another application',
  checkSchema,
});
