// The office's main scenarios on EventStoreDB (a protocol double) with its older client, which
// appends to one stream at a time: what needs more is refused, and all else is recorded the same.
import { test } from 'vitest';
import { openOnDouble } from '../../packages/event-store-eventstoredb/test/subject.ts';
import { expectSameBytes, expectUnsupported, MAIN_SCENARIOS } from './recorded.ts';

/** The scenario with a booking, and the command that books. */
const BOOKING = { name: 'sc-02.yaml', command: 'BookRoom' };

test.each(MAIN_SCENARIOS.filter((name) => name !== BOOKING.name))(
  'scenario › %s on EventStoreDB › records the same bytes as in memory',
  async (name) => {
    const { store, dispose } = await openOnDouble({ client: 'eventstore' });
    await expectSameBytes(store, name);
    await dispose?.();
  },
);

test(`scenario › ${BOOKING.name} on EventStoreDB › goes as in memory up to its booking`,
  async () => {
    const { store, dispose } = await openOnDouble({ client: 'eventstore' });
    await expectUnsupported(store, BOOKING.name, BOOKING.command);
    await dispose?.();
  });
