// Tripwires that take a longer story: each stops the reconciliation, and without its cause it goes on.
import { describe, expect, test } from 'vitest';
import { approve, issueOrder, judge, offer, reported, stage, until } from '../accord.ts';
import { may, play, type Step } from '../alley.ts';
import { breakPromise, promise } from '../talk-refusals.ts';
import { as, assess, mergeInto, OTHER_FILE, otherReport, work } from '../violence.ts';

const screen = (partyId: string, at?: string): Step =>
  work(
    'CompleteViolenceScreening',
    { partyId, instrument: 'OFFICE', result: 'negative', conductedAlone: true },
    at,
  );
const missed = (at: string): Step => work('RecordFollowUpMissed', {}, at);
const correct = (more: object): Step =>
  work('CorrectIncident', { incidentId: 'reported', corrects: 1, why: 'misheard', ...more });
const lateSummer = '2027-08-20T09:00:00+03:00';

/** An order that forbids harm, not meeting; it is broken once meeting has been offered. */
const broken: readonly Step[] = [
  ...reported(),
  issueOrder(['noHarm']),
  as('sup2', 'RecordOrderServed', { orderId: 'O1' }, may(9, '10:00')),
  judge(),
  approve(),
  offer(),
  as('cp1', 'RecordBreach', { orderId: 'O1', withViolence: false }),
];

/** She could not be reached when the risk was high; whoever looks for her comes back months later. */
const lookedFor: readonly Step[] = [
  ...reported({ score: 15 }),
  missed(may(10)),
  missed(may(11)),
  missed(may(12)),
  assess('standard', may(13)),
  work('ProposeRiskDowngrade'),
  as('sup1', 'ApproveRiskDowngrade'),
  screen('V', lateSummer),
  screen('A'),
  assess('standard'),
  judge({}, lateSummer),
  approve(),
  offer(),
  as('cp1', 'CompleteWelfareCheck', { checkId: 'welfare-1', result: 'concern' }),
];

const wires: readonly (readonly [string, string, readonly Step[]])[] = [
  ['a breach of an order', 'orderBreached', broken],
  ['a worrying visit', 'dangerTold', lookedFor],
  [
    'a worrying contact',
    'dangerTold',
    [...until('offered'), work('CompleteFollowUp', { safetyAnswer: 'concern' })],
  ],
  [
    'a contact that tells of something new',
    'newIncident',
    [...until('offered'), work('CompleteFollowUp', { safetyAnswer: 'safe', newIncident: true })],
  ],
  [
    'an incident that turns out graver',
    'newIncident',
    [...until('offered'), correct({ contextFlags: ['stalking'] })],
  ],
  [
    'an incident that turns out to exclude it',
    'newIncident',
    [...until('offered'), correct({ violenceTypes: ['sexual'] })],
  ],
  [
    'abuse that is said to grow',
    'riskRaised',
    [...until('offered'), as('cp1', 'FlagAbuseEscalation', { indicators: ['graverThreats'] })],
  ],
  [
    'an undertaking that was broken',
    'undertakingBroken',
    [
      ...reported(),
      { ...promise({ partyId: 'A' }), by: 'sup2' },
      judge(),
      approve(),
      offer(),
      breakPromise(),
    ],
  ],
  [
    'a notice that somebody else has seen',
    'dangerTold',
    [
      ...until('offered'),
      work('SetSafeContact', {
        partyId: 'V',
        channels: [{ kind: 'sms', from: '00:00', to: '23:59' }],
      }),
      work('SendNotice', {
        noticeId: 'N1',
        recipient: 'V',
        template: 't',
        channel: 'sms',
        basis: 'appointment',
      }),
      work('RecordNoticeFailed', { noticeId: 'N1', cause: 'wrongPerson' }),
    ],
  ],
  [
    'a file that goes on elsewhere',
    'leftProcedure',
    [...until('offered'), otherReport, mergeInto(OTHER_FILE)],
  ],
];

describe('a tripwire', () => {
  test.each(wires)('%s › is %s › and stops the reconciliation', async (_, tripwire, steps) => {
    const before = await play(steps.slice(0, -1), stage);
    expect(before.codes).toEqual([]);
    const { outcome, view } = await play(steps, stage);
    expect(outcome).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({ type: 'ReconciliationSuspended', data: { tripwire } }),
      ]),
    });
    expect(view.states).toContain('reconciliation.suspended');
  });

  test('an incident that turns out less grave › goes on', async () => {
    const milder = correct({ violenceTypes: ['economic'] });
    const { events } = await play([...until('offered'), milder], stage);
    expect(events).toEqual(['IncidentCorrected']);
  });

  test.each(['safe', 'notFound'])('a visit that finds her %s › goes on', async (result) => {
    const visit = as('cp1', 'CompleteWelfareCheck', { checkId: 'welfare-1', result });
    const { events } = await play([...lookedFor.slice(0, -1), visit], stage);
    expect(events).not.toContain('ReconciliationSuspended');
  });
});
