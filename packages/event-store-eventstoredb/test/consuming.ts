// Groups: each entry is handed to one member at least once, whatever breaks: the same for each client.
import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumerGroup, Delivery, EventStore } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { expect, test } from 'vitest';
import { GROUP_BUFFER_EVENTS } from '../src/limits.ts';
import type { ClientName } from './double/protocol.ts';
import { resultOf } from './bearing.ts';
import { openOnDouble, type OnDouble } from './subject.ts';

/** A member that keeps what it was handed, and answers as it is told. */
class Worker {
  readonly seen: string[] = [];
  readonly #stop = new AbortController();
  readonly over: Promise<void>;

  constructor(group: ConsumerGroup, answer: (delivery: Delivery) => Promise<void>) {
    const { signal } = this.#stop;
    const work = async (): Promise<void> => {
      for await (const delivery of group.deliveries(signal)) {
        this.seen.push(delivery.entry.hash);
        await answer(delivery);
      }
    };
    this.over = work();
    this.over.catch(() => undefined);
  }

  stop(): Promise<void> {
    this.#stop.abort();
    return this.over;
  }
}

const done = (delivery: Delivery): Promise<void> => delivery.done();
const never = (): Promise<void> => new Promise(() => undefined);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(10);
}

function groupOf(store: EventStore, name = 'work'): ConsumerGroup {
  const group = store.group?.(name);
  if (!group) throw new Error('the store has no groups');
  return group;
}

/** Registers the tests. */
export function groupTests(client: ClientName): void {
  const opened = async (run: (on: OnDouble, record: Record) => Promise<void>): Promise<void> => {
    const on = await openOnDouble({ client });
    const make = new EntryMaker(1);
    const record = async (count: number): Promise<readonly string[]> => {
      const { writes } = make.append(make.stream(), 'none', count);
      await on.store.append({ writes });
      return writes[0].entries.map(({ hash }) => hash);
    };
    try {
      await run(on, record);
    } finally {
      await on.store.close();
      await on.dispose?.();
    }
  };
  type Record = (count: number) => Promise<readonly string[]>;

  test('a group › two members › one of them is handed everything, from the first entry on', () =>
    opened(async ({ store, second }, record) => {
      const other = (await second?.()) as EventStore;
      const hashes = [...(await record(3))];
      const first = new Worker(groupOf(store), done);
      await until(() => first.seen.length === 3);
      const waiting = new Worker(groupOf(other), done);
      // More than a member has in hand at once.
      hashes.push(...(await record(30)));
      await until(() => first.seen.length === hashes.length);
      expect([first.seen, waiting.seen]).toEqual([hashes, []]);
      // Where it ends, the other one goes on; what it had in hand may come again, and in order.
      await first.stop();
      const last = await record(2);
      await until(() => waiting.seen.at(-1) === last[1]);
      expect(waiting.seen.length).toBeLessThanOrEqual(2 + GROUP_BUFFER_EVENTS);
      expect([...hashes, ...last].slice(-waiting.seen.length)).toEqual(waiting.seen);
      await waiting.stop();
      await other.close();
    }));

  test('a group › a member is lost with entries in hand › another is handed them again', () =>
    opened(async ({ store, open }, record) => {
      const victim = await open({ busyTimeoutMs: 500 });
      const stuck = new Worker(groupOf(victim), never);
      const hashes = await record(15);
      await until(() => stuck.seen.length === 1);
      const next = new Worker(groupOf(store), done);
      await pause(50);
      expect(next.seen).toEqual([]);
      await victim.close();
      await until(() => next.seen.length === hashes.length);
      expect(next.seen).toEqual(hashes);
      await next.stop();
    }));

  test('a group › its connection is cut before an answer arrives › all of it comes again', () =>
    opened(async ({ store, double }, record) => {
      const hashes = await record(4);
      double.faults.next('answer', 'cut');
      const worker = new Worker(groupOf(store), done);
      await expect(worker.over).rejects.toMatchObject({ code: 'store-unreachable' });
      const again = new Worker(groupOf(store), done);
      await until(() => again.seen.length === 4);
      expect(again.seen).toEqual(hashes);
      await again.stop();
    }));

  test('a group › its connection is cut behind an answer › what was answered does not come', () =>
    opened(async ({ store, double }, record) => {
      const hashes = await record(4);
      double.faults.next('answer', 'lose-answer');
      const worker = new Worker(groupOf(store), done);
      await expect(worker.over).rejects.toMatchObject({ code: 'store-unreachable' });
      const again = new Worker(groupOf(store), done);
      await until(() => again.seen.at(-1) === hashes[3]);
      expect(again.seen).not.toContain(hashes[0]);
      expect(new Set([...worker.seen, ...again.seen])).toEqual(new Set(hashes));
      await again.stop();
    }));

  test('a group › an entry is parked › others go on, and it comes again when it is asked for', () =>
    opened(async ({ store, double }, record) => {
      const hashes = await record(5);
      let isWrong = true;
      const worker = new Worker(groupOf(store), (one) =>
        isWrong && one.entry.hash === hashes[1] ? one.park('it is wrong') : one.done());
      await until(() => worker.seen.length === 5);
      await until(() => double.parkedFor.length > 0);
      expect(double.parkedFor).toEqual(['it is wrong']);
      isWrong = false;
      await groupOf(store).retryParked();
      await until(() => worker.seen.length === 6);
      expect(worker.seen).toEqual([...hashes, hashes[1]]);
      await groupOf(store).retryParked();
      const [last] = await record(1);
      await until(() => worker.seen.length === 7);
      expect(worker.seen.at(-1)).toBe(last);
      await worker.stop();
    }));

  test('a group › what others put into the streams of the store › is parked with its reason', () =>
    opened(async ({ store, double }, record) => {
      double.log.record('himaya.case-0123', { type: 'Foreign' });
      const hashes = await record(2);
      const worker = new Worker(groupOf(store), done);
      await until(() => worker.seen.length === 2);
      expect(worker.seen).toEqual(hashes);
      await until(() => double.parkedFor.length > 0);
      expect(double.parkedFor).toEqual(['it is an event of another application']);
      await worker.stop();
    }));

  test('a group › a server that refuses or does not answer › says so, and a new try goes on', () =>
    opened(async ({ store, double, open }, record) => {
      double.faults.next('group', 'denied');
      expect(await resultOf(new Worker(groupOf(store), done).over)).toBe('store-denied');
      double.faults.next('group', 'unavailable', 2);
      const hashes = await record(1);
      const worker = new Worker(groupOf(store), done);
      await until(() => worker.seen.length === 1);
      expect(worker.seen).toEqual(hashes);
      await worker.stop();
      const patient = await open({ busyTimeoutMs: 300 });
      double.faults.next('group', 'silent', 9);
      expect(await resultOf(groupOf(patient).retryParked())).toBe('store-busy');
      double.faults.clear();
      await patient.close();
    }));

  test('a group › that is told to end › leaves no call open', () =>
    opened(async ({ store, double }, record) => {
      await record(1);
      const worker = new Worker(groupOf(store), done);
      await until(() => worker.seen.length === 1);
      await double.calls('group', 1);
      await worker.stop();
      await double.calls('group', 0);
      const stopped = AbortSignal.abort();
      for await (const _ of groupOf(store).deliveries(stopped)) throw new Error('nothing is due');
    }));
}
