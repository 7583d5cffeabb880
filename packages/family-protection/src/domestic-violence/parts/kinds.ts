// The kinds of part of a domestic violence case and what each remembers.
import type { Instant, Moment } from '@himaya/engine';
import type { z } from 'zod';
import type { channelKind, RiskLevel } from '../fields.ts';
import { t } from '../head.ts';

/** An incident and how far the record of Article 14 has come. */
export interface Incident {
  readonly alleged: readonly string[];
  readonly victim: string | null;
  readonly occurredFrom: Instant;
  readonly violenceTypes: readonly string[];
  readonly contextFlags: readonly string[];
  /** What it was done with. */
  readonly weapon: string;
  /** All that was ever told of it: what is corrected since still excludes what it excluded. */
  readonly told: readonly string[];
  /** The latest instant that was ever told. */
  readonly latestFrom: Instant;
  /** Everyone who has told of it. */
  readonly toldBy: readonly string[];
  /** A child was its target. */
  readonly isChildTargeted: boolean;
  /** Fields of the statutory record that are there. */
  readonly fields: readonly string[];
}
/** A protection order. */
export interface Order {
  readonly protected: readonly string[];
  readonly against: string;
  readonly conditions: readonly string[];
  readonly from: Instant | null;
  /** The end as it stands now, and as it was first. */
  readonly until: Instant | null;
  readonly firstUntil: Instant | null;
  /** When it was decided, or began if that was earlier. */
  readonly issuedAt: Instant | null;
  readonly servedAt: Instant | null;
  readonly revokedAt: Instant | null;
  readonly attempts: number;
}
/** A breach of an order. */
export interface Breach {
  readonly orderId: string;
  readonly at: Instant;
  readonly withViolence: boolean;
}
/** A safety plan. */
export interface SafetyPlan {
  readonly reviewDue: Instant;
}
/** What support is to reach. */
export interface ActionPlan {
  /** Goals that are neither reached nor given up. */
  readonly open: readonly { readonly goalId: string; readonly due: Instant }[];
}
/** A notice to somebody. */
export interface Notice {
  readonly recipient: string;
  readonly channel: z.output<typeof channelKind>;
  readonly basis: string;
  readonly failedAt: Instant | null;
}
/** What somebody has promised the office in writing. */
export interface Undertaking {
  readonly partyId: string;
  readonly signedAt: Instant;
  readonly until: Instant;
  /** When it was broken, each time. */
  readonly brokenAt: readonly Instant[];
}
/** A follow-up contact with the victim. */
export interface FollowUp {
  readonly dueAt: Instant;
  readonly level: RiskLevel;
  readonly step: number;
  readonly anchor: Instant;
  readonly attempts: number;
  readonly lastAttempt: Moment | null;
  /** What she said; `null` while nobody reached her. */
  readonly isSafe: boolean | null;
  /** Whether she was asked how she is. */
  readonly isWellbeingKnown: boolean;
  /** When it was made, or given up. */
  readonly endedAt: Moment | null;
}
/** A visit to see whether somebody is safe. */
export interface WelfareCheck {
  readonly cause: string;
}

/** A release from custody that the victim has to hear of. */
export interface Release {
  readonly partyId: string;
  /** Everyone who has been told. */
  readonly told: readonly string[];
}
/** A place in a shelter. */
export interface Placement {
  readonly partyId: string;
}
/** The removal of a child from the family. */
export interface Removal {
  readonly childPartyId: string;
}
/** A referral to an agency. */
export interface Referral {
  readonly agencyId: string;
  readonly urgent: boolean;
}
/** What an agency undertook at a conference. */
export interface Action {
  readonly ownerAgency: string;
  readonly due: Instant;
}
/** One party's consent to one thing. */
export interface Consent {
  readonly partyId: string;
  readonly purpose: string;
  readonly expiresAt: Instant;
  readonly recipients: readonly string[];
  readonly scopeFields: readonly string[];
  /** From when it counts no more, by the wish of who gave it. */
  readonly withdrawnAt: Instant | null;
}

/** A piece of evidence, and in whose hands it is. */
export interface Evidence {
  readonly holder: string;
  readonly heldSince: Instant;
  /** The office recorded it itself, in an interview: who sees it is recorded, too. */
  readonly isRecording: boolean;
}
/** An interview. */
export interface Interview {
  readonly partyId: string;
  readonly startedAt: Moment | null;
  /** Who held it, and in whose name. */
  readonly interviewers: readonly string[];
  /** It was held without a booked room, which a supervisor looks at. */
  readonly isOffSite: boolean;
  /** It was recorded, and the recording is not sealed yet. */
  readonly isRecorded: boolean;
  /** Who has found that it has to be held once more; none: it has not. */
  readonly justifiedBy: readonly string[];
}

/** Kind of {@link Evidence}. */
export const evidenceKind = t.part<Evidence>('evidence');
/** Kind of {@link Interview}. */
export const interviewKind = t.part<Interview>('interview');
/** Kind of {@link Incident}. */
export const incidentKind = t.part<Incident>('incident');
/** Kind of {@link Order}. */
export const orderKind = t.part<Order>('order');
/** Kind of {@link Breach}. */
export const breachKind = t.part<Breach>('breach');
/** Kind of {@link SafetyPlan}. */
export const planKind = t.part<SafetyPlan>('safetyPlan');
/** Kind of {@link ActionPlan}. */
export const actionPlanKind = t.part<ActionPlan>('actionPlan');
/** Kind of {@link Notice}. */
export const noticeKind = t.part<Notice>('notice');
/** Kind of {@link Undertaking}. */
export const undertakingKind = t.part<Undertaking>('undertaking');
/** Kind of {@link FollowUp}. */
export const followUpKind = t.part<FollowUp>('followUp');
/** Kind of {@link WelfareCheck}. */
export const welfareKind = t.part<WelfareCheck>('welfareCheck');
/** Kind of {@link Release}. */
export const releaseKind = t.part<Release>('release');
/** Kind of {@link Placement}. */
export const placementKind = t.part<Placement>('placement');
/** Kind of {@link Removal}. */
export const removalKind = t.part<Removal>('removal');
/** Kind of {@link Referral}. */
export const referralKind = t.part<Referral>('referral');
/** Kind of {@link Action}. */
export const actionKind = t.part<Action>('action');
/** Kind of {@link Consent}. */
export const consentKind = t.part<Consent>('consent');
