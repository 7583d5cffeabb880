// Visits to a child: who watches over them, what they rest on, when they are unlawful, and what stops them.
import { describe, expect, test } from 'vitest';
import type { Step } from './alley.ts';
import { codes, desk, officer, visit } from './building.ts';
import { day, hour, Indoors, wall } from './indoors.ts';
import { as, asked, assess, issue, person, until, work } from './violence.ts';

const dayId = `siteday-S1-${day}`;
const about = { siteId: 'S1', date: day, bookingId: 'v' };
const watcher = { staff: 'psy1', role: 'PSY', office: 'MUH-FCP' };
const second = { staff: 'cw3', role: 'CW', office: 'MUH-FCP' };
/** The child waits until it is fetched; the father comes later and leaves first. */
const child = visit('k', 'E-V', {
  role: 'child',
  ageBand: 'under7',
  arrives: wall('15:10'),
  leaves: wall('18:35'),
});
const father = visit('b', 'E-R', { arrives: wall('16:00'), leaves: wall('18:00') });
const supervision = { supervisor: 'psy1', basis: 'courtOrder', basisRef: 'J-1' };
const asking = {
  ...about,
  ...hour('16:00', '18:00', { purpose: 'supervisedVisit', roomId: 'VIS1' }),
  supervision,
  visits: [child, father],
};
const K = person('K', 'child', { band: 'under15' });
const party = (who: string, partyId: string) => ({ person: who, partyId });

/** A case in which b is accused of harm to a, the mother of k. */
async function family(steps: readonly Step[] = [...until.standard, K]) {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', ['a', 'b', 'k']);
  const linked = [party('a', 'A'), party('b', 'B'), party('k', 'K')];
  const caseId = await indoors.case(steps, 'h1', linked);
  indoors.at('10:00');
  const give = async (name: string, more: object = {}, by: object = desk) =>
    codes(await building.give(name, { ...about, ...more }, { caseId: dayId, by }));
  const book = async (more: object = {}, by: object = desk) =>
    codes(await building.book({ ...asking, ...more }, { by }));
  return { indoors, building, caseId, give, book };
}

/** It is booked, and both have come. */
async function met(steps?: readonly Step[]) {
  const world = await family(steps);
  const { indoors, give, book } = world;
  expect(await book()).toBe('accepted');
  indoors.at('15:10');
  expect(await give('CheckIn', { person: 'k', entranceId: 'E-V' })).toBe('accepted');
  indoors.at('16:00');
  expect(await give('CheckIn', { person: 'b', entranceId: 'E-R' })).toBe('accepted');
  return world;
}

/** It is under way. */
async function underWay() {
  const world = await met();
  expect(await world.give('CheckInSupervisor', {}, watcher)).toBe('accepted');
  expect(await world.give('StartBooking')).toBe('accepted');
  return world;
}
const bookingOf = async ({ building }: Pick<Awaited<ReturnType<typeof family>>, 'building'>) =>
  (await building.engine.caseAt(dayId))?.parts.find(({ id }) => id === 'v');

