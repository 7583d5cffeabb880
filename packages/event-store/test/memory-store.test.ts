// The memory store passes the contract.
import { eventStoreContract } from '../src/contract/index.ts';
import { MemoryEventStore } from '../src/memory-store.ts';

eventStoreContract({ name: 'memory', open: async () => ({ store: new MemoryEventStore() }) });
