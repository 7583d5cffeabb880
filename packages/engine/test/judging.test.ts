// What rules may rely on: parts as they will be, data that nobody changes, names that exist.
import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import { z } from 'zod';
import { caseType, type Actor, type CaseType } from '../src/index.ts';
import { bench, codes, supervisor, types } from './sample/bench.ts';

const text = { en: 'x', ar: 'س' };
const rule = { text, citation: null, discloses: 'nothing' } as const;
const ref = z.strictObject({ id: z.string() });

const t = caseType({
  name: 'test.consents',
  version: '1.0.0',
  title: text,
  context: z.object({ count: z.number() }),
  events: { Opened: ref, Asked: ref, Given: ref, Called: ref, DeadlineExtended: ref },
});
const consent = t.part<Record<string, never>>('consent');
const nobodyCalled = t.guard(({ parts }) =>
  parts.all(consent).every((one) => !one.in('called')),
);
const consentChart = setup({ types: consent.types }).createMachine({
  context: {},
  initial: 'asked',
  states: {
    asked: { on: { Given: 'given', Called: { guard: nobodyCalled, target: 'called' } } },
    called: {},
    given: {},
  },
});

/** Two consents of which both must be given; `never` adds a rule that no event keeps. */
function consents(never: boolean, holds?: (view: never) => unknown): CaseType {
  const rules = t.rules({
    allGiven: t.rule({
      ...rule,
      code: 'NOT_ALL_GIVEN',
      holds: ({ parts }) => parts.all(consent).every((one) => one.in('given')),
    }),
    never: t.rule({ ...rule, code: 'NEVER', holds: (holds ?? (() => false)) as () => boolean }),
  });
  const machine = setup({ types: t.types });
  const count = machine.assign({ count: ({ context }) => context.count + 1 });
  const chart = machine.createMachine({
    context: { count: 0 },
    initial: 'open',
    states: {
      open: {
        on: {
          Opened: { actions: count },
          Given: { actions: count, guard: rules.allOf('allGiven') },
          DeadlineExtended: { actions: count },
          Called: { actions: count },
        },
      },
    },
  });
  type Name = 'Opened' | 'Asked' | 'Given' | 'Called' | 'DeadlineExtended';
  const command = (records: Name, opens?: true) => ({
    input: ref,
    polarity: 'neutral' as const,
    by: ['SUP'],
    records,
    ...(opens ? { opens } : {}),
  });
  return t.define({
    chart,
    requires: never ? { Given: rules.allOf('never') } : {},
    commands: {
      Open: command('Opened', true),
      Ask: command('Asked'),
      Give: command('Given'),
      Call: command('Called'),
      Extend: command('DeadlineExtended'),
    },
    parts: {
      consent: {
        chart: consentChart,
        key: ({ data }) => data.id,
        opens: ['Asked'],
        on: ['Given'],
        hears: ['Called'],
      },
    },
    labels: { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} },
  });
}

async function asked(caseTypes: readonly CaseType[]) {
  const test = bench({ caseTypes });
  const { caseId } = (await test.accept('Open', { id: 'x' })).case;
  await test.accept('Ask', { id: 'a' }, { caseId });
  return { ...test, caseId };
}

describe('judging', () => {
  it('the case chart › when requires refuses › is asked about the parts as they would be', async () => {
    const kept = await asked([consents(false)]);
    const given = await kept.give('Give', { id: 'a' }, { caseId: kept.caseId });
    expect(types(given)).toEqual(['Given']);
    const { give, caseId, accept } = await asked([consents(true)]);
    expect(codes(await give('Give', { id: 'a' }, { caseId }))).toEqual(['NEVER']);
    await accept('Ask', { id: 'b' }, { caseId });
    expect(codes(await give('Give', { id: 'a' }, { caseId }))).toEqual(['NEVER', 'NOT_ALL_GIVEN']);
  });

  it('a rule that changes the event › is a fault, and nothing is recorded', async () => {
    const meddling = (view: { event: { data: { id: string } } }) => {
      view.event.data.id = 'changed';
      return true;
    };
    const { give, caseId, engine } = await asked([consents(true, meddling)]);
    await expect(give('Give', { id: 'a' }, { caseId })).rejects.toThrow(/definition-broken/);
    expect(await engine.history(caseId)).toHaveLength(3);
  });

  it.each([
    ['a promise', async () => true],
    ['a text', () => 'no'],
    ['nothing', () => undefined],
  ])('a rule that answers %s › is a fault and never counts as kept', async (_, holds) => {
    const { give, caseId } = await asked([consents(true, holds)]);
    await expect(give('Give', { id: 'a' }, { caseId })).rejects.toThrow(/definition-broken/);
  });

  it.each([
    ['the case', (view: { in(path: string): boolean }) => !view.in('opne')],
    ['a part', (view: { part: { in(path: string): boolean } }) => !view.part.in('gievn')],
    [
      'a part at an instant',
      (view: { part: { wasIn(path: string, at: string): boolean } }) =>
        !view.part.wasIn('gievn', '2027-01-01T00:00:00.000Z'),
    ],
  ])('a rule about a state that %s does not have › is a fault', async (_, holds) => {
    const { give, caseId } = await asked([consents(true, holds as (view: never) => unknown)]);
    await expect(give('Give', { id: 'a' }, { caseId })).rejects.toThrow(/definition-broken/);
  });

  it('an event whose name begins with Deadline › is the case type’s own', async () => {
    const { accept, caseId, engine } = await asked([consents(false)]);
    await accept('Extend', { id: 'a' }, { caseId });
    expect((await engine.caseAt(caseId))?.context).toEqual({ count: 2 });
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('parts that hear an event › step by the order of their keys, each seeing those before', async () => {
    const { accept, give, caseId, engine } = await asked([consents(false)]);
    await give('Ask', { id: 'c' }, { caseId });
    await give('Ask', { id: '0' }, { caseId });
    await accept('Call', { id: 'x' }, { caseId });
    const parts = (await engine.caseAt(caseId))?.parts ?? [];
    const called = parts.filter(({ states }) => states.includes('called')).map(({ id }) => id);
    expect(called).toEqual(['0']);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('a claim to be the engine › is no sender', async () => {
    const { give, caseId } = await asked([consents(false)]);
    const engineLike: Actor = { ...supervisor, role: 'SYS' };
    expect(codes(await give('Extend', { id: 'a' }, { caseId }, engineLike))).toEqual([
      'AUTHENTICATION_FAILED',
    ]);
  });

  it.each(['ä', 'a-b', '', 'x'.repeat(65)])('a writer called %o › is refused at once', (writer) => {
    expect(() => bench({ writer })).toThrow(/writer-invalid/);
  });
});
