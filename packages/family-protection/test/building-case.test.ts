// A domestic violence case and the building together: what the case says of who comes, and is told.
import { instant, msOf } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { describe, expect, test } from 'vitest';
import { caseTypes, policySample } from '../src/index.ts';
import * as accord from './accord.ts';
import { actor, complaint, may, type Step } from './alley.ts';
import { Building, codes, facility, visit } from './building.ts';
import { as, asked, assess, issue, until, work } from './violence.ts';

const world = { caseTypes, policies: [policySample] };

interface Told {
  readonly building: Building;
  readonly caseId: string;
  /** The day of the building on which everything happens. */
  readonly day: string;
}

/** Whom the household knows, and which party of the case each of them is. */
const both = ['a', 'b'] as const;

/** A case that was played, and its parties in the household h1, kept apart. */
async function told(steps: readonly Step[], of = ['A', 'B'], day = '2027-05-18'): Promise<Told> {
  const building = new Building(new MemoryEventStore(), 'case', world);
  building.ms = msOf(instant(may(9, '08:00')));
  await building.build();
  const caseId = await building.play(steps);
  const home = await building.home('h1', both);
  const parties = both.map((one, place) => ({ person: one, partyId: of[place] }));
  await building.accept('LinkCase', { caseId, as: parties }, { caseId: home });
  await building.separate('h1', { a: 'a', b: 'b' });
  building.at('08:00', day);
  return { building, caseId, day };
}

const wall = (day: string, time: string): string => `${day}T${time}:00+03:00`;
const hour = (day: string, from: string, to: string) => ({
  date: day,
  from: wall(day, from),
  to: wall(day, to),
});
const coming = (day: string, more: object) => ({ siteId: 'S1', date: day, ...more });
const her = visit('a', 'E-V');
const him = visit('b', 'E-R');

async function give({ building, day }: Told, name: string, input: object): Promise<unknown> {
  const caseId = `siteday-S1-${day}`;
  return codes(await building.give(name, coming(day, input), { caseId }));
}

describe('what a case says of who comes', () => {
  test('a mother with an infant › has a room for care as well, until it is corrected', async () => {
    const given = await told([
      ...until.registered,
      as('int1', 'AnswerPartyNeeds', { partyId: 'A', careNeeded: true }),
    ]);
    const { building, caseId, day } = given;
    const asks = { ...hour(day, '10:00', '11:00'), visits: [her] };
    expect(codes(await building.book(asks))).toEqual(['CARE_ROOM_NEEDED']);
    const wrong = await building.book({ ...asks, careRoomId: 'FOR1' });
    expect(codes(wrong)).toEqual(['CARE_ROOM_NEEDED']);
    expect(codes(await building.book({ ...asks, careRoomId: 'MAT1' }))).toBe('accepted');
    const taken = { visits: [visit('x', 'E-V')], roomId: 'FOR1', careRoomId: 'MAT1' };
    expect(codes(await building.book({ ...asks, ...taken }))).toEqual(['ROOM_TAKEN']);
    const no = as('int1', 'AnswerPartyNeeds', { partyId: 'A', careNeeded: false });
    await building.play([no], caseId);
    const later = { ...asks, ...hour(day, '13:00', '14:00') };
    expect(codes(await building.book(later))).toBe('accepted');
  });

  test('a wish for a woman › is honoured, explained, or taken back', async () => {
    const wish = { partyId: 'A', interviewerPreferred: 'female' };
    const given = await told([...until.registered, as('int1', 'AnswerPartyNeeds', wish)]);
    const { building, caseId, day } = given;
    const by = (gender: string, hours: readonly [string, string]) => ({
      ...hour(day, ...hours),
      visits: [her],
      interviewer: { staff: 'cw1', gender },
    });
    const man = by('male', ['10:00', '11:00']);
    expect(codes(await building.book(man))).toEqual(['INTERVIEWER_PREFERENCE']);
    const why = { ...man, preferenceReason: 'no woman is on duty' };
    expect(codes(await building.book(why))).toBe('accepted');
    expect(codes(await building.book(by('female', ['12:00', '13:00'])))).toBe('accepted');
    const none = { partyId: 'A', interviewerPreferred: 'none' };
    await building.play([as('int1', 'AnswerPartyNeeds', none)], caseId);
    expect(codes(await building.book(by('male', ['14:00', '15:00'])))).toBe('accepted');
  });

  test('needs › can be told with the party, and an answer that says nothing is none', async () => {
    const mother = { careNeeded: true, interviewerPreferred: 'female' };
    const given = await told([
      ...until.registered,
      as('int1', 'AddParty', {
        partyId: 'C',
        person: 'p-C',
        partyRole: 'witness',
        band: 'adult',
        ...mother,
      }),
    ]);
    const view = await given.building.engine.caseAt(given.caseId);
    expect(view?.context).toMatchObject({ parties: { C: mother, A: { careNeeded: null } } });
    const more = { caseId: given.caseId, by: actor('int1') };
    const empty = await given.building.give('AnswerPartyNeeds', { partyId: 'A' }, more);
    expect(codes(empty)).toEqual(['INPUT_INVALID']);
  });

  test('an order of the case › keeps a separation from being lifted', async () => {
    const { building, caseId } = await told([
      ...until.requested,
      as('leg1', 'RecordProtectionOrderIssued', issue, may(10, '12:00')),
    ]);
    const lift = async () =>
      codes(
        await building.give(
          'LiftSeparationPair',
          { a: 'a', b: 'b', reason: 'both asked' },
          { caseId: 'household-h1', by: actor('sup2') },
        ),
      );
    expect(await lift()).toEqual(['SEPARATION_ORDERED']);
    const revoked = { orderId: asked.orderId, at: may(18, '08:00'), basis: 'courtDecision' };
    await building.play([as('leg1', 'RecordOrderRevoked', revoked)], caseId);
    // An order that ended is something that an assessment has to know of.
    expect(await lift()).toEqual(['SEPARATION_NEEDED']);
    await building.play([assess('standard')], caseId);
    expect(await lift()).toBe('accepted');
  });
});

