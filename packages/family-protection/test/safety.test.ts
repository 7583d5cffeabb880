// Safety before everything else: what a danger stops, opens and brings with it, in one append.
import { describe, expect, test } from 'vitest';
import { roles } from '../src/roles.ts';
import {
  actor,
  alone,
  closed,
  complaint,
  followedUp,
  may,
  party,
  play,
  proposed,
  screen,
  upTo,
  type Step,
  OTHER,
  otherViolence,
} from './alley.ts';

const measure: Step = {
  by: 'cp1',
  command: 'StartProtectiveMeasure',
  input: { measureId: 'M1', kind: 'separation' },
};
const transfer: Step = { by: 'cp1', command: 'OrderMedicalTransfer', input: { transferId: 'T1' } };
const part = (view: Awaited<ReturnType<typeof play>>['view'], kind: string, id: string) =>
  view.parts.find((one) => one.kind === kind && one.id === id)?.states;

describe('emergency', () => {
  const stages: readonly (readonly [string, readonly Step[]])[] = [
    [
      'intake',
      [
        {
          by: 'int1',
          command: 'StartIntake',
          input: { channel: 'phone', intakeKind: 'complaint' },
        },
      ],
    ],
    [
      'abandoned',
      [
        {
          by: 'int1',
          command: 'StartIntake',
          input: { channel: 'phone', intakeKind: 'complaint' },
        },
        screen('negative'),
        {
          by: 'int1',
          command: 'AbandonIntake',
          input: { reason: 'noComplaintWished', screenedForHarm: true },
        },
      ],
    ],
    ['registered', upTo.registered],
    ['active', upTo.active],
    ['session scheduled', upTo.scheduled],
    ['closure review', [...upTo.settled, followedUp, proposed]],
    ['closed', closed],
    [
      'reclassified',
      [
        ...upTo.active,
        {
          by: 'cp1',
          command: 'ReclassifyCase',
          input: { to: 'family.domesticViolence', reason: 'told' },
        },
      ],
    ],
  ];

  test.each(stages)('emergency › after %s › is accepted, by anyone', async (_, steps) => {
    for (const one of [measure, transfer]) {
      for (const by of ['aud1', 'cp1', 'inv1']) {
        const { outcome, view } = await play([...steps, { ...one, by }]);
        expect(outcome.kind).toBe('accepted');
        expect(view.states).not.toContain('lifecycle.draft');
        expect(view.context.lead ?? view.context.dutyOfficer).not.toBeNull();
        expect(view.deadlines.some(({ status }) => status === 'pending')).toBe(true);
      }
    }
  });

  test('emergency › at the end of a case › takes it back to work', async () => {
    const reopened = await play([...closed, measure]);
    expect(reopened.events).toEqual(['ProtectiveMeasureStarted', 'CaseReopened']);
    expect(reopened.view.context.closure).toBeNull();
    expect(reopened.view.states).toContain('lifecycle.active');
    const returned = await play([...upTo.settled, followedUp, proposed, transfer]);
    expect(returned.events).toEqual(['MedicalTransferOrdered', 'ClosureReturned']);
  });

  test('emergency › before any case › opens one with an accountable officer', async () => {
    const { events, view } = await play([measure]);
    expect(events).toEqual(['CaseOpened', 'ProtectiveMeasureStarted', 'IntakeStarted']);
    expect(view.context.dutyOfficer).toBe('cp1');
    expect(view.context.concerns).toEqual(['danger']);
  });

  test('emergency › while a session is scheduled › ends the mediation', async () => {
    const { events, view } = await play([...upTo.scheduled, measure]);
    expect(events).toEqual([
      'ProtectiveMeasureStarted',
      'ReconciliationSuspended',
      'SessionCancelled',
    ]);
    expect(part(view, 'session', 'S1')).toEqual(['cancelled']);
    expect(part(view, 'offer', 'F-1')).toEqual(['suspended']);
    expect(part(view, 'consent', 'A-1')).toEqual(['lapsed']);
    expect(view.states).toContain('screening.pending');
    expect(view.context.round).toBe(2);
  });
});

