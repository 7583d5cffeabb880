// The store on a real server, where one is named: the contract, which the double cannot prove of it.
import { MemoryEventStore } from '@himaya/event-store';
import {
  eventStoreContract, eventStoreDifferential, type OpenedStore,
} from '@himaya/event-store/contract';
import { describe } from 'vitest';
import { connectEventStoreDb, openEventStoreDbStore } from '../src/index.ts';

const url = process.env.HIMAYA_TEST_EVENTSTOREDB_URL;
if (url === undefined) {
  console.log('Tests on a real EventStoreDB are skipped: HIMAYA_TEST_EVENTSTOREDB_URL names none.');
}

let made = 0;

/** A store in a namespace that nothing else uses; its streams stay on the server. */
async function openOnServer(): Promise<OpenedStore> {
  made += 1;
  const namespace = `test_${process.pid}_${Date.now().toString(36)}_${made}`;
  const open = async () => openEventStoreDbStore({
    ...(await connectEventStoreDb(url ?? '')), namespace, create: true, busyTimeoutMs: 30_000,
  });
  return { store: await open(), reopen: open, second: open };
}

const isHere = url !== undefined;

describe.skipIf(!isHere)('EventStoreDB (needs a server)', () => {
  eventStoreContract({ name: 'eventstoredb', open: openOnServer, raceRounds: 50 });
  eventStoreDifferential({
    name: 'eventstoredb',
    openA: async () => ({ store: new MemoryEventStore() }),
    openB: openOnServer,
    runs: 20,
  });
});
