// Workers: one broken case holds up no other, and a reaction happens at least once.
import { Fault, isFault, MemoryEventStore, type EventStore } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { DAY, bench, supervisor } from './sample/bench.ts';
import { defineMatter, matter, matterVersion } from './sample/matter.ts';

interface Failing {
  readonly store: EventStore;
  /** What a broken stream throws. */
  error: Error;
  /** Streams that cannot be read or written at present. */
  readonly broken: Set<string>;
}

/** A store in which single streams fail, as with a damaged entry. */
function failingStore(): Failing {
  const inner = new MemoryEventStore();
  const broken = new Set<string>();
  const check = (stream: string): void => {
    if (broken.has(stream)) throw failing.error;
  };
  const store: EventStore = {
    capabilities: inner.capabilities,
    append: async (request) => {
      request.writes.forEach(({ stream }) => check(stream));
      return inner.append(request);
    },
    readStream: async (stream, ...rest) => {
      check(stream);
      return inner.readStream(stream, ...rest);
    },
    readAll: (...args) => inner.readAll(...args),
    watch: (signal) => inner.watch(signal),
    close: () => inner.close(),
  };
  const failing = { store, broken, error: new RangeError('it is damaged') };
  return failing;
}

const codesOf = (alerts: readonly { readonly code: string }[]): readonly string[] =>
  alerts.map(({ code }) => code);

