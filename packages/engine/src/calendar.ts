// The calendar of an office as a pure function of policy: weekends, holidays, hours, local dates.
import { Fault } from '@himaya/event-store';
import {
  addMs,
  elapsedMs,
  msOf,
  parseInstant,
  type Duration,
  type Instant,
} from './instant.ts';

/** Day names as policy writes them; Sunday first, as `Date` counts. */
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/**
 * Calendar data, part of a policy. The offset is data too, and not looked up in a time zone
 * database: a later edition of that database must not move a deadline of the past.
 */
export interface CalendarData {
  readonly timeZone: string;
  /** Offset from UTC in minutes, the whole year: 180 for Asia/Bahrain, which has no summer time. */
  readonly utcOffsetMinutes: number;
  readonly weekend: readonly (typeof WEEKDAYS)[number][];
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** Local hours of a working day, `HH:mm`. */
  readonly workingHours: { readonly from: string; readonly to: string };
}

/** Date arithmetic of one office. */
export interface Calendar {
  readonly timeZone: string;
  /**
   * `at` plus `duration`. Elapsed units count every hour. Working days count from the next local
   * day and end at the close of the last one: Sunday 09:00 plus 3 is Wednesday at closing time.
   */
  add(at: Instant, duration: Duration): Instant;
  /** Local date, `YYYY-MM-DD`. */
  localDate(at: Instant): string;
  /** Local time with offset, `YYYY-MM-DD HH:mm`. */
  localText(at: Instant): string;
  isWorkingDay(localDate: string): boolean;
}

/** Working days added at most: a longer term is a mistake in policy. */
const WORKING_DAYS_MAX = 2_000;
/** Ends of terms that are kept. */
const TERMS_MAX = 1_000;
const DAY_MS = 86_400_000;

/** What is wrong with calendar data, one line each: a deadline must not hang on a slip of the pen. */
export function calendarProblems(data: CalendarData): readonly string[] {
  const { utcOffsetMinutes, weekend, holidays, workingHours } = data;
  const problems: string[] = [];
  if (!Number.isInteger(utcOffsetMinutes) || Math.abs(utcOffsetMinutes) > 14 * 60) {
    problems.push(`utcOffsetMinutes: ${utcOffsetMinutes} is no offset from UTC`);
  }
  const known = weekend.filter((day) => WEEKDAYS.includes(day));
  if (known.length < weekend.length || new Set(known).size === WEEKDAYS.length) {
    problems.push(`weekend: ${weekend.join(', ')} leaves no week of working days`);
  }
  for (const date of holidays) {
    const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date) && parseInstant(`${date}T00:00:00Z`);
    if (!isDate) problems.push(`holidays: ${date} is no date`);
  }
  const { from, to } = workingHours;
  const isTime = (time: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (!isTime(from) || !isTime(to) || from >= to) {
    problems.push(`workingHours: ${from} to ${to} is no part of a day`);
  }
  return problems;
}

/** Whether a term can be counted in working days: a whole number of them, and no absurd one. */
export function isWorkingDays(count: number): boolean {
  return Number.isInteger(count) && count > 0 && count <= WORKING_DAYS_MAX;
}

/** Makes the calendar of some policy data. @throws Fault `calendar-invalid` */
export function calendarOf(data: CalendarData): Calendar {
  const problems = calendarProblems(data);
  if (problems.length > 0) throw calendarInvalid(problems);
  const offsetMs = data.utcOffsetMinutes * 60_000;
  const weekend = new Set(data.weekend.map((day) => WEEKDAYS.indexOf(day)));
  const holidays = new Set(data.holidays);
  const localDate = (at: Instant): string => addMs(at, offsetMs).slice(0, 10);
  const isWorkingDay = (date: string): boolean =>
    !weekend.has(new Date(`${date}T00:00:00Z`).getUTCDay()) && !holidays.has(date);
  const ends = new Map<string, Instant>();
  const addWorkingDays = (at: Instant, count: number): Instant => {
    if (!isWorkingDays(count)) throw noWorkingDays(count);
    // The terms of one day end together: the day is counted out once for all its cases.
    const day = localDate(at);
    const term = `${day}+${count}`;
    const end = ends.get(term) ?? endOfTerm(day, count);
    if (ends.size >= TERMS_MAX) ends.clear();
    ends.set(term, end);
    return end;
  };
  const endOfTerm = (from: string, count: number): Instant => {
    let midnightMs = Date.parse(`${from}T00:00:00Z`);
    for (let left = count; left > 0; ) {
      midnightMs += DAY_MS;
      if (isWorkingDay(new Date(midnightMs).toISOString().slice(0, 10))) left -= 1;
    }
    const date = new Date(midnightMs).toISOString().slice(0, 10) as string;
    return addMs(`${date}T${data.workingHours.to}:00.000Z` as Instant, -offsetMs);
  };
  return {
    timeZone: data.timeZone,
    localDate,
    isWorkingDay,
    localText: (at) => addMs(at, offsetMs).slice(0, 16).replace('T', ' '),
    add: (at, duration) =>
      duration.unit === 'workingDays'
        ? addWorkingDays(at, duration.value)
        : addMs(at, elapsedMs(duration)),
  };
}

function calendarInvalid(problems: readonly string[]): Fault {
  return new Fault({
    code: 'calendar-invalid',
    attempted: 'Cannot reckon with this calendar',
    found: problems.join('; '),
    todo: 'Correct the calendar of the policy',
    data: { problems },
  });
}

function noWorkingDays(count: number): Fault {
  return new Fault({
    code: 'working-days-invalid',
    attempted: `Cannot add ${count} working days`,
    found: `a term in working days is a whole number from 1 to ${WORKING_DAYS_MAX}`,
    todo: 'Correct the policy value, or use another unit',
  });
}

/** Whether at least `duration` lies between two instants. */
export function hasElapsed(
  calendar: Calendar,
  from: Instant,
  duration: Duration,
  to: Instant,
): boolean {
  return msOf(to) >= msOf(calendar.add(from, duration));
}
