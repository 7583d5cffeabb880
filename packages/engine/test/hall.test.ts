// Refusals, options, explanations and reads on a case type with parts, ports and linked cases.
import { MemoryEventStore, type EventStore, type StreamName } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import type { CommandOption, EngineOptions, Outcome } from '../src/index.ts';
import { bench, codes, types, type Accepted, type Bench } from './sample/bench.ts';
import { CANARY, clerk, defineHall, hall, hallPolicy, outsider } from './sample/hall.ts';

type Give = (name: string, input?: unknown, more?: object) => Promise<Outcome>;

async function openHall(
  options: Partial<EngineOptions> = {},
): Promise<Bench & { readonly caseId: string; readonly does: Give }> {
  const test = bench({ caseTypes: [hall], policies: [hallPolicy], ...options });
  const { caseId } = (await test.accept('Register', { address: CANARY }, {}, clerk)).case;
  const does: Give = (name, input = {}, more = {}) =>
    test.give(name, input, { caseId, ...more }, clerk);
  return { ...test, caseId, does };
}

function accepted(outcome: Outcome): Accepted {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome;
}

async function option(test: Bench, caseId: string, name: string): Promise<CommandOption> {
  const answer = await test.engine.options(caseId, clerk, { commands: [name] });
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused));
  return answer.commands.at(-1) as CommandOption;
}

describe('refusals', () => {
  it('rules of requires and of the chart › are named together, by invariant then code', async () => {
    const { does, engine, caseId } = await openHall();
    const outcome = await does('Rent', { days: 9 });
    expect(codes(outcome)).toEqual(['Z_FIRST', 'A_SECOND', 'A_WITHOUT_INVARIANT']);
    // The desk would react to the rent: its region must not hide the refusal of the other.
    expect((await engine.caseAt(caseId))?.context['rents']).toBe(0);
  });

  it('a part that only hears the event › has its rules named as well', async () => {
    const { does } = await openHall();
    await does('AskKey', { keyId: 'k' });
    await does('GiveKey', { keyId: 'k', to: 'someone' });
    expect(codes(await does('Audit'))).toEqual(['KEY_IS_OUT', 'NOTHING_TO_AUDIT']);
    await does('Rent', { days: 1 });
    expect(codes(await does('Audit'))).toEqual(['KEY_IS_OUT']);
  });

  it('a rule in the chart of a part › tells what that part knows', async () => {
    const { does } = await openHall();
    await does('AskKey', { keyId: 'k' });
    const outcome = await does('GiveKey', { keyId: 'k', to: '' });
    expect(outcome).toMatchObject({
      violations: [{ code: 'KEY_FOR_NOBODY', detail: { key: 'k', last: 'the desk' } }],
    });
  });

  it('a rule that failed and nothing that reacts › never says INVALID_TRANSITION', async () => {
    const { does } = await openHall();
    accepted(await does('Close'));
    expect(codes(await does('Rent', { days: 9 }))).toEqual(['Z_FIRST', 'A_SECOND']);
    expect(codes(await does('Store', { blob: 1 }))).toEqual(['INVALID_TRANSITION']);
    const occurredAt = '2027-01-01T00:00:00Z';
    expect(codes(await does('Store', { blob: 1 }, { occurredAt }))).toEqual([
      'LATE_ENTRY_REASON_REQUIRED',
    ]);
  });
});

