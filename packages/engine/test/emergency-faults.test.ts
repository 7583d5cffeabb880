// Emergencies and protective measures under definitions, policies and records that fail.
import { describe, expect, it } from 'vitest';
import { definePolicy, instant } from '../src/index.ts';
import { bench, codes, supervisor, types } from './sample/bench.ts';
import { failingStore, fault } from './sample/failing-store.ts';
import { defineMatter, matter, matterChart, matterVersion, policy } from './sample/matter.ts';

const nobody = { staff: 'x1', role: 'RCP', office: 'TST' };
const help = { what: 'hospital' };
const text = { en: 'x', ar: 'س' };

type Spec = Parameters<NonNullable<Parameters<typeof defineMatter>[0]>>[0];

/** The matter with another `decide` of its emergency. */
function deciding(decide: (spec: Spec) => unknown): ReturnType<typeof defineMatter> {
  return defineMatter((spec) => ({
    ...spec,
    commands: { ...spec.commands, Help: { ...spec.commands.Help, decide: decide(spec) } },
  }));
}

/** The matter with one consequence more. */
function following(consequence: object): ReturnType<typeof defineMatter> {
  return defineMatter((spec) => ({ ...spec, consequences: [...spec.consequences, consequence] }));
}

describe('emergency › a store that fails in one place', () => {
  it('the pages of its case › are damaged › it is recorded apart, and attached once mended', async () => {
    const { store, faults } = failingStore();
    const { open, other, nextId } = bench({ store });
    const caseId = await open();
    faults.read = (stream) => (stream === `case-${caseId}` ? fault('store-corrupt') : undefined);
    // A process that has not read the case yet.
    const engine = other();
    const command = { id: nextId(), name: 'Help', caseId, input: help };
    const outcome = await engine.execute(command, nobody);
    expect(outcome).toMatchObject({ kind: 'accepted', apart: true });
    faults.read = () => undefined;
    expect(await engine.attachEmergencies(caseId)).toBe(1);
    expect((await engine.history(caseId)).at(-1)?.type).toBe('HelpGiven');
  });

  it('its case › cannot be read for whatever reason › it is recorded apart', async () => {
    const { store, faults } = failingStore();
    const { open, other, nextId } = bench({ store });
    const caseId = await open();
    faults.read = (stream) => (stream === `case-${caseId}` ? fault('store-failed') : undefined);
    const call = { id: nextId(), name: 'Help', caseId, input: help };
    expect(await other().execute(call, nobody)).toMatchObject({ kind: 'accepted', apart: true });
  });

  it('its case › cannot be appended to › it is recorded apart', async () => {
    const { store, faults } = failingStore();
    const { give, open } = bench({ store });
    const caseId = await open();
    faults.append = (stream) => (stream.startsWith('case-') ? fault('store-corrupt') : undefined);
    expect(await give('Help', help, { caseId }, nobody)).toMatchObject({ apart: true });
    faults.append = () => fault('store-full');
    await expect(give('Help', help, { caseId }, nobody)).rejects.toThrow(/store-full/);
  });

  it.each(['store-busy', 'store-overloaded'])(
    'the store › is %s › it is retried, in its case and apart, until the caller gives up',
    async (code) => {
      const { store, faults } = failingStore();
      const { give, open, engine, nextId } = bench({ store });
      const caseId = await open();
      let left = 12;
      faults.append = () => (left-- > 0 ? fault(code) : undefined);
      expect(types(await give('Help', help, { caseId }, nobody))).toEqual(['HelpGiven']);
      left = 12;
      const unknown = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
      expect(await give('Help', help, { caseId: unknown }, nobody)).toMatchObject({ apart: true });
      faults.append = () => fault(code);
      const stop = AbortSignal.timeout(50);
      const call = { id: nextId(), name: 'Help', caseId, input: help };
      expect(await engine.execute(call, nobody, { signal: stop })).toMatchObject({
        kind: 'conflict',
      });
    },
  );

  it('given again › its first outcome unreadable › is accepted and recorded once', async () => {
    const { store, faults } = failingStore();
    const { open, engine, nextId } = bench({ store });
    const caseId = await open();
    const call = { id: nextId(), name: 'Help', caseId, input: help };
    expect(types(await engine.execute(call, nobody))).toEqual(['HelpGiven']);
    faults.read = (stream) => (stream === `case-${caseId}` ? fault('store-corrupt') : undefined);
    expect(await engine.execute(call, nobody)).toMatchObject({ kind: 'accepted', apart: true });
    faults.read = () => undefined;
    expect(await engine.attachEmergencies(caseId)).toBe(0);
    const helps = (await engine.history(caseId)).filter(({ type }) => type === 'HelpGiven');
    expect(helps).toHaveLength(1);
  });

  it('recorded apart under an id that another command used › is attached all the same, once', async () => {
    const { store, faults } = failingStore();
    const { open, engine, other, nextId } = bench({ store });
    const caseId = await open();
    const id = nextId();
    await engine.execute({ id, name: 'Note', caseId, input: { note: 'a' } }, supervisor);
    faults.read = (stream) => (stream === `case-${caseId}` ? fault('store-corrupt') : undefined);
    const late = other();
    const call = { id, name: 'Help', caseId, input: help };
    expect(await late.execute(call, nobody)).toMatchObject({ apart: true });
    faults.read = () => undefined;
    expect(await late.attachEmergencies(caseId)).toBe(1);
    expect(await late.attachEmergencies(caseId)).toBe(0);
    expect(await late.execute(call, nobody)).toMatchObject({ kind: 'accepted', repeated: true });
    const helps = (await late.history(caseId)).filter(({ type }) => type === 'HelpGiven');
    expect(helps).toHaveLength(1);
  });
});

