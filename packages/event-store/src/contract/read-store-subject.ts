// What a read store hands to its contract, and what the cases of it share.
import { LOG_START, type GlobalPosition } from '../port.ts';
import type {
  Lease,
  ProjectionBatch,
  ReadStore,
  Row,
  TableChanges,
  Tables,
} from '../read-store/port.ts';

/** A read store of its own, and the ways to what it keeps. */
export interface OpenedReadStore {
  readonly store: ReadStore;
  /** Opens the same while `store` is open, as another process would. */
  readonly second: () => Promise<ReadStore>;
  /** Opens the same after `store` was closed, where it outlasts the process. */
  readonly reopen?: () => Promise<ReadStore>;
  /** Removes it; called last. */
  readonly dispose?: () => Promise<void> | void;
}

/** A kind of read store under test. */
export interface ReadStoreSubject {
  /** Shown in front of each test. */
  readonly name: string;
  /** Opens a new, empty one. */
  readonly open: () => Promise<OpenedReadStore>;
}

/** One case: a name `<when> › <present-tense fact>`, and what must hold. */
export interface ReadStoreCase {
  readonly name: string;
  readonly run: (opened: OpenedReadStore) => Promise<void>;
}

/** A batch without any change. */
export const NOTHING_CHANGES = { tables: {}, parked: [], released: [] } as const;

/** Tables with a column of every type. */
export const TABLES = {
  items: {
    columns: {
      caseId: 'text',
      code: 'text',
      dueAt: 'text',
      level: 'integer',
      isOpen: 'boolean',
      note: 'text?',
      count: 'integer?',
      isLate: 'boolean?',
    },
    key: ['caseId', 'code'],
    indexes: [['dueAt'], ['isOpen', 'level']],
  },
  totals: { columns: { order: 'text', count: 'integer' }, key: ['order'] },
} as const satisfies Tables;

/** The projection of most cases. */
export const DUE = { name: 'dueToday', version: 1 } as const;

/** An hour: no test waits for its end. */
export const LONG_MS = 3_600_000;

/** A row of `items`. */
export function item(caseId: string, code: string, values: Row = {}): Row {
  return {
    caseId,
    code,
    dueAt: '2027-05-09T06:00:00.000Z',
    level: 0,
    isOpen: true,
    note: null,
    count: null,
    isLate: null,
    ...values,
  };
}

/** A lease that must be free. */
export async function taken(store: ReadStore, name = 'work', holder = 'one'): Promise<Lease> {
  const lease = await store.takeLease(name, holder, LONG_MS);
  if (lease === undefined) throw new Error(`lease ${name} is held`);
  return lease;
}

/** A batch from one place to another. */
export function batchOf(
  lease: Lease,
  from: number,
  to: number,
  items: Partial<TableChanges> = {},
  rest: Partial<ProjectionBatch> = {},
): ProjectionBatch {
  return {
    ...NOTHING_CHANGES,
    projection: DUE,
    lease,
    expected: from < 0 ? LOG_START : (BigInt(from) as GlobalPosition),
    next: BigInt(to) as GlobalPosition,
    tables: { items: { remove: [], put: [], ...items } },
    ...rest,
  };
}

/** A projection that is read, with these rows; and its lease. */
export async function livingWith(store: ReadStore, rows: readonly Row[]): Promise<Lease> {
  const lease = await taken(store);
  await store.create(DUE, TABLES);
  await store.commit(batchOf(lease, -1, 0, { put: rows }));
  await store.makeLive(DUE);
  return lease;
}
