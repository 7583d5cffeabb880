// P4 on random days: who comes with or without a booking, late or entered late, and sits down together.
import { instant, instantOf, msOf, type RecordedEvent } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { Building, codes, DAY, desk, time, visit } from './building.ts';
import { numbers, pad, separations } from './pairs.ts';

const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_623);
const DAYS = 25;
const STEPS = 60;
const MINUTE_MS = 60_000;
const dayId = `siteday-S1-${DAY}`;

type Pair = readonly [a: string, b: string, bufferMin: number, mode: string];
type Random = ReturnType<typeof numbers>;

/** Someone who was in the building, as the record has it. */
interface Presence {
  readonly person: string;
  readonly role: string;
  readonly entranceId: string;
  readonly route: readonly string[];
  /** The event by which they came. */
  readonly position: number;
  readonly inMs: number;
  outMs: number;
}
interface Came {
  readonly person: string;
  readonly role: string;
  readonly entranceId: string;
  readonly route: readonly string[];
  readonly keepApart?: boolean;
}
/** What of a day's events is looked at here. */
interface Data extends Partial<Came> {
  readonly bookingId: string;
  readonly arrivalId: string;
  readonly a: string;
  readonly b: string | null;
  readonly purpose: string;
  readonly visit: Came;
  readonly visits: readonly Came[];
}
const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'];

/** One day: commands as a desk might give them, in any order, a part of them entered late. */
class RandomDay {
  readonly #building: Building;
  readonly #below: Random;
  readonly #bookings: { readonly id: string; readonly visits: readonly Came[] }[] = [];
  readonly #arrivals: string[] = [];
  #made = 0;
  readonly counts = { refusedApart: 0, came: 0, late: 0, started: 0 };

  constructor(building: Building, below: Random) {
    this.#building = building;
    this.#below = below;
  }

  #pick<One>(list: readonly One[]): One {
    return list[this.#below(list.length)] as One;
  }

