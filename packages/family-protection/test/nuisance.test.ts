// A complaint about a nuisance goes the way of every community complaint, in words of its own.
import { describe, expect, test } from 'vitest';
import { nuisance, parkingDispute } from '../src/index.ts';
import { may, play, type Step } from './alley.ts';

const stage = { caseType: nuisance };
const step = (by: string, command: string, input: object, at?: string): Step => ({
  by,
  command,
  input,
  ...(at === undefined ? {} : { at }),
});
const complaint = step('int1', 'RegisterComplaint', {
  complaintNo: 'C-9',
  subType: 'animals',
  place: 'roof-4',
  block: '221',
  publicImpact: 'neighbourhood',
});
const party = (partyId: string, partyRole: string): Step =>
  step('int1', 'AddParty', {
    partyId,
    person: `p-${partyId}`,
    partyRole,
    relationToComplainant: partyRole === 'complainant' ? 'none' : 'neighbour',
    born: '1980-01-01',
  });
const checks = { competencyChecked: true, conflictChecked: true, openCases: 0 };
const visit = (measurements: string, at: string): Step =>
  step('cp1', 'CompleteSiteVisit', { patrolId: 'p-1', finding: 'substantiated', measurements }, at);
const active = [
  complaint,
  party('A', 'complainant'),
  party('F', 'respondent'),
  step('int1', 'ScreenHiddenHarm', { result: 'negative', relationBetweenParties: 'neighbour' }),
  step('int1', 'TriageCase', { level: 'routine' }),
  step('sup1', 'AssignCase', { to: 'cw1', ...checks }),
  visit('five dogs at night', may(10)),
];
const dogs = { respondent: 'F', category: 'animals', place: 'roof-4' };

describe('a nuisance', () => {
  test('that is repeated › is advised, logged again, and warned of', async () => {
    const { codes, events, view } = await play(
      [
        ...active,
        step('cp1', 'GiveAdvice', dogs, may(11)),
        step('cp1', 'RecordRecurrence', dogs, may(20)),
        visit('six dogs at night', may(20, '23:00')),
        step('cp1', 'IssueWarning', dogs, may(21)),
      ],
      stage,
    );
    expect(codes).toEqual([]);
    expect(events).toEqual(['WarningIssued']);
    expect(view).toMatchObject({ caseType: 'community.nuisance' });
    expect(view.states).toContain('resolution.answered');
  });

  test('that was not advised first › is not warned of', async () => {
    const { codes } = await play([...active, step('cp1', 'IssueWarning', dogs, may(11))], stage);
    expect(codes).toEqual(['GRADUATED_RESPONSE_SKIPPED', 'RECURRENCE_REQUIRED']);
  });

  test.each([
    ['a step in words of parking', step('cp1', 'GiveAdvice', { ...dogs, category: 'alley' })],
    ['a move to its own type', step('sup1', 'ReclassifyCase', { to: nuisance.name, reason: 'x' })],
  ])('given %s › cannot read it', async (_, wrong) => {
    expect((await play([...active, wrong], stage)).codes).toEqual(['INPUT_INVALID']);
  });

  test('that is about parking after all › goes there by a supervisor', async () => {
    const moved = (by: string): Step =>
      step(by, 'ReclassifyCase', { to: parkingDispute.name, reason: 'cars' });
    expect((await play([...active, moved('sup1')], stage)).codes).toEqual([]);
    const { codes } = await play([...active, moved('cp1')], stage);
    expect(codes).toEqual(['RECLASSIFICATION_NOT_APPROVED']);
  });
});

test('the two types › of rules, parts and deadlines › have the very same', () => {
  expect(nuisance.requires).toEqual(parkingDispute.requires);
  expect(Object.values(nuisance.deadlines)).toEqual(Object.values(parkingDispute.deadlines));
  expect(nuisance.chart.structure.nodes.length).toBe(parkingDispute.chart.structure.nodes.length);
  expect(nuisance.title).not.toEqual(parkingDispute.title);
});
