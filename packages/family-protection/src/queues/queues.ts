// Work queues: what somebody has to do, of what they are shown. Rows only say where to look.
import {
  addMs,
  elapsedMs,
  instantOf,
  msOf,
  type CaseView,
  type Engine,
  type Instant,
  type ReadStore,
  type Row,
  type RowQuery,
} from '@himaya/engine';
import { calendar } from '../policy/calendar.ts';
import {
  approvalsOf,
  bookingsOf,
  foundBy,
  isOpen,
  openDeadlines,
  searchTextOf,
  staffOf,
  type ApprovalKind,
  type BookingOfDay,
  type OpenDeadline,
} from './facts.ts';
import { searchText, tailStart } from './search-text.ts';
import { work } from './work.ts';

/** Rows looked at for one page at most: of what somebody is not shown there may be much. */
const ROWS_MAX = 1_000;
const ROWS_AT_ONCE = 100;
/** Behind every letter there is. */
const LAST_LETTER = '\u{10ffff}';
const DAY_MS = elapsedMs({ value: 1, unit: 'days' });

/** Which part of a queue. */
export interface PageOf {
  /** Entries at most; default 50. */
  readonly countMax?: number;
  /** `next` of the page before. */
  readonly after?: Row;
}

/** Part of a queue. It may hold less than asked for, or nothing, though `next` says that more follows. */
export interface QueuePage<Entry> {
  readonly entries: readonly Entry[];
  readonly next?: Row;
}

/** A case as a queue names it. */
export interface QueuedCase {
  readonly caseId: string;
  readonly caseType: string;
  readonly openedAt: Instant;
}

/**
 * Queues over the projection `work`. Each answers what the asking person is shown of the cases in
 * question as they stand now, by the rules of the case types; a row that is older only costs a look.
 * `undefined`: the projection has not been built yet.
 */
export interface WorkQueues {
  /** Open cases that the asking person is accountable for or assigned to, oldest first. */
  myCases(actor: unknown, page?: PageOf): Promise<QueuePage<QueuedCase> | undefined>;
  /** Deadlines that fall due on the office's day of `now` and are not met, first due first. */
  dueToday(
    actor: unknown,
    now: Instant,
    page?: PageOf,
  ): Promise<QueuePage<QueuedCase & OpenDeadline> | undefined>;
  /** Deadlines that fell due before `now` and are not met, first due first. */
  overdue(
    actor: unknown,
    now: Instant,
    page?: PageOf,
  ): Promise<QueuePage<QueuedCase & OpenDeadline> | undefined>;
  /** Proposals that wait for somebody's approval, oldest case first. */
  awaitingApproval(
    actor: unknown,
    page?: PageOf,
  ): Promise<QueuePage<QueuedCase & { readonly kind: ApprovalKind }> | undefined>;
  /**
   * Cases whose numbers, kind or place contain a text, as it is written in either language, or whose
   * id begins with it.
   */
  search(actor: unknown, text: string, page?: PageOf): Promise<QueuePage<QueuedCase> | undefined>;
  /** Bookings of a day, `2027-05-09`, by their beginning. */
  bookings(
    actor: unknown,
    date: string,
    page?: PageOf,
  ): Promise<QueuePage<BookingOfDay> | undefined>;
}

/** Where the entries of a queue are looked for, and what a shown case has of them. */
interface Queue<Entry> {
  readonly table: string;
  readonly query: Omit<RowQuery, 'countMax'>;
  readonly entryOf: (view: CaseView, row: Row) => Entry | undefined;
}

