// The rows that a projection works on in memory, and which of them are to be written.
import {
  checkKey,
  checkRow,
  type Cell,
  type Row,
  type TableChanges,
  type Tables,
  type TableSpec,
} from '@himaya/event-store';
import type { RowsOf } from '../projection.ts';

/** Rows kept between batches: some 30 MB of small ones. Beyond, they are read again when needed. */
const ROWS_MAX = 50_000;

/** Thrown for a row that is not in memory: the fold is given up, and made again when it is. */
const ROW_MISSING = new Error('a row is not in memory yet');

interface Change {
  readonly table: CachedTable;
  readonly key: string;
  readonly before: Row | null | undefined;
  readonly wasDirty: boolean;
}

/** The rows of all tables of a projection. */
export class RowCache {
  readonly #tables: ReadonlyMap<string, CachedTable>;
  /** What the fold under way has changed. */
  #changes: Change[] = [];
  #isMissing = false;
  /** As folds see the tables. */
  readonly rows: Readonly<Record<string, RowsOf<TableSpec>>>;

  /** `isNew`: the projection has no rows yet, so that none has to be looked for. */
  constructor(tables: Tables, isNew: boolean) {
    const note = (change: Change): void => void this.#changes.push(change);
    const miss = (): never => {
      this.#isMissing = true;
      throw ROW_MISSING;
    };
    this.#tables = new Map(
      Object.entries(tables).map(([name, spec]) => [
        name,
        new CachedTable(name, spec, isNew, note, miss),
      ]),
    );
    this.rows = Object.fromEntries(
      [...this.#tables].map(([name, table]) => [name, facesOf(table)]),
    );
  }

  /**
   * Runs one fold. `'missing'`: it needs rows that {@link wanted} names, and has changed nothing.
   * Nor has one that throws.
   */
  fold(run: () => void): 'done' | 'missing' {
    this.#changes = [];
    this.#isMissing = false;
    try {
      run();
    } catch (error) {
      this.undo();
      if (!this.#isMissing) throw error;
    }
    // A fold that catches everything has not seen the row either.
    if (!this.#isMissing) return 'done';
    this.undo();
    return 'missing';
  }

  /** Undoes the last fold. */
  undo(): void {
    for (const { table, key, before, wasDirty } of this.#changes.toReversed()) {
      if (before === undefined) table.known.delete(key);
      else table.known.set(key, before);
      if (!wasDirty) table.dirty.delete(key);
    }
    this.#changes = [];
  }

  /** Keys of rows to be read, by table. */
  wanted(): readonly (readonly [table: string, keys: readonly (readonly Cell[])[]])[] {
    return [...this.#tables].flatMap(([name, table]) => {
      const keys = [...table.wanted.values()];
      return keys.length === 0 ? [] : [[name, keys] as const];
    });
  }

  /** Takes rows that were read; the wanted ones that are not among them are not there. */
  take(name: string, rows: readonly Row[]): void {
    this.#tables.get(name)?.take(rows);
  }

  /** What is to be written, by table. */
  changes(): Readonly<Record<string, TableChanges>> {
    return Object.fromEntries(
      [...this.#tables].flatMap(([name, table]) =>
        table.dirty.size === 0 ? [] : [[name, table.changes()]],
      ),
    );
  }

  /** Everything changed so far is written. */
  written(): void {
    for (const table of this.#tables.values()) table.written();
  }
}

class CachedTable {
  readonly name: string;
  readonly spec: TableSpec;
  /** By key; `null`: there is no such row. */
  readonly known = new Map<string, Row | null>();
  readonly dirty = new Map<string, readonly Cell[]>();
  readonly wanted = new Map<string, readonly Cell[]>();
  readonly #note: (change: Change) => void;
  readonly #miss: () => never;
  /** Whether every row that there is stands in `known`. */
  #isWhole: boolean;

  constructor(
    name: string,
    spec: TableSpec,
    isNew: boolean,
    note: (change: Change) => void,
    miss: () => never,
  ) {
    this.name = name;
    this.spec = spec;
    this.#isWhole = isNew;
    this.#note = note;
    this.#miss = miss;
  }

  get(key: readonly Cell[]): Row | undefined {
    checkKey(this.name, this.spec, key, true);
    const text = textOf(key);
    const found = this.known.get(text);
    if (found !== undefined) return found ?? undefined;
    if (this.#isWhole) return undefined;
    this.wanted.set(text, key);
    return this.#miss();
  }

  put(row: Row): void {
    checkRow(this.name, this.spec, row);
    this.#set(this.spec.key.map((name) => row[name] as Cell), Object.freeze({ ...row }));
  }

  remove(key: readonly Cell[]): void {
    checkKey(this.name, this.spec, key, true);
    this.#set(key, null);
  }

  #set(key: readonly Cell[], row: Row | null): void {
    const text = textOf(key);
    const before = this.known.get(text);
    this.#note({ table: this, key: text, before, wasDirty: this.dirty.has(text) });
    this.known.set(text, row);
    this.dirty.set(text, key);
  }

  take(rows: readonly Row[]): void {
    for (const text of this.wanted.keys()) this.known.set(text, null);
    this.wanted.clear();
    for (const row of rows) {
      this.known.set(textOf(this.spec.key.map((name) => row[name] as Cell)), Object.freeze(row));
    }
  }

  changes(): TableChanges {
    const remove: [Cell, ...Cell[]][] = [];
    const put: Row[] = [];
    for (const [text, key] of this.dirty) {
      const row = this.known.get(text);
      if (row) put.push(row);
      else remove.push([...key] as [Cell, ...Cell[]]);
    }
    return { remove, put };
  }

  written(): void {
    this.dirty.clear();
    if (this.known.size <= ROWS_MAX) return;
    this.known.clear();
    this.#isWhole = false;
  }
}

function facesOf(table: CachedTable): RowsOf<TableSpec> {
  return {
    get: (...key) => table.get(key) as never,
    put: (row) => table.put(row as Row),
    remove: (...key) => table.remove(key),
  };
}

function textOf(key: readonly Cell[]): string {
  return key.length === 1 ? String(key[0]) : JSON.stringify(key);
}
