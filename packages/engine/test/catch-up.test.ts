// Catching up ends, whatever a definition arms: what waits for the next catch-up is told, not lost.
import { assign, setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { DAY, START, bench, types, type Bench } from './sample/bench.ts';
import { defineMatter, matterVersion } from './sample/matter.ts';

type Spec = Parameters<NonNullable<Parameters<typeof defineMatter>[0]>>[0];
interface View {
  readonly event: { readonly occurredAt: string; readonly data: unknown };
  readonly calendar: { add(at: string, duration: object): string };
}

const at = (ms: number): string => new Date(Date.parse(START) + ms).toISOString();

/** A matter in which what follows from reaching T-ROUND arms it again, `minutes` later. */
function turning(minutes: number) {
  return (spec: Spec): object => ({
    ...spec,
    deadlines: {
      ...spec.deadlines,
      round: {
        code: 'T-ROUND',
        armedBy: ['Burst'],
        disarmedBy: [],
        dueAt: ({ event, calendar }: View) =>
          calendar.add(event.occurredAt, { value: minutes, unit: 'minutes' }),
      },
    },
    consequences: [
      {
        name: 'round and round',
        on: ['DeadlineReached'],
        when: ({ event }: View) => (event.data as { code: string }).code === 'T-ROUND',
        record: () => [{ type: 'Burst', data: { left: 0 } }],
      },
    ],
  });
}

const about = (test: Bench, code: string): readonly (string | undefined)[] =>
  test.alerts.filter((alert) => alert.code === code).map(({ caseId }) => caseId);

async function reachedOf({ engine }: Bench, caseId: string, code: string): Promise<string[]> {
  const events = await engine.history(caseId);
  return events
    .filter(({ type, data }) => type === 'DeadlineReached' && data['code'] === code)
    .map(({ occurredAt }) => occurredAt);
}

/** A matter in which an order cannot expire: the step that its deadline brings about throws. */
function withoutExpiry() {
  const lapse = (): never => {
    throw new RangeError('saw the shelter at Road 2803');
  };
  const chart = setup({ delays: { orderExpiry: 0 } }).createMachine({
    id: 'order',
    initial: 'requested',
    states: {
      requested: { on: { OrderIssued: 'issued' } },
      issued: { after: { orderExpiry: { target: 'expired', actions: assign(lapse) } } },
      expired: {},
    },
  });
  return defineMatter((spec) => ({
    ...spec,
    parts: { ...spec.parts, order: { ...spec.parts.order, chart } },
  }));
}

describe('catch-up that fails', () => {
  it('a protective command › goes on, and people are told; a neutral one is a fault', async () => {
    const { accept, give, open, engine, clock, alerts, nextId } = bench({
      caseTypes: [withoutExpiry()],
    });
    const caseId = await open();
    for (const orderId of ['o', 'p']) await accept('RequestOrder', { orderId }, { caseId });
    await accept('IssueOrder', { orderId: 'o', until: at(DAY) }, { caseId });
    clock.forward(DAY);
    await accept('RequestOrder', { orderId: 'q' }, { caseId });
    expect(alerts).toMatchObject([{ code: 'deadline-not-reached', caseId }]);
    expect(alerts[0]?.message).toContain('it threw');
    expect(alerts[0]?.message).not.toContain('shelter');
    const input = { orderId: 'p', until: at(2 * DAY) };
    const issue = { id: nextId(), caseId, name: 'IssueOrder', input };
    expect(await engine.preview(issue, CLERK)).toMatchObject({ kind: 'accepted' });
    await expect(give('Note', { note: 'a' }, { caseId })).rejects.toThrow();
    const note = { id: nextId(), caseId, name: 'Note', input: { note: 'a' } };
    await expect(engine.preview(note, CLERK)).rejects.toThrow();
    expect(await engine.options(caseId, CLERK)).toHaveProperty('case');
    expect((await engine.history(caseId)).at(-1)?.data).toEqual({ orderId: 'q' });
  });
});

describe('catch-up', () => {
  it('catch-up › a deadline that its own reaching arms again at once › turns once, and is told', async () => {
    const test = bench({ caseTypes: [defineMatter(turning(0))] });
    const { accept, open, engine, alerts, clock } = test;
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    await accept('Burst', { left: 0 }, { caseId });
    const before = (await engine.history(caseId)).length;
    clock.forward(3 * DAY);
    // The command goes on, and what else is due is not held up.
    const outcome = await accept('Note', { note: 'a' }, { caseId });
    expect(types(outcome)).toEqual(['Noted']);
    expect(await reachedOf(test, caseId, 'T-ROUND')).toEqual([at(0)]);
    expect(await reachedOf(test, caseId, 'T-RESPONSE')).toEqual([at(2 * DAY)]);
    expect((await engine.history(caseId)).length).toBeLessThan(before + 10);
    expect(about(test, 'catch-up-unfinished')).toEqual([caseId]);
    expect(alerts.at(-1)?.message).toContain('T-ROUND');
    // Nothing is lost: the next catch-up goes on with it.
    expect(outcome.case.deadlines[0]).toMatchObject({ code: 'T-ROUND', status: 'pending' });
    expect(await engine.runDeadlines()).toMatchObject({ cases: 1, reached: 1 });
    expect(await reachedOf(test, caseId, 'T-ROUND')).toHaveLength(2);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('catch-up › two deadlines that arm each other at once › turn once', async () => {
    const follow = (on: string, code: string): object => ({
      name: `after ${code}`,
      on: ['DeadlineReached'],
      when: ({ event }: View) => (event.data as { code: string }).code === code,
      record: () => [{ type: on, data: on === 'Linked' ? { other: 'x' } : { left: 0 } }],
    });
    const now = (code: string, armedBy: string): object => ({
      code,
      armedBy: [armedBy],
      disarmedBy: [],
      dueAt: ({ event }: View) => event.occurredAt,
    });
    const circle = defineMatter((spec) => ({
      ...spec,
      deadlines: { ...spec.deadlines, a: now('T-A', 'Burst'), b: now('T-B', 'Linked') },
      consequences: [follow('Linked', 'T-A'), follow('Burst', 'T-B')],
    }));
    const test = bench({ caseTypes: [circle] });
    const caseId = await test.open();
    await test.accept('Burst', { left: 0 }, { caseId });
    test.clock.forward(DAY);
    await test.engine.runDeadlines();
    expect(await reachedOf(test, caseId, 'T-A')).toHaveLength(1);
    expect(await reachedOf(test, caseId, 'T-B')).toHaveLength(1);
    expect(about(test, 'catch-up-unfinished')).toEqual([caseId]);
  });

  it('catch-up › a deadline that turns by the minute › is followed to the present, untold', async () => {
    const test = bench({ caseTypes: [defineMatter(turning(1))] });
    const { accept, open, engine, clock } = test;
    const caseId = await open();
    await accept('Burst', { left: 0 }, { caseId });
    clock.forward(DAY);
    expect(await engine.runDeadlines()).toMatchObject({ reached: 24 * 60 });
    expect(about(test, 'catch-up-unfinished')).toEqual([]);
    expect((await engine.caseAt(caseId))?.deadlines[0]?.dueAt).toBe(at(DAY + 60_000));
  });

  it('catch-up › more than its appends hold › stops, tells, and goes on where it stopped', async () => {
    const test = bench({ caseTypes: [defineMatter(turning(1))] });
    const { accept, open, engine, clock } = test;
    const caseId = await open();
    await accept('Burst', { left: 0 }, { caseId });
    clock.forward(2 * DAY);
    expect(types(await accept('Note', { note: 'a' }, { caseId }))).toEqual(['Noted']);
    const first = await reachedOf(test, caseId, 'T-ROUND');
    expect(first.length).toBeGreaterThan(1_900);
    expect(first.length).toBeLessThan(2_100);
    expect(about(test, 'catch-up-unfinished')).toEqual([caseId]);
    await engine.runDeadlines();
    const all = await reachedOf(test, caseId, 'T-ROUND');
    expect(all).toHaveLength(2 * 24 * 60);
    expect(new Set(all).size).toBe(all.length);
    expect(about(test, 'catch-up-unfinished')).toEqual([caseId]);
  });

  it('catch-up › a deadline that turns in a circle › does not hold up the migration that mends it', async () => {
    const broken = defineMatter(turning(0));
    const mended = matterVersion('2.0.0', (spec) => ({
      ...spec,
      migrations: {
        '1.0.0': {
          automatic: true,
          migrate: (state: object) => state,
          timers: { round: 'drop' },
        },
      },
    }));
    const test = bench({ caseTypes: [broken, mended] });
    const { open, clock, other, nextId } = test;
    const old = other({ caseTypes: [broken] });
    const opened = await old.execute({ id: nextId(), name: 'Open', input: { title: 'x' } }, CLERK);
    const caseId = opened.kind === 'accepted' ? opened.case.caseId : await open();
    await old.execute({ id: nextId(), name: 'Burst', caseId, input: { left: 0 } }, CLERK);
    clock.forward(1);
    await test.engine.runDeadlines();
    expect((await test.engine.caseAt(caseId))?.version).toBe('2.0.0');
  });
});

const CLERK = { staff: 'clk1', role: 'CLK', office: 'TST' };
