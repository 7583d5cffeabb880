// Contract: pages of a stream and of the log.
import { expect } from 'vitest';
import { readEnvelope } from '../codec.ts';
import { READ_COUNT_MAX } from '../limits.ts';
import { LOG_START } from '../port.ts';
import type { EventStore, GlobalPosition, Head } from '../port.ts';
import { verifyStore } from '../verify-store.ts';
import {
  asRecorded,
  contentOf,
  firstHead,
  mustAppend,
  mustRefuse,
  textOf,
  wholeLog,
  wholeStream,
} from './expectations.ts';
import type { CaseContext, ContractCase } from './subject.ts';

const TEXTS = ['تقييم', '👨‍👩‍👧‍👦 🇧🇭', 'ﬁ é é', '\u0000\u2028"\\', 'Ünï\u{10FFFF}'];

/** Cases of `readStream` and `readAll`. */
export const readCases: readonly ContractCase[] = [
  {
    name: 'when a stream is read in pages › each page has the next entries and the head',
    run: async ({ store, make }) => {
      const request = make.append(make.stream(), 'none', 10);
      const [{ stream, entries }] = request.writes;
      const head = firstHead(await store.append(request));
      await mustAppend(store, make.append(make.stream(), 'none', 3));
      const pages = [await store.readStream(stream, 0, 4), await store.readStream(stream, 4, 4)];
      pages.push(await store.readStream(stream, 8, 4));
      expect(pages.map((page) => page.entries.length)).toEqual([4, 4, 2]);
      expect(pages.map((page) => page.head)).toEqual([head, head, head]);
      const read = pages.flatMap((page) => page.entries);
      expect(contentOf(read)).toEqual(asRecorded(entries));
      expect(contentOf(await wholeStream(store, stream, 1))).toEqual(asRecorded(entries));
    },
  },
  {
    name: 'when a read starts behind the last entry › it is empty and has the head',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const head = firstHead(await store.append(make.append(stream, 'none', 2)));
      expect(await store.readStream(stream, 2, 5)).toEqual({ entries: [], head });
      expect(await store.readStream(stream, 10_000_000, 5)).toEqual({ entries: [], head });
    },
  },
  {
    name: 'when a stream does not exist › its head is none',
    run: async ({ store, make }) => {
      expect(await store.readStream(make.stream(), 0, 5)).toEqual({ entries: [], head: 'none' });
    },
  },
  {
    name: 'when the log is empty › readAll answers where it was asked',
    run: async ({ store }) => {
      expect(await store.readAll(LOG_START, 5)).toEqual({ entries: [], next: LOG_START });
    },
  },
  {
    name: 'when the log is read in pages › every entry comes once, in commit order',
    run: readsTheLog,
  },
  {
    name: 'when a token is written as text and read back › it reads on from the same place',
    run: async ({ store, make }) => {
      await fill({ store, make }, 3);
      const page = await store.readAll(LOG_START, 2);
      const token = BigInt(String(page.next)) as GlobalPosition;
      expect(token).toBe(page.entries[1]?.globalPosition);
      expect(await store.readAll(token, 9)).toEqual(await store.readAll(page.next, 9));
    },
  },
  {
    name: 'when more than a page may hold is asked › a page of at most the limit comes',
    run: async ({ store, make }) => {
      await fill({ store, make }, 2);
      const page = await store.readAll(LOG_START, READ_COUNT_MAX * 10);
      expect(page.entries.length).toBeGreaterThan(0);
      expect(page.entries.length).toBeLessThanOrEqual(READ_COUNT_MAX);
    },
  },
  {
    name: 'when a count or a start is no whole number in range › refuses the read',
    run: async ({ store, make }) => {
      for (const count of [0, -1, 1.5, Number.NaN, Infinity]) {
        await mustRefuse(() => store.readAll(LOG_START, count), 'read-invalid');
        await mustRefuse(() => store.readStream(make.stream(), 0, count), 'read-invalid');
      }
      for (const from of [-1, 0.5, Number.NaN]) {
        await mustRefuse(() => store.readStream(make.stream(), from, 1), 'read-invalid');
      }
    },
  },
  {
    name: 'when a reader alters what it was handed › later reads are as recorded',
    run: async ({ store, make }) => {
      const request = make.append(make.stream(), 'none', 2);
      const [{ stream, entries }] = request.writes;
      await mustAppend(store, request);
      const recorded = asRecorded(entries);
      for (const { bytes } of await wholeLog(store)) bytes.fill(0);
      for (const { bytes } of await wholeStream(store, stream)) bytes.fill(0);
      expect(contentOf(await wholeLog(store))).toEqual(recorded);
      expect(contentOf(await wholeStream(store, stream))).toEqual(recorded);
    },
  },
  {
    name: 'when data is Arabic, emoji and control characters › bytes come back exactly',
    run: async ({ store, make }) => {
      for (const text of TEXTS) {
        const stream = make.stream();
        const entry = make.entry(stream, 'none', { data: { text, [text]: [text] } });
        await mustAppend(store, { writes: [{ stream, expected: 'none', entries: [entry] }] });
        const [read] = (await store.readStream(stream, 0, 1)).entries;
        expect(read && textOf(read.bytes)).toBe(textOf(entry.bytes));
        expect(read && readEnvelope(read.bytes).data).toEqual({ text, [text]: [text] });
      }
    },
  },
  {
    name: 'when everything recorded is verified › every chain and head holds',
    run: async (context) => {
      await fill(context, 5);
      expect(await verifyStore(context.store)).toEqual({
        entries: 15, streams: 5, root: expect.anything(),
      });
    },
  },
];

async function readsTheLog({ store, make }: CaseContext): Promise<void> {
  const requests = [];
  const heads = new Map<string, Head>();
  const streams: [string, ...string[]] = [make.stream(), make.stream(), make.stream()];
  for (let turn = 0; turn < 12; turn += 1) {
    const stream = make.pick(streams);
    const request = make.append(stream, heads.get(stream) ?? 'none', 1 + make.below(3));
    heads.set(stream, firstHead(await store.append(request)));
    requests.push(...request.writes[0].entries);
  }
  for (const countMax of [1, 5, 1000]) {
    const log = await wholeLog(store, countMax);
    expect(contentOf(log)).toEqual(asRecorded(requests));
    const tokens = log.map(({ globalPosition }) => globalPosition);
    tokens.forEach((token, index) => {
      expect(token > (tokens[index - 1] ?? LOG_START)).toBe(true);
    });
    const end = tokens.at(-1) ?? LOG_START;
    expect(await store.readAll(end, 5)).toEqual({ entries: [], next: end });
  }
}

async function fill(
  { store, make }: { store: EventStore; make: CaseContext['make'] },
  streams: number,
): Promise<void> {
  for (let index = 0; index < streams; index += 1) {
    await mustAppend(store, make.append(make.stream(), 'none', 3));
  }
}
