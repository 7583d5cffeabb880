// Law 2: of two writers one wins, and a retried command records once and answers the same.
import { MemoryEventStore, type EventStore, type StreamName } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { bench, codes, supervisor, types } from './sample/bench.ts';

describe('execute › idempotency', () => {
  it('a retried command › after the state moved on › answers the first outcome', async () => {
    const { engine, accept, open, nextId } = bench();
    const caseId = await open();
    const command = { id: nextId(), name: 'RecordIncident', caseId, input: { incident: 'i1' } };
    const first = await engine.execute(command, supervisor);
    if (first.kind !== 'accepted') throw new Error('refused');
    const seen = { events: first.events, states: first.case.states, context: first.case.context };
    await accept('Respond', {}, { caseId });
    await accept('ProposeClosure', {}, { caseId });
    const again = await engine.execute(command, supervisor);
    if (again.kind !== 'accepted') throw new Error('refused');
    expect(again.repeated).toBe(true);
    expect(again.events).toEqual(seen.events);
    expect(again.case.states).toEqual(seen.states);
    expect(again.case.context).toEqual(seen.context);
    expect(
      (await engine.history(caseId)).filter(({ type }) => type === 'IncidentRecorded'),
    ).toHaveLength(1);
  });

  it('a retried command › in another process › answers the first outcome', async () => {
    const { engine, other, open, nextId } = bench();
    const caseId = await open();
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    const first = await engine.execute(command, supervisor);
    const again = await other().execute(command, supervisor);
    expect(types(again)).toEqual(types(first));
  });

  it('a retried opening › twenty at once in two processes › opens one case', async () => {
    const { engine, other, store, nextId } = bench();
    const engines = [engine, other()];
    const command = { id: nextId(), name: 'Open', input: { title: 't' } };
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => engines[index % 2]?.execute(command, supervisor)),
    );
    expect(new Set(all.map((outcome) => JSON.stringify(outcome && types(outcome)))).size).toBe(1);
    const { entries } = await store.readStream(`case-${command.id}` as StreamName, 0, 100);
    expect(entries).toHaveLength(2);
  });

  it('a command id › used again under another name › is refused', async () => {
    const { engine, open, nextId } = bench();
    const caseId = await open();
    const id = nextId();
    await engine.execute({ id, name: 'Note', caseId, input: { note: 'a' } }, supervisor);
    const reused = await engine.execute({ id, name: 'Respond', caseId, input: {} }, supervisor);
    expect(codes(reused)).toEqual(['COMMAND_ID_REUSED']);
  });

  it('a command id › that someone else used › is refused and shows nothing of the case', async () => {
    const { engine, open, nextId } = bench();
    const caseId = await open();
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    await engine.execute(command, supervisor);
    const outsider = { staff: 'x1', role: 'RCP', office: 'TST' };
    expect(codes(await engine.execute(command, outsider))).toEqual(['COMMAND_ID_REUSED']);
    const preview = await engine.preview(command, outsider);
    expect(preview).toMatchObject({ violations: [{ code: 'COMMAND_ID_REUSED' }] });
  });

  it('a refused command id › given again after the state changed › is judged anew', async () => {
    const { engine, accept, open, nextId } = bench();
    const caseId = await open();
    const command = { id: nextId(), name: 'Respond', caseId, input: {} };
    expect(codes(await engine.execute(command, supervisor))).toEqual(['INVALID_TRANSITION']);
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    expect(codes(await engine.execute(command, supervisor))).toBe('accepted');
  });

  it('two processes › at one head › both are recorded, one after the other', async () => {
    const { engine, other, open, nextId } = bench();
    const second = other();
    const caseId = await open();
    const note = (): object => ({ id: nextId(), name: 'Note', caseId, input: { note: 'a' } });
    await engine.execute(note() as never, supervisor);
    await second.execute(note() as never, supervisor);
    const outcomes = await Promise.all(
      [engine, second, engine].map((one) => one.execute(note() as never, supervisor)),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
    expect((await engine.caseAt(caseId))?.context['asked']).toBe(5);
    // The rule counts to five: a decision from a stale cache would have let a sixth through.
    expect(codes(await second.execute(note() as never, supervisor))).toEqual(['ASKED_TOO_OFTEN']);
    expect(codes(await engine.execute(note() as never, supervisor))).toEqual(['ASKED_TOO_OFTEN']);
  });

  it('a refusal from a cached state › when another process made it possible › is not given', async () => {
    const { engine, other, open, nextId } = bench();
    const caseId = await open();
    const respond = { id: nextId(), name: 'Respond', caseId, input: {} };
    expect(codes(await engine.execute(respond, supervisor))).toEqual(['INVALID_TRANSITION']);
    const incident = { id: nextId(), name: 'RecordIncident', caseId, input: { incident: 'i' } };
    await other().execute(incident, supervisor);
    expect(codes(await engine.execute(respond, supervisor))).toBe('accepted');
  });

  it('expectedPosition › someone else has written since › is a conflict; the engine is nobody', async () => {
    const { give, accept, open, clock, engine } = bench();
    const caseId = await open();
    const seen = (await accept('RecordIncident', { incident: 'i' }, { caseId })).case.position;
    clock.forward(5 * 24 * 3_600_000);
    await engine.runDeadlines();
    const mine = await give('Respond', {}, { caseId, expectedPosition: seen });
    expect(codes(mine)).toBe('accepted');
    const late = await give('Note', { note: 'a' }, { caseId, expectedPosition: seen });
    expect(late).toEqual({ kind: 'conflict', attempts: 1 });
  });

  it('a store that always conflicts › eight attempts › answers conflict', async () => {
    const inner = new MemoryEventStore();
    let appends = 0;
    const store: EventStore = {
      capabilities: inner.capabilities,
      append: async (request) => {
        const { stream } = request.writes[0];
        if (!stream.startsWith('case-') || appends === 0) {
          appends += stream.startsWith('case-') ? 1 : 0;
          return inner.append(request);
        }
        appends += 1;
        return { kind: 'conflict', stream, expected: 'none', found: 'none' };
      },
      readStream: (...args) => inner.readStream(...args),
      readAll: (...args) => inner.readAll(...args),
      watch: (signal) => inner.watch(signal),
      close: () => inner.close(),
    };
    const { give, open } = bench({ store });
    const caseId = await open();
    expect(await give('Note', { note: 'a' }, { caseId })).toEqual({
      kind: 'conflict',
      attempts: 8,
    });
    expect(appends).toBe(9);
  });
});

