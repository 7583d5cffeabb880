// The one test of separation: at booking, at check-in, at the start, and when it is looked at anew.
import type { Instant, ReadView } from '@himaya/engine';
import { contactOrdersBeyond } from '../domestic-violence/orders.ts';
import {
  countsAsChild,
  isAssessed,
  isHighRisk,
  isInvolved,
  isRiskTooHigh,
  ordersBetween,
  standsAgainst,
} from '../household/case-facts.ts';
import { isChildAtRisk } from '../household/child-facts.ts';
import { isInDanger } from '../household/linked-dangers.ts';
import { bothMayMeet, hasCalledOff, hasNoReconciliation } from '../household/meeting-facts.ts';
import { fileNow, linkedAs, type Separation } from '../household/separation.ts';
import type { BookingFacts } from './booking.ts';
import {
  casesOf,
  isUnread,
  otherStays,
  ownStays,
  roomOf,
  routeOf,
  separationsNear,
  type Clash,
  type World,
} from './judging.ts';
import { meets, type Stay } from './meeting.ts';
import { isHarmed, isSafeFrom, roleNow, sidesOf, type Scene } from './standing.ts';

/** Every separation that this booking breaks against others, or within itself. */
export function clashesOf(world: World, booking: BookingFacts, now: Instant): readonly Clash[] {
  const own = ownStays(booking, now);
  const others = otherStays(world, booking, now);
  const today = (stay: Stay): Stay => asToday(world, booking, stay);
  const separations = [
    ...separationsNear(world, booking, now),
    ...orderedInCase(world, booking, [...own, ...others], now),
    ...opposed({ world, booking, now }, own, others),
  ];
  return separations.flatMap((separation) => [
    ...own.flatMap((mine) =>
      others
        .filter((other) => isBetween(separation, mine, other))
        .filter((other) => meets(today(mine), today(other), separation))
        .map((other) => ({ own: mine, other, separation })),
    ),
    ...within(own, separation).filter(({ own: a, other: b }) => {
      return !mayShare(world, booking, today(a), today(b), separation, now);
    }),
  ]);
}

/** Somebody's stay by the way that leads there now: the building may have been described anew. */
function asToday({ reads }: World, { siteId }: BookingFacts, stay: Stay): Stay {
  const { careRoomId, roomId, inAt } = stay;
  // Who is here has come as it is noted, and who comes without a booking goes no further.
  if (inAt !== null || careRoomId === undefined) return stay;
  const way = routeOf(reads, { siteId, roomId, careRoomId }, stay);
  return way.length === 0 ? stay : { ...stay, route: way };
}

/** Orders of a case that two visitors name: they keep apart also where no household links it. */
function orderedInCase(
  { reads, policy }: World,
  { visits, from, to }: BookingFacts,
  stays: readonly Stay[],
  now: Instant,
): readonly Separation[] {
  const bufferMin = policy.number('booking.pairBuffer');
  return visits.flatMap(({ person, caseId, partyId }) => {
    const file = fileNow(reads, caseId);
    if (!file || partyId === null) return [];
    return stays
      .filter((other) => fileNow(reads, other.caseId) === file && other.person !== person)
      .filter((other) =>
        [now, from, to].some(
          (at) => ordersBetween(file, partyId, other.partyId ?? '', at).length > 0,
        ),
      )
      .map((other) => ({ a: person, b: other.person, bufferMin, mode: 'noOverlapBuilding' }));
  });
}

/** A visitor of a booking, and an order that is about them and somebody of whom nobody says who it is. */
interface Beyond {
  readonly visit: BookingFacts['visits'][number];
  /** Which party they are; `null`: nobody says, so that they may be whoever is not known. */
  readonly own: string | null;
  readonly against: string;
}

/** Orders of the cases that visitors name, about them and somebody of whom nobody says who it is. */
function ordersBeyond({ world, booking, now }: Scene): readonly Beyond[] {
  const { reads } = world;
  const stays = [...ownStays(booking, now), ...otherStays(world, booking, now)];
  return booking.visits.flatMap((visit) => {
    const file = fileNow(reads, visit.caseId);
    if (!file) return [];
    const linked = linkedAs(reads, file.stream);
    const isOwn = ({ person }: { readonly person: string }): boolean => person === visit.person;
    const own = visit.partyId ?? linked.find(isOwn)?.partyId ?? null;
    const named = stays
      .filter((one) => fileNow(reads, one.caseId) === file)
      .map((one) => one.partyId ?? '');
    const known = [...named, ...linked.map((one) => one.partyId)];
    return [now, booking.from, booking.to].flatMap((at) =>
      contactOrdersBeyond(file.parts, own, known, at)
        .map(({ context: { against } }) => ({ visit, own, against }))
        .filter(({ against }) => own === null || against === own || !known.includes(against)),
    );
  });
}

/**
 * Whether anybody in the building may be the one who must not be met: not every file could be looked
 * at, or an order is about somebody whom neither a household nor a visit names.
 */
export function mayMeetAnybody(world: World, booking: BookingFacts, now: Instant): boolean {
  return isUnread(booking, world.reads) || ordersBeyond({ world, booking, now }).length > 0;
}

/** Whether an order binds somebody who comes, or may bind them, and nobody says whom it protects. */
export function isBoundToSomebody(world: World, booking: BookingFacts, now: Instant): boolean {
  return ordersBeyond({ world, booking, now }).some(
    ({ visit, own, against }) =>
      own === against || (own === null && !['victim', 'child'].includes(visit.role)),
  );
}

/**
 * Whoever stands against another is kept apart from them, whether or not anybody has declared that they
 * are a pair. In one meeting they stand against each other by their cases or by the word of the desk,
 * and meet by BR-16 or not at all; of everyone else in the building only the cases say it.
 */
