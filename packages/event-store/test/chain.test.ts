// Verification: whatever is changed in the record, the first bad place is named.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashEntry } from '../src/codec.ts';
import type { GlobalPosition, RecordedEntry } from '../src/port.ts';
import { verifyStore } from '../src/verify-store.ts';
import { LogFixture } from './log-fixture.ts';

type Damage = (log: LogFixture) => void;

function filled(): LogFixture {
  return new LogFixture().fill();
}

/** SHA-256 of nothing, as RFC 6962 has it for a log without entries. */
const EMPTY_ROOT = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU';

function rootOf(entries: number): unknown {
  return { entries, hash: expect.stringMatching(/^[\w-]{43}$/) };
}

/** Bytes and index hash replaced together, as someone who knows the format would. */
function forge(text: (before: string) => string): (entry: RecordedEntry) => Partial<RecordedEntry> {
  return ({ bytes }) => {
    const forged = new Uint8Array(Buffer.from(text(Buffer.from(bytes).toString('utf8'))));
    return { bytes: forged, hash: hashEntry(forged) };
  };
}

const DAMAGES: readonly (readonly [string, Damage, string, number, string])[] = [
  ['a byte changed', (log) => log.change('case-2', 4, ({ bytes }) => ({
    bytes: bytes.with(9, 0x21) })), 'case-2', 4, 'bytes-changed'],
  ['an index hash changed', (log) => log.change('case-2', 4, { hash: 'x'.repeat(43) }),
    'case-2', 4, 'bytes-changed'],
  ['bytes and hash changed together', (log) => {
    const forged = log.resealed('case-2', 4, { data: { forged: true } });
    log.change('case-2', 4, { bytes: forged.bytes, hash: forged.hash });
  }, 'case-2', 5, 'prev-wrong'],
  ['the last entry of a stream forged', (log) => {
    const forged = log.resealed('case-2', 7, { data: { forged: true } });
    log.change('case-2', 7, { bytes: forged.bytes, hash: forged.hash });
  }, 'case-2', 7, 'head-differs'],
  ['an entry deleted', (log) => log.entries.splice(log.indexOf('case-3', 3), 1),
    'case-3', 4, 'position-wrong'],
  ['a first entry deleted', (log) => log.entries.splice(log.indexOf('case-3', 0), 1),
    'case-3', 1, 'position-wrong'],
  ['an entry inserted twice', (log) => {
    const entry = log.entries[log.indexOf('case-1', 2)] as RecordedEntry;
    log.entries.push({ ...entry, globalPosition: 100_000n as GlobalPosition });
  }, 'case-1', 2, 'position-wrong'],
  ['two entries of a stream swapped', (log) => {
    const [early, late] = [log.indexOf('case-4', 2), log.indexOf('case-4', 5)];
    const [a, b] = [log.entries[early] as RecordedEntry, log.entries[late] as RecordedEntry];
    log.entries[early] = { ...b, globalPosition: a.globalPosition };
    log.entries[late] = { ...a, globalPosition: b.globalPosition };
  }, 'case-4', 5, 'position-wrong'],
  ['a stream cut short', (log) => log.entries.splice(log.indexOf('case-0', 7), 1),
    'case-0', 6, 'head-differs'],
  ['the log cut short', (log) => log.entries.splice(22), 'case-0', 4, 'head-differs'],
  ['a head moved', (log) => {
    const head = log.heads.get('case-1');
    const recordedAt = '2027-01-01T00:00:00.000Z';
    if (head !== undefined) log.heads.set('case-1', { ...head, recordedAt });
  }, 'case-1', 7, 'head-differs'],
  ['a head that writes its time in another way', (log) => {
    const head = log.heads.get('case-1');
    const recordedAt = head?.recordedAt.replace('T', ' ') ?? '';
    if (head !== undefined) log.heads.set('case-1', { ...head, recordedAt });
  }, 'case-1', 7, 'head-differs'],
  ['a head lost', (log) => log.heads.delete('case-1'), 'case-1', 7, 'head-differs'],
  ['a type column changed', (log) => log.change('case-1', 1, { type: 'Other' }),
    'case-1', 1, 'index-differs'],
  ['a stream column changed', (log) => log.change('case-1', 1, { stream: 'case-9' }),
    'case-1', 1, 'index-differs'],
  ['the stream column of a first entry changed', (log) =>
    log.change('case-1', 0, { stream: 'case-9' }), 'case-1', 0, 'index-differs'],
  ['a position column changed', (log) => log.change('case-1', 1, { position: 6 }),
    'case-1', 1, 'index-differs'],
  ['the bytes of two entries swapped', (log) => {
    const [early, late] = [2, 5].map((at) => log.entries[log.indexOf('case-4', at)]);
    log.change('case-4', 2, { bytes: late?.bytes ?? new Uint8Array(), hash: late?.hash ?? '' });
    log.change('case-4', 5, { bytes: early?.bytes ?? new Uint8Array(), hash: early?.hash ?? '' });
  }, 'case-4', 2, 'index-differs'],
  ['an index that passes an entry over', (log) => {
    log.misplaced = { stream: 'case-3', position: 2, sentence: 'passed over' };
  }, 'case-3', 2, 'misplaced'],
  ['bytes that are not canonical', (log) => log.change('case-1', 3, forge((text) =>
    text.replace('"data":', '"data": '))), 'case-1', 3, 'not-canonical'],
  ['a key twice', (log) => log.change('case-1', 3, forge((text) =>
    text.replace('{"actor"', '{"v":1,"actor"'))), 'case-1', 3, 'not-canonical'],
  ['a number that no JSON number can be', (log) => log.change('case-1', 3, forge((text) =>
    text.replace('"data":{', '"data":{"!":1e999,'))), 'case-1', 3, 'not-canonical'],
  ['bytes that are no envelope', (log) => log.change('case-1', 3, forge(() => '{}')),
    'case-1', 3, 'entry-unreadable'],
  ['global positions out of order', (log) => {
    log.readAll = async (after) => {
      const entries = after < 0n ? [...log.entries].reverse() : [];
      return { entries, next: 1000n as GlobalPosition };
    };
  }, 'case-4', 7, 'position-wrong'],
  ['a global position twice', (log) => {
    const { globalPosition } = log.entries[6] as RecordedEntry;
    const { stream, position } = log.entries[7] as RecordedEntry;
    log.change(stream, position, { globalPosition });
  }, 'case-2', 1, 'order-wrong'],
  ['an entry recorded before the one before it', (log) => {
    log.add('case-5', { recordedAt: '2026-03-01T00:00:00.000Z' });
    log.add('case-5', { recordedAt: '2026-02-28T23:59:59.999Z' });
  }, 'case-5', 1, 'time-backwards'],
  ['a forged clock that was sealed', (log) => {
    const forged = log.resealed('case-2', 7, { recordedAt: '2020-01-01T00:00:00.000Z' });
    log.change('case-2', 7, { bytes: forged.bytes, hash: forged.hash });
  }, 'case-2', 7, 'time-backwards'],
];

