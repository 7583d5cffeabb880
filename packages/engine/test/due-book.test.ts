// What is due, kept in the read store: a process that starts goes on from there.
import { MemoryReadStore, type EventStore, type Lease, type StreamName } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { caseProjection, projection, projectionLease } from '../src/index.ts';
import { DueBook, type DuePage } from '../src/rim/due-book.ts';
import type { GlobalPosition, Instant } from '@himaya/event-store';
import { bench, DAY } from './sample/bench.ts';

const [one, two, three] = ['case-1', 'case-2', 'case-3'] as [StreamName, StreamName, StreamName];
const at = '2027-01-10T06:00:00.000Z' as Instant;
const later = '2027-01-12T06:00:00.000Z' as Instant;
const farOff = '2030-01-01T06:00:00.000Z' as Instant;
const place = (position: number) => BigInt(position) as GlobalPosition;
const page = (
  position: number,
  dues: readonly (readonly [StreamName, Instant | null | undefined])[],
  apart: readonly StreamName[] = [],
): DuePage => ({ position: place(position), dues: new Map(dues), apart });

async function taken(readStore: MemoryReadStore): Promise<Lease> {
  return (await readStore.takeLease('deadlines', 'one', 60_000)) as Lease;
}

describe('due book', () => {
  it('due book › what was written › is what is loaded, with what could not be folded', async () => {
    const readStore = new MemoryReadStore();
    const lease = await taken(readStore);
    const book = new DueBook(readStore);
    expect(await book.load()).toEqual({ position: -1n, dues: new Map(), apart: [] });
    const first = page(7, [[one, at], [two, null], [three, at]], [three]);
    expect(await book.save(lease, place(-1), first)).toBe(true);
    expect(await book.load()).toEqual(first);
    // Of two nothing is due any more, of one later; three is as it was, with nothing apart.
    const second = page(9, [[one, later], [two, undefined], [three, at]]);
    expect(await book.save(lease, place(7), second)).toBe(true);
    expect(await book.load()).toEqual(page(9, [[one, later], [three, at]]));
  });

  it('due book › more than one page of cases › all of them are loaded', async () => {
    const readStore = new MemoryReadStore();
    const cases = Array.from({ length: 9_001 }, (_, n) => [`case-${n}` as StreamName, at] as const);
    const book = new DueBook(readStore);
    await book.save(await taken(readStore), place(-1), page(3, cases));
    expect((await book.load()).dues.size).toBe(9_001);
  });

  it('due book › that went on, was dropped or is another’s › is written or left alone', async () => {
    const readStore = new MemoryReadStore();
    const lease = await taken(readStore);
    const book = new DueBook(readStore);
    await book.save(lease, place(-1), page(7, [[one, at]]));
    // Somebody who knows it as it was earlier has seen everything since.
    expect(await book.save(lease, place(5), page(8, [[two, at]]))).toBe(true);
    // Somebody who has not come as far has not.
    expect(await book.save(lease, place(5), page(7, [[one, later]]))).toBe(false);
    // What goes further than the book has not been read from it: it was made anew.
    expect(await book.save(lease, place(9), page(12, [[one, later]]))).toBe(false);
    expect(await book.save({ ...lease, token: 9 }, place(8), page(12, [[one, later]]))).toBe(false);
    expect(await book.load()).toEqual(page(8, [[one, at], [two, at]]));
  });
});

/** How many streams a process asks for. */
function counted(store: EventStore): { readonly store: EventStore; asked: Set<string> } {
  const asked = new Set<string>();
  const counting: EventStore = Object.assign(Object.create(store) as EventStore, {
    readStream: (...args: Parameters<EventStore['readStream']>) => {
      asked.add(args[0]);
      return store.readStream(...args);
    },
    readAll: (...args: Parameters<EventStore['readAll']>) => store.readAll(...args),
    append: (...args: Parameters<EventStore['append']>) => store.append(...args),
    watch: (...args: Parameters<EventStore['watch']>) => store.watch(...args),
  });
  return { store: counting, asked };
}

type DueRow = readonly [StreamName, Instant | undefined];

const tables = { due: { columns: { caseId: 'text' }, key: ['caseId'] } } as const;

it.each([
  ['events', () => projection({ name: 'dueNext', version: 2, tables, on: {} })],
  ['cases', () => caseProjection({ name: 'dueNext', version: 2, tables, rowsOf: () => ({}) })],
])('a projection of %s › under the name of the book › is refused', (_what, declare) => {
  expect(declare).toThrow(/keeps what is due under this name/);
});

