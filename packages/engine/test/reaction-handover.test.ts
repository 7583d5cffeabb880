// Reactions that several processes take turns at: what one of them could not give is not passed over.
import { MemoryEventStore, type EventStore, type GlobalPosition } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { bench, type Bench } from './sample/bench.ts';

const CHECKPOINT = 'checkpoint-reactions';

/** One process's way to a log that others use. */
interface Way {
  readonly store: EventStore;
  /** The stream that this process cannot write at present. */
  broken: string;
  /** What happens once before this process appends to `stream`. */
  meanwhile: { readonly stream: string; readonly work: () => Promise<unknown> } | undefined;
  /** The process sees the log up to here, and is killed when it reads on. */
  livesUntil: GlobalPosition | undefined;
}

function wayTo(log: EventStore): Way {
  const way: Way = {
    broken: '',
    meanwhile: undefined,
    livesUntil: undefined,
    store: {
      capabilities: log.capabilities,
      append: async (request) => {
        const { meanwhile, broken } = way;
        const { stream } = request.writes[0];
        if (broken === stream) throw new RangeError('it is damaged');
        if (meanwhile?.stream === stream) {
          way.meanwhile = undefined;
          await meanwhile.work();
        }
        return log.append(request);
      },
      readStream: (...args) => log.readStream(...args),
      readAll: async (after, countMax) => {
        const end = way.livesUntil;
        if (end === undefined) return log.readAll(after, countMax);
        if (after >= end) throw new RangeError('killed');
        const { entries } = await log.readAll(after, countMax);
        return { entries: entries.filter((one) => one.globalPosition <= end), next: end };
      },
      watch: (signal) => log.watch(signal),
      close: () => log.close(),
    },
  };
  return way;
}

/** A case that another one was merged into: it is to be told once. */
async function survivor({ accept, open }: Bench, title: string): Promise<string> {
  const into = await open(title);
  await accept('Merge', { into }, { caseId: await open() });
  return into;
}

async function notes({ engine }: Bench, caseIds: readonly string[]): Promise<readonly number[]> {
  const histories = await Promise.all(caseIds.map((caseId) => engine.history(caseId)));
  return histories.map((all) => all.filter(({ type }) => type === 'Noted').length);
}

function twoProcesses() {
  const log = new MemoryEventStore();
  const [mine, theirs] = [wayTo(log), wayTo(log)];
  const here = bench({ store: mine.store });
  const end = async () => (await log.readAll(-1n as GlobalPosition, 1_000)).next;
  return { mine, theirs, here, there: here.other({ store: theirs.store }), end };
}

describe('reaction worker', () => {
  it('reaction worker › another that began earlier saves, and is killed › what waits goes on waiting', async () => {
    const { mine, theirs, here, there, end } = twoProcesses();
    const first = await survivor(here, 'first');
    theirs.livesUntil = await end();
    let second = '';
    theirs.meanwhile = {
      stream: `case-${first}`,
      work: async () => {
        second = await survivor(here, 'second');
        mine.broken = `case-${second}`;
        expect(await here.engine.runReactions()).toMatchObject({ issued: 1 });
        mine.broken = '';
      },
    };
    await there.runReactions().catch(({ message }: Error) => expect(message).toBe('killed'));
    await here.engine.runReactions();
    expect(await notes(here, [first, second])).toEqual([1, 1]);
  });

  it('reaction worker › another saves first › what that one has not come to is looked at again', async () => {
    const { mine, theirs, here, there, end } = twoProcesses();
    const first = await survivor(here, 'first');
    theirs.livesUntil = await end();
    const second = await survivor(here, 'second');
    mine.broken = `case-${second}`;
    mine.meanwhile = {
      stream: CHECKPOINT,
      work: () => expect(there.runReactions()).rejects.toThrow('killed'),
    };
    await here.engine.runReactions();
    mine.broken = '';
    await here.engine.runReactions();
    expect(await notes(here, [first, second])).toEqual([1, 1]);
  });
});
