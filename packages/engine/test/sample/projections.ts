// Projections for tests: counts of events by type and by stream, and the deadlines of each case.
import type { ReadStore, Row, RowQuery, Tables } from '@himaya/event-store';
import {
  caseProjection,
  projection,
  type Projection,
  type ProjectionFold,
  type RecordedEvent,
} from '../../src/index.ts';

const COUNTS = {
  types: { columns: { type: 'text', count: 'integer' }, key: ['type'] },
  streams: {
    columns: { stream: 'text', day: 'text', count: 'integer', last: 'text' },
    key: ['stream', 'day'],
    indexes: [['count']],
  },
} as const satisfies Tables;

/** Counts by type, and of each stream how many events it has and which was the last. */
export function counting(
  version = 1,
  check: (event: RecordedEvent) => void = () => undefined,
  types: readonly string[] = ['CaseOpened', 'Opened', 'Noted', 'RiskAssessed', 'NoteAdded'],
): Projection {
  const fold = ({ event, rows }: ProjectionFold<typeof COUNTS>): void => {
    const { type, stream, recordedAt: last } = event;
    rows.types.put({ type, count: (rows.types.get(type)?.count ?? 0) + 1 });
    // The stream's second row depends on its first: a fold may ask in several steps.
    const day = rows.streams.get(stream, 'all')?.last.slice(0, 10) ?? 'first';
    const count = (rows.streams.get(stream, day)?.count ?? 0) + 1;
    rows.streams.put({ stream, day, count, last });
    const all = (rows.streams.get(stream, 'all')?.count ?? 0) + 1;
    rows.streams.put({ stream, day: 'all', count: all, last });
    if (all % 5 === 0) rows.streams.remove(stream, 'first');
    check(event);
  };
  const on = Object.fromEntries(types.map((type) => [type, fold]));
  return projection({ name: 'counts', version, tables: COUNTS, on });
}

/** What is due in each case. */
export function dues(version = 1, check: (caseId: string) => void = () => undefined): Projection {
  return caseProjection({
    name: 'dues',
    version,
    tables: {
      dues: {
        columns: { caseId: 'text', code: 'text', part: 'text', dueAt: 'text', status: 'text' },
        key: ['caseId', 'code', 'part'],
        indexes: [['status', 'dueAt']],
      },
    },
    rowsOf: ({ caseId, deadlines }) => {
      check(caseId);
      return {
        dues: deadlines.map(({ code, part, dueAt, status }) => ({
          caseId, code, part, dueAt, status,
        })),
      };
    },
  });
}

/** All rows of a table of the live version. */
export async function rowsIn(
  readStore: ReadStore,
  name: string,
  table: string,
  query: Partial<RowQuery> = {},
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (let after: Row | undefined; ;) {
    const page = await readStore.find(name, table, {
      countMax: 1_000, ...query, ...(after && { after }),
    });
    found.push(...(page ?? []));
    after = page?.at(-1);
    if (after === undefined) return found;
  }
}
