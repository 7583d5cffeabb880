// Group commit: what shares a transaction, in which order, and what a failure touches.
import { headOf, type Append, type AppendOutcome } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { describe, expect, test } from 'vitest';
import { GroupCommit } from '../src/group-commit.ts';
import { BATCH_APPENDS_MAX, QUEUE_APPENDS_MAX, SOLO_FLUSHES_MAX } from '../src/limits.ts';
import type { Transaction } from '../src/transaction.ts';

/** A transaction that keeps what it is given, and fails where it is told. */
class FakeTransaction {
  readonly batches: string[][] = [];
  failure: unknown;
  /** The append to this stream fails, and with it whatever shares its transaction. */
  spoiled: string | undefined;
  busyTimes = 0;
  #open: string[] = [];

  begin(): void {
    if (this.busyTimes > 0) {
      this.busyTimes -= 1;
      throw Object.assign(new Error('database is locked'), { errcode: 5 });
    }
    this.#open = [];
  }

  refresh(): void {}

  append({ writes }: Append): AppendOutcome {
    const [{ stream, entries }] = writes;
    if (stream === this.spoiled) throw Object.assign(new Error('disk full'), { errcode: 13 });
    this.#open.push(stream);
    return { kind: 'appended', heads: [{ stream, head: headOf(entries[0]) }], last: 0n };
  }

  commit(): void {
    if (this.failure !== undefined) throw this.failure;
    this.batches.push(this.#open);
  }

  giveUp(): void {
    this.#open = [];
  }
}

function setUp(): { fake: FakeTransaction; commits: GroupCommit; make: EntryMaker } {
  const fake = new FakeTransaction();
  const commits = new GroupCommit(fake as unknown as Transaction, {
    path: 'x', busyTimeoutMs: 1000, onCommit: () => undefined,
  });
  return { fake, commits, make: new EntryMaker(1) };
}

describe('group commit', () => {
  test('appends issued together › share one transaction, in call order', async () => {
    const { fake, commits, make } = setUp();
    const requests = Array.from({ length: 64 }, () => make.append(make.stream(), 'none'));
    await Promise.all(requests.map((request) => commits.append(request, undefined)));
    expect(fake.batches).toEqual([requests.map(({ writes }) => writes[0].stream)]);
  });

  test('callers who go on as soon as they are answered › stay together', async () => {
    const { fake, commits, make } = setUp();
    await Promise.all(Array.from({ length: 8 }, async (_, caller) => {
      for (let turn = 0; turn < 10; turn += 1) {
        await commits.append(make.append(make.stream(), 'none'), undefined);
        for (let hop = 0; hop < caller; hop += 1) await Promise.resolve();
      }
    }));
    expect(fake.batches.map((batch) => batch.length)).toEqual(Array.from({ length: 10 }, () => 8));
  });

  test('callers from different events of the loop › soon come together', async () => {
    const { fake, commits, make } = setUp();
    const pending: Promise<unknown>[] = [];
    for (let round = 0; round < 20; round += 1) {
      for (let caller = 0; caller < 5; caller += 1) {
        setImmediate(() => pending.push(
          commits.append(make.append(make.stream(), 'none'), undefined),
        ));
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(pending);
    expect(pending).toHaveLength(100);
    const alone = fake.batches.filter((batch) => batch.length === 1).length;
    expect(alone).toBeLessThanOrEqual(SOLO_FLUSHES_MAX + 1);
  });

  test('a lone caller › is flushed within the same turn of the loop, all but now and then',
    async () => {
      const { commits, make } = setUp();
      let turns = 0;
      let counting = true;
      const count = (): void => {
        turns += 1;
        if (counting) setImmediate(count);
      };
      setImmediate(count);
      for (let append = 0; append < 10 * (SOLO_FLUSHES_MAX + 1); append += 1) {
        await commits.append(make.append(make.stream(), 'none'), undefined);
      }
      counting = false;
      expect(turns).toBeLessThanOrEqual(25);
    });

  test('more than a transaction may take › goes on in the next', async () => {
    const { fake, commits, make } = setUp();
    const requests = Array.from({ length: BATCH_APPENDS_MAX + 3 }, () =>
      make.append(make.stream(), 'none'));
    await Promise.all(requests.map((request) => commits.append(request, undefined)));
    expect(fake.batches.map((batch) => batch.length)).toEqual([BATCH_APPENDS_MAX, 3]);
  });

  test('a failed transaction › rejects its appends, and the next one goes on', async () => {
    const { fake, commits, make } = setUp();
    fake.failure = Object.assign(new Error('disk full'), { errcode: 13 });
    const lost = await Promise.allSettled([1, 2].map(() =>
      commits.append(make.append(make.stream(), 'none'), undefined)));
    expect(lost).toMatchObject([{ reason: { code: 'store-full' } },
      { reason: { code: 'store-full' } }]);
    fake.failure = undefined;
    const outcome = await commits.append(make.append(make.stream(), 'none'), undefined);
    expect(outcome.kind).toBe('appended');
  });

  test('an append that spoils its transaction › fails alone, the others are recorded in order',
    async () => {
      const { fake, commits, make } = setUp();
      const requests = Array.from({ length: 5 }, () => make.append(make.stream(), 'none'));
      const names = requests.map(({ writes }) => writes[0].stream);
      fake.spoiled = names[2];
      const outcomes = await Promise.allSettled(requests.map((request) =>
        commits.append(request, undefined)));
      expect(outcomes.map(({ status }) => status)).toEqual(
        ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
      );
      expect(fake.batches.flat()).toEqual(names.filter((name) => name !== fake.spoiled));
      fake.batches.length = 0;
      await Promise.all([1, 2].map(() =>
        commits.append(make.append(make.stream(), 'none'), undefined)));
      expect(fake.batches.map((batch) => batch.length)).toEqual([2]);
    });

  test('more appends than may wait › store-busy says so, and the others are recorded', async () => {
    const { commits, make } = setUp();
    const request = make.append(make.stream(), 'none');
    const answers = await Promise.allSettled(
      Array.from({ length: QUEUE_APPENDS_MAX + 1 }, () => commits.append(request, undefined)),
    );
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'store-busy' } }]);
    expect(refused.map((answer) => String((answer as PromiseRejectedResult).reason))[0])
      .toContain(`${QUEUE_APPENDS_MAX} appends are waiting already`);
  });

  test('a lock held by others › is tried for again, and what came meanwhile joins', async () => {
    const { fake, commits, make } = setUp();
    fake.busyTimes = 3;
    const first = commits.append(make.append(make.stream(), 'none'), undefined);
    await new Promise((resolve) => setTimeout(resolve, 3));
    const second = commits.append(make.append(make.stream(), 'none'), undefined);
    await Promise.all([first, second]);
    expect(fake.batches.map((batch) => batch.length)).toEqual([2]);
  });
});
