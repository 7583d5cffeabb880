// The calendar of an office as a pure function of policy: weekends, holidays, hours, local dates.
import { addMs, elapsedMs, msOf, type Duration, type Instant } from './instant.ts';

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

/** Working days added at most: a longer term is a mistake in policy, and the loop must end. */
const WORKING_DAYS_MAX = 2_000;
const DAY_MS = 86_400_000;

/** Makes the calendar of some policy data. */
export function calendarOf(data: CalendarData): Calendar {
  const offsetMs = data.utcOffsetMinutes * 60_000;
  const weekend = new Set(data.weekend.map((day) => WEEKDAYS.indexOf(day)));
  const holidays = new Set(data.holidays);
  const localDate = (at: Instant): string => addMs(at, offsetMs).slice(0, 10);
  const isWorkingDay = (date: string): boolean =>
    !weekend.has(new Date(`${date}T00:00:00Z`).getUTCDay()) && !holidays.has(date);
  const addWorkingDays = (at: Instant, count: number): Instant => {
    let midnightMs = Date.parse(`${localDate(at)}T00:00:00Z`);
    let left = Math.min(count, WORKING_DAYS_MAX);
    for (let tries = 0; left > 0 && tries < WORKING_DAYS_MAX * 7; tries += 1) {
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

/** Whether at least `duration` lies between two instants. */
export function hasElapsed(
  calendar: Calendar,
  from: Instant,
  duration: Duration,
  to: Instant,
): boolean {
  return msOf(to) >= msOf(calendar.add(from, duration));
}
