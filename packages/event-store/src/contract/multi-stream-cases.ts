// Contract: appends that write or check several streams, all or none.
import { expect } from 'vitest';
import { headOf } from '../codec.ts';
import type { Append, NonEmpty, StreamHead, StreamWrite } from '../port.ts';
import {
  asRecorded,
  contentOf,
  firstHead,
  mustAppend,
  mustRefuse,
  wholeLog,
} from './expectations.ts';
import type { CaseContext, ContractCase } from './subject.ts';

/** Cases that a store without multi-stream appends answers with `append-unsupported`. */
export const multiStreamCases: readonly ContractCase[] = [
  several('when all streams hold › records all, in the order of writes', recordsAll),
  several('when one written stream has moved › records none of them', recordsNone),
  several('when several streams differ › the conflict names the first, written ones first',
    namesFirst),
  several('when an unchanged stream has not moved › records, and leaves it alone', unchangedHolds),
  several('when an unchanged stream has moved › reports conflict', unchangedMoved),
  several('when an unchanged stream has the position but another hash › reports conflict',
    unchangedOther),
  several('when any one of several unchanged streams has moved › reports conflict',
    everyUnchanged),
  several('when an unchanged stream must not exist › it may not', unchangedNone),
  several('when all writes are repeated › answers the same, also when other streams moved since',
    repeatsAll),
  several('when it answers appended › each written stream is at the head that it names',
    headsAreThere),
  several('when only one of the writes is repeated › reports conflict and writes nothing',
    repeatsPart),
];

/** A case of several streams, or that a store without such appends refuses them. */
export function several(name: string, run: (context: CaseContext) => Promise<void>): ContractCase {
  return {
    name,
    run: async (context) => {
      if (context.store.capabilities.multiStreamAppend) return run(context);
      const { make, store } = context;
      const writes = writesOf(context, 2);
      await mustRefuse(() => store.append({ writes }), 'append-unsupported');
      const unchanged = [{ stream: make.stream(), head: 'none' as const }];
      const one: Append = { writes: [make.write(make.stream(), 'none')], unchanged };
      await mustRefuse(() => store.append(one), 'append-unsupported');
      expect(await wholeLog(store)).toEqual([]);
    },
  };
}

function writesOf({ make }: CaseContext, count: number): NonEmpty<StreamWrite> {
  const first = make.write(make.stream(), 'none', 2);
  const rest = Array.from({ length: count - 1 }, () => make.write(make.stream(), 'none', 2));
  return [first, ...rest];
}

async function recordsAll(context: CaseContext): Promise<void> {
  const { store } = context;
  const writes = writesOf(context, 5);
  const outcome = await mustAppend(store, { writes });
  const log = await wholeLog(store);
  expect(contentOf(log)).toEqual(asRecorded(writes.flatMap(({ entries }) => entries)));
  expect(outcome.heads).toEqual(
    writes.map(({ stream, entries }) => ({ stream, head: headOf(entries[1] ?? entries[0]) })),
  );
  expect(outcome.last).toBe(log.at(-1)?.globalPosition);
}

async function recordsNone({ store, make }: CaseContext): Promise<void> {
  const moved = make.stream();
  const found = firstHead(await store.append(make.append(moved, 'none')));
  const fresh = make.stream();
  const other = make.stream();
  const outcome = await store.append({
    writes: [make.write(fresh, 'none'), make.write(moved, 'none'), make.write(other, 'none')],
  });
  expect(outcome).toEqual({ kind: 'conflict', stream: moved, expected: 'none', found });
  expect(await wholeLog(store)).toHaveLength(1);
  expect(await store.readStream(fresh, 0, 9)).toEqual({ entries: [], head: 'none' });
  // The streams that were not written are still free.
  await mustAppend(store, { writes: [make.write(fresh, 'none'), make.write(other, 'none')] });
}

async function namesFirst({ store, make }: CaseContext): Promise<void> {
  const [a, b, c] = [make.stream(), make.stream(), make.stream()];
  for (const stream of [a, b, c]) await mustAppend(store, make.append(stream, 'none'));
  const unchanged = [{ stream: a, head: 'none' as const }, { stream: b, head: 'none' as const }];
  const wrong: Append = {
    writes: [make.write(make.stream(), 'none'), make.write(c, 'none')],
    unchanged,
  };
  expect(await store.append(wrong)).toMatchObject({ kind: 'conflict', stream: c });
  const right: Append = { writes: [make.write(make.stream(), 'none')], unchanged };
  expect(await store.append(right)).toMatchObject({ kind: 'conflict', stream: a });
}

