// The other libraries on their stores, used as their own guides use them.
import { randomUUID } from 'node:crypto';
import type * as Zod from 'zod';
import { peer, type Consumer, type Library } from './library.ts';

interface NoteState {
  readonly isOpen: boolean;
  readonly notes: number;
}
interface NoteEvent {
  readonly type: 'Registered' | 'NoteAdded';
  readonly data: { readonly text: string };
}

function evolve(state: NoteState, { type }: NoteEvent): NoteState {
  return type === 'Registered' ? { ...state, isOpen: true } : { ...state, notes: state.notes + 1 };
}

function register(text: string, state: NoteState): NoteEvent[] {
  if (state.isOpen) throw new Error('open already');
  return [{ type: 'Registered', data: { text } }];
}

function addNote(text: string, state: NoteState): NoteEvent[] {
  if (!state.isOpen) throw new Error('not open');
  return [{ type: 'NoteAdded', data: { text } }];
}

// --- emmett

interface EmmettConsumer {
  processor(options: {
    processorId: string;
    startFrom: 'BEGINNING';
    stopAfter(message: { metadata: { globalPosition: bigint } }): boolean;
    eachMessage(): void;
  }): unknown;
  reactor?: EmmettConsumer['processor'];
  start(): Promise<void>;
  stop(): Promise<void>;
}
interface EmmettStore {
  readStream(name: string): Promise<{ events: readonly unknown[] }>;
  consumer(options: { pulling: { batchSize: number } }): EmmettConsumer;
  close?(): Promise<void>;
}
type EmmettHandle = (
  store: EmmettStore,
  id: string,
  decide: (state: NoteState) => NoteEvent[],
) => Promise<unknown>;
interface Emmett {
  CommandHandler(options: {
    evolve: typeof evolve;
    initialState: () => NoteState;
  }): EmmettHandle;
}

/** Emmett on a file. It opens connections of its own and has nothing to close. */
export function emmettOnFile(fileName: string): Consumer {
  const { getSQLiteEventStore } = peer<{
    getSQLiteEventStore(options: { fileName: string; schema: object }): EmmettStore;
  }>('@event-driven-io/emmett-sqlite');
  return emmettOn(getSQLiteEventStore({ fileName, schema: { autoMigration: 'CreateOrUpdate' } }));
}

/** Emmett on a database. */
export async function emmettOnServer(url: string): Promise<Consumer> {
  const { getPostgreSQLEventStore } = peer<{
    getPostgreSQLEventStore(url: string): EmmettStore & { schema: { migrate(): Promise<unknown> } };
  }>('@event-driven-io/emmett-postgresql');
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  return emmettOn(store);
}

function emmettOn(store: EmmettStore): Consumer {
  const { CommandHandler } = peer<Emmett>('@event-driven-io/emmett');
  const handle = CommandHandler({ evolve, initialState: () => ({ isOpen: false, notes: 0 }) });
  return {
    name: 'emmett',
    register: async (text) => {
      const id = `case-${randomUUID()}`;
      await handle(store, id, (state) => register(text, state));
      return id;
    },
    addNote: async (id, text) => {
      await handle(store, id, (state) => addNote(text, state));
      return true;
    },
    read: async (id) => (await store.readStream(id)).events.length,
    consume: async (events) => {
      const consumer = store.consumer({ pulling: { batchSize: 1_000 } });
      let seen = 0;
      const options = {
        processorId: `bench-${randomUUID()}`,
        startFrom: 'BEGINNING' as const,
        stopAfter: () => (seen += 1) >= events,
        eachMessage: () => undefined,
      };
      if (consumer.reactor) consumer.reactor(options);
      else consumer.processor(options);
      await consumer.start();
      await consumer.stop();
    },
    close: async () => store.close?.(),
  };
}

// --- castore

interface CastoreAggregate extends NoteState {
  readonly aggregateId: string;
  readonly version: number;
}
interface CastoreEvent {
  readonly aggregateId: string;
  readonly version: number;
  readonly type: NoteEvent['type'];
  readonly payload: NoteEvent['data'];
}
interface CastoreStore {
  getAggregate(id: string): Promise<{ aggregate?: CastoreAggregate; events: readonly unknown[] }>;
  pushEvent(
    event: object,
    options: { prevAggregate?: CastoreAggregate | undefined },
  ): Promise<unknown>;
}
interface Castore {
  EventStore: new (options: object) => CastoreStore;
  EventType: new (options: { type: string }) => unknown;
  Command: new (options: {
    commandId: string;
    requiredEventStores: readonly [CastoreStore];
    handler(input: CastoreInput, stores: readonly [CastoreStore]): Promise<void>;
  }) => { handler(input: CastoreInput, stores: readonly [CastoreStore]): Promise<void> };
}
interface CastoreInput {
  readonly id: string;
  readonly decide: (state: NoteState) => NoteEvent[];
}