describe('an emergency that opens a case', () => {
  const everyone = Object.keys(roles).filter((role) => role !== 'SYS');
  test.each(everyone)('given by %s › is taken from whoever is there', async (role) => {
    const { engine } = await play(upTo.active);
    const id = '01JD8ZQ4XK7T9N2M5P8R3V6W1Y';
    for (const name of ['OrderMedicalTransfer', 'StartProtectiveMeasure']) {
      const input = name === 'OrderMedicalTransfer' ? {} : { kind: 'escort' };
      const shown = await engine.preview({ id, name, input }, { ...actor('int1'), role });
      expect(shown, name).toMatchObject({ kind: 'accepted' });
    }
  });
});

describe('screening', () => {
  test.each([
    ['harm that is found', screen('positive'), 'harmFound'],
    ['a result that is unsure', screen('unsure'), 'screeningOpen'],
    ['violence that is found', alone('A', 'positive'), 'harmFound'],
    [
      'a session that is stopped',
      { by: 'con1', command: 'TerminateSession', input: { sessionId: 'S1' } },
      'screeningOpen',
    ],
    ['someone new in the dispute', party('G'), 'screeningOpen'],
    [
      'a move to another type',
      { by: 'cp1', command: 'ReclassifyCase', input: { to: 'family.dispute', reason: 'x' } },
      'leftProcedure',
    ],
  ] as const)('screening › after %s › no session is left', async (_, step, tripwire) => {
    const { outcome, view } = await play([...upTo.scheduled, step]);
    const sessions = view.parts.filter(({ kind }) => kind === 'session');
    expect(sessions.some((one) => one.in('scheduled'))).toBe(false);
    const suspended =
      outcome.kind === 'accepted'
        ? outcome.events.find(({ type }) => type === 'ReconciliationSuspended')
        : undefined;
    expect(suspended?.data).toEqual({ tripwire });
  });

  test('screening › of a former couple › needs each of them alone', async () => {
    const kin = party('F', { relationToComplainant: 'exSpouse' });
    const steps = [complaint, party('A'), kin, screen('negative')];
    const forced = await play(steps);
    expect(forced.view.states).toContain('screening.violenceRequired');
    expect(forced.view.context.toScreen).toEqual(['A', 'F']);
    const one = [...steps, alone('A', 'negative')];
    expect((await play(one)).view.states).toContain('screening.violenceRequired');
    const both = [...one, alone('F', 'negative')];
    expect((await play(both)).view.states).toContain('screening.negative');
    const found = [...one, alone('F', 'positive')];
    expect((await play(found)).view.states).toContain('screening.positive');
  });

  test('screening › that is forced › is not undone by asking again', async () => {
    const steps = [...upTo.registered, screen('negative', 'exSpouse'), screen('negative')];
    expect((await play(steps)).view.states).toContain('screening.violenceRequired');
  });

  test('screening › that found harm › stays positive', async () => {
    const steps = [
      ...upTo.registered,
      screen('positive'),
      screen('negative'),
      alone('A', 'negative'),
    ];
    expect((await play(steps)).view.states).toContain('screening.positive');
  });

  test('screening › before the parties are known › is not completed by one of them', async () => {
    const early = [complaint, screen('negative', 'spouse'), party('A'), party('F')];
    expect((await play([...early, alone('A', 'negative')])).view.states).toContain(
      'screening.violenceRequired',
    );
  });
});

describe('withdrawal', () => {
  const withdraw = (partyId: string): Step => ({
    by: 'int1',
    command: 'WithdrawConsent',
    input: { partyId, purpose: 'mediation' },
  });

  test('withdrawal › that leaves one › cancels the session', async () => {
    const { events } = await play([...upTo.scheduled, withdraw('A')]);
    expect(events).toEqual(['ConsentWithdrawn', 'SessionCancelled']);
  });

  test('withdrawal › of a consent that is past, or after the case › is taken', async () => {
    const expired = await play([...upTo.consented, { ...withdraw('A'), at: may(25) }]);
    expect(expired.events).toEqual(['ConsentWithdrawn']);
    expect(part(expired.view, 'consent', 'A-1')).toEqual(['withdrawn']);
    expect((await play([...closed, withdraw('A')])).events).toEqual(['ConsentWithdrawn']);
  });

  test('withdrawal › of what was never given › is refused', async () => {
    expect((await play([...upTo.offered, withdraw('F')])).codes).toEqual(['PART_UNKNOWN']);
  });
});

