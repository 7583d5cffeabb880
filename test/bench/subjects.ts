// The subjects of the benchmark: floors, appends, commands, reads and replay.
import { join } from 'node:path';
import type { Engine } from '@himaya/engine';
import {
  copyLog,
  LOG_START,
  sealEntry,
  verifyStore,
  type Entry,
  type EventStore,
  type Head,
  type StreamName,
} from '@himaya/event-store';
import { openSqliteStore, type SqliteEventStore } from '@himaya/event-store-sqlite';
import { inParallel, timed, type Floor, type Sample, type Subject } from './measure.ts';
import { projectionSubjects } from './projections.ts';
import { RawLog } from './raw-sqlite.ts';
import { addingCommand, officeEngine, officer, openCases } from './workload.ts';

/** Entries of the raw batch, as the due figures name it. */
const BATCH = 1_000;
const SINGLE = 300;
const OPERATIONS = { 1: 300, 16: 3_200, 64: 9_600 } as const;
const HISTORIES = 10_000;
const COMMANDS_PER_CASE = 10;
const CONCURRENCIES = [1, 16, 64] as const;
const SINGLE_FLOOR = 'raw insert, 1 row';
const BATCH_FLOOR = 'raw insert, 1000 rows';
const PARSE_FLOOR = 'JSON.parse of the same bytes';

/** What is due of appends, by how many are on the way. */
const APPENDS_DUE = { 1: 0.75, 16: undefined, 64: 0.3 } as const;

/** Everything that is measured, over files in `folder`. */
export async function subjects(
  folder: string,
  seed: number,
): Promise<{ readonly list: readonly Subject[]; close(): Promise<void> }> {
  const store = openSqliteStore({ path: join(folder, 'bench.db') });
  const engine = officeEngine(store, HISTORIES * 2);
  const cases = await openCases(engine, 64, 64);
  const sample = await sampleEntries(store, engine, cases);
  const raw = new RawLog(join(folder, 'raw.db'));
  const history = await histories(folder);
  const list: readonly Subject[] = [
    floor(SINGLE_FLOOR, SINGLE, () => raw.insertSingly(repeat(sample, SINGLE))),
    floor(BATCH_FLOOR, BATCH * 10, () => {
      for (let batch = 0; batch < 10; batch += 1) raw.insertTogether(repeat(sample, BATCH));
    }),
    ...CONCURRENCIES.map((concurrency) =>
      appendSubject({
        name: `append, ${concurrency} at a time`,
        store,
        sample,
        concurrency,
        count: OPERATIONS[concurrency],
        floors: [{ name: floorOf(concurrency), due: APPENDS_DUE[concurrency] }],
        seed,
      }),
    ),
    ...CONCURRENCIES.map((concurrency) => commandSubject(engine, concurrency)),
    ...history.list,
  ];
  return {
    list,
    close: async () => {
      raw.close();
      await store.close();
      await history.close();
    },
  };
}

function floorOf(concurrency: number): string {
  return concurrency === 1 ? SINGLE_FLOOR : BATCH_FLOOR;
}

function floor(name: string, count: number, work: () => void): Subject {
  return { name, unit: 'entries', run: () => timed(count, () => (work(), 0)) };
}

function repeat(sample: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, index) => sample[index % sample.length] as Uint8Array);
}

/** The bytes of real entries, so that floors and subjects write the same. */
async function sampleEntries(
  store: SqliteEventStore,
  engine: Engine,
  cases: readonly string[],
): Promise<readonly Uint8Array[]> {
  for (const caseId of cases) await engine.execute(addingCommand(caseId), officer);
  const { entries } = await store.readAll(LOG_START, 4_096);
  return entries.map(({ bytes }) => bytes);
}

/** One event after another onto a store, `concurrency` at a time, compared with a floor. */
export function appendSubject({
  name, store, sample, concurrency, count, floors, seed,
}: {
  readonly name: string;
  readonly store: EventStore;
  /** What is appended: the data of these entries, in turn. */
  readonly sample: readonly Uint8Array[];
  readonly concurrency: number;
  /** Appends of one round. */
  readonly count: number;
  readonly floors: readonly Floor[];
  readonly seed: number;
}): Subject {
  const data = sample.map((bytes) => JSON.parse(Buffer.from(bytes).toString()) as object);
  const heads = new Map<string, Head>();
  let next = 0;
  const prepare = (wanted: number): readonly Entry[] =>
    Array.from({ length: wanted }, () => {
      next += 1;
      const stream = `bench-${seed}-${concurrency}-${next % concurrency}` as StreamName;
      const head = heads.get(stream);
      const position = head ? head.position + 1 : 0;
      const prev = head?.hash ?? null;
      const recordedAt = '2027-05-09T06:00:00.000Z';
      const from = data[next % data.length];
      const entry = sealEntry({ ...from, stream, position, prev, recordedAt } as never);
      heads.set(stream, { position, hash: entry.hash, recordedAt: entry.recordedAt });
      return entry;
    });
  return {
    name,
    unit: 'appends',
    floors,
    run: (): Promise<Sample> => {
      // Sealing is part of a command and not of an append: it is done before the time is taken.
      const before = new Map(heads);
      const entries = prepare(count);
      return timed(entries.length, () =>
        inParallel(entries, concurrency, async (entry) => {
          const expected = before.get(entry.stream) ?? 'none';
          const { position, hash, recordedAt } = entry;
          before.set(entry.stream, { position, hash, recordedAt });
          const writes = [{ stream: entry.stream, expected, entries: [entry] }] as const;
          return (await store.append({ writes })).kind === 'appended';
        }),
      );
    },
  };
}

