// A command id that comes again and says something else: refused, or, in an emergency, kept beside.
import { describe, expect, it } from 'vitest';
import type { CaseType, DecideView } from '../src/index.ts';
import { bench, codes, DAY, HOUR, supervisor } from './sample/bench.ts';
import { hall, hallPolicy } from './sample/hall.ts';
import { defineMatter, help, matterVersion } from './sample/matter.ts';

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

describe('a decision that is told apart', () => {
  const noting = (more: object) =>
    defineMatter((spec) => ({
      ...spec,
      commands: { ...spec.commands, Note: { ...spec.commands.Note, records: ['Noted'], ...more } },
    }));
  const repeated = async (caseType: CaseType) => {
    const { engine, other, accept, open, nextId, clock } = bench({ caseTypes: [caseType] });
    const caseId = await open();
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    await engine.execute(command, supervisor);
    clock.forward(DAY);
    await accept('Help', { what: 'ambulance' }, { caseId });
    return other().execute(command, supervisor);
  };

  it('by its time and what it found › is the one that was given first', async () => {
    const decide = (_: unknown, { parts, occurredAt }: DecideView) => [
      { type: 'Noted', data: { note: `${occurredAt} ${parts.all(help).length}` } },
    ];
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
