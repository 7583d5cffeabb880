// The deadlines of the domain model's table, each derived again by hand.
import { describe, expect, test } from 'vitest';
import { policyBaseline } from '../src/index.ts';
import {
  alone,
  complaint,
  consent,
  followedUp,
  hold,
  june,
  may,
  offer,
  party,
  play,
  rung,
  schedule,
  screen,
  sign,
  upTo,
  clause,
  type Step,
  OTHER,
  otherViolence,
  otherFile,
} from './alley.ts';

type View = Awaited<ReturnType<typeof play>>['view'];
const intake = (more: object = {}): Step => ({
  by: 'int1',
  command: 'StartIntake',
  at: may(9),
  input: { channel: 'phone', intakeKind: 'complaint', ...more },
});
const refer = (urgent: boolean): Step => ({
  by: 'cw2',
  command: 'MakePartnerReferral',
  input: {
    referralId: 'R1',
    body: 'works',
    purpose: 'signage',
    urgent,
    basis: { kind: 'legal', code: 'publicWorksDefect' },
    fieldsShared: ['place'],
  },
});
const measure: Step = {
  by: 'cp1',
  command: 'StartProtectiveMeasure',
  at: may(20),
  input: { measureId: 'M1', kind: 'escort' },
};

const conflict: Step = {
  by: 'int1',
  command: 'DeclareConflictOfInterest',
  input: { partyId: 'F' },
};

function dueOf(view: View, code: string): string | undefined {
  return view.deadlines.find((one) => one.code === code && one.status === 'pending')?.dueAt;
}
const utc = (local: string): string => new Date(local).toISOString();

