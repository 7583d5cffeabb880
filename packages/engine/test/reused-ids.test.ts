// A command id that comes again and says something else: refused, or, in an emergency, kept beside.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CaseType, DecideView, MigrationState } from '../src/index.ts';
import { bench, codes, DAY, HOUR, supervisor } from './sample/bench.ts';
import { hall, hallPolicy } from './sample/hall.ts';
import { defineMatter, help, matter, matterVersion } from './sample/matter.ts';

const nobody = { staff: 'x1', role: 'RCP', office: 'TST' };
const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

describe('a command id', () => {
  it('that comes again with another input › is refused, also by a process that starts later', async () => {
    const { engine, other, accept, open, nextId } = bench();
    const caseId = await open();
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    await engine.execute(command, supervisor);
    await accept('Note', { note: 'meanwhile' }, { caseId });
    for (const one of [engine, other()]) {
      const another = { ...command, input: { note: 'b' } };
      expect(codes(await one.execute(another, supervisor))).toEqual(['COMMAND_ID_REUSED']);
      expect(codes(await one.execute(command, supervisor))).toBe('accepted');
      expect(await one.preview(another, supervisor)).toMatchObject({ kind: 'refused' });
    }
    expect(await engine.history(caseId)).toHaveLength(4);
  });

  it('that comes again about another time › is refused', async () => {
    const { engine, open, nextId, clock } = bench();
    const caseId = await open();
    clock.forward(HOUR);
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    const first = { ...note, occurredAt: '2027-01-10T06:10:00.000Z' };
    await engine.execute(first, supervisor);
    const another = { ...note, occurredAt: '2027-01-10T06:20:00.000Z' };
    expect(codes(await engine.execute(another, supervisor))).toEqual(['COMMAND_ID_REUSED']);
    expect(await engine.execute(first, supervisor)).toMatchObject({ repeated: true });
    expect(await engine.execute(note, supervisor)).toMatchObject({ repeated: true });
  });

  it('that opened a case › opens no other by coming again with another input', async () => {
    const { engine, nextId } = bench();
    const command = { id: nextId(), name: 'Open', input: { title: 'a' } };
    await engine.execute(command, supervisor);
    const another = { ...command, input: { title: 'b' } };
    expect(codes(await engine.execute(another, supervisor))).toEqual(['COMMAND_ID_REUSED']);
    expect(codes(await engine.execute(command, supervisor))).toBe('accepted');
  });

  it('that comes again with an input nobody can read › is refused', async () => {
    const { engine, open, nextId } = bench();
    const caseId = await open();
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    await engine.execute(command, supervisor);
    const unreadable = { ...command, input: { note: 1 } };
    expect(codes(await engine.execute(unreadable, supervisor))).toEqual(['COMMAND_ID_REUSED']);
  });

  it('whose decision rested on another case › is taken at its word', async () => {
    const test = bench({ caseTypes: [hall], policies: [hallPolicy] });
    const clerk = { staff: 'clk1', role: 'CLK', office: 'TST' };
    const caseId = (await test.accept('Register', { address: 'x' }, {}, clerk)).case.caseId;
    const command = { id: test.nextId(), name: 'Book', caseId, input: {} };
    await test.engine.execute(command, clerk);
    expect(await test.other().execute(command, clerk)).toMatchObject({ repeated: true });
  });
});

describe('what is said beside the input', () => {
  it.each([
    ['basis', { basis: 'b2' }, {}],
    ['reason', { reason: 'r2' }, {}],
    ['whom it is given for', {}, { onBehalfOf: 'm2' }],
  ])('another %s › is another command', async (_, more, actor) => {
    const { engine, open, nextId } = bench();
    const caseId = await open();
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'a' }, basis: 'b' };
    const first = { ...command, reason: 'r' };
    const sender = { ...supervisor, onBehalfOf: 'm' };
    await engine.execute(first, sender);
    const again = await engine.execute({ ...first, ...more }, { ...sender, ...actor });
    expect(codes(again)).toEqual(['COMMAND_ID_REUSED']);
    expect(await engine.execute(first, sender)).toMatchObject({ repeated: true });
  });

  it('fewer of several, or in another order › is another command', async () => {
    const several = defineMatter((spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        Note: {
          ...spec.commands.Note,
          input: z.strictObject({ notes: z.array(z.string()) }),
          records: ['Noted'],
          decide: ({ notes }: { readonly notes: readonly string[] }) =>
            notes.map((note) => ({ type: 'Noted', data: { note } })),
        },
      },
    }));
    const { engine, open, nextId } = bench({ caseTypes: [several] });
    const caseId = await open();
    const command = { id: nextId(), name: 'Note', caseId };
    const give = (...notes: readonly string[]) =>
      engine.execute({ ...command, input: { notes } }, supervisor);
    await give('a', 'b');
    for (const other of [['a'], ['b'], ['b', 'a'], ['a', 'b', 'c']]) {
      expect(codes(await give(...other)), other.join()).toEqual(['COMMAND_ID_REUSED']);
    }
    expect(await give('a', 'b')).toMatchObject({ repeated: true });
  });
});

