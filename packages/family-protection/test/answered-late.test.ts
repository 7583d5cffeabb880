// What was done before a danger was told, or a level was found, answers neither.
import { describe, expect, test } from 'vitest';
import type { CaseView } from '@himaya/engine';
import { domesticViolence, parkingDispute } from '../src/index.ts';
import { may, play, type Step } from './alley.ts';
import { as, until, work } from './violence.ts';

const pending = ({ deadlines }: CaseView): readonly string[] =>
  deadlines.filter(({ status }) => status === 'pending').map(({ code }) => code);
const told: Step = as('int1', 'NoteSafetyConcern', { immediateDanger: true }, may(20));
const before = { occurredAt: may(20, '08:00'), lateReason: 'Written down at the desk.' };

const started: Step = as('int1', 'StartIntake', { channel: 'phone', intakeKind: 'complaint' });

const actions: readonly Step[] = [
  as('cp1', 'StartProtectiveMeasure', { kind: 'separation' }),
  as('cp1', 'OrderMedicalTransfer'),
];

describe.each([
  ['violence', domesticViolence, until.active],
  ['a parking dispute', parkingDispute, [started]],
] as const)('a danger in a file of %s', (_, caseType, begun) => {
  test.each(actions)('$command › before it was told › leaves it unmet', async (action) => {
    const { view } = await play([...begun, told, { ...action, ...before }], { caseType });
    expect(view.context).toMatchObject({ dangerUnmet: true });
    expect(pending(view)).toContain('T-EMERG');
    const met = await play([...begun, told, { ...action, ...before }, action], { caseType });
    expect(met.view.context).toMatchObject({ dangerUnmet: false });
    expect(pending(met.view)).not.toContain('T-EMERG');
  });
});

describe('a level that is high', () => {
  const reason = { lateReason: 'Written down at the desk.' };
  const answers: readonly (readonly [string, Step])[] = [
    ['T-SAFEPLAN', work('AgreeSafetyPlan', {})],
    ['T-CONF', as('sup1', 'HoldCaseConference', { agencies: ['hospital'] })],
    [
      'T-PO-DECIDE',
      work('RecordDeadlineDecision', {
        deadline: 'T-PO-DECIDE',
        decision: 'doNotAct',
        reason: 'She does not want one.',
      }),
    ],
  ];
  const high: Step = work('AssessRisk', { band: 'high' }, may(12));

  test.each(answers)('%s › what was done before it › does not end it', async (code, answer) => {
    const early = { ...answer, ...reason, occurredAt: may(12, '07:00') };
    const { view } = await play([...until.standard, high, early], { caseType: domesticViolence });
    expect(pending(view)).toContain(code);
    const { view: answered } = await play([...until.standard, high, early, answer], {
      caseType: domesticViolence,
    });
    expect(pending(answered)).not.toContain(code);
  });
});
