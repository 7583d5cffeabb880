// Cases that are named by what a command says: opened by whichever command comes first.
import { MemoryEventStore } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { caseType, type CaseType } from '../src/index.ts';
import { bench, codes, types } from './sample/bench.ts';
import { clerk, hallPolicy } from './sample/hall.ts';

const text = (en: string) => ({ en, ar: `نص: ${en}` });
const t = caseType({
  name: 'test.day',
  version: '1.0.0',
  category: 'day',
  title: text('Day'),
  context: z.object({ taken: z.array(z.string()) }),
  events: { Taken: z.strictObject({ date: z.string(), hour: z.string() }) },
});
const rules = t.rules({
  free: t.rule(['Taken'], {
    code: 'HOUR_TAKEN',
    text: text('taken'),
    citation: null,
    discloses: 'nothing',
    holds: ({ context, event }) => !context.taken.includes(event.data.hour),
  }),
});
const chart = setup({ types: t.types }).createMachine({
  id: 'day',
  context: { taken: [] },
  on: {
    Taken: {
      actions: assign({ taken: ({ context, event }) => [...context.taken, event.data.hour] }),
    },
  },
});
const input = z.strictObject({ date: z.string(), hour: z.string() });
const labels = { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} };

function defineDay(more: object): CaseType {
  const command = { input, polarity: 'neutral', by: ['CLK'], records: 'Taken', ...more };
  const spec = { chart, requires: { Taken: rules.allOf('free') }, labels };
  return t.define({ ...spec, commands: { Take: command } } as never);
}

const day = defineDay({ opens: true, keyedBy: ({ date }: { readonly date: string }) => date });
const dayBench = (store = new MemoryEventStore()) =>
  bench({ caseTypes: [day], policies: [hallPolicy], store });

describe('a case that its input names', () => {
  it('commands of one key › open one case and go on in it', async () => {
    const test = dayBench();
    const first = await test.accept('Take', { date: '2027-06-22', hour: '10' }, {}, clerk);
    expect(types(first)).toEqual(['CaseOpened', 'Taken']);
    expect(first.case.caseId).toBe('day-2027-06-22');
    const second = await test.accept('Take', { date: '2027-06-22', hour: '11' }, {}, clerk);
    expect(types(second)).toEqual(['Taken']);
    expect(second.case.context['taken']).toEqual(['10', '11']);
    const again = await test.give('Take', { date: '2027-06-22', hour: '11' }, {}, clerk);
    expect(codes(again)).toEqual(['HOUR_TAKEN']);
    const other = await test.accept('Take', { date: '2027-06-23', hour: '11' }, {}, clerk);
    expect(other.case.caseId).toBe('day-2027-06-23');
  });

  it('the case may be named as well › and a key of another case is refused', async () => {
    const test = dayBench();
    const caseId = 'day-2027-06-22';
    await test.accept('Take', { date: '2027-06-22', hour: '10' }, {}, clerk);
    const named = { date: '2027-06-22', hour: '11' };
    expect(types(await test.give('Take', named, { caseId }, clerk))).toEqual(['Taken']);
    const stray = await test.give('Take', { date: '2027-06-23', hour: '12' }, { caseId }, clerk);
    expect(codes(stray)).toEqual(['INPUT_INVALID']);
    expect(stray).toMatchObject({ violations: [{ detail: { issues: [{ ar: /ملفا آخر/u }] } }] });
  });

  it('a key that no stream can have › is refused, not a fault', async () => {
    const test = dayBench();
    const odd = await test.give('Take', { date: 'no such / day', hour: '1' }, {}, clerk);
    expect(codes(odd)).toEqual(['INPUT_INVALID']);
    expect(codes(await test.give('Take', { hour: '1' }, {}, clerk))).toEqual(['INPUT_INVALID']);
  });

  it('two processes that race for the first hour › open one case, and one of them wins', async () => {
    const store = new MemoryEventStore();
    for (let round = 0; round < 50; round += 1) {
      const test = dayBench(store);
      const [left, right] = [test.other(), test.other()];
      const date = `round-${round}`;
      const take = (engine: typeof left, id: string, hour: string) =>
        engine.execute({ id, name: 'Take', input: { date, hour } }, clerk);
      const ids = [test.nextId(), test.nextId(), test.nextId()] as const;
      const outcomes = await Promise.all([
        take(left, ids[0], '10'),
        take(right, ids[1], '10'),
        take(right, ids[2], '11'),
      ]);
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'accepted', 'refused']);
      const history = await test.other().history(`day-${date}`);
      expect(history.map(({ type }) => type)).toEqual(['CaseOpened', 'Taken', 'Taken']);
    }
  });

  it('a retry of the command that opened it › answers the first outcome', async () => {
    const test = dayBench();
    const id = test.nextId();
    const command = { id, name: 'Take', input: { date: 'd', hour: '1' } };
    await test.engine.execute(command, clerk);
    const again = await test.other().execute(command, clerk);
    expect(again).toMatchObject({ kind: 'accepted', repeated: true });
    expect(await test.engine.history('day-d')).toHaveLength(2);
  });

  it('a preview › goes to the same case', async () => {
    const test = dayBench();
    await test.accept('Take', { date: 'd', hour: '1' }, {}, clerk);
    const ask = (hour: string) =>
      test.engine.preview({ id: test.nextId(), name: 'Take', input: { date: 'd', hour } }, clerk);
    expect((await ask('2')).kind).toBe('accepted');
    expect((await ask('1')).kind).toBe('refused');
  });

  it.each([
    ['opens nothing', { keyedBy: (): string => 'x' }],
    [
      'is an emergency',
      { keyedBy: (): string => 'x', opens: true, emergency: true, polarity: 'protective' },
    ],
  ])('a keyed command that %s › is refused when it is defined', (_, more) => {
    expect(() => defineDay(more)).toThrow(/keyed by its input/);
  });
});
