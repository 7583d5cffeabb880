// What gets lost between two steps unless someone takes care: dangers, ages, repetitions, absences.
import { describe, expect, test } from 'vitest';
import { actor, alone, closed, complaint, followedUp, june, may, offer, party } from './alley.ts';
import { play, proposed, refer, rung, schedule, screen, sign } from './alley.ts';
import { merge, OTHER, otherFile, otherViolence, upTo, type Step } from './alley.ts';

type View = Awaited<ReturnType<typeof play>>['view'];
const dueOf = (view: View, code: string): string | undefined =>
  view.deadlines.find((one) => one.code === code && one.status === 'pending')?.dueAt;
const utc = (local: string): string => new Date(local).toISOString();
const part = (view: View, kind: string, id: string) =>
  view.parts.find((one) => one.kind === kind && one.id === id)?.states;
const intake: Step = {
  by: 'int1',
  command: 'StartIntake',
  at: may(9),
  input: { channel: 'phone', intakeKind: 'complaint' },
};
const visit = (finding: string, at: string): Step => ({
  by: 'cp1',
  command: 'CompleteSiteVisit',
  at,
  input: { patrolId: 'p', finding },
});
const danger: Step = {
  by: 'int1',
  command: 'NoteSafetyConcern',
  input: { concerns: ['danger'], immediateDanger: true },
};
const born = (partyId: string, date: string): Step => {
  const { band: _, ...input } = party(partyId).input as { readonly band: unknown };
  return { ...party(partyId), input: { ...input, born: date } };
};

describe('danger', () => {
  test('danger › told with the complaint, after intake began › is recorded and timed', async () => {
    const input = { ...complaint.input, concerns: ['violence'], immediateDanger: true };
    const { events, view } = await play([intake, { ...complaint, input }]);
    expect(events).toEqual(['ComplaintRegistered', 'SafetyConcernNoted', 'AccessNeedsAnswered']);
    expect(dueOf(view, 'T-EMERG')).toBe(utc(may(9, '09:10')));
    expect(view.context.concerns).toEqual(['violence']);
  });

  test('danger › noted later › ends mediation, reopens, and outlives a merger', async () => {
    expect((await play([...upTo.scheduled, danger])).events).toContain('SessionCancelled');
    expect((await play([...closed, danger])).events).toContain('CaseReopened');
    const merged = await play([...upTo.registered, danger, otherFile, merge]);
    expect(dueOf(merged.view, 'T-EMERG')).toBe(utc(may(9, '09:10')));
  });

  test('danger › a violence screening that is not done › warns nobody', async () => {
    const owed = [...upTo.active, screen('unsure', 'exSpouse')];
    for (const step of [rung('GiveAdvice'), refer(), offer('A', 'B')]) {
      expect((await play([...owed, step])).codes).toEqual(['VIOLENCE_SCREENING_REQUIRED']);
    }
    const again = [...upTo.active, party('G')];
    for (const step of [rung('GiveAdvice'), refer({ urgent: true }), offer('A', 'B')]) {
      expect((await play([...again, step])).codes).toEqual(['VIOLENCE_SCREENING_REQUIRED']);
    }
    for (const step of [rung('GiveAdvice'), refer()]) {
      const found = [...upTo.active, screen('positive'), step];
      expect((await play(found)).codes).toEqual(['HARM_NOT_RULED_OUT']);
    }
  });

  test('a partner that does nothing › has answered nobody, and the term goes on', async () => {
    const accepted: Step = {
      by: 'cw2',
      command: 'RecordPartnerAccepted',
      input: { referralId: 'R1', ticketNo: 'M-1' },
    };
    const ended = (outcome: string): Step => ({
      by: 'cw2',
      command: 'RecordPartnerClosed',
      input: { referralId: 'R1', outcome },
    });
    const idle = await play([...upTo.active, refer(), accepted, ended('noAction')]);
    expect(idle.view.states).toContain('resolution.open');
    expect(dueOf(idle.view, 'T-COMM-RES')).toBeDefined();
    const done = await play([...upTo.active, refer(), accepted, ended('done')]);
    expect(done.view.states).toContain('resolution.answered');
    expect(dueOf(done.view, 'T-COMM-RES')).toBeUndefined();
  });

  test('danger › feared at intake, or people unknown › needs each party alone', async () => {
    const feared = { ...intake, input: { ...intake.input, concerns: ['violence'] } };
    for (const steps of [
      [feared, screen('negative')],
      [intake, screen('negative', 'unknown')],
      [...upTo.registered, party('G', { relationToComplainant: 'exSpouse' }), screen('negative')],
    ]) {
      expect((await play(steps)).view.states).toContain('screening.violenceRequired');
    }
  });

  test('danger › in a new incident at the follow-up › is screened for again', async () => {
    const input = { safetyAnswer: 'safe', newIncident: true };
    const { view } = await play([...upTo.settled, { ...followedUp, input }]);
    expect(view.states).toContain('screening.pending');
  });

  test('harm › that is found › has a term until the other procedure is open', async () => {
    const { view } = await play([...upTo.active, screen('positive')]);
    expect(dueOf(view, 'T-TRIAGE')).toBe(utc(may(9, '09:30')));
    const late = await play([...closed, screen('positive')]);
    expect(late.events).toEqual(['HiddenHarmScreened', 'CaseReopened']);
  });

  test('someone who joins while screening is forced › is screened too', async () => {
    const forced = [...upTo.registered, screen('negative', 'exSpouse'), party('G')];
    const rest = [...forced, alone('A', 'negative'), alone('F', 'negative')];
    expect((await play(rest)).view.states).toContain('screening.violenceRequired');
    const all = [...rest, alone('G', 'negative')];
    expect((await play(all)).view.states).toContain('screening.negative');
  });

  const transfer: Step = {
    by: 'head1',
    command: 'TransferCase',
    input: { toOffice: 'NOR', basis: 'placeOfIncident', successor: OTHER, acceptanceRef: 'r' },
  };
  test.each([merge, transfer])('an emergency › after $command › is recorded', async (last) => {
    const measure = { by: 'aud1', command: 'StartProtectiveMeasure', input: { kind: 'escort' } };
    const before = [...upTo.scheduled, otherFile];
    const { events } = await play([...before, last, measure]);
    expect(events).toContain('ProtectiveMeasureStarted');
    expect((await play([...before, last])).events).toContain('SessionCancelled');
  });

  test('an emergency › that opens a case › may come from anyone', async () => {
    const measure = { by: 'aud1', command: 'StartProtectiveMeasure', input: { kind: 'escort' } };
    expect((await play([measure])).events[0]).toBe('CaseOpened');
  });
});

