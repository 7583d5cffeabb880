// The SQLite store passes the contract, and answers as the memory store does.
import { MemoryEventStore } from '@himaya/event-store';
import { eventStoreContract, eventStoreDifferential } from '@himaya/event-store/contract';
import { openOnNewFile } from './subject.ts';

eventStoreContract({ name: 'sqlite', open: () => openOnNewFile() });
eventStoreDifferential({
  name: 'sqlite',
  openA: async () => ({ store: new MemoryEventStore() }),
  openB: () => openOnNewFile(),
  runs: process.env.HIMAYA_NIGHTLY === '1' ? 200 : 20,
});
