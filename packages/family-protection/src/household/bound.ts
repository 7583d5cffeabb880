// Whom the orders of a case keep apart, by person, as far as links name them.
import type { Instant, ReadView } from '@himaya/engine';
import { contactOrdersBeyond } from '../domestic-violence/orders.ts';
import { ordersBetween } from './case-facts.ts';
import type { MemberParties } from './context.ts';

/**
 * Two whom an order keeps apart; `b` is `null` where no link says who the other one is. A link that says
 * that somebody is on both sides says it of neither.
 */
export interface Bound {
  readonly a: string;
  readonly b: string | null;
}

/** Everyone whom an order of this case keeps apart from somebody at one of the instants. */
export function boundIn(
  file: ReadView,
  as: MemberParties,
  instants: readonly Instant[],
): readonly Bound[] {
  const known = as.map(({ partyId }) => partyId);
  const binds = (orders: (at: Instant) => readonly unknown[]): boolean =>
    instants.some((at) => orders(at).length > 0);
  return as.flatMap((one, place) => [
    ...as
      .slice(place + 1)
      .filter(({ partyId }) => binds((at) => ordersBetween(file, one.partyId, partyId, at)))
      .map(({ person }) => ({ a: one.person, b: person === one.person ? null : person })),
    ...(binds((at) => contactOrdersBeyond(file.parts, one.partyId, known, at))
      ? [{ a: one.person, b: null }]
      : []),
  ]);
}