describe('an opening', () => {
  it('given again after its case has moved to another version › is the first', async () => {
    const { engine, other, nextId } = bench();
    const command = { id: nextId(), name: 'Open', input: { title: 'a' } };
    await engine.execute(command, supervisor);
    const later = matterVersion('2.0.0', (spec) => ({
      ...spec,
      migrations: { '1.0.0': { automatic: true, migrate: (state: MigrationState) => state } },
      commands: {
        ...spec.commands,
        Open: {
          ...spec.commands.Open,
          input: z.strictObject({ title: z.string(), language: z.string() }),
          records: ['Opened'],
          decide: ({ title }: { readonly title: string }) => [{ type: 'Opened', data: { title } }],
        },
      },
    }));
    const newer = other({ caseTypes: [matter, later] });
    const note = { id: nextId(), name: 'Note', caseId: command.id, input: { note: 'x' } };
    expect(codes(await newer.execute(note, supervisor))).toBe('accepted');
    expect((await newer.caseAt(command.id))?.version).toBe('2.0.0');
    expect(await newer.execute(command, supervisor)).toMatchObject({ repeated: true });
  });

  it('by an emergency under the id of somebody else’s case › opens a case of its own', async () => {
    const opening = defineMatter((spec) => ({
      ...spec,
      commands: { ...spec.commands, Help: { ...spec.commands.Help, opens: true } },
    }));
    const { engine, other, nextId, alerts } = bench({ caseTypes: [opening] });
    const id = nextId();
    await engine.execute({ id, name: 'Open', input: { title: 'a' } }, supervisor);
    const call = { id, name: 'Help', input: { what: 'ambulance' } };
    const outcome = await engine.execute(call, nobody);
    expect(outcome).toMatchObject({ kind: 'accepted', events: [{}, { type: 'HelpGiven' }] });
    expect(alerts.map(({ code }) => code)).toEqual(['command-id-reused']);
    const again = await other().execute(call, nobody);
    const caseId = outcome.kind === 'accepted' ? outcome.case.caseId : '';
    expect(again).toMatchObject({ repeated: true, case: { caseId } });
    expect((await engine.history(id)).map(({ type }) => type)).toEqual(['CaseOpened', 'Opened']);
  });
});

describe('a decision that is told apart', () => {
  const noting = (more: object) =>
    defineMatter((spec) => ({
      ...spec,
      commands: { ...spec.commands, Note: { ...spec.commands.Note, records: ['Noted'], ...more } },
    }));
  const repeated = async (caseType: CaseType) => {
    const { engine, other, accept, open, nextId, clock } = bench({ caseTypes: [caseType] });
    const caseId = await open();
    const occurredAt = clock.at;
    clock.forward(HOUR);
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'a' }, occurredAt };
    await engine.execute(command, supervisor);
    clock.forward(DAY);
    await accept('Help', { what: 'ambulance' }, { caseId });
    return other().execute(command, supervisor);
  };

  it('by its time and what it found › is the one that was given first', async () => {
    const decide = (_: unknown, { parts, context, occurredAt }: DecideView) => {
      const found = `${parts.all(help).length} ${JSON.stringify(context)}`;
      return [{ type: 'Noted', data: { note: `${occurredAt} ${found}` } }];
    };
    expect(await repeated(noting({ decide }))).toMatchObject({ repeated: true });
  });

  it('by facts from outside › is taken at its word: they are not asked for again', async () => {
    let asked = 0;
    const facts = () => (asked += 1);
    const decide = (_: unknown, view: DecideView) => [
      { type: 'Noted', data: { note: `${String(view.facts)}` } },
    ];
    expect(await repeated(noting({ decide, facts }))).toMatchObject({ repeated: true });
    expect(asked).toBe(1);
  });

  it('by something that fails now › is taken at its word', async () => {
    let fails = false;
    const decide = (input: { readonly note: string }) => {
      if (fails) throw new RangeError('broken');
      fails = true;
      return [{ type: 'Noted', data: input }];
    };
    expect(await repeated(noting({ decide }))).toMatchObject({ repeated: true });
  });
});

