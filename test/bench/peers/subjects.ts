// The same commands on Himaya and on other libraries, on a file and on a server.
import { join } from 'node:path';
import type { EventStore, ReadStore } from '@himaya/event-store';
import { openPostgresReadStore, openPostgresStore } from '@himaya/event-store-postgres';
import { openSqliteReadStore, openSqliteStore } from '@himaya/event-store-sqlite';
import { hasServer, testServer } from '../../../packages/event-store-postgres/test/server.ts';
import { inParallel, timed, type Floor, type Subject } from '../measure.ts';
import { caughtUp } from '../projections.ts';
import { appendSubject } from '../subjects.ts';
import { installPeers, type Library } from './library.ts';
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
/** Events that a handler is brought up to. */
const CONSUMED = 2_000;
/** So that an event has some 300 bytes beside what a library adds. */
const TEXT = 'Cars stand so that nobody can turn at the end of the alley. '.repeat(3).trimEnd();

/** A store, and what is compared on it. */
interface Place {
  readonly name: string;
  readonly himaya: Library;
  readonly others: readonly Library[];
  /** A log and rows of their own, for what folds a log from its first event. */
  readonly log: EventStore;
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
    for (const { close } of [place.himaya, ...place.others, place.readStore, place.log]) {
      closing.unshift(async () => close());
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
    readStore: openSqliteReadStore({ path: join(folder, 'rows.db') }),
    due: { 1: 8 },
  };
}

async function onServer(connection: string): Promise<Place> {
  const migrate = true;
  return {
    name: 'PostgreSQL',
    himaya: himayaOn(await openPostgresStore({ connection, schema: 'himaya', migrate })),
    others: [await emmettOnServer(connection), await castoreOnServer(connection)],
    log: await openPostgresStore({ connection, schema: 'log', migrate }),
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
      run: () => {
        const ids = Array.from({ length: cases });
        return timed(cases * COMMANDS_PER_CASE, () =>
          quietly(async () => {
            let failures = 0;
            await inParallel(ids, concurrency, async () => {
              failures += await oneCase(library);
              return true;
            });
            return failures;
          }),
        );
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

/** Does `work` while nothing is printed: some print each failure, which is counted here. */
async function quietly<Value>(work: () => Promise<Value>): Promise<Value> {
  const { log, error } = console;
  console.log = console.error = () => undefined;
  try {
    return await work();
  } finally {
    Object.assign(console, { log, error });
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
          for (let done = 0; done < READS; done += 1) if ((await read(id)) !== LONG) failures += 1;
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

async function longCase({ register, addNote }: Library, events = LONG): Promise<string> {
  const id = await register(TEXT);
  if (id === undefined) throw new Error('a case was not opened');
  for (let added = 1; added < events; added += 1) await addNote(id, TEXT);
  return id;
}

/** Two thousand events brought to a handler, with its place made durable. */
async function catchUpSubjects(place: Place): Promise<readonly Subject[]> {
  const what = 'catch-up';
  const own = himayaOn(place.log);
  const cases = Array.from({ length: CONSUMED / LONG });
  await inParallel(cases, 8, async () => Boolean(await longCase(own)));
  const engine = notesEngine(place.log);
  const others = place.others.flatMap((other): Subject[] => {
    const { consume } = other;
    if (!consume) return [];
    const name = nameOf(other, what, place);
    const run: Subject['run'] = () => timed(CONSUMED, async () => (await consume(CONSUMED), 0));
    return [{ name, unit: 'events', isOthers: true, run }];
  });
  return [
    ...others,
    {
      name: nameOf(place.himaya, what, place),
      unit: 'events',
      floors: others.map(({ name }) => ({ name, due: 30 })),
      run: () => caughtUp(engine, place.readStore, ['Registered', 'NoteAdded']),
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
