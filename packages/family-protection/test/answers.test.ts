// Who has had an answer and who has not: an answer to one is none to another.
import { describe, expect, test } from 'vitest';
import { clause, closed, complaint, consent, hold, june, may, offer } from './alley.ts';
import { party, play } from './alley.ts';
import { proposed, refer, rung, schedule, screen, sign, upTo, type Step } from './alley.ts';

type View = Awaited<ReturnType<typeof play>>['view'];
const dueOf = (view: View, code: string): string | undefined =>
  view.deadlines.find((one) => one.code === code && one.status === 'pending')?.dueAt;
const utc = (local: string): string => new Date(local).toISOString();
/** Whom something still waits for an answer about; `null`: the complaint as such. */
const open = ({ context }: View): readonly (string | null)[] =>
  (context['unanswered'] as readonly { readonly respondent: string | null }[]).map(
    ({ respondent }) => respondent,
  );
const respondent = (partyId: string): Step => party(partyId, { partyRole: 'respondent' });
const recurred = (who: string, at: string, more: object = {}): Step => ({
  ...rung('RecordRecurrence', who, more),
  at,
});
const advise = (who: string, at: string, more: object = {}): Step => ({
  ...rung('GiveAdvice', who, more),
  at,
});
const visit = (finding: string, at: string): Step => ({
  by: 'cp1',
  command: 'CompleteSiteVisit',
  at,
  input: { patrolId: 'p', finding },
});
/** F and G are complained about, and everything is ready for answers. */
const street = [...upTo.active, respondent('G'), screen('negative')];
const ended = (outcome: string, at: string): Step => ({
  by: 'cw2',
  command: 'RecordPartnerClosed',
  at,
  input: { referralId: 'R1', outcome },
});

describe('a street with several respondents', () => {
  test('advice › to one of two › leaves the other unanswered, and the term runs', async () => {
    const one = await play([...street, advise('F', may(20))]);
    expect(open(one.view)).toEqual(['G']);
    expect(one.view.states).toContain('resolution.open');
    expect(dueOf(one.view, 'T-COMM-RES')).toBe(utc(may(30, '14:15')));
    expect(one.events).toEqual(['AdviceGiven']);
    const both = await play([...street, advise('F', may(20)), advise('G', may(21))]);
    expect(both.events).toEqual(['AdviceGiven', 'FollowUpScheduled']);
    expect(both.view.states).toContain('resolution.answered');
    expect(dueOf(both.view, 'T-COMM-RES')).toBeUndefined();
  });

  test('closure › while one respondent has had no answer › is refused', async () => {
    const propose = { ...proposed, at: may(21) };
    const half = await play([...street, advise('F', may(20)), propose]);
    expect(half.codes).toEqual(['RESOLUTION_OPEN']);
  });

  test('an agreement › answers those who sign and nobody else', async () => {
    expect(open((await play(upTo.signed)).view)).toEqual(['F']);
    const whole = await play([...upTo.signed, advise('F', may(18))]);
    expect(open(whole.view)).toEqual([]);
  });

  test('no agreement › answers those who were asked', async () => {
    const court: Step = { by: 'con1', command: 'RecordNoAgreement', input: { nextStep: 'court' } };
    const asked = await play([...street, offer('A', 'F'), court]);
    expect(open(asked.view)).toEqual(['G']);
  });

  test('a repetition › of one › is not answered by a step for another', async () => {
    const start = [...street, advise('F', may(20)), advise('G', may(20))];
    const again = [...start, recurred('F', may(23)), recurred('G', may(24))];
    expect(dueOf((await play(again)).view, 'T-COMM-RES')).toBe(utc(june(13, '14:15')));
    const warned = await play([...again, { ...rung('IssueWarning'), at: may(25) }]);
    expect(open(warned.view)).toEqual(['G']);
    // What was due first is answered: the rest has the term of its own repetition.
    expect(dueOf(warned.view, 'T-COMM-RES')).toBe(utc(june(14, '14:15')));
  });

  test('a repetition › elsewhere › is not answered by a step here', async () => {
    const there = recurred('F', may(23), { place: 'elsewhere' });
    const start = [...upTo.advised, there];
    const here = [...start, recurred('F', may(24)), { ...rung('IssueWarning'), at: may(25) }];
    expect(open((await play(here)).view)).toEqual(['F']);
    const advised = await play([...here, advise('F', may(26), { place: 'elsewhere' })]);
    expect(open(advised.view)).toEqual([]);
  });

  test('an answer › dated before a repetition › does not answer it', async () => {
    const start = [...upTo.active, recurred('F', may(20, '12:00'))];
    const early = { ...advise('F', may(20, '13:00')), occurredAt: may(20, '11:00') };
    const { view } = await play([...start, early]);
    expect(open(view)).toEqual(['F']);
    expect(view.states).toContain('resolution.open');
  });

  test('someone named later › waits for an answer of their own', async () => {
    const named = [...upTo.advised, { ...respondent('G'), at: may(23) }];
    const { view } = await play(named);
    expect(open(view)).toEqual(['G']);
    expect(dueOf(view, 'T-COMM-RES')).toBe(utc(june(13, '14:15')));
    const unfounded = [...upTo.active, visit('notFound', may(10)), respondent('G')];
    expect(open((await play(unfounded)).view)).toEqual([]);
  });

  test('a respondent who turns out to be a child › is answered for elsewhere', async () => {
    const aged = (partyId: string, band: string): Step => ({
      by: band === 'adult' ? 'sup1' : 'int1',
      command: 'CorrectPartyAge',
      input: { partyId, corrects: 5, why: 'shown', band },
    });
    expect(open((await play([...street, aged('F', '15to17')])).view)).toEqual(['G']);
    expect(open((await play([...upTo.active, aged('F', '15to17')])).view)).toEqual([null]);
    const back = await play([...upTo.active, aged('F', '15to17'), aged('F', 'adult')]);
    expect(open(back.view)).toEqual(['F']);
  });

  test('a breach › that is no repetition › waits for an answer, too', async () => {
    const breach: Step = {
      by: 'sup1',
      command: 'RecordObligationBreach',
      at: may(25),
      input: { obligationId: 'N1-c1', obligor: 'B', cause: 'refused' },
    };
    const { view } = await play([...upTo.settled, breach]);
    expect(open(view)).toEqual(['B']);
    const repeated = await play([...upTo.settled, recurred('A', may(25))]);
    expect(open(repeated.view)).toEqual(['A']);
  });
});

