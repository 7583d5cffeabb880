// What becomes of an agreement: what breaks it, and what becomes known before and after it.
import { describe, expect, test } from 'vitest';
import {
  actor,
  clause,
  closed,
  followedUp,
  hold,
  june,
  may,
  offer,
  party,
  play,
  rung,
  screen,
  sign,
  upTo,
  type Step,
} from './alley.ts';

const measure: Step = {
  by: 'cp1',
  command: 'StartProtectiveMeasure',
  input: { measureId: 'M1', kind: 'separation' },
};
const part = (view: Awaited<ReturnType<typeof play>>['view'], kind: string, id: string) =>
  view.parts.find((one) => one.kind === kind && one.id === id)?.states;

describe('what becomes known later', () => {
  const known = (at: string, occurredAt: string, partyId = 'A'): Step => ({
    ...rung('RecordRecurrence', partyId),
    at,
    occurredAt,
    lateReason: 'a neighbour came later',
  });
  const kept = [...upTo.settled, followedUp];

  test('a repetition › before the signature › breaks nothing', async () => {
    const { events } = await play([...upTo.signed, known(may(20), may(17, '17:00'))]);
    expect(events).toEqual(['RecurrenceDetected']);
  });

  test('a repetition › at another place › breaks nothing', async () => {
    const input = { respondent: 'A', category: 'alley', place: 'elsewhere' };
    const { events } = await play([...upTo.signed, { ...rung('RecordRecurrence'), input }]);
    expect(events).toEqual(['RecurrenceDetected']);
  });

  test.each([june(17), '2027-07-20T09:00:00+03:00'])(
    'a repetition › within the monitoring, known on %s › breaks the agreement',
    async (at) => {
      const { events, view } = await play([...kept, known(at, june(15))]);
      expect(events).toEqual(['RecurrenceDetected', 'SettlementBreached']);
      expect(part(view, 'agreement', 'N1')).toEqual(['breached']);
      expect(view.states).toContain('compliance.recurrence');
    },
  );

  test('a repetition › after the monitoring › leaves the agreement kept', async () => {
    const { events, view } = await play([...kept, known(june(18), june(17))]);
    expect(events).toEqual(['RecurrenceDetected']);
    expect(part(view, 'agreement', 'N1')).toEqual(['fulfilled']);
  });

  test.each([
    [may(20), []],
    [june(17), [followedUp]],
  ])('a signer who owes nothing › known on %s › breaks nothing', async (at, before) => {
    const binding = sign(['A', 'B'], { ...clause, obligors: ['B'] });
    const steps = [...upTo.held, binding, rung('GiveAdvice'), ...before];
    expect((await play([...steps, known(at, may(19))])).events).toEqual(['RecurrenceDetected']);
    const byB = await play([...steps, known(at, may(19), 'B')]);
    expect(byB.events).toContain('SettlementBreached');
  });

  test('a breach › known after the case was closed › is recorded in it', async () => {
    const { events } = await play([...closed, known(june(20), june(10))]);
    expect(events).toEqual(['RecurrenceDetected', 'CaseReopened', 'SettlementBreached']);
  });

  test('a session › dated before the consents › is refused', async () => {
    const early = { ...hold('A', 'B'), occurredAt: may(15), lateReason: 'forgotten' };
    expect((await play([...upTo.scheduled, early])).codes).toEqual([
      'CONSENT_MISSING',
      'SESSION_NOT_BEGUN',
    ]);
  });

  test('a signature › dated before the session › is refused', async () => {
    const early = { ...sign(['A', 'B']), at: may(17, '20:00'), occurredAt: may(17, '17:00') };
    expect((await play([...upTo.held, early])).codes).toEqual(['SESSION_NOT_HELD']);
  });

  test('a measure › under an id that was used › is a measure of its own', async () => {
    const end: Step = {
      by: 'sup1',
      command: 'EndProtectiveMeasure',
      input: { measureId: 'M1', outcome: 'replaced' },
    };
    const { view } = await play([...upTo.active, measure, end, measure]);
    const active = view.parts.filter((one) => one.kind === 'measure' && one.in('active'));
    expect(active).toHaveLength(1);
  });

  test('a party › who turns out to be a child › is not bound', async () => {
    const input = { partyId: 'B', corrects: 4, why: 'an identity card', band: '15to17' };
    const corrected: Step = { by: 'int1', command: 'CorrectPartyAge', input };
    expect((await play([...upTo.held, corrected, sign(['A', 'B'])])).codes).toEqual([
      'MEDIATION_PARTY_UNSUITABLE',
    ]);
  });

  test('a child › who turns out to be an adult › needs no other way', async () => {
    const input = { partyId: 'K', corrects: 5, why: 'an identity card', band: 'adult' };
    const { view } = await play([
      ...upTo.registered,
      party('K', { band: 'under15', partyRole: 'respondent' }),
      { by: 'sup1', command: 'CorrectPartyAge', input },
    ]);
    expect(view.context.childRoutes).toEqual({});
    expect(view.deadlines.some(({ code }) => code === 'T-TRIAGE')).toBe(false);
  });

  test.each([
    ['09:05', undefined],
    ['09:30', 'late'],
  ])(
    'danger at nine › with a measure of %s entered at ten › is met or late',
    async (time, late) => {
      const danger: Step = {
        by: 'int1',
        command: 'StartIntake',
        at: may(9),
        input: { channel: '999', intakeKind: 'report', immediateDanger: true },
      };
      const entered = { ...measure, at: may(9, '10:00'), occurredAt: may(9, time) };
      const { view } = await play([danger, entered]);
      const first = view.deadlines.find(({ code }) => code === 'T-EMERG');
      expect(first?.metAt === undefined ? undefined : 'late').toBe(late);
      expect(first === undefined).toBe(late === undefined);
    },
  );
});