describe('verifyStore', () => {
  test('an untouched log › verifies, and progress reaches its end', async () => {
    const seen: number[] = [];
    const report = await verifyStore(filled(), { onProgress: ({ entries }) => seen.push(entries) });
    expect(report).toEqual({ entries: 40, streams: 5, root: rootOf(40) });
    expect(seen.at(-1)).toBe(40);
  });

  test('an empty log › verifies', async () => {
    expect(await verifyStore(new LogFixture())).toEqual({
      entries: 0, streams: 0, root: { entries: 0, hash: EMPTY_ROOT },
    });
  });

  test.each(DAMAGES)('%s › is named', async (_name, damage, stream, position, code) => {
    const log = filled();
    damage(log);
    const { firstBad } = await verifyStore(log);
    expect(firstBad).toEqual({
      stream, position, reason: { code, sentence: expect.stringMatching(/\w/) },
    });
  });

  test('any byte of any entry changed › is named at that entry', async () => {
    const flips = fc.integer({ min: 1, max: 255 });
    await fc.assert(
      fc.asyncProperty(fc.nat(39), fc.nat(), flips, async (at, byte, by) => {
        const log = filled();
        const { stream, position, bytes } = log.entries[at] as RecordedEntry;
        const index = byte % bytes.length;
        log.change(stream, position, { bytes: bytes.with(index, (bytes[index] ?? 0) ^ by) });
        const { firstBad } = await verifyStore(log);
        expect(firstBad).toMatchObject({ stream, position, reason: { code: 'bytes-changed' } });
      }),
      { numRuns: 100 },
    );
  });

  test('a reason given in an envelope › is no bad entry', async () => {
    const log = new LogFixture();
    log.add('case-1', { reason: 'asked for' });
    expect(await verifyStore(log)).toEqual({
      entries: 1, streams: 1, root: rootOf(1),
    });
  });

  test('entries recorded meanwhile › are verified too', async () => {
    const log = filled();
    let reads = 0;
    log.onReadAll = () => {
      reads += 1;
      if (reads === 2) queueMicrotask(() => log.add('case-4'));
    };
    expect(await verifyStore(log)).toEqual({
      entries: 41, streams: 5, root: rootOf(41),
    });
  });
});

describe('reads of other streams', () => {
  test('a read of the last or of an older entry, or of nothing › holds', async () => {
    const log = filled();
    const old = log.entries[log.indexOf('case-0', 2)] as RecordedEntry;
    const last = log.entries[log.indexOf('case-1', 7)] as RecordedEntry;
    log.add('case-9', { reads: [
      { stream: 'case-0', position: 2, hash: old.hash },
      { stream: 'case-1', position: 7, hash: last.hash },
      { stream: 'case-8', position: -1, hash: '' },
    ] });
    expect((await verifyStore(log)).firstBad).toBeUndefined();
  });

  test.each([
    ['a stream that does not exist', 'case-7', 0],
    ['a position that is not recorded yet', 'case-0', 8],
    ['the last entry with another hash', 'case-0', 7],
    ['an older entry with another hash', 'case-0', 2],
  ])('a read of %s › is named at the reader', async (_name, stream, position) => {
    const log = filled();
    const { hash } = log.entries[3] as RecordedEntry;
    log.add('case-9', { reads: [{ stream, position, hash }] });
    log.add('case-9');
    expect((await verifyStore(log)).firstBad).toMatchObject({
      stream: 'case-9', position: 0, reason: { code: 'read-unknown' },
    });
  });
});
