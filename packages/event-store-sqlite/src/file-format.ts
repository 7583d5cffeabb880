// What a file of ours is told by: how one is recognised, and how an empty one becomes one.
import type { Database } from './driver.ts';
import { storeForeign, storeSchemaUnknown } from './sqlite-faults.ts';

/** What is found in a file that is not foreign. */
export type FileKind = 'store' | 'empty';

/** A kind of file. */
export interface FileFormat {
  /** Throws named faults for what is neither empty nor of this kind and version. */
  readonly inspect: (db: Database, path: string) => FileKind;
  /** Makes an empty file one of this kind, unless another process was quicker; all or nothing. */
  readonly create: (db: Database, path: string) => void;
}

/** What a kind of file is made of. */
export interface FormatSpec {
  /** Marks a SQLite file as one of this kind. */
  readonly applicationId: number;
  /** Version of the schema; a file of another version is not opened. */
  readonly version: number;
  readonly schema: string;
  /** What a file of another application is not. */
  readonly foreign: string;
  /** @throws Fault `store-schema-changed` where the schema is no longer what was created */
  readonly checkSchema: (db: Database, path: string) => void;
}

/**
 * The format of such files. Inspecting throws Fault `store-foreign` for someone else's database,
 * `store-schema-unknown` for another version, and what `checkSchema` throws.
 */
export function formatOf({
  applicationId,
  version,
  schema,
  foreign,
  checkSchema,
}: FormatSpec): FileFormat {
  const inspect = (db: Database, path: string): FileKind => {
    const application = numberOf(db, 'PRAGMA application_id');
    const found = numberOf(db, 'PRAGMA user_version');
    const tables = numberOf(db, 'SELECT count(*) FROM sqlite_schema');
    if (application === 0 && found === 0 && tables === 0) return 'empty';
    if (application !== applicationId) throw storeForeign(path, `${foreign} (${application})`);
    if (found !== version) throw storeSchemaUnknown(path, found, version);
    checkSchema(db, path);
    return 'store';
  };
  const create = (db: Database, path: string): void => {
    db.exec('BEGIN IMMEDIATE');
    try {
      if (inspect(db, path) === 'empty') {
        db.exec(schema);
        db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`);
      }
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };
  return { inspect, create };
}

/** Everything that the statements of a schema create, as `<type> <name>`, with its text. */
export function createdBy(schema: string): readonly (readonly [string, string])[] {
  const statements = schema.trim().split(/;\n(?=CREATE )|;$/).filter((sql) => sql !== '');
  return statements.map((sql) => {
    const [, type = '', name = ''] = sql.split(/\s+/, 3);
    return [`${type.toLowerCase()} ${name}`, sql] as const;
  });
}

/** The one number that a statement answers; 0 where it answers nothing. */
function numberOf(db: Database, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0);
}