  async #give(name: string, input: object, lateMin = 0): Promise<boolean> {
    const opens = ['BookRoom', 'RegisterArrival'].includes(name);
    const ms = this.#building.ms - lateMin * MINUTE_MS;
    const outcome = await this.#building.engine.execute(
      {
        id: this.#building.id(),
        name,
        input: { siteId: 'S1', date: DAY, ...input },
        ...(opens ? {} : { caseId: dayId }),
        ...(lateMin === 0 ? {} : { occurredAt: instantOf(ms) }),
      },
      desk,
    );
    const isApart = codes(outcome).includes('SEPARATION_CONFLICT');
    this.counts.refusedApart += isApart ? 1 : 0;
    this.counts.late += lateMin > 0 && outcome.kind === 'accepted' ? 1 : 0;
    return outcome.kind === 'accepted';
  }

  #clock(fromNowMin: number): string {
    const local = Math.floor((this.#building.ms - msOf(instant(time('00:00')))) / MINUTE_MS);
    const at = Math.min(Math.max(local + fromNowMin, 0), 1_430);
    return time(`${pad(Math.floor(at / 60))}:${pad(at % 60)}`);
  }

  async #book(): Promise<void> {
    const start = this.#below(12) * 10;
    const isJoint = this.#below(4) === 0;
    const door = this.#pick(['E-V', 'E-R', 'E-P']);
    const visits = isJoint
      ? [
          visit(this.#pick(PEOPLE), 'E-V', {
            arrives: this.#clock(start),
            leaves: this.#clock(start + 40),
          }),
          visit(this.#pick(PEOPLE), 'E-R', {
            arrives: this.#clock(start + 20),
            leaves: this.#clock(start + 60),
          }),
        ]
      : [visit(this.#pick(PEOPLE), door)];
    const id = `b${this.#made++}`;
    const isBooked = await this.#give('BookRoom', {
      bookingId: id,
      visits,
      from: this.#clock(start),
      to: this.#clock(start + 60),
      roomId: isJoint ? 'REC1' : this.#pick(['INT1', 'INT2', 'FOR1', 'REC1']),
      purpose: isJoint ? 'session' : this.#pick(['interview', 'preMeeting']),
    });
    if (isBooked) this.#bookings.push({ id, visits: visits as unknown as readonly Came[] });
  }

  /**
   * How every day begins: one of a pair is let in beside the other, who is not let in the other way
   * round; both have gone before it is written down, and somebody else is heard. So each answer is
   * met, whatever the numbers.
   */
  async open([a, b]: Pair): Promise<void> {
    const come = (arrivalId: string, person: string, more: object = {}) =>
      this.#give('RegisterArrival', { arrivalId, ...visit(person, 'E-V'), ...more });
    await come('first', a);
    await come('refused', b, { role: 'alleged' });
    await come('second', b);
    this.counts.came += 2;
    this.#building.ms += 10 * MINUTE_MS;
    for (const arrivalId of ['first', 'second']) {
      await this.#give('RecordDeparture', { arrivalId }, 5);
    }
    const [bookingId, person, entranceId] = ['heard', 'somebody', 'E-V'];
    const visits = [visit(person, entranceId)];
    const hour = { from: this.#clock(0), to: this.#clock(60), roomId: 'INT1' };
    await this.#give('BookRoom', { bookingId, visits, ...hour, purpose: 'interview' });
    await this.#give('CheckIn', { bookingId, person, entranceId });
    this.counts.started += (await this.#give('StartBooking', { bookingId })) ? 1 : 0;
    await this.#give('EndBooking', { bookingId });
    await this.#give('CheckOut', { bookingId, person, entranceId });
  }

  async step(): Promise<void> {
    this.#building.ms += this.#below(12) * MINUTE_MS;
    const lateMin = this.#below(3) === 0 ? 5 + this.#below(80) : 0;
    const booking = this.#bookings.length > 0 ? this.#pick(this.#bookings) : undefined;
    const what = this.#below(12);
    if (what < 3 || booking === undefined) return this.#book();
    const { id: bookingId, visits } = booking;
    const { person, entranceId } = this.#pick(visits);
    if (what < 6) {
      const isIn = await this.#give('CheckIn', { bookingId, person, entranceId }, lateMin);
      this.counts.came += isIn ? 1 : 0;
    } else if (what === 6) {
      this.counts.started += (await this.#give('StartBooking', { bookingId })) ? 1 : 0;
    } else if (what < 9) {
      const arrivalId = `a${this.#made++}`;
      const who = visit(this.#pick(PEOPLE), this.#pick(['E-V', 'E-R', 'E-P']));
      if (await this.#give('RegisterArrival', { arrivalId, ...who }, lateMin)) {
        this.#arrivals.push(arrivalId);
        this.counts.came += 1;
      }
    } else if (what === 9) {
      await this.#give('CheckOut', { bookingId, person, entranceId }, lateMin);
    } else if (what === 10 && this.#arrivals.length > 0) {
      await this.#give('RecordDeparture', { arrivalId: this.#pick(this.#arrivals) }, lateMin);
    } else {
      await this.#give('CancelBooking', { bookingId });
    }
  }
}

/** Whether two ways may not be used at one time, by what the pair asks. */
function isClose([, , , mode]: Pair, one: Came, other: Came): boolean {
  const sharesZone = one.route.some((zone) => other.route.includes(zone));
  return mode === 'noOverlapBuilding' || sharesZone || one.entranceId === other.entranceId;
}

/** What is wrong with a day, read from its record alone. */
function findings(history: readonly RecordedEvent[], pairs: readonly Pair[]): readonly string[] {
  const found: string[] = [];
  const inside: Presence[] = [];
  const booked = new Map<string, readonly Came[]>();
  const alarms = new Set<string>();
  const both = (a: string, b: string) => [a, b].toSorted().join(' ');
  const came = (who: Came, keepApart: boolean, { position, occurredAt }: RecordedEvent): void => {
    const inMs = msOf(occurredAt);
    for (const pair of pairs.filter(([a, b]) => [a, b].includes(who.person))) {
      const other = pair[0] === who.person ? pair[1] : pair[0];
      const near = inside
        .filter(({ person }) => person === other)
        // There then, or gone for less than the time that has to lie between.
        .filter((one) => one.inMs <= inMs && one.outMs + pair[2] * MINUTE_MS > inMs)
        .filter((one) => isClose(pair, who, one));
      if (near.length === 0) continue;
      if (who.role !== 'victim') found.push(`${position}: ${who.person} was let in to ${other}`);
      else if (!keepApart) found.push(`${position}: nobody was told of ${who.person}`);
    }
    const { person, role, entranceId, route } = who;
    inside.push({ person, role, entranceId, route, position, inMs, outMs: Infinity });
  };
  const gone = (person: string | undefined, { occurredAt }: RecordedEvent): void => {
    for (const one of inside) {
      if (one.person !== person || one.outMs !== Infinity) continue;
      one.outMs = Math.max(one.inMs, msOf(occurredAt));
    }
  };
  const arrived = new Map<string, string>();
  for (const event of history) {
    const data = event.data as unknown as Data;
    const at = (data.visits ?? booked.get(data.bookingId) ?? []).find(
      ({ person }) => person === data.person,
    );
    if (event.type === 'BookingConfirmed') {
      booked.set(data.bookingId, data.visits);
      const people = data.visits.map(({ person }) => person);
      const isPair = pairs.some(([a, b]) => people.includes(a) && people.includes(b));
      if (isPair) found.push(`${event.position}: ${people.join()} share a ${data.purpose}`);
    } else if (event.type === 'ArrivalRegistered') {
      arrived.set(data.arrivalId, data.visit.person);
      came(data.visit, data.keepApart === true, event);
    } else if (event.type === 'CheckInRecorded' && at !== undefined) {
      const { entranceId = '', route = [] } = data;
      came({ ...at, entranceId, route }, data.keepApart === true, event);
    } else if (event.type === 'CheckOutRecorded') gone(data.person, event);
    else if (event.type === 'DepartureRecorded') gone(arrived.get(data.arrivalId), event);
    else if (event.type === 'SeparationBreachOccurred') alarms.add(both(data.a, data.b ?? ''));
  }
  return [...found, ...unnoticed(inside, pairs, (a, b) => alarms.has(both(a, b)))];
}

/** Pairs who are in the building at the end, close to each other, and nobody was told. */
function unnoticed(
  inside: readonly Presence[],
  pairs: readonly Pair[],
  isTold: (a: string, b: string) => boolean,
): readonly string[] {
  const here = inside.filter(({ outMs }) => outMs === Infinity);
  return pairs
    .filter((pair) =>
      here.some(
        (one) =>
          one.person === pair[0] &&
          here.some((other) => other.person === pair[1] && isClose(pair, one, other)),
      ),
    )
    .filter(([a, b]) => !isTold(a, b))
    .map(([a, b]) => `nobody was told that ${a} and ${b} are inside`);
}

describe('random days', () => {
  test(`separation › on ${DAYS} days of arrivals, seed ${SEED} › is kept or told`, async () => {
    const below = numbers(SEED);
    const pick = <One>(list: readonly One[]): One => list[below(list.length)] as One;
    const total = { refusedApart: 0, came: 0, late: 0, started: 0, alarms: 0 };
    for (let made = 0; made < DAYS; made += 1) {
      const building = await new Building(undefined, `p4d${SEED}x${made}x`).build();
      const pairs = await separations(building, PEOPLE, below, pick);
      building.at('08:00');
      const day = new RandomDay(building, below);
      await day.open(pairs[0] as Pair);
      for (let step = 0; step < STEPS; step += 1) await day.step();
      const history = (await building.engine.history(dayId)) as readonly RecordedEvent[];
      expect(findings(history, pairs), `seed ${SEED}, day ${made}`).toEqual([]);
      const alarms = history.filter(({ type }) => type === 'SeparationBreachOccurred').length;
      for (const name of ['refusedApart', 'came', 'late', 'started'] as const) {
        total[name] += day.counts[name];
      }
      total.alarms += alarms;
    }
    // The days reach every kind of answer often enough to mean something.
    const { started, ...often } = total;
    for (const count of Object.values(often)) expect(count).toBeGreaterThan(10);
    expect(started).toBeGreaterThanOrEqual(DAYS);
  }, 300_000);
});
