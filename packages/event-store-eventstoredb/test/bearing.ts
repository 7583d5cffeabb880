// How the store bears what a server and a network may do: the same tests for each client.
import { setTimeout as pause } from 'node:timers/promises';
import {
  headOf, LOG_START, verifyStore, type AppendOutcome, type GlobalPosition,
} from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { expect, test } from 'vitest';
import { openEventStoreDbStore } from '../src/index.ts';
import { Double } from './double/double.ts';
import type { CallName, FaultKind } from './double/faults.ts';
import type { ClientName } from './double/protocol.ts';
import { clientOf, openOnDouble, urlOf, type OnDouble } from './subject.ts';

/** What an append or a read came to: its outcome, or the code of its fault. */
export const resultOf = (made: Promise<unknown>): Promise<string> =>
  made.then(
    (value) => (value as AppendOutcome | undefined)?.kind ?? 'answered',
    (fault: { code?: string }) => fault.code ?? String(fault),
  );

const APPEND_FAULTS: readonly FaultKind[] = [
  'unavailable', 'cut', 'lose-answer', 'not-leader', 'deadline', 'cancelled', 'slow',
];
const READ_FAULTS: readonly FaultKind[] = [
  'unavailable', 'cut', 'not-leader', 'deadline', 'cancelled', 'slow',
];

/** Ten entries to each of 32 streams; by night a reader of the whole log sees 102,400. */
const READER_ROUNDS = process.env.HIMAYA_NIGHTLY === '1' ? 320 : 2;

