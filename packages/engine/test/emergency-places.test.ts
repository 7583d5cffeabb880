// An emergency is recorded somewhere, its sender is told where, and people are told when it takes long.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../src/index.ts';
import { bench, types } from './sample/bench.ts';
import { failingStore, fault } from './sample/failing-store.ts';
import { defineMatter, matterVersion, type matterSpec } from './sample/matter.ts';

const nobody = { staff: 'x1', role: 'RCP', office: 'TST' };
const help = { what: 'hospital' };
const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

const placeOf = (outcome: Outcome): string | undefined =>
  outcome.kind === 'accepted' ? outcome.events[0]?.stream : outcome.kind;
const isApart = (stream: string): boolean => stream.startsWith('emergency');

/** The matter with an emergency that opens a case; `breaks` says when its decision fails. */
function opening(breaks: () => boolean) {
  return defineMatter((spec) => ({
    ...spec,
    commands: {
      ...spec.commands,
      Help: {
        ...spec.commands.Help,
        opens: true,
        decide: (input: { what: string }, view: { id(label: string): string }) => {
          if (breaks()) throw new RangeError('broken');
          return spec.commands.Help.decide(input, view);
        },
      },
    },
  }));
}

describe('emergency › its own stream fails', () => {
  it('that stream › cannot be read › the next one takes it, once, and it is attached later', async () => {
    const { store, faults } = failingStore();
    const { engine, give, nextId, alerts } = bench({ store });
    await give('Help', help, { caseId: ABSENT }, nobody);
    faults.read = (stream) =>
      stream === `emergency-${ABSENT}` ? fault('store-corrupt') : undefined;
    const call = { id: nextId(), name: 'Help', caseId: ABSENT, input: help };
    const second = await engine.execute(call, nobody);
    expect(placeOf(second)).toBe(`emergency2-${ABSENT}`);
    expect(alerts.at(-1)).toMatchObject({ code: 'emergency-recorded-apart', caseId: ABSENT });
    expect(alerts.at(-1)?.message).toContain(`emergency2-${ABSENT}`);
    const again = await engine.execute(call, nobody);
    expect(again).toMatchObject({ kind: 'accepted', apart: true, repeated: true });
    await engine.execute({ id: ABSENT, name: 'Open', input: { title: 'x' } }, CLERK);
    // What cannot be read is told; what can be read is attached, and no other case waits.
    expect(await engine.runDeadlines()).toMatchObject({ kind: 'ran' });
    expect(alerts.at(-1)).toMatchObject({ code: 'emergency-not-attached', caseId: ABSENT });
    const helps = async (): Promise<number> =>
      (await engine.history(ABSENT)).filter(({ type }) => type === 'HelpGiven').length;
    expect(await helps()).toBe(1);
    faults.read = () => undefined;
    await engine.runDeadlines();
    expect(await helps()).toBe(2);
  });

  it('its case › cannot be read › the preview says what the call answers', async () => {
    const { store, faults } = failingStore();
    const { open, other, nextId } = bench({ store });
    const caseId = await open();
    const engine = other();
    const call = { id: nextId(), name: 'Help', caseId, input: help };
    faults.read = (stream) => (stream === `case-${caseId}` ? fault('store-corrupt') : undefined);
    expect(await engine.preview(call, nobody)).toMatchObject({ kind: 'accepted', apart: true });
    expect(await engine.execute(call, nobody)).toMatchObject({ kind: 'accepted', apart: true });
    faults.read = () => fault('store-busy');
    await expect(engine.preview(call, nobody)).rejects.toThrow(/store-busy/);
  });

  it('that stream › cannot be appended to › the next one takes it', async () => {
    const { store, faults } = failingStore();
    const { give } = bench({ store });
    faults.append = (stream) =>
      stream === `emergency-${ABSENT}` ? fault('store-corrupt') : undefined;
    expect(placeOf(await give('Help', help, { caseId: ABSENT }, nobody))).toBe(
      `emergency2-${ABSENT}`,
    );
  });

  it('none of its streams › can be read › it is recorded all the same', async () => {
    const { store, faults } = failingStore();
    const { give, engine } = bench({ store });
    faults.read = (stream) => (isApart(stream) ? fault('store-failed') : undefined);
    const places: (string | undefined)[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      places.push(placeOf(await give('Help', help, { caseId: ABSENT }, nobody)));
    }
    expect(places).toEqual([`emergency-${ABSENT}`, `emergency2-${ABSENT}`]);
    await expect(engine.attachEmergencies(ABSENT)).rejects.toThrow(/store-failed/);
    faults.read = () => undefined;
    await engine.execute({ id: ABSENT, name: 'Open', input: { title: 'x' } }, CLERK);
    expect(await engine.attachEmergencies(ABSENT)).toBe(2);
  });

  it('its streams › have no time to be read › it is tried until they have', async () => {
    const { store, faults } = failingStore();
    const { engine, nextId } = bench({ store });
    let left = 5;
    faults.read = (stream) => (isApart(stream) && left-- > 0 ? fault('store-busy') : undefined);
    const call = { id: nextId(), name: 'Help', caseId: ABSENT, input: help };
    expect(placeOf(await engine.execute(call, nobody))).toBe(`emergency-${ABSENT}`);
    left = 5;
    // Whether it is recorded already can be read a little later: it is not recorded twice.
    expect(await engine.execute(call, nobody)).toMatchObject({ repeated: true, apart: true });
  });

  it('none of them › can be written › the fault is thrown, and people are told', async () => {
    const { store, faults } = failingStore();
    const { give, alerts } = bench({ store });
    faults.append = () => fault('store-full');
    await expect(give('Help', help, { caseId: ABSENT }, nobody)).rejects.toThrow(/store-full/);
    expect(alerts.map(({ code }) => code)).toEqual(['emergency-not-recorded']);
  });
});

