// SQLite stores for tests: a file of its own in a temporary folder, and ways around the port.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenedStore, Tampering } from '@himaya/event-store/contract';
import { sqliteDriver } from '../src/driver.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../src/index.ts';

/** A new folder, and how to remove it. */
export function temporaryFolder(): { readonly path: string; readonly dispose: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'himaya-sqlite-'));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

/** A store on a new file. */
export async function openOnNewFile(
  options: Partial<SqliteStoreOptions> = {},
): Promise<OpenedStore & { readonly path: string }> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'store.db');
  const open = async () => openSqliteStore({ path, watchPollMs: 5, ...options });
  return {
    path,
    store: await open(),
    reopen: open,
    second: open,
    tamper: () => STATEMENTS.map((sql) => tampering(path, sql)),
    dispose: folder.dispose,
  };
}

const STATEMENTS = [
  "UPDATE entries SET entry = x'7b7d'",
  'UPDATE entries SET position = position + 1 WHERE position = 1',
  'DELETE FROM entries',
  'DELETE FROM entries WHERE global_position = (SELECT max(global_position) FROM entries)',
  'REPLACE INTO entries SELECT * FROM entries',
  "REPLACE INTO entries SELECT 99 + position, stream, position, type, hash, x'7b7d' FROM entries",
  'DELETE FROM streams',
  'UPDATE streams SET position = 0',
  "UPDATE streams SET name = 'case-other'",
  'REPLACE INTO streams SELECT * FROM streams',
];

function tampering(path: string, sql: string): Tampering {
  return {
    name: sql,
    attempt: () => {
      const db = sqliteDriver().open(path, false);
      try {
        db.exec(sql);
      } finally {
        db.close();
      }
    },
  };
}
