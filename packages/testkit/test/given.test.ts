// given … when … then: that it judges through the real engine, and that each check can fail.
import { describe, expect, test } from 'vitest';
import { given } from '../src/index.ts';
import { baseline, permit } from './permit.ts';

const START = '2027-05-09T06:00:00Z';
const asked = { type: 'Asked', data: { what: 'garden', who: 'x' } };
const ask = { command: 'Ask', input: { what: 'garden', who: 'x' }, by: 'CLK' };
const permitCase = () => given(permit, { policy: baseline, startAt: START });

describe('given', () => {
  test('given › a permit asked for › when granted › arms its inspection', async () => {
    const then = await permitCase()
      .commands([ask])
      .when('Grant', { days: 2, kind: 'day' }, { by: 'SUP' });
    then
      .thenAccepted([{ Granted: { until: '2 days' } }])
      .thenState(['open.granted'])
      .thenContext({ asked: 1 })
      .thenDeadlines({ 'T-ANSWER': 'none', 'T-INSPECT': '2027-05-19T06:00:00Z' });
  });

  test('given › events without commands › when asked again › stands where they lead', async () => {
    const then = await permitCase()
      .events([
        { ...asked, at: START },
        { ...asked, at: '2027-05-10T06:00:00Z' },
      ])
      .when('Ask', { what: 'far too long a text', who: 'x' }, { by: 'CLK', caseId: await idOf() });
    then.thenRefused(['TOO_LONG', 'TOO_MANY']).thenContext({ asked: 2 });
  });

  test('given › a deadline that passed › when looked at › was reached by the engine', async () => {
    const then = await permitCase()
      .events([asked])
      .when('Grant', { days: 1, kind: 'day' }, { by: 'SUP', at: '2027-05-20T06:00:00Z' });
    expect(then.thenAccepted(['Granted']).case?.deadlineCounts).toMatchObject({ reached: 1 });
  });

  test('given › a command that opens › when given › answers without its opening', async () => {
    const then = await permitCase().when('Ask', { what: 'roof', who: 'x' }, { by: 'CLK' });
    expect(then.thenAccepted(['Asked']).events).toHaveLength(1);
  });

  test('given › a past that the rules forbid › when tried › says so', async () => {
    const forbidden = { ...ask, input: { what: 'far too long a text', who: 'x' } };
    await expect(
      permitCase().commands([forbidden]).when('Close', {}, { by: 'SUP' }),
    ).rejects.toThrow('expected the given Ask to have been accepted, found TOO_LONG');
  });

  test('given › a base and two branches › when each is used › neither sees the other', async () => {
    const base = permitCase().commands([ask]);
    await base.commands([{ command: 'Close', by: 'SUP' }]).when('Grant', GRANT, { by: 'SUP' });
    const then = await base.when('Grant', GRANT, { by: 'SUP' });
    then.thenAccepted(['Granted']);
  });
});

const GRANT = { days: 1, kind: 'day' };

/** The id that `given` draws first for its case. */
async function idOf(): Promise<string> {
  const then = await permitCase().events([asked]).when('Grant', GRANT, { by: 'SUP' });
  return then.case?.caseId ?? '';
}

describe('then', () => {
  const granted = () => permitCase().commands([ask]).when('Grant', GRANT, { by: 'SUP' });
  const refused = () => permitCase().commands([ask]).when('Grant', GRANT, { by: 'CLK' });

  test.each([
    [
      'accepted',
      async () => (await refused()).thenAccepted(),
      'expected accepted, found OWN_REQUEST',
    ],
    [
      'other events',
      async () => (await granted()).thenAccepted(['Closed']),
      'expected [Closed], found [Granted]',
    ],
    ['no events', async () => (await granted()).thenAccepted([]), 'expected [], found [Granted]'],
    [
      'refused',
      async () => (await granted()).thenRefused(['TOO_MANY']),
      'expected exactly [TOO_MANY], found accepted with [Granted]',
    ],
    [
      'other codes',
      async () => (await refused()).thenRefused(['TOO_MANY']),
      'expected exactly [TOO_MANY], found [OWN_REQUEST]',
    ],
    [
      'fewer codes',
      async () => (await refused()).thenRefused([]),
      'expected exactly [], found [OWN_REQUEST]',
    ],
    [
      'another state',
      async () => (await granted()).thenState(['closed']),
      'states[0]: expected closed active, found [open.granted]',
    ],
    [
      'another value',
      async () => (await granted()).thenContext({ asked: 9 }),
      'context.asked: expected 9, found 1',
    ],
    [
      'another deadline',
      async () => (await granted()).thenDeadlines({ 'T-INSPECT': 'none' }),
      'expected no such deadline, found it pending',
    ],
  ])(
    'then › when %s is expected and it is not so › throws what was found',
    async (_, check, message) => {
      await expect(check()).rejects.toThrow(message);
    },
  );
});
