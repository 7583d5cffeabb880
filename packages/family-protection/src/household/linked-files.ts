// The other cases of its households as a decision of one case sees them: by person, in every home.
import type { ReadsView, ReadView } from '@himaya/engine';
import { caseStream, type StreamName } from '../streams.ts';
import { joined, type MemberParties } from './context.ts';
import type { LinkMemory } from './links.ts';
import { householdsOf, householdStream, linksOf, personStream, seen } from './separation.ts';

/** A case, and what was read of others. */
export interface Linking {
  readonly context: LinkMemory;
  readonly reads: ReadsView;
  /** Which case it is, where a decision is made with as much as could be read. */
  readonly caseId?: string;
}

/** Another case, and which of its parties the people are who were asked about. */
export interface LinkedFile {
  readonly file: ReadView;
  readonly as: MemberParties;
  /** Everyone in it whom a link names. */
  readonly all: MemberParties;
}

/** Who these parties are, by the case's own links. */
export function personsOf(
  { households }: LinkMemory,
  parties: readonly string[],
): readonly string[] {
  const all = households.flatMap(({ as }) => as);
  const meant = all.filter(({ partyId }) => parties.includes(partyId));
  return [...new Set(meant.map(({ person }) => person))];
}

/** Every party of the case whom a household knows. */
export function linkedParties({ households }: LinkMemory): readonly string[] {
  return [...new Set(households.flatMap(({ as }) => as.map(({ partyId }) => partyId)))];
}

/** The households of the case, and those in which these people live or have lived. */
export function homesAround(
  { context, reads }: Linking,
  parties: readonly string[],
): readonly StreamName[] {
  const own = context.households.map(({ householdId }) => householdId);
  const theirs = householdsOf(reads, personsOf(context, parties));
  return [...new Set([...own, ...theirs])].map(householdStream);
}

function linksAround(linking: Linking, parties: readonly string[]) {
  return homesAround(linking, parties).flatMap((home) => linksOf(seen(linking.reads, home)));
}

/**
 * The streams that say what stands between these parties elsewhere; more are named once the first
 * are read. A case that belongs to no household names none.
 */
export function linkedReads(linking: Linking, parties: readonly string[]): readonly StreamName[] {
  if (linking.context.households.length === 0) return [];
  return [
    ...personsOf(linking.context, parties).map(personStream),
    ...homesAround(linking, parties),
    ...linksAround(linking, parties).map(({ caseId }) => caseStream(caseId)),
  ];
}

/** Whom a command names in its input, whatever it does. */
export interface Naming {
  readonly participants?: readonly string[];
  readonly parties?: readonly string[];
  readonly attendees?: readonly string[];
  readonly signatories?: readonly string[];
  readonly partyId?: string;
}

/** The parties that a command names. */
export function namedIn(input: Naming): readonly string[] {
  const { participants = [], parties = [], attendees = [], signatories = [], partyId } = input;
  const one = partyId === undefined ? [] : [partyId];
  return [...participants, ...parties, ...attendees, ...signatories, ...one];
}

/** The other cases in which any of these people is a party. */
export function linkedFiles(linking: Linking, parties: readonly string[]): readonly LinkedFile[] {
  const people = personsOf(linking.context, parties);
  const found = new Map<string, MemberParties>();
  for (const { caseId, as } of linksAround(linking, parties)) {
    found.set(caseId, joined(found.get(caseId) ?? [], as));
  }
  return [...found].flatMap(([caseId, all]) => {
    const file = seen(linking.reads, caseStream(caseId));
    const as = all.filter(({ person }) => people.includes(person));
    return file?.exists === true && as.length > 0 ? [{ file, as, all }] : [];
  });
}

/**
 * Whether a file that has to be looked at is not there, or was not read: what protects goes on with
 * as much as one decision may read. Elsewhere everything was read but the case that decides.
 */
export function isFileMissing(linking: Linking, parties: readonly string[]): boolean {
  const { caseId, reads } = linking;
  const own = (stream: StreamName): boolean =>
    caseId === undefined || stream === caseStream(caseId);
  return linkedReads(linking, parties).some((stream) => {
    const file = seen(reads, stream);
    return file === undefined ? !own(stream) : !file.exists;
  });
}

/**
 * Whether each household of this case lists it. All linked cases are read but this one, which is
 * the one that decides.
 */
export function isListed({ context, reads }: Linking): boolean {
  return context.households.every(({ householdId }) => {
    const home = seen(reads, householdStream(householdId));
    const isThere = home?.exists === true;
    return !isThere || linksOf(home).some(({ caseId }) => !seen(reads, caseStream(caseId)));
  });
}
