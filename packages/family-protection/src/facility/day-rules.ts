// Rules of the way: separation, entrances, who is expected, and who may be pre-empted.
import type { Instant } from '@himaya/engine';
import { countsAsChild } from '../household/case-facts.ts';
import { refuse } from '../wording/wording.ts';
import { isInside, type BookingFacts } from './booking.ts';
import { AT_DOOR, COMING, JUDGED, t, type JudgedView } from './day-head.ts';
import { judgedBooking, otherBookings, siteOf } from './judging.ts';
import { clashesOf, isBoundToSomebody, isGroundless, JOINT, mayMeetAnybody } from './separating.ts';
import { isSafeFrom, isSheltered, roleNow, sidesOf, type Scene, type Side } from './standing.ts';

const VICTIMS = ['victim', 'contested', 'child', 'support'];
const INTERVIEWS = ['interview', 'childForensic'];
const HOURS_MS = 3_600_000;

/**
 * The instants at which it must be safe. What is planned is judged as it is entered as well, however
 * it is dated. Whoever came has come: whether they were let in is a question of that time alone, and
 * whom they meet since is an alarm.
 */
function instantsOf({ event }: JudgedView): readonly Instant[] {
  const { type, occurredAt, recordedAt } = event;
  const isDoor = type === 'ArrivalRegistered' || type === 'CheckInRecorded';
  return isDoor ? [occurredAt] : [recordedAt, occurredAt];
}

function sceneOf(view: JudgedView, booking: BookingFacts): Scene {
  const [now = view.event.occurredAt] = instantsOf(view);
  return { world: view, booking, now };
}

type Sides = readonly Side<BookingFacts['visits'][number]>[];

function sides(view: JudgedView): Sides {
  const booking = judgedBooking(view);
  return booking ? sidesOf(sceneOf(view, booking), booking.visits) : [];
}

/** Roles that plan and receive, and are shown no case. */
const DESKS = ['RCP', 'FAC'];

/**
 * Whether a rule about who comes is broken, and may be told to whoever asks: a desk that is shown no
 * case is told only what follows from its own words. What follows from the cases is `hidden`, and is
 * refused in the words of a separation.
 */
function verdict(
  view: JudgedView,
  judge: (view: JudgedView, all: Sides) => boolean,
): 'kept' | 'broken' | 'hidden' {
  if (judge(view, sides(view))) return 'kept';
  if (!DESKS.includes(view.event.actor.role)) return 'broken';
  const said = (judgedBooking(view)?.visits ?? []).map((visit) => ({
    visit,
    role: visit.role,
    files: [],
  }));
  return judge(view, said) ? 'hidden' : 'broken';
}

function entranceKind(view: JudgedView, { entranceId }: { readonly entranceId: string }) {
  const site = siteOf(view.reads, judgedBooking(view)?.siteId ?? '');
  return site?.entrances.find((one) => one.entranceId === entranceId)?.kind;
}

/** Nobody but victims, and whoever stands by them, comes by the entrance of victims. */
function leaveVictimsAlone(view: JudgedView, all: Sides): boolean {
  return all.every(
    ({ visit, role }) =>
      entranceKind(view, visit) !== 'victimIndependent' || VICTIMS.includes(role),
  );
}

/** Those who are heard, or wait, together are not on two sides of violence. */
function areHeardApart(view: JudgedView, heard: Sides): boolean {
  const booking = judgedBooking(view);
  if (!booking || JOINT.includes(booking.purpose)) return true;
  const isAgainst = heard.some((one) => heard.some((other) => isSafeFrom(one, other)));
  const isAccused = heard.some(({ role }) => role === 'alleged');
  if (INTERVIEWS.includes(booking.purpose)) {
    return !isAgainst && (!isAccused || heard.length === 1);
  }
  return !isAgainst && !(isAccused && heard.some(({ role }) => role === 'child'));
}

