// Copying a log: the target holds the same log in the same order, whatever happened on the way.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyLog } from '../src/copy-log.ts';
import { Fault } from '../src/fault.ts';
import { logRootText } from '../src/log-root.ts';
import { MemoryEventStore } from '../src/memory-store.ts';
import { LOG_START, type Append, type EventStore } from '../src/port.ts';
import { sealEntry } from '../src/codec.ts';
import { verifyStore } from '../src/verify-store.ts';
import { LogFixture } from './log-fixture.ts';

const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_301);

/** A log of so many entries in streams that take turns at random. */
function logOf(entries: number, streams: number, seed: number): LogFixture {
  const log = new LogFixture(seed);
  for (let count = 0; count < entries; count += 1) log.add(`case-${log.make.below(streams)}`);
  return log;
}

async function logIn(store: Pick<EventStore, 'readAll'>) {
  const { entries } = await store.readAll(LOG_START, 4096);
  return entries.map(({ stream, position, hash }) => `${stream} ${position} ${hash}`);
}

const cut = new Fault({ code: 'store-failed', attempted: 'append', found: 'cut', todo: '' });

/** A store whose appends fail after so many; what was accepted before that is recorded. */
function failingAfter(store: EventStore, appends: number): Pick<EventStore, 'readAll' | 'append'> {
  let left = appends;
  return {
    readAll: (after, countMax) => store.readAll(after, countMax),
    append: (request) => {
      left -= 1;
      return left < 0 ? Promise.reject(cut) : store.append(request);
    },
  };
}

/** A store that answers with few entries at a time, as any store may. */
function short(store: Pick<EventStore, 'readAll'>, most: number): Pick<EventStore, 'readAll'> {
  return { readAll: (after, countMax) => store.readAll(after, Math.min(countMax, most)) };
}

