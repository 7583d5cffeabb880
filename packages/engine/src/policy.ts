// Policy values: every duration, threshold and table with its citation, never a literal in code.
import { createHash } from 'node:crypto';
import { canonicalize, Fault, type Json } from '@himaya/event-store';
import {
  calendarOf,
  calendarProblems,
  isWorkingDays,
  type Calendar,
  type CalendarData,
} from './calendar.ts';
import type { Duration, Instant } from './instant.ts';
import type { Text } from './text.ts';

/** Where a value comes from. */
export interface Citation {
  /** The law, decision, article or practice, so that a reader can find it. */
  readonly source: string;
  readonly text?: Text;
}

/** How an overlay may change a value. */
export type Direction =
  'fixed' | 'tightenLower' | 'tightenHigher' | 'subsetOnly' | 'supersetOnly' | 'free';

/** One value of a policy. `citation: null` marks a default without a source, to be confirmed. */
export interface PolicyValue {
  readonly value: Json;
  /** `minutes`, `hours`, `days`, `weeks`, `workingDays`, `count`, `list`, `table`, … */
  readonly unit: string;
  readonly direction: Direction;
  readonly citation: Citation | null;
  readonly title: Text;
}

/** What the author of a policy writes. */
export interface PolicySpec {
  readonly name: string;
  readonly version: string;
  readonly effectiveFrom: Instant;
  readonly title: Text;
  readonly calendar: CalendarData & { readonly citation: Citation | null };
  readonly values: { readonly [key: string]: PolicyValue };
}

/** A policy with its hash; each case pins one. */
export interface Policy extends PolicySpec {
  /** SHA-256 of the whole policy as canonical JSON, base64url. */
  readonly hash: string;
}

/** Reads values of one policy and, when asked to, notes which were read. */
export interface PolicyReader {
  readonly version: string;
  duration(key: string): Duration;
  number(key: string): number;
  text(key: string): string;
  list(key: string): readonly string[];
  value(key: string): Json;
}

/** Freezes a policy and computes its hash. @throws Fault `policy-invalid` */
export function definePolicy(spec: PolicySpec): Policy {
  const unmeasured = Object.entries(spec.values).flatMap(([key, { value, unit }]) =>
    isDurationUnit(unit) && !isLength(value, unit)
      ? [`${key}: ${JSON.stringify(value)} is no length in ${unit}`]
      : [],
  );
  const problems = [...unmeasured, ...calendarProblems(spec.calendar)];
  if (problems.length > 0) {
    throw new Fault({
      code: 'policy-invalid',
      attempted: `Cannot define policy ${spec.name} ${spec.version}`,
      found: problems.join('; '),
      todo: 'Correct each of these; durations are not negative, and working days are whole',
    });
  }
  const { name, version, effectiveFrom, title, calendar, values } = spec;
  const plain = { name, version, effectiveFrom, title, calendar, values };
  const hash = createHash('sha256').update(canonicalize(plain)).digest('base64url');
  return Object.freeze({ ...plain, hash });
}

/** The keys of a policy whose values have no source yet. */
export function unsourcedValues(policy: PolicySpec): readonly string[] {
  return Object.keys(policy.values).filter((key) => policy.values[key]?.citation === null);
}

function isLength(value: Json, unit: Duration['unit']): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return unit === 'workingDays' ? isWorkingDays(value) : value >= 0;
}

function isDurationUnit(unit: string): unit is Duration['unit'] {
  return ['minutes', 'hours', 'days', 'weeks', 'workingDays'].includes(unit);
}

const calendars = new WeakMap<PolicySpec, Calendar>();

/** The calendar of a policy; the same object for the same policy. */
export function policyCalendar(policy: PolicySpec): Calendar {
  const known = calendars.get(policy);
  if (known) return known;
  const made = calendarOf(policy.calendar);
  calendars.set(policy, made);
  return made;
}

const readers = new WeakMap<PolicySpec, PolicyReader>();

/**
 * A reader of `policy`. With `onRead`, each key that is read is reported: so `explain` can cite the
 * values behind a verdict.
 */
export function policyReader(policy: PolicySpec, onRead?: (key: string) => void): PolicyReader {
  const known = onRead ? undefined : readers.get(policy);
  if (known) return known;
  const made = makeReader(policy, onRead ?? (() => {}));
  if (!onRead) readers.set(policy, made);
  return made;
}

function makeReader(policy: PolicySpec, onRead: (key: string) => void): PolicyReader {
  const find = (key: string): PolicyValue => {
    const found = Object.hasOwn(policy.values, key) ? policy.values[key] : undefined;
    if (!found) throw unreadable(policy, key, 'it has no such value');
    onRead(key);
    return found;
  };
  return {
    version: policy.version,
    value: (key) => find(key).value,
    duration: (key) => {
      const { value, unit } = find(key);
      if (typeof value === 'number' && isDurationUnit(unit)) return { value, unit };
      throw unreadable(policy, key, `it is not a duration but ${unit}`);
    },
    number: (key) => {
      const { value } = find(key);
      if (typeof value === 'number') return value;
      throw unreadable(policy, key, 'it is not a number');
    },
    text: (key) => {
      const { value } = find(key);
      if (typeof value === 'string') return value;
      throw unreadable(policy, key, 'it is not a text');
    },
    list: (key) => {
      const { value } = find(key);
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
      throw unreadable(policy, key, 'it is not a list of texts');
    },
  };
}

function unreadable(policy: PolicySpec, key: string, found: string): Fault {
  return new Fault({
    code: 'policy-value-unreadable',
    attempted: `Cannot read ${JSON.stringify(key)} of policy ${policy.name} ${policy.version}`,
    found,
    todo: 'Add the value to the policy, or ask for it by the kind it has',
  });
}
