// Contract: appends of several streams that race, and readers that look at them meanwhile.
import { expect } from 'vitest';
import { LOG_START } from '../port.ts';
import type { Append, AppendOutcome, EventStore, Head, NonEmpty, StreamHead } from '../port.ts';
import { verifyStore } from '../verify-store.ts';
import { contentOf, asRecorded, firstHead, mustAppend, wholeLog } from './expectations.ts';
import { several } from './multi-stream-cases.ts';
import type { CaseContext, ContractCase } from './subject.ts';

const ROUNDS = 50;
const PAIRS = 40;

/** Cases that a store without multi-stream appends answers with `append-unsupported`. */
export const multiRaceCases: readonly ContractCase[] = [
  several('when two appends each write what the other has read › exactly one wins, each time',
    writesWhatTheOtherRead),
  several('when appends of overlapping streams race › one is recorded whole, the others not at all',
    recordsOneWhole),
  several('when a reader looks while pairs are written › it never sees half of one', seesNoHalf),
];

function roundsOf({ subject }: CaseContext): number {
  return Math.min(ROUNDS, subject.raceRounds ?? ROUNDS);
}

/** Runs `act` with a second connection to the same records, or the first one if there is none. */
async function withOther(
  { store, second }: CaseContext,
  act: (other: EventStore) => Promise<void>,
): Promise<void> {
  const other = await second?.();
  try {
    await act(other ?? store);
  } finally {
    await other?.close();
  }
}

async function writesWhatTheOtherRead(context: CaseContext): Promise<void> {
  const { store, make } = context;
  const rounds = roundsOf(context);
  await withOther(context, async (other) => {
    for (let round = 0; round < rounds; round += 1) {
      const [one, two] = [await created(context), await created(context)];
      const outcomes = await Promise.all([
        store.append({ writes: [make.write(one.stream, one.head)], unchanged: [two] }),
        other.append({ writes: [make.write(two.stream, two.head)], unchanged: [one] }),
      ]);
      const [first, late] = outcomes.map(({ kind }) => kind).sort();
      expect([first, late]).toEqual(['appended', 'conflict']);
      const moved = outcomes.find(({ kind }) => kind === 'appended');
      expect(outcomes.find(({ kind }) => kind === 'conflict')).toMatchObject({
        found: moved && firstHead(moved),
      });
    }
  });
  expect(await wholeLog(store)).toHaveLength(rounds * 3);
}

async function recordsOneWhole(context: CaseContext): Promise<void> {
  const { store, make } = context;
  await withOther(context, async (other) => {
    for (let round = 0; round < roundsOf(context); round += 1) {
      const streams = [await created(context), await created(context), await created(context)];
      const before = await endOf(store);
      const requests = [[0, 1], [1, 2], [2, 0]].map((pair): Append => ({
        writes: pair.map((at) => {
          const { stream, head } = streams[at] as StreamHead;
          return make.write(stream, head);
        }) as unknown as Append['writes'],
      }));
      const outcomes = await Promise.all(requests.map((request, at): Promise<AppendOutcome> =>
        (at === 1 ? other : store).append(request)));
      const won = outcomes.findIndex(({ kind }) => kind === 'appended');
      expect(outcomes.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      const { entries } = await store.readAll(before, 100);
      const written = requests[won]?.writes.flatMap((write) => write.entries) ?? [];
      expect(contentOf(entries)).toEqual(asRecorded(written));
    }
  });
  expect((await verifyStore(store)).firstBad).toBeUndefined();
}

async function seesNoHalf(context: CaseContext): Promise<void> {
  const { store, make } = context;
  const names: NonEmpty<string> = [make.stream(), make.stream()];
  await withOther(context, async (other) => {
    const writing = new AbortController();
    const written = writePairs(context, names).finally(() => writing.abort());
    const looked = (async () => {
      do await looksOnce(other, names); while (!writing.signal.aborted);
    })();
    await Promise.all([written, looked]);
  });
  expect(await wholeLog(store)).toHaveLength(PAIRS * 2);
}

async function writePairs({ store, make }: CaseContext, names: NonEmpty<string>): Promise<void> {
  let heads: readonly (Head | 'none')[] = ['none', 'none'];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const writes = names.map((name, at) => make.write(name, heads[at] ?? 'none'));
    const outcome = await mustAppend(store, { writes: writes as unknown as Append['writes'] });
    heads = outcome.heads.map(({ head }) => head);
  }
}

/** Whatever is seen of the stream read first, as much is there of the one read after it. */
async function looksOnce(store: EventStore, names: NonEmpty<string>): Promise<void> {
  for (const order of [names, [...names].reverse()]) {
    const seen: number[] = [];
    for (const name of order) seen.push(await lengthOf(store, name));
    expect(seen[1]).toBeGreaterThanOrEqual(seen[0] ?? 0);
  }
  expect((await store.readAll(LOG_START, PAIRS * 2)).entries.length % 2).toBe(0);
  await new Promise((resolve) => setImmediate(resolve));
}

async function created({ store, make }: CaseContext): Promise<StreamHead & { head: Head }> {
  const stream = make.stream();
  return { stream, head: firstHead(await store.append(make.append(stream, 'none'))) };
}

async function endOf(store: EventStore) {
  return (await wholeLog(store)).at(-1)?.globalPosition ?? LOG_START;
}

async function lengthOf(store: EventStore, stream: string): Promise<number> {
  const { head } = await store.readStream(stream, 0, 1);
  return head === 'none' ? 0 : head.position + 1;
}
