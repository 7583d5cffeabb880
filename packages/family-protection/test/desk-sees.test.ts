// What a receptionist is shown of a day: people and rooms, no case, no pair, and no other office.
import { describe, expect, test } from 'vitest';
import { siteDay } from '../src/index.ts';
import { sensitiveFields } from '@himaya/engine';
import { officer } from './building.ts';
import { day, her, him, hour, Indoors, wall } from './indoors.ts';
import { as, until } from './violence.ts';

const desk = { staff: 'rcp1', role: 'RCP', office: 'MUH-FCP' };
const stranger = { staff: 'rcp7', role: 'RCP', office: 'NOR-FCP' };
const dayId = `siteday-S1-${day}`;
const needs = as('int1', 'AnswerPartyNeeds', { partyId: 'A', careNeeded: true });

/** Both are kept apart; a caseworker has booked for her, and named her case. */
async function planted() {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h-CANARY', ['a', 'b']);
  const caseId = await indoors.case([...until.standard, needs], 'h-CANARY');
  await building.separate('h-CANARY', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
  await building.settle();
  indoors.at('08:00');
  const named = { ...her, caseId, partyId: 'A' };
  const booking = hour('10:00', '11:00', { siteId: 'S1', careRoomId: 'MAT1', visits: [named] });
  await building.accept('BookRoom', { bookingId: 'b1', ...booking });
  return { indoors, building, caseId };
}
const secrets = (caseId: string) => [caseId, 'CANARY', '"A"', 'case-', 'household-', 'person-'];
const leaks = (shown: unknown, caseId: string): readonly string[] => {
  const text = JSON.stringify(shown);
  return secrets(caseId).filter((one) => text.includes(one));
};

describe('a receptionist', () => {
  test('whatever she does and asks › sees no case that she was not told of', async () => {
    const { indoors, building, caseId } = await planted();
    const careRoom = { kind: 'maternity', accepted: true };
    const arrival = { siteId: 'S1', date: day, ...her, arrivalId: 'a1', careRoom };
    const command = { id: building.id(), name: 'RegisterArrival', input: arrival };
    const answers: unknown[] = [
      await building.engine.preview(command, desk),
      await building.engine.execute(command, desk),
      await building.engine.execute(command, desk),
      await indoors.tell('RegisterArrival', { ...him, arrivalId: 'b1' }),
      await indoors.tell('OfferCareRoom', { arrivalId: 'a1', kind: 'care', accepted: false }),
      await indoors.tell('CheckIn', { bookingId: 'b1', person: 'a', entranceId: 'E-V' }),
      await indoors.tell('BookRoom', hour('10:30', '11:30', { roomId: 'INT2', visits: [him] })),
      await indoors.tell('ReviewBooking', { bookingId: 'b1' }),
    ];
    await building.settle();
    answers.push(await building.engine.options(dayId, desk));
    const history = await building.engine.historyFor(dayId, desk);
    answers.push(history);
    expect(answers.map((one) => leaks(one, caseId))).toEqual(answers.map(() => []));
    const types = history.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['BookingConfirmed', 'CareRoomOffered']));
    expect(history.every((event) => event.reads === undefined)).toBe(true);
    // The case has been told all the same, and whoever decides is shown for which case she came.
    expect(await indoors.recorded('CareRoomOffered', caseId)).toHaveLength(2);
    const decided = await building.engine.historyFor(dayId, officer);
    expect(JSON.stringify(decided)).toContain(caseId);
  });

  test('of an alarm › sees what to do, and neither whom nor why', async () => {
    const { indoors, building } = await planted();
    const report = { breachId: 'm1', a: 'a', b: 'b', zone: 'Zv', cause: 'CANARY met' };
    await indoors.tell('ReportSeparationBreach', { ...report, at: wall('08:00') });
    const finding = { siteId: 'S1', date: day, breachId: 'm1', finding: 'CANARY found' };
    await building.accept('ReviewSeparationBreach', finding, { caseId: dayId });
    const history = await building.engine.historyFor(dayId, desk);
    const shown = history.filter(({ type }) => type === 'SeparationBreachOccurred');
    const at = '2027-05-18T05:00:00.000Z';
    expect(shown.map(({ data }) => data)).toEqual([
      { siteId: 'S1', date: day, breachId: 'm1', zone: 'Zv', at, instruction: 'bringApart' },
    ]);
    const options = await building.engine.options(dayId, desk);
    expect(JSON.stringify([history, options])).not.toContain('CANARY');
    const decided = await building.engine.historyFor(dayId, officer);
    expect(JSON.stringify(decided)).toContain('CANARY met');
  });

  test('of another office › is shown nothing of the day', async () => {
    const { building } = await planted();
    expect(await building.engine.historyFor(dayId, stranger)).toEqual([]);
    const options = await building.engine.options(dayId, stranger);
    expect('case' in options).toBe(false);
    const own = await building.engine.options(dayId, desk);
    expect('case' in own && own.case?.caseId).toBe(dayId);
    const brought = { siteId: 'S1', date: day, person: 'x', role: 'victim' };
    const command = { id: building.id(), name: 'BringVisitor', input: brought };
    const outcome = await building.engine.execute(command, stranger);
    expect(outcome.kind === 'accepted' && outcome.case.parts).toEqual([]);
  });
});

describe('an officer who is related to her', () => {
  const declare = as('cw2', 'DeclareConflictOfInterest', { partyId: 'A' });

  test('neither plans nor conducts what concerns her › and lets her in', async () => {
    const { indoors, building, caseId } = await planted();
    await building.play([declare], caseId);
    const related = { staff: 'cw2', role: 'CW', office: 'MUH-FCP' };
    const asks = hour('13:00', '14:00', { siteId: 'S1', careRoomId: 'MAT1', visits: [her] });
    const books = (more: object, by: object) =>
      building.give('BookRoom', { ...asks, ...more }, { by });
    const refused = { kind: 'refused', violations: [{ code: 'CONFLICT_OF_INTEREST' }] };
    expect(await books({}, related)).toMatchObject(refused);
    const interviewer = { staff: 'cw2', gender: 'female' };
    expect(await books({ interviewer }, officer)).toMatchObject(refused);
    expect(await books({}, { ...officer, onBehalfOf: 'cw2' })).toMatchObject(refused);
    indoors.at('09:50');
    const comes = { siteId: 'S1', date: day, bookingId: 'b1', person: 'a', entranceId: 'E-V' };
    const at = { caseId: dayId, by: related };
    expect(await building.give('CheckIn', comes, at)).toMatchObject({ kind: 'accepted' });
    const start = { siteId: 'S1', date: day, bookingId: 'b1' };
    expect(await building.give('StartBooking', start, at)).toMatchObject(refused);
    expect(await indoors.give('StartBooking', { bookingId: 'b1' })).toBe('accepted');
  });
});

test('free text of a day › is sealed', () => {
  const sealed = Object.entries(siteDay.events).flatMap(([name, schema]) =>
    [...sensitiveFields(schema as never).keys()].map((field) => `${name}.${field}`),
  );
  expect(sealed).toEqual([
    'BookingConfirmed.preferenceReason',
    'BookingConfirmed.overrideReason',
    'VisitReported.report',
    'SeparationBreachOccurred.cause',
    'SeparationBreachReviewed.finding',
  ]);
});
