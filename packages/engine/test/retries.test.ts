// Law 2 when things break: a command that was recorded is answered, however its first attempt ended.
import { MemoryEventStore, type EventStore, type StreamName } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { bench, codes, types, type Bench } from './sample/bench.ts';
import { CANARY, clerk, hall, hallPolicy } from './sample/hall.ts';

/** A store whose answers get lost: the append is recorded, and the caller hears of a failure. */
function forgetfulStore(): { readonly store: EventStore; loseNext(): void } {
  const inner = new MemoryEventStore();
  let losing = false;
  const store: EventStore = {
    capabilities: inner.capabilities,
    append: async (request) => {
      const outcome = await inner.append(request);
      if (!losing || request.writes[0].stream.startsWith('audit-')) return outcome;
      losing = false;
      throw new Error('the connection was lost');
    },
    readStream: (...args) => inner.readStream(...args),
    readAll: (...args) => inner.readAll(...args),
    watch: (signal) => inner.watch(signal),
    close: () => inner.close(),
  };
  return { store, loseNext: () => (losing = true) };
}

function start(store: EventStore): Bench {
  return bench({ caseTypes: [hall], policies: [hallPolicy], store });
}

describe('a command whose first attempt died after the append', () => {
  it.each(['the same process', 'another process'])('is answered by %s', async (who) => {
    const { store, loseNext } = forgetfulStore();
    const test = start(store);
    const { caseId } = (await test.accept('Register', { address: CANARY }, {}, clerk)).case;
    const command = { id: test.nextId(), name: 'Rent', caseId, input: { days: 2 } };
    loseNext();
    await expect(test.engine.execute(command, clerk)).rejects.toThrow('lost');
    const engine = who === 'another process' ? test.other() : test.engine;
    // The state has moved on since, so that the command would now be refused.
    await test.other().execute({ id: test.nextId(), name: 'Close', caseId, input: {} }, clerk);
    const again = await engine.execute(command, clerk);
    expect(types(again)).toEqual(['Rented']);
    expect(again).toMatchObject({ repeated: true, case: { states: ['life.open', 'desk.idle'] } });
    const rents = (await engine.history(caseId)).filter(({ type }) => type === 'Rented');
    expect(rents).toHaveLength(1);
  });

  it('opens one case, and is answered by every process', async () => {
    const { store, loseNext } = forgetfulStore();
    const test = start(store);
    const command = { id: test.nextId(), name: 'Register', input: { address: CANARY } };
    loseNext();
    await expect(test.engine.execute(command, clerk)).rejects.toThrow('lost');
    const all = [
      await test.engine.execute(command, clerk),
      await test.other().execute(command, clerk),
    ];
    expect(all.map(types)).toEqual([
      ['CaseOpened', 'Registered'],
      ['CaseOpened', 'Registered'],
    ]);
    const { head } = await store.readStream(`case-${command.id}` as StreamName, 0, 1);
    expect(head).toMatchObject({ position: 1 });
  });

  it('and whose name is then another › is refused as reused, with and without a case', async () => {
    const test = start(new MemoryEventStore());
    const id = test.nextId();
    const register = { id, name: 'Register', input: { address: CANARY } };
    await test.engine.execute(register, clerk);
    const inCase = { id, name: 'Close', caseId: id, input: {} };
    expect(codes(await test.engine.execute(inCase, clerk))).toEqual(['COMMAND_ID_REUSED']);
    expect(codes(await test.other().execute(inCase, clerk))).toEqual(['COMMAND_ID_REUSED']);
    expect(await test.engine.history(id)).toHaveLength(2);
  });

  it('a refused opening › is not spent', async () => {
    const test = start(new MemoryEventStore());
    const id = test.nextId();
    const wrong = { id, name: 'Register', input: {} };
    expect(codes(await test.engine.execute(wrong, clerk))).toEqual(['INPUT_INVALID']);
    const right = { id, name: 'Register', input: { address: 'x' } };
    expect(codes(await test.engine.execute(right, clerk))).toBe('accepted');
  });
});

describe('the cache', () => {
  it('of one state › with two cases and two writers › decides on what is recorded', async () => {
    const store = new MemoryEventStore();
    const test = bench({ caseTypes: [hall], policies: [hallPolicy], store, statesMax: 1 });
    const second = test.other();
    const open = async () =>
      (await test.accept('Register', { address: CANARY }, {}, clerk)).case.caseId;
    const cases = [await open(), await open()];
    for (let turn = 0; turn < 12; turn += 1) {
      const caseId = cases[turn % 2] as string;
      const command = { id: test.nextId(), name: 'Rent', caseId, input: { days: 1 } };
      const engine = turn % 3 === 0 ? second : test.engine;
      expect(codes(await engine.execute(command, clerk))).toBe('accepted');
    }
    for (const caseId of cases) {
      for (const engine of [test.engine, second]) {
        expect((await engine.caseAt(caseId))?.context['rents']).toBe(6);
      }
      expect((await test.engine.replay(caseId))?.divergences).toEqual([]);
    }
  });
});
