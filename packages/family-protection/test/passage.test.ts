// From one file to the next: nobody is left behind, and no danger either.
import { describe, expect, test } from 'vitest';
import type { CaseView } from '@himaya/engine';
import { domesticViolence, nuisance } from '../src/index.ts';
import { may, play, type Step } from './alley.ts';
import { complained, escalate, move, transfer } from './passage-refusals.ts';
import { as, assess, asked, issue, mergeInto, OTHER_FILE, otherReport } from './violence.ts';
import { person, until, work } from './violence.ts';

const violence = { caseType: domesticViolence };
const both = { caseTypes: [nuisance, domesticViolence] } as const;
const told: Step = as('int1', 'NoteSafetyConcern', { immediateDanger: true }, may(20));

/** A step in the other file. */
const there = (step: Step): Step => ({ ...step, file: OTHER_FILE });
const due = (view: CaseView | undefined, code: string): readonly string[] =>
  (view?.deadlines ?? [])
    .filter((one) => one.code === code && one.status === 'pending')
    .map(({ dueAt }) => dueAt);

describe('a danger', () => {
  test('told of in a file that was left › reaches the one that goes on', async () => {
    const steps = [...until.standard, otherReport, mergeInto(OTHER_FILE), told];
    const { engine, caseId, view } = await play(steps, violence);
    // Until the other file has it, it is due here.
    expect(due(view, 'T-EMERG')).toEqual(['2027-05-20T06:10:00.000Z']);
    expect(await engine.runReactions()).toMatchObject({ issued: 2, refused: 0 });
    expect(due(await engine.caseAt(caseId), 'T-EMERG')).toEqual([]);
    const next = await engine.caseAt(OTHER_FILE);
    expect(next?.context).toMatchObject({ immediateDanger: true });
    expect(due(next, 'T-EMERG')).toEqual(['2027-05-20T06:10:00.000Z']);
  });

  test.each([
    ['a worried answer', 'CompleteFollowUp', { safetyAnswer: 'concern' }],
    ['a release', 'NotifyRelease', { partyId: 'B' }],
  ])('%s in a file that was left › reaches the one that goes on', async (_, command, input) => {
    const steps = [...until.standard, otherReport, mergeInto(OTHER_FILE)];
    const { engine } = await play([...steps, as('cp1', command, input)], violence);
    expect(await engine.runReactions()).toMatchObject({ issued: 2, refused: 0 });
    expect((await engine.history(OTHER_FILE)).at(-1)).toMatchObject({
      type: 'SafetyConcernNoted',
      data: { concerns: ['danger'], immediateDanger: false },
    });
  });

  test('known when a file is left › goes on with it', async () => {
    const held = [...until.registered.slice(1), as('int1', 'AssessRisk', { band: 'high' })];
    const steps = [...until.high, otherReport, ...held.map(there), mergeInto(OTHER_FILE)];
    const { engine } = await play(steps, violence);
    expect(await engine.runReactions()).toMatchObject({ issued: 2, refused: 0 });
    const quiet = await play([...until.standard, otherReport, mergeInto(OTHER_FILE)], violence);
    expect(await quiet.engine.runReactions()).toMatchObject({ issued: 0, refused: 0 });
  });

  test.each([
    ['merged', mergeInto(OTHER_FILE)],
    ['transferred', transfer],
  ])('that nobody met when a file is %s › has its term until somebody acts', async (_, leave) => {
    const steps = [...until.standard, told, otherReport, leave];
    const { engine, view } = await play(steps, violence);
    // By the leaving nobody has acted: until the other file has it, it is due here.
    expect(due(view, 'T-EMERG')).toEqual(['2027-05-20T06:10:00.000Z']);
    await engine.runReactions();
    expect(due(await engine.caseAt(OTHER_FILE), 'T-EMERG')).toEqual(['2027-05-20T06:10:00.000Z']);
  });

  test('told once more while somebody is awaited › gives nobody more time', async () => {
    const again = (at: string): Step => ({ ...told, at });
    const steps = [...until.active, told, again(may(20, '09:08'))];
    const { view } = await play(steps, violence);
    expect(due(view, 'T-EMERG')).toEqual(['2027-05-20T06:10:00.000Z']);
    const later = await play([...steps, again(may(20, '09:15'))], violence);
    expect(due(later.view, 'T-EMERG')).toEqual(['2027-05-20T06:25:00.000Z']);
    const measure = work('StartProtectiveMeasure', { kind: 'escort' }, may(20, '09:05'));
    const met = await play([...until.active, told, measure, again(may(20, '09:08'))], violence);
    expect(due(met.view, 'T-EMERG')).toEqual(['2027-05-20T06:18:00.000Z']);
  });
});