async function unchangedHolds({ store, make }: CaseContext): Promise<void> {
  const read = make.stream();
  const head = firstHead(await store.append(make.append(read, 'none')));
  const outcome = await mustAppend(store, {
    writes: [make.write(make.stream(), 'none')],
    unchanged: [{ stream: read, head }],
  });
  expect(outcome.heads).toHaveLength(1);
  expect((await store.readStream(read, 0, 9)).head).toEqual(head);
}

async function unchangedMoved({ store, make }: CaseContext): Promise<void> {
  const read = make.stream();
  const head = firstHead(await store.append(make.append(read, 'none')));
  const found = firstHead(await store.append(make.append(read, head)));
  const outcome = await store.append({
    writes: [make.write(make.stream(), 'none')],
    unchanged: [{ stream: read, head }],
  });
  expect(outcome).toEqual({ kind: 'conflict', stream: read, expected: head, found });
  expect(await wholeLog(store)).toHaveLength(2);
}

/** Each head counts, wherever it stands in the list: it is the one moved in turn. */
async function everyUnchanged({ store, make }: CaseContext): Promise<void> {
  const read: StreamHead[] = [];
  for (let made = 0; made < 3; made += 1) {
    const stream = make.stream();
    read.push({ stream, head: firstHead(await store.append(make.append(stream, 'none'))) });
  }
  for (const [at, { stream, head }] of read.entries()) {
    const found = firstHead(await store.append(make.append(stream, head)));
    const outcome = await store.append({
      writes: [make.write(make.stream(), 'none')],
      unchanged: read,
    });
    expect(outcome).toEqual({ kind: 'conflict', stream, expected: head, found });
    // From here on its new head is the one that was read, and it holds.
    read[at] = { stream, head: found };
  }
  expect(await wholeLog(store)).toHaveLength(6);
}

async function headsAreThere(context: CaseContext): Promise<void> {
  const { store, make } = context;
  const { heads } = await mustAppend(store, { writes: writesOf(context, 3) });
  const grown = heads.map(({ stream, head }) => make.write(stream, head));
  const again = await mustAppend(store, { writes: grown as unknown as Append['writes'] });
  for (const { stream, head } of again.heads) {
    const page = await store.readStream(stream, 0, 9);
    expect(page.head).toEqual(head);
    expect(page.entries.map(({ position }) => position)).toEqual([0, 1, 2]);
  }
  expect(await wholeLog(store)).toHaveLength(9);
}

async function unchangedOther({ store, make }: CaseContext): Promise<void> {
  const stream = make.stream();
  const found = firstHead(await store.append(make.append(stream, 'none')));
  const head = { ...headOf(make.entry(stream, 'none')), recordedAt: found.recordedAt };
  const outcome = await store.append({
    writes: [make.write(make.stream(), 'none')],
    unchanged: [{ stream, head }],
  });
  expect(outcome).toEqual({ kind: 'conflict', stream, expected: head, found });
  expect(await wholeLog(store)).toHaveLength(1);
}

async function unchangedNone({ store, make }: CaseContext): Promise<void> {
  const read = make.stream();
  const unchanged = [{ stream: read, head: 'none' as const }];
  await mustAppend(store, { writes: [make.write(make.stream(), 'none')], unchanged });
  expect((await store.readStream(read, 0, 1)).head).toBe('none');
  const found = firstHead(await store.append(make.append(read, 'none')));
  const outcome = await store.append({
    writes: [make.write(make.stream(), 'none')],
    unchanged,
  });
  expect(outcome).toEqual({ kind: 'conflict', stream: read, expected: 'none', found });
}

async function repeatsAll(context: CaseContext): Promise<void> {
  const { store, make } = context;
  const read = make.stream();
  const request: Append = {
    writes: writesOf(context, 3),
    unchanged: [{ stream: read, head: 'none' }],
  };
  const outcome = await mustAppend(store, request);
  await mustAppend(store, make.append(read, 'none'));
  const grown = outcome.heads[1] ?? outcome.heads[0];
  await mustAppend(store, make.append(grown.stream, grown.head));
  expect(await store.append(request)).toEqual(outcome);
  expect(await wholeLog(store)).toHaveLength(8);
}

async function repeatsPart({ store, make }: CaseContext): Promise<void> {
  const recorded = make.write(make.stream(), 'none');
  const found = firstHead(await store.append({ writes: [recorded] }));
  const outcome = await store.append({ writes: [make.write(make.stream(), 'none'), recorded] });
  const { stream } = recorded;
  expect(outcome).toEqual({ kind: 'conflict', stream, expected: 'none', found });
  expect(await wholeLog(store)).toHaveLength(1);
}
