// The PostgreSQL store passes the contract, and answers as the memory store does.
import { MemoryEventStore } from '@himaya/event-store';
import { eventStoreContract, eventStoreDifferential } from '@himaya/event-store/contract';
import { afterAll } from 'vitest';
import { testServer } from './server.ts';
import { openOnNewSchema } from './subject.ts';

afterAll(async () => (await testServer()).stop());

eventStoreContract({ name: 'postgres', open: () => openOnNewSchema() });
eventStoreDifferential({
  name: 'postgres',
  openA: async () => ({ store: new MemoryEventStore() }),
  openB: () => openOnNewSchema(),
  runs: process.env.HIMAYA_NIGHTLY === '1' ? 200 : 20,
});
