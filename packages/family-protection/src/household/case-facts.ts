// The seam to cases: what a household and a building ask of a linked case, whatever its type.
import type { Instant, PartView, PolicyReader, ReadView } from '@himaya/engine';
import { contactOrdersBetween } from '../domestic-violence/orders.ts';
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
  readonly careNeeded?: boolean;
  readonly interviewerPreferred?: 'female' | 'male' | null;
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

/** Whom someone would rather talk to. */
export function interviewersPreferred(files: readonly PartyFile[]): readonly string[] {
  return files.flatMap((one) => partyOf(one).interviewerPreferred ?? []);
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

/** Whether a party has agreed to `purpose`, and the consent still lasts at `at`. */
export function hasConsent(files: readonly PartyFile[], purpose: string, at: Instant): boolean {
  type Given = {
    readonly partyId: string;
    readonly purpose: string;
    readonly expiresAt?: Instant | null;
  };
  return files.some(({ file, partyId }) =>
    file.parts
      .all<Given>({ kind: 'consent' })
      .some(
        ({ context, states }) =>
          context.partyId === partyId &&
          context.purpose === purpose &&
          states.includes('given') &&
          (context.expiresAt ?? '9999') > at,
      ),
  );
}