describe('children', () => {
  const child = party('K', { band: undefined, born: '2012-05-10', partyRole: 'respondent' });

  test.each([
    ['2012-05-10', 'under15', true],
    ['2012-05-09', '15to17', true],
    ['2009-05-10', '15to17', true],
    ['2009-05-09', 'adult', false],
  ])('a child › born on %s › is %s on 9 May 2027', async (born, ageBand, isChild) => {
    const { band: _, ...input } = child.input as { readonly band: unknown };
    const { view } = await play([complaint, { ...child, input: { ...input, born } }]);
    expect(view.context.parties).toMatchObject({ K: { ageBand, isChild } });
    expect(JSON.stringify(view.context)).not.toContain(born);
  });

  test('a child › who is complained about › goes another way, with a deadline', async () => {
    const steps = [...upTo.registered, party('K', { band: 'under15', partyRole: 'respondent' })];
    const { events, view } = await play(steps);
    expect(events).toEqual(['PartyAdded', 'ChildRerouted']);
    const route = view.deadlines.find(({ code }) => code === 'T-TRIAGE');
    expect(route?.dueAt).toBe('2027-05-09T06:30:00.000Z');
    const opened = {
      by: 'int1',
      command: 'RecordSuccessor',
      input: { caseId: OTHER, partyId: 'K' },
    };
    const done = await play([...steps, otherViolence, opened]);
    expect(done.view.deadlines.some(({ code }) => code === 'T-TRIAGE')).toBe(false);
    expect(done.view.states).toContain('lifecycle.registered');
  });

  test('a child › found out after a step › leaves the ladder', async () => {
    const input = { partyId: 'F', corrects: 5, why: 'shown an identity card', band: 'under15' };
    const steps = [...upTo.advised, { by: 'int1', command: 'CorrectPartyAge', input }];
    const { events, view } = await play(steps);
    expect(events).toEqual(['PartyAgeCorrected', 'ChildRerouted']);
    expect(part(view, 'response', 'F|alley|alley-12')).toEqual(['voided']);
  });

  test('a child › as a witness or a complainant › stays in this case', async () => {
    const { events } = await play([
      ...upTo.registered,
      party('K', { band: 'under15', partyRole: 'witness' }),
    ]);
    expect(events).toEqual(['PartyAdded']);
  });
});

describe('leaving', () => {

  const moved: Step = {
    by: 'cp1',
    command: 'ReclassifyCase',
    input: { to: 'family.domesticViolence', reason: 'told' },
  };

  test('a move to a more protective type › needs no approval and no triage', async () => {
    const { outcome, view } = await play([...upTo.registered, moved]);
    expect(outcome.kind).toBe('accepted');
    expect(view.states).toContain('lifecycle.reclassified');
    expect(view.context.reclassifiedTo).toBe('family.domesticViolence');
  });

  test('a move › until the successor is open › stays accountable and due', async () => {
    const { view } = await play([...upTo.active, moved]);
    const due = view.deadlines.filter(({ status }) => status === 'pending').map(({ code }) => code);
    expect(due).toEqual(['T-TRIAGE', 'T-CASE-REV']);
    const taken = { by: 'int1', command: 'RecordSuccessor', input: { caseId: OTHER } };
    const after = await play([...upTo.active, moved, otherViolence, taken]);
    expect(after.view.states).toContain('lifecycle.transferred');
    expect(after.view.deadlines.filter(({ status }) => status === 'pending')).toEqual([]);
  });

  test('a withdrawn complaint › can be closed unanswered, but not unscreened', async () => {
    const propose: Step = {
      by: 'cw2',
      command: 'ProposeClosure',
      input: { reasonCode: 'complaintWithdrawn', feedbackOffered: true },
    };
    expect((await play([...upTo.active, propose])).codes).toEqual([]);
    const harmed = await play([...upTo.active, screen('positive'), propose]);
    expect(harmed.codes).toEqual(['HARM_NOT_RULED_OUT']);
  });
});
