// Clocks that are wrong: nothing is recorded out of order and no deadline fires by mistake.
import { isFault } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { bench, codes, DAY, HOUR, START, supervisor } from './sample/bench.ts';

describe('clocks', () => {
  it('a clock behind the head › by up to five minutes › records at the head', async () => {
    const { accept, open, clock } = bench();
    const caseId = await open();
    clock.jump(-5 * 60_000);
    const outcome = await accept('Note', { note: 'a' }, { caseId });
    expect(outcome.events[0]?.recordedAt).toBe(START);
  });

  it('a clock behind the head › by more › is a fault, and protective commands go on', async () => {
    const { give, accept, open, clock } = bench();
    const caseId = await open();
    clock.jump(-5 * 60_000 - 1);
    const fault = await give('Note', { note: 'a' }, { caseId }).catch((error: unknown) => error);
    expect(isFault(fault, 'clock-fault')).toBe(true);
    const order = await accept('RequestOrder', { orderId: 'o' }, { caseId });
    expect(order.events[0]).toMatchObject({ recordedAt: START, claimedAt: clock.at });
    const help = await accept('Help', { what: 'ambulance' }, { caseId });
    expect(help.events[0]).toMatchObject({ recordedAt: START, claimedAt: clock.at });
  });

  it('a clock that jumped forward › fires nothing until an operator confirms it', async () => {
    const { give, accept, open, clock, engine, alerts } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.jump(10 * DAY);
    expect(await engine.runDeadlines()).toMatchObject({ kind: 'suspended' });
    expect(codes(await give('Note', { note: 'a' }, { caseId }))).toBe('accepted');
    expect((await engine.history(caseId)).some(({ type }) => type === 'DeadlineReached')).toBe(
      false,
    );
    expect(alerts.some(({ code }) => code === 'clock-skewed')).toBe(true);
    engine.confirmClock();
    expect(await engine.runDeadlines()).toMatchObject({ kind: 'ran', cases: 1 });
  });

  it('an emergency › dated in the future › keeps the claim and occurs when it is recorded', async () => {
    const { accept, open, clock } = bench();
    const caseId = await open();
    const claimed = new Date(clock.ms + HOUR).toISOString();
    const outcome = await accept('Help', { what: 'x' }, { caseId, occurredAt: claimed });
    expect(outcome.events[0]).toMatchObject({ occurredAt: START, claimedAt: claimed });
  });

  it('an emergency › a week late and without a reason › is accepted', async () => {
    const { accept, open, clock } = bench();
    const caseId = await open();
    const occurredAt = new Date(clock.ms - 7 * DAY).toISOString();
    expect((await accept('Help', { what: 'x' }, { caseId, occurredAt })).events[0]).toMatchObject(
      {
        occurredAt,
      },
    );
  });

  it('caseAt › an instant of the past › is what was recorded by then', async () => {
    const { accept, open, clock, engine } = bench();
    const caseId = await open();
    clock.forward(HOUR);
    const occurredAt = START;
    await accept('Note', { note: 'late' }, { caseId, occurredAt });
    const asked = async (ms: number): Promise<unknown> =>
      (
        await engine.caseAt(caseId, {
          recordedBy: new Date(Date.parse(START) + ms).toISOString(),
        })
      )?.context['asked'];
    expect(await asked(HOUR - 1)).toBe(0);
    expect(await asked(HOUR)).toBe(1);
    const order = (await engine.timeline(caseId)).map(({ type }) => type);
    expect(order).toEqual(['CaseOpened', 'Opened', 'Noted']);
    await accept('Note', { note: 'x' }, { caseId }, supervisor);
    await accept(
      'Note',
      { note: 'y' },
      { caseId, occurredAt: new Date(clock.ms - 1).toISOString() },
    );
    const notes = (await engine.timeline(caseId)).filter(({ type }) => type === 'Noted');
    expect(notes.map(({ data }) => data['note'])).toEqual(['late', 'y', 'x']);
  });
});
