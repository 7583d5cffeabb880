// Nobody is led towards anyone past an order, a worry, a child, or what was once told and corrected.
import { describe, expect, test } from 'vitest';
import {
  adjourn,
  hold,
  incident,
  issueOrder,
  judge,
  offer,
  reassess,
  reported,
  stage,
  until,
} from './accord.ts';
import { may, play, type Step } from './alley.ts';

const may31 = (time: string): string => `2027-05-31T${time}:00+03:00`;
const party = (partyId: string, partyRole: string, band = 'adult'): Step => ({
  by: 'int1',
  command: 'AddParty',
  input: { partyId, person: `p-${partyId}`, partyRole, relationToVictim: 'otherKin', band },
});
const child = party('K', 'child', 'under15');
const screen = (partyId: string, at?: string): Step => ({
  by: 'cw1',
  command: 'CompleteViolenceScreening',
  input: { partyId, instrument: 'OFFICE', result: 'negative', conductedAlone: true },
  ...(at === undefined ? {} : { at }),
});
const screenChild = (result: string): Step => ({
  by: 'cw1',
  command: 'ScreenChild',
  input: { partyId: 'K', result, seenAlone: true },
});
const correct = (more: object): Step => ({
  by: 'int1',
  command: 'CorrectIncident',
  input: { incidentId: 'reported', corrects: 1, why: 'a slip', ...more },
});
const release: Step = { by: 'inv1', command: 'NotifyRelease', input: { partyId: 'A' } };
const protects = (partyId: string): Step => {
  const { input, ...step } = issueOrder();
  return { ...step, input: { ...input, protected: [partyId] } };
};
const codesOf = async (...steps: readonly Step[]) => (await play(steps, stage)).codes;
const ORDER = ['RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER'];
const RISK = ['RECONCILIATION_BLOCKED_BY_RISK'];
const TYPE = ['RECONCILIATION_FORBIDDEN_FOR_TYPE'];

describe('an order in force', () => {
  test('against somebody who is to meet a proxy of the victim › forbids it', async () => {
    const participants = ['R', 'A'];
    const proxy = judge({ participants, capacityConfirmed: participants });
    const steps = [...reported(), party('R', 'legalRepresentative'), screen('R')];
    expect(await codesOf(...steps, issueOrder(), proxy)).toEqual(ORDER);
    expect(await codesOf(...steps, proxy)).toEqual([]);
  });

  test('that protects a child alone › forbids that the parents are brought together', async () => {
    const steps = [...reported(), child, screenChild('noConcern')];
    expect(await codesOf(...steps, protects('K'), judge())).toEqual(ORDER);
  });
});

describe('a risk that waits to be assessed', () => {
  test('after a release › forbids to begin, and to go on', async () => {
    expect(await codesOf(...reported(), release, judge())).toEqual(RISK);
    expect(await codesOf(...until('scheduled'), release, hold('S1'))).toEqual(RISK);
    expect(await codesOf(...until('scheduled'), release, reassess, hold('S1'))).toEqual([]);
  });
});

describe('a child', () => {
  test('about whom there is a worry › forbids it, until the worry has gone', async () => {
    const worried = [...reported(), child, screenChild('concern')];
    expect(await codesOf(...worried, judge())).toEqual(TYPE);
    const gone = { ...screenChild('noConcern'), by: 'sup1' };
    expect(await codesOf(...worried, gone, judge())).toEqual([]);
  });

  test('who was the target of an incident › forbids it', async () => {
    const childrenPresent = [{ partyId: 'K', exposure: 'targeted' }];
    const harmed = incident({ occurredFrom: '2024-01-01T10:00:00+03:00', childrenPresent });
    expect(await codesOf(...reported(), child, harmed, reassess, judge())).toContain(TYPE[0]);
  });

  test.each([
    ['a worry', screenChild('concern')],
    [
      'a disclosure',
      {
        by: 'fio1',
        command: 'CompleteViolenceScreening',
        input: {
          partyId: 'K',
          instrument: 'OFFICE',
          result: 'unsure',
          conductedAlone: true,
          accompaniedBy: { guardian: 'V' },
        },
      },
    ],
  ])('%s before a session › calls it off at once', async (_, step) => {
    const { events } = await play([...until('scheduled'), child, step], stage);
    expect(events).toEqual(expect.arrayContaining(['ReconciliationSuspended', 'SessionCancelled']));
  });

  test('who may be among those who meet › calls it off at once', async () => {
    const input = { partyId: 'A', corrects: 1, why: 'papers', band: 'unknown' };
    const doubt: Step = { by: 'int1', command: 'CorrectPartyAge', input };
    const { events } = await play([...until('scheduled'), doubt], stage);
    expect(events).toContain('ReconciliationSuspended');
  });
});

describe('what was once told of an incident', () => {
  test('and corrected away › still excludes what it excluded', async () => {
    const sexual = reported({ violenceTypes: ['sexual'] });
    const milder = correct({ violenceTypes: ['psychological'] });
    expect(await codesOf(...sexual, milder, judge())).toEqual(TYPE);
    const strangled = reported({ contextFlags: ['strangulation'] });
    expect(await codesOf(...strangled, correct({ contextFlags: [] }), judge())).toEqual(RISK);
    const older = correct({ occurredFrom: '2024-01-01T10:00:00+03:00' });
    expect(await codesOf(...strangled, older, judge())).toEqual(RISK);
  });

  test('a weapon that becomes known › excludes it, and calls a session off', async () => {
    const armed = correct({ weapon: 'threatened' });
    expect(await codesOf(...reported(), armed, judge())).toEqual(RISK);
    const { events } = await play([...until('scheduled'), armed], stage);
    expect(events).toContain('ReconciliationSuspended');
    const [report, ...rest] = reported() as [Step, ...Step[]];
    const withWeapon = { ...report, input: { ...report.input, weapon: 'used' } };
    expect(await codesOf(withWeapon, ...rest, judge())).toEqual(RISK);
  });

  test('violence against an order › is violence again', async () => {
    const served: Step = {
      by: 'cw1',
      command: 'RecordOrderServed',
      at: may(10),
      input: { orderId: 'O1' },
    };
    const breached = (withViolence: boolean): readonly Step[] => [
      ...reported(),
      issueOrder(),
      served,
      {
        by: 'cw1',
        command: 'RecordBreach',
        at: may(11),
        input: { orderId: 'O1', breachId: 'B1', withViolence },
      },
      { ...reassess, at: may31('10:00') },
      screen('V'),
      screen('A'),
      judge({}, may31('11:00')),
    ];
    expect(await codesOf(...breached(true))).toEqual(RISK);
    expect(await codesOf(...breached(false))).toEqual([]);
  });
});

test('a round › in which somebody is asked again › ends in its time all the same', async () => {
  const again = { ...offer(['V']), at: may(20, '12:00') };
  const later: Step = { by: 'cw1', command: 'AgreeSafetyPlan', at: may(29), input: {} };
  const steps = [...until('inSession'), adjourn('S1'), again, later];
  const { view } = await play(steps, stage);
  expect(view.states).toContain('reconciliation.expired');
});
