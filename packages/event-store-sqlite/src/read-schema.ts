// The schema of a read store's file: leases, versions of projections, and what is parked of them.
import { numberOf, type FileFormat, type FileKind } from './file-format.ts';
import type { Database } from './driver.ts';
import { storeForeign, storeSchemaChanged, storeSchemaUnknown } from './sqlite-faults.ts';

/** `HMYR` as a number: marks a SQLite file as a read store of Himaya. */
export const READ_APPLICATION_ID = 0x484d5952;
/** Version of the schema below; a file of another version is not opened. */
export const READ_SCHEMA_VERSION = 1;

/** Instants are milliseconds since 1970 by the clock of the machine, positions are tokens as text. */
const SCHEMA = `
CREATE TABLE leases (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  token INTEGER NOT NULL,
  ends_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE projections (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  tables TEXT NOT NULL,
  position TEXT NOT NULL,
  was_live INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT;
CREATE TABLE live (
  name TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;
CREATE TABLE parked (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  stream TEXT NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL,
  retry INTEGER NOT NULL,
  PRIMARY KEY (name, version, stream)
) STRICT;
`;

const CREATED: ReadonlyMap<string, string> = new Map(
  SCHEMA.trim().split(/;\n(?=CREATE )|;$/).filter((sql) => sql !== '').map((sql) => {
    const [, , name = ''] = sql.split(/\s+/, 3);
    return [name, sql] as const;
  }),
);

function inspect(db: Database, path: string): FileKind {
  const application = numberOf(db, 'PRAGMA application_id');
  const version = numberOf(db, 'PRAGMA user_version');
  const tables = numberOf(db, 'SELECT count(*) FROM sqlite_schema');
  if (application === 0 && version === 0 && tables === 0) return 'empty';
  if (application !== READ_APPLICATION_ID) {
    throw storeForeign(path, `it is not a read store but of another application (${application})`);
  }
  if (version !== READ_SCHEMA_VERSION) {
    throw storeSchemaUnknown(path, version, READ_SCHEMA_VERSION);
  }
  const rows = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").all();
  const found = new Map(rows.map(({ name, sql }) => [String(name), sql]));
  const differences = [...CREATED].flatMap(([name, sql]) => {
    if (found.get(name) === sql) return [];
    return [`table ${name} is ${found.has(name) ? 'altered' : 'missing'}`];
  });
  if (differences.length > 0) throw storeSchemaChanged(path, differences);
  return 'store';
}

function create(db: Database, path: string): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    if (inspect(db, path) === 'empty') {
      db.exec(SCHEMA);
      db.exec(`PRAGMA application_id = ${READ_APPLICATION_ID};
        PRAGMA user_version = ${READ_SCHEMA_VERSION}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** How a read store's file is recognised and created. */
export const READ_FORMAT: FileFormat = { inspect, create };
