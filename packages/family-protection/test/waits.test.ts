// Minimum waits: they run from the later of what happened and what was recorded.
import { definePolicy, type Policy } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { parkingDispute, policyBaseline } from '../src/index.ts';
import { consent, hold, may, offer, play, rung, schedule, sign, upTo } from './alley.ts';
import { withoutRule } from './linked.ts';

const { hash: _, ...spec } = policyBaseline;
const signatureWait = { ...spec.values['T-COOL.signature'], value: 24 } as Policy['values'][string];
const stricter = definePolicy({
  ...spec,
  values: { ...spec.values, 'T-COOL.signature': signatureWait },
});
const lateReason = 'told by telephone';

describe('cooling off', () => {
  test('consent › exactly 48 hours after the offer › counts', async () => {
    const steps = [...upTo.offered, { ...consent('A'), at: may(14, '09:00') }];
    expect((await play(steps)).codes).toEqual([]);
  });

  test('consent › when the offer was entered late › waits from the entry', async () => {
    const late = { ...offer('A', 'B'), at: may(14), occurredAt: may(11), lateReason };
    const early = { ...consent('A'), at: may(16, '08:59') };
    expect((await play([...upTo.active, late, early])).codes).toEqual(['COOLING_OFF_NOT_ELAPSED']);
    const enough = { ...consent('A'), at: may(16, '09:00') };
    expect((await play([...upTo.active, late, enough])).codes).toEqual([]);
  });

  test('consent › when it is entered late › is judged as it was given', async () => {
    const given = { ...consent('A'), at: may(16), occurredAt: may(13), lateReason };
    expect((await play([...upTo.offered, given])).codes).toEqual(['COOLING_OFF_NOT_ELAPSED']);
  });

  test('signature › when policy asks for a day › is refused in the session itself', async () => {
    const steps = [...upTo.held, sign(['A', 'B'])];
    const { codes } = await play(steps, { policy: stricter });
    expect(codes).toEqual(['COOLING_OFF_NOT_ELAPSED']);
    const caseType = withoutRule(parkingDispute, 'timeToRead');
    expect((await play(steps, { policy: stricter, caseType })).codes).toEqual([]);
    const next = [...upTo.held, { ...sign(['A', 'B']), at: may(18, '18:00') }];
    expect((await play(next, { policy: stricter })).codes).toEqual([]);
  });
});

describe('consent', () => {
  test('consent › at the instant it ends › no longer counts', async () => {
    const given = [...upTo.offered, { ...consent('A'), at: may(16, '18:00') }, consent('B')];
    const inTime = [...given, schedule('A', 'B'), { ...hold('A', 'B'), at: may(23, '17:59') }];
    expect((await play(inTime)).codes).toEqual([]);
    const atEnd = [...given, schedule('A', 'B'), { ...hold('A', 'B'), at: may(23, '18:00') }];
    expect((await play(atEnd)).codes).toEqual(['CONSENT_EXPIRED']);
  });

  test('consent › when the session is entered after its end › no longer counts', async () => {
    const late = { ...hold('A', 'B'), at: may(24), occurredAt: may(17, '18:00'), lateReason };
    expect((await play([...upTo.scheduled, late])).codes).toEqual(['CONSENT_EXPIRED']);
  });

  test('consent › when it would end before the session begins › is refused at once', async () => {
    const steps = [...upTo.consented, schedule('A', 'B')];
    const input = { ...steps.at(-1)?.input, start: may(23, '09:00'), end: may(23, '10:00') };
    const later = [...upTo.consented, { ...schedule('A', 'B'), input }];
    expect((await play(later)).codes).toEqual(['CONSENT_EXPIRED']);
  });
});

describe('monitoring', () => {
  test('monitoring › of a signature that was entered late › runs from the entry', async () => {
    const late = { ...sign(['A', 'B']), at: may(20), occurredAt: may(17, '18:00'), lateReason };
    const { view } = await play([...upTo.held, late]);
    const end = view.deadlines.find(({ code }) => code === 'T-MON');
    expect(end?.dueAt).toBe('2027-06-19T06:00:00.000Z');
  });
});

