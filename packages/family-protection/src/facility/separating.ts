// The one test of separation: at booking, at check-in, at the start, and when it is looked at anew.
import type { Instant } from '@himaya/engine';
import {
  bothMayMeet,
  countsAsChild,
  hasNoReconciliation,
  isAssessed,
  isHighRisk,
  isInvolved,
  isRiskTooHigh,
  ordersBetween,
} from '../household/case-facts.ts';
import { isChildAtRisk } from '../household/child-facts.ts';
import { seen, type Separation } from '../household/separation.ts';
import { caseStream } from '../streams.ts';
import type { BookingFacts } from './booking.ts';
import {
  casesOf,
  otherStays,
  ownStays,
  roomOf,
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
  const separations = [
    ...separationsNear(world, booking, now),
    ...orderedInCase(world, booking, [...own, ...others], now),
    ...contested({ world, booking, now }, own, others),
    ...opposed({ world, booking, now }, own),
  ];
  return separations.flatMap((separation) => [
    ...own.flatMap((mine) =>
      others
        .filter((other) => isBetween(separation, mine, other) && meets(mine, other, separation))
        .map((other) => ({ own: mine, other, separation })),
    ),
    ...within(own, separation).filter(({ own: a, other: b }) => {
      return !mayShare(world, booking, a, b, separation, now);
    }),
  ]);
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
    const file = caseId === null ? undefined : seen(reads, caseStream(caseId));
    if (!file || partyId === null) return [];
    return stays
      .filter((other) => other.caseId === caseId && other.person !== person)
      .filter((other) =>
        [now, from, to].some(
          (at) => ordersBetween(file, partyId, other.partyId ?? '', at).length > 0,
        ),
      )
      .map((other) => ({ a: person, b: other.person, bufferMin, mode: 'noOverlapBuilding' }));
  });
}

/**
 * Whoever is a victim in one case and accused in another may come by the way of victims, but never
 * near the one whom they are accused of harming.
 */
function contested(
  scene: Scene,
  own: readonly Stay[],
  others: readonly Stay[],
): readonly Separation[] {
  const bufferMin = scene.world.policy.number('booking.pairBuffer');
  const all = sidesOf(scene, [...own, ...others]);
  if (!all.some(({ role }) => role === 'contested')) return [];
  return all.slice(0, own.length).flatMap((one) =>
    all
      .filter((other) => other.visit.person !== one.visit.person)
      .filter((other) => one.role === 'contested' || other.role === 'contested')
      .filter((other) => isSafeFrom(one, other) || isSafeFrom(other, one))
      .map((other) => ({
        a: one.visit.person,
        b: other.visit.person,
        bufferMin,
        mode: 'noOverlapZone' as const,
      })),
  );
}

/**
 * Whoever comes to one meeting and stands against another there, by their cases or by the word of the
 * desk: they meet by BR-16 or not at all, whether or not anybody has declared that they are a pair.
 */
function opposed(scene: Scene, own: readonly Stay[]): readonly Separation[] {
  if (!JOINT.includes(scene.booking.purpose)) return [];
  const all = sidesOf(scene, own);
  return all.flatMap((one) =>
    all
      .filter((other) => isSafeFrom(one, other))
      .map((other) => ({
        a: one.visit.person,
        b: other.visit.person,
        bufferMin: scene.world.policy.number('booking.stagger'),
        mode: 'noOverlapZone' as const,
      })),
  );
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
  // What a case asks before a meeting of its own, the building asks of every case about the two.
  const isRisky =
    isHighRisk(all, now, policy) ||
    all.filter(isInvolved).some(({ file }) => isRiskTooHigh(file, now, policy));
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
 * Whether a session was booked for a case that does not reconcile any more, whether or not its
 * parties are kept apart. The case that is named decides; where none is, those that two share.
 */
export function isGroundless({ reads }: World, { purpose, visits }: BookingFacts): boolean {
  if (purpose !== 'session') return false;
  const named = visits.flatMap(({ caseId }) => {
    const file = caseId === null ? undefined : seen(reads, caseStream(caseId));
    return file ? [file] : [];
  });
  if (named.length > 0) return named.some(hasNoReconciliation);
  const files = visits.map((visit) => casesOf(reads, visit).map(({ file }) => file));
  const shared = files
    .flat()
    .filter((file) => files.filter((theirs) => theirs.includes(file)).length > 1);
  return shared.length > 0 && shared.every(hasNoReconciliation);
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
