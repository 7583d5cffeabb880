// Whose building it is: staff of another office plan and receive nobody there, learn nothing, and still
// bring whoever is in need; and whoever is related to somebody takes no protection from them.
import { instant, msOf } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { codes, desk, facility, officer, siteS1, visit } from './building.ts';
import { day, her, him, hour, Indoors, linkAs, wall } from './indoors.ts';
import { as, until } from './violence.ts';

const dayId = `siteday-S1-${day}`;
const about = { siteId: 'S1', date: day };
const elsewhere = 'NOR-FCP';
const visitor = (role: string) => ({ staff: `${role.toLowerCase()}9`, role, office: elsewhere });
const OTHER = ['OTHER_OFFICE'];
/** As much of the file of a person as is asked for. */
interface Noted {
  readonly arrivals: readonly { readonly arrivalId: string }[];
}

/** Both are kept apart in the whole building; nothing of the day is recorded yet. */
async function kept() {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', ['a', 'b']);
  const caseId = await indoors.case(until.standard, 'h1');
  await building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
  await building.settle();
  indoors.at('08:00');
  const give = (name: string, more: object, by: object, where: object = { caseId: dayId }) =>
    building.give(name, { ...about, ...more }, { by, ...where });
  const opens = (name: string, more: object, by: object) => give(name, more, by, {});
  return { indoors, building, caseId, give, opens };
}

/** Her booking b1, herself inside by an arrival, and an alarm that stands. */
async function begun() {
  const world = await kept();
  const hers = hour('10:00', '11:00', { ...about, bookingId: 'b1', visits: [her] });
  expect(codes(await world.opens('BookRoom', hers, desk))).toBe('accepted');
  const arrives = { ...her, arrivalId: 'a1' };
  expect(codes(await world.opens('RegisterArrival', arrives, desk))).toBe('accepted');
  const report = { breachId: 'm1', a: 'a', b: 'b', zone: 'Zv', cause: 'a door stood open' };
  const told = { ...report, at: wall('08:00') };
  expect(codes(await world.opens('ReportSeparationBreach', told, desk))).toBe('accepted');
  await world.building.settle();
  return world;
}

