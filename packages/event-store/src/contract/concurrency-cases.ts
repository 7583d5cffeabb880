// Contract: many writers and a reader at once.
import { expect } from 'vitest';
import { headOf } from '../codec.ts';
import { LOG_START } from '../port.ts';
import type { EventStore, GlobalPosition, Head, RecordedEntry } from '../port.ts';
import { verifyStore } from '../verify-store.ts';
import {
  asRecorded,
  contentOf,
  firstHead,
  mustAppend,
  mustBeAppended,
  wholeLog,
  wholeStream,
} from './expectations.ts';
import type { CaseContext, ContractCase } from './subject.ts';

const RACE_ROUNDS = 200;
const WRITERS = 64;

/** Cases of concurrent callers. */
export const concurrencyCases: readonly ContractCase[] = [
  {
    name: 'when three writers race to create a stream › exactly one wins, each time',
    run: async ({ store, make, subject }) => {
      for (let round = 0; round < (subject.raceRounds ?? RACE_ROUNDS); round += 1) {
        const stream = make.stream();
        const requests = [1, 2, 3].map(() => make.append(stream, 'none'));
        const outcomes = await Promise.all(requests.map((request) => store.append(request)));
        const won = outcomes.findIndex(({ kind }) => kind === 'appended');
        expect(outcomes.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
        const page = await store.readStream(stream, 0, 9);
        expect(contentOf(page.entries)).toEqual(asRecorded(requests[won]?.writes[0].entries ?? []));
        for (const outcome of outcomes) {
          if (outcome.kind === 'conflict') expect(outcome.found).toEqual(page.head);
        }
      }
    },
  },
  {
    name: 'when 64 writers append to 64 streams › all are recorded',
    run: async ({ store, make }) => {
      const requests = Array.from({ length: WRITERS }, () => make.append(make.stream(), 'none', 2));
      const outcomes = await Promise.all(requests.map((request) => store.append(request)));
      expect(outcomes.map(({ kind }) => kind)).toEqual(requests.map(() => 'appended'));
      for (const { writes } of requests) {
        const entries = await wholeStream(store, writes[0].stream);
        expect(contentOf(entries)).toEqual(asRecorded(writes[0].entries));
      }
    },
  },
  {
    name: 'when 64 writers append at one head › one wins and 63 conflicts name it',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const head = firstHead(await store.append(make.append(stream, 'none')));
      const outcomes = await Promise.all(
        Array.from({ length: WRITERS }, () => store.append(make.append(stream, head))),
      );
      const found = (await store.readStream(stream, 0, 1)).head;
      expect(outcomes.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      const conflict = { kind: 'conflict', stream, expected: head, found };
      expect(outcomes.filter(({ kind }) => kind === 'conflict')).toEqual(
        Array.from({ length: WRITERS - 1 }, () => conflict),
      );
      expect(await wholeStream(store, stream)).toHaveLength(2);
    },
  },
  {
    name: 'when 64 appends each build on the one before, unawaited › all are recorded in order',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const entries = make.entries(stream, 'none', WRITERS);
      let expected: Head | 'none' = 'none';
      const pending = entries.map((entry) => {
        const outcome = store.append({ writes: [{ stream, expected, entries: [entry] }] });
        expected = headOf(entry);
        return outcome;
      });
      for (const outcome of await Promise.all(pending)) mustBeAppended(outcome);
      expect(contentOf(await wholeStream(store, stream))).toEqual(asRecorded(entries));
    },
  },
  {
    name: 'when one of several concurrent appends conflicts › it fails alone',
    run: async ({ store, make }) => {
      const taken = make.stream();
      await mustAppend(store, make.append(taken, 'none'));
      const free = [make.stream(), make.stream()];
      const outcomes = await Promise.all([
        store.append(make.append(free[0] ?? '', 'none')),
        store.append(make.append(taken, 'none')),
        store.append(make.append(free[1] ?? '', 'none')),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'conflict', 'appended']);
      expect(await wholeLog(store)).toHaveLength(3);
    },
  },
  {
    name: 'when a reader follows the log beside writers › it skips nothing and sees commit order',
    run: followsTheLog,
  },
  {
    name: 'when a second connection races › exactly one creates each stream',
    run: async (context) => {
      if (context.second === undefined) return;
      const other = await context.second();
      try {
        await raceConnections(context, other);
      } finally {
        await other.close();
      }
    },
  },
];

async function followsTheLog({ store, make }: CaseContext): Promise<void> {
  const seen: RecordedEntry[] = [];
  let writing = true;
  const reader = (async () => {
    for (let after: GlobalPosition = LOG_START; ; ) {
      const done = !writing;
      const page = await store.readAll(after, 7);
      seen.push(...page.entries);
      after = page.next;
      if (done && page.entries.length === 0) return;
      if (page.entries.length === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await Promise.all(Array.from({ length: 16 }, () => writeInTurn({ store, make })));
  writing = false;
  await reader;
  const log = await wholeLog(store);
  expect(log).toHaveLength(16 * 12);
  expect(contentOf(seen)).toEqual(contentOf(log));
  expect((await verifyStore(store)).firstBad).toBeUndefined();
}

/** One writer: what is acknowledged before the next append begins comes before it in the log. */
async function writeInTurn({ store, make }: Pick<CaseContext, 'store' | 'make'>): Promise<void> {
  const stream = make.stream();
  let head: Head | 'none' = 'none';
  let last: GlobalPosition = LOG_START;
  for (let turn = 0; turn < 12; turn += 1) {
    const outcome = await mustAppend(store, make.append(stream, head));
    expect(outcome.last > last).toBe(true);
    ({ last } = outcome);
    head = outcome.heads[0].head;
  }
}

async function raceConnections({ store, make }: CaseContext, other: EventStore): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const stream = make.stream();
    const outcomes = await Promise.all([
      store.append(make.append(stream, 'none')),
      other.append(make.append(stream, 'none')),
      store.append(make.append(make.stream(), 'none')),
      other.append(make.append(make.stream(), 'none')),
    ]);
    const kinds = outcomes.map(({ kind }) => kind);
    expect(kinds.slice(0, 2).sort()).toEqual(['appended', 'conflict']);
    expect(kinds.slice(2)).toEqual(['appended', 'appended']);
  }
  const log = await wholeLog(store);
  expect(log).toHaveLength(60);
  expect(contentOf(await wholeLog(other))).toEqual(contentOf(log));
  expect((await verifyStore(other)).firstBad).toBeUndefined();
}
