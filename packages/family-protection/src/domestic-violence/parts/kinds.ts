// The kinds of part of a domestic violence case and what each remembers.
import type { Instant, Moment } from '@himaya/engine';
import type { RiskLevel } from '../fields.ts';
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
  /** When it was made, or given up. */
  readonly endedAt: Moment | null;
}
/** A visit to see whether somebody is safe. */
export interface WelfareCheck {
  readonly cause: string;
}

/** Kind of {@link Incident}. */
export const incidentKind = t.part<Incident>('incident');
/** Kind of {@link Order}. */
export const orderKind = t.part<Order>('order');
/** Kind of {@link Breach}. */
export const breachKind = t.part<Breach>('breach');
/** Kind of {@link SafetyPlan}. */
export const planKind = t.part<SafetyPlan>('safetyPlan');
/** Kind of {@link FollowUp}. */
export const followUpKind = t.part<FollowUp>('followUp');
/** Kind of {@link WelfareCheck}. */
export const welfareKind = t.part<WelfareCheck>('welfareCheck');
