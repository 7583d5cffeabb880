// Contract: what is refused before any storage is touched, and what is just allowed.
import { expect } from 'vitest';
import { headOf, sealEntry, readEnvelope } from '../codec.ts';
import {
  APPEND_ENTRIES_MAX,
  APPEND_STREAMS_MAX,
  ENTRY_BYTES_MAX,
  STREAM_NAME_CHARS_MAX,
} from '../limits.ts';
import type { Entry } from '../entry.ts';
import type { Append, EventStore, NonEmpty } from '../port.ts';
import type { EntryMaker } from './entries.ts';
import {
  asRecorded,
  contentOf,
  mustAppend,
  mustRefuse,
  wholeLog,
  wholeStream,
} from './expectations.ts';
import type { ContractCase } from './subject.ts';

type Refused = readonly [what: string, code: string, request: (make: EntryMaker) => Append];

const REFUSED: readonly Refused[] = [
  ['nothing to write', 'append-invalid', () => ({ writes: [] as unknown as Append['writes'] })],
  ['a write without entries', 'append-invalid', (make) =>
    oneWrite(make.stream(), [] as unknown as NonEmpty<Entry>)],
  ['too many entries', 'append-too-large', (make) =>
    make.append(make.stream(), 'none', APPEND_ENTRIES_MAX + 1)],
  ['an entry that is too large', 'append-too-large', (make) => large(make, ENTRY_BYTES_MAX + 1)],
  ['too many bytes', 'append-too-large', tooManyBytes],
  ['too many streams', 'append-too-large', tooManyStreams],
  ['one stream twice in the writes', 'append-invalid', (make) => {
    const write = make.write(make.stream(), 'none');
    return { writes: [write, write] };
  }],
  ['one stream written and unchanged', 'append-invalid', (make) => {
    const write = make.write(make.stream(), 'none');
    return { writes: [write], unchanged: [{ stream: write.stream, head: 'none' }] };
  }],
  ['a malformed head', 'append-invalid', (make) => {
    const stream = make.stream();
    const head = { ...headOf(make.entry(stream, 'none')), hash: 'no hash' };
    return { writes: [make.write(make.stream(), 'none')], unchanged: [{ stream, head }] };
  }],
  ['no expectation', 'append-invalid', (make) => {
    const [write] = make.append(make.stream(), 'none').writes;
    return { writes: [{ ...write, expected: undefined as unknown as 'none' }] };
  }],
  ['a copied entry', 'entry-invalid', (make) => {
    const stream = make.stream();
    return oneWrite(stream, [{ ...make.entry(stream, 'none') }]);
  }],
  ['an entry for another stream', 'entry-invalid', (make) =>
    oneWrite(make.stream(), [make.entry(make.stream(), 'none')])],
  ['a gap in positions', 'entry-invalid', (make) => {
    const [first, , third] = make.entries(make.stream(), 'none', 3);
    return oneWrite(first.stream, [first, third ?? first]);
  }],
  ['an entry that does not follow the expected head', 'entry-invalid', (make) => {
    const stream = make.stream();
    const [first, second] = make.entries(stream, 'none', 2);
    const other = headOf(make.entry(stream, 'none', { recordedAt: first.recordedAt }));
    return { writes: [{ stream, expected: other, entries: [second ?? first] }] };
  }],
  ['an entry recorded before its predecessor', 'entry-invalid', (make) => {
    const stream = make.stream();
    const first = make.entry(stream, 'none');
    const recordedAt = '2020-01-01T00:00:00.000Z';
    return oneWrite(stream, [first, make.entry(stream, headOf(first), { recordedAt })]);
  }],
];

const BAD_NAMES = ['', 'case', 'case-', '-1', 'Case-1', 'ca se-1', 'case-1/2', 'case-é', '1case-1',
  `case-${'1'.repeat(STREAM_NAME_CHARS_MAX)}`];

/** Cases of `limits.ts` and of entries that do not hold together. */
export const limitCases: readonly ContractCase[] = [
  ...REFUSED.map(([what, code, request]): ContractCase => ({
    name: `when an append has ${what} › refuses it as ${code} before any I/O`,
    run: ({ store, make }) => refusesBeforeIo(store, request(make), code),
  })),
  {
    name: 'when a stream name is malformed › refuses it as stream-name-invalid before any I/O',
    run: async ({ store, make }) => {
      for (const stream of BAD_NAMES) {
        const request = oneWrite(stream, [make.entry(make.stream(), 'none')]);
        await mustRefuse(() => store.append(request), 'stream-name-invalid');
        const unchanged = [{ stream, head: 'none' as const }];
        const reads: Append = { ...make.append(make.stream(), 'none'), unchanged };
        await mustRefuse(() => store.append(reads), 'stream-name-invalid');
      }
      expect(await wholeLog(store)).toEqual([]);
    },
  },
  {
    name: 'when an append is as large as the limits allow › it is recorded exactly',
    run: async ({ store, make }) => {
      const largest = large(make, ENTRY_BYTES_MAX);
      const most = make.append(longestName(make), 'none', APPEND_ENTRIES_MAX);
      for (const request of [largest, most]) {
        await mustAppend(store, request);
        const [{ stream, entries }] = request.writes;
        expect(contentOf(await wholeStream(store, stream))).toEqual(asRecorded(entries));
      }
    },
  },
];

async function refusesBeforeIo(store: EventStore, refused: Append, code: string): Promise<void> {
  await mustRefuse(() => store.append(refused), code);
  expect(await wholeLog(store)).toEqual([]);
  await store.close();
  // A closed store can do no I/O: the same fault shows that none was tried.
  await mustRefuse(() => store.append(refused), code);
}

function oneWrite(stream: string, entries: NonEmpty<Entry>): Append {
  return { writes: [{ stream, expected: 'none', entries }] };
}

function longestName(make: EntryMaker): string {
  return make.stream().padEnd(STREAM_NAME_CHARS_MAX, '~');
}

/** An append of one entry of exactly this size. */
function large(make: EntryMaker, bytes: number): Append {
  const stream = make.stream();
  const small = make.entry(stream, 'none', { data: { text: '' } });
  const text = 'x'.repeat(bytes - small.bytes.byteLength);
  const entry = sealEntry({ ...readEnvelope(small.bytes), data: { text } });
  expect(entry.bytes.byteLength).toBe(bytes);
  return oneWrite(stream, [entry]);
}

function tooManyBytes(make: EntryMaker): Append {
  const write = (): Append['writes'][0] => large(make, 250 * 1024).writes[0];
  return { writes: [write(), ...Array.from({ length: 16 }, write)] };
}

function tooManyStreams(make: EntryMaker): Append {
  const unchanged = Array.from({ length: APPEND_STREAMS_MAX }, () => ({
    stream: make.stream(), head: 'none' as const,
  }));
  return { writes: [make.write(make.stream(), 'none')], unchanged };
}