function commandSubject(engine: Engine, concurrency: (typeof CONCURRENCIES)[number]): Subject {
  return {
    name: `command, ${concurrency} at a time`,
    unit: 'commands',
    floors: [{ name: floorOf(concurrency), due: concurrency === 64 ? 0.12 : undefined }],
    run: async () => {
      // Ten commands to a case, as an office has many open cases and none grows without end.
      const fresh = await openCases(engine, OPERATIONS[concurrency] / COMMANDS_PER_CASE, 64);
      const commands = Array.from({ length: OPERATIONS[concurrency] }, (_, index) =>
        addingCommand(fresh[index % fresh.length] as string),
      );
      return timed(commands.length, () =>
        inParallel(commands, concurrency, async (command) => {
          const outcome = await engine.execute(command, officer);
          return outcome.kind === 'accepted';
        }),
      );
    },
  };
}

/** A second file with ten thousand histories: reads, parsing alone, and replay. */
async function histories(
  folder: string,
): Promise<{ readonly list: readonly Subject[]; close(): Promise<void> }> {
  const store = openSqliteStore({ path: join(folder, 'histories.db') });
  const engine = officeEngine(store, HISTORIES);
  process.stderr.write(`recording ${HISTORIES.toLocaleString('en')} histories\n`);
  const cases = await openCases(engine, HISTORIES, 64);
  const commands = cases.flatMap((caseId) => [addingCommand(caseId), addingCommand(caseId)]);
  await inParallel(commands, 64, async (command) => {
    const outcome = await engine.execute(command, officer);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return true;
  });
  const long = await longStream(engine, cases[0] as string, 100);
  const all: Uint8Array[] = [];
  for (let after = LOG_START; ;) {
    const page = await store.readAll(after, 4_096);
    if (page.entries.length === 0) break;
    all.push(...page.entries.map(({ bytes }) => bytes));
    after = page.next;
  }
  const texts = all.map((bytes) => Buffer.from(bytes));
  const projected = await projectionSubjects(join(folder, 'histories.db'), folder);
  const list: readonly Subject[] = [
    ...projected.list,
    parsing(texts),
    ...([20, 100] as const).map((count) => readSubject(store, long, count)),
    {
      name: `replay of ${HISTORIES.toLocaleString('en')} histories`,
      unit: 'events',
      floors: [{ name: PARSE_FLOOR }],
      run: async () => {
        const reader = officeEngine(store, 1);
        const start = performance.now();
        let events = 0;
        let failures = 0;
        for (const caseId of cases) {
          const report = await reader.replay(caseId);
          events += report?.events ?? 0;
          failures += report?.divergences.length ?? 1;
        }
        return { count: events, ms: performance.now() - start, failures };
      },
    },
    ...logSubjects(folder, store, all.length),
  ];
  return {
    list,
    close: async () => {
      await projected.close();
      await store.close();
    },
  };
}

/** What is done with a whole log: verified, and copied into a new file. */
function logSubjects(
  folder: string,
  store: SqliteEventStore,
  count: number,
): readonly Subject[] {
  return [
    {
      name: 'verify the log',
      unit: 'entries',
      floors: [{ name: PARSE_FLOOR }],
      run: () =>
        timed(count, async () => {
          const { firstBad, entries } = await verifyStore(store);
          return firstBad === undefined ? count - entries : count;
        }),
    },
    {
      name: 'copy the log into a file',
      unit: 'entries',
      floors: [{ name: BATCH_FLOOR }],
      run: async (round) => {
        const target = openSqliteStore({ path: join(folder, `copy-${round}.db`) });
        try {
          return await timed(count, async () => {
            const { copied } = await copyLog(store, target);
            return count - copied;
          });
        } finally {
          await target.close();
        }
      },
    },
  ];
}

/** Parsing alone: what a read of parsed events cannot be faster than. */
function parsing(texts: readonly Buffer[]): Subject {
  return {
    name: PARSE_FLOOR,
    unit: 'events',
    run: () =>
      timed(texts.length, () => {
        let seen = 0;
        for (const text of texts) if (JSON.parse(text.toString('utf8')) !== null) seen += 1;
        return texts.length - seen;
      }),
  };
}

async function longStream(engine: Engine, caseId: string, events: number): Promise<StreamName> {
  for (let count = 0; count < events; count += 1) {
    await engine.execute(addingCommand(caseId), officer);
  }
  return `case-${caseId}` as StreamName;
}

function readSubject(store: SqliteEventStore, stream: StreamName, count: number): Subject {
  const reads = Math.ceil(20_000 / count);
  return {
    name: `read ${count} events, parsed`,
    unit: 'events',
    floors: [{ name: PARSE_FLOOR }],
    run: () =>
      timed(reads * count, async () => {
        let failures = 0;
        for (let read = 0; read < reads; read += 1) {
          const { entries } = await store.readStream(stream, 0, count);
          const parsed = entries.map(
            ({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as unknown,
          );
          if (parsed.length !== count) failures += 1;
        }
        return failures;
      }),
  };
}