describe('a recording', () => {
  const agreed = {
    consentId: 'C1',
    partyId: 'A',
    purpose: 'recording',
    capacityConfirmed: true,
    informed: true,
    obtainedPrivately: true,
  };
  const other = { ...agreed, consentId: 'C2', purpose: 'medical' };

  async function recorded(): Promise<Told> {
    const given = await told([...until.active, work('RecordConsent', other)]);
    await given.building.play([work('RecordConsent', agreed)], given.caseId);
    return given;
  }
  const ask = ({ day }: Told) => ({
    ...hour(day, '12:00', '13:00'),
    bookingId: 'r',
    roomId: 'FOR1',
    recording: true,
    visits: [her],
  });

  test('her consent › is needed for this purpose, and still at the start', async () => {
    const without = await told([...until.active, work('RecordConsent', other)]);
    expect(codes(await without.building.book(ask(without)))).toEqual(['RECORDING_NOT_PERMITTED']);
    const given = await recorded();
    const { building, caseId, day } = given;
    expect(codes(await building.book(ask(given)))).toBe('accepted');
    const withdrawn = { consentId: 'C1', partyId: 'A' };
    await building.play([work('WithdrawConsent', withdrawn)], caseId);
    building.at('11:50', day);
    const checkIn = { bookingId: 'r', person: 'a', entranceId: 'E-V' };
    // She is let in; what nobody may record does not start.
    expect(await give(given, 'CheckIn', checkIn)).toBe('accepted');
    const start = await give(given, 'StartBooking', { bookingId: 'r' });
    expect(start).toEqual(['EQUIPMENT_NOT_CHECKED', 'RECORDING_NOT_PERMITTED']);
  });

  test('what records › is looked at an hour before, or somebody above is told', async () => {
    const given = await recorded();
    const { building, day } = given;
    await building.book(ask(given));
    const due = async () =>
      (await building.engine.caseAt(`siteday-S1-${day}`))?.deadlines
        .filter(({ code }) => code === 'T-EQUIPMENT')
        .map(({ dueAt }) => dueAt);
    expect(await due()).toEqual([instant(wall(day, '11:00'))]);
    building.at('11:40', day);
    await building.engine.runDeadlines();
    const history = await building.engine.history(`siteday-S1-${day}`);
    const marks = history.filter(({ type }) => type === 'DeadlineEscalated');
    expect(marks.map(({ data }) => (data as { readonly to: unknown }).to)).toEqual([
      'FAC',
      'SUP',
    ]);
  });

  test('a start › needs a look that is not too old and found that it works', async () => {
    const given = await recorded();
    const { building, day } = given;
    await building.book(ask(given));
    const look = (works: boolean) =>
      give(given, 'CheckEquipment', { bookingId: 'r', equipmentId: 'cam-1', works });
    building.at('09:30', day);
    const caseId = `siteday-S1-${day}`;
    const check = { bookingId: 'r', equipmentId: 'cam-1', works: true };
    const more = { caseId, by: facility };
    expect(codes(await building.give('CheckEquipment', coming(day, check), more))).toBe('accepted');
    building.at('11:50', day);
    const checkIn = { bookingId: 'r', person: 'a', entranceId: 'E-V' };
    expect(await give(given, 'CheckIn', checkIn)).toBe('accepted');
    building.at('12:00', day);
    const start = () => give(given, 'StartBooking', { bookingId: 'r' });
    expect(await start()).toEqual(['EQUIPMENT_NOT_CHECKED']);
    expect(await look(false)).toEqual(['NOT_PERMITTED']);
    const fails = coming(day, { ...check, works: false });
    await building.accept('CheckEquipment', fails, more);
    expect(await start()).toEqual(['EQUIPMENT_NOT_WORKING']);
    await building.settle();
    const rooms = (await building.engine.caseAt('site-S1'))?.parts ?? [];
    const room = rooms.find(({ id }) => id === 'FOR1')?.context;
    expect(room).toMatchObject({ faults: { 'cam-1': 'recording' } });
    const repaired = { siteId: 'S1', roomId: 'FOR1', equipmentId: 'cam-1', kind: 'recording' };
    await building.accept('RestoreEquipment', repaired, { caseId: 'site-S1', by: facility });
    await building.accept('CheckEquipment', coming(day, check), more);
    expect(await start()).toBe('accepted');
    expect(building.alerts).toEqual([]);
  });
});

