// What cases say of a child: how old it may be, and what stands against bringing it to somebody.
import type { Instant, PolicyReader, ReadView } from '@himaya/engine';
import { excludedIn, graveIn } from '../domestic-violence/gravity.ts';
import { bindsAt } from '../domestic-violence/orders.ts';
import { incidentKind, orderKind, removalKind } from '../domestic-violence/parts/kinds.ts';
import { isRiskTooHigh, knownBands, type PartyFile } from './case-facts.ts';

/** The ages of childhood, as a building knows them. */
export type ChildBand = 'under7' | '7to11' | '12to17';

/** The ages that each band of a case may be. */
const WITHIN: Readonly<Record<string, readonly ChildBand[]>> = {
  under15: ['under7', '7to11', '12to17'],
  '15to17': ['12to17'],
};

/**
 * The ages that a visitor may be, as a child; none: an adult. A desk may know better than a case which
 * age it is; where the two do not fit, both count, and what is allowed is what is at either age.
 */
export function childBands(
  files: readonly PartyFile[],
  told: ChildBand | 'adult',
): readonly ChildBand[] {
  const known = knownBands(files).flatMap((band) => WITHIN[band] ?? []);
  if (told === 'adult') return known;
  return known.includes(told) ? [told] : [told, ...known];
}

/** Whether a case has a concern for a child of the household. */
export function hasChildConcern({ context }: ReadView): boolean {
  return Object.values(context['childScreenings'] ?? {}).includes('concern');
}

/** Whether an order for a child against somebody has been asked for, or binds. */
function isOrderMeant(
  file: ReadView,
  child: string,
  mayBe: (partyId: string) => boolean,
  at: Instant,
): boolean {
  return file.parts
    .all(orderKind)
    .filter(({ context }) => context.protected.includes(child) && mayBe(context.against))
    .some((order) => order.in('requested') || bindsAt(order, at));
}

/** Whether a case tells of violence by somebody, against a child of it, that policy excludes. */
function isExcluded(
  file: ReadView,
  child: string,
  mayBe: (partyId: string) => boolean,
  policy: PolicyReader,
): boolean {
  return file.parts
    .all(incidentKind)
    .filter(({ context: { victim, isChildTargeted } }) => victim === child || isChildTargeted)
    .filter(({ context: { alleged } }) => alleged.length === 0 || alleged.some(mayBe))
    .some(({ context }) => {
      const told = [...excludedIn(context, policy), ...graveIn(context, policy)];
      return told.length > 0;
    });
}

/**
 * Whether a case of a child says that it is not brought to this other person: for a risk that is too
 * high, not assessed or not assessed anew, for a danger that nobody has met, or for what is known of
 * the child itself. Whom the case does not know may be any of those whom it accuses.
 */
export function isChildAtRisk(
  { file, partyId }: PartyFile,
  others: readonly PartyFile[],
  at: Instant,
  policy: PolicyReader,
): boolean {
  const theirs = others.filter((one) => one.file.stream === file.stream);
  const mayBe = (id: string): boolean =>
    theirs.length === 0 || theirs.some((one) => one.partyId === id);
  const removals = file.parts.all(removalKind);
  return (
    isRiskTooHigh(file, at, policy) ||
    hasChildConcern(file) ||
    removals.some(({ context }) => context.childPartyId === partyId) ||
    isOrderMeant(file, partyId, mayBe, at) ||
    isExcluded(file, partyId, mayBe, policy)
  );
}