function opposed(
  scene: Scene,
  own: readonly Stay[],
  others: readonly Stay[],
): readonly Separation[] {
  const { world, booking } = scene;
  const isJoint = JOINT.includes(booking.purpose);
  const mine = sidesOf(scene, own);
  const theirs = others.map((visit) => ({ visit, files: casesOf(world.reads, visit) }));
  const kept = (bufferMin: number, of: Pick<Stay, 'person'>, from: Pick<Stay, 'person'>) => ({
    a: of.person,
    b: from.person,
    bufferMin,
    mode: 'noOverlapZone' as const,
  });
  return mine.flatMap((one) => [
    ...mine
      .filter((other) => isJoint && isSafeFrom(one, other))
      .map(({ visit }) => kept(world.policy.number('booking.stagger'), one.visit, visit)),
    ...theirs
      .filter(({ visit }) => own.every(({ person }) => person !== visit.person))
      .filter(({ files }) => standsAgainst(files, one.files) || standsAgainst(one.files, files))
      .map(({ visit }) => kept(world.policy.number('booking.pairBuffer'), one.visit, visit)),
  ]);
}

function isBetween({ a, b }: Separation, one: Stay, other: Stay): boolean {
  return (
    (one.person === a && other.person === b) || (one.person === b && other.person === a)
  );
}

function within(own: readonly Stay[], separation: Separation): readonly Clash[] {
  return own.flatMap((mine, place) =>
    own
      .slice(place + 1)
      .filter((other) => isBetween(separation, mine, other))
      .map((other) => ({ own: mine, other, separation })),
  );
}

const SHARED: Readonly<Record<string, string>> = {
  reconciliation: 'session',
  visitation: 'supervisedVisit',
};
/** What people may do together who are kept apart otherwise. */
export const JOINT: readonly string[] = Object.values(SHARED);

/**
 * BR-16: the one lawful place for two who are kept apart, and only by separate ways and times. A child
 * agrees to nothing: a visit to a child rests on a court order or an agreement, which the visit names,
 * and no case of the child may know of anything that speaks against it.
 */
function mayShare(
  { reads, policy }: World,
  { siteId, roomId, purpose, from }: BookingFacts,
  a: Stay,
  b: Stay,
  { mode, bufferMin }: Separation,
  now: Instant,
): boolean {
  const kind = roomOf(reads, siteId, roomId)?.context.kind;
  if (mode === 'noOverlapBuilding' || !kind || SHARED[kind] !== purpose) return false;
  const [some, others] = [casesOf(reads, a), casesOf(reads, b)];
  const isChild = (stay: Stay): boolean => countsAsChild(casesOf(reads, stay), stay.ageBand);
  const isVisit = purpose === 'supervisedVisit' && isChild(a) !== isChild(b);
  const isAgreed = isVisit || [now, from].every((at) => bothMayMeet(some, others, at));
  const [child, grown] = isChild(a) ? [some, others] : [others, some];
  const isSafe = isVisit
    ? isAssessed(grown) && !child.some((one) => isChildAtRisk(one, grown, now, policy))
    : isAssessed(some) && isAssessed(others);
  const all = [...some, ...others];
  // What a case asks before a meeting of its own, the building asks of every case about the two. An
  // order that is asked for between the grown stands against no visit of the child.
  const isDanger = isVisit ? isRiskTooHigh : isInDanger;
  const isRisky =
    isHighRisk(all, now, policy) ||
    all.filter(isInvolved).some(({ file }) => isDanger(file, now, policy));
  const apart = Math.max(policy.number('booking.stagger'), bufferMin);
  const isApart = [
    [a.arrives, b.arrives],
    [a.leaves, b.leaves],
  ].every(([one = '', other = '']) => {
    return Math.abs(Date.parse(one) - Date.parse(other)) >= apart * 60_000;
  });
  const crosses = a.route.some((zone) => b.route.includes(zone)) || a.entranceId === b.entranceId;
  return isAgreed && isSafe && !isRisky && isApart && !crosses;
}

/**
 * Whether a session was booked for a case that does not reconcile any more, or that has called this
 * session off, whether or not its parties are kept apart. The case that is named decides; where none
 * is, those that two share.
 */
export function isGroundless({ reads }: World, booking: BookingFacts): boolean {
  const { purpose, visits } = booking;
  if (purpose !== 'session') return false;
  const isOff = (file: ReadView): boolean =>
    hasNoReconciliation(file) || hasCalledOff(file, booking);
  const named = visits.flatMap(({ caseId }) => {
    const file = fileNow(reads, caseId);
    return file ? [file] : [];
  });
  if (named.length > 0) return named.some(isOff);
  const files = visits.map((visit) => casesOf(reads, visit).map(({ file }) => file));
  const shared = files
    .flat()
    .filter((file) => files.filter((theirs) => theirs.includes(file)).length > 1);
  return shared.length > 0 && shared.every(isOff);
}

/** Whether two who come to one booking must not be together there. */
export function areTogether({ own, other }: Clash): boolean {
  return own.bookingId === other.bookingId;
}

/**
 * Whether a booking has to give way: a session that nobody meets for any more, and of two that
 * clash the one that is not the victim's, which is looked at anew for the same reason.
 */
export function givesWay(world: World, booking: BookingFacts, now: Instant): boolean {
  const isVictim = (stay: Stay): boolean => isHarmed(roleNow({ world, booking, now }, stay));
  return (
    isGroundless(world, booking) ||
    clashesOf(world, booking, now).some(
      (clash) => areTogether(clash) || !isVictim(clash.own) || isVictim(clash.other),
    )
  );
}
