// Contract: closing, reopening, waking up, and records that nobody can change.
import { expect } from 'vitest';
import { LOG_START } from '../port.ts';
import type { EventStore } from '../port.ts';
import { verifyStore } from '../verify-store.ts';
import {
  contentOf,
  firstHead,
  mustAppend,
  mustRefuse,
  wholeLog,
} from './expectations.ts';
import type { CaseContext, ContractCase } from './subject.ts';

const CHANGERS = /update|delete|remove|truncate|replace|rewrite|archive|set/i;

/** Cases of a store's life. */
export const lifecycleCases: readonly ContractCase[] = [
  {
    name: 'when it is closed › every call is refused as store-closed, and closing again is not',
    run: async ({ store, make }) => {
      await store.close();
      await store.close();
      await mustRefuse(() => store.append(make.append(make.stream(), 'none')), 'store-closed');
      await mustRefuse(() => store.readAll(LOG_START, 1), 'store-closed');
      await mustRefuse(() => store.readStream(make.stream(), 0, 1), 'store-closed');
      await mustRefuse(async () => {
        for await (const _ of store.watch(new AbortController().signal)) break;
      }, 'store-closed');
    },
  },
  {
    name: 'when it is closed while appending › accepted appends are recorded, later ones refused',
    run: closesWhileAppending,
  },
  {
    name: 'when a durable store is opened again › bytes, heads and tokens are the same',
    run: async ({ store, make, reopen }) => {
      if (store.capabilities.durability === 'volatile') return;
      if (reopen === undefined) throw new Error('a durable store must hand the contract `reopen`');
      const stream = make.stream();
      const head = firstHead(await store.append(make.append(stream, 'none', 3)));
      await mustAppend(store, make.append(make.stream(), 'none', 2));
      const log = await wholeLog(store);
      await store.close();
      const again = await reopen();
      expect(contentOf(await wholeLog(again))).toEqual(contentOf(log));
      expect(await again.readAll(LOG_START, 100)).toEqual({
        entries: log, next: log.at(-1)?.globalPosition,
      });
      expect((await again.readStream(stream, 0, 1)).head).toEqual(head);
      await mustAppend(again, make.append(stream, head));
      await again.close();
    },
  },
  {
    name: 'when a call is bounded in time › it is recorded within that time',
    run: async ({ store, make }) => {
      const request = make.append(make.stream(), 'none');
      const outcome = await store.append(request, { timeoutMs: 30_000 });
      expect(outcome.kind).toBe('appended');
    },
  },
  {
    name: 'when the caller has given up before › refuses as store-aborted and records nothing',
    run: async ({ store, make }) => {
      const signal = AbortSignal.abort();
      const request = make.append(make.stream(), 'none');
      await mustRefuse(() => store.append(request, { signal }), 'store-aborted');
      expect(await wholeLog(store)).toEqual([]);
    },
  },
  {
    name: 'when someone looks for a way to change records › the port has none',
    run: async ({ store }) => {
      const names = new Set<string>();
      for (let at: object | null = store; at !== null && at !== Object.prototype;
        at = Object.getPrototypeOf(at) as object | null) {
        for (const name of Object.getOwnPropertyNames(at)) names.add(name);
      }
      expect([...names].filter((name) => CHANGERS.test(name))).toEqual([]);
    },
  },
  {
    name: 'when someone changes records behind the port › the medium refuses',
    run: refusesTampering,
  },
];

/** Cases of `watch`. */
export const watchCases: readonly ContractCase[] = [
  {
    name: 'when something is appended › a watcher wakes',
    run: async ({ store, make }) => {
      await wakes(store, () => mustAppend(store, make.append(make.stream(), 'none')));
    },
  },
  {
    name: 'when something is appended before the first look › the watcher has not missed it',
    run: async ({ store, make }) => {
      const watched = store.watch(new AbortController().signal);
      await mustAppend(store, make.append(make.stream(), 'none'));
      expect((await watched[Symbol.asyncIterator]().next()).done).not.toBe(true);
    },
  },
  {
    name: 'when another connection appends › a watcher wakes',
    run: async ({ store, make, second }) => {
      if (second === undefined) return;
      const other = await second();
      await wakes(store, () => mustAppend(other, make.append(make.stream(), 'none')));
      await other.close();
    },
  },
  {
    name: 'when the signal aborts › the watch ends, also if it had aborted before',
    run: async ({ store }) => {
      const controller = new AbortController();
      const watch = store.watch(controller.signal)[Symbol.asyncIterator]();
      const ended = untilDone(watch);
      controller.abort();
      await ended;
      await untilDone(store.watch(controller.signal)[Symbol.asyncIterator]());
    },
  },
  {
    name: 'when the store is closed › the watch ends',
    run: async ({ store }) => {
      const watch = store.watch(new AbortController().signal)[Symbol.asyncIterator]();
      const ended = untilDone(watch);
      await store.close();
      await ended;
    },
  },
];

async function wakes(store: EventStore, act: () => Promise<unknown>): Promise<void> {
  const controller = new AbortController();
  const watch = store.watch(controller.signal)[Symbol.asyncIterator]();
  const woken = watch.next();
  await act();
  expect((await woken).done).not.toBe(true);
  expect((await store.readAll(LOG_START, 9)).entries.length).toBeGreaterThan(0);
  controller.abort();
  await untilDone(watch);
}

async function untilDone(watch: AsyncIterator<void>): Promise<void> {
  while ((await watch.next()).done !== true);
}

async function closesWhileAppending({ store, make, reopen }: CaseContext): Promise<void> {
  const early = Array.from({ length: 50 }, () => make.append(make.stream(), 'none'));
  const accepted = early.map((request) => store.append(request));
  const closing = store.close();
  const refused = make.append(make.stream(), 'none');
  await mustRefuse(() => store.append(refused), 'store-closed');
  const outcomes = await Promise.all(accepted);
  await closing;
  expect(outcomes.map(({ kind }) => kind)).toEqual(early.map(() => 'appended'));
  if (reopen === undefined) return;
  const again = await reopen();
  for (const { writes: [{ stream, entries }] } of early) {
    const page = await again.readStream(stream, 0, 9);
    expect(page.entries.map(({ hash }) => hash)).toEqual(entries.map(({ hash }) => hash));
  }
  expect((await again.readStream(refused.writes[0].stream, 0, 1)).head).toBe('none');
  await again.close();
}

async function refusesTampering({ store, make, tamper }: CaseContext): Promise<void> {
  if (tamper === undefined) return;
  const stream = make.stream();
  await mustAppend(store, make.append(stream, 'none', 2));
  const before = contentOf(await wholeLog(store));
  for (const { name, attempt } of tamper()) {
    const refused = await Promise.resolve().then(attempt).then(() => false, () => true);
    if (!refused) throw new Error(`the medium must refuse: ${name}`);
    expect(contentOf(await wholeLog(store))).toEqual(before);
  }
  expect(await verifyStore(store)).toEqual({ entries: 2, streams: 1, root: expect.anything() });
}
