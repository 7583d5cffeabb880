// The store with `@kurrent/kurrentdb-client`: it passes the contract, and answers as the memory store does.
import { MemoryEventStore } from '@himaya/event-store';
import { eventStoreContract, eventStoreDifferential } from '@himaya/event-store/contract';
import { describe } from 'vitest';
import { openOnDouble } from './subject.ts';

const client = 'kurrent' as const;

// Each test has a server of its own, and waits for its answers most of the time.
describe.concurrent('a store on a double', { timeout: 180_000 }, () => {
  const name = 'kurrentdb';
  eventStoreContract({ name, open: () => openOnDouble({ client }), raceRounds: 20 });
  eventStoreDifferential({
    name,
    openA: async () => ({ store: new MemoryEventStore() }),
    openB: () => openOnDouble({ client }),
    runs: process.env.HIMAYA_NIGHTLY === '1' ? 200 : 2,
  });
});