describe('a session of two who are kept apart', () => {
  const day = '2027-05-14';
  const session = {
    ...hour(day, '10:00', '11:30'),
    purpose: 'session',
    roomId: 'REC1',
    visits: [
      visit('a', 'E-V', { arrives: wall(day, '10:00'), leaves: wall(day, '11:00') }),
      visit('b', 'E-R', { arrives: wall(day, '10:30'), leaves: wall(day, '11:30') }),
    ],
  };
  const ready = accord.until('ready');
  const meeting = (steps: readonly Step[] = ready) => told(steps, ['V', 'A'], '2027-05-13');

  test('both consented to it in their case › is lawful', async () => {
    const { building } = await meeting();
    expect(codes(await building.book(session))).toBe('accepted');
  });

  test('in another room or with times too close › is a separation conflict', async () => {
    const { building } = await meeting();
    const close = [
      session.visits[0],
      visit('b', 'E-R', { arrives: wall(day, '10:20'), leaves: wall(day, '11:30') }),
    ];
    const near = await building.book({ ...session, visits: close });
    expect(codes(near)).toEqual(['SEPARATION_CONFLICT']);
    const elsewhere = await building.book({ ...session, roomId: 'VIS1' });
    expect(codes(elsewhere)).toContain('SEPARATION_CONFLICT');
  });

  const before: readonly (readonly [string, Step])[] = [
    ['one consent is withdrawn', work('WithdrawReconciliationConsent', { partyId: 'A' })],
    ['the risk is high', assess('high')],
    ['an incident stops the reconciliation', accord.incident()],
  ];
  test.each(before)('%s › is a separation conflict', async (_, step) => {
    const { building, caseId } = await meeting();
    await building.play([step], caseId);
    expect(codes(await building.book(session))).toEqual(['SEPARATION_CONFLICT']);
  });

  test('one of them has not answered yet › is a separation conflict', async () => {
    const { building } = await meeting([...accord.until('offered'), accord.agree('V')]);
    expect(codes(await building.book(session))).toEqual(['SEPARATION_CONFLICT']);
  });

  test('each consented in a case of their own › is a separation conflict', async () => {
    const { building } = await meeting([...accord.until('offered'), accord.agree('V')]);
    const other = await building.play([
      ...accord.until('offered'),
      accord.agree('A', {}, may(15)),
    ]);
    const parties = both.map((one, place) => ({ person: one, partyId: ['V', 'A'][place] }));
    await building.accept(
      'LinkCase',
      { caseId: other, as: parties },
      { caseId: 'household-h1' },
    );
    const then = '2027-05-16';
    const visits = [
      visit('a', 'E-V', { arrives: wall(then, '10:00'), leaves: wall(then, '11:00') }),
      visit('b', 'E-R', { arrives: wall(then, '10:30'), leaves: wall(then, '11:30') }),
    ];
    const apart = { ...session, ...hour(then, '10:00', '11:30'), visits };
    expect(codes(await building.book(apart))).toEqual(['SEPARATION_CONFLICT']);
    await building.play([accord.agree('V', {}, may(15, '10:00'))], other);
    expect(codes(await building.book(apart))).toBe('accepted');
  });

  test('the consents end before it begins › is a separation conflict', async () => {
    const { building } = await meeting();
    const late = '2027-05-20';
    const visits = [
      visit('a', 'E-V', { arrives: wall(late, '10:00'), leaves: wall(late, '11:00') }),
      visit('b', 'E-R', { arrives: wall(late, '10:30'), leaves: wall(late, '11:30') }),
    ];
    const then = { ...session, ...hour(late, '10:00', '11:30'), visits };
    expect(codes(await building.book(then))).toEqual(['SEPARATION_CONFLICT']);
  });
});

