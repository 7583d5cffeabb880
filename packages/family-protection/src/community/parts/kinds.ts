// The kinds of part of a community case and what each remembers.
import type { Instant, Moment, PartsView, PartView } from '@himaya/engine';
import { partsIn } from '../../parts.ts';
import { t } from '../head.ts';

/** The graduated response to one respondent, in one category, at one place. */
export interface Response {
  readonly respondent: string;
  readonly category: string;
  readonly place: string;
  /** 0 noted, 1 advised, 2 warned, 3 ticket requested. */
  readonly level: 0 | 1 | 2 | 3;
  /** When the present level was reached. */
  readonly since: Moment | null;
  readonly recurrences: readonly Moment[];
}
/** An offer of mediation to one party. */
export interface Offer {
  readonly partyId: string;
  readonly round: number;
}
/** One party's consent to one thing. */
export interface Consent {
  readonly partyId: string;
  readonly purpose: 'mediation' | 'shareWith';
  readonly expiresAt: Instant;
  readonly recipients: readonly string[];
  readonly scopeFields: readonly string[];
}
/** A neighbourhood agreement. */
export interface Agreement {
  readonly signatories: readonly string[];
  readonly invited: readonly string[];
  readonly place: string;
}
/** What some signers owe under one clause. */
export interface Obligation {
  readonly agreementId: string;
  /** Who has not done yet what the clause asks of them. */
  readonly owing: readonly string[];
  /** Absent: it holds as long as the agreement is monitored. */
  readonly due: Instant | null;
}
/** A referral to a body outside the office. */
export interface PartnerReferral {
  readonly body: string;
  readonly urgent: boolean;
  /** Whom it is about; nobody: the place. */
  readonly respondents: readonly string[];
}
/** A follow-up contact. */
export interface FollowUp {
  readonly attempts: number;
  /** The last attempt that reached nobody. */
  readonly lastAttempt: Moment | null;
}

/** Roles of those whom mediation may bring together. */
export const mediating: readonly string[] = [
  'complainant',
  'respondent',
  'neighbour',
  'representative',
];

/** Kind of {@link Response}. */
export const responseKind = t.part<Response>('response');
/** Kind of {@link Offer}. */
export const offerKind = t.part<Offer>('offer');
/** Kind of {@link Consent}. */
export const consentKind = t.part<Consent>('consent');
/** Kind of {@link Agreement}. */
export const agreementKind = t.part<Agreement>('agreement');
/** Kind of {@link Obligation}. */
export const obligationKind = t.part<Obligation>('obligation');
/** Kind of {@link PartnerReferral}. */
export const referralKind = t.part<PartnerReferral>('partnerReferral');
/** Kind of {@link FollowUp}. */
export const followUpKind = t.part<FollowUp>('followUp');

/** Id of the graduated response to someone. */
export function responseId(data: {
  readonly respondent: string;
  readonly category: string;
  readonly place: string;
}): string {
  return `${data.respondent}|${data.category}|${data.place}`;
}

/** Offers that were made in one round of mediation and have not been taken back. */
export function offersOf(parts: PartsView, round: number): readonly PartView<Offer>[] {
  return partsIn(parts.all(offerKind), 'open', 'accepted', 'declined').filter(
    ({ context }) => context.round === round,
  );
}