/** Whoever is kept safe from another comes and leaves first, as far as the times are planned. */
function comeInTurn(view: JudgedView, all: Sides): boolean {
  if (view.event.type !== 'BookingConfirmed') return true;
  const minMs = view.policy.number('booking.stagger') * 60_000;
  const isVisit = view.event.data.purpose === 'supervisedVisit';
  return all.every((one) =>
    all.every(
      (other) =>
        one === other ||
        !isSafeFrom(one, other) ||
        goesFirst(one, other, minMs, isVisit) ||
        // Of two who accuse each other either may be the first.
        (isSafeFrom(other, one) && goesFirst(other, one, minMs, isVisit)),
    ),
  );
}

/** Who stands at the door, if somebody does. */
function atDoor({ event }: JudgedView): string | undefined {
  if (event.type === 'ArrivalRegistered') return event.data.visit.person;
  return event.type === 'CheckInRecorded' ? event.data.person : undefined;
}

/**
 * Whether somebody is let in whoever is inside, and whatever room waits: a victim, a child, and who
 * may be one, since not every file could be looked at. What she came for is judged at its start.
 */
export function isLetIn(view: JudgedView): boolean {
  const person = atDoor(view);
  const booking = judgedBooking(view);
  const visit = booking?.visits.find((one) => one.person === person);
  if (!booking || !visit || person === undefined) return false;
  const scene = sceneOf(view, booking);
  if (isSheltered(scene, visit)) return true;
  return roleNow(scene, visit) !== 'alleged' && mayMeetAnybody(view, booking, scene.now);
}

const apart = refuse(
  'SEPARATION_CONFLICT',
  'INV-08',
  'This way and this time are not possible.',
  'هذا المسار في هذا الوقت غير ممكن.',
);

/**
 * Whether a booking brings together who must not meet. A session that no reconciliation stands behind
 * is refused in the same words, and so is what a desk may not be told: it does not learn which it was.
 */
function clashes(view: JudgedView): boolean {
  const booking = judgedBooking(view);
  if (!booking) return false;
  return (
    isGroundless(view, booking) ||
    instantsOf(view).some(
      (now) =>
        clashesOf(view, booking, now).length > 0 || isBoundToSomebody(view, booking, now),
    ) ||
    [leaveVictimsAlone, areHeardApart, comeInTurn].some(
      (judge) => verdict(view, judge) === 'hidden',
    )
  );
}

const times = refuse(
  'TIMES_INVALID',
  'booking',
  'The times are not those of one visit on this day.',
  'الأوقات لا تصلح لزيارة واحدة في هذا اليوم.',
);

/** Whether the one comes and leaves before the other, with time between. */
function goesFirst(
  { visit: one, files }: Side<BookingFacts['visits'][number]>,
  { visit: other }: Side<BookingFacts['visits'][number]>,
  minMs: number,
  isVisit: boolean,
): boolean {
  const leavesMs = Date.parse(other.leaves) - Date.parse(one.leaves);
  // A child who was visited may also wait to be fetched until the visitor has gone.
  const isFetched = isVisit && countsAsChild(files, one.ageBand);
  return (
    Date.parse(other.arrives) - Date.parse(one.arrives) >= minMs &&
    (isFetched ? Math.abs(leavesMs) : leavesMs) >= minMs
  );
}

