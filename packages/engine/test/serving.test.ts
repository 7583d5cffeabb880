// Reactions as a member of a group: answered when they are recorded, parked when they fail.
import {
  MemoryEventStore,
  LOG_START,
  type ConsumerGroup,
  type EventStore,
  type RecordedEntry,
} from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { bench, DAY } from './sample/bench.ts';
import { defineMatter } from './sample/matter.ts';

/** A group in memory, a double: entries in order, and behind them again what was parked. */
class Handing implements ConsumerGroup {
  readonly #log: EventStore;
  readonly answers: string[] = [];
  readonly parked: RecordedEntry[] = [];
  #again: RecordedEntry[] = [];
  #after = LOG_START;
  /** The type of an event that it parks once without anybody's answer, as after a time-out. */
  parksItself = '';
  /** Called before what is parked is handed out again. */
  onRetry: () => Promise<unknown> = async () => undefined;
  /** Called after each answer. */
  onAnswer: (answer: string) => void = () => undefined;

  constructor(log: EventStore) {
    this.#log = log;
  }

  async *deliveries(signal: AbortSignal) {
    while (!signal.aborted) {
      const [next] = (await this.#log.readAll(this.#after, 1)).entries;
      const entry = next ?? this.#again[0];
      if (!entry) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        continue;
      }
      if (next && next.type === this.parksItself) {
        this.parksItself = '';
        this.parked.push(next);
        this.#after = next.globalPosition;
        continue;
      }
      let isAnswered = false;
      const answer = async (what: string): Promise<void> => {
        isAnswered = true;
        if (next) this.#after = next.globalPosition;
        else this.#again.shift();
        this.answers.push(`${entry.type} ${what}`);
        this.onAnswer(what);
      };
      yield {
        entry,
        done: () => answer('done'),
        park: async (reason: string) => {
          this.parked.push(entry);
          await answer(`parked: ${reason}`);
        },
      };
      if (!isAnswered) throw new Error(`${entry.type} was not answered`);
    }
  }

  async retryParked(): Promise<void> {
    await this.onRetry();
    this.#again.push(...this.parked.splice(0));
  }
}

/** A bench over a log that has a group, and a run of its workers that ends at a sign. */
function handed(options: Parameters<typeof bench>[0] = {}) {
  const log = new MemoryEventStore();
  const group = new Handing(log);
  const faults = { broken: '' };
  const store: EventStore = {
    capabilities: log.capabilities,
    append: async (request) => {
      if (request.writes[0].stream === faults.broken) throw new RangeError('it is damaged');
      return log.append(request);
    },
    readStream: (...args) => log.readStream(...args),
    readAll: (...args) => log.readAll(...args),
    watch: (signal) => log.watch(signal),
    group: (name) => (expect(name).toBe('reactions'), group),
    close: () => log.close(),
  };
  const here = bench({ store, ...options });
  /** Runs workers until `isOver` holds after an answer. */
  const run = async (isOver: () => boolean, engine = here.engine, pollMs = 1_000) => {
    const stop = new AbortController();
    group.onAnswer = () => isOver() && stop.abort();
    await engine.runWorkers({ signal: stop.signal, pollMs });
  };
  const settled = (count: number) => () => group.answers.length >= count;
  const notes = async (caseId: string) =>
    (await here.engine.history(caseId)).filter(({ type }) => type === 'Noted').length;
  return { ...here, group, faults, run, settled, notes };
}

/** A procedure whose notes name a case that they are passed on to. */
const passing = defineMatter((spec) => ({
  ...spec,
  reactions: [
    {
      name: 'pass it on',
      on: ['Noted'],
      commands: ({ event }: { event: { data: unknown } }) => {
        const { note } = event.data as { note: string };
        if (note === 'passed') return [];
        return [{ name: 'Note', caseId: note, input: { note: 'passed' } }];
      },
    },
  ],
}));

const logEnd = async (store: EventStore) => (await store.readAll(LOG_START, 1_000)).entries.length;