describe('staff of another office', () => {
  const asked = (who: object) =>
    hour('10:30', '11:30', { ...about, roomId: 'INT2', visits: [who] });

  test.each([false, true])('on a day begun: %s › plan and receive nobody there', async (is) => {
    const { building, opens } = await (is ? begun() : kept());
    for (const role of ['RCP', 'SUP']) {
      const by = visitor(role);
      const tries = [asked(her), asked(him), asked({ ...him, entranceId: 'E-V' })];
      for (const input of tries) {
        const command = { id: building.id(), name: 'BookRoom', input };
        expect(codes((await building.engine.preview(command, by)) as never)).toEqual(OTHER);
        expect(codes(await opens('BookRoom', input, by))).toEqual(OTHER);
      }
      for (const who of [her, him, { ...him, entranceId: 'E-X' }]) {
        expect(codes(await opens('RegisterArrival', who, by))).toEqual(OTHER);
      }
    }
    const types = is ? [] : await building.engine.history(dayId);
    expect(types).toEqual([]);
  });

  test('at a building that nobody has described › learn nothing of anybody', async () => {
    const { building } = await kept();
    for (const by of [visitor('RCP'), desk]) {
      for (const who of [her, him, { ...him, person: 'q' }]) {
        const asks = { ...asked(who), siteId: 'S9' };
        expect(codes(await building.give('BookRoom', asks, { by }))).toEqual(OTHER);
        const comes = { ...about, ...who, siteId: 'S9' };
        expect(codes(await building.give('RegisterArrival', comes, { by }))).toEqual(OTHER);
      }
    }
  });

  test('however many files there are of somebody › are told the same', async () => {
    const { building, opens } = await kept();
    for (let count = 0; count < 33; count += 1) {
      const link = { caseId: `ghost-${count}`, as: [{ person: 'b', partyId: 'X' }] };
      await building.accept('LinkCase', link, { caseId: 'household-h1' });
    }
    expect(codes(await opens('BookRoom', asked(him), visitor('SUP')))).toEqual(OTHER);
  });

  const b1 = { bookingId: 'b1' };
  const gate = { ...b1, person: 'a', entranceId: 'E-V' };
  test.each([
    ['CheckIn', 'RCP', gate],
    ['CheckOut', 'RCP', gate],
    ['StartBooking', 'CW', b1],
    ['EndBooking', 'CW', b1],
    ['CancelBooking', 'SUP', b1],
    ['ReleaseBooking', 'SUP', { ...b1, reason: 'asked' }],
    ['ReviewBooking', 'SUP', b1],
    ['ReviewOverride', 'SUP', { ...b1, verdict: 'justified' }],
    ['CheckEquipment', 'FAC', { ...b1, equipmentId: 'cam-1', works: true }],
    ['ReviewSeparationBreach', 'SUP', { breachId: 'm1', finding: 'nothing' }],
    ['OfferCareRoom', 'RCP', { arrivalId: 'a1', kind: 'care', accepted: false }],
    ['ReviewArrival', 'SUP', { arrivalId: 'a1' }],
    ['RecordDeparture', 'RCP', { arrivalId: 'a1' }],
  ])('%s › is not theirs', async (name, role, input) => {
    const { give } = await begun();
    expect(codes(await give(name, input, visitor(role)))).toEqual(OTHER);
  });

  test.each([
    ['CommissionRoom', { kind: 'interview', zones: ['Zv'], capacity: 2, features: [] }],
    ['CertifyRoom', { certRef: 'c', validUntil: wall('08:00') }],
    ['TakeRoomOutOfService', { reason: 'water' }],
    ['ReturnRoomToService', {}],
    ['ReportEquipmentFault', { equipmentId: 'cam-1', kind: 'recording' }],
    ['RestoreEquipment', { equipmentId: 'cam-1', kind: 'recording' }],
  ])('%s › is not theirs', async (name, more) => {
    const { building } = await kept();
    const input = { siteId: 'S1', roomId: 'INT1', ...more };
    const given = await building.give(name, input, { caseId: 'site-S1', by: visitor('HEAD') });
    expect(codes(given)).toEqual(OTHER);
  });

  test('the building › is described and given away by nobody else', async () => {
    const { building } = await kept();
    const describing = (officeId: string, by: object) =>
      building.give('DescribeSite', { ...siteS1, officeId }, { by });
    expect(codes(await describing('MUH-FCP', visitor('FAC')))).toEqual(OTHER);
    expect(codes(await describing(elsewhere, visitor('FAC')))).toEqual(OTHER);
    expect(codes(await describing(elsewhere, facility))).toEqual(OTHER);
    expect(codes(await describing('MUH-FCP', facility))).toBe('accepted');
  });

  test('options › say that all but three commands are not theirs', async () => {
    const { building } = await begun();
    const options = await building.engine.options(dayId, visitor('SUP'));
    const { commands } = options as Extract<typeof options, { readonly commands: unknown }>;
    const said = commands.map(({ command, status, violations }) =>
      status === 'blocked' ? violations.map(({ code }) => code).join() : command,
    );
    expect(new Set(said)).toEqual(
      new Set([...OTHER, 'ReportSeparationBreach', 'BringVisitor', 'TerminateVisit']),
    );
  });

  test('a meeting that they see › is reported all the same', async () => {
    const { opens } = await kept();
    const report = { breachId: 'm2', a: 'a', b: 'b', zone: 'Zv', cause: 'met', at: wall('08:00') };
    const outcome = await opens('ReportSeparationBreach', report, visitor('CW'));
    expect(codes(outcome)).toBe('accepted');
  });
});

test('who is brought › is entered on the day on which they come', async () => {
  const { building } = await kept();
  for (const date of ['2027-05-17', '2027-05-19']) {
    const input = { siteId: 'S1', date, person: 'a', role: 'victim', arrivalId: 'x' };
    const outcome = await building.give('BringVisitor', input, { by: visitor('INV') });
    expect(codes(outcome)).toEqual(['TIMES_INVALID']);
  }
});

