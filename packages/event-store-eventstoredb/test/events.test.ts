// Entries as events and back, without a server: ids, places, and what is no entry.
import { headOf, type GlobalPosition } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { expect, test } from 'vitest';
import type { ClientEvent } from '../src/client.ts';
import {
  countedBytes, entryOf, globalPosition, headOfEntry, placeOf, proposalOf,
} from '../src/events.ts';

const make = new EntryMaker(1);
const [entry, other] = [make.entry(make.stream(), 'none'), make.entry(make.stream(), 'none')];

/** The event as a client reads it back. */
function read(over: Partial<ClientEvent> = {}): ClientEvent {
  const { type, data, metadata } = proposalOf(entry);
  const position = { commit: 7n, prepare: 5n };
  return {
    streamId: `himaya.${entry.stream}`, revision: 0n, type, data, metadata, position, ...over,
  };
}

test('id › of an entry › is a UUID made of its hash, so that other bytes have another', () => {
  const { id } = proposalOf(entry);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const hash = Buffer.from(entry.hash, 'base64url').toString('hex');
  const free = (hex: string): string => hex.slice(0, 12) + hex.slice(13, 16) + hex.slice(17, 32);
  expect(free(id.replaceAll('-', ''))).toBe(free(hash));
  expect(proposalOf(other).id).not.toBe(id);
});

test('entry › as an event and back › has the same bytes, and bytes of its own', () => {
  const opened = entryOf(read(), 'himaya.').entry;
  expect(opened).toMatchObject({ stream: entry.stream, position: 0, hash: entry.hash });
  expect(opened?.bytes).toEqual(entry.bytes);
  expect(opened?.bytes.buffer).not.toBe(entry.bytes.buffer);
  expect(opened && headOfEntry(opened)).toEqual(headOf(entry));
});

test.each<[string, Partial<ClientEvent>]>([
  ['JSON', { data: { a: 1 } }],
  ['no metadata', { metadata: undefined }],
  ['metadata without a hash', { metadata: { hash: 'x' } }],
  ['no place', { position: undefined }],
  ['a place that is not known', { position: { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n } }],
  ['a name that no stream has', { streamId: 'himaya.orders' }],
])('an event with %s › is no entry', (_, over) => {
  const { entry: none, problem } = entryOf(read(over), 'himaya.');
  expect([none, typeof problem]).toEqual([undefined, 'string']);
});

test('places › as numbers and back › are the same, in the order of the log', () => {
  const places = [[0n, 0n], [1n, 2n ** 63n], [2n, 0n], [2n, 1n], [2n ** 63n, 2n ** 63n]] as const;
  const numbers = places.map(([commit, prepare]) => globalPosition({ commit, prepare }));
  expect(numbers.map(placeOf)).toEqual(places.map(([commit, prepare]) => ({ commit, prepare })));
  expect([...numbers].sort((a, b) => (a < b ? -1 : 1))).toEqual(numbers);
  const token = BigInt(String(numbers[4])) as GlobalPosition;
  expect(placeOf(token)).toEqual({ commit: 2n ** 63n, prepare: 2n ** 63n });
});

test('bytes that the server counts › are more than the entry’s, and not twice as many', () => {
  const counted = countedBytes(proposalOf(entry));
  expect(counted).toBe(entry.bytes.length + '{"hash":""}'.length + 43 + entry.type.length * 2);
  expect(counted).toBeLessThan(entry.bytes.length * 2);
});
