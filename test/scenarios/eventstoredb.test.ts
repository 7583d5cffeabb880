// The office's main scenarios go as they are written on KurrentDB (a protocol double), too: with the
// client and the server that append to several streams at once, which bookings need.
import { test } from 'vitest';
import { openOnDouble } from '../../packages/event-store-eventstoredb/test/subject.ts';
import { expectSameBytes, MAIN_SCENARIOS } from './recorded.ts';

test.each(MAIN_SCENARIOS)(
  'scenario › %s on KurrentDB › records the same bytes as in memory',
  async (name) => {
    const { store, dispose } = await openOnDouble({ client: 'kurrent' });
    await expectSameBytes(store, name);
    await dispose?.();
  },
);