describe('reads', () => {
  it('a case that refers to itself › is looked at as it stands, and replays', async () => {
    const { does, caseId, other, engine } = await openHall();
    await does('Link', { link: caseId });
    expect(types(await does('Book'))).toEqual(['Booked']);
    await does('Close');
    expect(codes(await does('Book'))).toEqual(['LINKED_IS_CLOSED']);
    const booked = (await engine.history(caseId)).find(({ type }) => type === 'Booked');
    expect(booked?.reads).toBeUndefined();
    expect((await other().replay(caseId))?.divergences).toEqual([]);
  });

  it('an id that no stream can have › is refused, not a fault', async () => {
    const { does } = await openHall();
    await does('Link', { link: 'no such / id' });
    expect(codes(await does('Book'))).toEqual(['INPUT_INVALID']);
  });

  it.each([
    ['named twice each', 32, 2, 1, 'accepted'],
    ['as many as fit', 32, 1, 1, 'accepted'],
    ['one too many', 33, 1, 1, ['TOO_MANY_READS']],
    ['in three rounds', 1, 1, 3, 'accepted'],
    ['in a fourth round', 1, 1, 4, ['TOO_MANY_READS']],
  ])('streams %s › are read up to 32 in three rounds', async (...example) => {
    const [, count, times, rounds, expected] = example;
    const reading = defineHall((spec) => ({
      ...spec,
      commands: { ...spec.commands, Book: reads(spec.commands.Book, count, times, rounds) },
    }));
    const { does } = await openHall({ caseTypes: [reading] });
    const outcome = await does('Book');
    expect(codes(outcome)).toEqual(expected);
    if (outcome.kind !== 'accepted') return;
    expect(outcome.events[0]?.reads).toHaveLength(count * rounds);
  });

  it('a protective command › goes on with as much as may be read', async () => {
    const reading = defineHall((spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        Book: { ...reads(spec.commands.Book, 40, 1, 1), polarity: 'protective' },
      },
    }));
    const { does } = await openHall({ caseTypes: [reading] });
    expect(accepted(await does('Book')).events[0]?.reads).toHaveLength(32);
  });

  it('what was read › stands in `unchanged` of the append, and a change of it conflicts', async () => {
    const inner = new MemoryEventStore();
    const appends: Parameters<EventStore['append']>[0][] = [];
    const store = Object.assign(Object.create(inner) as EventStore, {
      capabilities: inner.capabilities,
      append: (request: Parameters<EventStore['append']>[0]) => {
        appends.push(request);
        return inner.append(request);
      },
      readStream: inner.readStream.bind(inner),
    });
    const { does, accept } = await openHall({ store });
    const second = (await accept('Register', { address: 'b' }, {}, clerk)).case.caseId;
    await does('Link', { link: second });
    await does('Book');
    const stream = `case-${second}` as StreamName;
    expect(appends.at(-1)?.unchanged).toMatchObject([{ stream, head: { position: 1 } }]);
  });
});

function reads(book: object, count: number, times: number, rounds: number): object {
  return {
    ...book,
    reads: (_: unknown, { reads: seen }: { readonly reads: { readonly all: unknown[] } }) => {
      const round = Math.min(seen.all.length / count, rounds - 1);
      const names = Array.from({ length: count }, (__, n) => `case-r${Math.floor(round)}n${n}`);
      return Array.from({ length: times }, () => names).flat();
    },
  };
}

describe('options', () => {
  it('a command whose second event needs its first › is open', async () => {
    const test = await openHall();
    expect((await option(test, test.caseId, 'Visit')).status).toBe('open');
    expect(types(await test.does('Visit'))).toEqual(['Visited', 'Advised']);
  });

  it('a command that fetches facts › is judged with them', async () => {
    const test = await openHall();
    expect((await option(test, test.caseId, 'Inspect')).status).toBe('open');
    await test.does('Inspect');
    expect((await option(test, test.caseId, 'Inspect')).violations).toMatchObject([
      { code: 'INVALID_TRANSITION' },
    ]);
  });

  it('a command that reads a linked case › is judged by what that case says now', async () => {
    const test = await openHall();
    const second = (await test.accept('Register', { address: 'b' }, {}, clerk)).case.caseId;
    await test.does('Link', { link: second });
    expect((await option(test, test.caseId, 'Book')).status).toBe('open');
    await test.other().execute(
      { id: test.nextId(), name: 'Close', caseId: second, input: {} },
      clerk,
    );
    expect((await option(test, test.caseId, 'Book')).violations).toMatchObject([
      { code: 'LINKED_IS_CLOSED' },
    ]);
  });

  it('a part that exists › cannot be opened again, and execute agrees', async () => {
    const test = await openHall();
    await test.does('AskKey', { keyId: 'k' });
    const again = await option(test, test.caseId, 'AskKey');
    expect(again).toMatchObject({ part: { id: 'k' }, violations: [{ code: 'PART_EXISTS' }] });
    expect(codes(await test.does('AskKey', { keyId: 'k' }))).toEqual(['PART_EXISTS']);
  });

  it('someone who may give no command › learns nothing about the case', async () => {
    const { engine, does, caseId } = await openHall();
    await does('AskKey', { keyId: 'key-of-the-cellar' });
    const answer = await engine.options(caseId, outsider);
    expect(answer).toMatchObject({ deadlines: [] });
    expect(answer).not.toHaveProperty('case');
    const shown = JSON.stringify(answer);
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain('key-of-the-cellar');
    expect(await engine.options(caseId, clerk)).toHaveProperty('case.context.address', CANARY);
  });
});

