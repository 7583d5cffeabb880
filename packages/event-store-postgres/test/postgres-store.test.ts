// The PostgreSQL store passes the contract, and answers as the memory store does.
import { MemoryEventStore } from '@himaya/event-store';
import { eventStoreContract, eventStoreDifferential } from '@himaya/event-store/contract';
import { afterAll, describe } from 'vitest';
import { hasServer, testServer } from './server.ts';
import { openOnNewSchema } from './subject.ts';

const isHere = await hasServer();
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

describe.skipIf(!isHere)('PostgreSQL (needs a server)', () => {
  eventStoreContract({ name: 'postgres', open: () => openOnNewSchema() });
  eventStoreDifferential({
    name: 'postgres',
    openA: async () => ({ store: new MemoryEventStore() }),
    openB: () => openOnNewSchema(),
    runs: process.env.HIMAYA_NIGHTLY === '1' ? 200 : 20,
  });
});