/** Work queues over a read store in which `work` is kept up. */
export function workQueues(engine: Engine, readStore: ReadStore): WorkQueues {
  const ask = <Entry>(actor: unknown, queue: Queue<Entry>, page: PageOf = {}) =>
    pageOf(engine, readStore, actor, queue, page);
  const due = (from: Instant | undefined, until: Instant) => ({
    table: 'deadlines',
    query: {
      where: [
        ...(from === undefined ? [] : [{ column: 'dueAt', is: '>=', value: from } as const]),
        { column: 'dueAt', is: '<', value: until } as const,
      ],
      orderBy: ['dueAt'],
    },
    entryOf: dueEntry,
  });
  return {
    myCases: async (actor, page) => {
      const staff = (await engine.identify(actor))?.staff ?? '';
      const where = [{ column: 'staff', is: '=', value: staff }] as const;
      const entryOf = (view: CaseView) =>
        isOpen(view) && staffOf(view).includes(staff) ? queued(view) : undefined;
      return ask(actor, { table: 'staff', query: { where, orderBy: ['openedAt'] }, entryOf }, page);
    },
    dueToday: (actor, now, page) => {
      const from = dayOf(now);
      return ask(actor, due(from, addMs(from, DAY_MS)), page);
    },
    overdue: (actor, now, page) => ask(actor, due(undefined, now), page),
    awaitingApproval: (actor, page) =>
      ask(actor, { table: 'approvals', query: { orderBy: ['openedAt'] }, entryOf: approval }, page),
    search: (actor, text, page) => {
      const value = searchText(text);
      const start = tailStart(value);
      // A text without a letter is in no word, and what begins with it would be everything.
      const where = start === '' ? [{ column: 'tail', is: '=', value: '' } as const] : [
        { column: 'tail', is: '>=', value: start } as const,
        { column: 'tail', is: '<', value: `${start}${LAST_LETTER}` } as const,
      ];
      const entryOf = (view: CaseView, { tail }: Row) => {
        // Of several tails of a case that begin so, it is shown at one.
        const one = foundBy(view).find((found) => found.startsWith(start));
        return one === tail && searchTextOf(view).includes(value) ? queued(view) : undefined;
      };
      return ask(actor, { table: 'found', query: { where, orderBy: ['tail'] }, entryOf }, page);
    },
    bookings: (actor, date, page) => {
      const where = [{ column: 'date', is: '=', value: date }] as const;
      const entryOf = (view: CaseView, { bookingId }: Row) =>
        bookingsOf(view).find((one) => one.bookingId === bookingId);
      const query = { where, orderBy: ['fromAt'] };
      return ask(actor, { table: 'bookings', query, entryOf }, page);
    },
  };
}

async function pageOf<Entry>(
  engine: Engine,
  readStore: ReadStore,
  actor: unknown,
  { table, query, entryOf }: Queue<Entry>,
  { countMax = 50, after }: PageOf,
): Promise<QueuePage<Entry> | undefined> {
  const entries: Entry[] = [];
  let last = after;
  for (let looked = 0; looked < ROWS_MAX && entries.length < countMax; ) {
    const rows = await readStore.find(work.name, table, {
      ...query,
      countMax: ROWS_AT_ONCE,
      ...(last !== undefined && { after: last }),
    });
    if (rows === undefined) return undefined;
    for (const row of rows) {
      if (entries.length === countMax) break;
      last = row;
      const view = await engine.caseFor(String(row.caseId), actor);
      const entry = view && entryOf(view, row);
      if (entry !== undefined) entries.push(entry);
    }
    looked += rows.length;
    if (rows.length < ROWS_AT_ONCE && last === rows.at(-1)) return { entries };
    if (rows.length === 0) return { entries };
  }
  return { entries, ...(last !== undefined && { next: last }) };
}

function queued({ caseId, caseType, openedAt }: CaseView): QueuedCase {
  return { caseId, caseType, openedAt };
}

/** A deadline that stands as the row says. */
function dueEntry(view: CaseView, { code, part, dueAt }: Row) {
  const found = openDeadlines(view).find(
    (one) => one.code === code && one.part === part && one.dueAt === dueAt,
  );
  return found && isOpen(view) ? { ...queued(view), ...found } : undefined;
}

function approval(view: CaseView, { kind }: Row) {
  const found = approvalsOf(view).find((one) => one === kind);
  return found && isOpen(view) ? { ...queued(view), kind: found } : undefined;
}

/** When the office's day of an instant begins. */
function dayOf(now: Instant): Instant {
  const offsetMs = calendar.utcOffsetMinutes * 60_000;
  const localMs = msOf(now) + offsetMs;
  return instantOf(localMs - (localMs % DAY_MS) - offsetMs);
}
