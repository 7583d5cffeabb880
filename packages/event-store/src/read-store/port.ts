// The read store port: a place beside the log for leases of workers and for rows of projections.
import type { GlobalPosition, NonEmpty } from '../port.ts';
import type { Position, StreamName } from '../entry.ts';

/** What a column holds; with `?` it may hold nothing. An instant is a text in canonical form. */
export type ColumnType = 'text' | 'integer' | 'boolean' | 'text?' | 'integer?' | 'boolean?';

/** A table of a projection. Names are camelCase, letters and digits, 24 at most. */
export interface TableSpec {
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns that together name a row; none may hold nothing, 2000 bytes of text together. */
  readonly key: NonEmpty<string>;
  /** Columns that rows are looked for by, in the order of comparing; 2000 bytes of text each. */
  readonly indexes?: readonly NonEmpty<string>[];
}

/** The tables of a projection, by name. */
export type Tables = Readonly<Record<string, TableSpec>>;

/** The value of a column. Integers are safe ones; texts are well formed and without U+0000. */
export type Cell = string | number | boolean | null;

/** A row, by column name. */
export type Row = Readonly<Record<string, Cell>>;

/** One version of a projection. Versions of one name stand beside one another. */
export interface ProjectionVersion {
  readonly name: string;
  /** From 1. */
  readonly version: number;
}

/** A right to work that ends by itself unless it is renewed. */
export interface Lease {
  readonly name: string;
  /** Who holds it: another text for each process. */
  readonly holder: string;
  /** Grows whenever the holder changes: what an earlier holder still sends is told by it. */
  readonly token: number;
}

/** A lease as everybody sees it. */
export interface HeldLease extends Lease {
  /** Milliseconds until it ends by the clock of the read store; 0 when it has ended. */
  readonly leftMs: number;
}

/** What happens to one table: removals come first. */
export interface TableChanges {
  /** Rows whose key begins with these values are removed. */
  readonly remove: readonly NonEmpty<Cell>[];
  /** Each takes the place of the row with its key. */
  readonly put: readonly Row[];
}

/** An event that a projection could not take. Later events of its stream wait behind it. */
export interface ParkedEvent {
  readonly stream: StreamName;
  readonly position: Position;
  readonly type: string;
  /** What the projection said, in one line. */
  readonly reason: string;
}

/** A parked event as the read store keeps it. */
export interface ParkedState extends ParkedEvent {
  /** Somebody asked that it is tried again. */
  readonly retry: boolean;
}

/** Everything that one step of a projection changes. */
export interface ProjectionBatch {
  readonly projection: ProjectionVersion;
  /** The lease under which it was made. */
  readonly lease: Lease;
  /** How far the projection had come, and how far it has come with this batch. */
  readonly expected: GlobalPosition;
  readonly next: GlobalPosition;
  /** By table; a table that is left out does not change. */
  readonly tables: Readonly<Record<string, TableChanges>>;
  /** At most one for each stream: it takes the place of what was parked of that stream. */
  readonly parked: readonly ParkedEvent[];
  /** Streams of which nothing is parked any more. */
  readonly released: readonly StreamName[];
}

/**
 * What became of a batch: `'fenced'`: somebody else has held the lease since; `'moved'`: the
 * projection is not at `expected`, or is gone. Then nothing of it was written.
 */
export type CommitOutcome = 'committed' | 'fenced' | 'moved';

/** A version of a projection as everybody sees it. */
export interface ProjectionState extends ProjectionVersion {
  readonly tables: Tables;
  /** `'replaced'`: another version is read now; this one is kept until it is dropped. */
  readonly status: 'building' | 'live' | 'replaced';
  /** Every event up to here is in its rows or parked. */
  readonly position: GlobalPosition;
  readonly parked: number;
}

/** What a row must be: `contains` looks for a text within a text, without an index. */
export type Condition =
  | {
      readonly column: string;
      readonly is: '=' | '<' | '<=' | '>' | '>=';
      readonly value: Cell;
    }
  | { readonly column: string; readonly is: 'contains'; readonly value: string };

/** Which rows of a table, and in which order. */
export interface RowQuery {
  /** All of these hold. */
  readonly where?: readonly Condition[];
  /** Columns that hold something in every row; the key decides between equals. */
  readonly orderBy?: readonly string[];
  /** Goes on behind this row of an earlier answer to the same question. */
  readonly after?: Row;
  readonly countMax: number;
}

/**
 * Keeps what can be built from the log again, and who is building it. Nothing of it is a record.
 *
 * Promise. A batch is written as a whole or not at all, with the place that the projection has come
 * to. Of two holders of a lease only the later one can write. Texts are ordered by their bytes in
 * UTF-8, so that every read store answers in one order.
 *
 * Every call may throw Fault `store-closed`, `store-busy`, `store-failed` and those of its medium.
 */
export interface ReadStore {
  /** A short name for messages: `memory`, `sqlite`, … */
  readonly name: string;
  /** Takes a lease that is free or has ended; `undefined` while another holder has it. */
  takeLease(name: string, holder: string, leaseMs: number): Promise<Lease | undefined>;
  /** Whether the lease was still its holder's, and now ends in `leaseMs` from now. */
  renewLease(lease: Lease, leaseMs: number): Promise<boolean>;
  /** Gives a lease back, if it is still its holder's. */
  releaseLease(lease: Lease): Promise<void>;
  /** Every lease that was ever taken, by name. */
  leases(): Promise<readonly HeldLease[]>;
  /**
   * Makes the tables of a version if they are not there; it begins before the first entry.
   *
   * @throws Fault `projection-invalid` for names and columns that cannot be, `projection-changed`
   * when this version is there with other tables.
   */
  create(projection: ProjectionVersion, tables: Tables): Promise<void>;
  /** Every version, by name and version. */
  projections(): Promise<readonly ProjectionState[]>;
  /** What is parked of a version, by stream. */
  parked(projection: ProjectionVersion): Promise<readonly ParkedState[]>;
  /** Asks that everything parked of a version is tried again; resolves with how much that is. */
  askRetry(projection: ProjectionVersion): Promise<number>;
  /** The rows of a version that have these keys; each key has a value for each key column. */
  rows(
    projection: ProjectionVersion,
    table: string,
    keys: readonly (readonly Cell[])[],
  ): Promise<readonly Row[]>;
  /** Writes one step. @throws Fault `row-invalid` before anything is written */
  commit(batch: ProjectionBatch): Promise<CommitOutcome>;
  /**
   * Lets everybody read this version from now on. With `'newer'`, only if no version that is as new
   * is live: then `'kept'`. `'missing'`: there is no such version.
   */
  makeLive(projection: ProjectionVersion, only?: 'newer'): Promise<'live' | 'kept' | 'missing'>;
  /** Removes a version and its rows; never the live one. */
  drop(projection: ProjectionVersion): Promise<'dropped' | 'live' | 'missing'>;
  /**
   * Rows of the live version; `undefined` where no version is live.
   *
   * @throws Fault `query-invalid` for a table, column or value that the live version has not.
   */
  find(name: string, table: string, query: RowQuery): Promise<readonly Row[] | undefined>;
  /** Lets go; later calls fail with `store-closed`. Idempotent. */
  close(): Promise<void>;
}