describe('the agreement', () => {

  test('the agreement › when a signer repeats › is broken, and others are released', async () => {
    const { events, view } = await play([
      ...upTo.held,
      sign(['A', 'B'], clause, { ...clause, clauseId: 'c2', obligors: ['B'] }),
      { ...rung('RecordRecurrence', 'A'), at: may(25) },
    ]);
    expect(events).toEqual(['RecurrenceDetected', 'ObligationBreached', 'SettlementBreached']);
    expect(part(view, 'agreement', 'N1')).toEqual(['breached']);
    expect(part(view, 'obligation', 'N1-c1')).toEqual(['breached']);
    expect(part(view, 'obligation', 'N1-c2')).toEqual(['lapsed']);
    expect(view.states).toContain('compliance.recurrence');
  });

  test('the agreement › when someone who did not sign repeats › stays in force', async () => {
    const { events, view } = await play([
      ...upTo.signed,
      { ...rung('RecordRecurrence'), at: may(25) },
    ]);
    expect(events).toEqual(['RecurrenceDetected']);
    expect(part(view, 'agreement', 'N1')).toEqual(['inForce']);
  });

  test('the words of a clause › when they betray money or silence › are refused', async () => {
    const asking = { clauseId: 'c1', kind: 'askFirst' };
    const money = { ...asking, text: 'يودع المبلغ  أمانةً لدى المكتب حتى نهاية الشهر' };
    const silence = { ...asking, text: 'Both agree to NOT report to the police again.' };
    expect((await play([...upTo.held, sign(['A', 'B'], money)])).codes).toEqual([
      'MONEY_HANDLING_FORBIDDEN',
      'SETTLEMENT_CLAUSE_FORBIDDEN',
    ]);
    expect((await play([...upTo.held, sign(['A', 'B'], silence)])).codes).toEqual([
      'SETTLEMENT_CLAUSE_FORBIDDEN',
    ]);
  });

  test('an offer › after a suspension › is a new one with a new wait', async () => {
    const again = [
      ...upTo.scheduled,
      measure,
      screen('negative'),
      {
        by: 'sup1',
        command: 'EndProtectiveMeasure',
        input: { measureId: 'M1', outcome: 'noLongerNeeded' },
      },
      { ...offer('A'), at: may(18) },
    ];
    const { view } = await play(again);
    expect(part(view, 'offer', 'A-2')).toEqual(['open']);
    expect(actor('con1').role).toBe('CON');
  });
});