/** Castore on a database; the pool has the ten connections that it has if nobody says otherwise. */
export async function castoreOnServer(connectionString: string): Promise<Library> {
  const { EventStore, EventType, Command } = peer<Castore>('@castore/core');
  const { PostgresEventStorageAdapter } = peer<{
    PostgresEventStorageAdapter: (new (options: object) => { close?(): Promise<void> }) & {
      createEventTable(options: object): Promise<unknown>;
    };
  }>('@castore/event-storage-adapter-postgres');
  await PostgresEventStorageAdapter.createEventTable({ connectionString });
  const adapter = new PostgresEventStorageAdapter({ connectionString });
  const store = new EventStore({
    eventStoreId: 'CASES',
    eventTypes: [new EventType({ type: 'Registered' }), new EventType({ type: 'NoteAdded' })],
    eventStorageAdapter: adapter,
    reducer: (
      state: CastoreAggregate | undefined,
      { aggregateId, version, type, payload }: CastoreEvent,
    ): CastoreAggregate => {
      const next = evolve(state ?? { isOpen: false, notes: 0 }, { type, data: payload });
      return { ...next, aggregateId, version };
    },
  });
  const command = new Command({
    commandId: 'NOTE',
    requiredEventStores: [store],
    handler: async ({ id, decide }, [cases]) => {
      const { aggregate } = await cases.getAggregate(id);
      const [event] = decide(aggregate ?? { isOpen: false, notes: 0 });
      const version = (aggregate?.version ?? 0) + 1;
      await cases.pushEvent(
        { aggregateId: id, version, type: event?.type, payload: event?.data },
        { prevAggregate: aggregate },
      );
    },
  });
  const run = (id: string, decide: CastoreInput['decide']) =>
    command.handler({ id, decide }, [store]);
  return {
    name: 'castore',
    register: async (text) => {
      const id = randomUUID();
      await run(id, (state) => register(text, state));
      return id;
    },
    addNote: async (id, text) => {
      await run(id, (state) => addNote(text, state));
      return true;
    },
    read: async (id) => (await store.getAggregate(id)).events.length,
    // It offers no way to close its pool, which ends with the process.
    close: async () => undefined,
  };
}

// --- act

interface ActBuilder {
  init(make: () => NoteState): ActBuilder;
  emits(events: object): ActBuilder;
  patch(patches: object): ActBuilder;
  on(action: object): ActBuilder;
  given(rules: readonly { description: string; valid(state: NoteState): boolean }[]): ActBuilder;
  emit(make: (action: { readonly text: string }) => readonly [string, object]): ActBuilder;
  build(): unknown;
}
interface Act {
  state(shape: object): ActBuilder;
  act(): { withState(state: unknown): { build(): ActApp } };
  store(store?: unknown): { seed(): Promise<void>; dispose(): Promise<void> };
}
interface ActApp {
  do(name: string, target: object, payload: object): Promise<unknown>;
  query_array(query: { stream: string; limit: number }): Promise<readonly unknown[]>;
}

/** Act on a file; it keeps the state of cases, as Himaya does. One per process. */
export async function actOnFile(path: string): Promise<Library> {
  process.env['LOG_LEVEL'] ??= 'fatal';
  // It waits 100 ms between its own rounds if nobody says otherwise.
  process.env['SLEEP_MS'] ??= '0';
  const { act, state, store } = peer<Act>('@rotorsoft/act');
  const { SqliteStore } = peer<{ SqliteStore: new (options: { url: string }) => unknown }>(
    '@rotorsoft/act-sqlite',
  );
  const { z } = peer<typeof Zod>('zod');
  await store(new SqliteStore({ url: `file:${path}` })).seed();
  const said = z.object({ text: z.string() });
  const notes = state({ Notes: z.object({ isOpen: z.boolean(), notes: z.number() }) })
    .init(() => ({ isOpen: false, notes: 0 }))
    .emits({ Registered: said, NoteAdded: said })
    .patch({
      Registered: () => ({ isOpen: true }),
      NoteAdded: (_: unknown, { notes: before }: NoteState) => ({ notes: before + 1 }),
    })
    .on({ register: said })
    .emit(({ text }) => ['Registered', { text }])
    .on({ addNote: said })
    .given([{ description: 'the case is open', valid: ({ isOpen }) => isOpen }])
    .emit(({ text }) => ['NoteAdded', { text }])
    .build();
  const app = act().withState(notes).build();
  const target = (stream: string) => ({ stream, actor: { id: 'clk1', name: 'clerk' } });
  return {
    name: 'act',
    register: async (text) => {
      const id = randomUUID();
      await app.do('register', target(id), { text });
      return id;
    },
    addNote: async (id, text) => {
      await app.do('addNote', target(id), { text });
      return true;
    },
    close: () => store().dispose(),
  };
}