describe('an emergency under a used id', () => {
  const give = (id: string, caseId: string, what: string) => ({
    id,
    name: 'Help',
    caseId,
    input: { what },
  });

  it('with another input › is recorded beside the first, and each is recorded once', async () => {
    const { engine, other, open, nextId, alerts } = bench();
    const caseId = await open();
    const id = nextId();
    for (const what of ['ambulance', 'patrol', 'shelter', 'patrol', 'ambulance', 'shelter']) {
      const outcome = await engine.execute(give(id, caseId, what), nobody);
      expect(outcome).toMatchObject({ kind: 'accepted', events: [{ data: { what } }] });
    }
    const again = await other().execute(give(id, caseId, 'shelter'), nobody);
    expect(again).toMatchObject({ repeated: true, events: [{ data: { what: 'shelter' } }] });
    const helped = (await engine.history(caseId)).filter(({ type }) => type === 'HelpGiven');
    expect(helped).toHaveLength(3);
    expect(alerts.map(({ code }) => code)).toEqual(['command-id-reused', 'command-id-reused']);
  });

  it('is previewed as it will be recorded, and as repeated once it is', async () => {
    const { engine, open, nextId } = bench();
    const caseId = await open();
    const id = nextId();
    await engine.execute(give(id, caseId, 'ambulance'), nobody);
    const preview = await engine.preview(give(id, caseId, 'patrol'), nobody);
    expect(preview).toMatchObject({ events: [{ type: 'HelpGiven', data: { what: 'patrol' } }] });
    expect(preview).not.toHaveProperty('apart');
    await engine.execute(give(id, caseId, 'patrol'), nobody);
    expect(await engine.preview(give(id, caseId, 'patrol'), nobody)).toMatchObject({
      repeated: true,
    });
  });

  it('claimed for a time to come › is recorded once', async () => {
    const { engine, other, open, nextId } = bench();
    const caseId = await open();
    const occurredAt = '2027-01-10T09:00:00.000Z';
    const early = { ...give(nextId(), caseId, 'ambulance'), occurredAt };
    await engine.execute(early, nobody);
    expect(await engine.execute(early, nobody)).toMatchObject({ repeated: true });
    expect(await other().execute(early, nobody)).toMatchObject({ repeated: true });
  });

  it('apart, of another sender or about another time › is another one', async () => {
    const { engine, nextId } = bench();
    const first = { ...give(nextId(), ABSENT, 'patrol'), occurredAt: '2027-01-10T05:00:00.000Z' };
    const later = { ...first, occurredAt: '2027-01-10T05:30:00.000Z' };
    const somebody = { ...nobody, staff: 'x2' };
    const all = [];
    for (const [command, actor] of [
      [first, nobody],
      [later, nobody],
      [first, somebody],
    ] as const) {
      all.push(await engine.execute(command, actor));
    }
    for (const one of all) expect(one).not.toHaveProperty('repeated', true);
    expect(await engine.execute(first, nobody)).toMatchObject({ repeated: true });
    expect(await engine.execute(first, somebody)).toMatchObject({ repeated: true });
  });

  it('while there is no case to take them › both wait apart, and each once', async () => {
    const { engine, other, nextId } = bench();
    const id = nextId();
    const kept = [];
    for (const what of ['ambulance', 'patrol', 'ambulance', 'patrol']) {
      const outcome = await engine.execute(give(id, ABSENT, what), nobody);
      expect(outcome).toMatchObject({ apart: true, events: [{ data: { input: { what } } }] });
      if (outcome.kind === 'accepted' && !outcome.repeated) kept.push(outcome);
    }
    expect(kept).toHaveLength(2);
    const again = await other().execute(give(id, ABSENT, 'patrol'), nobody);
    const events = [{ data: { input: { what: 'patrol' } } }];
    expect(again).toMatchObject({ repeated: true, events });
  });

  it('one in the case and another apart › are both in the case once attached', async () => {
    const { engine, other, store, open, nextId } = bench();
    const caseId = await open();
    const id = nextId();
    await engine.execute(give(id, caseId, 'ambulance'), nobody);
    // A process that does not know this version can only keep it apart.
    const blind = other({ caseTypes: [matterVersion('2.0.0')] });
    const apart = await blind.execute(give(id, caseId, 'patrol'), nobody);
    expect(apart).toMatchObject({ apart: true });
    expect(await engine.attachEmergencies(caseId)).toBe(1);
    expect(await engine.attachEmergencies(caseId)).toBe(0);
    const helped = (await engine.history(caseId)).filter(({ type }) => type === 'HelpGiven');
    expect(helped.map(({ data }) => (data as { what: string }).what)).toEqual([
      'ambulance',
      'patrol',
    ]);
    expect((await store.readStream(`emergency-${caseId}` as never, 0, 9)).entries).toHaveLength(1);
  });
});
