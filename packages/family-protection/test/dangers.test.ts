// A danger counts until somebody has asked about it afterwards, and nobody erases who is family.
import { describe, expect, test } from 'vitest';
import { alone, assign, complaint, followedUp, hold, may, merge, offer, OTHER } from './alley.ts';
import { otherFile, otherViolence, party, play, screen, upTo, type Step } from './alley.ts';
import { person } from './violence.ts';

const lateReason = 'told by telephone';
const of = (by: string, command: string, input: object): Step => ({ by, command, input });
const told = (more: object = { concerns: ['danger'] }): Step =>
  of('int1', 'NoteSafetyConcern', more);
const measure = of('cp1', 'StartProtectiveMeasure', { measureId: 'M1', kind: 'separation' });
const measureEnded = of('sup1', 'EndProtectiveMeasure', { measureId: 'M1', outcome: 'replaced' });
const transfer = of('cp1', 'OrderMedicalTransfer', { transferId: 'T1' });
const treated = of('int1', 'CompleteMedicalTransfer', { transferId: 'T1' });
const relapse: Step = { ...followedUp, at: may(22), input: { safetyAnswer: 'concern' } };
const terminated = of('con1', 'TerminateSession', { sessionId: 'S1' });
const moved = (to: string): Step => of('sup1', 'ReclassifyCase', { to, reason: 'told' });
const related = (partyId: string, relationToComplainant: string): Step =>
  of('int1', 'CorrectPartyRelation', { partyId, corrects: 3, relationToComplainant, why: 'told' });
const aged = (partyId: string, band: string): Step =>
  of('int1', 'CorrectPartyAge', { partyId, corrects: 3, why: 'shown', band });
const successor = (more: object = {}): Step =>
  of('sup1', 'RecordSuccessor', { caseId: OTHER, ...more });
const bothAlone = [screen('negative'), alone('A', 'negative'), alone('F', 'negative')];

describe('who complains beside somebody', () => {
  const beside = (relationToComplainant: string): Step =>
    party('C', { partyRole: 'complainant', relationToComplainant });

  test.each(['exSpouse', 'unknown'])('a second complainant › %s › is screened', async (as) => {
    const { view } = await play([complaint, party('A'), beside(as), screen('negative')]);
    expect(view.states).toContain('screening.violenceRequired');
    const found = [beside('neighbour'), screen('negative'), related('C', as), screen('negative')];
    const later = await play([complaint, party('A'), ...found]);
    expect(later.view.states).toContain('screening.violenceRequired');
  });

  test('the only complainant › of unknown relation › forces nothing', async () => {
    const self = party('A', { relationToComplainant: 'unknown' });
    const { view } = await play([complaint, self, party('F'), screen('negative')]);
    expect(view.states).toContain('screening.negative');
  });

  test.each(['exSpouse', 'unknown'])('a respondent › %s till corrected › counts', async (was) => {
    const driver = party('F', { relationToComplainant: was });
    const corrected = [driver, related('F', 'none'), screen('negative')];
    const { view } = await play([complaint, party('A'), ...corrected]);
    expect(view.states).toContain('screening.violenceRequired');
    const kin = was === 'exSpouse' ? ['F'] : [];
    expect(view.context).toMatchObject({ toScreen: ['A', ...kin] });
  });
});

describe('a screening that happened before', () => {
  const before = { at: may(11), occurredAt: may(9, '12:00'), lateReason };
  test.each([
    ['somebody joined', { ...party('G'), at: may(10) }],
    ['somebody was protected', { ...measure, at: may(10) }],
    ['somebody was found to be a stranger', { ...related('A', 'unknown'), at: may(10) }],
  ])('a screening › entered after, from before %s › rules nothing out', async (_, step) => {
    const late = await play([...upTo.screened, step, { ...screen('negative'), ...before }]);
    expect(late.view.states).toContain('screening.pending');
    const { view } = await play([...upTo.screened, step, { ...screen('negative'), at: may(11) }]);
    expect(view.states).toContain('screening.negative');
  });

  const asked = [{ ...told(), at: may(10) }, screen('negative')];
  test('a screening alone › from before the danger › does not count', async () => {
    const a = alone('A', 'negative');
    const steps = [...upTo.screened, ...asked, alone('F', 'negative')];
    expect((await play([...steps, { ...a, ...before }])).view.states).toContain(
      'screening.violenceRequired',
    );
    expect((await play([...steps, a])).view.states).toContain('screening.negative');
  });

  test('a screening alone › before a danger told meanwhile › is done again', async () => {
    const half = [...upTo.screened, ...asked, alone('A', 'negative')];
    const { view } = await play([...half, { ...told(), at: may(11) }, alone('F', 'negative')]);
    expect(view.states).toContain('screening.violenceRequired');
    expect(view.context).toMatchObject({ screened: { F: 'negative' } });
  });

  test('a screening › from before a new intake › rules nothing out', async () => {
    const intake = { channel: 'phone', intakeKind: 'complaint' };
    const left = { reason: 'noComplaintWished', screenedForHarm: true };
    const first = [of('int1', 'StartIntake', intake), screen('negative')];
    const again = of('int1', 'StartIntake', { ...intake, concerns: ['violence'] });
    const { view } = await play([...first, of('int1', 'AbandonIntake', left), again]);
    expect(view.states).toContain('screening.pending');
  });

  test.each([
    ['an immediate danger', { immediateDanger: true }],
    ['a danger', { concerns: ['danger'] }],
    ['a danger without a name', {}],
  ])('%s › told, and a plain screening › has each screened alone', async (_, said) => {
    const { view } = await play([...upTo.screened, told(said), screen('negative')]);
    expect(view.states).toContain('screening.violenceRequired');
  });

  test('an immediate danger › that was acted on › no longer bars mediation', async () => {
    const met = [told({ immediateDanger: true }), measure, measureEnded, ...bothAlone];
    const { codes } = await play([...upTo.active, ...met, offer('A', 'B')]);
    expect(codes).toEqual([]);
  });
});

