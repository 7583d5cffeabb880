// The straight line of a command: what each step refuses, records and leaves alone.
import { canonicalize, verifyStore } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bench, clerk, codes, DAY, HOUR, supervisor, types } from './sample/bench.ts';
import { defineMatter } from './sample/matter.ts';

describe('execute', () => {
  it('execute › an opening command › opens a case named by its id and pins the procedure', async () => {
    const { engine, nextId } = bench();
    const id = nextId();
    const outcome = await engine.execute({ id, name: 'Open', input: { title: 't' } }, clerk);
    expect(types(outcome)).toEqual(['CaseOpened', 'Opened']);
    if (outcome.kind !== 'accepted') return;
    expect(outcome.case.caseId).toBe(id);
    expect(outcome.case.states).toEqual(['lifecycle.open', 'safety.calm', 'talks.none']);
    expect(outcome.events[0]?.data).toMatchObject({ caseType: 'test.matter', version: '1.0.0' });
    expect(outcome.events[1]?.after).toHaveLength(22);
  });

  it('execute › every rule that is violated › is named, by invariant then code', async () => {
    const { give, accept, open } = bench();
    const caseId = await open();
    for (let count = 0; count < 5; count += 1) await accept('Note', { note: 'a' }, { caseId });
    const outcome = await give('Note', { note: ' ' }, { caseId });
    expect(codes(outcome)).toEqual(['ASKED_TOO_OFTEN', 'NOTE_EMPTY']);
  });

  it('execute › a rule fails in one region and another would react › refuses the event whole', async () => {
    const { give, accept, open, engine } = bench();
    const caseId = await open();
    for (let count = 0; count < 5; count += 1) await accept('Note', { note: 'a' }, { caseId });
    // `safety.calm` has an unguarded transition for Noted: it must not mask the refusal.
    expect(codes(await give('Note', { note: 'b' }, { caseId }))).toEqual(['ASKED_TOO_OFTEN']);
    expect((await engine.caseAt(caseId))?.context['asked']).toBe(5);
  });

  it('execute › nothing reacts and no rule is violated › says INVALID_TRANSITION alone', async () => {
    const { give, open } = bench();
    const caseId = await open();
    expect(codes(await give('Reopen', {}, { caseId }))).toEqual(['INVALID_TRANSITION']);
  });

  it('execute › a refusal › shows detail only where the rule discloses it', async () => {
    const { give, accept, open } = bench();
    const caseId = await open();
    for (let count = 0; count < 5; count += 1) await accept('Note', { note: 'a' }, { caseId });
    const outcome = await give('Note', { note: '' }, { caseId });
    if (outcome.kind !== 'refused') throw new Error('accepted');
    expect(outcome.violations[0]?.detail).toEqual({ asked: 5 });
    expect(outcome.violations[1]?.detail).toBeUndefined();
  });

  it('execute › a wrong input › is refused with path and problem', async () => {
    const { give, open } = bench();
    const caseId = await open();
    const outcome = await give('Note', { note: 7 }, { caseId });
    expect(codes(outcome)).toEqual(['INPUT_INVALID']);
    expect(JSON.stringify(outcome)).toContain('note: ');
    expect(codes(await give('Absent', {}, { caseId }))).toEqual(['COMMAND_UNKNOWN']);
    expect(codes(await give('Note', { note: 'a' }, { caseId: 'none' }))).toEqual([
      'CASE_UNKNOWN',
    ]);
  });

  it('execute › an unknown sender › is refused before the case is looked at', async () => {
    const { engine, nextId, open } = bench();
    const caseId = await open();
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    expect(codes(await engine.execute(command, { staff: 'x' }))).toEqual([
      'AUTHENTICATION_FAILED',
    ]);
  });

  it('execute › someone without a grant › gets NOT_PERMITTED alone and no rule of the case', async () => {
    const { give, open } = bench();
    const caseId = await open();
    const nobody = { staff: 'rcp1', role: 'RCP', office: 'TST' };
    expect(codes(await give('Note', { note: '' }, { caseId }, nobody))).toEqual([
      'NOT_PERMITTED',
    ]);
  });

  it('execute › a grant for the assigned › asks for the assignment', async () => {
    const { give, accept, open } = bench();
    const caseId = await open();
    expect(codes(await give('ProposeClosure', {}, { caseId }, clerk))).toEqual(['NOT_PERMITTED']);
    await accept('Assign', { staff: clerk.staff }, { caseId });
    expect(codes(await give('ProposeClosure', {}, { caseId }, clerk))).toBe('accepted');
  });

  it('execute › proposer approves › is refused with the duty alone', async () => {
    const { give, accept, open } = bench();
    const caseId = await open();
    await accept('ProposeClosure', {}, { caseId }, supervisor);
    expect(codes(await give('Close', {}, { caseId }, supervisor))).toEqual([
      'SEPARATION_OF_DUTIES',
    ]);
    const asClerk = { ...clerk, staff: supervisor.staff };
    expect(codes(await give('Close', {}, { caseId }, asClerk))).toEqual(['SEPARATION_OF_DUTIES']);
    const other = { ...supervisor, staff: 'sup2' };
    expect(codes(await give('Close', {}, { caseId }, other))).toBe('accepted');
  });

  it('execute › the host has its own say › adds its violations or refuses without reason', async () => {
    const text = { en: 'no', ar: 'لا' };
    const { give } = bench({
      authorise: ({ command }) => (command === 'Open' ? [{ code: 'HOST_SAYS_NO', text }] : false),
    });
    expect(codes(await give('Open', { title: 'x' }))).toEqual(['HOST_SAYS_NO']);
  });

  it('execute › a part that is unknown or used › is refused by name', async () => {
    const { give, accept, open } = bench();
    const caseId = await open();
    const until = '2027-03-01T00:00:00Z';
    const unknown = await give('IssueOrder', { orderId: 'o1', until }, { caseId });
    expect(codes(unknown)).toEqual(['PART_UNKNOWN']);
    await accept('RequestOrder', { orderId: 'o1' }, { caseId });
    const used = await give('RequestOrder', { orderId: 'o1' }, { caseId });
    expect(codes(used)).toEqual(['PART_EXISTS']);
  });

  it('execute › consequences › are recorded in the same append with the time of their trigger', async () => {
    const { accept, open, clock } = bench();
    const caseId = await open();
    await accept('ScheduleSession', { sessionId: 's1' }, { caseId });
    await accept('RequestOrder', { orderId: 'o1' }, { caseId });
    clock.forward(HOUR);
    const occurredAt = '2027-01-10T06:30:00Z';
    const until = '2027-03-01T00:00:00Z';
    const outcome = await accept('IssueOrder', { orderId: 'o1', until }, { caseId, occurredAt });
    expect(types(outcome)).toEqual(['OrderIssued', 'SessionCancelled']);
    const [issued, cancelled] = outcome.events;
    expect(cancelled?.occurredAt).toBe(issued?.occurredAt);
    expect(issued?.after).toBeUndefined();
    expect(cancelled?.after).toHaveLength(22);
    expect(outcome.case.parts.find(({ id }) => id === 's1')?.status).toBe('ended');
  });

  it('execute › an invariant that the decision breaks › refuses it, opening a case included', async () => {
    const invariant = (holds: (context: { asked: number }) => boolean) => ({
      code: 'BROKEN',
      invariant: 'INV-98',
      text: { en: 'x', ar: 'س' },
      holds: (state: { context: { asked: number } }) => holds(state.context),
    });
    const under = (holds: (context: { asked: number }) => boolean) =>
      bench({
        caseTypes: [defineMatter((spec) => ({ ...spec, invariants: [invariant(holds)] }))],
      });
    const { give, open, engine } = under(({ asked }) => asked < 1);
    const caseId = await open();
    const refused = await give('Note', { note: 'a' }, { caseId });
    expect(refused).toMatchObject({ violations: [{ code: 'BROKEN', invariant: 'INV-98' }] });
    expect(await engine.history(caseId)).toHaveLength(2);
    const never = under(() => false);
    expect(codes(await never.give('Open', { title: 'x' }))).toEqual(['BROKEN']);
  });

  it('execute › several events of one name › are judged each, and no other after a refusal', async () => {
    const session = (sessionId: string) => ({ type: 'SessionScheduled', data: { sessionId } });
    const wanted = [session('known'), session('new'), { type: 'Noted', data: { note: '' } }];
    const Several = {
      input: z.strictObject({}),
      polarity: 'neutral',
      by: ['SUP'],
      records: ['SessionScheduled', 'Noted'],
      decide: () => wanted,
    };
    const change = (spec: { commands: object }) => ({
      ...spec,
      commands: { ...spec.commands, Several },
    });
    const { give, accept, open } = bench({ caseTypes: [defineMatter(change)] });
    const caseId = await open();
    await accept('ScheduleSession', { sessionId: 'known' }, { caseId });
    await accept('RequestOrder', { orderId: 'o' }, { caseId });
    const outcome = await give('Several', {}, { caseId });
    expect(codes(outcome)).toEqual(['BLOCKED_BY_ORDER', 'PART_EXISTS']);
  });

  it('execute › a consequence with data of another shape › is a fault, and left out in need', async () => {
    const wrong = (on: string) => ({
      name: `wrong after ${on}`,
      on: [on],
      record: () => [{ type: 'Linked', data: { other: 7 } }],
    });
    const caseTypes = [
      defineMatter((spec) => ({ ...spec, consequences: [wrong('Noted'), wrong('HelpGiven')] })),
    ];
    const { give, open, engine } = bench({ caseTypes });
    const caseId = await open();
    const note = give('Note', { note: 'a' }, { caseId });
    await expect(note).rejects.toThrow(/decision-broken.*consequence "wrong after Noted".*Linked/);
    const helped = await give('Help', { what: 'x' }, { caseId });
    expect(types(helped)).toEqual(['HelpGiven', 'ConsequenceFailed']);
    expect(await engine.history(caseId)).toHaveLength(4);
  });

  it('execute › a consequence that records what it does not declare › is a fault', async () => {
    const undeclared = {
      name: 'more than it says',
      on: ['Noted'],
      records: ['HelpGiven'],
      record: () => [{ type: 'Linked', data: { other: 'x' } }],
    };
    const caseTypes = [defineMatter((spec) => ({ ...spec, consequences: [undeclared] }))];
    const { give, open } = bench({ caseTypes });
    const caseId = await open();
    await expect(give('Note', { note: 'a' }, { caseId })).rejects.toThrow(
      /decision-broken.*does not declare that it records Linked/,
    );
  });

  it('execute › consequences without end › are refused at 64 events', async () => {
    const { give, open } = bench();
    const caseId = await open();
    expect(types(await give('Burst', { left: 63 }, { caseId }))).toHaveLength(64);
    expect(codes(await give('Burst', { left: 64 }, { caseId }))).toEqual(['TOO_MANY_EVENTS']);
  });

  it('execute › an event from the future › is refused, and a late one needs a reason', async () => {
    const { give, open, clock } = bench();
    const caseId = await open();
    const note = { note: 'a' };
    const future = new Date(clock.ms + 1).toISOString();
    expect(codes(await give('Note', note, { caseId, occurredAt: future }))).toEqual([
      'OCCURRED_IN_FUTURE',
    ]);
    const late = new Date(clock.ms - DAY - 1).toISOString();
    expect(codes(await give('Note', note, { caseId, occurredAt: late }))).toEqual([
      'LATE_ENTRY_REASON_REQUIRED',
    ]);
    expect(
      codes(await give('Note', note, { caseId, occurredAt: late, lateReason: 'power cut' })),
    ).toBe('accepted');
  });

  it('execute › the offer is dated back by three days › the wait has not elapsed', async () => {
    const { give, accept, open, clock } = bench();
    const caseId = await open();
    clock.forward(4 * DAY);
    const occurredAt = new Date(clock.ms - 3 * DAY).toISOString();
    await accept('Offer', {}, { caseId, occurredAt, lateReason: 'forgotten' });
    expect(codes(await give('Consent', {}, { caseId }))).toEqual(['COOLING_OFF_NOT_ELAPSED']);
    clock.forward(48 * HOUR - 1);
    expect(codes(await give('Consent', {}, { caseId }))).toEqual(['COOLING_OFF_NOT_ELAPSED']);
    clock.forward(1);
    expect(codes(await give('Consent', {}, { caseId }))).toBe('accepted');
  });

  it('execute › two orders in two parts › never forget each other', async () => {
    const { give, accept, open } = bench();
    const caseId = await open();
    const until = '2027-03-01T00:00:00Z';
    for (const orderId of ['o1', 'o2']) {
      await accept('RequestOrder', { orderId }, { caseId });
      await accept('IssueOrder', { orderId, until }, { caseId });
    }
    await accept('RevokeOrder', { orderId: 'o2' }, { caseId });
    const blocked = await give('ScheduleSession', { sessionId: 's' }, { caseId });
    expect(codes(blocked)).toEqual(['BLOCKED_BY_ORDER']);
    await accept('RevokeOrder', { orderId: 'o1' }, { caseId });
    expect(codes(await give('ScheduleSession', { sessionId: 's' }, { caseId }))).toBe('accepted');
  });

  it('execute › another stream is read › its head is recorded and checked', async () => {
    const { give, accept, open, engine } = bench();
    const caseId = await open();
    const other = await open();
    await accept('ScheduleSession', { sessionId: 's1', other }, { caseId });
    const event = (await engine.history(caseId)).at(-1);
    expect(event?.reads).toEqual([
      expect.objectContaining({ stream: `case-${other}`, position: 1 }),
    ]);
    await accept('RequestOrder', { orderId: 'o' }, { caseId: other });
    await accept(
      'IssueOrder',
      { orderId: 'o', until: '2027-03-01T00:00:00Z' },
      { caseId: other },
    );
    const outcome = await give('ScheduleSession', { sessionId: 's2', other }, { caseId });
    expect(codes(outcome)).toEqual(['BLOCKED_ELSEWHERE']);
    const absent = await accept(
      'ScheduleSession',
      { sessionId: 's3', other: 'none' },
      { caseId },
    );
    expect(absent.events[0]?.reads).toEqual([{ stream: 'case-none', position: -1, hash: '' }]);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('preview › a command › answers what execute would and writes nothing', async () => {
    const { engine, store, nextId, open } = bench();
    const caseId = await open();
    const before = (await store.readAll(-1n as never, 1_000)).entries.length;
    const good = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    const preview = await engine.preview(good, supervisor);
    expect(preview).toMatchObject({ kind: 'accepted', events: [{ type: 'Noted' }] });
    const bad = await engine.preview({ ...good, input: { note: '' } }, supervisor);
    expect(bad).toMatchObject({ kind: 'refused', violations: [{ code: 'NOTE_EMPTY' }] });
    expect((await store.readAll(-1n as never, 1_000)).entries).toHaveLength(before);
    const done = await engine.execute(good, supervisor);
    expect(done.kind === 'accepted' && canonicalize(done.case.context)).toBe(
      preview.kind === 'accepted' && canonicalize(preview.case.context),
    );
  });

  it('execute › what was recorded › verifies', async () => {
    const { store, accept, open } = bench();
    const caseId = await open();
    await accept('Note', { note: 'مرحبا' }, { caseId });
    expect((await verifyStore(store)).firstBad).toBeUndefined();
  });
});