describe('age', () => {
  const incident = (at: string): Step => ({
    ...complaint,
    input: { ...complaint.input, incidentAt: at },
  });

  test('age › of someone who has had a birthday since › is that at the incident', async () => {
    const steps = [incident(may(1)), born('F', '2009-05-05')];
    expect((await play(steps)).view.context.parties).toMatchObject({ F: { ageBand: '15to17' } });
  });

  test('age › when the incident turns out to be earlier › is established again', async () => {
    const steps = [intake, born('F', '2009-05-05'), incident(may(1))];
    expect((await play(steps)).view.context.parties).toMatchObject({ F: { ageBand: 'unknown' } });
    const seen = [intake, party('F'), incident(may(1))];
    expect((await play(seen)).view.context.parties).toMatchObject({ F: { ageBand: 'adult' } });
    const corrected: Step = {
      by: 'int1',
      command: 'CorrectComplaint',
      input: { corrects: 2, field: 'incidentAt', incidentAt: may(1), why: 'earlier' },
    };
    const after = await play([complaint, born('F', '1979-01-01'), corrected]);
    expect(after.view.context.parties).toMatchObject({ F: { ageBand: 'unknown' } });
  });

  const aged = (band: string): Step => ({
    by: band === 'adult' ? 'sup1' : 'int1',
    command: 'CorrectPartyAge',
    input: { partyId: 'F', corrects: 5, why: 'shown', band },
  });
  test('age › corrected to and fro › always finds the right way', async () => {
    const back = [...upTo.advised, aged('15to17'), aged('adult'), screen('negative')];
    expect(part((await play(back)).view, 'response', 'F|alley|alley-12')).toEqual(['noted']);
    expect((await play([...back, rung('GiveAdvice')])).codes).toEqual([]);
    const taken = { caseId: OTHER, partyId: 'F' };
    const opened = { by: 'int1', command: 'RecordSuccessor', input: taken };
    const routed = [...upTo.advised, aged('15to17'), otherViolence, opened, aged('adult')];
    const again = await play([...routed, screen('negative'), rung('GiveAdvice'), aged('15to17')]);
    expect(again.events).toEqual(['PartyAgeCorrected', 'ChildRerouted']);
    expect(part(again.view, 'response', 'F|alley|alley-12')).toEqual(['voided']);
    expect(again.view.context.childRoutes).toEqual({ F: OTHER });
  });

  test('a child › shown to be the one who repeats it › goes another way', async () => {
    const child = party('K', { band: 'under15' });
    const { events } = await play([...upTo.active, child, rung('RecordRecurrence', 'K')]);
    expect(events).toEqual(['RecurrenceDetected', 'ChildRerouted']);
  });

  test('a case about a child alone › can be closed once another took it over', async () => {
    const child = party('F', { band: 'under15' });
    const taken = { caseId: OTHER, partyId: 'F' };
    const opened = { by: 'int1', command: 'RecordSuccessor', input: taken };
    const triage = { by: 'int1', command: 'TriageCase', input: { level: 'priority' } };
    const assign = { to: 'cw2', competencyChecked: true, conflictChecked: true, openCases: 0 };
    const propose = { ...proposed, input: { reasonCode: 'childRouted', feedbackOffered: true } };
    const start = [complaint, party('A'), child, screen('negative'), triage];
    const active = [...start, { by: 'sup1', command: 'AssignCase', input: assign }];
    expect((await play([...active, propose])).codes).toContain('RESOLUTION_OPEN');
    expect((await play([...active, otherViolence, opened, propose])).codes).toEqual([]);
  });
});