describe('a child taken for grown', () => {
  const steps = [
    complaint,
    party('A'),
    party('F', { band: 'unknown' }),
    screen('unsure'),
  ];
  const [first, second] = [alone('F', 'negative'), alone('A', 'negative')];

  test.each([
    ['when all was ruled out', [first, second, aged('F', 'under15')]],
    ['while others wait', [first, aged('F', 'under15'), second]],
  ])('a child › screened as if grown, found out %s › is screened anew', async (_, order) => {
    const { view } = await play([...steps, ...order]);
    expect(view.states).toContain('screening.violenceRequired');
    expect(view.deadlines.filter(({ status }) => status === 'pending')).toContainEqual(
      expect.objectContaining({ code: 'T-SCREEN' }),
    );
  });

  test('a child › screened anew, with someone beside it › is no more in doubt', async () => {
    const grown = party('K', { band: 'unknown', partyRole: 'respondent' });
    const doubt = [grown, screen('unsure'), ...['A', 'F', 'K'].map((id) => alone(id, 'negative'))];
    const again = alone('K', 'negative', 'fio1', { specialist: 'psy1' });
    const fio = assign('fio1', { capacity: 'support' });
    const { view } = await play([...upTo.active, fio, ...doubt, aged('K', 'under15'), again]);
    expect(view.states).toContain('screening.negative');
  });
});

describe('a danger that was averted', () => {
  const other = [...upTo.active, otherViolence];
  test.each([
    ['a measure that has ended', [...other, measure, measureEnded]],
    ['a completed transfer', [...other, transfer, treated]],
    ['a concern at the follow-up', [...upTo.advised, otherViolence, relapse]],
    ['a session broken off', [...upTo.scheduled, otherViolence, terminated]],
  ])('%s › and nobody screened since › leaves the case where it is', async (_, steps) => {
    expect((await play([...steps, merge])).codes).toEqual(['INTAKE_REFUSAL_FORBIDDEN']);
    for (const to of ['other', 'family.childAtRisk']) {
      expect((await play([...steps, moved(to)])).codes).toEqual(['RECLASSIFICATION_NOT_APPROVED']);
    }
    expect((await play([...steps, moved('family.domesticViolence')])).codes).toEqual([]);
  });

  test('a measure that has ended › once harm is ruled out › holds nothing up', async () => {
    const { codes } = await play([...other, measure, measureEnded, screen('negative'), merge]);
    expect(codes).toEqual([]);
  });
});

describe('a danger and the file that goes on', () => {
  const waiting = [...upTo.active, otherViolence, moved('family.dispute')];
  const danger = told({ concerns: ['violence'], immediateDanger: true });
  const relays = async (steps: readonly Step[]) => {
    const { engine, caseId } = await play(steps);
    const run = await engine.runReactions();
    const history = await engine.history(OTHER);
    const noted = history.findLast(({ type }) => type === 'SafetyConcernNoted');
    const due = (await engine.caseAt(caseId))?.deadlines.map(({ code }) => code);
    return { run, due, noted: noted?.data };
  };

  test('a case › waiting for a type that protects too little › is given another', async () => {
    const { view, codes } = await play([...waiting, danger, moved('family.domesticViolence')]);
    expect(codes).toEqual([]);
    expect(view.context).toMatchObject({ reclassifiedTo: 'family.domesticViolence' });
  });

  test.each([
    ['told while it waits', [...waiting, danger, successor()], danger.input],
    [
      'met while it waits',
      [...waiting, danger, measure, successor()],
      { concerns: ['violence', 'danger'], immediateDanger: false },
    ],
    [
      'found while it waits',
      [...waiting, screen('positive'), successor()],
      { concerns: ['danger'] },
    ],
    [
      'ruled out before a merge',
      [...upTo.active, otherFile, told(), ...bothAlone, merge],
      { concerns: ['danger'], immediateDanger: false },
    ],
    [
      'found at the follow-up of a merged file',
      [...upTo.advised, otherFile, merge, relapse],
      { concerns: ['danger'] },
    ],
    [
      'told of a session of a merged file',
      [...upTo.scheduled, hold('A', 'B'), otherFile, merge, terminated],
      { concerns: ['danger'] },
    ],
  ])('a danger › %s › is told to the file that goes on', async (_, steps, expected) => {
    const { run, noted } = await relays(steps);
    // It is told there, and answered here.
    expect(run).toMatchObject({ issued: 2, refused: 0 });
    expect(noted).toMatchObject(expected ?? {});
  });

  test('a danger › when the file of a child opens later › is told once', async () => {
    const boy = party('K', { partyRole: 'respondent', band: '15to17' });
    const away = moved('family.selfHarmCrisis');
    const known = { ...person('K', 'child', { band: '15to17' }), file: OTHER };
    const steps = [complaint, otherViolence, known, party('A'), boy, told(), away];
    const { run } = await relays([...steps, successor(), successor({ partyId: 'K' })]);
    expect(run).toMatchObject({ issued: 2, refused: 0 });
  });

  test('a case › in which nothing was told › tells nothing', async () => {
    const { run } = await relays([...upTo.active, otherFile, merge]);
    expect(run).toMatchObject({ issued: 0, refused: 0 });
  });

  test('an immediate danger › in a merged file › is due in the other one alone', async () => {
    const { due } = await relays([...upTo.active, otherFile, merge, danger]);
    expect(due).not.toContain('T-EMERG');
  });
});
