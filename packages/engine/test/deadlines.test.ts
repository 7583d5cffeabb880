// Deadlines: armed, moved, disarmed and reached by named events, once, whatever else happens.
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, START, bench, codes, supervisor, types } from './sample/bench.ts';

const at = (ms: number): string => new Date(Date.parse(START) + ms).toISOString();

describe('deadlines', () => {
  it('a deadline › armed by an event › is due where policy says, in working days too', async () => {
    const { accept, open, engine } = bench();
    const caseId = await open();
    const view = (await accept('RecordIncident', { incident: 'i' }, { caseId })).case;
    const due = Object.fromEntries(view.deadlines.map(({ code, dueAt }) => [code, dueAt]));
    // Sunday 10 January 09:00 local, plus three working days: Wednesday 14:15 local.
    expect(due).toEqual({ 'T-RESPONSE': at(2 * DAY), 'T-REVIEW': '2027-01-13T11:15:00.000Z' });
    expect((await engine.caseAt(caseId))?.deadlineCounts).toEqual({
      armed: 2,
      reached: 0,
      disarmed: 0,
      pending: 2,
    });
  });

  it('a deadline › its event recorded twice, its state re-entered › does not restart', async () => {
    const { accept, open, clock } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i1' }, { caseId });
    clock.forward(DAY / 2);
    const view = (await accept('RecordIncident', { incident: 'i2' }, { caseId })).case;
    expect(view.context['incidents']).toBe(2);
    const response = view.deadlines.find(({ code }) => code === 'T-RESPONSE');
    expect(response).toMatchObject({ armedAt: at(0), dueAt: at(2 * DAY) });
    expect(view.deadlineCounts).toMatchObject({ armed: 3, disarmed: 1, pending: 2 });
  });

  it('a deadline › after the first was met › is armed afresh', async () => {
    const { accept, open, clock } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i1' }, { caseId });
    await accept('Respond', {}, { caseId });
    clock.forward(HOUR);
    const view = (await accept('RecordIncident', { incident: 'i2' }, { caseId })).case;
    expect(view.deadlines.find(({ code }) => code === 'T-RESPONSE')?.dueAt).toBe(
      at(HOUR + 2 * DAY),
    );
  });

  it('marks › before and after the due instant › are recorded once each, oldest first', async () => {
    const { accept, open, clock, engine } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i1' }, { caseId });
    clock.forward(10 * DAY);
    expect(await engine.runDeadlines()).toMatchObject({ kind: 'ran', cases: 1 });
    await engine.runDeadlines();
    const events = (await engine.history(caseId)).filter(({ actor }) => actor.role === 'SYS');
    const seen = events.map(({ type, occurredAt, data }) => [
      type,
      data['level'] ?? 0,
      occurredAt,
    ]);
    expect(seen).toEqual([
      ['DeadlineEscalated', 1, at(DAY)],
      ['DeadlineReached', 0, at(2 * DAY)],
      ['DeadlineEscalated', 2, at(2 * DAY + HOUR)],
      ['DeadlineEscalated', 3, at(3 * DAY)],
      ['DeadlineReached', 0, '2027-01-13T11:15:00.000Z'],
      ['Linked', 0, '2027-01-13T11:15:00.000Z'],
    ]);
    expect(events.every(({ recordedAt }) => recordedAt === at(10 * DAY))).toBe(true);
  });

  it('catch-up › before a command that is then refused › is recorded all the same', async () => {
    const { give, accept, open, clock, engine } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i1' }, { caseId });
    clock.forward(2 * DAY);
    expect(codes(await give('Reopen', {}, { caseId }))).toEqual(['INVALID_TRANSITION']);
    const types_ = (await engine.history(caseId)).map(({ type }) => type);
    expect(types_.filter((type) => type === 'DeadlineReached')).toHaveLength(1);
  });

  it('a deadline › reached by four workers at once › is recorded exactly once', async () => {
    const { accept, open, clock, engine, other } = bench();
    const caseIds = await Promise.all(Array.from({ length: 8 }, () => open()));
    for (const caseId of caseIds) await accept('RecordIncident', { incident: 'i' }, { caseId });
    const engines = [engine, other(), other(), other()];
    clock.forward(2 * DAY);
    await Promise.all(engines.map((one) => one.runDeadlines()));
    for (const caseId of caseIds) {
      const reached = (await engine.history(caseId)).filter(
        ({ type }) => type === 'DeadlineReached',
      );
      expect(reached).toHaveLength(1);
    }
  });

  it('a deadline of a part › moved, reached › leaves the state that waits for it, in that part only', async () => {
    const { accept, open, clock, engine } = bench();
    const caseId = await open();
    for (const orderId of ['o1', 'o2']) {
      await accept('RequestOrder', { orderId }, { caseId });
      await accept('IssueOrder', { orderId, until: at(3 * HOUR) }, { caseId });
    }
    await accept('ExtendOrder', { orderId: 'o2', until: at(9 * HOUR) }, { caseId });
    clock.forward(4 * HOUR);
    await engine.runDeadlines();
    const orders = async (): Promise<unknown> =>
      (await engine.caseAt(caseId))?.parts.map(({ id, states }) => [id, ...states]);
    expect(await orders()).toEqual([
      ['o1', 'expired'],
      ['o2', 'issued'],
    ]);
    clock.forward(6 * HOUR);
    await engine.runDeadlines();
    expect(await orders()).toEqual([
      ['o1', 'expired'],
      ['o2', 'expired'],
    ]);
  });

  it('a part › asked about an instant of the past › answers by when events occurred', async () => {
    const { accept, open, clock, engine } = bench();
    const caseId = await open();
    await accept('RequestOrder', { orderId: 'o' }, { caseId });
    clock.forward(HOUR);
    await accept('IssueOrder', { orderId: 'o', until: at(3 * HOUR) }, { caseId });
    clock.forward(4 * HOUR);
    await engine.runDeadlines();
    const part = (await engine.caseAt(caseId))?.parts[0];
    const instants = [0, HOUR, 3 * HOUR - 1, 3 * HOUR].map((ms) => at(ms) as never);
    expect(instants.map((when) => part?.wasIn('issued', when))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('met too late › the event counts, escalation ends, and the breach stays recorded', async () => {
    const { accept, open, clock, engine } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(2 * DAY + 1);
    // An emergency does not catch up: the deadline is overdue and not yet recorded as reached.
    await accept('Help', { what: 'escort' }, { caseId });
    const pending = (await engine.caseAt(caseId))?.deadlines.find(
      ({ code }) => code === 'T-RESPONSE',
    );
    expect(pending).toMatchObject({ status: 'pending', metAt: at(2 * DAY + 1) });
    clock.forward(10 * DAY);
    await engine.runDeadlines();
    const events = (await engine.history(caseId)).filter(
      ({ data }) => data['code'] === 'T-RESPONSE',
    );
    expect(events.map(({ type, data }) => [type, data['metAt']])).toEqual([
      ['DeadlineReached', at(2 * DAY + 1)],
    ]);
  });

  it('met in time, recorded after it was reached › a correction follows', async () => {
    const { accept, open, clock, engine } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(2 * DAY + HOUR / 2);
    await engine.runDeadlines();
    const outcome = await accept('Respond', {}, { caseId, occurredAt: at(2 * DAY - 1) });
    expect(types(outcome)).toEqual(['Responded', 'DeadlineMetLateEntry']);
    clock.forward(10 * DAY);
    await engine.runDeadlines();
    const levels = (await engine.history(caseId))
      .filter(({ type, data }) => type === 'DeadlineEscalated' && data['code'] === 'T-RESPONSE')
      .map(({ data }) => data['level']);
    expect(levels).toEqual([1]);
  });

  it('met at the due instant itself › is too late', async () => {
    const { accept, open, clock } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(2 * DAY);
    const outcome = await accept('Respond', {}, { caseId });
    const counts = outcome.case.deadlineCounts;
    expect(counts).toEqual({ armed: 2, reached: 1, disarmed: 0, pending: 1 });
  });

  it('reached in error › the correction arms it again', async () => {
    const { accept, open, clock, engine } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(2 * DAY);
    await engine.runDeadlines();
    const policyOfficer = { staff: 'pol1', role: 'POL', office: 'TST' };
    const wrong = { code: 'T-RESPONSE', reason: 'the clock was wrong' };
    expect(codes(await engine.correctDeadline(caseId, wrong, supervisor))).toEqual([
      'NOT_PERMITTED',
    ]);
    const done = await engine.correctDeadline(caseId, wrong, policyOfficer);
    expect(types(done)).toEqual(['DeadlineReachedInError']);
    const view = await engine.caseAt(caseId);
    expect(view?.deadlineCounts).toEqual({ armed: 3, reached: 1, disarmed: 0, pending: 2 });
    expect(view?.deadlines[0]).toMatchObject({ code: 'T-RESPONSE', status: 'pending' });
  });

  it('a consequence of a deadline › that is not possible › is left out, recorded and alerted', async () => {
    const { accept, open, clock, engine, alerts } = bench();
    const caseId = await open();
    await accept('ProposeClosure', {}, { caseId });
    clock.forward(5 * DAY);
    await engine.runDeadlines();
    const last = (await engine.history(caseId)).slice(-2).map(({ type }) => type);
    expect(last).toEqual(['DeadlineReached', 'ConsequenceFailed']);
    expect(alerts.map(({ code }) => code)).toEqual(['consequence-left-out']);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });
});
