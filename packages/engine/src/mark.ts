// Escalation marks of a deadline: who is told at which instant before or after it is due.
import type { Calendar } from './calendar.ts';
import type { Duration, Instant } from './instant.ts';
import type { PolicyReader } from './policy.ts';

/** What a mark's instant may depend on. */
export interface MarkView {
  readonly armedAt: Instant;
  readonly dueAt: Instant;
  readonly policy: PolicyReader;
  readonly calendar: Calendar;
}

/** One level of escalation. */
export interface MarkSpec {
  /** The role that is told. */
  readonly to: string;
  readonly at: (view: MarkView) => Instant;
  /** What `at` counts, as data: part of the structure of the case type. Absent: a function decides. */
  readonly span?: MarkSpan;
}

/** How far a mark is from arming or due instant; a text names a policy value. */
export interface MarkSpan {
  readonly from: 'arming' | 'due';
  readonly after: Duration | string;
}

/** A mark `duration` after the deadline was armed; a text names a policy value. */
export function fromArming(duration: Duration | string, to: string): MarkSpec {
  return {
    to,
    at: ({ armedAt, policy, calendar }) => calendar.add(armedAt, lengthOf(duration, policy)),
    span: { from: 'arming', after: duration },
  };
}

/** A mark `duration` after the due instant; a text names a policy value. */
export function fromDue(duration: Duration | string, to: string): MarkSpec {
  return {
    to,
    at: ({ dueAt, policy, calendar }) => calendar.add(dueAt, lengthOf(duration, policy)),
    span: { from: 'due', after: duration },
  };
}

function lengthOf(duration: Duration | string, policy: PolicyReader): Duration {
  return typeof duration === 'string' ? policy.duration(duration) : duration;
}
