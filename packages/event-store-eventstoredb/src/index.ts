// The public face of the EventStoreDB event store.
export { accessSettings, giveAccess, type StoreAccess } from './access.ts';
export type { EventStoreDbClient } from './client.ts';
export { connectEventStoreDb, type EventStoreDbConnection } from './connect.ts';
export { openEventStoreDbStore, type EventStoreDbEventStore } from './eventstoredb-store.ts';
export type { EventStoreDbOptions } from './opening.ts';