describe('a supervised visit', () => {
  test('that names nobody who watches, or nothing it rests on › is not booked', async () => {
    const { book } = await family();
    expect(await book({ supervision: null })).toEqual(['VISIT_UNSUPERVISED']);
    expect(await book({ supervision: { supervisor: 'psy1' } })).toEqual(['INPUT_INVALID']);
    expect(await book()).toBe('accepted');
  });

  test('is not started before who watches over it has come', async () => {
    const { give } = await met();
    expect(await give('StartBooking')).toEqual(['VISIT_UNSUPERVISED']);
    expect(await give('CheckInSupervisor', {}, second)).toEqual(['SUPERVISOR_NOT_NAMED']);
    expect(await give('CheckInSupervisor', {}, desk)).toEqual(['NOT_PERMITTED']);
    expect(await give('CheckInSupervisor', {}, watcher)).toBe('accepted');
    expect(await give('StartBooking')).toBe('accepted');
  });

  test('whoever watched has left before it began › it waits', async () => {
    const { give } = await met();
    await give('CheckInSupervisor', {}, watcher);
    expect(await give('CheckOutSupervisor', { supervisor: 'psy1' })).toBe('accepted');
    expect(await give('StartBooking')).toEqual(['VISIT_UNSUPERVISED']);
  });

  test('whoever watches leaves › it stops, unless somebody else has come', async () => {
    const world = await underWay();
    expect(await world.give('CheckOutSupervisor', { supervisor: 'psy1' })).toBe('accepted');
    const stopped = await bookingOf(world);
    expect(stopped?.states).toEqual(['terminated']);
    expect(stopped?.context).toMatchObject({ triggers: ['supervisorLeft'] });

    const { give, ...handed } = await underWay();
    const next = { supervisor: 'cw3' };
    expect(await give('NameSupervisor', next)).toEqual(['NOT_PERMITTED']);
    expect(await give('NameSupervisor', next, officer)).toBe('accepted');
    expect(await give('CheckInSupervisor', {}, second)).toBe('accepted');
    expect(await give('CheckOutSupervisor', { supervisor: 'psy1' })).toBe('accepted');
    expect((await bookingOf(handed))?.states).toEqual(['started']);
  });

  test.each(['a', 'b', 'k'])('%s of the family › never watches over it', async (supervisor) => {
    const { give, book } = await family();
    const theirs = { supervision: { ...supervision, supervisor } };
    expect(await book(theirs, second)).toEqual(['CONFLICTED_GUARDIAN']);
    expect(await book()).toBe('accepted');
    expect(await give('NameSupervisor', { supervisor }, officer)).toEqual(['CONFLICTED_GUARDIAN']);
  });

  test('somebody who comes to it, of whatever household › does not watch over it', async () => {
    const { book } = await family();
    const friend = visit('z', 'E-P', { arrives: wall('15:30'), leaves: wall('16:30') });
    const named = {
      visits: [child, father, friend],
      supervision: { ...supervision, supervisor: 'z' },
    };
    expect(await book(named, second)).toContain('CONFLICTED_GUARDIAN');
    const other = { ...named, supervision: { ...supervision, supervisor: 'psy1' } };
    expect(await book(other, second)).not.toContain('CONFLICTED_GUARDIAN');
  });

  test.each(['a', 'psy2', 'nobody'])('%s is named by a desk › is answered alike', async (one) => {
    const { building } = await family();
    // Of the household, as is somebody of another one, and a name that nobody bears.
    await building.home('h2', ['psy2']);
    const named = { ...asking, supervision: { ...supervision, supervisor: one } };
    const question = { id: building.id(), name: 'BookRoom', input: named };
    expect((await building.engine.preview(question, desk)).kind).toBe('accepted');
  });

  test('whom a desk has named though she is of the family › never watches', async () => {
    const { give, book, indoors } = await family();
    const named = { supervision: { ...supervision, supervisor: 'a' } };
    expect(await book(named)).toBe('accepted');
    indoors.at('15:10');
    expect(await give('CheckIn', { person: 'k', entranceId: 'E-V' })).toBe('accepted');
    const asStaff = { ...watcher, staff: 'a' };
    expect(await give('CheckInSupervisor', {}, asStaff)).toEqual(['CONFLICTED_GUARDIAN']);
    expect(await give('StartBooking')).toEqual(['VISIT_UNSUPERVISED']);
  });

  test('whoever joins the family after having come › watches over nothing', async () => {
    const { building, give } = await met();
    expect(await give('CheckInSupervisor', {}, watcher)).toBe('accepted');
    await building.accept('JoinHousehold', { person: 'psy1', household: 'h1' });
    await building.accept('AddMember', { household: 'h1', person: 'psy1' });
    expect(await give('StartBooking')).toEqual(['VISIT_UNSUPERVISED']);
  });

  test('whoever turns out to be of the family › is not let watch', async () => {
    const { building, give } = await met();
    await building.accept('JoinHousehold', { person: 'psy1', household: 'h1' });
    await building.accept('AddMember', { household: 'h1', person: 'psy1' });
    expect(await give('CheckInSupervisor', {}, watcher)).toEqual(['CONFLICTED_GUARDIAN']);
  });

  test('a visitor whom no household knows › does not watch over it either', async () => {
    const { book } = await family();
    const visits = [child, visit('psy1', 'E-P', { arrives: wall('16:00') })];
    expect(await book({ visits })).toEqual(['CONFLICTED_GUARDIAN']);
  });

  test('whoever is related to a party › does not watch, once it is known', async () => {
    const declare = as('psy1', 'DeclareConflictOfInterest', { partyId: 'B' });
    const refused = ['CONFLICT_OF_INTEREST'];
    const known = await family([...until.standard, K, declare]);
    expect(await known.book()).toEqual(refused);
    const { building, caseId, give } = await met();
    await building.play([declare], caseId);
    expect(await give('CheckInSupervisor', {}, watcher)).toEqual(refused);
    const late = await met();
    expect(await late.give('CheckInSupervisor', {}, watcher)).toBe('accepted');
    await late.building.play([declare], late.caseId);
    expect(await late.give('StartBooking')).toEqual(refused);
    expect(await late.give('NameSupervisor', { supervisor: 'cw3' }, officer)).toEqual(refused);
  });
});