describe('emergency › that opens a case', () => {
  it('its definition › fails › it is recorded apart from the case it was to open', async () => {
    let broken = true;
    const { give, engine, nextId, alerts } = bench({ caseTypes: [opening(() => broken)] });
    const id = nextId();
    const outcome = await engine.execute({ id, name: 'Help', input: help }, nobody);
    expect(outcome).toMatchObject({ kind: 'accepted', apart: true, case: { caseId: id } });
    expect(placeOf(outcome)).toBe(`emergency-${id}`);
    expect(alerts.map(({ code }) => code)).toEqual(['emergency-recorded-apart']);
    broken = false;
    expect(types(await give('Help', help, {}, nobody))).toEqual(['CaseOpened', 'HelpGiven']);
  });

  it('its store › is busy › is tried until it is recorded, or the caller gives up', async () => {
    const { store, faults } = failingStore();
    const { give, engine, nextId } = bench({ store, caseTypes: [opening(() => false)] });
    let left = 12;
    faults.append = () => (left-- > 0 ? fault('store-busy') : undefined);
    expect(types(await give('Help', help, {}, nobody))).toEqual(['CaseOpened', 'HelpGiven']);
    faults.append = () => fault('store-busy');
    const call = { id: nextId(), name: 'Help', input: help };
    const given = engine.execute(call, nobody, { signal: AbortSignal.timeout(50) });
    expect(await given).toMatchObject({ kind: 'conflict' });
  });

  it.each([
    ['no type', undefined, 'test.matter'],
    ['a type that nobody knows', 'test.mater', 'test.matter'],
    ['the other type', 'test.other', 'test.other'],
  ])('several types › take it, and it names %s › one is opened', async (_, caseType, opened) => {
    const opens = (spec: typeof matterSpec) => ({
      ...spec,
      commands: { ...spec.commands, Help: { ...spec.commands.Help, opens: true } },
    });
    const other = matterVersion('1.0.0', opens, { name: 'test.other' });
    const { give } = bench({ caseTypes: [defineMatter(opens), other] });
    const about = caseType === undefined ? {} : { caseType };
    expect(await give('Help', help, about, nobody)).toMatchObject({ case: { caseType: opened } });
    const open = await give('Open', { title: 't' });
    expect(open).toMatchObject({ kind: 'refused', violations: [{ code: 'INPUT_INVALID' }] });
  });

  it('its input › cannot be read › it is refused, and nothing is recorded apart', async () => {
    const { give, alerts } = bench({ caseTypes: [opening(() => false)] });
    expect(await give('Help', { what: 1 }, {}, nobody)).toMatchObject({
      kind: 'refused',
      violations: [{ code: 'INPUT_INVALID' }],
    });
    expect(alerts).toEqual([]);
  });
});

describe('emergency › that takes long', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it.each(['busy', 'silent'] as const)('a store that is %s › is told in time', async (how) => {
    const { store, faults } = failingStore();
    let release = (): void => {};
    const silence = new Promise<void>((resolve) => (release = resolve));
    let busy = true;
    faults.append = () => (how === 'busy' && busy ? fault('store-busy') : undefined);
    const silent = { ...store };
    if (how === 'silent') {
      silent.append = async (request) => {
        if (busy) await silence;
        return store.append(request);
      };
    }
    const { engine, nextId, alerts } = bench({ store: silent });
    const call = { id: nextId(), name: 'Help', caseId: ABSENT, input: help };
    const given = engine.execute(call, nobody);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(alerts).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(alerts).toMatchObject([{ code: 'emergency-waiting', caseId: ABSENT }]);
    busy = false;
    release();
    expect(placeOf(await given)).toBe(`emergency-${ABSENT}`);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(alerts.map(({ code }) => code)).toEqual([
      'emergency-waiting',
      'emergency-recorded-apart',
    ]);
  });
});

const CLERK = { staff: 'clk1', role: 'CLK', office: 'TST' };
