// What offers, consents, sessions, settlements, obligations and waivers remember, and how they are found.
import type { Instant, Moment, PartsView, PartView } from '@himaya/engine';
import { t } from '../head.ts';

/** An offer of reconciliation to one party. */
export interface Offer {
  readonly partyId: string;
  readonly round: number;
  /** When the party was met alone, after they had consented. */
  readonly preMetAt: Moment | null;
}
/** One party's consent to reconciliation. */
export interface Consent {
  readonly partyId: string;
  readonly round: number;
  readonly expiresAt: Instant;
}
/** A clause as rules see it: its text is sealed. */
export interface Clause {
  readonly clauseId: string;
  readonly kinds: readonly string[];
  readonly obligors: readonly string[];
  readonly due: Instant | null;
}
/** A settlement from its draft on. */
export interface Settlement {
  readonly round: number;
  readonly clauses: readonly Clause[];
  readonly signatories: readonly string[];
  readonly signedAt: Moment | null;
  /** When it was broken; nobody found since that it holds all the same. */
  readonly brokenAt: Moment | null;
}
/** What some signers owe under one clause. */
export interface Obligation {
  readonly settlementId: string;
  /** Who has not done yet what the clause asks of them. */
  readonly owing: readonly string[];
  /** Absent: it holds as long as the settlement is monitored. */
  readonly due: Instant | null;
}
/** A wish to take a complaint back. */
export interface Waiver {
  readonly byParty: string;
  readonly offenceCodes: readonly string[];
  /** The last look for pressure behind it. */
  readonly check: { readonly isPrivate: boolean; readonly result: string } | null;
}

/** Kind of {@link Offer}. */
export const offerKind = t.part<Offer>('offer');
/** Kind of {@link Consent}. */
export const consentKind = t.part<Consent>('reconciliationConsent');
/** Kind of {@link Settlement}. */
export const settlementKind = t.part<Settlement>('settlement');
/** Kind of {@link Obligation}. */
export const obligationKind = t.part<Obligation>('obligation');
/** Kind of {@link Waiver}. */
export const waiverKind = t.part<Waiver>('waiver');

/** The last offer that was made to a party in a round. */
export function offerTo(
  parts: PartsView,
  partyId: string,
  round: number,
): PartView<Offer> | undefined {
  return parts
    .all(offerKind)
    .findLast(({ context }) => context.partyId === partyId && context.round === round);
}

/** Consents of a party that were given in a round and not withdrawn, in the order they were given. */
export function consentsOf(
  parts: PartsView,
  partyId: string,
  round: number,
): readonly PartView<Consent>[] {
  return parts
    .all(consentKind)
    .filter(({ context }) => context.partyId === partyId && context.round === round)
    .filter((consent) => !consent.in('withdrawn'));
}
