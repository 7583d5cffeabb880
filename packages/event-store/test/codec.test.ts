// The entry codec: exact bytes, hashes that anyone can recompute, and strict reading.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from '../src/canonical-json.ts';
import { hashEntry, headOf, openEntry, readEnvelope, sealEntry } from '../src/codec.ts';
import type { Envelope } from '../src/entry.ts';
import { JSON_DEPTH_MAX } from '../src/limits.ts';
import { isSealed } from '../src/sealed-entry.ts';

const HASH = 'LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE';
const first: Envelope = {
  v: 1,
  type: 'CaseOpened',
  stream: 'case-01JD8ZQ4XK7T9N2M5P8R3V6W1Y',
  schema: 1,
  recordedAt: '2026-01-05T06:00:00.125Z',
  procedure: 'community.parkingDispute@1.0.0+baseline',
  prev: null,
  position: 0,
  occurredAt: '2026-01-05T05:59:59.000Z',
  id: '01JD8ZQ4XK7T9N2M5P8R3V6W2A',
  data: { z: 1, note: 'خلاف مواقف', a: [true, null, -0, 1e21] },
  correlation: '01JD8ZQ4XK7T9N2M5P8R3V6W2B',
  command: { name: 'OpenCase', id: '01JD8ZQ4XK7T9N2M5P8R3V6W2B' },
  actor: { staff: 's-1', role: 'officer', office: 'north' },
};
const FIRST_TEXT =
  '{"actor":{"office":"north","role":"officer","staff":"s-1"},"command":{"id":"01JD8ZQ4XK7T' +
  '9N2M5P8R3V6W2B","name":"OpenCase"},"correlation":"01JD8ZQ4XK7T9N2M5P8R3V6W2B","data":{"a' +
  '":[true,null,0,1e+21],"note":"خلاف مواقف","z":1},"id":"01JD8ZQ4XK7T9N2M5P8R3V6W2A","occu' +
  'rredAt":"2026-01-05T05:59:59.000Z","position":0,"prev":null,"procedure":"community.parki' +
  'ngDispute@1.0.0+baseline","recordedAt":"2026-01-05T06:00:00.125Z","schema":1,"stream":"c' +
  'ase-01JD8ZQ4XK7T9N2M5P8R3V6W1Y","type":"CaseOpened","v":1}';
const full: Envelope = {
  ...first,
  position: 7,
  prev: HASH,
  claimedAt: 'yesterday',
  causation: 'c',
  basis: 'b',
  reason: 'r',
  lateReason: 'l',
  reads: [
    { stream: 'household-1', position: 3, hash: HASH },
    { stream: 'household-2', position: -1, hash: '' },
  ],
  after: 'd',
  sig: 's',
  actor: { ...first.actor, onBehalfOf: 's-2' },
};

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const optional = fc.option(text, { nil: undefined });
const instant = fc.date({
  min: new Date('0000-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
}).map((at) => at.toISOString());
const envelopes: fc.Arbitrary<Envelope> = fc.record({
  data: fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<null>),
  id: text, type: text, correlation: text, procedure: text, occurredAt: instant,
  recordedAt: instant, causation: optional, basis: optional, reason: optional, sig: optional,
  lateReason: optional, claimedAt: optional, after: optional, schema: fc.integer({ min: 1 }),
  position: fc.nat(),
}).map((made) => ({
  ...full, ...made, prev: made.position === 0 ? null : HASH,
}) as Envelope);

