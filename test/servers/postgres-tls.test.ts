// PostgreSQL over TLS: with the server's authority known, unknown, and where the server has no TLS.
import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { openPostgresReadStore, openPostgresStore } from '@himaya/event-store-postgres';
import { afterAll, expect, test } from 'vitest';
import {
  testCertificates,
} from '../../packages/event-store-eventstoredb/test/double/certificates.ts';
import {
  asOwner, hasServer, testServer,
} from '../../packages/event-store-postgres/test/server.ts';

const isHere = await hasServer();
// The certificate is written by a shell of the server's system.
const canGive = isHere && process.platform !== 'win32';
const onServer = test.skipIf(!canGive);
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

/** Gives the server a certificate of its own authority, written by the server's own user. */
async function giveTls(url: string): Promise<{ readonly ca: Buffer }> {
  const { ca, server } = testCertificates();
  for (const [name, pem] of [['server.crt', server.cert], ['server.key', server.key]] as const) {
    const lines = `string_to_array('${String(pem).trim()}', chr(10))`;
    // Its key may be read by nobody else, or the server does not take it.
    const to = `TO PROGRAM 'umask 077; cat > ${name}'`;
    await asOwner(url, `COPY (SELECT unnest(${lines})) ${to}`);
  }
  await asOwner(url, 'ALTER SYSTEM SET ssl = on');
  await asOwner(url, 'SELECT pg_reload_conf()');
  const isOn = async () => (await asOwner(url, 'SHOW ssl'))[0]?.rows[0]?.ssl === 'on';
  while (!(await isOn())) await pause(20);
  return { ca };
}

async function codeOf(opening: Promise<{ close(): Promise<void> }>): Promise<string> {
  try {
    await (await opening).close();
    return 'opened';
  } catch (error) {
    return isFault(error) ? error.code : String(error);
  }
}

onServer(
  'TLS › an authority that is known, one that is not, and none › is told (needs a server)',
  async (context) => {
    const { url, crash } = await testServer();
    if (!crash) return context.skip('HIMAYA_TEST_POSTGRES_URL: not ours to give certificates');
    const { hostname: host, port, username: user, password } = new URL(url);
    const schema = 'over_tls';
    const over = (ssl: { readonly ca: Buffer } | boolean) => ({
      connection: { host, port: Number(port), database: 'postgres', user, password, ssl },
      schema,
      migrate: true,
    });
    // Before it has any: whoever asks for TLS is told, and nothing goes over in the clear.
    expect(await codeOf(openPostgresStore(over(true)))).toBe('store-untrusted');
    const { ca } = await giveTls(url);
    for (const ssl of [true, { ca: testCertificates().ca }]) {
      expect(await codeOf(openPostgresStore(over(ssl)))).toBe('store-untrusted');
      const reading = openPostgresReadStore({ ...over(ssl), schema: `${schema}_read` });
      expect(await codeOf(reading)).toBe('store-untrusted');
    }
    const there = `SELECT count(*) AS count FROM pg_namespace WHERE nspname LIKE '${schema}%'`;
    expect((await asOwner(url, there))[0]?.rows).toEqual([{ count: '0' }]);
    const store = await openPostgresStore(over({ ca }));
    const make = new EntryMaker(1);
    const request = make.append(make.stream(), 'none', 3);
    expect((await store.append(request)).kind).toBe('appended');
    expect((await store.readStream(request.writes[0].stream, 0, 9)).entries).toHaveLength(3);
    // Every connection of the store, and none in the clear beside the one that asks.
    const sessions = `SELECT s.ssl, count(*)::integer AS count FROM pg_stat_ssl AS s
      JOIN pg_stat_activity AS a ON a.pid = s.pid
      WHERE a.backend_type = 'client backend' AND a.pid <> pg_backend_pid() GROUP BY s.ssl`;
    expect((await asOwner(url, sessions))[0]?.rows).toEqual([{ ssl: true, count: 2 }]);
    await store.close();
  },
);
