// What random sequences have found wrong, each as the shortest story of it.
import { describe, expect, test } from 'vitest';
import {
  adjourn,
  agree,
  approve,
  draft,
  judge,
  meetAlone,
  offer,
  reported,
  schedule,
  stage,
  until,
} from '../accord.ts';
import { june, may, play, type Step } from '../alley.ts';
import { as, assess, met, until as violence, work } from '../violence.ts';

const bySup = (command: string, input: object = {}): Step => ({ by: 'sup1', command, input });

describe('found by random sequences', () => {
  test('a session of an earlier round › put off now › leaves this round alone', async () => {
    const measure = as('cp1', 'StartProtectiveMeasure', { kind: 'separation' });
    const again = [
      ...until('inSession'),
      measure,
      bySup('ResumeReconciliation'),
      judge({}, may(15)),
      approve(),
      offer(),
      agree('V', {}, may(17, '10:00')),
      agree('A', {}, may(17, '10:00')),
      meetAlone('V', false, may(17, '11:00')),
      meetAlone('A', false, may(17, '11:00')),
      schedule('S2', { start: may(18), end: may(18, '10:00') }, may(17, '12:00')),
      adjourn('S1'),
    ];
    const { codes, view } = await play(again, stage);
    expect(codes).toEqual(['INVALID_TRANSITION']);
    expect(view.states).toContain('reconciliation.scheduled');
  });

  test('a settlement that is kept › given up › goes on with its obligations', async () => {
    const steps = [...until('monitored'), bySup('FailReconciliation', { nextStep: 'legal' })];
    const { codes, view } = await play(steps, stage);
    expect(codes).toEqual(['INVALID_TRANSITION']);
    expect(view.parts.find(({ kind }) => kind === 'obligation')?.states).toEqual(['open']);
  });

  test('a referral › in the name of who conciliated › is proposed by somebody else', async () => {
    const propose = { ...as('inv1', 'ProposeReferral'), onBehalfOf: 'con1' };
    expect((await play([...until('ready'), propose], stage)).codes).toEqual([
      'SEPARATION_OF_DUTIES',
    ]);
  });

  test('a risk that rose › after nobody was reached › is not closed without asking', async () => {
    const steps = [
      ...violence.standard,
      work('RecordFollowUpMissed', {}, may(16)),
      work('RecordFollowUpMissed', {}, may(17)),
      work('RecordFollowUpMissed', {}, may(18)),
      assess('high', may(19)),
      ...met(may(19)),
      work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true }),
    ];
    expect((await play(steps, stage)).codes).toEqual(['FINAL_CHECK_MISSING']);
    const asked = work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 7 });
    const { codes } = await play([...steps.slice(0, -1), asked, ...steps.slice(-1)], stage);
    expect(codes).toEqual([]);
  });

  test('an emergency after the round’s time › has ended it, and nothing expires', async () => {
    const measure = as('cp1', 'StartProtectiveMeasure', { kind: 'separation' }, june(24));
    const contact = work('SetSafeContact', { partyId: 'V', channels: [] });
    const { engine, caseId } = await play([...until('drafted'), measure, contact], stage);
    const types = (await engine.history(caseId))?.map(({ type }) => type) ?? [];
    expect(types.slice(types.indexOf('ReconciliationSuspended'))).toContain('DeadlineReached');
    expect(types).not.toContain('ConsequenceFailed');
    expect(types).not.toContain('ReconciliationExpired');
  });

  const intake = as('int1', 'StartIntake', { channel: 'phone', intakeKind: 'report' });
  test.each<readonly [string, readonly Step[], string]>([
    ['a draft before anyone takes part', [...reported(), draft('X1')], 'INVALID_TRANSITION'],
    ['an offer to one person', [...reported(), offer(['V'])], 'INVALID_TRANSITION'],
    ['a referral of no record', [intake, as('inv1', 'ProposeReferral')], 'INVALID_TRANSITION'],
    [
      'an order of which nobody knows whom it protects',
      [
        ...reported(),
        as('leg1', 'RecordProtectionOrderIssued', {
          orderId: 'O9',
          from: may(10),
          until: may(20),
        }),
      ],
      'INPUT_INVALID',
    ],
  ])('%s › is refused, and nothing is thrown', async (_, steps, code) => {
    expect((await play(steps, stage)).codes).toEqual([code]);
  });
});