describe('a transfer', () => {
  const people = [person('A', 'victim'), person('B', 'allegedAggressor'), person('C', 'witness')];
  const held = (more: object = {}): readonly Step[] =>
    [
      ...people,
      as('leg1', 'RecordProtectionOrderIssued', {
        ...issue,
        protected: ['A'],
        against: 'B',
        conditions: ['noContact'],
        ...more,
      }),
    ].map(there);
  const goes = (steps: readonly Step[], theirs: readonly Step[]) =>
    play([...steps, otherReport, ...theirs, transfer], violence);

  test('with an order that the other file holds › goes, and nothing is due here', async () => {
    const { codes, engine, view } = await goes(until.issued, held());
    expect(codes).toEqual([]);
    expect(due(view, 'T-PO-SERVE')).toEqual([]);
    const next = await engine.caseAt(OTHER_FILE);
    expect(due(next, 'T-PO-EXPIRE')).toEqual(due(view, 'T-PO-EXPIRE'));
    expect(due(next, 'T-PO-EXPIRE')).toEqual(['2027-06-09T09:00:00.000Z']);
  });

  test.each([
    ['against somebody else', { against: 'C' }],
    ['for less time', { until: may(30) }],
    ['with another condition', { conditions: ['noHarm'] }],
    ['for somebody else', { protected: ['C'] }],
  ])('with an order that the other file holds %s › is refused', async (_, more) => {
    const { codes } = await goes(until.issued, held(more));
    expect(codes).toEqual(['PROTECTION_NOT_TAKEN_OVER']);
  });

  test('with an order that was asked for › waits until it is asked for there', async () => {
    expect((await goes(until.requested, [])).codes).toEqual(['PROTECTION_NOT_TAKEN_OVER']);
    const request = there(as('sup1', 'RequestProtectionOrder', asked));
    const { codes } = await goes(until.requested, [...people.map(there), request]);
    expect(codes).toEqual([]);
    const refusal = there(as('leg1', 'RecordProtectionOrderRefused', { orderId: 'O1' }));
    const refused = await goes(until.requested, [...people.map(there), request, refusal]);
    expect(refused.codes).toEqual(['PROTECTION_NOT_TAKEN_OVER']);
  });

  test('at a high risk › waits until it is as high there', async () => {
    const known = people.map(there);
    const rated = there(as('int1', 'AssessRisk', { band: 'high' }));
    expect((await goes(until.high, known)).codes).toEqual(['PROTECTION_NOT_TAKEN_OVER']);
    expect((await goes(until.high, [...known, rated])).codes).toEqual([]);
  });

  test('with a measure › waits until it is taken there', async () => {
    const measure = work('StartProtectiveMeasure', { measureId: 'M1', kind: 'escort' });
    const here = [...until.standard, measure];
    expect((await goes(here, [])).codes).toEqual(['PROTECTION_NOT_TAKEN_OVER']);
    expect((await goes(here, [there(measure)])).codes).toEqual([]);
  });
});

