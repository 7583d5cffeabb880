// Whatever arrives: a clear refusal or a named fault, never a stray error, and no secret in either.
import { isFault } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import type { Outcome, Text } from '../src/index.ts';
import { bench, codes, type Bench } from './sample/bench.ts';
import { CANARY, clerk, hall, hallPolicy } from './sample/hall.ts';

function hallBench(): Bench {
  return bench({ caseTypes: [hall], policies: [hallPolicy] });
}

async function openHall(test: Bench): Promise<string> {
  return (await test.accept('Register', { address: CANARY }, {}, clerk)).case.caseId;
}

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
}

/** The problems of an input that was refused. */
function issuesOf(outcome: Outcome): readonly Text[] {
  if (outcome.kind !== 'refused') return [];
  return (outcome.violations[0]?.detail?.['issues'] ?? []) as readonly Text[];
}

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

describe('hostile input', () => {
  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'a command called %s › is unknown, with a case and without',
    async (name) => {
      const test = hallBench();
      const caseId = await openHall(test);
      expect(codes(await test.give(name, {}, { caseId }, clerk))).toEqual(['COMMAND_UNKNOWN']);
      expect(codes(await test.give(name, {}, {}, clerk))).toEqual(['COMMAND_UNKNOWN']);
    },
  );

  it.each([
    ['nested ten thousand deep', nested(10_000), 'nested deeper than 64 levels'],
    ['a cycle', cyclic, 'blob.self: a cycle'],
    ['NaN', Number.NaN, 'blob: the number NaN'],
    ['a date object', new Date(0), 'blob: not a plain object (Date)'],
    ['a function', () => 1, 'blob: a function'],
    ['a bigint', 1n, 'blob: a bigint'],
    ['half a surrogate pair', '\ud800', 'blob: a string with a lone surrogate'],
    ['a megabyte', 'x'.repeat(1_000_000), 'larger than the 262144 bytes'],
    ['a getter that throws', Object.defineProperty({}, 'x', thrower()), 'it cannot be read'],
  ])('an input with %s › is refused with where and why', async (_, blob, problem) => {
    const test = hallBench();
    const caseId = await openHall(test);
    const outcome = await test.give('Store', { blob }, { caseId }, clerk);
    expect(codes(outcome)).toEqual(['INPUT_INVALID']);
    const [issue, ...others] = issuesOf(outcome);
    expect([issue?.en, others]).toEqual([expect.stringContaining(problem), []]);
    expect(String(issue?.en).length).toBeLessThan(300);
    expect(issue?.ar).toMatch(/[\u0621-\u064a]/);
    expect(await test.engine.history(caseId)).toHaveLength(2);
  });

  it('an input wrong in a thousand places › names twenty and how many more', async () => {
    const test = hallBench();
    const caseId = await openHall(test);
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`x${n}`, n]));
    const outcome = await test.give('Rent', { days: 1, ...many }, { caseId }, clerk);
    expect(JSON.stringify(outcome).length).toBeLessThan(2_000);
    expect(codes(outcome)).toEqual(['INPUT_INVALID']);
  });

  it('names that are no own fields › are data like any other and replay', async () => {
    const test = hallBench();
    const caseId = await openHall(test);
    const blob = JSON.parse('{"__proto__":{"admin":true},"constructor":1}') as unknown;
    await test.accept('Store', { blob }, { caseId }, clerk);
    const { context } = (await test.engine.caseAt(caseId)) ?? {};
    expect(JSON.stringify(context?.['blob'])).toBe(
      '{"__proto__":{"admin":true},"constructor":1}',
    );
    expect((await test.other().replay(caseId))?.divergences).toEqual([]);
  });

  it.each([
    null,
    undefined,
    5,
    'text',
    [],
    cyclic,
    { id: 5 },
    new Proxy({}, { get: () => fail(), ownKeys: () => fail() }),
  ])('an envelope that is none (%#) › is refused, and so is its preview', async (raw) => {
    const { engine } = hallBench();
    expect(codes(await engine.execute(raw as never, clerk))).toEqual(['INPUT_INVALID']);
    expect(await engine.preview(raw as never, clerk)).toMatchObject({ kind: 'refused' });
  });

  it.each([
    null,
    5,
    cyclic,
    { ...clerk, staff: '\ud800' },
    new Proxy({}, { get: () => fail() }),
  ])('a claim that is none (%#) › is not identified', async (claim) => {
    const test = hallBench();
    const caseId = await openHall(test);
    const command = { id: test.nextId(), name: 'Close', caseId, input: {} };
    expect(codes(await test.engine.execute(command, claim))).toEqual(['AUTHENTICATION_FAILED']);
  });

  it('texts that have no bytes › are refused, and no one else loses a refusal to them', async () => {
    const test = hallBench();
    const caseId = await openHall(test);
    const all = await Promise.all([
      test.give('\ud800', {}, { caseId }, clerk),
      test.give('Close', {}, { caseId, reason: '\udc00' }, clerk),
      test.give('Absent', {}, { caseId }, clerk),
    ]);
    expect(all.map(codes)).toEqual([['INPUT_INVALID'], ['INPUT_INVALID'], ['COMMAND_UNKNOWN']]);
    expect(test.alerts).toEqual([]);
  });
});