describe('someone who comes without a booking', () => {
  const comes = (given: Told, who: object, more: object = {}) =>
    given.building.give('RegisterArrival', coming(given.day, { ...who, ...more }));

  test('whoever is accused › does not come in by the entrance of victims', async () => {
    const given = await told(until.registered);
    const wrong = { ...visit('b', 'E-V'), role: 'alleged' };
    expect(codes(await comes(given, wrong))).toEqual(['ENTRANCE_NOT_PERMITTED']);
    expect(codes(await comes(given, visit('b', 'E-X')))).toEqual(['ROUTE_INVALID']);
    const yesterday = { ...coming('2027-05-17', him) };
    const late = await given.building.give('RegisterArrival', yesterday);
    expect(codes(late)).toEqual(['TIMES_INVALID']);
    expect(codes(await comes(given, him))).toBe('accepted');
  });

  test('a victim › is let in whoever is here, and the desk is told; he is not', async () => {
    const given = await told(until.registered);
    const { building, day } = given;
    await building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    expect(codes(await comes(given, him, { arrivalId: 'b1' }))).toBe('accepted');
    const she = await comes(given, her, { arrivalId: 'a1' });
    const recorded = she.kind === 'accepted' ? she.events.map(({ data }) => data) : [];
    expect(recorded).toMatchObject([{ keepApart: true }, { instruction: 'letInApart' }]);
    const again = await comes(given, him, { arrivalId: 'b2' });
    expect(codes(again)).toEqual(['SEPARATION_CONFLICT']);
    const booked = { ...hour(day, '08:30', '09:00'), roomId: 'INT2', visits: [him] };
    expect(codes(await building.book(booked))).toEqual(['SEPARATION_CONFLICT']);
    expect(await give(given, 'RecordDeparture', { arrivalId: 'a1' })).toBe('accepted');
    building.at('08:30', day);
    expect(codes(await building.book(booked))).toBe('accepted');
  });

  test('who stays longer than expected › is still here', async () => {
    const given = await told(until.registered);
    const { building, day } = given;
    await building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    await comes(given, her, { arrivalId: 'a1' });
    building.at('12:00', day);
    expect(codes(await comes(given, him))).toEqual(['SEPARATION_CONFLICT']);
  });

  test('a mother with an infant › is offered a room, and her case knows', async () => {
    const given = await told(until.registered);
    const { building, caseId, day } = given;
    const careRoom = { kind: 'maternity', accepted: true };
    const outcome = await comes(given, her, { nursing: true, careRoom });
    const events = outcome.kind === 'accepted' ? outcome.events.map(({ type }) => type) : [];
    expect(events).toEqual(['CaseOpened', 'DayBegun', 'ArrivalRegistered', 'CareRoomOffered']);
    await building.settle();
    const types = (await building.engine.history(caseId)).map(({ type }) => type);
    expect(types).toContain('CareRoomOffered');
    const asks = { ...hour(day, '10:00', '11:00'), visits: [her] };
    expect(codes(await building.book(asks))).toEqual(['CARE_ROOM_NEEDED']);
    expect(building.alerts).toEqual([]);
  });

  test('a room that the case asks for › is offered soon, or a supervisor is told', async () => {
    const needs = as('int1', 'AnswerPartyNeeds', { partyId: 'A', careNeeded: true });
    const given = await told([...until.registered, needs]);
    const { building, day } = given;
    await comes(given, her, { arrivalId: 'a1' });
    const deadlines = async () => {
      const view = await building.engine.caseAt(`siteday-S1-${day}`);
      return view?.deadlines.map(({ code, dueAt }) => [code, dueAt]);
    };
    const leave = ['T-DEPARTURE', instant(wall(day, '10:30'))];
    expect(await deadlines()).toEqual([['T-CARE-ROOM', instant(wall(day, '08:15'))], leave]);
    const offer = { arrivalId: 'a1', kind: 'care', accepted: false };
    expect(await give(given, 'OfferCareRoom', offer)).toBe('accepted');
    expect(await deadlines()).toEqual([leave]);
  });
});