describe('a child and the one who is accused', () => {
  const order = [
    work('RequestProtectionOrder', { ...asked, protected: ['A', 'K'] }),
    as('leg1', 'RecordProtectionOrderIssued', issue),
  ];

  test.each([
    ['the risk is high', [...until.high, K]],
    ['nobody has assessed the risk', [...until.active, K]],
    ['an order forbids it', [...until.standard, K, ...order]],
  ])('%s › is not booked', async (_, steps) => {
    const { book } = await family(steps);
    expect(await book()).toContain('SEPARATION_CONFLICT');
  });

  test('another case that accuses him and was not assessed › is not booked', async () => {
    const { indoors, book } = await family();
    const again = until.registered.map(({ by, command, input = {} }): Step => ({
      by,
      command,
      input,
    }));
    await indoors.case(again, 'h1', [party('a', 'A'), party('b', 'B')]);
    expect(await book()).toEqual(['SEPARATION_CONFLICT']);
  });

  test('the risk becomes high after the booking › it does not start', async () => {
    const { building, caseId, give } = await met();
    await building.play([assess('high')], caseId);
    expect(await give('CheckInSupervisor', {}, watcher)).toBe('accepted');
    expect(await give('StartBooking')).toEqual(['SEPARATION_CONFLICT']);
  });

  test('the risk becomes high while it is under way › the desk is alarmed', async () => {
    const { indoors, building, caseId } = await underWay();
    await building.settle();
    await building.play([assess('high')], caseId);
    await building.settle();
    const alarms = await indoors.recorded('SeparationBreachOccurred');
    expect(alarms).toMatchObject([{ instruction: 'bringApart' }]);
  });

  test('an order between the adults alone › leaves the visit as it is', async () => {
    const alone = [
      work('RequestProtectionOrder', asked),
      as('leg1', 'RecordProtectionOrderIssued', issue),
    ];
    const { book } = await family([...until.standard, K, ...alone]);
    expect(await book()).toBe('accepted');
  });

  test.each([
    ['by one entrance', { entranceId: 'E-V' }],
    ['at one time', { arrives: wall('15:20') }],
    ['leaving at one time', { leaves: wall('18:30') }],
  ])('%s › is not booked', async (_, more) => {
    const { book } = await family();
    expect(await book({ visits: [child, { ...father, ...more }] })).toContain(
      'SEPARATION_CONFLICT',
    );
  });

  test('he first › is not booked', async () => {
    const { book } = await family();
    const first = { ...father, arrives: wall('14:30') };
    expect(await book({ visits: [child, first] })).toEqual(['ARRIVALS_NOT_STAGGERED']);
  });

  test('a mother whom the desk calls a child › does not sit with him', async () => {
    const { book } = await family();
    const mother = { ...child, person: 'a', role: 'victim' };
    expect(await book({ visits: [mother, father] })).toContain('SEPARATION_CONFLICT');
  });

  test('whom only the desk calls the accused › has no assessed case', async () => {
    const { book } = await family();
    const stranger = { ...father, person: 'y', role: 'alleged' };
    expect(await book({ visits: [child, stranger] })).toEqual(['SEPARATION_CONFLICT']);
  });
});