describe('a visiting officer at the door', () => {
  const brings = (person: string) => ({ person, role: 'victim', arrivalId: `x-${person}` });
  const shown = (outcome: object, person: string): string => {
    const text = JSON.stringify(outcome).replaceAll(`"${person}"`, 'P');
    const ids = /[0-9A-HJKMNP-TV-Z]{26}|[\w-]{22,}|"position":\d+/g;
    return text.replaceAll(`x-${person}`, 'X').replaceAll(ids, '#');
  };

  test.each([false, true])('on a day begun: %s › has her let in, whoever is in', async (is) => {
    const { indoors, building, opens } = await (is ? begun() : kept());
    const outcome = await opens('BringVisitor', brings('a'), visitor('INV'));
    expect(codes(outcome)).toBe('accepted');
    await building.settle();
    const brought = await indoors.recorded('VisitorBrought');
    expect(brought).toMatchObject([{ visit: { person: 'a', entranceId: 'E-V' }, zone: 'Zv' }]);
    const alarm = { a: 'a', b: null, instruction: 'letInApart' };
    const alarms = await indoors.recorded('SeparationBreachOccurred');
    expect(alarms).toEqual(expect.arrayContaining([expect.objectContaining(alarm)]));
    const view = await building.engine.caseAt(dayId);
    expect(view?.deadlines.map(({ code }) => code)).toContain('T-SEPBREACH');
    // Her file knows it, so that she is looked at anew when a danger becomes known.
    const file = await building.engine.caseAt('person-a');
    const { arrivals = [] } = (file?.context ?? {}) as unknown as Partial<Noted>;
    expect(arrivals.map(({ arrivalId }) => arrivalId)).toContain('x-a');
    // She is in the building: he is not let in, and nobody of her office has to be there for that.
    const enters = await opens('RegisterArrival', him, desk);
    expect(codes(enters)).toEqual(['SEPARATION_CONFLICT']);
    expect(building.alerts).toEqual([]);
  });

  test('learns nothing › whoever it is, and whoever is inside', async () => {
    const { opens } = await begun();
    const by = visitor('INV');
    const answers: string[] = [];
    for (const person of ['b', 'q']) {
      answers.push(shown(await opens('BringVisitor', brings(person), by), person));
    }
    expect(answers[0]).toContain('letInApart');
    expect(answers[0]).not.toMatch(/"b":|household|case-/);
    expect(answers[0]).toBe(answers[1]);
  });

  test('brings the one she is kept from › both are found, and the supervisor is told', async () => {
    const { indoors, building, opens } = await begun();
    const closed = { ...about, breachId: 'm1', finding: 'led apart' };
    await building.accept('ReviewSeparationBreach', closed, { caseId: dayId });
    await opens('BringVisitor', brings('b'), visitor('INV'));
    await building.settle();
    const alarms = (await indoors.recorded('SeparationBreachOccurred')).slice(1);
    expect(alarms).toMatchObject([
      { a: 'b', b: null },
      { a: 'b', b: 'a', instruction: 'holdEveryone' },
    ]);
  });
});

