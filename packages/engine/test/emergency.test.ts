// Emergency commands are accepted in every state and under every fault that design.md 5 names.
import {
  MemoryEventStore,
  sealEntry,
  type EventStore,
  type StreamName,
} from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import type { RuleView } from '../src/index.ts';
import { bench, codes, DAY, supervisor, types } from './sample/bench.ts';
import { defineMatter, help as helpKind, matterChart, matterVersion } from './sample/matter.ts';

const nobody = { staff: 'x1', role: 'RCP', office: 'TST' };
const help = { what: 'hospital' };
const neverHelped = {
  code: 'NEVER_HELPED',
  text: { en: 'x', ar: 'س' },
  holds: ({ parts }: Pick<RuleView, 'parts'>) => parts.all(helpKind).length === 0,
};

describe('emergency', () => {
  it('emergency › in every lifecycle state › is accepted from anyone who is identified', async () => {
    const { give, accept, open } = bench();
    const caseId = await open();
    const steps: readonly (readonly [string, object, object?])[] = [
      ['Note', { note: 'a' }],
      ['RecordIncident', { incident: 'i' }],
      ['ProposeClosure', {}],
      ['Close', {}, { ...supervisor, staff: 'sup2' }],
      ['Reopen', {}],
      ['Merge', { into: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ];
    for (const [name, input, actor] of steps) {
      expect(codes(await give('Help', help, { caseId }, nobody))).toBe('accepted');
      await accept(name, input, { caseId }, actor);
    }
  });

  it('emergency › an unknown sender or an unreadable input › is refused, and nothing else is', async () => {
    const { give, open } = bench();
    const caseId = await open();
    expect(codes(await give('Help', help, { caseId }, { staff: 'x' }))).toEqual([
      'AUTHENTICATION_FAILED',
    ]);
    expect(codes(await give('Help', { what: 1 }, { caseId }))).toEqual(['INPUT_INVALID']);
  });

  it('emergency › overdue deadlines and a host that refuses › waits for neither', async () => {
    const { give, accept, open, clock } = bench({
      authorise: ({ command }) => command !== 'Help',
    });
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(10 * DAY);
    expect(types(await give('Help', help, { caseId }, nobody))).toEqual(['HelpGiven']);
  });

  it('emergency › a policy value its consequence needs is missing › goes on', async () => {
    const broken = defineMatter((spec) => ({
      ...spec,
      consequences: [
        ...spec.consequences,
        {
          name: 'needs more than there is',
          on: ['HelpGiven'],
          record: () => [{ type: 'OrderRevoked', data: { orderId: 'absent' } }],
        },
      ],
      invariants: [...spec.invariants, neverHelped],
    }));
    const { give, alerts, open } = bench({ caseTypes: [broken] });
    const caseId = await open();
    const outcome = await give('Help', help, { caseId }, nobody);
    expect(types(outcome)).toEqual(['HelpGiven', 'ConsequenceFailed', 'ConsequenceFailed']);
    expect(outcome.kind === 'accepted' && outcome.events.slice(1).map(({ data }) => data)).toEqual([
      { event: 'OrderRevoked', codes: ['PART_UNKNOWN'] },
      { invariant: 'NEVER_HELPED', codes: ['NEVER_HELPED'] },
    ]);
    expect(alerts.map(({ code }) => code)).toEqual([
      'consequence-left-out',
      'consequence-left-out',
    ]);
  });

  it('emergency › an invariant that it broke › does not stop the steps that mend it', async () => {
    const invariants = [neverHelped];
    const caseTypes = [defineMatter((spec) => ({ ...spec, invariants }))];
    const { give, open, engine } = bench({ caseTypes });
    const caseId = await open();
    expect(codes(await give('Help', help, { caseId }, nobody))).toBe('accepted');
    expect(codes(await give('Note', { note: 'a' }, { caseId }))).toBe('accepted');
    // Help again breaks nothing that was not broken: it is not recorded twice.
    expect(types(await give('Help', help, { caseId }, nobody))).toEqual(['HelpGiven']);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('emergency › an id that another command has used › is recorded under an id of its own', async () => {
    const { engine, open, nextId } = bench();
    const caseId = await open();
    const id = nextId();
    const note = { id, name: 'Note', caseId, input: { note: 'a' } };
    expect(codes(await engine.execute(note, supervisor))).toBe('accepted');
    const call = { id, name: 'Help', caseId, input: help };
    const first = await engine.execute(call, nobody);
    expect(types(first)).toEqual(['HelpGiven']);
    // Given again by the same, it is the same; by someone else, it is another call for help.
    expect(await engine.execute(call, nobody)).toMatchObject({ kind: 'accepted', repeated: true });
    expect(types(await engine.execute(call, supervisor))).toEqual(['HelpGiven']);
    const helps = (await engine.history(caseId)).filter(({ type }) => type === 'HelpGiven');
    expect(helps).toHaveLength(2);
  });

  it('emergency › other writers win again and again › retries past the eighth attempt', async () => {
    const inner = new MemoryEventStore();
    let left = 0;
    const store: EventStore = {
      capabilities: inner.capabilities,
      append: async (request) => {
        const { stream } = request.writes[0];
        left -= 1;
        if (left >= 0) return { kind: 'conflict', stream, expected: 'none', found: 'none' };
        return inner.append(request);
      },
      readStream: (...args) => inner.readStream(...args),
      readAll: (...args) => inner.readAll(...args),
      watch: (signal) => inner.watch(signal),
      close: () => inner.close(),
    };
    const { give, open, engine, nextId } = bench({ store });
    const caseId = await open();
    left = 30;
    expect(codes(await give('Help', help, { caseId }))).toBe('accepted');
    left = 1e9;
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 20);
    const command = { id: nextId(), name: 'Help', caseId, input: help };
    const gaveUp = await engine.execute(command, nobody, { signal: caller.signal });
    expect(gaveUp.kind).toBe('conflict');
  });

  it('emergency › a case that cannot be folded › is recorded apart and attached later', async () => {
    const { open, other, nextId, alerts, engine, store } = bench();
    const caseId = await open();
    const blind = other({ caseTypes: [matterVersion('2.0.0')] });
    const command = { id: nextId(), name: 'Help', caseId, input: help };
    const outcome = await blind.execute(command, nobody);
    expect(outcome).toMatchObject({ kind: 'accepted', apart: true });
    expect(types(outcome)).toEqual(['EmergencyRecordedApart']);
    expect(alerts.map(({ code }) => code)).toEqual(['emergency-recorded-apart']);
    const again = await blind.execute(command, nobody);
    expect(again).toMatchObject({ kind: 'accepted', apart: true, repeated: true });
    expect(await blind.attachEmergencies(caseId)).toBe(0);
    await engine.runDeadlines();
    const attached = (await engine.history(caseId)).at(-1);
    expect(attached).toMatchObject({
      type: 'HelpGiven',
      actor: nobody,
      command: { id: command.id },
    });
    expect(await engine.attachEmergencies(caseId)).toBe(0);
    const apart = await store.readStream(`emergency-${caseId}` as StreamName, 0, 10);
    expect(apart.entries).toHaveLength(1);
    // The retry of an attached emergency finds it in the case.
    expect(types(await engine.execute(command, nobody))).toEqual(['HelpGiven']);
  });

  it('emergency › a case that nobody knows › is recorded apart', async () => {
    const { give } = bench();
    const outcome = await give('Help', help, { caseId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, nobody);
    expect(outcome).toMatchObject({ kind: 'accepted', apart: true });
  });

  it('emergency › a record that differs from its digest › is taken by the case all the same', async () => {
    const { open, accept, other, nextId, engine } = bench();
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    const changed = defineMatter((spec) => ({ ...spec, chart: matterChart(2) }));
    const later = other({ caseTypes: [changed] });
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'b' } };
    expect(codes(await later.execute(note, supervisor))).toEqual(['CASE_READ_ONLY']);
    const command = { id: nextId(), name: 'Help', caseId, input: help };
    expect(types(await later.execute(command, nobody))).toEqual(['HelpGiven']);
    expect((await engine.history(caseId)).at(-1)?.type).toBe('HelpGiven');
  });

  it('emergency › a case that was merged › is recorded in its successor', async () => {
    const { give, accept, open, engine } = bench();
    const survivor = await open('survivor');
    const merged = await open('merged');
    await accept('Merge', { into: survivor }, { caseId: merged });
    const outcome = await give('Help', help, { caseId: merged }, nobody);
    if (outcome.kind !== 'accepted') throw new Error('refused');
    expect(outcome.case.caseId).toBe(survivor);
    expect((await engine.history(merged)).at(-1)?.type).toBe('Merged');
  });

  it('emergency › cases merged in a circle › is recorded in the case that was named', async () => {
    const { give, accept, open } = bench();
    const one = await open();
    const two = await open();
    await accept('Merge', { into: two }, { caseId: one });
    await accept('Merge', { into: one }, { caseId: two });
    const before = await open();
    await accept('Merge', { into: one }, { caseId: before });
    for (const caseId of [one, before]) {
      const outcome = await give('Help', help, { caseId }, nobody);
      expect(outcome.kind === 'accepted' && outcome.case.caseId).toBe(caseId);
    }
  });

  it('emergency › a bench that holds the case in a slow check › does not wait for it', async () => {
    let release: (value: boolean) => void = () => undefined;
    let asked: () => void = () => undefined;
    let slowOnce = false;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const { give, open } = bench({
      authorise: ({ command }) => {
        if (command !== 'Note' || slowOnce) return true;
        slowOnce = true;
        asked();
        return new Promise<boolean>((resolve) => (release = resolve));
      },
    });
    const caseId = await open();
    const slow = give('Note', { note: 'a' }, { caseId });
    await isAsked;
    expect(codes(await give('Help', help, { caseId }))).toBe('accepted');
    release(true);
    expect(codes(await slow)).toBe('accepted');
  });

  it('emergency › one that opens a case › asks neither grant nor host nor for a reason', async () => {
    const opening = defineMatter((spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        Help: { ...spec.commands.Help, opens: true, by: [] },
      },
    }));
    const { give, clock } = bench({ caseTypes: [opening], authorise: () => false });
    const occurredAt = new Date(clock.ms - 3 * DAY).toISOString();
    const outcome = await give('Help', help, { occurredAt }, nobody);
    expect(types(outcome)).toEqual(['CaseOpened', 'HelpGiven']);
  });

  it('emergency › a stream that begins with something else › is recorded apart', async () => {
    const store = new MemoryEventStore();
    const { give } = bench({ store });
    const stream = 'case-01ARZ3NDEKTSV4RRFFQ69G5FAV' as StreamName;
    const at = '2027-01-01T00:00:00.000Z';
    const entry = sealEntry({
      v: 1,
      id: 'x',
      stream,
      position: 0,
      prev: null,
      type: 'Strange',
      schema: 1,
      occurredAt: at,
      recordedAt: at,
      actor: nobody,
      command: { id: 'c', name: 'n' },
      correlation: 'c',
      procedure: 'p',
      data: {},
    });
    await store.append({ writes: [{ stream, expected: 'none', entries: [entry] }] });
    const outcome = await give('Help', help, { caseId: stream.slice(5) }, nobody);
    expect(outcome).toMatchObject({ kind: 'accepted', apart: true });
  });
});

describe('define › emergency', () => {
  it('define › an emergency event with a rule › is refused', () => {
    const withRule = (): unknown =>
      defineMatter((spec) => ({
        ...spec,
        requires: { ...spec.requires, HelpGiven: spec.requires.Noted },
      }));
    expect(withRule).toThrow(/HelpGiven has rules in requires/);
  });

  it('define › an emergency event that some configuration does not take › is refused with it', () => {
    const withoutRoot = (): unknown =>
      defineMatter((spec) => ({
        ...spec,
        commands: {
          ...spec.commands,
          Respond: { ...spec.commands.Respond, polarity: 'protective', emergency: true },
        },
      }));
    expect(withoutRoot).toThrow(/Responded has no unguarded transition in .*safety\.calm/);
  });

  it('define › an emergency that is not protective or waits for others › is refused', () => {
    const wrong = (): unknown =>
      defineMatter((spec) => ({
        ...spec,
        commands: {
          ...spec.commands,
          Help: { ...spec.commands.Help, polarity: 'neutral', reads: () => [] },
        },
      }));
    expect(wrong).toThrow(/not protective.*waits for other streams/);
  });
});
