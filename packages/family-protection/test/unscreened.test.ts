// Nobody whom nobody has screened is brought to a table, or left behind with a danger.
import { describe, expect, test } from 'vitest';
import { otherTypeThan } from '../src/fields.ts';
import { actor, alone, assign, complaint, consent, may, offer, party, play } from './alley.ts';
import { merge, OTHER, otherFile, otherViolence, screen, sign, upTo, type Step } from './alley.ts';

/** Types that a parking dispute may be moved to. */
const others = otherTypeThan('community.parkingDispute');

const measure: Step = {
  by: 'cp1',
  command: 'StartProtectiveMeasure',
  input: { measureId: 'M1', kind: 'separation' },
};

const moved = (to: string): Step => ({
  by: 'sup1',
  command: 'ReclassifyCase',
  input: { to, reason: 'said' },
});

describe('someone of unknown relation', () => {
  const stranger = party('F', { relationToComplainant: 'unknown' });
  const found = (relationToComplainant: string): Step => ({
    by: 'int1',
    command: 'CorrectPartyRelation',
    input: { partyId: 'F', corrects: 4, relationToComplainant, why: 'told' },
  });
  const unknown = [complaint, party('A'), stranger, screen('negative', 'none')];

  test('a stranger › has the complainant screened alone, and that is enough', async () => {
    expect((await play(unknown)).view.states).toContain('screening.violenceRequired');
    const { view } = await play([...unknown, alone('A', 'negative')]);
    expect(view.states).toContain('screening.negative');
  });

  test('a stranger › who is complained about anonymously › forces nothing', async () => {
    const { view } = await play([complaint, stranger, screen('negative', 'none')]);
    expect(view.states).toContain('screening.negative');
  });

  test('a stranger › who was screened alone › may meet the others', async () => {
    const both = [...unknown, alone('A', 'negative'), alone('F', 'negative')];
    expect((await play([...both, { ...offer('A', 'F'), by: 'cp1' }])).codes).toEqual([]);
  });

  test.each(['exSpouse', 'unknown'])('a neighbour › found to be %s › is screened', async (as) => {
    const { view } = await play([...upTo.screened, found(as)]);
    expect(view.states).toContain('screening.pending');
    const stopped = await play([...upTo.scheduled, found(as)]);
    expect(stopped.events).toContain('SessionCancelled');
    const named = [...unknown, found('exSpouse'), alone('A', 'negative')];
    expect((await play(named)).view.states).toContain('screening.violenceRequired');
  });

  test('a neighbour › found to be a colleague › changes nothing', async () => {
    const { view } = await play([...upTo.screened, found('colleague')]);
    expect(view.states).toContain('screening.negative');
  });
});

describe('a duplicate', () => {
  const other = (step: Step): Step => ({ ...step, file: OTHER });
  const intake = { channel: 'phone', intakeKind: 'complaint' };
  test.each([
    ['only has an intake', [{ by: 'int1', command: 'StartIntake', input: intake }]],
    ['was moved to another type', [otherFile, moved('family.domesticViolence')]],
  ])('a duplicate › of a file that %s › stays', async (_, steps) => {
    const { codes } = await play([...upTo.registered, ...steps.map(other), merge]);
    expect(codes).toEqual(['SURVIVING_CASE_UNSUITABLE']);
  });

  test('two files › merged into each other › go round in no circle', async () => {
    const { engine, caseId } = await play([...upTo.registered, otherFile, merge]);
    const back = { survivingCaseId: caseId, reason: 'sameIncident' };
    const given = { caseId: OTHER, id: OTHER.replace('1Y', '1Z'), name: 'MergeDuplicate' };
    const outcome = await engine.execute({ ...given, input: back }, actor('sup1'));
    expect(outcome).toMatchObject({ violations: [{ code: 'SURVIVING_CASE_UNSUITABLE' }] });
  });
});

