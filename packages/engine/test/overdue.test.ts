// What is overdue stays a breach, whatever is recorded before a worker has seen it.
import { describe, expect, it } from 'vitest';
import { fromArming, fromDue, type Engine } from '../src/index.ts';
import { DAY, HOUR, START, bench, codes, supervisor, types, type Bench } from './sample/bench.ts';
import { defineMatter, matterChart } from './sample/matter.ts';

const at = (ms: number): string => new Date(Date.parse(START) + ms).toISOString();
const policyOfficer = { staff: 'pol1', role: 'POL', office: 'TST' };

interface View {
  readonly event: { readonly occurredAt: string };
  readonly calendar: { add(at: string, duration: object): string };
}

/** A bench over a matter with one deadline more: a day after the events that arm it. */
function benchWith(deadline: object): Bench {
  const dueAt = ({ event, calendar }: View): string =>
    calendar.add(event.occurredAt, { value: 1, unit: 'days' });
  const probe = { code: 'T-PROBE', disarmedBy: [], dueAt, ...deadline };
  const probed = defineMatter((spec) => ({ ...spec, deadlines: { ...spec.deadlines, probe } }));
  return bench({ caseTypes: [probed] });
}

/** What is recorded of the deadline: type, level, due instant and when it was met. */
async function recorded(engine: Engine, caseId: string): Promise<readonly unknown[]> {
  const events = (await engine.history(caseId)).filter(({ data }) => data['code'] === 'T-PROBE');
  return events.map(({ type, data }) => [
    type,
    data['level'] ?? 0,
    data['dueAt'],
    ...(data['metAt'] === undefined ? [] : [data['metAt']]),
  ]);
}

const help = { what: 'escort' };

