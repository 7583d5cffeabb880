// The seam to cases: what a household and a building ask of a linked case, whatever its type.
import type { Instant, PartView, PolicyReader, ReadView } from '@himaya/engine';
import { contactOrdersBetween } from '../domestic-violence/orders.ts';
import { consentKind } from '../domestic-violence/parts/kinds.ts';
import { consentsOf } from '../domestic-violence/parts/reconciliation-kinds.ts';
import { highestWithin, isHigh } from '../domestic-violence/risk.ts';

/** A party in a case that was read. */
export interface PartyFile {
  readonly file: ReadView;
  readonly partyId: string;
}

/** What a case says of a party, in its context under `parties` by the party's id. */
export interface PartyFacts {
  readonly role?: string;
  readonly partyRole?: string;
  /** She is pregnant, nursing, or has an infant with her. */
  readonly careNeeded?: boolean | null;
  readonly interviewerPreferred?: 'female' | 'male' | 'none' | null;
}

/** Orders of this case that forbid contact between two of its parties at `at`. */
export function ordersBetween(
  file: ReadView,
  a: string,
  b: string,
  at: Instant,
): readonly PartView[] {
  return contactOrdersBetween(file.parts, [a, b], at);
}

/** What the case says of a party. */
function partyOf({ file, partyId }: PartyFile): PartyFacts {
  const parties = file.context['parties'] as Readonly<Record<string, PartyFacts>> | undefined;
  return parties?.[partyId] ?? {};
}

/** What the cases know of someone goes before what a desk was told; a victim is one everywhere. */
export function roleIn<Role extends string>(
  files: readonly PartyFile[],
  told: Role,
): Role | 'victim' | 'alleged' {
  const known = files.map(partyOf).map(({ role, partyRole }) => role ?? partyRole ?? '');
  if (known.includes('victim')) return 'victim';
  return known.some((role) => ['alleged', 'allegedAggressor'].includes(role)) ? 'alleged' : told;
}

/** Whether some case says that she is pregnant, nursing, or has an infant with her. */
export function needsCare(files: readonly PartyFile[]): boolean {
  return files.some((one) => partyOf(one).careNeeded === true);
}

/** Whom someone would rather talk to, where they mind. */
export function interviewersPreferred(files: readonly PartyFile[]): readonly string[] {
  return files
    .map((one) => partyOf(one).interviewerPreferred ?? 'none')
    .filter((wish) => wish !== 'none');
}

/** Whether one of the cases is at high risk, or was within the look-back before `at`. */
export function isHighRisk(
  files: readonly PartyFile[],
  at: Instant,
  policy: PolicyReader,
): boolean {
  return files.some(({ file }) => isHigh(highestWithin({ levels: levelsOf(file) }, at, policy)));
}

/** Whether one of the cases has assessed the risk at all. */
export function isAssessed(files: readonly PartyFile[]): boolean {
  return files.some(({ file }) => levelsOf(file).length > 0);
}

function levelsOf({ context }: ReadView): Levels {
  return (context['levels'] ?? []) as Levels;
}

type Levels = Parameters<typeof highestWithin>[0]['levels'];

/** The first of the cases that asks for such needs, where she was not asked before she came. */
export function careAsker(
  files: readonly PartyFile[],
): { readonly caseId: string; readonly partyId: string } | undefined {
  const found = files.find((one) => partyOf(one).careNeeded !== undefined);
  return found && { caseId: found.file.stream.slice('case-'.length), partyId: found.partyId };
}

/** Whether a party has agreed to be recorded, and the consent still lasts at `at`. */
export function mayBeRecorded(files: readonly PartyFile[], at: Instant): boolean {
  return files.some(({ file, partyId }) =>
    file.parts
      .all(consentKind)
      .some(
        (consent) =>
          consent.context.partyId === partyId &&
          consent.context.purpose === 'recording' &&
          isGiven(consent, at),
      ),
  );
}

/**
 * Whether both have agreed, in one and the same case, to meet in the round it is in, and both
 * consents still last at `at`. Whatever stops a reconciliation ends its consents with it.
 */
export function bothMayMeet(
  some: readonly PartyFile[],
  others: readonly PartyFile[],
  at: Instant,
): boolean {
  return some.some((one) =>
    others.some(
      (other) =>
        one.file.stream === other.file.stream && agreesToMeet(one, at) && agreesToMeet(other, at),
    ),
  );
}

function agreesToMeet({ file, partyId }: PartyFile, at: Instant): boolean {
  const { round } = (file.context['reconciliation'] ?? { round: 0 }) as { readonly round: number };
  return consentsOf(file.parts, partyId, round).some((consent) => isGiven(consent, at));
}

function isGiven(consent: PartView<{ readonly expiresAt: Instant }>, at: Instant): boolean {
  return consent.in('given') && at < consent.context.expiresAt;
}