describe('reactions by a group', () => {
  it('reactions by a group › are given once, and answered when they are recorded', async () => {
    const { accept, open, group, run, notes, store } = handed();
    const into = await open();
    await accept('Merge', { into }, { caseId: await open() });
    // When its event is answered, the note is in the log: what is read then holds it.
    let noted: Promise<number> | undefined;
    await run(() => {
      if (group.answers.at(-1) === 'Merged done') noted = notes(into);
      return group.answers.at(-1) === 'Noted done';
    });
    expect([await noted, await notes(into), group.parked]).toEqual([1, 1, []]);
    const { entries } = await store.readAll(LOG_START, 1_000);
    // The store keeps the place: nothing is saved beside it.
    expect(entries.filter(({ stream }) => stream.startsWith('checkpoint-'))).toEqual([]);
  });

  it('reactions by a group › one that fails › is parked, what follows waits, and comes again', async () => {
    const made = handed({ caseTypes: [passing] });
    const { accept, open, group, faults, run, settled, notes, store } = made;
    const [caseId, broken, other] = [await open(), await open(), await open()];
    for (const note of [broken, other]) await accept('Note', { note }, { caseId });
    faults.broken = `case-${broken}`;
    await run(settled(await logEnd(store)));
    expect(group.parked.map(({ type, position }) => [type, position])).toEqual([
      ['Noted', 2],
      ['Noted', 3],
    ]);
    expect([await notes(broken), await notes(other)]).toEqual([0, 0]);
    // A process that starts asks for both again, in their order.
    faults.broken = '';
    group.answers.length = 0;
    await run(settled(4));
    expect([await notes(broken), await notes(other), group.parked]).toEqual([1, 1, []]);
  });

  it('reactions by a group › one that fails again › what follows in its case still waits', async () => {
    const made = handed({ caseTypes: [passing] });
    const { accept, open, group, faults, run, notes, store } = made;
    const [caseId, broken, other] = [await open(), await open(), await open()];
    await accept('Note', { note: broken }, { caseId });
    faults.broken = `case-${broken}`;
    const failed = () => group.answers.filter((one) => one.includes('alert says why')).length;
    // Before it is handed out again, another follows it.
    let isFollowed = false;
    group.onRetry = async () => {
      if (failed() === 0 || isFollowed) return;
      isFollowed = true;
      await accept('Note', { note: other }, { caseId });
    };
    await run(() => {
      if (failed() === 3) faults.broken = '';
      return group.answers.filter((one) => one === 'Noted done').length === 4;
    }, undefined, 1);
    expect([await notes(broken), await notes(other), group.parked]).toEqual([1, 1, []]);
    const streams = (await store.readAll(LOG_START, 1_000)).entries.map(({ stream }) => stream);
    expect(streams.slice(-2)).toEqual([`case-${broken}`, `case-${other}`]);
  });

  it('reactions by a group › what the store has parked by itself › is asked for too', async () => {
    const { accept, open, group, run, notes } = handed();
    const into = await open();
    await accept('Merge', { into }, { caseId: await open() });
    group.parksItself = 'Merged';
    await run(() => group.answers.includes('Merged done'), undefined, 1);
    expect(await notes(into)).toBe(1);
  });

  it('reactions by a group › parked again and again › are asked for from time to time', async () => {
    const { accept, open, group, faults, run, notes } = handed();
    const into = await open();
    await accept('Merge', { into }, { caseId: await open() });
    faults.broken = `case-${into}`;
    let parked = 0;
    await run(() => {
      if (group.answers.at(-1)?.startsWith('Merged parked')) parked += 1;
      // Not by a new process: the same one asks again.
      if (parked === 2) faults.broken = '';
      return group.answers.includes('Merged done');
    }, undefined, 1);
    expect([parked, await notes(into)]).toEqual([2, 1]);
  });

  it('reactions by a group › a clock that cannot be trusted › waits until it is', async () => {
    const { accept, open, clock, engine, run, notes, alerts } = handed();
    const into = await open();
    await accept('Merge', { into }, { caseId: await open() });
    clock.jump(DAY);
    setTimeout(() => engine.confirmClock(), 30);
    let isDone = false;
    await run(() => (isDone ||= true), undefined, 1);
    expect(alerts.map(({ code }) => code)).toContain('clock-skewed');
    expect(await notes(into)).toBe(0);
  });

  it('reactions by a group › that lead from one case to another and back › end', async () => {
    const circling = defineMatter((spec) => ({
      ...spec,
      reactions: [
        {
          name: 'tell the other',
          on: ['HelpGiven'],
          commands: ({ event, caseId }: { event: { data: unknown }; caseId: string }) => {
            const { what } = event.data as { what: string };
            const to = what.split(',').find((one) => one !== caseId) as string;
            return [{ name: 'Help', caseId: to, input: { what } }];
          },
        },
      ],
    }));
    const { accept, open, alerts, run } = handed({ caseTypes: [circling] });
    const [one, two] = [await open(), await open()];
    await accept('Help', { what: `${one},${two}` }, { caseId: one });
    await run(() => alerts.length > 0);
    expect(alerts.map(({ message }) => message)).toEqual([expect.stringContaining('ends here')]);
  });
});