describe('what is no answer to the complaint', () => {
  const witness = party('W', { partyRole: 'witness' });
  test.each<readonly [string, readonly Step[]]>([
    ['the complainant', [advise('A', may(20))]],
    ['a witness', [witness, screen('negative'), advise('W', may(20))]],
    ['a neighbour beside the one complained about', [advise('B', may(20))]],
    ['the respondent about another place', [advise('F', may(20), { place: 'elsewhere' })]],
    ['the respondent in another category', [advise('F', may(20), { category: 'driveway' })]],
  ])('advice › to %s › is none', async (_, steps) => {
    const { codes, view } = await play([...upTo.active, ...steps]);
    expect(codes).toEqual([]);
    expect(open(view)).toEqual(['F']);
    expect(dueOf(view, 'T-COMM-RES')).toBe(utc(may(30, '14:15')));
  });

  const nobody = [complaint, party('A'), party('B'), witness, screen('negative')];
  const ready = [...nobody, ...upTo.active.slice(upTo.screened.length)];
  test('advice › where nobody is named › answers through a neighbour, not a witness', async () => {
    expect(open((await play([...ready, advise('W', may(20))])).view)).toEqual([null]);
    expect(open((await play([...ready, advise('A', may(20))])).view)).toEqual([null]);
    expect(open((await play([...ready, advise('B', may(20))])).view)).toEqual([]);
  });

  test('a partner › answers what it was asked about, and nothing that came later', async () => {
    const asked = [...street, refer()];
    expect(open((await play([...asked, ended('done', may(20))])).view)).toEqual([]);
    const later = [...asked, recurred('G', may(12)), ended('done', may(20))];
    expect(open((await play(later)).view)).toEqual(['G']);
    const aboutF = [...street, refer({ respondents: ['F'] }), ended('done', may(20))];
    expect(open((await play(aboutF)).view)).toEqual(['G']);
  });

  test('a partner › asked with the consent of one respondent › answers for that one', async () => {
    const consents: Step = {
      by: 'cw2',
      command: 'RecordSharingConsent',
      input: {
        consentId: 'share',
        partyId: 'G',
        recipients: ['traffic'],
        scopeFields: ['plate'],
        capacityConfirmed: true,
        informed: true,
        obtainedPrivately: true,
      },
    };
    const basis = { kind: 'consent', consentId: 'share' };
    const shared = refer({ body: 'traffic', basis, fieldsShared: ['plate'] });
    const { view } = await play([...street, consents, shared, ended('done', may(20))]);
    expect(open(view)).toEqual(['F']);
  });

  test('a visit that found nothing › when it proves wrong › leaves all of them open', async () => {
    const none = [...street, visit('notFound', may(10))];
    expect(open((await play(none)).view)).toEqual([]);
    const wrong = await play([...none, visit('substantiated', may(11))]);
    expect(open(wrong.view)).toEqual(['F', 'G']);
  });

  test('a case › that is reopened › asks for one answer more', async () => {
    const reopen = { by: 'cw2', command: 'ReopenCase', input: { reasonCode: 'review' } };
    const again = [...closed, { ...reopen, at: june(18) }];
    expect(open((await play(again)).view)).toEqual([null]);
    const named = await play([...again, respondent('G')]);
    expect(open(named.view)).toEqual([null, 'G']);
    const answered = [...again, recurred('F', june(19)), { ...rung('IssueWarning'), at: june(20) }];
    expect(open((await play(answered)).view)).toEqual([]);
  });

  test('a repetition › in a closed case › reopens it and has a term', async () => {
    const late = { ...recurred('F', june(20)), occurredAt: june(19, '10:00') };
    const told = await play([...closed, late]);
    expect(told.events).toEqual(['RecurrenceDetected', 'CaseReopened']);
    expect(dueOf(told.view, 'T-COMM-RES')).toBe('2027-07-08T11:15:00.000Z');
    expect(open(told.view)).toContain('F');
  });
});