describe('sealEntry', () => {
  test('any envelope › bytes are its canonical JSON and hash is SHA-256 behind a zero', () => {
    fc.assert(
      fc.property(envelopes, (envelope) => {
        const entry = sealEntry(envelope);
        expect(Buffer.from(entry.bytes).toString('utf8')).toBe(canonicalize(envelope));
        const digest = createHash('sha256').update(Buffer.from([0])).update(entry.bytes);
        expect(entry.hash).toBe(digest.digest('base64url'));
        expect(hashEntry(entry.bytes)).toBe(entry.hash);
        expect(canonicalize(readEnvelope(entry.bytes))).toBe(canonicalize(envelope));
        expect(openEntry(entry.bytes)).toEqual(entry);
      }),
    );
  });

  test('a given envelope › has these bytes and this hash, for ever', () => {
    const entry = sealEntry(first);
    expect(Buffer.from(entry.bytes).toString('utf8')).toBe(FIRST_TEXT);
    expect(entry.hash).toBe('iuA0W6BLa_uy0s7_Rd4mj-MOR2FmdHJOLwfuvpYJaIY');
  });

  test('an entry › names what the store indexes, and is frozen', () => {
    const entry = sealEntry(full);
    expect(entry).toMatchObject({
      id: full.id, stream: full.stream, position: 7, prev: HASH, type: full.type,
      recordedAt: full.recordedAt,
    });
    expect(headOf(entry)).toEqual({
      position: 7, hash: entry.hash, recordedAt: full.recordedAt,
    });
    expect(Object.isFrozen(entry)).toBe(true);
    expect(isSealed(entry)).toBe(true);
    expect(isSealed({ ...entry })).toBe(false);
  });

  test('many entries, small and large › never share a byte', () => {
    const sizes = [1, 40_000, 3, 700, 300_000, 12, ...Array.from({ length: 200 }, (_, n) => n * 7)];
    const made = sizes.map((size) => {
      const envelope: Envelope = { ...first, data: { text: 'é'.repeat(size) } };
      return { envelope, entry: sealEntry(envelope) };
    });
    for (const { envelope, entry } of made) {
      expect(Buffer.from(entry.bytes).toString('utf8')).toBe(canonicalize(envelope));
    }
  });

  test.each<[string, Partial<Record<keyof Envelope, unknown>>, string]>([
    ['another version', { v: 2 }, '"v" is not 1'],
    ['an empty id', { id: '' }, '"id" is not a non-empty string'],
    ['no correlation', { correlation: undefined }, '"correlation" is not a non-empty string'],
    ['a stream without category', { stream: 'x' }, '"stream" is not <category>-<id>'],
    ['a fraction as position', { position: 0.5 }, '"position" is not an integer from 0'],
    ['a negative position', { position: -1 }, '"position" is not an integer from 0'],
    ['prev at position 0', { position: 0 }, '"prev" is not null at position 0'],
    ['no prev later', { prev: null }, '"prev" is not a hash'],
    ['a prev of another form', { prev: `${HASH.slice(0, 42)}B` }, '"prev" is not a hash'],
    ['schema 0', { schema: 0 }, '"schema" is not an integer from 1'],
    ['an instant without milliseconds', { occurredAt: '2026-01-05T06:00:00Z' }, '"occurredAt" is'],
    ['an instant with an offset', { recordedAt: '2026-01-05T06:00:00.000+03:00' }, '"recordedAt"'],
    ['a day that is none', { occurredAt: '2026-02-29T06:00:00.000Z' }, '"occurredAt" is not'],
    ['an hour that is none', { occurredAt: '2026-02-28T24:00:00.000Z' }, '"occurredAt" is not'],
    ['a month that is none', { occurredAt: '2026-13-01T06:00:00.000Z' }, '"occurredAt" is not'],
    ['a claimed time that is no text', { claimedAt: 5 }, '"claimedAt" is not a string'],
    ['an actor without office', { actor: { staff: 's', role: 'r' } }, '"actor" is not'],
    ['an actor with a name', { actor: { ...first.actor, name: 'n' } }, '"actor" is not'],
    ['a command with more', { command: { id: 'i', name: 'n', x: 1 } }, '"command" is not'],
    ['data that is a list', { data: [] }, '"data" is not an object'],
    ['a read without hash', { reads: [{ stream: 'a-1', position: 0 }] }, '"reads" holds'],
    ['a read of nothing with a hash', { reads: [{ stream: 'a-1', position: -1, hash: HASH }] },
      '"reads" holds'],
    ['an unknown field', { extra: 1 } as object, '"extra" is not a known field'],
  ])('%s › is refused as entry-invalid, and not believed when read', (_name, over, problem) => {
    const wrong = { ...full, ...over } as unknown as Envelope;
    expect(() => sealEntry(wrong)).toThrow(`[entry-invalid]`);
    expect(() => sealEntry(wrong)).toThrow(problem);
    const bytes = Buffer.from(JSON.stringify(wrong));
    expect(() => readEnvelope(bytes)).toThrow(problem);
    expect(() => readEnvelope(bytes)).toThrow('[entry-unreadable]');
  });

  test('data that is not plain › is refused as not-i-json with its path', () => {
    const data = { at: new Date(0) } as unknown as Envelope['data'];
    expect(() => sealEntry({ ...first, data })).toThrow('$.data.at is not a plain object (Date)');
  });

  test.each([
    ['data', { data: { text: '\ud800' } }, '$.data.text'],
    ['a field of its own', { reason: '\ud800' }, '$.reason'],
  ])('half a surrogate pair in %s › is refused with its path', (_, part, path) => {
    expect(() => sealEntry({ ...first, ...part })).toThrow(`${path} is a string with a lone`);
  });

  test('depth › is limited for the whole envelope, as reading it back is', () => {
    const nested = (levels: number): Envelope['data'] =>
      levels === 1 ? {} : { in: nested(levels - 1) };
    const deepest = sealEntry({ ...first, data: nested(JSON_DEPTH_MAX - 1) });
    expect(openEntry(deepest.bytes).hash).toBe(deepest.hash);
    expect(() => sealEntry({ ...first, data: nested(JSON_DEPTH_MAX) })).toThrow('nested deeper');
  });
});

describe('readEnvelope and openEntry', () => {
  test.each<[string, Uint8Array, string]>([
    ['no JSON', Buffer.from('{'), 'they are not JSON'],
    ['no object', Buffer.from('[1]'), 'it is not an object'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'they are not UTF-8'],
    ['a byte order mark', Buffer.from(`\ufeff${canonicalize(first)}`), 'they are not JSON'],
    ['nothing', new Uint8Array(), 'they are not JSON'],
  ])('%s › is refused as entry-unreadable', (_name, bytes, problem) => {
    expect(() => readEnvelope(bytes)).toThrow(problem);
    expect(() => openEntry(bytes)).toThrow('[entry-unreadable]');
  });

  test('JSON that is not canonical › is refused by openEntry', () => {
    const bytes = Buffer.from(JSON.stringify(first));
    expect(readEnvelope(bytes).id).toBe(first.id);
    expect(() => openEntry(bytes)).toThrow('they are not canonical JSON');
  });

  test('bytes inside a larger buffer › are read from their place', () => {
    const padded = Buffer.concat([Buffer.from('xx'), sealEntry(first).bytes, Buffer.from('yy')]);
    const bytes = new Uint8Array(padded.buffer, padded.byteOffset + 2, padded.byteLength - 4);
    expect(readEnvelope(bytes)).toEqual(JSON.parse(canonicalize(first)));
    expect(hashEntry(bytes)).toBe(sealEntry(first).hash);
  });
});