describe('a case that waits for another type', () => {
  const waiting = [...until.served, move('family.childMaltreatment', 'cw1')];

  test('of more protection › goes by anyone, and what protects goes on', async () => {
    const { codes, view } = await play(waiting, violence);
    expect(codes).toEqual([]);
    expect(view.states).toContain('lifecycle.reclassified');
    expect(due(view, 'T-PO-EXPIRE')).toHaveLength(1);
    expect(due(view, 'T-RETYPE')).toEqual(['2027-05-10T12:30:00.000Z']);
    const breach = work('RecordBreach', { orderId: 'O1', breachId: 'B1', withViolence: true });
    expect((await play([...waiting, { ...breach, at: may(11) }], violence)).codes).toEqual([]);
  });

  test('before its triage, or its closure › is not waited for in vain', async () => {
    const away = move('family.childMaltreatment');
    for (const steps of [until.registered, until.proposed]) {
      const { view } = await play([...steps, away], violence);
      const codes = view.deadlines.filter(({ status }) => status === 'pending');
      const named = codes.map(({ code }) => code);
      expect(named).toContain('T-RETYPE');
      expect(named).not.toContain('T-TRIAGE');
      expect(named).not.toContain('T-CLOSE');
    }
  });

  test('whose order nobody holds yet › is left by nobody', async () => {
    const recorded = as('sup1', 'RecordSuccessor', { caseId: OTHER_FILE });
    const moved = [...until.served, move('family.selfHarmCrisis')];
    const { codes } = await play([...moved, otherReport, recorded], violence);
    expect(codes).toEqual(['PROTECTION_NOT_TAKEN_OVER']);
    const quiet = [...until.standard, move('family.selfHarmCrisis'), otherReport, recorded];
    const { view } = await play(quiet, violence);
    expect(view.states).toContain('lifecycle.transferred');
    expect(view.deadlines.filter(({ status }) => status === 'pending')).toEqual([]);
  });

  test.each([
    ['a child to be screened', [person('K', 'child', { band: 'under15' })]],
    ['a measure', [work('StartProtectiveMeasure', { kind: 'escort' })]],
    ['a danger', [told]],
    ['a danger that nobody met', [told, assess('standard', may(20, '10:00'))]],
    ['an order', [work('RequestProtectionOrder', asked)]],
  ])('with %s › gets no type that protects less', async (_, steps) => {
    const { codes } = await play([...until.standard, ...steps, move('family.dispute')], violence);
    expect(codes).toEqual(['RECLASSIFICATION_NOT_APPROVED']);
  });

  test('where nothing is feared › gets any type by a supervisor', async () => {
    const { codes, outcome } = await play([...until.standard, move('family.dispute')], violence);
    expect(codes).toEqual([]);
    expect(outcome).toMatchObject({
      events: [{ data: { direction: 'lessProtective', approver: 'sup1' } }],
    });
  });
});

describe('a complaint', () => {
  test('of violence › becomes a report once', async () => {
    const { view } = await play([...complained, escalate('generalCriminalLaw')], violence);
    expect(view.states).toContain('legal.reportFiled');
    expect(due(view, 'T-ART14')).toHaveLength(1);
    const twice = [...complained, escalate('childLaw'), escalate('childLaw')];
    expect((await play(twice, violence)).codes).toEqual(['INVALID_TRANSITION']);
    const { codes } = await play([...until.registered, escalate('childLaw')], violence);
    expect(codes).toEqual(['INVALID_TRANSITION']);
  });
});

test('an order › outside the statutory family › says that a lawyer has to look', async () => {
  const request = as('sup1', 'RequestProtectionOrder', asked);
  const flagged = { legalReviewRequired: true };
  const { outcome } = await play([...complained, request], violence);
  expect(outcome).toMatchObject({ events: [{ data: flagged }] });
  const issued = as('leg1', 'RecordProtectionOrderIssued', issue, may(10, '12:00'));
  const { outcome: later } = await play([...complained, request, issued], violence);
  expect(later).toMatchObject({ events: [{ data: flagged }] });
  const { outcome: usual } = await play([...until.requested, issued], violence);
  expect(usual).not.toMatchObject({ events: [{ data: flagged }] });
});