describe('deadline worker', () => {
  it('deadline worker › a case that cannot be read › is told, and the others are reached', async () => {
    const { store, broken } = failingStore();
    const { accept, open, clock, engine, alerts } = bench({ store });
    const caseIds = [await open(), await open()];
    for (const caseId of caseIds) await accept('RecordIncident', { incident: 'i' }, { caseId });
    await engine.runDeadlines();
    clock.forward(2 * DAY);
    broken.add(`case-${caseIds[0]}`);
    expect(await engine.runDeadlines()).toEqual({ kind: 'ran', cases: 1, reached: 1 });
    expect(codesOf(alerts)).toEqual(['deadline-not-reached']);
    broken.clear();
    expect(await engine.runDeadlines()).toEqual({ kind: 'ran', cases: 1, reached: 1 });
  });

  it.each([
    ['a damaged entry', new RangeError('it is damaged')],
    [
      'a store that is busy',
      new Fault({ code: 'store-busy', attempted: 'x', found: 'y', todo: 'z' }),
    ],
  ])('deadline worker › %s at the first look › is looked at again', async (_, error) => {
    const failing = failingStore();
    failing.error = error;
    const { engine, accept, open, clock } = bench({ store: failing.store });
    const ids = [await open(), await open()];
    for (const caseId of ids) await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(3 * DAY);
    for (const caseId of ids) failing.broken.add(`case-${caseId}`);
    const first = engine.runDeadlines();
    // A store that fails ends the run; one case that cannot be read is told, and the run goes on.
    if (isFault(error)) await expect(first).rejects.toBe(error);
    else expect(await first).toEqual({ kind: 'ran', cases: 0, reached: 0 });
    failing.broken.clear();
    await engine.runDeadlines();
    for (const caseId of ids) {
      const reached = (await engine.history(caseId)).filter(
        ({ type }) => type === 'DeadlineReached',
      );
      expect(reached).toHaveLength(1);
    }
  });

  it('deadline worker › more due than one append takes › goes on until all is reached', async () => {
    const chain = (view: { event: { data: unknown } }): readonly object[] => {
      const { part } = view.event.data as { readonly part: string };
      return part === '' ? [] : Array.from({ length: 40 }, () => ({ type: 'Burst', data: LAST }));
    };
    const noisy = defineMatter((spec) => ({
      ...spec,
      consequences: [
        ...spec.consequences,
        { name: 'noise', on: ['DeadlineReached'], record: chain },
      ],
    }));
    const { accept, open, clock, engine } = bench({ caseTypes: [noisy] });
    const caseId = await open();
    const until = new Date(clock.ms + DAY).toISOString();
    for (let order = 0; order < 60; order += 1) {
      await accept('RequestOrder', { orderId: `o${order}` }, { caseId });
      await accept('IssueOrder', { orderId: `o${order}`, until }, { caseId });
    }
    clock.forward(DAY);
    expect(await engine.runDeadlines()).toEqual({ kind: 'ran', cases: 1, reached: 60 });
    const history = await engine.history(caseId);
    expect(history.filter(({ type }) => type === 'Burst')).toHaveLength(60 * 40);
  });

  it('deadline worker › an emergency whose case comes later › is attached by the same worker', async () => {
    const { give, nextId, engine } = bench();
    const caseId = nextId();
    await give('Help', { what: 'x' }, { caseId, basis: 'call', reason: 'a fire' });
    await engine.runDeadlines();
    expect(await engine.history(caseId)).toEqual([]);
    await engine.execute({ id: caseId, name: 'Open', input: { title: 'x' } }, supervisor);
    await engine.runDeadlines();
    const last = (await engine.history(caseId)).at(-1);
    expect(last).toMatchObject({ type: 'HelpGiven', basis: 'call', reason: 'a fire' });
    expect(await engine.attachEmergencies(caseId)).toBe(0);
  });

  it('deadline worker › two that attach at once › record each emergency once', async () => {
    const { give, nextId, engine, other } = bench();
    const caseId = nextId();
    for (const what of ['a', 'b', 'c']) await give('Help', { what }, { caseId });
    await engine.execute({ id: caseId, name: 'Open', input: { title: 'x' } }, supervisor);
    const engines = [engine, other(), other(), other()];
    await Promise.all(engines.map((one) => one.attachEmergencies(caseId)));
    const attached = (await engine.history(caseId)).filter(({ type }) => type === 'HelpGiven');
    expect(attached.map(({ data }) => data['what'])).toEqual(['a', 'b', 'c']);
    expect(new Set(attached.map(({ command }) => command.id)).size).toBe(3);
  });

  it('deadline worker › an emergency that no case can take › holds up no other', async () => {
    const picky = defineMatter((spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        Help: {
          ...spec.commands.Help,
          decide: (input: { what: string }, view: { id(label: string): string }) => {
            if (input.what === 'never') throw new RangeError('never');
            return spec.commands.Help.decide(input, view);
          },
        },
      },
    }));
    const { give, nextId, engine } = bench({ caseTypes: [picky] });
    const caseId = nextId();
    for (const what of ['never', 'now']) await give('Help', { what }, { caseId });
    await engine.execute({ id: caseId, name: 'Open', input: { title: 'x' } }, supervisor);
    expect(await engine.runDeadlines()).toMatchObject({ kind: 'ran' });
    expect((await engine.history(caseId)).at(-1)?.data).toMatchObject({ what: 'now' });
  });
});

