// The office's main scenarios go as they are written on a PostgreSQL server, too.
import { afterAll, test } from 'vitest';
import { hasServer, testServer } from '../../packages/event-store-postgres/test/server.ts';
import { openOnNewSchema } from '../../packages/event-store-postgres/test/subject.ts';
import { expectSameBytes, MAIN_SCENARIOS } from './recorded.ts';

const isHere = await hasServer();
const onServer = test.skipIf(!isHere);
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

onServer.each(MAIN_SCENARIOS)(
  'scenario › %s on PostgreSQL › records the same bytes as in memory',
  async (name) => {
    const { store, dispose } = await openOnNewSchema();
    await expectSameBytes(store, name);
    await dispose?.();
  },
);
