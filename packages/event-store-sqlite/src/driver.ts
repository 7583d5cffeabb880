// The driver seam: Node's own SQLite where Node has it, a package with the same calls elsewhere.
import { createRequire } from 'node:module';

/** What SQLite stores in a cell, as this store uses it. */
export type SqlValue = string | number | null | Uint8Array;
/** One row, by column name. */
export type Row = Readonly<Record<string, SqlValue>>;

/** A prepared statement. */
export interface Statement {
  run(...values: SqlValue[]): unknown;
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
}

/** One connection; every call is synchronous. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
  readonly isTransaction: boolean;
}

type DatabaseClass = new (path: string, options: { readOnly: boolean }) => Database;

/** The SQLite in use: its name for messages, and how to open a file or a `file:` URI with it. */
export interface Driver {
  readonly name: 'node:sqlite' | '@photostructure/sqlite';
  open(path: string, readOnly: boolean): Database;
}

let chosen: Driver | undefined;

/** The driver of this process, loaded at the first call. */
export function sqliteDriver(): Driver {
  chosen ??= chooseDriver();
  return chosen;
}

function chooseDriver(): Driver {
  const builtIn = withoutExperimentalWarning(() => process.getBuiltinModule('node:sqlite' as 'fs'));
  if (builtIn !== undefined) return driverOf('node:sqlite', builtIn);
  const load = createRequire(import.meta.url);
  return driverOf('@photostructure/sqlite', load('@photostructure/sqlite'));
}

function driverOf(name: Driver['name'], module: unknown): Driver {
  const { DatabaseSync } = module as { DatabaseSync: DatabaseClass };
  return { name, open: (path, readOnly) => new DatabaseSync(path, { readOnly }) };
}

/** Node 22 warns that its SQLite is experimental; all other warnings still pass. */
function withoutExperimentalWarning<T>(load: () => T): T {
  const emit = process.emitWarning;
  process.emitWarning = (...args: unknown[]): void => {
    const [warning, kind] = args;
    const type: unknown =
      typeof kind === 'object' && kind !== null ? (kind as { type?: unknown }).type : kind;
    if (type === 'ExperimentalWarning' && String(warning).includes('SQLite')) return;
    Reflect.apply(emit, process, args);
  };
  try {
    return load();
  } finally {
    process.emitWarning = emit;
  }
}