describe('reaction worker', () => {
  it('reaction worker › a host that knows tokens only › still takes the engine for itself', async () => {
    const authenticate = (claim: unknown) => (claim === 'token' ? supervisor : undefined);
    const { engine, nextId } = bench({ authenticate });
    const give = async (name: string, input: object, caseId?: string): Promise<string> => {
      const command = { id: nextId(), name, input, ...(caseId ? { caseId } : {}) };
      const outcome = await engine.execute(command, 'token');
      return outcome.kind === 'accepted' ? outcome.case.caseId : outcome.kind;
    };
    const survivor = await give('Open', { title: 'a' });
    await give('Merge', { into: survivor }, await give('Open', { title: 'b' }));
    expect(await engine.runReactions()).toMatchObject({ issued: 1, refused: 0 });
  });

  it('reaction worker › one that fails › holds up no other and is given again', async () => {
    const { store, broken } = failingStore();
    const { engine, accept, open, alerts } = bench({ store });
    const survivors = [await open('s1'), await open('s2')];
    for (const into of survivors) await accept('Merge', { into }, { caseId: await open() });
    broken.add(`case-${survivors[0]}`);
    const first = await engine.runReactions();
    expect(first).toMatchObject({ kind: 'ran', issued: 1, refused: 0 });
    expect(codesOf(alerts)).toEqual(['reaction-failed']);
    broken.clear();
    await engine.runReactions();
    for (const survivor of survivors) {
      const noted = (await engine.history(survivor)).filter(({ type }) => type === 'Noted');
      expect(noted).toHaveLength(1);
    }
    expect(await engine.runReactions()).toMatchObject({ issued: 0, refused: 0 });
  });

  it('reaction worker › one that fails between two others › is given after a restart', async () => {
    const { store, broken } = failingStore();
    const { engine, accept, open, other } = bench({ store });
    const survivors = [await open('s1'), await open('s2'), await open('s3')];
    for (const into of survivors) await accept('Merge', { into }, { caseId: await open() });
    broken.add(`case-${survivors[1]}`);
    expect(await engine.runReactions()).toMatchObject({ issued: 2 });
    broken.clear();
    await other().runReactions();
    for (const survivor of survivors) {
      const noted = (await engine.history(survivor)).filter(({ type }) => type === 'Noted');
      expect(noted).toHaveLength(1);
    }
  });

  it('reaction worker › a command without a case › is for the case of the event, or opens one', async () => {
    const reactions = [
      { name: 'own', on: ['Noted'], commands: () => [{ name: 'Link', input: { other: 'o' } }] },
      {
        name: 'new',
        on: ['Noted'],
        commands: () => [{ name: 'Open', opens: true as const, input: { title: 't' } }],
      },
    ];
    const linked = defineMatter((spec) => ({ ...spec, reactions }));
    const { engine, accept, open } = bench({ caseTypes: [linked] });
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    expect(await engine.runReactions()).toMatchObject({ issued: 2, refused: 0 });
    expect((await engine.history(caseId)).at(-1)?.type).toBe('Linked');
  });

  it('reaction worker › a case of a version it lacks › is left to one that has it', async () => {
    const newer = matterVersion('2.0.0');
    const { engine, other, open, nextId } = bench();
    const survivor = await open();
    const both = other({ caseTypes: [matter, newer] });
    const caseId = await open();
    const policyOfficer = { staff: 'pol1', role: 'POL', office: 'TST' };
    await both.migrateCase(caseId, { version: '2.0.0', reason: 'x' }, policyOfficer);
    const merge = { id: nextId(), name: 'Merge', caseId, input: { into: survivor } };
    expect((await both.execute(merge, supervisor)).kind).toBe('accepted');
    expect(await engine.runReactions()).toMatchObject({ issued: 0, refused: 0 });
    expect(await both.runReactions()).toMatchObject({ issued: 1, refused: 0 });
  });

  it('reaction worker › a reaction that only an older version has › is issued', async () => {
    const quiet = matterVersion('2.0.0', (spec) => ({ ...spec, reactions: [] }));
    const { accept, open, other } = bench();
    const survivor = await open();
    await accept('Merge', { into: survivor }, { caseId: await open() });
    const both = other({ caseTypes: [matter, quiet] });
    expect(await both.runReactions()).toMatchObject({ issued: 1, refused: 0 });
  });

  it('reaction worker › a clock that jumped › is suspended', async () => {
    const { engine, accept, open, clock } = bench();
    await accept('Merge', { into: await open() }, { caseId: await open() });
    clock.jump(DAY);
    expect(await engine.runReactions()).toMatchObject({ kind: 'suspended' });
    engine.confirmClock();
    expect(await engine.runReactions()).toMatchObject({ kind: 'ran', issued: 1 });
  });
});

const LAST = { left: 0 };
