// Instants and durations as plain values: UTC text whose order is time order, and no clock.
import { Fault, isInstant, type Instant } from '@himaya/event-store';

export type { Instant } from '@himaya/event-store';

/** A length of time as policy states it. `workingDays` need a {@link Calendar}. */
export interface Duration {
  readonly value: number;
  readonly unit: 'minutes' | 'hours' | 'days' | 'weeks' | 'workingDays';
}

/** The two instants of one event: when it happened and when it was recorded. */
export interface Moment {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

const MS_PER_UNIT = { minutes: 60_000, hours: 3_600_000, days: 86_400_000, weeks: 604_800_000 };
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads an ISO 8601 instant with a zone (`Z` or an offset) into canonical UTC with milliseconds.
 * @returns `undefined` if `text` has no zone or names no real instant.
 */
export function parseInstant(text: string): Instant | undefined {
  if (isInstant(text)) return text;
  if (!INSTANT.test(text)) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || !dayExists(text)) return undefined;
  const written = instantOf(ms);
  return written.length === 24 ? written : undefined;
}

/** JavaScript reads 30 February as 2 March; a record must not. */
function dayExists(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Reads an instant that the program itself wrote. @throws Fault `instant-invalid` */
export function instant(text: string): Instant {
  const parsed = typeof text === 'string' ? parseInstant(text) : undefined;
  if (parsed !== undefined) return parsed;
  throw new Fault({
    code: 'instant-invalid',
    attempted: `Cannot read ${JSON.stringify(text)} as an instant`,
    found: 'it is no ISO 8601 date and time with a zone',
    todo: 'Write it like 2027-05-09T09:00:00+03:00',
  });
}

/** The instant `ms` milliseconds after 1970-01-01T00:00:00Z. */
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function msOf(at: Instant): number {
  return Date.parse(at);
}

/** `at` moved by `ms` milliseconds. */
export function addMs(at: Instant, ms: number): Instant {
  return instantOf(msOf(at) + ms);
}

/** The later of two instants. */
export function laterOf(a: Instant, b: Instant): Instant {
  return a >= b ? a : b;
}

/** Milliseconds of a duration in elapsed time. @throws Fault `duration-needs-calendar` for working days. */
export function elapsedMs(duration: Duration): number {
  if (duration.unit !== 'workingDays') return duration.value * MS_PER_UNIT[duration.unit];
  throw new Fault({
    code: 'duration-needs-calendar',
    attempted: `Cannot turn ${duration.value} working days into milliseconds`,
    found: 'working days depend on weekends and holidays',
    todo: 'Add the duration with calendar.add(instant, duration)',
  });
}

/** Both instants of an event, to be kept in context by an assign: waits start at the later one. */
export function momentOf(event: Moment): Moment {
  return { occurredAt: event.occurredAt, recordedAt: event.recordedAt };
}

/** Where a minimum wait that `start` begins starts: the later instant, so that back-dating buys nothing. */
export function waitStart(start: Moment): Instant {
  return laterOf(start.occurredAt, start.recordedAt);
}