describe('emergency › a definition that fails', () => {
  it.each([
    ['throws', () => fails],
    ['decides nothing', () => () => []],
    ['refuses', () => () => ({ refused: [{ code: 'NO', text }] })],
    [
      'wants data that cannot be recorded',
      () => () => [{ type: 'HelpGiven', data: { helpId: 'h', what: '\ud800' } }],
    ],
    ['wants an event of another shape', () => () => [{ type: 'HelpGiven', data: {} }]],
  ] as const)('decide › %s › the measure is recorded apart and told', async (_, decide) => {
    const { give, open, alerts, store } = bench({ caseTypes: [deciding(decide)] });
    const caseId = await open();
    const outcome = await give('Help', help, { caseId }, nobody);
    expect(outcome).toMatchObject({ kind: 'accepted', apart: true });
    expect(alerts.map(({ code }) => code)).toEqual(['emergency-recorded-apart']);
    const apart = await store.readStream(`emergency-${caseId}` as never, 0, 10);
    expect(apart.entries).toHaveLength(1);
  });

  it('successor › throws › the case that was named takes the measure', async () => {
    const broken = defineMatter((spec) => ({
      ...spec,
      successor: () => {
        throw new RangeError('broken');
      },
    }));
    const { give, open } = bench({ caseTypes: [broken] });
    expect(types(await give('Help', help, { caseId: await open() }))).toEqual(['HelpGiven']);
  });

  it('policy › a value that a consequence needs is missing › it is left out, recorded and told', async () => {
    const record = ({ policy: values }: { policy: { number(key: string): number } }): object[] => [
      { type: 'Linked', data: { other: String(values.number('absent')) } },
    ];
    const on = ['HelpGiven', 'OrderRequested', 'Noted'];
    const { give, open, alerts } = bench({ caseTypes: [following({ name: 'needy', on, record })] });
    const caseId = await open();
    const left = { consequence: 'needy', codes: ['policy-value-unreadable'] };
    for (const [name, input] of [['Help', help], ['RequestOrder', { orderId: 'o' }]] as const) {
      const outcome = await give(name, input, { caseId });
      if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
      expect(outcome.events.map(({ data }) => data).slice(1)).toEqual([left]);
    }
    expect(alerts.map(({ code }) => code)).toEqual(Array(2).fill('consequence-left-out'));
    await expect(give('Note', { note: 'a' }, { caseId })).rejects.toThrow(/unreadable/);
  });

  it('invariant › cannot be judged › a protective measure stands and says so', async () => {
    const fragile = defineMatter((spec) => ({
      ...spec,
      invariants: [
        ...spec.invariants,
        {
          code: 'FRAGILE',
          text,
          holds: ({ parts }: { parts: { all(kind: unknown): readonly unknown[] } }) => {
            if (parts.all({ kind: 'order' }).length > 0) throw new RangeError('broken');
            return true;
          },
        },
      ],
    }));
    const { give, open } = bench({ caseTypes: [fragile] });
    const outcome = await give('RequestOrder', { orderId: 'o' }, { caseId: await open() });
    expect(types(outcome)).toEqual(['OrderRequested', 'ConsequenceFailed']);
  });

  it('limit › more than 64 events › cuts what follows and says so, not what was decided', async () => {
    const many = (count: number) => () => () =>
      Array.from({ length: count }, (_, index) => ({
        type: 'HelpGiven',
        data: { helpId: `h${index}`, what: 'x' },
      }));
    const wide = bench({ caseTypes: [deciding(many(70))] });
    const all = types(await wide.give('Help', help, { caseId: await wide.open() }));
    expect(all).toEqual(Array(70).fill('HelpGiven'));
    const again = { name: 'again', on: ['HelpGiven', 'Linked'], record: LINK };
    const endless = bench({ caseTypes: [following(again)] });
    const outcome = await endless.give('Help', help, { caseId: await endless.open() });
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    expect(outcome.events).toHaveLength(65);
    expect(outcome.events.at(-1)?.data).toEqual({ event: 'Linked', codes: ['TOO_MANY_EVENTS'] });
  });
});

