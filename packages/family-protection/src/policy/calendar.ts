// The calendar of the office as policy data: weekend, fixed holidays and working hours.
import type { PolicySpec } from '@himaya/engine';

/** Days that are holidays every year: New Year, Labour Day, the two National Days. */
const FIXED_DAYS = ['01-01', '05-01', '12-16', '12-17'];
/** Years for which this policy knows the holidays; a later version adds more. */
const YEARS = [2026, 2027, 2028, 2029, 2030];

/**
 * Bahrain's week and the holidays whose date is fixed by the solar calendar. Feasts that follow the
 * moon are announced by circular shortly before; a policy version adds them when they are known.
 * Hours and holidays have no source yet and must be confirmed.
 */
export const calendar: PolicySpec['calendar'] = {
  timeZone: 'Asia/Bahrain',
  utcOffsetMinutes: 180,
  weekend: ['friday', 'saturday'],
  holidays: YEARS.flatMap((year) => FIXED_DAYS.map((day) => `${year}-${day}`)),
  workingHours: { from: '07:00', to: '14:15' },
  citation: null,
};
