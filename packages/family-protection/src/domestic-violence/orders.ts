// Which protection orders bind whom, asked of instants: no state, deadline or region decides it.
import type { Instant, PartsView, PartView } from '@himaya/engine';
import { orderKind, type Order } from './parts/kinds.ts';

/** Conditions under which two people may not meet. */
export const CONTACT_FORBIDDING = ['noContact', 'stayAway', 'leaveHome'] as const;

/**
 * Whether an order binds at `at`: from the moment it is known to be issued, served or not, until it
 * ends or is revoked. Before it begins it already blocks what would bring people together.
 */
export function bindsAt({ context }: Pick<PartView<Order>, 'context'>, at: Instant): boolean {
  const { until, revokedAt } = context;
  return until !== null && at < until && (revokedAt === null || at < revokedAt);
}

/** Orders that bind at `at`. */
export function ordersInForce(parts: PartsView, at: Instant): readonly PartView<Order>[] {
  return parts.all(orderKind).filter((order) => bindsAt(order, at));
}

/** Whether an order was asked for and nobody has decided on it yet. */
export function isOrderAsked(parts: PartsView): boolean {
  return parts.all(orderKind).some((order) => order.in('requested'));
}

/**
 * Orders that forbid two people to meet at `at`, whichever of them is protected. What books rooms and
 * routes, and every other case of the household, asks this.
 */
export function contactOrdersBetween(
  parts: PartsView,
  [a, b]: readonly [string, string],
  at: Instant,
): readonly PartView<Order>[] {
  return ordersInForce(parts, at).filter(({ context }) => {
    const { against, conditions, protected: people } = context;
    const isBetween =
      (against === a && people.includes(b)) || (against === b && people.includes(a));
    return isBetween && CONTACT_FORBIDDING.some((one) => conditions.includes(one));
  });
}

/**
 * Orders that forbid a party at `at` to meet somebody who is not among `known`: who that is, no link
 * says, so that it may be anybody who is asked about. No party: somebody who may be any of them.
 */
export function contactOrdersBeyond(
  parts: PartsView,
  partyId: string | null,
  known: readonly string[],
  at: Instant,
): readonly PartView<Order>[] {
  return ordersInForce(parts, at).filter(({ context }) => {
    const { against, conditions, protected: people } = context;
    const isOf = (side: readonly string[]): boolean => partyId === null || side.includes(partyId);
    const others = [...(isOf([against]) ? people : []), ...(isOf(people) ? [against] : [])];
    const isBeyond = others.some((one) => !known.includes(one));
    return isBeyond && CONTACT_FORBIDDING.some((one) => conditions.includes(one));
  });
}

/** Whether an order had been served and bound at `at`: then an act against it is a breach. */
export function isBreachable({ context }: Pick<PartView<Order>, 'context'>, at: Instant): boolean {
  const { from, servedAt } = context;
  const isServed = servedAt !== null && servedAt <= at;
  return bindsAt({ context }, at) && from !== null && from <= at && isServed;
}