describe('emergency › versions and records', () => {
  it('emergency › a command that only the pinned version has › is an emergency there', async () => {
    const without = matterVersion('2.0.0', ({ commands: { Help: _, ...commands }, ...spec }) => ({
      ...spec,
      commands,
    }));
    const { open, other, nextId } = bench();
    const caseId = await open();
    const later = other({ caseTypes: [matter, without], authorise: () => false });
    const command = { id: nextId(), name: 'Help', caseId, input: help };
    expect(types(await later.execute(command, nobody))).toEqual(['HelpGiven']);
  });

  it('emergency › a case of unknown version › is read by whichever definition can', async () => {
    const stricter = matterVersion('2.0.0', (spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        Help: { ...spec.commands.Help, input: spec.commands.Note.input },
      },
    }));
    const { other, nextId } = bench();
    const both = other({ caseTypes: [matter, stricter] });
    const command = { id: nextId(), name: 'Help', caseId: nextId(), input: help };
    expect(await both.execute(command, nobody)).toMatchObject({ kind: 'accepted', apart: true });
  });

  it('emergency › on a record that differs › neither hides nor causes the difference', async () => {
    const { open, accept, other, nextId, engine } = bench();
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    const changed = { caseTypes: [defineMatter((spec) => ({ ...spec, chart: matterChart(2) }))] };
    const command = { id: nextId(), name: 'Help', caseId, input: help };
    await other(changed).execute({ ...command, name: 'Note', input: { note: 'b' } }, supervisor);
    expect(types(await other(changed).execute(command, nobody))).toEqual(['HelpGiven']);
    // A fresh process with the changed code still knows, and the right code sees nothing wrong.
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'c' } };
    expect(codes(await other(changed).execute(note, supervisor))).toEqual(['CASE_READ_ONLY']);
    expect((await other().caseAt(caseId))?.divergence).toBeUndefined();
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
    expect(codes(await other().execute(note, supervisor))).toBe('accepted');
  });

  it('fold › a definition that throws on what is recorded › is a divergence, and emergencies go on', async () => {
    const { open, accept, other, nextId } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    const dueAt = (): never => {
      throw new RangeError('broken');
    };
    const broken = defineMatter((spec) => ({
      ...spec,
      deadlines: { ...spec.deadlines, responseDue: { ...spec.deadlines.responseDue, dueAt } },
    }));
    const later = other({ caseTypes: [broken] });
    expect((await later.caseAt(caseId))?.divergence).toMatchObject({
      position: 2,
      reason: 'DEFINITION_FAILED',
    });
    const command = { id: nextId(), name: 'Help', caseId, input: help };
    expect(types(await later.execute(command, nobody))).toEqual(['HelpGiven']);
  });

  it('emergency › apart, its case merged meanwhile › is attached to the successor', async () => {
    const { open, accept, other, nextId, engine } = bench();
    const merged = await open();
    const survivor = await open();
    const blind = other({ caseTypes: [matterVersion('2.0.0')] });
    const command = { id: nextId(), name: 'Help', caseId: merged, input: help };
    expect(await blind.execute(command, nobody)).toMatchObject({ apart: true });
    await accept('Merge', { into: survivor }, { caseId: merged });
    expect(await engine.attachEmergencies(merged)).toBe(1);
    const last = (await engine.history(survivor)).at(-1);
    expect(last).toMatchObject({ type: 'HelpGiven', command: { id: command.id } });
    expect(await engine.attachEmergencies(merged)).toBe(0);
  });

  it('emergency › opens a case before any policy is effective › takes the earliest', async () => {
    const opening = defineMatter((spec) => ({
      ...spec,
      commands: { ...spec.commands, Help: { ...spec.commands.Help, opens: true } },
    }));
    const { hash: _, ...spec } = policy;
    const later = ['2031', '2030'].map((year) =>
      definePolicy({
        ...spec,
        version: `${year}.0.0`,
        effectiveFrom: instant(`${year}-01-01T00:00:00Z`),
      }),
    );
    const { give } = bench({ caseTypes: [opening], policies: later });
    const outcome = await give('Help', help, {}, nobody);
    expect(outcome.kind === 'accepted' && outcome.case.policyVersion).toBe('2030.0.0');
    await expect(give('Open', { title: 'x' })).rejects.toThrow(/policy-missing/);
  });
});

function fails(): never {
  throw new RangeError('broken');
}

const LINK = (): readonly object[] => [{ type: 'Linked', data: { other: 'x' } }];