describe('an officer who is related to her', () => {
  const declare = as('sup2', 'DeclareConflictOfInterest', { partyId: 'A' });
  const related = { staff: 'sup2', role: 'SUP', office: 'MUH-FCP' };
  const refused = ['CONFLICT_OF_INTEREST'];

  async function relative() {
    const world = await begun();
    await world.building.play([declare], world.caseId);
    return world;
  }

  test.each([
    ['CancelBooking', { bookingId: 'b1' }],
    ['ReleaseBooking', { bookingId: 'b1', reason: 'asked' }],
    ['ReviewOverride', { bookingId: 'b1', verdict: 'justified' }],
    ['ReviewSeparationBreach', { breachId: 'm1', finding: 'nothing' }],
  ])('%s › is for somebody else', async (name, input) => {
    const { give } = await relative();
    expect(codes(await give(name, input, related))).toEqual(refused);
    const inTheirName = { ...officer, onBehalfOf: 'sup2' };
    expect(codes(await give(name, input, inTheirName))).toEqual(refused);
    expect(codes(await give(name, input, officer))).toBe('accepted');
  });

  test('an alarm about a case that no household links › is not closed by them', async () => {
    const indoors = await new Indoors().open();
    const { building } = indoors;
    const caseId = await indoors.case([...until.standard, declare]);
    indoors.at('08:00');
    const named = { ...about, ...her, caseId, partyId: 'A' };
    await building.accept('RegisterArrival', named, { by: desk });
    const report = { breachId: 'm1', a: 'a', b: 'q', zone: 'Zv', cause: 'met' };
    const told = { ...about, ...report, at: wall('08:00') };
    await building.accept('ReportSeparationBreach', told, { by: desk });
    const closed = { ...about, breachId: 'm1', finding: 'nothing' };
    const by = (who: object) =>
      building.give('ReviewSeparationBreach', closed, { caseId: dayId, by: who });
    expect(codes(await by(related))).toEqual(refused);
    expect(codes(await by(officer))).toBe('accepted');
  });

  test('an alarm about two who have no booking › is not closed by them either', async () => {
    const { building, caseId, opens, give } = await kept();
    await building.play([declare], caseId);
    const report = { breachId: 'm1', a: 'q', b: 'a', zone: 'Zv', cause: 'met' };
    await opens('ReportSeparationBreach', { ...report, at: wall('08:00') }, desk);
    const closed = { breachId: 'm1', finding: 'nothing' };
    expect(codes(await give('ReviewSeparationBreach', closed, related))).toEqual(refused);
    expect(codes(await give('ReviewSeparationBreach', closed, officer))).toBe('accepted');
  });

  test('a booking that has to give way › is cancelled by whoever looks at it', async () => {
    const indoors = await new Indoors().open();
    const { building } = indoors;
    await building.home('h1', ['a', 'b']);
    await indoors.case([...until.standard, declare], 'h1');
    indoors.at('08:00');
    const his = hour('10:30', '11:30', { bookingId: 'b2', roomId: 'INT2', visits: [him] });
    expect(await indoors.give('BookRoom', hour('10:00', '11:00', { visits: [her] }))).toBe(
      'accepted',
    );
    expect(await indoors.give('BookRoom', his)).toBe('accepted');
    await building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    const looks = { ...about, bookingId: 'b2' };
    const outcome = await building.give('ReviewBooking', looks, { caseId: dayId, by: related });
    expect(codes(outcome)).toBe('accepted');
    const off = await indoors.recorded('BookingCancelled');
    expect(off).toMatchObject([{ bookingId: 'b2', cause: 'separation' }]);
  });

  test('her room › is not taken by a booking for somebody else', async () => {
    const { opens } = await relative();
    const urgent = { visits: [{ ...her, person: 'q' }], urgency: 'emergency' };
    const takes = hour('10:00', '11:00', { ...about, ...urgent });
    expect(codes(await opens('BookRoom', takes, related))).toEqual(refused);
    expect(codes(await opens('BookRoom', takes, officer))).toBe('accepted');
  });

  const reads = async ({ building }: Pick<Awaited<ReturnType<typeof kept>>, 'building'>) =>
    (await building.engine.historyFor(dayId, related)).length > 0;
  const other = { ...about, ...visit('q', 'E-R'), role: 'other' };

  test('the day on which she comes › is not shown to them, nor they to a desk', async () => {
    const { indoors, building, caseId, opens, give } = await kept();
    await building.play([declare], caseId);
    await opens('RegisterArrival', other, desk);
    expect(await reads({ building })).toBe(true);
    const hers = hour('10:00', '11:00', { ...about, bookingId: 'b1', visits: [her] });
    expect(codes(await opens('BookRoom', hers, desk))).toBe('accepted');
    expect(await reads({ building })).toBe(false);
    expect('case' in (await building.engine.options(dayId, related))).toBe(false);
    const acting = { ...officer, onBehalfOf: 'sup2' };
    expect(await building.engine.historyFor(dayId, acting)).toEqual([]);
    const shown = JSON.stringify(await building.engine.historyFor(dayId, desk));
    expect(shown).toContain('BookingConfirmed');
    expect(shown).not.toMatch(/sup2|related/);
    // They let her in all the same.
    indoors.at('09:50');
    const comes = { bookingId: 'b1', person: 'a', entranceId: 'E-V' };
    expect(codes(await give('CheckIn', comes, related))).toBe('accepted');
    const booked = await indoors.recorded('BookingConfirmed');
    expect(booked).toMatchObject([{ related: ['sup2'] }]);
    const checked = await indoors.recorded('CheckInRecorded');
    expect(checked.every((one) => !('related' in one))).toBe(true);
  });

  test.each([
    ['is registered', 'RegisterArrival', her, desk],
    ['is brought', 'BringVisitor', { person: 'a', role: 'victim' }, visitor('INV')],
  ])('somebody who %s › is not shown to them either', async (_, name, input, by) => {
    const { building, caseId, opens } = await kept();
    await building.play([declare], caseId);
    expect(codes(await opens(name, input, by))).toBe('accepted');
    await building.settle();
    expect(await reads({ building })).toBe(false);
  });

  test.each([
    ['CheckIn', { bookingId: 'b1', person: 'a', entranceId: 'E-V' }],
    ['ReviewBooking', { bookingId: 'b1' }],
    ['ReviewArrival', { arrivalId: 'a1' }],
  ])('declared after she was booked › the day learns it by %s', async (name, input) => {
    const { building, give } = await relative();
    expect(await reads({ building })).toBe(true);
    expect(codes(await give(name, input, officer))).toBe('accepted');
    expect(await reads({ building })).toBe(false);
  });

  test('what protects her › is theirs as anybody’s', async () => {
    const { give, opens } = await relative();
    expect(codes(await give('ReviewBooking', { bookingId: 'b1' }, related))).toBe('accepted');
    const report = { breachId: 'm3', a: 'a', b: 'q', zone: 'Zv', cause: 'met' };
    const told = { ...report, at: wall('08:00') };
    expect(codes(await opens('ReportSeparationBreach', told, related))).toBe('accepted');
  });
});

