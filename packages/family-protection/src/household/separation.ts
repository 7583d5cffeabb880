// Who must not meet whom: separation pairs of all households and orders of all their cases.
import type { Instant, ReadsView, ReadView } from '@himaya/engine';
import { caseStream, type StreamName } from '../streams.ts';
import { boundIn } from './bound.ts';
import { protectedFrom, type PartyFile } from './case-facts.ts';
import type { Household, MemberParties } from './context.ts';

/** Two people who are kept apart. */
export interface Separation {
  readonly a: string;
  readonly b: string;
  readonly bufferMin: number;
  readonly mode: 'noOverlapZone' | 'noOverlapBuilding';
}

/** The stream of a person's file. */
export const personStream = (person: string): StreamName => `person-${person}` as StreamName;
/** The stream of a household. */
export const householdStream = (id: string): StreamName => `household-${id}` as StreamName;

/** A stream among those that were read so far. */
export function seen(reads: ReadsView, stream: StreamName): ReadView | undefined {
  return reads.all.find((one) => one.stream === stream);
}

/** The streams of a case and of each file in which it went on, as far as those before were read. */
export function trailOf(reads: ReadsView, caseId: string): readonly StreamName[] {
  const trail = [caseStream(caseId)];
  for (const stream of trail) {
    const next = seen(reads, stream)?.context['successor'];
    const more = typeof next === 'string' ? caseStream(next) : stream;
    if (!trail.includes(more)) trail.push(more);
  }
  return trail;
}

/**
 * The file in which a case goes on, as far as it was read: a desk names the one it knows, and nothing
 * becomes known any more in a file that was left. Nobody named one: there is none.
 */
export function fileNow(reads: ReadsView, caseId: string | null): ReadView | undefined {
  const trail = caseId === null ? [] : trailOf(reads, caseId);
  return trail.map((stream) => seen(reads, stream)).findLast((file) => file !== undefined);
}

/** The households in which these people have to be looked up, as far as their files were read. */
export function householdsOf(reads: ReadsView, people: readonly string[]): readonly string[] {
  const known = people.flatMap(
    (one) => (seen(reads, personStream(one))?.context['households'] ?? []) as readonly string[],
  );
  return [...new Set(known)];
}

/** The streams that say who these people must not meet; more are named once the first are read. */
export function separationReads(
  reads: ReadsView,
  people: readonly string[],
): readonly StreamName[] {
  const households = householdsOf(reads, people).map(householdStream);
  const cases = households.flatMap((stream) => linksOf(seen(reads, stream)));
  return [
    ...people.map(personStream),
    ...households,
    ...cases.map(({ caseId }) => caseStream(caseId)),
  ];
}

/** The households among what was read. */
export function homesIn({ all }: ReadsView): readonly ReadView[] {
  return all.filter(({ stream }) => stream.startsWith('household-'));
}

/** Someone as a party of the cases that are linked, as far as these were read. */
export function partiesIn(
  reads: ReadsView,
  links: Household['links'],
  person: string,
): readonly PartyFile[] {
  return links.flatMap(({ caseId, as }) => {
    const file = seen(reads, caseStream(caseId));
    const own = as.filter((one) => one.person === person);
    return file ? own.map(({ partyId }) => ({ file, partyId })) : [];
  });
}

/** Who is which party of a case, by every household that was read. */
export function linkedAs(reads: ReadsView, stream: string): MemberParties {
  const links = homesIn(reads).flatMap(linksOf);
  return links.filter(({ caseId }) => caseStream(caseId) === stream).flatMap(({ as }) => as);
}

/** Every case in which this person is a party: the one that was named, and those of homes read. */
export function filesOf(
  reads: ReadsView,
  person: string,
  named: { readonly caseId: string | null; readonly partyId: string | null },
): readonly PartyFile[] {
  const { caseId, partyId } = named;
  const file = fileNow(reads, caseId);
  const own = file && partyId !== null ? [{ file, partyId }] : [];
  return [...own, ...partiesIn(reads, homesIn(reads).flatMap(linksOf), person)];
}

/** Somebody who comes, and what they have come for. */
interface Comer {
  readonly person: string;
  readonly caseId: string | null;
  readonly partyId: string | null;
}

/**
 * Whether an order in force binds the one for the sake of the other. Whom no link names whom an order
 * protects, that may be any other member of a household which links the case.
 */
export function isBoundAgainst(
  reads: ReadsView,
  one: Comer,
  other: Comer,
  at: Instant,
): boolean {
  const theirs = filesOf(reads, other.person, other);
  return filesOf(reads, one.person, one).some((mine) => {
    const { stream } = mine.file;
    const known = theirs.filter(({ file }) => file.stream === stream);
    return protectedFrom(mine, at).some((partyId) =>
      known.length > 0
        ? known.some((party) => party.partyId === partyId)
        : mayBe(reads, stream, partyId, other.person),
    );
  });
}

/** Whether somebody lives where a case is linked without saying who this party of it is. */
function mayBe(reads: ReadsView, stream: string, partyId: string, person: string): boolean {
  const linking = homesIn(reads).flatMap((home) =>
    linksOf(home)
      .filter(({ caseId }) => caseStream(caseId) === stream)
      .map(({ as }) => ({ as, members: (home.context as Partial<Household>).members ?? [] })),
  );
  const isNamed = linking.some(({ as }) => as.some((one) => one.partyId === partyId));
  return !isNamed && linking.some(({ members }) => members.includes(person));
}

/** The cases that a household lists. */
export function linksOf(home: ReadView | undefined): Household['links'] {
  return (home?.context['links'] ?? []) as Household['links'];
}

/** Everyone who lives in a household that was read, or is a party of a case that it lists. */
export function peopleAround(reads: ReadsView): readonly string[] {
  return homesIn(reads).flatMap((home) => [
    ...((home.context as Partial<Household>).members ?? []),
    ...linksOf(home).flatMap(({ as }) => as.map(({ person }) => person)),
  ]);
}

/** Everyone whom one of these people must not meet: declared, or ordered at one of the instants. */
export function separationsOf(
  reads: ReadsView,
  people: readonly string[],
  instants: readonly Instant[],
  bufferMin: number,
): readonly Separation[] {
  return householdsOf(reads, people).flatMap((id) => {
    const home = seen(reads, householdStream(id));
    const { pairs: declared = [], members = [] } = (home?.context ?? {}) as Partial<Household>;
    return [
      ...declared.map((pair) => ({ ...pair, bufferMin: Math.max(pair.bufferMin, bufferMin) })),
      ...linksOf(home).flatMap((link) => ordered(reads, link, members, instants, bufferMin)),
    ].filter(({ a, b }) => people.includes(a) || people.includes(b));
  });
}

/** Whoever an order keeps from somebody whom no link names is kept from every other member. */
function ordered(
  reads: ReadsView,
  { caseId, as }: Household['links'][number],
  members: readonly string[],
  instants: readonly Instant[],
  bufferMin: number,
): readonly Separation[] {
  const file = seen(reads, caseStream(caseId));
  if (!file) return [];
  return boundIn(file, as, instants).flatMap(({ a, b }) =>
    (b === null ? members.filter((one) => one !== a) : [b]).map((other) => ({
      a,
      b: other,
      bufferMin,
      mode: 'noOverlapBuilding' as const,
    })),
  );
}
