// The same commands on Himaya and on other libraries, on a file and on a server.
import { join } from 'node:path';
import type { EventStore, ReadStore } from '@himaya/event-store';
import { openPostgresReadStore, openPostgresStore } from '@himaya/event-store-postgres';
import { openSqliteReadStore, openSqliteStore } from '@himaya/event-store-sqlite';
import { hasServer, testServer } from '../../../packages/event-store-postgres/test/server.ts';
import { inParallel, timed, type Floor, type Subject } from '../measure.ts';
import { caughtUp } from '../projections.ts';
import { appendSubject } from '../subjects.ts';
import { installPeers, type Consumer, type Library } from './library.ts';
import { himayaOn, notesEngine } from './note-case.ts';
import { actOnFile, castoreOnServer, emmettOnFile, emmettOnServer } from './others.ts';
import { rawServer } from './raw-server.ts';

/** Commands of one case: the first opens it. */
const COMMANDS_PER_CASE = 20;
/** Cases of a round, by how many commands are on the way: a second of work, or less. */
const CASES = { 1: 20, 16: 160, 64: 640 } as const;
/** Of the others, which take longer. */
const CASES_OF_OTHERS = { 1: 10, 16: 32, 64: 64 } as const;
const CONCURRENCIES = [1, 16, 64] as const;
/** Events of the stream that is read, and how often it is in a round. */
const LONG = 100;
const READS = 100;
const TRIES_MAX = 20;
/** Events that a handler is brought up to: of Himaya so many that its start does not count. */
const CONSUMED = { others: 3_000, himaya: 20_000 };
/** So that an event has some 300 bytes beside what a library adds. */
const TEXT = 'Cars stand so that nobody can turn at the end of the alley. '.repeat(3).trimEnd();

/** A store, and what is compared on it. */
interface Place {
  readonly name: string;
  readonly himaya: Library;
  readonly others: readonly Library[];
  /** A log of their own for what is brought to handlers: of Himaya, and of the other that has any. */
  readonly log: EventStore;
  readonly consumer: Consumer;
  readonly readStore: ReadStore;
  /** What is due of commands against `emmett`. */
  readonly due: Readonly<Partial<Record<(typeof CONCURRENCIES)[number], number>>>;
}