describe('whoever is there', () => {
  test.each(['distress', 'threats', 'intoxication', 'abductionRisk', 'childRefusal'])(
    'stops a visit because of %s › at once, and for good',
    async (trigger) => {
      const world = await underWay();
      const stops = { trigger };
      const by = { staff: 'x1', role: 'EXT', office: 'NOR-FCP' };
      expect(await world.give('TerminateVisit', stops, by)).toBe('accepted');
      expect((await bookingOf(world))?.states).toEqual(['terminated']);
      const again = trigger === 'childRefusal' ? 'CHILD_HAS_REFUSED' : 'INVALID_TRANSITION';
      expect(await world.give('StartBooking')).toEqual([again]);
      // What is seen later is added, and refused to nobody.
      expect(await world.give('TerminateVisit', { trigger: 'threats' }, by)).toBe('accepted');
      expect((await bookingOf(world))?.context).toMatchObject({ triggers: [trigger, 'threats'] });
    },
  );

  test('stops one that has not begun, or is over', async () => {
    const waiting = await met();
    expect(await waiting.give('TerminateVisit', { trigger: 'distress' })).toBe('accepted');
    expect((await bookingOf(waiting))?.states).toEqual(['terminated']);
    const over = await underWay();
    expect(await over.give('EndBooking')).toBe('accepted');
    expect(await over.give('TerminateVisit', { trigger: 'distress' })).toBe('accepted');
    expect((await bookingOf(over))?.states).toEqual(['over']);
  });

  test('stops nothing but a visit', async () => {
    const { indoors, give, building } = await family();
    const interview = hour('11:00', '12:00', { ...about, visits: [visit('a', 'E-V')] });
    expect(codes(await building.book(interview))).toBe('accepted');
    indoors.at('10:50');
    expect(await give('TerminateVisit', { trigger: 'threats' })).toEqual(['INVALID_TRANSITION']);
  });

  test('a supervisor › knows at once, the head after a day, and it is written down', async () => {
    const { indoors, building, give } = await underWay();
    await give('TerminateVisit', { trigger: 'distress' });
    await building.engine.runDeadlines();
    building.ms += 24 * 3_600_000;
    await building.engine.runDeadlines();
    const told = await indoors.recorded('DeadlineEscalated');
    const ofReport = told.filter((one) => 'code' in one && one.code === 'T-VISIT-REPORT');
    expect(ofReport).toMatchObject([
      { code: 'T-VISIT-REPORT', to: 'SUP' },
      { code: 'T-VISIT-REPORT', to: 'HEAD' },
    ]);
    const report = { report: 'The child cried, and was led out.' };
    expect(await give('ReportVisit', report, desk)).toEqual(['NOT_PERMITTED']);
    expect(await give('ReportVisit', report, watcher)).toBe('accepted');
  });

  test.each([
    ['threats', 1],
    ['childRefusal', 0],
  ])('%s › the case for which they came is told of %i danger', async (trigger, count) => {
    const world = await family();
    const { indoors, building, caseId, give, book } = world;
    const visits = [child, { ...father, caseId, partyId: 'B' }];
    expect(await book({ visits })).toBe('accepted');
    await give('TerminateVisit', { trigger });
    await building.settle();
    expect(await indoors.recorded('SafetyConcernNoted', caseId)).toHaveLength(count);
    expect(building.alerts).toEqual([]);
  });
});

describe('a child who has refused', () => {
  test('is brought to no other visit on this day', async () => {
    const { give, book } = await family();
    const later = { bookingId: 'w', from: wall('19:00'), to: wall('19:30') };
    const apart = [
      { ...child, arrives: wall('18:40'), leaves: wall('19:55') },
      { ...father, arrives: wall('19:00'), leaves: wall('19:30') },
    ];
    expect(await book({ ...later, visits: apart })).toBe('accepted');
    expect(await book()).toBe('accepted');
    expect(await give('TerminateVisit', { trigger: 'childRefusal' })).toBe('accepted');
    expect(await book({ bookingId: 'x' })).toContain('CHILD_HAS_REFUSED');
    expect(await give('StartBooking', { bookingId: 'w' })).toContain('CHILD_HAS_REFUSED');
  });

  test('on another day › is asked anew', async () => {
    const { give, book } = await family();
    expect(await book()).toBe('accepted');
    expect(await give('TerminateVisit', { trigger: 'childRefusal' })).toBe('accepted');
    const on = (clock: string): string => `2027-05-19T${clock}:00+03:00`;
    const next = {
      date: '2027-05-19',
      from: on('16:00'),
      to: on('18:00'),
      visits: [
        { ...child, arrives: on('15:10'), leaves: on('18:35') },
        { ...father, arrives: on('16:00'), leaves: on('18:00') },
      ],
    };
    expect(await book(next)).toBe('accepted');
  });
});

test('a desk › is not shown what a visit rests on, nor why it was stopped', async () => {
  const { building, give } = await underWay();
  await give('TerminateVisit', { trigger: 'intoxication' });
  await give('ReportVisit', { report: 'CANARY' }, watcher);
  const shown = JSON.stringify(await building.engine.historyFor(dayId, desk));
  expect(shown).not.toMatch(/J-1|intoxication|CANARY/);
  expect(shown).toContain('VisitTerminated');
  expect(JSON.stringify(await building.engine.historyFor(dayId, officer))).toContain('J-1');
});