describe('work', () => {
  const absent = (sessionId: string, at: string, abroad = false): Step => ({
    by: 'con1',
    command: 'AdjournSession',
    at,
    input: { sessionId, reason: 'noShow', absent: ['B'], ...(abroad ? { abroad } : {}) },
  });
  const second: Step = {
    ...schedule('A', 'B'),
    input: {
      ...schedule('A', 'B').input,
      sessionId: 'S2',
      start: may(19),
      end: may(19, '10:00'),
    },
  };

  test('an absence › asks for a second date, and twice is a refusal', async () => {
    const once = [...upTo.scheduled, absent('S1', may(17, '18:30'))];
    expect(dueOf((await play(once)).view, 'T-REC-NOSHOW')).toBe(utc(may(19, '14:15')));
    const abroad = await play([...upTo.scheduled, absent('S1', may(17, '18:30'), true)]);
    expect(dueOf(abroad.view, 'T-REC-NOSHOW')).toBe(utc(may(26, '14:15')));
    const twice = await play([...once, second, absent('S2', may(19, '09:30'))]);
    expect(twice.events).toEqual(['SessionAdjourned', 'PartyDeclined', 'ConsentWithdrawn']);
    expect(dueOf(twice.view, 'T-REC-NOSHOW')).toBeUndefined();
    expect(part(twice.view, 'consent', 'B-1')).toEqual(['withdrawn']);
  });

  test('an absence › from what has not begun › is none, a postponement is one', async () => {
    const early = await play([...upTo.scheduled, absent('S1', may(17, '17:59'))]);
    expect(early.codes).toEqual(['SESSION_NOT_BEGUN']);
    const input = { sessionId: 'S1', reason: 'moreTime' };
    const later = { by: 'con1', command: 'AdjournSession', at: may(17), input };
    expect((await play([...upTo.scheduled, later])).codes).toEqual([]);
  });

  test('a repetition › in a case that went on elsewhere › is refused', async () => {
    const { codes } = await play([...upTo.active, otherFile, merge, rung('RecordRecurrence')]);
    expect(codes).toEqual(['CASE_CLOSED']);
  });

  const assignments = ['AssignCase', 'ReassignCase'];
  test.each(assignments)('%s › without the caseload › is refused', async (name) => {
    const input = { to: 'cw1', competencyChecked: true, conflictChecked: true };
    const more = name === 'AssignCase' ? {} : { reason: 'leave' };
    const before = name === 'AssignCase' ? upTo.triaged : upTo.active;
    const given: Step = { by: 'sup1', command: name, input: { ...input, ...more } };
    expect((await play([...before, given])).codes).toEqual(['INPUT_INVALID']);
    const counted = { ...given, input: { ...given.input, openCases: 0 } };
    expect((await play([...before, counted])).codes).toEqual([]);
  });

  test('a case › that would go on in itself › is refused', async () => {
    const { engine, caseId } = await play(upTo.active);
    const about = { caseId, id: '01JD8ZQ4XK7T9N2M5P8R3V6W1Y' };
    const taken = { toOffice: 'NOR', basis: 'placeOfIncident', acceptanceRef: 'r' };
    for (const [by, name, input] of [
      ['sup1', 'MergeDuplicate', { survivingCaseId: caseId, reason: 'sameIncident' }],
      ['head1', 'TransferCase', { ...taken, successor: caseId }],
      ['sup1', 'RecordSuccessor', { caseId, partyId: 'F' }],
    ] as const) {
      const outcome = await engine.execute({ ...about, name, input }, actor(by));
      expect(outcome, name).toMatchObject({
        kind: 'refused',
        violations: [{ code: 'INPUT_INVALID' }],
      });
      expect(outcome, name).not.toHaveProperty('violations.0.detail');
    }
  });

  test('no agreement › is an answer only where the next step lies elsewhere', async () => {
    const none = (nextStep: string): Step => ({
      by: 'con1',
      command: 'RecordNoAgreement',
      input: { nextStep },
    });
    const ladder = await play([...upTo.offered, none('ladder')]);
    expect(ladder.view.states).toContain('resolution.open');
    expect(dueOf(ladder.view, 'T-COMM-RES')).toBeDefined();
    const court = await play([...upTo.offered, none('court')]);
    expect(court.view.states).toContain('resolution.answered');
    const again = await play([...upTo.signed, none('court')]);
    expect(again.codes).toEqual(['MEDIATION_NOT_UNDER_WAY']);
  });

  test('the ladder › after a long quiet › begins anew with advice', async () => {
    const warned = [
      ...upTo.advised,
      { ...rung('RecordRecurrence'), at: may(23) },
      rung('IssueWarning'),
    ];
    const advice = (at: string): Step => ({ ...rung('GiveAdvice'), at });
    const early = await play([...warned, advice('2027-08-21T08:59:00+03:00')]);
    expect(early.codes).toEqual(['GRADUATED_RESPONSE_REPEATED']);
    const { view } = await play([...warned, advice('2027-08-21T09:00:00+03:00')]);
    expect(part(view, 'response', 'F|alley|alley-12')).toEqual(['advised']);
  });

  test('a visit › that finds what an earlier one did not › asks for an answer', async () => {
    const none = [...upTo.active, visit('notFound', may(10))];
    expect((await play(none)).view.states).toContain('resolution.answered');
    const { view } = await play([...none, visit('substantiated', may(11))]);
    expect(view.states).toContain('resolution.open');
    expect(dueOf(view, 'T-COMM-RES')).toBe(utc(june(1, '14:15')));
    const answered = await play([...upTo.advised, visit('substantiated', may(21))]);
    expect(answered.view.states).toContain('resolution.answered');
  });

  test('duties › of someone who acts in the name of another › are those of both', async () => {
    const own = { ...proposed, onBehalfOf: 'sup1' };
    const steps = [...upTo.settled, followedUp, own];
    const close = { by: 'sup1', command: 'CloseCase' };
    expect((await play([...steps, close])).codes).toEqual(['SEPARATION_OF_DUTIES']);
    const seen = { ...visit('substantiated', may(10)), onBehalfOf: 'con1' };
    const offered = await play([...upTo.active, seen, offer('A', 'B')]);
    expect(offered.codes).toEqual(['SEPARATION_OF_DUTIES']);
  });

  test.each<readonly [string, readonly Step[]]>([
    ['closes a case as its head', [...closed.slice(0, -1), { by: 'head1', command: 'CloseCase' }]],
    ['offers mediation as a supervisor', [...upTo.active, { ...offer('A', 'B'), by: 'sup1' }]],
    ['screens for violence as police', [...upTo.active, { ...alone('A', 'negative'), by: 'cp1' }]],
  ])('nobody › %s', async (_, steps) => {
    expect((await play(steps)).codes).toEqual(['NOT_PERMITTED']);
  });

  test.each<readonly [string, readonly Step[]]>([
    [
      'a correction of a field whose value is another',
      [
        complaint,
        {
          by: 'int1',
          command: 'CorrectComplaint',
          input: { corrects: 2, field: 'plate', block: '216', why: 'x' },
        },
      ],
    ],
    ['someone born on a day that does not exist', [complaint, born('F', '1979-13-41')]],
    ['someone born on 30 February', [complaint, born('F', '1979-02-30')]],
    [
      'an instant on a day that does not exist',
      [
        complaint,
        { ...complaint, input: { ...complaint.input, incidentAt: '2027-04-31T09:00:00+03:00' } },
      ],
    ],
    [
      'a session that ends before it begins',
      [
        ...upTo.consented,
        { ...schedule('A', 'B'), input: { ...schedule('A', 'B').input, end: may(17) } },
      ],
    ],
  ])('input › that is %s › is refused', async (_, steps) => {
    expect((await play(steps)).codes).toEqual(['INPUT_INVALID']);
  });

  test('a party › who declines after consenting › has withdrawn', async () => {
    const decline = { by: 'sup1', command: 'RecordPartyDeclined', input: { partyId: 'B' } };
    const { events } = await play([...upTo.scheduled, decline]);
    expect(events).toEqual(['PartyDeclined', 'ConsentWithdrawn', 'SessionCancelled']);
    expect((await play([...upTo.held, decline, sign(['A', 'B'])])).codes).toContain(
      'CONSENT_MISSING',
    );
  });
});