describe('a street of eight houses', () => {
  const houses = ['A', 'B', 'C', 'D', 'E', 'G', 'H', 'J'];
  const neighbours = houses.slice(2).map((house) => party(house));
  const clauses = Array.from({ length: 20 }, (_, index) => ({
    ...clause,
    clauseId: `c${index + 1}`,
    ...(index < 10 ? { due: june(1 + index) } : {}),
  }));
  const start = [complaint, party('A'), party('B'), ...neighbours, screen('negative')];
  const ready = [...start, ...upTo.active.slice(upTo.screened.length), offer(...houses)];
  const [first, ...others] = houses.map((house) => consent(house));
  const meeting = [...ready, { ...first, at: may(16) } as Step, ...others, schedule(...houses)];
  const signed = [...meeting, hold(...houses), sign(houses, ...clauses)];
  const fulfil = (obligor: string): Step => ({
    by: 'con1',
    command: 'FulfilObligation',
    input: { obligationId: 'N1-c1', obligor },
  });
  const stateOf = (view: View, id: string) =>
    view.parts.find((part) => part.kind === 'obligation' && part.id === id)?.states;

  test('the agreement › with twenty clauses for each of them › is signed in one act', async () => {
    const { codes, events, view } = await play(signed);
    expect(codes).toEqual([]);
    expect(events.filter((type) => type === 'ObligationOpened')).toHaveLength(20);
    expect(view.states).toContain('resolution.answered');
    expect(stateOf(view, 'N1-c20')).toEqual(['open']);
  });

  test('a clause › is fulfilled when the last who owes it has done it', async () => {
    const most = [...signed, ...houses.slice(1).map(fulfil)];
    const before = await play(most);
    expect(stateOf(before.view, 'N1-c1')).toEqual(['open']);
    expect(before.view.deadlines.some(({ part }) => part === 'N1-c1')).toBe(true);
    expect((await play([...most, fulfil('B')])).codes).toEqual(['NOT_OBLIGED']);
    const { obligor: _, ...input } = fulfil('A').input as { readonly obligor: string };
    const after = await play([...most, { ...fulfil('A'), input }]);
    expect(stateOf(after.view, 'N1-c1')).toEqual(['fulfilled']);
    expect(after.view.deadlines.some(({ part }) => part === 'N1-c1')).toBe(false);
  });

  test('a repetition › by one house › breaks what that house owes', async () => {
    const { events, view } = await play([...signed, recurred('C', may(25))]);
    expect(events.filter((type) => type === 'ObligationBreached')).toHaveLength(10);
    expect(events.filter((type) => type === 'SettlementBreached')).toHaveLength(1);
    expect(stateOf(view, 'N1-c1')).toEqual(['lapsed']);
  });
});