it('the book › is kept under the lease of deadlines, as a list of projections tells', () => {
  expect(projectionLease({ name: 'dueNext', version: 1 })).toBe('deadlines');
});

describe('deadline worker', () => {
  /** Works until something holds. */
  const work = async (
    { engine }: Pick<ReturnType<typeof bench>, 'engine'>,
    readStore: MemoryReadStore,
    isOver: () => Promise<boolean> | boolean,
  ) => {
    const stop = new AbortController();
    const over = engine.runWorkers({ readStore, pollMs: 20, signal: stop.signal });
    while (!(await isOver())) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await over;
  };
  /** A read store with the book of a log of a thousand cases and more, and that log. */
  const kept = async () => {
    const readStore = new MemoryReadStore();
    const made = bench();
    const due = await made.open();
    await made.accept('RecordIncident', { incident: 'i' }, { caseId: due });
    let last = due;
    for (let opened = 0; opened < 1_000; opened += 1) last = await made.open();
    await work(made, readStore, async () => (await readStore.projections()).length === 1);
    return { ...made, due, last, readStore };
  };
  const isReached = async ({ engine }: Pick<ReturnType<typeof bench>, 'engine'>, caseId: string) =>
    (await engine.history(caseId)).some(({ type }) => type === 'DeadlineReached');

  it('a process that starts › reaches what is due before it folds what the book knows', async () => {
    const { due, readStore, clock, store, other } = await kept();
    const face = counted(store);
    clock.forward(2 * DAY);
    const engine = other({ store: face.store });
    await work({ engine }, readStore, () => isReached({ engine }, due));
    const cases = [...face.asked].filter((stream) => stream.startsWith('case-'));
    // Then it may have looked back once: at ten of a thousand and one.
    expect([cases[0], cases.length < 12]).toEqual([`case-${due}`, true]);
  });

  it('a log that is older than the book › is read from its start, and people are told', async () => {
    const { readStore } = await kept();
    const [before] = await readStore.projections();
    const older = bench({ seed: 'older' });
    const caseId = await older.open();
    await older.accept('RecordIncident', { incident: 'i' }, { caseId });
    older.clock.forward(2 * DAY);
    await work(older, readStore, () => isReached(older, caseId));
    expect(older.alerts.map(({ message }) => message)).toEqual([
      expect.stringContaining('ahead of the log'),
    ]);
    expect(await readStore.projections()).toEqual([before]);
  });

  /** Changes rows as nobody should. */
  const tampered = async (readStore: MemoryReadStore, dues: readonly DueRow[]) => {
    const lease = await taken(readStore);
    const book = new DueBook(readStore);
    const position = await book.position();
    await book.save(lease, position, { position, dues: new Map(dues), apart: [] });
    await readStore.releaseLease(lease);
  };
  const said = ({ alerts }: ReturnType<typeof bench>) =>
    alerts.filter(({ code }) => code === 'due-book-changed').map(({ caseId }) => caseId);

  it('a row of the book that somebody took out › is found by and by, told, and reached', async () => {
    const made = await kept();
    const { due, last, readStore, clock, other } = made;
    // It takes a hundred looks to come past all of them.
    await tampered(readStore, [[`case-${due}`, undefined], [`case-${last}`, farOff]]);
    clock.forward(2 * DAY);
    const engine = other();
    const isOver = async () => {
      clock.forward(1_000);
      return said(made).length === 2 && isReached({ engine }, due);
    };
    await work({ engine }, readStore, isOver);
    expect(said(made)).toEqual([due, last]);
  });

  it('a case that changed while it was looked at › is no reason to suspect anybody', async () => {
    const made = await kept();
    const { due, readStore, accept, store, other } = made;
    let isLookedAt = false;
    const face: EventStore = Object.assign(counted(store).store, {
      readStream: async (...args: Parameters<EventStore['readStream']>) => {
        if (args[0] === `case-${due}` && !isLookedAt) {
          isLookedAt = true;
          await accept('Respond', {}, { caseId: due });
        }
        return store.readStream(...args);
      },
    });
    const engine = other({ store: face });
    await work({ engine }, readStore, () => isLookedAt);
    expect(said(made)).toEqual([]);
  });
});