describe('audit', () => {
  it('audit › 64 refusals at once › are in one stream, in few appends, without inputs', async () => {
    const inner = new MemoryEventStore();
    let conflicts = 0;
    let appends = 0;
    const store: EventStore = {
      capabilities: inner.capabilities,
      append: async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        const outcome = await inner.append(request);
        if (request.writes[0].stream.startsWith('audit-')) {
          appends += 1;
          if (outcome.kind === 'conflict') conflicts += 1;
        }
        return outcome;
      },
      readStream: (...args) => inner.readStream(...args),
      readAll: (...args) => inner.readAll(...args),
      watch: (signal) => inner.watch(signal),
      close: () => inner.close(),
    };
    const { give, open } = bench({ store });
    const caseId = await open();
    const all = await Promise.all(
      Array.from({ length: 64 }, () => give('Reopen', { secret: 1 }, { caseId: `${caseId}` })),
    );
    expect(all.every(({ kind }) => kind === 'refused')).toBe(true);
    const { entries } = await store.readStream('audit-w1-2027-01-10' as StreamName, 0, 1_000);
    expect(entries).toHaveLength(64);
    expect(conflicts).toBe(0);
    expect(appends).toBeLessThan(64);
    const text = entries.map(({ bytes }) => Buffer.from(bytes).toString()).join('');
    expect(text).toContain('"caseId"');
    expect(text).not.toContain('secret');
  });

  it('audit › a process that restarts under its name › goes on with its stream', async () => {
    const { give, open, other, nextId, store } = bench();
    const caseId = await open();
    await give('Respond', {}, { caseId });
    const restarted = other({ writer: 'w1' });
    await restarted.execute({ id: nextId(), name: 'Respond', caseId, input: {} }, supervisor);
    const { entries } = await store.readStream('audit-w1-2027-01-10' as StreamName, 0, 10);
    expect(entries.map(({ type }) => type)).toEqual(['CommandRefused', 'CommandRefused']);
  });

  it('audit › cannot be written › alerts and still answers the refusal', async () => {
    const inner = new MemoryEventStore();
    const store: EventStore = {
      capabilities: inner.capabilities,
      append: (request) =>
        request.writes[0].stream.startsWith('audit-')
          ? Promise.reject(new Error('no room'))
          : inner.append(request),
      readStream: (...args) => inner.readStream(...args),
      readAll: (...args) => inner.readAll(...args),
      watch: (signal) => inner.watch(signal),
      close: () => inner.close(),
    };
    const { give, open, alerts } = bench({ store });
    const caseId = await open();
    expect(codes(await give('Respond', {}, { caseId }))).toEqual(['INVALID_TRANSITION']);
    expect(alerts.map(({ code }) => code)).toEqual(['audit-not-recorded']);
  });
});