describe('preview', () => {
  it('a preview › is the case as the append leaves it', async () => {
    const { engine, caseId, nextId } = await openHall();
    for (const [name, input] of [
      ['Rent', { days: 2 }],
      ['AskKey', { keyId: 'k' }],
      ['Visit', {}],
    ] as const) {
      const command = { id: nextId(), name, caseId, input };
      const before = await engine.preview(command, clerk);
      const after = accepted(await engine.execute(command, clerk));
      if (before.kind !== 'accepted') throw new Error(before.kind);
      expect(plain(before.case)).toEqual(plain(after.case));
      expect(before.events).toEqual(after.events.map(({ type, data }) => ({ type, data })));
    }
    const opening = { id: nextId(), name: 'Register', input: { address: 'c' } };
    const before = await engine.preview(opening, clerk);
    const after = accepted(await engine.execute(opening, clerk));
    expect(before.kind === 'accepted' && plain(before.case)).toEqual(plain(after.case));
  });

  it('a preview of what someone else has overtaken › is the conflict that execute answers', async () => {
    const { engine, does, caseId, nextId } = await openHall();
    await does('Rent', { days: 1 });
    const command = {
      id: nextId(),
      name: 'Rent',
      caseId,
      input: { days: 1 },
      expectedPosition: 1,
    };
    expect(await engine.preview(command, clerk)).toEqual({ kind: 'conflict', attempts: 1 });
    expect(await engine.execute(command, clerk)).toEqual({ kind: 'conflict', attempts: 1 });
  });
});

function plain(view: unknown): unknown {
  return JSON.parse(JSON.stringify(view)) as unknown;
}

describe('explain', () => {
  it('an event of a part › is explained by the rules of that part', async () => {
    const { engine, does, caseId } = await openHall();
    await does('AskKey', { keyId: 'k' });
    const { position } = accepted(await does('GiveKey', { keyId: 'k', to: 'x' })).case;
    const why = await engine.explain(caseId, position);
    expect(why?.rules).toMatchObject([{ code: 'KEY_FOR_NOBODY', holds: true }]);
    expect(why?.inParts).toMatchObject([{ kind: 'key', id: 'k', candidates: [{}] }]);
  });

  it('an event that read its own case › is explained, and every rule stands once', async () => {
    const { engine, does, caseId } = await openHall();
    await does('Link', { link: caseId });
    const { position } = accepted(await does('Book')).case;
    const booked = await engine.explain(caseId, position);
    expect(booked?.rules.map(({ code, holds }) => [code, holds])).toEqual([
      ['LINKED_IS_CLOSED', true],
    ]);
    const rented = accepted(await does('Rent', { days: 1 })).case.position;
    const why = await engine.explain(caseId, rented);
    expect(why?.rules.map(({ code }) => code)).toEqual([
      'A_SECOND',
      'Z_FIRST',
      'A_WITHOUT_INVARIANT',
    ]);
  });
});

describe('preview of an emergency', () => {
  it('a case that is there, unknown or unreadable › takes it as execute would', async () => {
    const test = await openHall();
    const { Close: Extra } = hall.commands;
    const changed = defineHall((spec) => ({ ...spec, commands: { ...spec.commands, Extra } }));
    for (const [engine, caseId] of [
      [test.engine, test.caseId],
      [test.engine, 'unknown'],
      [test.other({ caseTypes: [changed] }), test.caseId],
      [test.other({ policies: [{ ...hallPolicy, hash: 'another' }] }), test.caseId],
    ] as const) {
      const command = { id: test.nextId(), name: 'Help', caseId, input: {} };
      const before = await engine.preview(command, outsider);
      const after = await engine.execute(command, outsider);
      expect(before).toMatchObject({ kind: 'accepted' });
      expect(after).toMatchObject({ kind: 'accepted' });
      expect('apart' in before).toBe('apart' in after);
    }
    const wrong = { id: test.nextId(), name: 'Help', caseId: test.caseId, input: { x: 1 } };
    expect(codes((await test.engine.preview(wrong, outsider)) as Outcome)).toEqual([
      'INPUT_INVALID',
    ]);
  });
});
