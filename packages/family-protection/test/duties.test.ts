// Who may act: grants by role and assignment, separation of duties, conflicts of interest.
import { describe, expect, test } from 'vitest';
import { parkingDispute } from '../src/index.ts';
import {
  closed,
  followedUp,
  may,
  offer,
  party,
  play,
  proposed,
  rung,
  schedule,
  upTo,
  type Step,
} from './alley.ts';

const visit: Step = {
  by: 'cp1',
  command: 'CompleteSiteVisit',
  input: { patrolId: 'p3', finding: 'substantiated' },
};
const separated = ['SEPARATION_OF_DUTIES'];
const consented = upTo.consented;

describe('separation of duties', () => {
  test('closure › by the one who proposed it › is refused', async () => {
    const ready = [...upTo.settled, followedUp];
    const own = { ...proposed, by: 'sup1', input: proposed.input ?? {} };
    expect((await play([...ready, own])).codes).toEqual(['NOT_PERMITTED']);
    const acting = [...ready, proposed, { by: 'cw2', command: 'CloseCase' }];
    expect((await play(acting)).codes).toEqual(separated);
    expect((await play([...ready, proposed, { by: 'sup2', command: 'CloseCase' }])).codes).toEqual(
      [],
    );
  });

  test('a session › scheduled or held by who visited the site › is refused', async () => {
    const seen = [...upTo.active, visit, ...consented.slice(upTo.active.length)];
    expect((await play([...seen, { ...schedule('A', 'B'), by: 'cp1' }])).codes).toEqual(separated);
    expect((await play([...seen, { ...schedule('A', 'B'), by: 'cp2' }])).codes).toEqual([]);
    expect((await play([...upTo.active, visit, { ...offer('A', 'B'), by: 'cp1' }])).codes).toEqual(
      separated,
    );
  });

  test('a site visit or a ticket › by who conciliates › is refused', async () => {
    const meeting = [...consented, { ...schedule('A', 'B'), by: 'cp2' }];
    expect((await play([...meeting, { ...visit, by: 'cp2' }])).codes).toEqual(separated);
    const ticket = rung('RequestViolationTicket', 'F', { competentBody: 'traffic' });
    expect((await play([...meeting, { ...ticket, by: 'cp2' }])).codes).toEqual(separated);
  });

  test('an auditor › in any command but an emergency › is refused', async () => {
    const ordinary = Object.entries(parkingDispute.commands).filter(([, one]) => !one.emergency);
    for (const [name, { duties, by }] of ordinary) {
      expect(
        by.some((grant) => grant === 'AUD'),
        name,
      ).toBe(false);
      expect(duties?.[0]?.code, name).toBe('SEPARATION_OF_DUTIES');
    }
    expect((await play([...upTo.active, { ...party('G'), by: 'aud1' }])).codes).toEqual(separated);
  });

  test('someone related to a party › may not act, but may say so', async () => {
    const declared: Step = {
      by: 'cp1',
      command: 'DeclareConflictOfInterest',
      input: { partyId: 'F' },
    };
    expect((await play([...upTo.active, declared, visit])).codes).toEqual(['CONFLICT_OF_INTEREST']);
    expect(
      (await play([...upTo.active, declared, { ...declared, input: { partyId: 'A' } }])).codes,
    ).toEqual([]);
    expect((await play([...upTo.active, declared, { ...visit, by: 'cp2' }])).codes).toEqual([]);
  });
});