describe('a copy', () => {
  test(`of any log, cut anywhere, seed ${SEED} › goes on, and ends as the same log`, async () => {
    const shape = fc.record({
      entries: fc.nat(600),
      streams: fc.integer({ min: 1, max: 40 }),
      seed: fc.nat(1_000_000),
      cutAfter: fc.nat(600),
      most: fc.integer({ min: 1, max: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ entries, streams, seed, cutAfter, most }) => {
        const from = logOf(entries, streams, seed);
        const to = new MemoryEventStore();
        const frail = failingAfter(to, cutAfter);
        const first = await copyLog(from, frail).catch((fault: unknown) => fault);
        const before = (await logIn(to)).length;
        if (first === cut) expect(before).toBeLessThanOrEqual(entries);
        else expect(first).toMatchObject({ kind: 'copied', compared: 0, copied: entries });
        const again = await copyLog(short(from, most), {
          append: (request) => to.append(request),
          ...short(to, most),
        });
        expect(again).toMatchObject({ kind: 'copied', compared: before, copied: entries - before });
        expect(await logIn(to)).toEqual(await logIn(from));
        const { root, firstBad } = await verifyStore(to);
        expect(firstBad).toBeUndefined();
        expect(logRootText(again.root)).toBe(logRootText(root));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test('of a log that grows meanwhile › brings that, too, and says how far it is', async () => {
    const from = logOf(700, 9, 1);
    let isGrown = false;
    from.onReadAll = () => {
      if (!isGrown && from.entries.length === 700) from.add('case-late');
      isGrown = true;
    };
    const seen: number[] = [];
    const to = new MemoryEventStore();
    const onProgress = ({ copied }: { readonly copied: number }) => void seen.push(copied);
    expect(await copyLog(from, to, { onProgress })).toMatchObject({ kind: 'copied', copied: 701 });
    expect(seen).toEqual([256, 512, 701]);
  });

  test('that is stopped › ends with a page, and goes on when called again', async () => {
    const from = logOf(700, 9, 2);
    const to = new MemoryEventStore();
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    expect(await copyLog(from, to, options)).toMatchObject({ kind: 'stopped', copied: 256 });
    expect(await copyLog(from, to)).toMatchObject({ kind: 'copied', compared: 256, copied: 444 });
  });

  test('from a record that was changed › ends before the first bad entry', async () => {
    const from = logOf(300, 1, 3);
    from.change('case-0', 290, ({ bytes }) => ({ bytes: bytes.with(9, 0x21) }));
    const to = new MemoryEventStore();
    expect(await copyLog(from, to)).toMatchObject({
      kind: 'bad',
      bad: { stream: 'case-0', position: 290, reason: { code: 'bytes-changed' } },
      copied: 290,
    });
    expect(await logIn(to)).toHaveLength(290);
  });

  test('of entries that fill more than one append › splits them', async () => {
    const from = new LogFixture(4);
    for (let count = 0; count < 40; count += 1) {
      from.add('case-large', { data: { text: 'x'.repeat(200_000) } });
    }
    const to = new MemoryEventStore();
    expect(await copyLog(from, to)).toMatchObject({ kind: 'copied', copied: 40 });
  });

  test('to a store that takes less in one append › splits them accordingly', async () => {
    const from = new LogFixture(4);
    for (let count = 0; count < 40; count += 1) {
      from.add('case-large', { data: { text: 'x'.repeat(20_000) } });
    }
    const inner = new MemoryEventStore();
    const sizes: number[] = [];
    const to = {
      capabilities: { ...inner.capabilities, appendBytesMax: 100_000 },
      readAll: inner.readAll.bind(inner),
      append: (request: Append) => {
        sizes.push(request.writes[0].entries.reduce((sum, { bytes }) => sum + bytes.length, 0));
        return inner.append(request);
      },
    };
    expect(await copyLog(from, to)).toMatchObject({ kind: 'copied', copied: 40 });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100_000);
    expect(sizes.length).toBeLessThan(20);
  });
});

describe('a target', () => {
  const appendTo = async (store: MemoryEventStore, log: LogFixture, count: number) => {
    const part = new LogFixture();
    part.entries = log.entries.slice(0, count);
    await copyLog(part, store);
  };

  test.each([
    ['with another entry in a stream', 'case-0'],
    ['with an entry of another stream', 'case-other'],
  ])('%s › is left as it is', async (_name, stream) => {
    const from = logOf(60, 1, 5);
    const other = logOf(20, 1, 5);
    other.add(stream);
    const to = new MemoryEventStore();
    await appendTo(to, other, 21);
    const position = stream === 'case-0' ? 20 : 0;
    const before = await logIn(to);
    expect(await copyLog(from, to)).toMatchObject({ kind: 'differs', stream, position });
    expect(await logIn(to)).toEqual(before);
  });

  test('with more than the source › is another log', async () => {
    const from = logOf(60, 3, 6);
    const to = new MemoryEventStore();
    await copyLog(from, to);
    from.entries.pop();
    expect(await copyLog(from, to)).toMatchObject({ kind: 'differs', compared: 59 });
  });

  test('whose bytes were changed beside their hash › is not taken for the same', async () => {
    const from = logOf(10, 1, 9);
    const to = new LogFixture(9);
    for (const entry of from.entries) to.entries.push(entry);
    to.change('case-0', 4, ({ bytes }) => ({ bytes: bytes.with(9, 0x21) }));
    const target = { readAll: to.readAll.bind(to), append: () => Promise.reject(cut) };
    expect(await copyLog(from, target)).toMatchObject({ kind: 'differs', position: 4 });
  });

  test('to which somebody else appends meanwhile › is another log', async () => {
    const from = logOf(60, 3, 7);
    const to = new MemoryEventStore();
    const alien = logOf(1, 1, 8).entries[0];
    const target: Pick<EventStore, 'readAll' | 'append'> = {
      readAll: (after, countMax) => to.readAll(after, countMax),
      append: async (request: Append) => {
        if (!alien) throw cut;
        const entry = sealEntry({
          ...(JSON.parse(Buffer.from(alien.bytes).toString()) as Parameters<typeof sealEntry>[0]),
          stream: 'case-alien',
        });
        await to.append({ writes: [{ stream: 'case-alien', expected: 'none', entries: [entry] }] });
        return to.append(request);
      },
    };
    expect(await copyLog(from, target)).toMatchObject({
      kind: 'differs',
      stream: 'case-alien',
      copied: 0,
    });
  });
});
