// The public face of the PostgreSQL event store.
export { migratePostgresStore, type MigrateOptions } from './migrate.ts';
export {
  openPostgresStore, type PostgresEventStore, type PostgresStoreOptions,
} from './postgres-store.ts';
export { openPostgresReadStore, type PostgresReadStoreOptions } from './postgres-read-store.ts';
export { readStoreSql } from './read-schema.ts';
export { migrationSql } from './schema.ts';
export type { PostgresConnection, PostgresTarget } from './target.ts';