describe('a definition that fails', () => {
  it.each([
    ['decide', 'definition-broken', 'threw TypeError'],
    ['rule', 'definition-broken', 'threw Error'],
    ['nothing', 'decision-broken', 'it decides to record nothing'],
    ['data', 'decision-broken', 'where: '],
  ])('in %s › is the named fault %s without what it saw', async (where, code, found) => {
    const test = hallBench();
    const caseId = await openHall(test);
    const failure: unknown = await test
      .give('Break', { where }, { caseId }, clerk)
      .catch((error: unknown) => error);
    if (!isFault(failure)) throw new Error(`no fault: ${String(failure)}`);
    expect(failure).toMatchObject({ code, cause: undefined });
    expect(failure.message).toContain(found);
    expect(JSON.stringify([failure.message, failure.data, failure.stack])).not.toContain(CANARY);
    expect(await test.engine.history(caseId)).toHaveLength(2);
  });
});

describe('objects of callers', () => {
  it('an input that is changed after the call › changes no state', async () => {
    const test = hallBench();
    const caseId = await openHall(test);
    const blob = { inner: { count: 1 } };
    await test.accept('Store', { blob }, { caseId }, clerk);
    blob.inner.count = 2;
    expect((await test.engine.caseAt(caseId))?.context['blob']).toEqual({ inner: { count: 1 } });
    expect((await test.other().replay(caseId))?.divergences).toEqual([]);
  });

  it('an input changed while the host is asked › is decided as it was checked', async () => {
    const blob = { count: 1 };
    const test = bench({
      caseTypes: [hall],
      policies: [hallPolicy],
      authorise: () => {
        blob.count = 2;
        return true;
      },
    });
    const caseId = await openHall(test);
    blob.count = 1;
    await test.accept('Store', { blob }, { caseId }, clerk);
    expect((await test.engine.caseAt(caseId))?.context['blob']).toEqual({ count: 1 });
  });

  it('a view that is changed › changes no later decision', async () => {
    const test = hallBench();
    const caseId = await openHall(test);
    const seen = (await test.accept('Store', { blob: { in: { n: 1 } } }, { caseId }, clerk)).case;
    const context = seen.context as { rents: number; blob: { in: { n: number } } };
    expect(() => (context.rents = 99)).toThrow(TypeError);
    expect(() => (context.blob.in.n = 99)).toThrow(TypeError);
    await test.accept('Rent', { days: 1 }, { caseId }, clerk);
    expect((await test.engine.caseAt(caseId))?.context['rents']).toBe(1);
    expect((await test.other().replay(caseId))?.divergences).toEqual([]);
  });
});

function fail(): never {
  throw new Error('trap');
}

function thrower(): PropertyDescriptor {
  return { enumerable: true, get: fail };
}

describe('questions', () => {
  const otherTypes = [5, undefined, null, {}];
  it.each(otherTypes)('a case id of another type (%#) › is a named fault', async (id) => {
    const { engine } = hallBench();
    const questions = ['caseAt', 'history', 'timeline', 'replay'] as const;
    for (const question of questions) {
      await expect(engine[question](id as never)).rejects.toMatchObject({
        code: 'case-id-invalid',
      });
    }
    await expect(engine.options(id as never, clerk)).rejects.toMatchObject({
      code: 'case-id-invalid',
    });
  });

  it.each(['a b', '..', 'x'.repeat(500), '', '__proto__', 'audit-w1-2027-01-10'])(
    'a case id that names no case (%#) › finds none',
    async (id) => {
      const test = hallBench();
      await test.give('Absent', {}, {}, clerk);
      expect(await test.engine.caseAt(id)).toBeUndefined();
      expect(await test.engine.history(id)).toEqual([]);
      expect(await test.engine.options(id, clerk)).toMatchObject({ refused: [{}] });
    },
  );

  it('an instant in another zone › is the same instant', async () => {
    const test = hallBench();
    const caseId = await openHall(test);
    test.clock.forward(3_600_000);
    await test.accept('Rent', { days: 1 }, { caseId }, clerk);
    const then = async (recordedBy: string) =>
      (await test.engine.caseAt(caseId, { recordedBy: recordedBy as never }))?.position;
    expect(await then('2027-01-10T06:30:00Z')).toBe(1);
    expect(await then('2027-01-10T09:30:00+03:00')).toBe(1);
    expect(await then('2027-01-10T10:00:00+03:00')).toBe(2);
    const { engine } = test;
    const wrong = { recordedBy: 'yesterday' as never };
    await expect(engine.caseAt(caseId, wrong)).rejects.toMatchObject({ code: 'instant-invalid' });
    await expect(engine.replay(caseId, wrong)).rejects.toMatchObject({ code: 'instant-invalid' });
  });

  it.each([-1, Number.NaN, 1.5, '1', Number.POSITIVE_INFINITY])(
    'a position that is none (%s) › is a named fault',
    async (position) => {
      const test = hallBench();
      const caseId = await openHall(test);
      const past = { position: position as number };
      await expect(test.engine.caseAt(caseId, past)).rejects.toMatchObject({
        code: 'past-invalid',
      });
      await expect(test.engine.explain(caseId, past.position)).rejects.toSatisfy((e) => isFault(e));
    },
  );
});