describe('deadlines', () => {
  // Row of the table, what starts it, when it is due, and what ends it.
  const rows: readonly (readonly [string, readonly Step[], string, Step | undefined])[] = [
    [
      'T-EMERG',
      [intake({ immediateDanger: true })],
      may(9, '09:10'),
      { by: 'cp1', command: 'OrderMedicalTransfer' },
    ],
    ['T-TRIAGE-C', [intake()], may(10), undefined],
    [
      'T-TRIAGE-C',
      upTo.screened,
      may(10),
      { by: 'int1', command: 'TriageCase', input: { level: 'routine' } },
    ],
    [
      'T-ACCESS',
      [intake()],
      may(16, '14:15'),
      { by: 'int1', command: 'AnswerAccessNeeds', input: { accessNeeds: [] } },
    ],
    [
      'T-COMM-VISIT',
      [complaint],
      may(12, '14:15'),
      {
        by: 'cp1',
        command: 'CompleteSiteVisit',
        input: { patrolId: 'p', finding: 'substantiated' },
      },
    ],
    [
      'T-COMM-RES',
      [complaint],
      may(30, '14:15'),
      { by: 'cp1', command: 'CompleteSiteVisit', input: { patrolId: 'p', finding: 'notFound' } },
    ],
    [
      'T-COMM-RES',
      [...upTo.advised, { ...rung('RecordRecurrence'), at: may(23) }],
      june(13, '14:15'),
      rung('IssueWarning'),
    ],
    [
      'T-REFERRAL',
      [...upTo.active, refer(false)],
      may(16, '14:15'),
      { by: 'cw2', command: 'RecordPartnerAccepted', input: { referralId: 'R1' } },
    ],
    [
      'T-REFERRAL',
      [...upTo.active, refer(true)],
      may(11),
      {
        by: 'cw2',
        command: 'RecordPartnerDeclined',
        input: { referralId: 'R1', reason: 'notCompetent' },
      },
    ],
    [
      'T-REC-CONS',
      [...upTo.offered, { ...consent('A'), at: may(16) }],
      may(23),
      { by: 'int1', command: 'WithdrawConsent', input: { partyId: 'A', purpose: 'mediation' } },
    ],
    ['T-REC-14D', upTo.held, may(31, '18:00'), sign(['A', 'B'])],
    ['T-MON', upTo.signed, june(16, '18:00'), undefined],
    ['T-FU', upTo.settled, june(16, '18:00'), followedUp],
    [
      'T-OBLIGATION',
      [...upTo.held, sign(['A', 'B'], { ...clause, obligors: ['A'], due: may(25) })],
      may(25),
      { by: 'cp1', command: 'FulfilObligation', input: { obligationId: 'N1-c1' } },
    ],
    [
      'T-SCREEN',
      [...upTo.registered, screen('negative', 'exSpouse'), alone('A', 'negative')],
      may(10),
      alone('F', 'negative'),
    ],
    [
      'T-REASSIGN',
      [...upTo.active, { ...conflict, by: 'cw2' }],
      may(9, '13:00'),
      {
        by: 'sup1',
        command: 'ReassignCase',
        input: {
          to: 'cw1',
          competencyChecked: true,
          conflictChecked: true,
          openCases: 0,
          reason: 'conflict',
        },
      },
    ],
    [
      'T-MEASURE',
      [...upTo.active, measure],
      may(21),
      {
        by: 'sup1',
        command: 'EndProtectiveMeasure',
        input: { measureId: 'M1', outcome: 'replaced' },
      },
    ],
    ['T-CASE-REV', [intake()], june(8), undefined],
    [
      'T-TRIAGE',
      [
        ...upTo.registered,
        otherViolence,
        party('K', { band: 'under15', partyRole: 'respondent' }),
      ],
      may(9, '09:30'),
      { by: 'int1', command: 'RecordSuccessor', input: { caseId: OTHER, partyId: 'K' } },
    ],
  ];

  test.each(rows)(
    '%s › after what starts it › is due as the table says',
    async (code, steps, due, end) => {
      expect(dueOf((await play(steps)).view, code)).toBe(utc(due));
      if (!end) return;
      const ended = await play([...steps, end]);
      expect(ended.codes).toEqual([]);
      expect(dueOf(ended.view, code)).toBeUndefined();
    },
  );

  test('T-CLOSE › after a proposal › is due in three working days', async () => {
    const { view } = await play([
      ...upTo.settled,
      followedUp,
      {
        by: 'cw2',
        command: 'ProposeClosure',
        at: june(17),
        input: { reasonCode: 'resolved', feedbackOffered: true },
      },
    ]);
    expect(dueOf(view, 'T-CLOSE')).toBe(utc(june(22, '14:15')));
  });

  test('T-REC-14D › at a second session › still runs from the first', async () => {
    const second = {
      ...schedule('A', 'B').input,
      sessionId: 'S2',
      start: may(20),
      end: may(20, '10:00'),
    };
    const held = {
      ...hold('A', 'B'),
      at: may(20),
      input: { sessionId: 'S2', attendees: ['A', 'B'] },
    };
    const steps = [...upTo.held, { by: 'con1', command: 'ScheduleSession', input: second }, held];
    expect(dueOf((await play(steps)).view, 'T-REC-14D')).toBe(utc(may(31, '18:00')));
  });

  test('T-MEASURE › when it is reviewed › is due again a day later', async () => {
    const review: Step = {
      by: 'cw2',
      command: 'ReviewProtectiveMeasure',
      at: may(21, '08:00'),
      input: { measureId: 'M1' },
    };
    expect(dueOf((await play([...upTo.active, measure, review])).view, 'T-MEASURE')).toBe(
      utc(may(22, '08:00')),
    );
  });

  test('T-MEASURE › asked for later than policy allows › is due as policy says', async () => {
    const asked = (reviewDue: string): Step => ({
      ...measure,
      input: { ...measure.input, reviewDue },
    });
    const late = await play([...upTo.active, asked('2028-01-01T09:00:00+03:00')]);
    expect(dueOf(late.view, 'T-MEASURE')).toBe(utc(may(21)));
    const early = await play([...upTo.active, asked(may(20, '12:00'))]);
    expect(dueOf(early.view, 'T-MEASURE')).toBe(utc(may(20, '12:00')));
  });

  test('T-SCREEN › while people are screened one by one › is not put off', async () => {
    const forced = [...upTo.registered, screen('negative', 'exSpouse')];
    const one = await play([...forced, { ...alone('A', 'negative'), at: may(10, '08:00') }]);
    expect(dueOf(one.view, 'T-SCREEN')).toBe(utc(may(10)));
    const late = await play([...forced, { ...alone('A', 'negative'), at: may(11) }]);
    const told = late.view.deadlines.filter(({ code }) => code === 'T-SCREEN');
    expect(told.map(({ status, marks }) => [status, marks.map(({ to }) => to)])).toEqual([
      ['reached', []],
    ]);
  });

  test('T-FU › when nobody is reached › is tried again, three times at least', async () => {
    const miss = (day: number, time?: string): Step => ({
      by: 'cw2',
      command: 'RecordFollowUpMissed',
      at: june(day, time),
    });
    const once = await play([...upTo.settled, miss(15)]);
    expect(dueOf(once.view, 'T-FU')).toBe(utc(june(16)));
    const thrice = await play([...upTo.settled, miss(14), miss(15), miss(15, '13:00')]);
    const followUp = thrice.view.parts.find(({ kind }) => kind === 'followUp');
    expect(followUp?.states).toEqual(['unreachable']);
    expect(dueOf(thrice.view, 'T-FU')).toBeUndefined();
  });

  test('T-CASE-REV › when nobody reviews › comes again, and a review moves it', async () => {
    const late = await play([
      ...upTo.active,
      { ...rung('GiveAdvice'), at: '2027-08-10T09:00:00+03:00' },
    ]);
    expect(late.view.context.reviewsMissed).toBe(3);
    expect(dueOf(late.view, 'T-CASE-REV')).toBe(utc('2027-09-06T09:00:00+03:00'));
    const review: Step = {
      by: 'sup1',
      command: 'ReviewCase',
      at: may(20),
      input: { next: 'continue' },
    };
    const reviewed = await play([...upTo.active, review]);
    expect(dueOf(reviewed.view, 'T-CASE-REV')).toBe(utc(june(19)));
  });

  test('marks › of each deadline › tell the roles that the table names', async () => {
    const marks = async (steps: readonly Step[], code: string) =>
      (await play(steps)).view.deadlines
        .find((one) => one.code === code)
        ?.marks.map(({ to, at }) => `${to} ${at}`);
    expect(await marks([intake({ immediateDanger: true })], 'T-EMERG')).toEqual([
      `SUP ${utc(may(9, '09:10'))}`,
      `HEAD ${utc(may(9, '09:20'))}`,
      `DUTY ${utc(may(9, '09:30'))}`,
    ]);
    expect(await marks([complaint], 'T-COMM-RES')).toEqual([
      `SUP ${utc(may(30, '14:15'))}`,
      `HEAD ${utc(june(1, '14:15'))}`,
    ]);
    expect(await marks([complaint], 'T-COMM-VISIT')).toEqual([`SUP ${utc(may(12, '14:15'))}`]);
    expect(await marks([...upTo.active, refer(false)], 'T-REFERRAL')).toEqual([
      `CW ${utc(may(16, '14:15'))}`,
      `SUP ${utc(may(18, '14:15'))}`,
    ]);
    expect(await marks(upTo.signed, 'T-MON')).toEqual([`CW ${utc(june(16, '18:00'))}`]);
  });

  const moveAway: Step = {
    by: 'head1',
    command: 'TransferCase',
    input: { toOffice: 'NOR', basis: 'placeOfIncident', successor: OTHER, acceptanceRef: 'r' },
  };
  test('a closed case › has nothing due, a case that moved on only what follows it', async () => {
    const { view } = await play([...upTo.scheduled, refer(false), otherFile, moveAway]);
    expect(view.deadlines.filter(({ status }) => status === 'pending')).toEqual([]);
    expect(offer('A').command).toBe('OfferMediation');
  });
});

