// The seam to cases: what a household and a building ask of a linked case, whatever its type.
import type { Instant, PartView, ReadView } from '@himaya/engine';

/** A party in a case that was read. */
export interface PartyFile {
  readonly file: ReadView;
  readonly partyId: string;
}

/** What a case has to keep of an order for others to see it: a part of kind `order`. */
export interface OrderFacts {
  readonly protected: readonly string[];
  readonly against: string;
  readonly conditions: readonly string[];
  /** Absent: an order without an end. */
  readonly until?: Instant | null;
}
/** What a case says of a party, in its context under `parties` by the party's id. */
export interface PartyFacts {
  readonly role?: string;
  readonly partyRole?: string;
  /** She is pregnant, nursing, or has an infant with her. */
  readonly careNeeded?: boolean;
  readonly interviewerPreferred?: 'female' | 'male' | null;
}

/** States of an order in which it keeps two people apart; unserved counts, too. */
const IN_FORCE = ['unserved', 'issuedUnserved', 'active', 'extended', 'breached', 'served'];
const KEEPS_APART = ['noContact', 'stayAway'];

/** Orders of this case that forbid contact between two of its parties at `at`. */
export function ordersBetween(
  file: ReadView,
  a: string,
  b: string,
  at: Instant,
): readonly PartView<OrderFacts>[] {
  return file.parts.all<OrderFacts>({ kind: 'order' }).filter(({ context, status, states }) => {
    const isBetween =
      (context.against === a && context.protected.includes(b)) ||
      (context.against === b && context.protected.includes(a));
    const lasts = (context.until ?? '9999') > at;
    const stands = states.some((state) => state.split('.').some((one) => IN_FORCE.includes(one)));
    const forbids = context.conditions.some((condition) => KEEPS_APART.includes(condition));
    return isBetween && lasts && stands && forbids && status === 'active';
  });
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

/** Whether the risk of one of the cases is high. A case that says nothing of risk is not. */
export function isHighRisk(files: readonly PartyFile[]): boolean {
  return files.some(({ file }) => {
    const level = file.context['riskLevel'] ?? file.context['risk'];
    return level === 'high' || level === 'imminent';
  });
}

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
