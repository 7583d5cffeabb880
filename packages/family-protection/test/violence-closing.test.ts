// When a violence case may be closed, and what is due in it while the risk is high.
import { describe, expect, test } from 'vitest';
import { may, type Step } from './alley.ts';
import { as, asked, assess, issue, met } from './violence.ts';
import { record, until, work } from './violence.ts';
import { codesOf, viewAfter } from './violence-stage.ts';

describe('a closure', () => {
  const propose = work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true }, may(18));

  test('at high risk after a conference, without a plan › waits for the plan', async () => {
    const contact = work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(11));
    const [agreed, conferred] = met(may(10, '11:00')) as [Step, Step];
    const high = until.high;
    expect(await codesOf(...high, conferred, contact, propose)).toEqual(['HIGH_RISK_NOT_MET']);
    expect(await codesOf(...high, agreed, contact, propose)).toEqual(['HIGH_RISK_NOT_MET']);
    expect(await codesOf(...high, agreed, conferred, contact, propose)).toEqual([]);
    // An earlier conference that is entered late takes the later one not back.
    const [, late] = met(may(12)) as [Step, Step];
    const before = { ...late, occurredAt: may(9, '08:30'), lateReason: 'entered now' };
    expect(await codesOf(...high, agreed, conferred, contact, before, propose)).toEqual([]);
  });

  test('after a danger that was met › waits until she was asked since', async () => {
    const danger = as('int1', 'NoteSafetyConcern', { immediateDanger: true }, may(17));
    const measure = { measureId: 'M1', kind: 'escort', partyId: 'A' };
    const steps = [
      ...until.checked,
      danger,
      as('cp1', 'StartProtectiveMeasure', measure, may(17, '10:00')),
      as('sup1', 'EndProtectiveMeasure', { measureId: 'M1', outcome: 'noLongerNeeded' }),
      assess('standard'),
    ];
    expect(await codesOf(...steps, propose)).toEqual(['FINAL_CHECK_MISSING']);
  });
});

test('a complaint that nobody made a report of › is closed without a record', async () => {
  const complaint: Step = {
    ...(until.registered[0] as Step),
    command: 'RegisterComplaint',
    input: { complaintNo: 'C-1', subType: 'intimatePartner', accessNeeds: [] },
  };
  const steps = until.proposed
    .slice(1)
    .filter(({ command }) => command !== 'CompleteStatutoryRecord');
  expect(await codesOf(complaint, ...steps)).toEqual([]);
});

describe('a case at high risk', () => {
  const closing = [
    ...until.high,
    ...met(may(10, '11:00')),
    work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(10, '12:00')),
    work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true }),
    as('sup1', 'ReviewClosure', {}, may(11)),
    as('head1', 'CloseCase'),
    as('sup1', 'ReopenCase', { reasonCode: 'review' }, may(20)),
  ];

  test('that is taken up again › has its terms again', async () => {
    const { deadlines } = await viewAfter(...closing);
    const due = (code: string) =>
      deadlines.find((one) => one.code === code && one.status === 'pending')?.dueAt;
    expect(due('T-SAFEPLAN')).toBe('2027-05-21T06:00:00.000Z');
    expect(due('T-PO-DECIDE')).toBe('2027-05-21T06:00:00.000Z');
    expect(due('T-CONF')).toBe('2027-05-27T06:00:00.000Z');
  });

  test.each([
    ['act', true],
    ['doNotAct', false],
  ])('of which it is decided to %s › waits for the order: %s', async (decision, waits) => {
    const input = { deadline: 'T-PO-DECIDE', decision, reason: 'She was asked.' };
    const { deadlines } = await viewAfter(...until.high, work('RecordDeadlineDecision', input));
    expect(deadlines.some(({ code }) => code === 'T-PO-DECIDE')).toBe(waits);
  });

  const refused = work('RecordProtectionOrderRefused', { orderId: 'O1' }, may(11));
  const revoked = { orderId: 'O1', basis: 'courtDecision' };
  const again = as('leg1', 'RecordProtectionOrderIssued', { ...issue, orderId: 'O2' }, may(11));
  const other = { protected: ['A'], against: 'B', conditions: ['noContact'] };
  test.each([
    ['is refused', [refused], '2027-05-12T06:00:00.000Z'],
    [
      'is revoked',
      [
        as('leg1', 'RecordProtectionOrderIssued', issue, may(10, '12:00')),
        as('leg1', 'RecordOrderRevoked', revoked, may(11)),
      ],
      '2027-05-12T06:00:00.000Z',
    ],
    [
      'is refused while another one is in force',
      [{ ...again, input: { ...again.input, ...other } }, refused],
      undefined,
    ],
  ] as const)('whose order %s › has to be decided on anew: %s', async (_, steps, dueAt) => {
    const request = work('RequestProtectionOrder', asked);
    const { deadlines } = await viewAfter(...until.high, request, ...steps);
    const due = deadlines.filter(
      ({ code, status }) => code === 'T-PO-DECIDE' && status === 'pending',
    );
    expect(due.map((one) => one.dueAt)).toEqual(dueAt === undefined ? [] : [dueAt]);
  });

  test('at standard risk an order that is refused › leaves nothing to decide', async () => {
    const request = work('RequestProtectionOrder', asked);
    const { deadlines } = await viewAfter(...until.standard, request, refused);
    expect(deadlines.some(({ code }) => code === 'T-PO-DECIDE')).toBe(false);
  });
});

test('a last contact › entered after an incident but made before › closes nothing', async () => {
  const harm = { incidentId: 'I1', victim: 'A', violenceTypes: ['physical'] };
  const contact = work(
      'CompleteFollowUp',
      { safetyAnswer: 'safe', wellbeing: 7 },
      may(16, '10:00'),
    );
  const steps = [
    ...until.standard,
    as('cp1', 'RecordIncident', harm, may(16)),
    work('CompleteStatutoryRecord', { ...record, incidentId: 'I1' }),
    assess('standard'),
  ];
  const close = work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true });
  const before = { ...contact, occurredAt: may(15, '11:00') };
  expect(await codesOf(...steps, before, close)).toEqual(['FINAL_CHECK_MISSING']);
  expect(await codesOf(...steps, contact, close)).toEqual([]);
});
