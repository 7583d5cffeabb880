// The contract catches broken stores: each fault below fails the case that is meant for it.
import { expect, test } from 'vitest';
import { appendCases, repeatCases } from '../src/contract/append-cases.ts';
import { concurrencyCases } from '../src/contract/concurrency-cases.ts';
import { EntryMaker } from '../src/contract/entries.ts';
import { lifecycleCases, watchCases } from '../src/contract/lifecycle-cases.ts';
import { multiRaceCases } from '../src/contract/multi-race-cases.ts';
import { multiStreamCases } from '../src/contract/multi-stream-cases.ts';
import { readCases } from '../src/contract/read-cases.ts';
import type { ContractCase } from '../src/contract/subject.ts';
import { headOf } from '../src/codec.ts';
import { appended, MemoryEventStore } from '../src/memory-store.ts';
import type { Append, AppendOutcome, EventStore, GlobalPosition } from '../src/port.ts';

type Part = Partial<EventStore>;
type Breaking = (good: MemoryEventStore) => Part;

const CASES = [...appendCases, ...repeatCases, ...concurrencyCases, ...multiStreamCases,
  ...multiRaceCases, ...readCases, ...lifecycleCases, ...watchCases];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A memory store whose calls are answered by `part` where it has them. */
function broken(breaking: Breaking): EventStore {
  const good = new MemoryEventStore();
  const part = breaking(good);
  return {
    capabilities: good.capabilities,
    append: part.append ?? ((request, options) => good.append(request, options)),
    readStream: part.readStream ?? ((...args) => good.readStream(...args)),
    readAll: part.readAll ?? ((...args) => good.readAll(...args)),
    watch: part.watch ?? ((signal) => good.watch(signal)),
    close: part.close ?? (() => good.close()),
  };
}

/** What an append would answer, whatever became of it. */
function pretended({ writes }: Append): AppendOutcome {
  return appended(writes, 0n as GlobalPosition);
}

async function holds(good: MemoryEventStore, { writes, unchanged }: Append): Promise<boolean> {
  const expected = writes.map((write) => ({ stream: write.stream, head: write.expected }));
  for (const { stream, head } of [...expected, ...(unchanged ?? [])]) {
    const found = (await good.readStream(stream, 0, 1)).head;
    if (JSON.stringify(found) !== JSON.stringify(head)) return false;
  }
  return true;
}

/** All writes one after the other, with room for others between them. */
async function oneByOne(good: MemoryEventStore, request: Append): Promise<AppendOutcome> {
  for (const write of request.writes) {
    await turn();
    const outcome = await good.append({ writes: [write] });
    if (outcome.kind === 'conflict') return outcome;
  }
  return pretended(request);
}

