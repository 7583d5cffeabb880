// The public face of the PostgreSQL event store.
export {
  migratePostgresStore,
  type MigrateOptions,
  type PostgresConnection,
  type PostgresTarget,
} from './migrate.ts';
export {
  openPostgresStore, type PostgresEventStore, type PostgresStoreOptions,
} from './postgres-store.ts';
export { migrationSql } from './schema.ts';