describe('the ladder', () => {
  const warn = rung('IssueWarning');
  const recurred = (at: string, occurredAt?: string) => ({
    ...rung('RecordRecurrence'),
    at,
    ...(occurredAt === undefined ? {} : { occurredAt, lateReason }),
  });

  test('a step › that is entered late › makes nothing before its entry a repetition', async () => {
    const backdated = { ...rung('GiveAdvice'), at: may(20), occurredAt: may(12), lateReason };
    const steps = [...upTo.active, backdated, recurred(may(21), may(15)), warn];
    expect((await play(steps)).codes).toEqual(['RECURRENCE_REQUIRED']);
    const after = [...upTo.active, backdated, recurred(may(21)), warn];
    expect((await play(after)).codes).toEqual([]);
  });

  test('a repetition › after the window › counts no more', async () => {
    const inTime = [...upTo.advised, recurred('2027-08-18T08:59:00+03:00'), warn];
    expect((await play(inTime)).codes).toEqual([]);
    const atEnd = [...upTo.advised, recurred('2027-08-18T09:00:00+03:00'), warn];
    expect((await play(atEnd)).codes).toEqual(['RECURRENCE_REQUIRED']);
  });

  test('a repetition › that answered one step › does not serve for the next', async () => {
    const ticket = rung('RequestViolationTicket', 'F', { competentBody: 'traffic' });
    const steps = [...upTo.advised, recurred(may(23)), warn, ticket];
    expect((await play(steps)).codes).toEqual(['RECURRENCE_REQUIRED']);
  });

  test('a repetition › at another place › is another ladder', async () => {
    const elsewhere = {
      ...recurred(may(23)),
      input: { respondent: 'F', category: 'alley', place: 'x' },
    };
    const steps = [...upTo.advised, elsewhere, warn];
    expect((await play(steps)).codes).toEqual(['RECURRENCE_REQUIRED']);
  });

  test('a ticket › without any step before › is refused for what is missing', async () => {
    const ticket = rung('RequestViolationTicket', 'F', { competentBody: 'traffic' });
    const { codes } = await play([...upTo.active, ticket]);
    expect(codes).toEqual(['GRADUATED_RESPONSE_SKIPPED', 'RECURRENCE_REQUIRED']);
  });
});

describe('follow-up', () => {
  const missed = (at: string, occurredAt?: string) => ({
    by: 'cw2',
    command: 'RecordFollowUpMissed',
    at,
    ...(occurredAt === undefined ? {} : { occurredAt, lateReason }),
  });

  test('attempts › entered one after the other › are apart from the entry', async () => {
    const batch = [missed(may(20, '13:00'), may(20, '09:00')), missed(may(20, '13:05'))];
    expect((await play([...upTo.advised, ...batch])).codes).toEqual(['FOLLOW_UP_TOO_SOON']);
    const apart = [missed(may(20, '13:00'), may(20, '09:00')), missed(may(20, '17:00'))];
    expect((await play([...upTo.advised, ...apart])).codes).toEqual([]);
  });

  test('a follow-up › in the minute of the answer › only tells of a danger', async () => {
    const done = (safetyAnswer: string, newIncident = false) => ({
      by: 'cw2',
      command: 'CompleteFollowUp',
      input: { safetyAnswer, newIncident },
    });
    expect((await play([...upTo.advised, done('safe')])).codes).toEqual(['FOLLOW_UP_TOO_SOON']);
    expect((await play([...upTo.advised, done('concern')])).codes).toEqual([]);
    expect((await play([...upTo.advised, done('safe', true)])).codes).toEqual([]);
    const advice = { ...rung('GiveAdvice'), at: may(20), occurredAt: may(18), lateReason };
    const late = [...upTo.active, advice, done('safe')];
    expect((await play(late)).codes).toEqual(['FOLLOW_UP_TOO_SOON']);
  });
});