describe('policy', () => {
  test('policy › its directions › let an overlay only tighten', () => {
    const { values } = policyBaseline;
    const minimumWaits = ['T-COOL.consent', 'T-COOL.signature', 'T-COOL.settlement', 'T-MON'];
    // An overlay may look at what ends earlier, and never later.
    const ends = ['T-PO-EXP-7', 'T-PO-EXP-3', 'T-PO-EXP-1', 'T-ROOMCERT'];
    const looksAhead = [...ends, 'T-EQUIPMENT'];
    for (const [key, { unit, direction, title }] of Object.entries(values)) {
      const isTerm = /^(T-|escalation|triage)/.test(key);
      const isLonger =
        [...minimumWaits, ...looksAhead].includes(key) || key.startsWith('T-MON-');
      const wanted = isLonger ? 'tightenHigher' : 'tightenLower';
      const isFixed = key.startsWith('T-REC-NOSHOW') || key === 'T-CARER-14D';
      if (isTerm) expect(direction, key).toBe(isFixed ? 'fixed' : wanted);
      expect(unit, key).not.toBe('');
      expect(title.ar, key).toMatch(/\p{Script=Arabic}/u);
    }
  });

  test('policy › its sources › are named, or openly missing', () => {
    const sourced = Object.entries(policyBaseline.values).filter(([, { citation }]) => citation);
    expect(sourced.map(([key]) => key)).toEqual([
      'T-REC-NOSHOW.here',
      'T-REC-NOSHOW.abroad',
      'age.responsibility',
      'ladder.steps',
      'agreement.signersMin',
      'T-CARER-14D',
      'po.issuers',
      'art14.fields',
      'family.statutory',
      'risk.bands',
      'reconciliation.prosecutorApproval',
      'offence.conciliability',
      'booking.roomBuffer',
      'booking.pairBuffer',
      'booking.stagger',
      'booking.early',
      'arrival.stay',
      'T-EQUIPMENT',
      'equipment.checked',
      'T-CARE-ROOM',
      'booking.step',
      'interview.max.under7',
      'interview.max.7to11',
      'interview.max.12to17',
      'child.earliest',
      'child.earliestFree',
      'child.latest',
      'T-ROOMCERT',
      'T-SEPBREACH',
      'T-VISIT-REPORT',
      'T-OVERRIDE',
      'room.features.interview',
      'room.features.forensic',
      'room.features.reconciliation',
      'room.features.care',
      'room.features.maternity',
      'room.features.visitation',
      'room.uses.interview',
      'room.uses.forensic',
      'room.uses.reconciliation',
      'room.uses.care',
      'room.uses.maternity',
      'room.uses.visitation',
      'room.insulated',
    ]);
    expect(policyBaseline.calendar.citation).toBeNull();
  });

  test('policy › its calendar › is the week of Bahrain', () => {
    const { weekend, utcOffsetMinutes, timeZone, workingHours } = policyBaseline.calendar;
    expect({ weekend, utcOffsetMinutes, timeZone, workingHours }).toEqual({
      weekend: ['friday', 'saturday'],
      utcOffsetMinutes: 180,
      timeZone: 'Asia/Bahrain',
      workingHours: { from: '07:00', to: '14:15' },
    });
  });
});