/** Rules of the way. */
export const wayRules = {
  apart: t.rule(['BookingConfirmed', 'BookingStarted'], {
    ...apart,
    holds: (view) => !clashes(view),
  }),
  letIn: t.rule(AT_DOOR, {
    ...apart,
    // A victim or a child who stands at the door is let in, whoever else is here.
    holds: (view) => isLetIn(view) || !clashes(view),
  }),
  entrance: t.rule(COMING, {
    ...refuse(
      'ENTRANCE_NOT_PERMITTED',
      'INV-09',
      'Victims of a family matter use the victims’ entrance, and nobody else does.',
      'مدخل الضحايا لهم وحدهم، ولا يدخلون من غيره.',
    ),
    holds: (view) =>
      verdict(view, leaveVictimsAlone) !== 'broken' &&
      sides(view).every(
        ({ visit, role }) =>
          role !== 'victim' || entranceKind(view, visit) === 'victimIndependent',
      ),
  }),
  way: t.rule(['BookingConfirmed', ...AT_DOOR], {
    ...refuse('ROUTE_INVALID', 'booking', 'No way leads there.', 'لا يوجد مسار إلى هناك.'),
    holds: (view) =>
      (judgedBooking(view)?.visits ?? []).every(({ route }) => route.length > 0),
  }),
  today: t.rule(['ArrivalRegistered', 'VisitorBrought'], {
    ...times,
    holds: ({ event: { data }, calendar }) =>
      calendar.localDate(data.visit.arrives) === data.date,
  }),
  times: t.rule(['BookingConfirmed'], {
    ...times,
    // Six hours before and twelve in all: what is longer would reach beyond the days that are read.
    holds: ({ event: { data, occurredAt }, calendar }) => {
      const start = Date.parse(data.from);
      return (
        calendar.localDate(data.from) === data.date &&
        data.from < data.to &&
        data.to > occurredAt &&
        Date.parse(data.to) - start <= 12 * HOURS_MS &&
        data.visits.every(
          ({ arrives, leaves }) =>
            arrives < leaves &&
            start - Date.parse(arrives) <= 6 * HOURS_MS &&
            Date.parse(leaves) - start <= 12 * HOURS_MS,
        )
      );
    },
  }),
  eachOnce: t.rule(['BookingConfirmed'], {
    ...refuse('VISITOR_TWICE', 'booking', 'Someone is named twice.', 'ورد شخص مرتين.'),
    holds: ({ event: { data } }) =>
      new Set(data.visits.map(({ person }) => person)).size === data.visits.length,
  }),
  staggered: t.rule(['BookingConfirmed'], {
    ...refuse(
      'ARRIVALS_NOT_STAGGERED',
      'booking',
      'The victim comes first and leaves first, with time between.',
      'تحضر الضحية أولا وتغادر أولا، مع فاصل زمني.',
    ),
    holds: (view) => verdict(view, comeInTurn) !== 'broken',
  }),
  heardApart: t.rule(JUDGED, {
    ...refuse(
      'JOINT_INTERVIEW_FORBIDDEN',
      'INV-11',
      'Parties to violence are never interviewed together.',
      'لا تجرى مقابلة مشتركة لأطراف واقعة عنف.',
    ),
    holds: (view) => isLetIn(view) || verdict(view, areHeardApart) !== 'broken',
  }),
  expected: t.rule(['CheckInRecorded'], {
    ...refuse(
      'NOT_EXPECTED_NOW',
      'booking',
      'This visitor is not expected here now.',
      'لا يوجد موعد لهذا الزائر هنا الآن.',
    ),
    holds: (view) => {
      const { event, part, policy } = view;
      const visit = (part?.context as BookingFacts | undefined)?.visits.find(
        ({ person }) => person === event.data.person,
      );
      const earlyMs = policy.number('booking.early') * 60_000;
      if (visit === undefined || isInside(visit)) return false;
      // Nobody is expected for what is called off or over. Whoever is let in all the same, is noted.
      const isOn = part?.in('confirmed') === true || part?.in('started') === true;
      return (
        isLetIn(view) ||
        (isOn &&
          visit.entranceId === event.data.entranceId &&
          Date.parse(event.occurredAt) >= Date.parse(visit.arrives) - earlyMs &&
          event.occurredAt <= visit.leaves)
      );
    },
  }),
  nothingUnderWay: t.rule(['WalkThroughRecorded'], {
    ...refuse(
      'BUILDING_IN_USE',
      'booking',
      'Something is under way in the building: it is ended first.',
      'ما زال في المبنى موعد جار، فينهى أولا.',
    ),
    holds: (view) =>
      otherBookings(view, { ...view.event.data, bookingId: '' }).every(
        (booking) => !booking.in('started'),
      ),
  }),
  came: t.rule(['BookingStarted'], {
    ...refuse('NOBODY_CAME', 'booking', 'Nobody has checked in.', 'لم يسجل حضور أحد.'),
    holds: ({ part }) =>
      ((part?.context as BookingFacts | undefined)?.visits ?? []).some(({ inAt }) => inAt !== null),
  }),
};
