// How deadlines begin and end: by policy values, and with the case itself.
import { fromDue, waitStart, type DeadlineView, type Instant, type MarkSpec } from '@himaya/engine';

/** What a term looks at, whatever the case type. */
export type TermView = Pick<DeadlineView, 'event' | 'policy' | 'calendar'>;

/** Events after which nothing is due in this case any more. */
export const caseEnds = [
  'CaseClosed',
  'IntakeAbandoned',
  'DuplicateMerged',
  'CaseTransferred',
] as const;

/** Events after which the work on the complaint goes on elsewhere. */
export const workEnds = [...caseEnds, 'CaseReclassified'] as const;

/** Due a policy's term after the event happened. */
export function termFrom(key: string): (view: TermView) => Instant {
  return ({ event, policy, calendar }) => calendar.add(event.occurredAt, policy.duration(key));
}

/** Due a policy's term after the event, as a wait: entering it late makes it no shorter. */
export function waitFrom(key: string): (view: TermView) => Instant {
  return ({ event, policy, calendar }) => calendar.add(waitStart(event), policy.duration(key));
}

/** Due at an instant that the event itself states. */
export function stated(field: string): (view: TermView) => Instant | undefined {
  return ({ event }) => (event.data as Readonly<Record<string, Instant | undefined>>)[field];
}

/** Tells a role at the due instant. */
export function atDue(to: string): MarkSpec {
  return fromDue({ value: 0, unit: 'minutes' }, to);
}