const FAULTS: readonly (readonly [fault: string, caughtBy: RegExp, Breaking])[] = [
  ['skips entries of slower appends', /follows the log beside writers/, (good) => {
    const slow = new Set<bigint>();
    return {
      append: async (request) => {
        const outcome = await good.append(request);
        if (outcome.kind === 'conflict' || outcome.last % 5n !== 2n) return outcome;
        slow.add(outcome.last);
        for (let waited = 0; waited < 5; waited += 1) await turn();
        slow.delete(outcome.last);
        return outcome;
      },
      readAll: async (after, countMax) => {
        const page = await good.readAll(after, countMax);
        const entries = page.entries.filter(({ globalPosition }) => !slow.has(globalPosition));
        return { entries, next: entries.at(-1)?.globalPosition ?? after };
      },
    };
  }],
  ['lets now and then a second create win', /three writers race/, (good) => {
    let creates = 0;
    return { append: async (request) => {
      const outcome = await good.append(request);
      if (outcome.kind === 'conflict' && request.writes[0].expected === 'none') creates += 1;
      return outcome.kind === 'conflict' && creates % 50 === 49 ? pretended(request) : outcome;
    } };
  }],
  ['splits an append of several streams', /one written stream has moved/, (good) => ({
    append: (request) => oneByOne(good, request),
  })],
  ['checks first and splits then', /overlapping streams race/, (good) => ({
    append: async (request) =>
      await holds(good, request) ? oneByOne(good, request) : good.append(request),
  })],
  ['shows a part of what is being written', /never sees half/, (good) => ({
    append: async (request) =>
      await holds(good, request) ? oneByOne(good, request) : good.append(request),
  })],
  ['ignores unchanged', /unchanged stream has moved/, (good) => ({
    append: ({ writes }) => good.append({ writes }),
  })],
  ['checks only the first unchanged stream', /any one of several unchanged/, (good) => ({
    append: ({ writes, unchanged = [] }) =>
      good.append({ writes, unchanged: unchanged.slice(0, 1) }),
  })],
  ['answers appended when only the first stream is recorded', /at the head that it names/,
    (good) => ({
      append: async (request) => {
        const outcome = await good.append({ ...request, writes: [request.writes[0]] });
        return outcome.kind === 'conflict' ? outcome : pretended(request);
      },
    })],
  ['checks unchanged before it writes', /what the other has read/, (good) => ({
    append: async (request) => {
      if (!(await holds(good, request))) return good.append(request);
      await turn();
      return good.append({ writes: request.writes });
    },
  })],
  ['takes unchanged at its position only', /unchanged stream has the position/,
    (good) => ({
      append: async ({ writes, unchanged = [] }) => {
        const found = await Promise.all(unchanged.map(async ({ stream, head }) => {
          const now = (await good.readStream(stream, 0, 1)).head;
          const same = now !== 'none' && head !== 'none' && now.position === head.position;
          return { stream, head: same ? now : head };
        }));
        return good.append({ writes, unchanged: found });
      },
    })],
  ['reports a repeat as conflict', /same entries come again/, (good) => ({
    append: async (request) => {
      const [{ stream, expected }] = request.writes;
      const { head: found } = await good.readStream(stream, 0, 1);
      if (JSON.stringify(found) === JSON.stringify(expected)) return good.append(request);
      return { kind: 'conflict', stream, expected, found };
    },
  })],
  ['loses what it had accepted when it is closed', /closed while appending/, (good) => {
    let closing = false;
    return {
      append: async (request) => {
        if (closing) return good.append(request);
        await turn();
        return closing ? pretended(request) : good.append(request);
      },
      close: async () => {
        closing = true;
        await turn();
        await good.close();
      },
    };
  }],
  ['lets one conflict fail what shares its batch', /it fails alone/, (good) => {
    let batch: Append[] = [];
    let answers: Promise<AppendOutcome[]> | undefined;
    return { append: async (request) => {
      const at = batch.push(request) - 1;
      answers ??= turn().then(async () => {
        const taken = batch;
        [batch, answers] = [[], undefined];
        return Promise.all(taken.map((each) => good.append(each)));
      });
      const outcomes = await answers;
      return outcomes.find(({ kind }) => kind === 'conflict') ?? (outcomes[at] as AppendOutcome);
    } };
  }],
  ['answers the last page as the head', /read in pages › each page has the next/, (good) => ({
    readStream: async (stream, from, countMax) => {
      const page = await good.readStream(stream, from, countMax);
      const last = page.entries.at(-1);
      if (page.head === 'none' || last === undefined) return page;
      return { ...page, head: headOf({ ...last, recordedAt: page.head.recordedAt }) };
    },
  })],
  ['listens from the first look on only', /before the first look/, (good) => ({
    watch: (signal) => ({ [Symbol.asyncIterator]: async function* () {
      yield* good.watch(signal);
    } }),
  })],
];

test.each(FAULTS)('a store that %s › fails its case, which a good store passes', async (
  _fault, caughtBy, breaking,
) => {
  const meant = CASES.filter(({ name }) => caughtBy.test(name));
  expect(meant.map(({ name }) => name)).toHaveLength(1);
  const [{ run }] = meant as [ContractCase];
  const subject = { name: 'broken', open: async () => ({ store: new MemoryEventStore() }) };
  await run({ store: new MemoryEventStore(), make: new EntryMaker(1), subject });
  const verdict = await Promise.race([
    run({ store: broken(breaking), make: new EntryMaker(1), subject })
      .then(() => 'passed', () => 'failed'),
    new Promise((resolve) => setTimeout(resolve, 1000, 'waits for ever')),
  ]);
  expect(verdict).not.toBe('passed');
});
