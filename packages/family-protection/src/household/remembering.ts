// What a household remembers: nothing that protects is lost by a later entry.
import type { z } from 'zod';
import type { Actor } from '@himaya/engine';
import { namesOf, union } from '../parties/facts.ts';
import { joined } from './context.ts';
import type { Declared, Link, Linked, Pair, relinked } from './home-head.ts';
import { isOf } from './home-rules.ts';
import { withOther } from './links.ts';

/** Who keeps the household, once an office has entered something in it. */
export function withOffice(
  offices: readonly string[],
  office: string | null | undefined,
): string[] {
  return union(offices, office ? [office] : []);
}

/** What was declared before holds on: declaring it anew may only make it stricter. */
export function withPair(
  pairs: readonly Pair[],
  { data: pair, actor }: { readonly data: Declared; readonly actor: Actor },
): Pair[] {
  const before = pairs.find((one) => isOf(one, pair));
  const strict = before?.mode === 'noOverlapBuilding' ? before.mode : pair.mode;
  const bufferMin = Math.max(before?.bufferMin ?? 0, pair.bufferMin);
  const declaredBy = union(before?.declaredBy ?? [], namesOf(actor));
  const now = { ...pair, bufferMin, mode: strict, declaredBy };
  return [...pairs.filter((one) => !isOf(one, pair)), now];
}

/** Who was linked before stays linked: linking anew adds people, and takes nobody out of an order. */
export function withLink(
  links: readonly Link[],
  { caseId, as }: Linked,
  isAgreed: boolean,
): Link[] {
  const before = links.find((one) => one.caseId === caseId);
  const agreed = isAgreed || before?.agreed === true;
  const all = before ? joined(before.as, as) : as;
  return [...links.filter((one) => one.caseId !== caseId), { caseId, as: all, agreed }];
}

/** The links of a household, once somebody else turns out to be a party of one of the cases. */
export function withPerson(links: readonly Link[], data: z.output<typeof relinked>): Link[] {
  return links.map((one) =>
    one.caseId === data.caseId ? { ...one, as: withOther(one.as, data) } : one,
  );
}
