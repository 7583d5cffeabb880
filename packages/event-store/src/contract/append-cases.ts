// Contract: what one append does, answers and leaves alone.
import { expect } from 'vitest';
import { headOf } from '../codec.ts';
import type { Entry } from '../entry.ts';
import type { Append, AppendOutcome, NonEmpty, StreamWrite } from '../port.ts';
import {
  asRecorded,
  contentOf,
  firstHead,
  mustAppend,
  mustBeAppended,
  wholeLog,
} from './expectations.ts';
import type { ContractCase } from './subject.ts';

/** Cases of a single stream. */
export const appendCases: readonly ContractCase[] = [
  {
    name: 'when the stream does not exist › records at 0 and answers head and last',
    run: async ({ store, make }) => {
      const request = make.append(make.stream(), 'none', 3);
      const [{ stream, entries }] = request.writes;
      const outcome = await mustAppend(store, request);
      const log = await wholeLog(store);
      expect(contentOf(log)).toEqual(asRecorded(entries));
      expect(log.map(({ position }) => position)).toEqual([0, 1, 2]);
      const last = entries[2] ?? entries[0];
      expect(outcome.heads).toEqual([{ stream, head: headOf(last) }]);
      expect(outcome.last).toBe(log[2]?.globalPosition);
    },
  },
  {
    name: 'when the stream is at the expected head › extends it',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const first = make.append(stream, 'none', 2);
      const head = firstHead(await store.append(first));
      const second = make.append(stream, head, 2);
      const end = firstHead(await store.append(second));
      expect(end).toEqual(headOf(second.writes[0].entries[1] ?? second.writes[0].entries[0]));
      const page = await store.readStream(stream, 0, 10);
      expect(page.head).toEqual(end);
      expect(contentOf(page.entries)).toEqual(
        asRecorded([...first.writes[0].entries, ...second.writes[0].entries]),
      );
    },
  },
  {
    name: 'when another writer came first › reports conflict and writes nothing',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const seen = firstHead(await store.append(make.append(stream, 'none')));
      const found = firstHead(await store.append(make.append(stream, seen)));
      const before = contentOf(await wholeLog(store));
      const outcome = await store.append(make.append(stream, seen));
      expect(outcome).toEqual({ kind: 'conflict', stream, expected: seen, found });
      expect(contentOf(await wholeLog(store))).toEqual(before);
    },
  },
  {
    name: 'when the stream must not exist and does › reports conflict',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const found = firstHead(await store.append(make.append(stream, 'none')));
      const outcome = await store.append(make.append(stream, 'none'));
      expect(outcome).toEqual({ kind: 'conflict', stream, expected: 'none', found });
      expect(await wholeLog(store)).toHaveLength(1);
    },
  },
  {
    name: 'when the stream must exist and does not › reports conflict',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const expected = headOf(make.entry(stream, 'none'));
      const outcome = await store.append(make.append(stream, expected));
      expect(outcome).toEqual({ kind: 'conflict', stream, expected, found: 'none' });
      expect(await store.readStream(stream, 0, 9)).toEqual({ entries: [], head: 'none' });
    },
  },
  {
    name: 'when the head has the position but another hash › reports conflict',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const found = firstHead(await store.append(make.append(stream, 'none')));
      const expected = { ...headOf(make.entry(stream, 'none')), recordedAt: found.recordedAt };
      const outcome = await store.append(make.append(stream, expected));
      expect(outcome).toEqual({ kind: 'conflict', stream, expected, found });
    },
  },
  {
    name: 'when the caller alters its lists before the answer › records what was asked',
    run: async ({ store, make }) => {
      const [stream, other] = [make.stream(), make.stream()];
      const entries = [...make.entries(stream, 'none', 3)] as unknown as NonEmpty<Entry>;
      const writes = [{ stream, expected: 'none', entries }] as unknown as Append['writes'];
      const recorded = asRecorded(entries);
      const answer = store.append({ writes, unchanged: [] });
      (entries as unknown as Entry[]).length = 1;
      (writes as unknown as StreamWrite[]).push(make.write(other, 'none'));
      expect(firstHead(await answer).position).toBe(2);
      expect(contentOf(await wholeLog(store))).toEqual(recorded);
    },
  },
  {
    name: 'when the caller alters the bytes afterwards › the record stays as it was',
    run: async ({ store, make }) => {
      const request = make.append(make.stream(), 'none');
      const [entry] = request.writes[0].entries;
      const recorded = asRecorded([entry]);
      await mustAppend(store, request);
      entry.bytes.fill(0x20);
      expect(contentOf(await wholeLog(store))).toEqual(recorded);
    },
  },
];

/** Cases of a repeated append. */
export const repeatCases: readonly ContractCase[] = [
  {
    name: 'when the same entries come again › answers the same and records nothing',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const head = firstHead(await store.append(make.append(stream, 'none', 2)));
      const request = make.append(stream, head, 2);
      const outcome = await mustAppend(store, request);
      expect(await store.append(request)).toEqual(outcome);
      expect(await wholeLog(store)).toHaveLength(4);
    },
  },
  {
    name: 'when the same append is issued several times at once › all answer the same, one records',
    run: async ({ store, make, second }) => {
      const other = await second?.();
      const request = make.append(make.stream(), 'none', 2);
      const stores = [store, other ?? store, store];
      const outcomes = await Promise.all(stores.map((each) => each.append(request)));
      await other?.close();
      expect(outcomes).toEqual([1, 2, 3].map(() => mustBeAppended(outcomes[0] as AppendOutcome)));
      expect(await wholeLog(store)).toHaveLength(2);
    },
  },
  {
    name: 'when the stream has grown since › answers the heads of the first time',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const request = make.append(stream, 'none', 2);
      const outcome = await mustAppend(store, request);
      await mustAppend(store, make.append(stream, outcome.heads[0].head, 3));
      await mustAppend(store, make.append(make.stream(), 'none'));
      expect(await store.append(request)).toEqual(outcome);
      expect(await wholeLog(store)).toHaveLength(6);
    },
  },
  {
    name: 'when only the first entries are recorded › reports conflict and writes nothing',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const [write] = make.append(stream, 'none', 3).writes;
      const [first] = write.entries;
      const found = firstHead(
        await store.append({ writes: [{ stream, expected: 'none', entries: [first] }] }),
      );
      const outcome = await store.append({ writes: [write] });
      expect(outcome).toEqual({ kind: 'conflict', stream, expected: 'none', found });
      expect(await wholeLog(store)).toHaveLength(1);
    },
  },
  {
    name: 'when the same id comes with other bytes › reports conflict',
    run: async ({ store, make }) => {
      const stream = make.stream();
      const entry = make.entry(stream, 'none', { data: { told: 'first' } });
      const other = make.entry(stream, 'none', { id: entry.id, data: { told: 'second' } });
      await mustAppend(store, { writes: [{ stream, expected: 'none', entries: [entry] }] });
      const outcome = await store.append({
        writes: [{ stream, expected: 'none', entries: [other] }],
      });
      expect(outcome).toMatchObject({ kind: 'conflict', stream });
      expect(contentOf(await wholeLog(store))).toEqual(asRecorded([entry]));
    },
  },
];
