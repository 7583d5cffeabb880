// What another case of the household says against bringing people together, whatever its type.
import type { Instant, PartView, PolicyReader, ReadView } from '@himaya/engine';
import { excludedIn } from '../domestic-violence/gravity.ts';
import { isOrderAsked } from '../domestic-violence/orders.ts';
import { breachKind, type Breach, type Incident } from '../domestic-violence/parts/kinds.ts';
import {
  hasBrokenPromise,
  hasHarmSince,
  incidentsAmong,
  isChildVictim,
  isInvolved,
  isRiskTooHigh,
} from './case-facts.ts';
import { boundIn } from './bound.ts';
import { hasChildConcern } from './child-facts.ts';
import type { Household } from './context.ts';
import {
  homesAround,
  isFileMissing,
  linkedFiles,
  personsOf,
  type LinkedFile,
  type Linking,
} from './linked-files.ts';
import { seen } from './separation.ts';

/** Who is to be brought together, and when. */
export interface Question {
  /** Parties of the case that asks. */
  readonly parties: readonly string[];
  /** The instants at which it must be safe, the one it happens at first. */
  readonly instants: readonly [Instant, ...(readonly Instant[])];
  /** How many of them a danger of another case has to concern. */
  readonly atLeast: 1 | 2;
  /** When the reconciliation was judged possible: nobody has looked at harm told since. */
  readonly since: Instant | null;
}

/** A case that asks, by the values of its policy. */
export interface Asking extends Linking {
  readonly policy: PolicyReader;
}

/** Whether an order of another case forbids two of them to meet, or one somebody nobody names. */
export function areOrderedApart(asking: Asking, { parties, instants }: Question): boolean {
  const people = personsOf(asking.context, parties);
  return linkedFiles(asking, parties).some(({ file, all }) =>
    boundIn(file, all, instants).some(
      ({ a, b }) => people.includes(a) && (b === null || people.includes(b)),
    ),
  );
}

/** Whether a household keeps two of them out of one building. */
export function areKeptOutOfOneBuilding(asking: Asking, { parties }: Question): boolean {
  const people = personsOf(asking.context, parties);
  return homesAround(asking, parties).some((home) => {
    const pairs = (seen(asking.reads, home)?.context['pairs'] ?? []) as Household['pairs'];
    return pairs.some(
      ({ a, b, mode }) => mode === 'noOverlapBuilding' && people.includes(a) && people.includes(b),
    );
  });
}

/** Other cases that are about enough of them; who only stood by is not meant. */
function casesAbout(asking: Asking, { parties, atLeast }: Question): readonly LinkedFile[] {
  return linkedFiles(asking, parties).filter(({ file, as }) => {
    const involved = as.filter(({ partyId }) => isInvolved({ file, partyId }));
    return new Set(involved.map(({ person }) => person)).size >= atLeast;
  });
}

/** Whether a case that was read knows of a risk, a concern for a child, or a wish to be protected. */
export function isInDanger(file: ReadView, at: Instant, policy: PolicyReader): boolean {
  return isRiskTooHigh(file, at, policy) || hasChildConcern(file) || isOrderAsked(file.parts);
}

/** Whether another case knows of a risk to them, or of harm or a concern for a child. */
export function isRiskAround(asking: Asking, question: Question): boolean {
  const { instants, since } = question;
  return casesAbout(asking, question).some(
    ({ file }) =>
      isInDanger(file, instants[0], asking.policy) ||
      (since !== null && hasHarmSince(file, since)),
  );
}

/** Incidents among them that other cases have recorded. */
export function incidentsAround(
  asking: Asking,
  question: Question,
): readonly PartView<Incident>[] {
  return casesAbout(asking, question).flatMap(({ file, as }) =>
    incidentsAmong(file, as.map(({ partyId }) => partyId)),
  );
}

/** Breaches of orders that other cases have recorded. */
export function breachesAround(asking: Asking, question: Question): readonly PartView<Breach>[] {
  return casesAbout(asking, question).flatMap(({ file }) => file.parts.all(breachKind));
}

/** Whether a settlement or an undertaking of another case was broken. */
export function isBrokenAround(asking: Asking, question: Question): boolean {
  return casesAbout(asking, question).some(({ file }) => hasBrokenPromise(file));
}

/** Whether another case is one for which there is no reconciliation, ever. */
export function isForbiddenAround(asking: Asking, question: Question): boolean {
  return (
    casesAbout(asking, question).some(({ file }) => isChildVictim(file)) ||
    incidentsAround(asking, question).some(
      ({ context }) => excludedIn(context, asking.policy).length > 0,
    )
  );
}

/** Whether anything that is known elsewhere stands against bringing them together. */
export function isDangerAround(asking: Asking, question: Question): boolean {
  return (
    areOrderedApart(asking, question) ||
    areKeptOutOfOneBuilding(asking, question) ||
    isRiskAround(asking, question) ||
    isForbiddenAround(asking, question)
  );
}

/** Whether they are in danger, as far as anybody can see: what is not there may be one, too. */
export function isEndangered(asking: Asking, question: Question): boolean {
  if (asking.context.households.length === 0) return false;
  return isFileMissing(asking, question.parties) || isDangerAround(asking, question);
}