describe('screening of everyone', () => {
  const aged = (band: string): Step => ({
    by: band === 'adult' ? 'sup1' : 'int1',
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
    const grown = { by: 'sup1', command: 'CorrectPartyAge', input };
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

  const specialist = { specialist: 'psy1' };
  test.each(['int1', 'sup1', 'cw2'])('a child › screened by %s › is refused', async (by) => {
    const { codes } = await play([...steps, alone('K', 'negative', by, specialist)]);
    expect(codes).toEqual(['CHILD_INTERVIEW_UNACCOMPANIED']);
  });

  test.each([
    ['a specialist', specialist, []],
    ['the complainant', { guardian: 'A' }, []],
    ['a guardian', { guardian: 'M' }, []],
    ['the respondent', { guardian: 'F' }, ['CONFLICTED_GUARDIAN']],
    ['a neighbour', { guardian: 'B' }, ['CONFLICTED_GUARDIAN']],
    ['nobody known', { guardian: 'X' }, ['CONFLICTED_GUARDIAN']],
    ['the child itself', { guardian: 'K' }, ['CONFLICTED_GUARDIAN']],
    ['the interviewer', { specialist: 'fio1' }, ['CONFLICTED_GUARDIAN']],
    ['a related specialist', { specialist: 'cp2' }, ['CONFLICTED_GUARDIAN']],
    ['a party called a specialist', { specialist: 'F' }, ['CONFLICTED_GUARDIAN']],
  ])('a child › accompanied by %s › is screened or not', async (_, by, expected) => {
    const related = { by: 'cp2', command: 'DeclareConflictOfInterest', input: { partyId: 'F' } };
    const guardian = party('M', { partyRole: 'guardian', relationToComplainant: 'none' });
    const ready = [...steps, related, guardian];
    const { codes } = await play([...ready, alone('K', 'negative', 'fio1', by)]);
    expect(codes).toEqual(expected);
  });
});

test('a child › who is complained about › is not screened beside who complains', async () => {
  const child = party('K', { partyRole: 'respondent', band: 'under15' });
  const steps = [...upTo.active, assign('fio1', { capacity: 'support' }), child];
  const { codes } = await play([...steps, alone('K', 'negative', 'fio1', { guardian: 'A' })]);
  expect(codes).toEqual(['CONFLICTED_GUARDIAN']);
});

describe('a danger that nobody has looked into', () => {
  const told = { ...complaint, input: { ...complaint.input, concerns: ['violence'] } };
  test.each([
    ['that was told', [told], []],
    ['that is being averted', [complaint, measure], ['MEASURE_ACTIVE']],
  ])('leaving › with a danger %s and nobody screened › is refused', async (_, steps, more) => {
    const merged = await play([...steps, otherViolence, merge]);
    expect(merged.codes).toEqual(['INTAKE_REFUSAL_FORBIDDEN', ...more]);
    for (const to of ['other', 'family.dispute']) {
      const { codes } = await play([...steps, moved(to)]);
      expect(codes, to).toEqual(['RECLASSIFICATION_NOT_APPROVED']);
    }
  });

  const worry = (...concerns: string[]): Step => ({
    by: 'cp1',
    command: 'NoteSafetyConcern',
    input: { concerns },
  });
  const violent = ['family.domesticViolence', 'family.missingMember', 'family.selfHarmCrisis'];
  const open = [...violent, 'family.childMaltreatment'];
  const forChildren = [...open, 'family.childAtRisk', 'family.domesticWorker'];
  const schoolboy = party('K', { partyRole: 'respondent', band: '15to17' });
  test.each([
    ['harm that was found', [screen('positive')], open],
    ['a screening that is open', [screen('unsure')], open],
    ['a protective measure', [screen('negative'), measure], open],
    ['a danger that was told', [worry('danger', 'child')], open],
    ['a child that is worried about', [worry('child')], forChildren],
    ['a child to be routed', [schoolboy], forChildren],
    ['nothing to fear', [screen('negative')], others.options],
  ])('a case › with %s › goes to no type that protects less', async (_, steps, allowed) => {
    const taken: string[] = [];
    for (const to of others.options) {
      const { codes } = await play([complaint, party('A'), ...steps, moved(to)]);
      if (codes.length === 0) taken.push(to);
      else expect(codes, to).toEqual(['RECLASSIFICATION_NOT_APPROVED']);
    }
    expect(taken.toSorted()).toEqual([...allowed].toSorted());
  });

  test('an agreement › on a session that a danger has overtaken › is refused', async () => {
    const concern = { by: 'cp1', command: 'NoteSafetyConcern', input: { concerns: ['danger'] } };
    const each = [screen('negative'), alone('A', 'negative'), alone('F', 'negative')];
    const again = [concern, ...each, { ...offer('A', 'B'), at: may(18) }];
    const agreed = [{ ...consent('A'), at: may(20) }, consent('B')];
    const { codes } = await play([...upTo.held, ...again, ...agreed, sign(['A', 'B'])]);
    expect(codes).toEqual(['SESSION_NOT_HELD']);
  });
});
