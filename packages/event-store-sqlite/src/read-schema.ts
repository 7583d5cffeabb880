// The schema of a read store's file: leases, versions of projections, and what is parked of them.
import type { Database } from './driver.ts';
import { createdBy, formatOf, type FileFormat } from './file-format.ts';
import { storeSchemaChanged } from './sqlite-faults.ts';

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

/** Tables of projections stand beside these, and come and go. */
function checkSchema(db: Database, path: string): void {
  const rows = db.prepare('SELECT type, name, sql FROM sqlite_schema').all();
  const found = new Map(rows.map(({ type, name, sql }) => [`${type} ${name}`, sql]));
  const differences = createdBy(SCHEMA).flatMap(([name, sql]) => {
    if (found.get(name) === sql) return [];
    return [`${name} is ${found.has(name) ? 'altered' : 'missing'}`];
  });
  if (differences.length > 0) throw storeSchemaChanged(path, differences);
}

/** How a read store's file is recognised and created. */
export const READ_FORMAT: FileFormat = formatOf({
  applicationId: READ_APPLICATION_ID,
  version: READ_SCHEMA_VERSION,
  schema: SCHEMA,
  foreign: 'it is not a read store but of another application',
  checkSchema,
});