test.each([
  ['StartBooking', { bookingId: 'none' }],
  ['NameSupervisor', { bookingId: 'none', supervisor: 'cw1' }],
  ['CancelBooking', { bookingId: 'none' }],
  ['ReviewSeparationBreach', { breachId: 'none', finding: 'nothing' }],
])('%s of something that is not there › is refused by name', async (name, input) => {
  const { give } = await begun();
  expect(codes(await give(name, input, officer))).toContain('PART_UNKNOWN');
});

test('an alarm with more files than can be read › is closed all the same', async () => {
  const { building, give } = await begun();
  for (let count = 0; count < 33; count += 1) {
    const link = { caseId: `ghost-${count}`, as: linkAs('X', 'Y').slice(1) };
    await building.accept('LinkCase', link, { caseId: 'household-h1' });
  }
  const closed = { breachId: 'm1', finding: 'led apart' };
  expect(codes(await give('ReviewSeparationBreach', closed, officer))).toBe('accepted');
});

test('a day begun before the building was described › belongs to its office', async () => {
  const indoors = new Indoors();
  const { building } = indoors;
  building.ms = msOf(instant(wall('07:00')));
  const report = { breachId: 'm1', a: 'a', b: 'b', zone: 'Zv', cause: 'met', at: wall('07:00') };
  await building.accept('ReportSeparationBreach', { ...about, ...report }, { by: desk });
  await building.build();
  const book = (by: object) =>
    building.give('BookRoom', hour('10:00', '11:00', { ...about, visits: [her] }), { by });
  expect(codes(await book(visitor('RCP')))).toEqual(OTHER);
  expect(codes(await book(desk))).toBe('accepted');
  expect((await building.engine.historyFor(dayId, officer)).length).toBeGreaterThan(0);
});
