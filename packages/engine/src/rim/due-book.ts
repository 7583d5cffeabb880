// What is due, kept in the read store: a process that starts need not fold every case for it.
import {
  LOG_START,
  type GlobalPosition,
  type Instant,
  type Lease,
  type ReadStore,
  type Row,
  type StreamName,
} from '@himaya/event-store';
import { DUE_NEXT } from '../projection.ts';

const TABLES = {
  /** `dueAt` is nothing where a case could not be folded: whoever starts tries it again. */
  cases: { columns: { stream: 'text', dueAt: 'text?' }, key: ['stream'] },
  /** Cases for which emergencies wait that were recorded apart. */
  apart: { columns: { stream: 'text' }, key: ['stream'] },
} as const;
/** Rows of one question. */
const PAGE_ROWS = 4_000;

/** What is known of cases: `null` where one could not be folded, `undefined` where nothing is due. */
export type Dues = ReadonlyMap<StreamName, Instant | null | undefined>;

/** What the book says, as of a place in the log. What a case has done since is not in it. */
export interface DuePage {
  readonly position: GlobalPosition;
  readonly dues: Dues;
  readonly apart: readonly StreamName[];
}

/** Of all that is in it the log is the truth: a read store may be made anew at any time. */
export class DueBook {
  readonly #readStore: ReadStore;

  constructor(readStore: ReadStore) {
    this.#readStore = readStore;
  }

  /** How far it goes; `LOG_START` where there is none. */
  async position(): Promise<GlobalPosition> {
    const states = await this.#readStore.projections();
    const own = states.find(
      ({ name, version, status }) =>
        name === DUE_NEXT.name && version === DUE_NEXT.version && status === 'live',
    );
    return own?.position ?? LOG_START;
  }

  /** All of it. Its place is looked up first: rows that are newer are noted once more. */
  async load(): Promise<DuePage> {
    const position = await this.position();
    if (position === LOG_START) return { position, dues: new Map(), apart: [] };
    const dues = new Map<StreamName, Instant | null>();
    for await (const { stream, dueAt } of this.#rows('cases')) {
      dues.set(stream as StreamName, dueAt as Instant | null);
    }
    const apart: StreamName[] = [];
    for await (const { stream } of this.#rows('apart')) apart.push(stream as StreamName);
    return { position, dues, apart };
  }

  /**
   * Writes what has changed since `known`, or what anybody has written since. `false`: the book has
   * been dropped, or the lease is another's; then nothing was written.
   */
  async save(
    lease: Lease,
    known: GlobalPosition,
    { position, dues, apart }: DuePage,
  ): Promise<boolean> {
    const expected = await this.position();
    if (expected < known || expected > position) return false;
    if (expected === LOG_START) {
      await this.#readStore.create(DUE_NEXT, TABLES);
      await this.#readStore.makeLive(DUE_NEXT);
    }
    const changed = [...dues];
    const outcome = await this.#readStore.commit({
      projection: DUE_NEXT,
      lease,
      expected,
      next: position,
      tables: {
        cases: {
          remove: changed.flatMap(([stream, at]) => (at === undefined ? [[stream]] : [])),
          put: changed.flatMap(([stream, dueAt]) =>
            dueAt === undefined ? [] : [{ stream, dueAt }]),
        },
        apart: {
          remove: changed.map(([stream]) => [stream]),
          put: apart.filter((stream) => dues.has(stream)).map((stream) => ({ stream })),
        },
      },
      parked: [],
      released: [],
    });
    return outcome === 'committed';
  }

  async *#rows(table: keyof typeof TABLES): AsyncGenerator<Row> {
    let after: Row | undefined;
    for (;;) {
      const query = { countMax: PAGE_ROWS, ...(after && { after }) };
      const rows = (await this.#readStore.find(DUE_NEXT.name, table, query)) ?? [];
      yield* rows;
      after = rows.at(-1);
      if (rows.length < PAGE_ROWS) return;
    }
  }
}