describe('a lead officer in conflict', () => {
  const related = (by: string): Step => ({
    by,
    command: 'DeclareConflictOfInterest',
    input: { partyId: 'F' },
  });
  const due = ({ deadlines }: Awaited<ReturnType<typeof play>>['view']) =>
    deadlines.filter(({ code, status }) => code === 'T-REASSIGN' && status === 'pending').length;
  const reassign: Step = {
    by: 'sup1',
    command: 'ReassignCase',
    input: {
      to: 'cw1',
      competencyChecked: true,
      conflictChecked: true,
      openCases: 0,
      reason: 'conflict',
    },
  };
  const handOver: Step = {
    by: 'sup1',
    command: 'HandOverCase',
    input: { to: 'cp2', competencyChecked: true, conflictChecked: true },
  };

  test('the lead › who is related to a party › answers for the case no longer', async () => {
    const declared = [...upTo.active, related('cw2')];
    const { view } = await play(declared);
    expect(view.context).toMatchObject({ lead: null, assigned: ['con1'], dutyOfficer: 'int1' });
    expect(due(view)).toBe(1);
    const replaced = await play([...declared, reassign]);
    expect(replaced.codes).toEqual([]);
    expect(replaced.view.context).toMatchObject({ lead: 'cw1', assigned: ['con1', 'cw1'] });
    expect(due(replaced.view)).toBe(0);
    const back = { ...reassign, input: { ...reassign.input, to: 'cw2' } };
    expect((await play([...declared, back])).codes).toEqual(['CONFLICT_OF_INTEREST']);
  });

  test('a conciliator › who is related to a party › conciliates no longer', async () => {
    const { view } = await play([...upTo.active, related('con1')]);
    expect(view.context).toMatchObject({ lead: 'cw2', assigned: ['cw2'] });
    expect(due(view)).toBe(0);
  });

  test('the duty officer › before anyone is assigned › hands over', async () => {
    const declared = [...upTo.triaged, related('int1')];
    expect(due((await play(declared)).view)).toBe(1);
    const handed = await play([...declared, handOver]);
    expect(handed.view.context['dutyOfficer']).toBe('cp2');
    expect(due(handed.view)).toBe(0);
    const alone = await play([...upTo.active, related('cw2'), handOver]);
    expect(due(alone.view)).toBe(1);
  });

  test('a lead › related while a closure is decided › is replaced then', async () => {
    const proposing = [...upTo.settled, followedUp, proposed, related('cw2')];
    expect(due((await play(proposing)).view)).toBe(1);
    const { codes, view } = await play([...proposing, reassign]);
    expect(codes).toEqual([]);
    expect(due(view)).toBe(0);
  });

  test('a case › reopened without its lead › asks for another', async () => {
    const reopen = { by: 'sup1', command: 'ReopenCase', input: { reasonCode: 'review' } };
    const declared = [...closed, related('cw2')];
    expect(due((await play(declared)).view)).toBe(0);
    expect(due((await play([...declared, reopen])).view)).toBe(1);
  });
});

describe('grants', () => {
  test.each([
    ['a caseworker who is not assigned', { ...proposed, by: 'cw1', at: may(10) }],
    ['a conciliator before being assigned', { ...offer('A', 'B'), by: 'con2' }],
    [
      'an intake officer',
      {
        by: 'int1',
        command: 'AssignCase',
        input: {
          to: 'cw1',
          competencyChecked: true,
          conflictChecked: true,
          openCases: 0,
        },
      },
    ],
    [
      'community police',
      {
        by: 'cp1',
        command: 'MakePartnerReferral',
        input: {
          referralId: 'R',
          body: 'works',
          purpose: 'bays',
          basis: { kind: 'legal', code: 'x' },
          fieldsShared: ['place'],
        },
      },
    ],
  ] as const)('grants › of %s › do not reach that far', async (_, step) => {
    const actor = step.by === 'con2' ? { ...step, by: 'psy1' } : step;
    expect((await play([...upTo.active, actor])).codes).toEqual(['NOT_PERMITTED']);
  });

  test('grants › of emergency commands › are not asked for', () => {
    const emergencies = Object.entries(parkingDispute.commands).filter(([, one]) => one.emergency);
    expect(emergencies.map(([name]) => name)).toEqual([
      'OrderMedicalTransfer',
      'StartProtectiveMeasure',
    ]);
    for (const [, { polarity, duties }] of emergencies) {
      expect([polarity, duties]).toEqual(['protective', undefined]);
    }
  });

  test('a reopened case › goes on with its file', async () => {
    const reopen = { by: 'cw2', command: 'ReopenCase', input: { reasonCode: 'review' } };
    const { view } = await play([...closed, reopen]);
    expect(view.states).toEqual([
      'lifecycle.active',
      'screening.negative',
      'verification.pending',
      'resolution.open',
      'compliance.complied',
    ]);
  });
});