describe('a meeting that must not happen', () => {
  const report = { breachId: 'm1', a: 'a', b: 'b', zone: 'Zv', cause: 'a door stood open' };

  test('both were in one case › the case takes it as a danger, once, with a term', async () => {
    const given = await told([...until.standard]);
    const { building, caseId, day } = given;
    const at = wall(day, '08:00');
    await building.give('ReportSeparationBreach', coming(day, { ...report, at }));
    await building.settle();
    const view = await building.engine.caseAt(caseId);
    expect(view?.states).toContain('assessment.due');
    const due = view?.deadlines.find(({ code }) => code === 'T-REASSESS')?.dueAt;
    expect(due).toBe(instant(wall('2027-05-19', '08:00')));
    const types = (await building.engine.history(caseId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'SafetyConcernNoted')).toHaveLength(1);
    expect(building.alerts).toEqual([]);
  });

  test('a reconciliation was under way › it stops', async () => {
    const given = await told(accord.until('ready'), ['V', 'A']);
    const { building, caseId, day } = given;
    const at = wall(day, '08:00');
    await building.give('ReportSeparationBreach', coming(day, { ...report, at }));
    await building.settle();
    expect((await building.engine.caseAt(caseId))?.states).toContain('reconciliation.suspended');
  });

  test('no case has both › those of either are told, whatever their type', async () => {
    const given = await told(until.standard);
    const { building, caseId, day } = given;
    await building.home('h2', ['c']);
    const steps = [{ ...complaint, at: wall(day, '08:00') }];
    const dispute = await building.play(steps, undefined, 'community.parkingDispute');
    const link = { caseId: dispute, as: [{ person: 'c', partyId: 'A' }] };
    await building.accept('LinkCase', link, { caseId: 'household-h2' });
    const at = wall(day, '08:00');
    await building.give('ReportSeparationBreach', coming(day, { ...report, b: 'c', at }));
    await building.settle();
    for (const one of [caseId, dispute]) {
      const types = (await building.engine.history(one)).map(({ type }) => type);
      expect(types.filter((type) => type === 'SafetyConcernNoted')).toHaveLength(1);
    }
  });

  test('a supervisor › is told at once, and the head when nobody has looked in a day', async () => {
    const { building, day } = await told(until.registered);
    const at = wall(day, '08:00');
    await building.give('ReportSeparationBreach', coming(day, { ...report, at }));
    building.ms += 24 * 3_600_000;
    await building.engine.runDeadlines();
    const history = await building.engine.history(`siteday-S1-${day}`);
    const marks = history.filter(({ type }) => type === 'DeadlineEscalated');
    expect(marks.map(({ data }) => (data as { readonly to: unknown }).to)).toEqual([
      'SUP',
      'HEAD',
    ]);
  });
});
