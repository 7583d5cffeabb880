// Nobody whom nobody has screened is brought to a table, or left behind with a danger.
import { describe, expect, test } from 'vitest';
import { alone, assign, complaint, consent, may, offer, party, play } from './alley.ts';
import { screen, sign, upTo, type Step } from './alley.ts';

const measure: Step = {
  by: 'cp1',
  command: 'StartProtectiveMeasure',
  input: { measureId: 'M1', kind: 'separation' },
};

describe('screening of everyone', () => {
  const aged = (band: string): Step => ({
    by: 'int1',
    command: 'CorrectPartyAge',
    input: { partyId: 'F', corrects: 4, why: 'shown', band },
  });
  const sibling = (band: string) => party('F', { relationToComplainant: 'sibling', band });

  test('family who joins › while nobody is named › is screened too', async () => {
    const spouse = party('N', { relationToComplainant: 'exSpouse' });
    const one = [complaint, screen('unsure'), party('A'), spouse, alone('A', 'negative')];
    expect((await play(one)).view.states).toContain('screening.violenceRequired');
    const both = [...one, alone('N', 'negative')];
    expect((await play(both)).view.states).toContain('screening.negative');
  });

  test('a child who turns out to be grown › is screened before any mediation', async () => {
    const ruledOut = [screen('negative'), alone('A', 'negative')];
    const steps = [complaint, party('A'), sibling('15to17'), ...ruledOut, aged('adult')];
    expect((await play(steps)).view.states).toContain('screening.pending');
    const meanwhile = [complaint, party('A'), sibling('15to17'), screen('negative'), aged('adult')];
    const { view } = await play([...meanwhile, alone('A', 'negative')]);
    expect(view.states).toContain('screening.violenceRequired');
  });

  test('a child who turns out to be grown › while a session is on › stops it', async () => {
    const rest = upTo.scheduled.slice(upTo.registered.length).map((step) =>
      step.command === 'TriageCase' ? { ...step, input: { level: 'priority' } } : step,
    );
    const input = { partyId: 'K', corrects: 6, why: 'shown', band: 'adult' };
    const grown = { by: 'int1', command: 'CorrectPartyAge', input };
    const child = party('K', { band: '15to17' });
    const { events } = await play([...upTo.registered, child, ...rest, grown]);
    expect(events).toEqual(['PartyAgeCorrected', 'ReconciliationSuspended', 'SessionCancelled']);
  });

  test('someone who turns out to be a child › is not screened with the others', async () => {
    const steps = [complaint, party('A'), sibling('adult'), screen('negative'), aged('under15')];
    const { view } = await play([...steps, alone('A', 'negative')]);
    expect(view.states).toContain('screening.negative');
  });
});

describe('screening of a child', () => {
  const steps = [
    ...upTo.active,
    assign('fio1', { capacity: 'support' }),
    party('K', { band: 'under15' }),
  ];

  test.each(['int1', 'sup1', 'cw2'])('a child › screened by %s › is refused', async (by) => {
    const { codes } = await play([...steps, { ...alone('K', 'negative'), by }]);
    expect(codes).toEqual(['CHILD_INTERVIEW_UNACCOMPANIED']);
  });

  test('a child › screened by the forensic interviewer › is screened', async () => {
    const { events } = await play([...steps, { ...alone('K', 'negative'), by: 'fio1' }]);
    expect(events).toEqual(['ViolenceScreeningCompleted']);
  });
});

describe('a danger that nobody has looked into', () => {
  const told = { ...complaint, input: { ...complaint.input, concerns: ['violence'] } };
  test.each([
    ['that was told', [told]],
    ['that is being averted', [complaint, measure]],
  ])('leaving › with a danger %s and nobody screened › is refused', async (_, steps) => {
    const merged = { survivingCaseId: 'x', reason: 'sameIncident' };
    for (const [command, input, code] of [
      ['MergeDuplicate', merged, 'INTAKE_REFUSAL_FORBIDDEN'],
      ['ReclassifyCase', { to: 'other', reason: 'said' }, 'RECLASSIFICATION_NOT_APPROVED'],
    ] as const) {
      const { codes } = await play([...steps, { by: 'sup1', command, input }]);
      expect(codes, command).toEqual([code]);
    }
  });

  test('an agreement › on a session that a danger has overtaken › is refused', async () => {
    const concern = { by: 'cp1', command: 'NoteSafetyConcern', input: { concerns: ['danger'] } };
    const again = [concern, screen('negative'), { ...offer('A', 'B'), at: may(18) }];
    const agreed = [{ ...consent('A'), at: may(20) }, consent('B')];
    const { codes } = await play([...upTo.held, ...again, ...agreed, sign(['A', 'B'])]);
    expect(codes).toEqual(['SESSION_NOT_HELD']);
  });
});
