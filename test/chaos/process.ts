// A process of the chaos test: waits for orders, works until it has done or is killed, and so on.
import { openSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createEngine, type Engine } from '@himaya/engine';
import { headOf, isFault, type Append, type EventStore, type Head } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { openPostgresReadStore, openPostgresStore } from '@himaya/event-store-postgres';
import { caseTypes, clerk, policies, projections } from './errand.ts';
import {
  clockOf,
  LEASE_MS,
  type Answer,
  type Message,
  type Orders,
  type Said,
  type WriterOrders,
} from './orders.ts';
import type { PlannedCommand, WriterPlan } from './plan.ts';

const RETRY_MS = 15;

/** What a store or an engine throws means that nobody knows: the same is tried again. */
async function insist<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isFault(error)) throw error;
      await pause(RETRY_MS);
    }
  }
}

/** Does the `nth` write only after this process has stood still: what it knew is old by then. */
function stalling<Arguments extends readonly unknown[], Result>(
  nth: number,
  write: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  let writes = 0;
  return async (...given) => {
    writes += 1;
    if (writes === nth) {
      await new Promise((resolve) => process.send?.('stalls' satisfies Said, resolve));
      process.kill(process.pid, 'SIGSTOP');
    }
    return write(...given);
  };
}

class Writing {
  readonly #store: EventStore;
  readonly #engine: Engine;
  readonly #answers: number;
  readonly #make: EntryMaker;

  constructor(store: EventStore, engine: Engine, { answers, seed }: WriterOrders) {
    this.#store = store;
    this.#engine = engine;
    this.#answers = openSync(answers, 'a');
    this.#make = new EntryMaker(seed);
  }

  async all({ lanes, tokens }: WriterPlan): Promise<void> {
    await Promise.all([...lanes.map((lane) => this.#lane(lane)), this.#raw(tokens)]);
  }

  async #lane(commands: readonly PlannedCommand[]): Promise<void> {
    for (const { id, name, caseId, input, pauseMs } of commands) {
      await pause(pauseMs);
      // A case that another writer has yet to open is waited for.
      for (const other of [caseId, input.to, input.other]) await this.#opened(name, other);
      const command = { id, name, input, ...(name === 'Open' ? {} : { caseId }) };
      for (;;) {
        const outcome = await insist(() => this.#engine.execute(command, clerk));
        if (outcome.kind === 'conflict') continue;
        const events = outcome.kind === 'accepted' ? outcome.events : [];
        this.#answer({
          command: id,
          name,
          kind: outcome.kind,
          events: events.map(({ stream, position, hash }) => [stream, position, hash]),
        });
        break;
      }
    }
  }

  async #opened(name: PlannedCommand['name'], caseId: string | undefined): Promise<void> {
    if (name === 'Open' || !caseId) return;
    while (!(await insist(() => this.#engine.caseAt(caseId)))) await pause(RETRY_MS);
  }

  /** As a stale writer does: it believes what it saw last, until it is told that it is wrong. */
  async #raw(tokens: WriterPlan['tokens']): Promise<void> {
    const heads = new Map<string, Head | 'none'>();
    for (const { stream, token } of tokens) {
      await pause(this.#make.below(40));
      for (;;) {
        const expected = heads.get(stream) ?? 'none';
        const entry = this.#make.entry(stream, expected, { data: { token } });
        const request: Append = { writes: [{ stream, expected, entries: [entry] }] };
        const outcome = await insist(() => this.#store.append(request));
        heads.set(stream, outcome.kind === 'appended' ? headOf(entry) : outcome.found);
        if (outcome.kind !== 'appended') continue;
        this.#answer({ token, events: [[stream, entry.position, entry.hash]] });
        break;
      }
    }
  }

  /** Into a file, which outlives the process; what is buffered for a pipe is lost. */
  #answer(answer: Answer): void {
    writeSync(this.#answers, `${JSON.stringify(answer)}\n`);
  }
}

async function carryOut(orders: Orders, signal: AbortSignal): Promise<void> {
  const { connection, schema, beganMs, skewMs, stall, role } = orders;
  const store = await insist(() => openPostgresStore({ connection, schema, watchPollMs: 500 }));
  const engine = createEngine({
    store,
    caseTypes,
    policies,
    office: 'TST',
    clock: clockOf(beganMs, skewMs),
    // What fails is tried again: here it is told to whoever looks for the reason.
    onAlert: ({ code, message }) => console.error(role, code, message),
  });
  if (role === 'writer') {
    store.append = stalling(stall, store.append.bind(store));
    say('begun');
    await new Writing(store, engine, orders).all(orders.plan);
  } else {
    const readStore = await insist(() =>
      openPostgresReadStore({ connection, schema: `${schema}_read` }));
    readStore.commit = stalling(stall, readStore.commit.bind(readStore));
    say('begun');
    await engine.runWorkers({ readStore, projections, leaseMs: LEASE_MS, pollMs: 150, signal });
    await readStore.close();
  }
  await store.close();
}

function say(said: Said): void {
  process.send?.(said);
}

let stop = new AbortController();

process.on('message', (message: Message) => {
  if (message.kind === 'stop') return stop.abort();
  stop = new AbortController();
  return carryOut(message.orders, stop.signal).then(
    () => say('done'),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
// Without whom it works for it has nothing to live for.
process.once('disconnect', () => process.exit(0));