/** Registers the tests. */
export function faultTests(client: ClientName): void {
  const opened = async (
    run: (on: OnDouble, make: EntryMaker) => Promise<void>,
    options: Parameters<typeof openOnDouble>[1] = {},
    double: Partial<Parameters<typeof openOnDouble>[0]> = {},
  ): Promise<void> => {
    const on = await openOnDouble({ client, ...double }, options);
    try {
      await run(on, new EntryMaker(1));
    } finally {
      await on.store.close();
      await on.dispose?.();
    }
  };

  for (const batchAppend of [true, false]) {
    const how = batchAppend ? 'a shared call' : 'a call of its own';
    test.each(APPEND_FAULTS)(`append › by ${how} that meets "%s" › is recorded once`, (kind) =>
      opened(async ({ store, double }, make) => {
        const first = make.append(make.stream(), 'none', 2);
        const outcome = await store.append(first);
        double.faults.next('append', kind, 2);
        const { stream } = first.writes[0];
        if (outcome.kind !== 'appended') throw new Error('not appended');
        const second = make.append(stream, outcome.heads[0].head, 3);
        expect(await resultOf(store.append(second))).toBe('appended');
        expect(double.faults.hits).toBeGreaterThan(0);
        const recorded = double.log.all(`himaya.${stream}`).map(({ data }) =>
          Buffer.from(data).toString('utf8'));
        expect(recorded).toEqual([first, second].flatMap(({ writes }) =>
          writes[0].entries.map(({ bytes }) => Buffer.from(bytes).toString('utf8'))));
        expect((await verifyStore(store)).firstBad).toBeUndefined();
      }, {}, { batchAppend }));
  }

  test('append › that was recorded and lost its answer, then another came › is appended', () =>
    opened(async ({ store, double, second }, make) => {
      const other = await second?.();
      const request = make.append(make.stream(), 'none', 2);
      // The next writer comes before the first one hears of its own entries.
      const stop = double.log.listen(({ stream, revision }) => {
        if (revision !== 1 || !stream.startsWith('himaya.case-')) return;
        stop();
        const [{ stream: name, entries }] = request.writes;
        const last = entries.at(-1) ?? entries[0];
        void other?.append(make.append(name, {
          position: last.position, hash: last.hash, recordedAt: last.recordedAt,
        }));
      });
      double.faults.next('append', 'lose-answer');
      expect(await resultOf(store.append(request))).toBe('appended');
      await other?.close();
      expect((await store.readStream(request.writes[0].stream, 0, 9)).entries).toHaveLength(3);
    }));

  test('append › that the server takes and does not write › is not acknowledged', () =>
    opened(async ({ store, double }, make) => {
      double.faults.next('append', 'lie');
      const request = make.append(make.stream(), 'none');
      expect(await resultOf(store.append(request))).toBe('store-failed');
      expect(await resultOf(store.append(request))).toBe('appended');
    }));

  test('append › that is never answered › ends within the wait, and may be repeated', () =>
    opened(async ({ store, double, open }, make) => {
      const request = make.append(make.stream(), 'none');
      double.faults.next('append', 'silent', 9);
      expect(await resultOf(store.append(request))).toBe('store-busy');
      // What is queued behind it waits no longer than itself, whatever has to be looked up for it.
      const stream = make.stream();
      const behind = make.append(stream, headOf(make.entry(stream, 'none')));
      double.faults.next('read', 'silent', 9);
      const answers = [request, behind, behind].map((one) => resultOf(store.append(one)));
      expect(await Promise.all(answers)).toEqual(['store-busy', 'store-busy', 'store-busy']);
      double.faults.clear();
      const patient = await open({ busyTimeoutMs: 30_000 });
      expect(await resultOf(patient.append(request))).toBe('appended');
      expect(double.log.all(`himaya.${request.writes[0].stream}`)).toHaveLength(1);
      await patient.close();
    }, { busyTimeoutMs: 600 }));

  test('append › that the caller bounds or takes back › is answered at once', () =>
    opened(async ({ store, double }, make) => {
      double.faults.next('append', 'silent');
      const one = () => make.append(make.stream(), 'none');
      const controller = new AbortController();
      const results = [
        resultOf(store.append(one(), { timeoutMs: 100 })),
        resultOf(store.append(one(), { timeoutMs: 50 })),
        resultOf(store.append(one(), { signal: controller.signal })),
      ];
      controller.abort();
      expect(await Promise.all(results)).toEqual(['store-busy', 'store-busy', 'store-aborted']);
      expect((await store.readAll(LOG_START, 9)).entries).toEqual([]);
    }, { busyTimeoutMs: 3_000 }));

  test('append › over the limit of the server › is refused before any I/O', () =>
    opened(async ({ store, double }, make) => {
      const stream = make.stream();
      const data = { text: 'x'.repeat(200_000) };
      const entries = make.entries(stream, 'none', 1);
      const large = make.entry(stream, 'none', { data });
      const before = double.log.events.length;
      const append = store.append({ writes: [{ stream, expected: 'none', entries: [large] }] });
      expect(await resultOf(append)).toBe('append-too-large');
      expect(double.log.events).toHaveLength(before);
      const small = store.append({ writes: [{ stream, expected: 'none', entries }] });
      expect(await resultOf(small)).toBe('appended');
    }, { appendBytesMax: 100_000 }));

  test('append › that the server finds too large › says so, and records nothing', () =>
    opened(async ({ store }, make) => {
      const stream = make.stream();
      const large = make.entry(stream, 'none', { data: { text: 'x'.repeat(9_000) } });
      const append = store.append({ writes: [{ stream, expected: 'none', entries: [large] }] });
      expect(await resultOf(append)).toBe('append-too-large');
      expect((await store.readStream(stream, 0, 1)).head).toBe('none');
    }, {}, { appendBytesMax: 5_000 }));

  test.each(READ_FAULTS)('read › that meets "%s" › is made again', (kind) =>
    opened(async ({ store, double }, make) => {
      const request = make.append(make.stream(), 'none', 5);
      await store.append(request);
      for (const read of [
        () => store.readStream(request.writes[0].stream, 0, 5),
        () => store.readAll(LOG_START, 5),
      ]) {
        double.faults.next('read', kind, 2);
        expect((await read()).entries).toHaveLength(5);
      }
      expect(double.faults.hits).toBeGreaterThan(1);
    }));

  test('read › that is never answered › ends within the wait, and leaves no call open', () =>
    opened(async ({ store, double }, make) => {
      double.faults.next('read', 'silent', 9);
      expect(await resultOf(store.readStream(make.stream(), 0, 5))).toBe('store-busy');
      double.faults.clear();
      // The newer client cannot give up a read: such a call ends with its connection.
      if (client === 'eventstore') await double.calls('read', 0);
      await store.close();
    }, { busyTimeoutMs: 400 }));

  test('reads › of long streams and logs in short pages › leave no call open', () =>
    opened(async ({ store, double }, make) => {
      const [{ stream, entries }] = make.append(make.stream(), 'none', 300).writes;
      await store.append({ writes: [{ stream, expected: 'none', entries }] });
      expect((await store.readStream(stream, 10, 3)).entries).toHaveLength(3);
      expect((await store.readAll(LOG_START, 3)).entries).toHaveLength(3);
      await double.calls('read', 0);
    }));

  test('readAll › beside four writers, in short pages › misses nothing', () =>
    opened(async ({ store, open }) => {
      const writers = await Promise.all([1, 2, 3, 4].map(() => open()));
      let isOver = false;
      // Eight streams each, so that entries of many lie between two of one.
      const writing = Promise.all(writers.map(async (writer, index) => {
        const make = new EntryMaker(index + 2);
        await Promise.all(Array.from({ length: 8 }, async () => {
          const stream = make.stream();
          let head: Parameters<EntryMaker['append']>[1] = 'none';
          for (let made = 0; made < READER_ROUNDS; made += 1) {
            const outcome = await writer.append(make.append(stream, head, 10));
            if (outcome.kind !== 'appended') throw new Error(`a lone writer met ${outcome.kind}`);
            head = outcome.heads[0].head;
          }
        }));
      })).finally(() => (isOver = true));
      const next = new Map<string, number>();
      let seen = 0;
      for (let after = LOG_START; ;) {
        const wasOver = isOver;
        const page = await store.readAll(after, 50);
        for (const { stream, position } of page.entries) {
          expect([stream, position]).toEqual([stream, next.get(stream) ?? 0]);
          next.set(stream, position + 1);
        }
        seen += page.entries.length;
        after = page.next;
        if (wasOver && page.entries.length === 0) break;
      }
      await writing;
      expect(seen).toBe(4 * 8 * 10 * READER_ROUNDS);
      await Promise.all(writers.map((writer) => writer.close()));
    }), 600_000);

  test('the log › beside much that others record › is read once, from its begin', async () => {
    const others = 400;
    const double = await Double.start({ client });
    const record = (): void => {
      for (let count = 0; count < others; count += 1) double.log.record('a-1', { type: 'Other' });
    };
    record();
    const url = urlOf(client, double);
    const own = await clientOf(client, url);
    const store = await openEventStoreDbStore({ client: own, create: true });
    const make = new EntryMaker(1);
    await store.append(make.append(make.stream(), 'none', 3));
    const asked = async (after: GlobalPosition, most: number) => {
      const before = double.eventsSent;
      const page = await store.readAll(after, 10);
      expect(double.eventsSent - before).toBeLessThan(most);
      return page;
    };
    const first = await asked(LOG_START, 10);
    expect(first.entries).toHaveLength(3);
    record();
    // The first look passes over all of it, the next ones do not read it again.
    expect(await asked(first.next, 2 * others)).toEqual({ entries: [], next: first.next });
    expect(await asked(first.next, 10)).toEqual({ entries: [], next: first.next });
    await store.append(make.append(make.stream(), 'none', 2));
    expect((await asked(first.next, 10)).entries).toHaveLength(2);
    expect((await asked(first.next, 2 * others)).entries).toHaveLength(2);
    expect((await store.readAll(LOG_START, 10)).entries).toHaveLength(5);
    await store.close();
    await double.stop();
  });

  test('append and read › while nobody answers › say so, and go on when somebody does', () =>
    opened(async ({ store, double }, make) => {
      const request = make.append(make.stream(), 'none');
      await double.down();
      expect(await resultOf(store.append(request))).toBe('store-unreachable');
      expect(await resultOf(store.readAll(LOG_START, 1))).toBe('store-unreachable');
      await double.up();
      expect(await resultOf(store.append(request))).toBe('appended');
    }, { busyTimeoutMs: 5_000 }));

  test('watch › whose connection is cut again and again › misses nothing', () =>
    opened(async ({ store, double, second }, make) => {
      const other = await second?.();
      const controller = new AbortController();
      const watch = store.watch(controller.signal)[Symbol.asyncIterator]();
      const seen = new Set<bigint>();
      let after = LOG_START;
      const follow = async (): Promise<void> => {
        const { entries, next } = await store.readAll(after, 100);
        for (const { globalPosition } of entries) seen.add(globalPosition);
        after = next;
      };
      await other?.append(make.append(make.stream(), 'none'));
      while (seen.size < 1) {
        await watch.next();
        await follow();
      }
      // The subscription itself has told of it, too.
      await pause(50);
      const subscribed = async (times: number): Promise<void> => {
        while (double.subscribedFrom.length < times) await pause(20);
      };
      for (const due of [2, 3]) {
        double.faults.next('subscribe', 'unavailable', 2);
        double.cut();
        await other?.append(make.append(make.stream(), 'none'));
        while (seen.size < due) {
          await watch.next();
          await follow();
        }
        await subscribed(due);
      }
      expect(double.faults.hits).toBeGreaterThan(2);
      // The first one began at the end, each later one where the one before it had come to.
      const [first, ...later] = double.subscribedFrom;
      expect([first, later.length > 1, later.includes('end')]).toEqual(['end', true, false]);
      controller.abort();
      await other?.close();
    }));

  test('close › while a subscription and reads are open › ends in time, and leaves none', () =>
    opened(async ({ store, double }, make) => {
      const watch = store.watch(new AbortController().signal)[Symbol.asyncIterator]();
      await watch.next();
      double.faults.next('read', 'silent', 9);
      const read = resultOf(store.readStream(make.stream(), 0, 5));
      await pause(20);
      await store.close();
      expect(await watch.next()).toEqual({ done: true, value: undefined });
      expect(['store-busy', 'store-unreachable']).toContain(await read);
      await double.calls('subscribe', 0);
    }, { busyTimeoutMs: 500 }));

  test.each<[CallName, string]>([['append', 'store-denied'], ['read', 'store-denied']])(
    '%s › that the server refuses › is not tried again', (call, code) =>
      opened(async ({ store, double }, make) => {
        double.faults.next(call, 'denied', 1);
        const made = call === 'append'
          ? store.append(make.append(make.stream(), 'none'))
          : store.readAll(LOG_START, 1);
        expect(await resultOf(made)).toBe(code);
        expect(double.faults.hits).toBe(1);
      }));
}