describe('a file that takes over another one', () => {
  const horn: Step = {
    by: 'int1',
    command: 'RegisterComplaint',
    caseType: 'community.nuisance',
    input: {
      complaintNo: 'C-1',
      subType: 'noise',
      place: 'house-7',
      block: '221',
      publicImpact: 'individual',
      immediateDanger: true,
    },
  };
  const party = (partyId: string, partyRole: string, more: object = {}): Step =>
    as('int1', 'AddParty', {
      partyId,
      person: `p-${partyId}`,
      partyRole,
      relationToComplainant: 'exSpouse',
      band: 'adult',
      ...more,
    });
  const screened = (partyId: string): Step =>
    as('int1', 'CompleteViolenceScreening', {
      partyId,
      instrument: 'OFFICE',
      result: 'positive',
      conductedAlone: true,
    });
  const parties = [
    horn,
    party('G', 'complainant', { relationToComplainant: 'none' }),
    party('H', 'respondent'),
    party('K', 'witness', { band: 'under15', relationToComplainant: 'child' }),
    party('N', 'neighbour', { relationToComplainant: 'neighbour' }),
    as('cp1', 'DeclareConflictOfInterest', { partyId: 'N' }),
  ];
  const moved = move('family.domesticViolence', 'int1');

  test('by itself › knows the people, the danger and who stays away', async () => {
    const { engine, caseId } = await play([...parties, screened('G'), moved], both);
    expect(await engine.runReactions()).toMatchObject({ refused: 0 });
    const next = await engine.caseAt(`${caseId}-dv`);
    expect(next?.context).toMatchObject({
      predecessor: caseId,
      dutyOfficer: 'int1',
      conflicts: ['cp1'],
      parties: {
        G: { role: 'victim', relation: 'self' },
        H: { role: 'allegedAggressor', relation: 'exSpouse' },
        K: { role: 'child', relation: 'child' },
        N: { role: 'witness', relation: 'none' },
      },
    });
    expect(due(next, 'T-EMERG')).toEqual(['2027-05-09T05:10:00.000Z']);
    expect(next?.states).toContain('childSafeguarding.screening');
    expect(due(next, 'T-ACCESS')).toHaveLength(1);
    expect(due(next, 'T-CHILD')).toEqual(['2027-05-10T05:00:00.000Z']);
    const before = await engine.caseAt(caseId);
    expect(before?.context).toMatchObject({ successor: `${caseId}-dv` });
    expect(before?.states).toContain('lifecycle.transferred');
  });

  test('by itself › holds what protects already, and still waits for who was called', async () => {
    const watched = as('cp2', 'StartProtectiveMeasure', { measureId: 'M1', kind: 'patrolWatch' });
    const taken = as('cp2', 'OrderMedicalTransfer', { transferId: 'T1', partyId: 'G' });
    const again = as('int1', 'NoteSafetyConcern', { immediateDanger: true }, may(9, '08:30'));
    const met = [...parties, watched, taken, screened('G')];
    const { engine, caseId } = await play([...met, again, moved], both);
    await engine.runReactions();
    const next = await engine.caseAt(`${caseId}-dv`);
    expect(next?.parts.filter(({ status }) => status === 'active').map(({ id }) => id)).toEqual([
      'M1',
      'T1',
    ]);
    expect(next?.states).toContain('protection.measuresActive');
    expect(due(next, 'T-EMERG')).toEqual(['2027-05-09T05:40:00.000Z']);
    const calm = await play([...met, moved], both);
    await calm.engine.runReactions();
    expect(due(await calm.engine.caseAt(`${calm.caseId}-dv`), 'T-EMERG')).toEqual([]);
  });

  test('of a complaint by somebody else › takes nobody but the harmed for the victim', async () => {
    const { engine, caseId } = await play([...parties, screened('H'), moved], both);
    await engine.runReactions();
    expect((await engine.caseAt(`${caseId}-dv`))?.context).toMatchObject({
      parties: {
        G: { role: 'reporter', relation: 'unknown' },
        H: { role: 'victim', relation: 'self' },
        K: { role: 'child', relation: 'unknown' },
      },
    });
  });

  test('by a person › has that person to answer for it', async () => {
    const { engine, caseId, view } = await play([...parties, screened('G'), moved], both);
    expect(view.states).toContain('lifecycle.reclassified');
    const outcome = await engine.execute(
      { id: '01JD8ZQ4XK7T9N2M5P8R3V6W2A', name: 'TakeOverCase', input: { predecessor: caseId } },
      { staff: 'sup1', role: 'SUP', office: 'MUH-FCP' },
    );
    expect(outcome).toMatchObject({
      kind: 'accepted',
      case: { caseId: `${caseId}-dv`, context: { dutyOfficer: 'sup1' } },
    });
    // Nobody has to tell the danger once more: somebody is awaited from the first moment.
    const taken = outcome.kind === 'accepted' ? outcome.case : undefined;
    expect(due(taken, 'T-EMERG')).toEqual(['2027-05-09T05:10:00.000Z']);
    // What the old file would have done by itself is done already.
    await engine.runReactions();
    expect((await engine.caseAt(caseId))?.context).toMatchObject({ successor: `${caseId}-dv` });
  });

  test('where the host has no such type › leaves the old file waiting, and due', async () => {
    const { engine, caseId } = await play([...parties, screened('G'), moved], {
      caseTypes: [nuisance],
    });
    expect(await engine.runReactions()).toMatchObject({ issued: 0, refused: 1 });
    expect(due(await engine.caseAt(caseId), 'T-TRIAGE')).toHaveLength(1);
  });

  test('a nuisance › of another kind than its own › is not readable', async () => {
    const input = { ...horn.input, subType: 'driveway' };
    await expect(play([{ ...horn, input }], both)).rejects.toThrow('INPUT_INVALID');
  });
});