describe('overdue', () => {
  it('overdue › met and armed by one late emergency › both armings are kept apart', async () => {
    const test = benchWith({ armedBy: ['HelpGiven'], disarmedBy: ['HelpGiven'] });
    const { accept, open, clock, engine } = test;
    const caseId = await open();
    await accept('Help', help, { caseId });
    clock.forward(1.5 * DAY);
    // An emergency does not catch up: the first period is overdue and not yet recorded as reached.
    const view = (await accept('Help', help, { caseId })).case;
    const mine = view.deadlines.filter(({ code }) => code === 'T-PROBE');
    expect(mine.map(({ dueAt, metAt, status }) => [dueAt, metAt, status])).toEqual([
      [at(DAY), at(1.5 * DAY), 'pending'],
      [at(2.5 * DAY), undefined, 'pending'],
    ]);
    expect(view.deadlineCounts).toEqual({ armed: 3, reached: 0, disarmed: 0, pending: 3 });
    await engine.runDeadlines();
    clock.forward(2 * DAY);
    await engine.runDeadlines();
    expect(await recorded(engine, caseId)).toEqual([
      ['DeadlineReached', 0, at(DAY), at(1.5 * DAY)],
      ['DeadlineReached', 0, at(2.5 * DAY)],
    ]);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('overdue › armed again by a late emergency › is recorded and goes on escalating until met', async () => {
    const marks = [fromDue({ value: 1, unit: 'hours' }, 'HEAD'), fromDue(days(2), 'POL')];
    const test = benchWith({ armedBy: ['HelpGiven'], disarmedBy: ['Closed'], marks });
    const { accept, open, clock, engine } = test;
    const caseId = await open();
    await accept('Help', help, { caseId });
    clock.forward(1.5 * DAY);
    await accept('Help', help, { caseId });
    clock.forward(2 * DAY);
    await engine.runDeadlines();
    expect(await recorded(engine, caseId)).toEqual([
      ['DeadlineReached', 0, at(DAY)],
      ['DeadlineEscalated', 1, at(DAY)],
      ['DeadlineReached', 0, at(2.5 * DAY)],
      ['DeadlineEscalated', 1, at(2.5 * DAY)],
      ['DeadlineEscalated', 2, at(DAY)],
    ]);
    await accept('ProposeClosure', {}, { caseId });
    const closer = { staff: 'sup2', role: 'SUP', office: 'TST' };
    const closed = (await accept('Close', {}, { caseId }, closer)).case;
    clock.forward(30 * DAY);
    await engine.runDeadlines();
    expect(await recorded(engine, caseId)).toHaveLength(5);
    // Of what was reached and met only the latest arming stays in sight.
    const seen = closed.deadlines.filter(({ code }) => code === 'T-PROBE');
    expect(seen.map(({ dueAt, metAt }) => [dueAt, metAt])).toEqual([
      [at(2.5 * DAY), at(3.5 * DAY)],
    ]);
  });

  it('overdue › reported again while pending › disarms, and counts so', async () => {
    const { accept, open, clock } = benchWith({ armedBy: ['HelpGiven'] });
    const caseId = await open();
    await accept('Help', help, { caseId });
    clock.forward(DAY - 1);
    const view = (await accept('Help', help, { caseId })).case;
    expect(view.deadlineCounts).toEqual({ armed: 3, reached: 0, disarmed: 1, pending: 2 });
    expect(view.deadlines.find(({ code }) => code === 'T-PROBE')?.dueAt).toBe(at(DAY));
  });

  it('overdue › moved by an emergency at the due instant › is reached where it was', async () => {
    const test = benchWith({ armedBy: ['IncidentRecorded'], movedBy: ['HelpGiven'] });
    const { accept, open, clock, engine } = test;
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(DAY);
    const due = (view: { deadlines: readonly { code: string; dueAt: string }[] }): unknown =>
      view.deadlines.find(({ code }) => code === 'T-PROBE')?.dueAt;
    expect(due((await accept('Help', help, { caseId })).case)).toBe(at(DAY));
    const inTime = { caseId, occurredAt: at(DAY - HOUR) };
    expect(due((await accept('Help', help, inTime)).case)).toBe(at(2 * DAY - HOUR));
    clock.forward(DAY);
    await engine.runDeadlines();
    expect(await recorded(engine, caseId)).toEqual([
      ['DeadlineReached', 0, at(2 * DAY - HOUR)],
    ]);
  });

  it('overdue › met in time but entered late, by an event that arms anew › is corrected', async () => {
    const test = benchWith({ armedBy: ['Opened', 'Noted'], disarmedBy: ['Noted'] });
    const { accept, open, clock, engine } = test;
    const caseId = await open();
    clock.forward(DAY + HOUR);
    await engine.runDeadlines();
    const late = { caseId, occurredAt: at(DAY - HOUR) };
    const outcome = await accept('Note', { note: 'a' }, late);
    expect(types(outcome)).toEqual(['Noted', 'DeadlineMetLateEntry']);
    expect(outcome.events[1]?.data).toMatchObject({ arming: 1, dueAt: at(DAY) });
    const mine = outcome.case.deadlines.filter(({ code }) => code === 'T-PROBE');
    expect(mine.map(({ dueAt, status }) => [dueAt, status])).toEqual([
      [at(2 * DAY - HOUR), 'pending'],
    ]);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('a due instant › written with an offset › is compared as the instant it is', async () => {
    const local = new Date(Date.parse(START) + 8 * HOUR).toISOString().slice(0, 19);
    const dueAt = (): string => `${local}+03:00`;
    const { accept, open, engine, clock } = benchWith({ armedBy: ['HelpGiven'], dueAt });
    const caseId = await open();
    const view = (await accept('Help', help, { caseId })).case;
    expect(view.deadlines.find(({ code }) => code === 'T-PROBE')?.dueAt).toBe(at(5 * HOUR));
    clock.forward(5 * HOUR);
    await engine.runDeadlines();
    expect(await recorded(engine, caseId)).toHaveLength(1);
  });

  it('a due instant › that is none › is a fault, and no deadline is quietly left out', async () => {
    const dueAt = (): string => 'in a week';
    const { give, open, engine } = benchWith({ armedBy: ['Noted'], dueAt });
    const caseId = await open();
    await expect(give('Note', { note: 'a' }, { caseId })).rejects.toThrow(/instant-invalid/);
    expect(await engine.history(caseId)).toHaveLength(2);
  });

  it('reached in error › by a clock that ran ahead › is corrected at once, marks included', async () => {
    const marks = [fromDue({ value: 1, unit: 'hours' }, 'HEAD'), fromDue(days(2), 'POL')];
    const { accept, open, clock, engine, other } = benchWith({ armedBy: ['HelpGiven'], marks });
    const caseId = await open();
    await accept('Help', help, { caseId });
    clock.jump(10 * DAY);
    // A process that started under the wrong clock has no second opinion.
    await other().runDeadlines();
    expect(await recorded(engine, caseId)).toHaveLength(3);
    clock.jump(-10 * DAY);
    clock.forward(HOUR);
    const wrong = { code: 'T-PROBE', reason: 'the clock ran ahead' };
    const done = await engine.correctDeadline(caseId, wrong, policyOfficer);
    if (done.kind !== 'accepted') throw new Error(done.kind);
    expect(done.events[0]).toMatchObject({ recordedAt: at(10 * DAY), claimedAt: at(HOUR) });
    const [first] = done.case.deadlines;
    expect(first).toMatchObject({ code: 'T-PROBE', status: 'pending', dueAt: at(DAY) });
    expect(first?.marks.map(({ level }) => level)).toEqual([1, 2]);
    clock.forward(11 * DAY);
    await engine.runDeadlines();
    expect(await recorded(engine, caseId)).toHaveLength(7);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('a deadline that is moved › does not tell again whom it has told', async () => {
    const marks = [fromArming({ value: 1, unit: 'hours' }, 'SUP')];
    const { accept, open, clock, engine } = benchWith({
      armedBy: ['IncidentRecorded'],
      movedBy: ['Noted'],
      marks,
    });
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(2 * HOUR);
    await engine.runDeadlines();
    await accept('Note', { note: 'more time' }, { caseId });
    await engine.runDeadlines();
    expect(await recorded(engine, caseId)).toEqual([['DeadlineEscalated', 1, at(DAY)]]);
  });

  it('what is caught up › is late by the engine itself, and says so', async () => {
    const { accept, open, clock, engine } = benchWith({ armedBy: ['IncidentRecorded'] });
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(5 * DAY);
    await engine.runDeadlines();
    const reached = (await engine.history(caseId)).filter(({ type }) => type === 'DeadlineReached');
    expect(reached.length).toBeGreaterThan(0);
    expect(new Set(reached.map(({ lateReason }) => lateReason))).toEqual(new Set(['CAUGHT_UP']));
  });

  it('a preview › is of the case with what is due, and records none of it', async () => {
    const { accept, open, clock, engine, nextId } = benchWith({ armedBy: ['IncidentRecorded'] });
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(1.5 * DAY);
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    const preview = await engine.preview(note, supervisor);
    if (preview.kind !== 'accepted') throw new Error(preview.kind);
    const mine = preview.case.deadlines.filter(({ code }) => code === 'T-PROBE');
    expect(mine.map(({ status }) => status)).toEqual(['reached']);
    expect(await recorded(engine, caseId)).toEqual([]);
  });

  it('a record that diverged › is caught up by nobody', async () => {
    const { accept, open, clock, other, nextId } = bench();
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(3 * DAY);
    const counting = defineMatter((spec) => ({ ...spec, chart: matterChart(2) }));
    const changed = other({ caseTypes: [counting] });
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'b' } };
    expect(codes(await changed.execute(note, supervisor))).toEqual(['CASE_READ_ONLY']);
    const names = (await changed.history(caseId)).map(({ type }) => type);
    expect(names).not.toContain('DeadlineReached');
  });

  it('a clock behind the record › catches nothing up', async () => {
    const { accept, open, clock, other, nextId } = benchWith({ armedBy: ['IncidentRecorded'] });
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(1.5 * DAY);
    await accept('Help', help, { caseId });
    const behind = other({ clock: { now: () => clock.ms - HOUR, monotonicMs: () => 0 } });
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'b' } };
    await expect(behind.execute(note, supervisor)).rejects.toThrow(/clock/);
    expect(await recorded(behind, caseId)).toEqual([]);
  });
});


function days(value: number): { readonly value: number; readonly unit: 'days' } {
  return { value, unit: 'days' };
}
