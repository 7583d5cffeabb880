// The risk falls by no date: old assessments, late incidents and stale proposals lower nothing.
import { describe, expect, test } from 'vitest';
import { domesticViolence } from '../src/index.ts';
import { may, play, type Step } from './alley.ts';
import { as, assess, until, work } from './violence.ts';

const stage = { caseType: domesticViolence };
const propose = work('ProposeRiskDowngrade');
const approve = as('sup1', 'ApproveRiskDowngrade');
const incident = (at: string): Step =>
  as('cp1', 'RecordIncident', { victim: 'A', violenceTypes: ['physical'] }, at);
/** The same, entered later than it happened. */
const since = (step: Step, occurredAt: string): Step => ({
  ...step,
  occurredAt,
  lateReason: 'It was told today.',
});
const lowered = 'RISK_DOWNGRADE_NOT_APPROVED';
const statesAfter = async (steps: readonly Step[]) => {
  const { view } = await play(steps, stage);
  const isDue = view.deadlines.some(
    ({ code, status }) => code === 'T-REASSESS' && status === 'pending',
  );
  const word = view.states.find((state) => state.startsWith('assessment.'));
  return { word, isDue };
};

describe('an assessment that is entered late', () => {
  test('made before the incident › answers nothing', async () => {
    const old = since(assess('standard', may(12, '10:00')), may(11, '20:00'));
    const after = [...until.standard, incident(may(12))];
    expect(await statesAfter([...after, old])).toEqual({ word: 'assessment.due', isDue: true });
    const fresh = assess('standard', may(12, '10:00'));
    expect(await statesAfter([...after, old, fresh])).toEqual({
      word: 'assessment.current',
      isDue: false,
    });
  });

  test('made before an incident, as the first one › leaves another to be made', async () => {
    const old = since(assess('standard', may(9, '12:00')), may(9, '10:00'));
    const steps = [...until.active, incident(may(9, '11:00')), old];
    expect(await statesAfter(steps)).toEqual({ word: 'assessment.due', isDue: true });
  });

  test('made before a later one › is not what a lower level rests on', async () => {
    const old = since(assess('standard', may(12, '10:00')), may(11, '12:00'));
    const { codes } = await play([...until.high, assess('high', may(12)), old, propose], stage);
    expect(codes).toEqual([lowered]);
  });

  test('finding more than is known › raises the level all the same', async () => {
    const old = since(assess('imminent', may(12, '10:00')), may(11, '12:00'));
    const { view } = await play([...until.high, assess('high', may(12)), old], stage);
    expect(view.states).toContain('risk.imminent');
  });
});

describe('a lower level', () => {
  const quiet = [assess('standard', may(30, '10:00')), propose, approve];

  test('after an incident that is told late › waits from when it was told', async () => {
    const late = since(incident(may(30)), may(10));
    expect((await play([...until.high, late, ...quiet], stage)).codes).toEqual([lowered]);
  });

  test('after a late report of an older incident › still waits for the last one', async () => {
    const late = since(incident(may(14)), may(10));
    const steps = [...until.high, incident(may(13)), late, assess('standard', may(27, '10:00'))];
    expect((await play([...steps, propose, approve], stage)).codes).toEqual([lowered]);
  });

  test('after a worry that was told since › needs a new assessment', async () => {
    const steps = [...until.high, assess('standard', may(11))];
    const worry = as('int1', 'NoteSafetyConcern', {}, may(11, '10:00'));
    expect((await play([...steps, worry, propose], stage)).codes).toEqual([lowered]);
    expect((await play([...steps, propose, worry, approve], stage)).codes).toEqual([lowered]);
    expect((await play([...steps, propose, approve], stage)).codes).toEqual([]);
  });

  test('proposed before the level was raised › is proposed anew', async () => {
    const raised = [assess('imminent', may(11, '10:00')), assess('standard', may(11, '11:00'))];
    const steps = [...until.high, assess('standard', may(11)), propose, ...raised];
    expect((await play([...steps, approve], stage)).codes).toEqual([lowered]);
    expect((await play([...steps, propose, approve], stage)).codes).toEqual([]);
  });
});

describe('a reassuring contact that does not reassure', () => {
  const contact = (concerns: boolean): Step =>
    work('RecordReassurance', { channel: 'inPerson', wellbeing: 2, concerns }, may(18));

  test('her worry › makes a new assessment due', async () => {
    const worried = await statesAfter([...until.standard, contact(true)]);
    expect(worried).toEqual({ word: 'assessment.due', isDue: true });
    const calm = await statesAfter([...until.standard, contact(false)]);
    expect(calm).toEqual({ word: 'assessment.current', isDue: false });
  });

  test('her worry › returns a closure, and reopens what was closed', async () => {
    const returned = await play([...until.proposed, contact(true)], stage);
    expect(returned.events).toContain('ClosureReturned');
    expect((await play([...until.closed, contact(true)], stage)).events).toContain('CaseReopened');
  });
});