/** Everything that is compared, over files in `folder` and over a server if one is here. */
export async function peerSubjects(
  folder: string,
  seed: number,
): Promise<{ readonly list: readonly Subject[]; close(): Promise<void> }> {
  installPeers();
  const places = [await onFile(folder)];
  const list: Subject[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  if (await hasServer()) {
    const { url, stop } = await testServer();
    places.push(await onServer(url));
    const appends = await appendsOnServer(url, seed);
    list.push(...appends.list);
    closing.push(appends.close, stop);
  }
  for (const place of places) {
    list.push(...commandSubjects(place), ...(await readSubjects(place)));
    list.push(...(await catchUpSubjects(place)));
    for (const opened of [place.himaya, ...place.others, place.readStore, place.log]) {
      closing.unshift(() => opened.close());
    }
  }
  return {
    list,
    close: async () => {
      for (const close of closing) await close();
    },
  };
}

async function onFile(folder: string): Promise<Place> {
  return {
    name: 'SQLite',
    himaya: himayaOn(openSqliteStore({ path: join(folder, 'himaya.db') })),
    others: [emmettOnFile(join(folder, 'emmett.db')), await actOnFile(join(folder, 'act.db'))],
    log: openSqliteStore({ path: join(folder, 'log.db') }),
    consumer: emmettOnFile(join(folder, 'emmett-log.db')),
    readStore: openSqliteReadStore({ path: join(folder, 'rows.db') }),
    due: { 1: 8 },
  };
}

async function onServer(connection: string): Promise<Place> {
  const migrate = true;
  const emmett = await emmettOnServer(connection);
  return {
    name: 'PostgreSQL',
    himaya: himayaOn(await openPostgresStore({ connection, schema: 'himaya', migrate })),
    others: [emmett, await castoreOnServer(connection)],
    log: await openPostgresStore({ connection, schema: 'log', migrate }),
    consumer: emmett,
    readStore: await openPostgresReadStore({ connection, schema: 'rows', migrate }),
    due: { 16: 5, 64: 8 },
  };
}

function nameOf({ name }: Library, what: string, place: Place): string {
  return `${name}, ${place.name}, ${what}`;
}

/** Cases of twenty commands, so many of them at a time: loaded, folded, decided, appended. */
function commandSubjects(place: Place): readonly Subject[] {
  return CONCURRENCIES.flatMap((concurrency) => {
    const what = `${concurrency} at a time`;
    const of = (library: Library, cases: number, floors: readonly Floor[]): Subject => ({
      name: nameOf(library, what, place),
      unit: 'commands',
      floors,
      isOthers: library !== place.himaya,
      run: async () => {
        let failures = 0;
        const sample = await timed(cases * COMMANDS_PER_CASE, () =>
          quietly(async () => {
            await inParallel(Array.from({ length: cases }), concurrency, async () => {
              const failed = await oneCase(library);
              failures += failed;
              return true;
            });
            return failures;
          }),
        );
        // To fail is quick: only what was done counts.
        return { ...sample, count: sample.count - failures };
      },
    });
    const floors = place.others.map((other) => ({
      name: nameOf(other, what, place),
      due: other.name === 'emmett' ? place.due[concurrency] : undefined,
    }));
    return [
      ...place.others.map((other) => of(other, CASES_OF_OTHERS[concurrency], [])),
      of(place.himaya, CASES[concurrency], floors),
    ];
  });
}

const { log: sayLog, error: sayError } = console;

/** Does `work` while nothing is printed: some print each failure, which is counted here. */
async function quietly<Value>(work: () => Promise<Value>): Promise<Value> {
  console.log = console.error = () => undefined;
  try {
    return await work();
  } finally {
    Object.assign(console, { log: sayLog, error: sayError });
  }
}

/** How many of the commands of one case failed. */
async function oneCase(library: Library): Promise<number> {
  const tried = async <Value>(work: Promise<Value>): Promise<Value | undefined> =>
    work.catch(() => undefined);
  const id = await tried(library.register(TEXT));
  if (id === undefined) return COMMANDS_PER_CASE;
  let failures = 0;
  for (let added = 1; added < COMMANDS_PER_CASE; added += 1) {
    if ((await tried(library.addNote(id, TEXT))) !== true) failures += 1;
  }
  return failures;
}

/** A stream of a hundred events, read and parsed. */
async function readSubjects(place: Place): Promise<readonly Subject[]> {
  const what = `read ${LONG} events`;
  const of = async (library: Library, floors: readonly Floor[]): Promise<readonly Subject[]> => {
    const { read } = library;
    if (!read) return [];
    const id = await longCase(library);
    const subject = {
      name: nameOf(library, what, place),
      unit: 'events',
      floors,
      isOthers: library !== place.himaya,
      run: () =>
        timed(READS * LONG, async () => {
          let failures = 0;
          for (let done = 0; done < READS; done += 1) if ((await read(id)) < LONG) failures += 1;
          return failures;
        }),
    };
    return [subject];
  };
  const others = (await Promise.all(place.others.map((other) => of(other, [])))).flat();
  const floors = others.map(({ name }) => ({
    name,
    due: name.startsWith('emmett') ? 2 : undefined,
  }));
  return [...others, ...(await of(place.himaya, floors))];
}

/** The id of a case with a hundred events; what fails is tried again, as some fail now and then. */
async function longCase({ register, addNote }: Library): Promise<string> {
  const id = await insist(() => register(TEXT));
  for (let added = 1; added < LONG; added += 1) await insist(() => addNote(id, TEXT));
  return id;
}

async function insist<Value>(work: () => Promise<Value | undefined>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    const done = await quietly(work).catch(() => undefined);
    if (done !== undefined) return done;
    if (tries === TRIES_MAX) throw new Error(`a command failed ${TRIES_MAX} times in a row`);
  }
}

/** Events brought to a handler from the first one on, with its place made durable. */
async function catchUpSubjects(place: Place): Promise<readonly Subject[]> {
  const { consumer, log, readStore, himaya } = place;
  const engine = notesEngine(log);
  const fill = async (library: Library, events: number, concurrency: number): Promise<number> => {
    const cases = Array.from({ length: events / LONG });
    return inParallel(cases, concurrency, async () => Boolean(await longCase(library)));
  };
  await fill(himayaOn(log), CONSUMED.himaya, 64);
  // One after the other: on a file it cannot take several at a time.
  await fill(consumer, CONSUMED.others, 1);
  const what = 'handler brought up to date';
  const floor = nameOf(consumer, what, place);
  return [
    {
      name: floor,
      unit: 'events',
      isOthers: true,
      run: () => timed(CONSUMED.others, async () => (await consumer.consume(CONSUMED.others), 0)),
    },
    {
      name: nameOf(himaya, what, place),
      unit: 'events',
      floors: [{ name: floor, due: 30 }],
      run: () => caughtUp(engine, readStore, ['Registered', 'NoteAdded']),
    },
  ];
}

/** Appends onto a server against raw inserts of single rows with the same bytes. */
async function appendsOnServer(
  connection: string,
  seed: number,
): Promise<{ readonly list: readonly Subject[]; close(): Promise<void> }> {
  const store = await openPostgresStore({ connection, schema: 'appends', migrate: true });
  const raw = await rawServer(connection);
  const himaya = himayaOn(store);
  const { entries } = await store.readStream(`case-${await longCase(himaya)}`, 0, LONG);
  const sample = entries.map(({ bytes }) => bytes);
  const append = (concurrency: number, count: number, floor: Floor): Subject =>
    appendSubject({
      name: `append, PostgreSQL, ${concurrency} at a time`,
      store, sample, concurrency, count, floors: [floor], seed,
    });
  return {
    list: [
      ...raw.subjects(sample),
      append(1, 500, { name: raw.one, due: 0.85 }),
      append(64, 12_800, { name: raw.many, due: 3 }),
    ],
    close: async () => {
      await raw.close();
      await store.close();
    },
  };
}
