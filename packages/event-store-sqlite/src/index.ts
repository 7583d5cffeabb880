// The public face of the SQLite event store.
export { openSqliteStore } from './sqlite-store.ts';
export type { SqliteEventStore, SqliteStoreOptions } from './sqlite-store.ts';
export * from './limits.ts';
export { openSqliteReadStore, type SqliteReadStoreOptions } from './sqlite-read-store.ts';
