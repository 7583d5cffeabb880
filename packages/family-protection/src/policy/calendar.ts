// The calendar of the office as policy data: weekend, fixed holidays and working hours.
import type { PolicySpec } from '@himaya/engine';

/**
 * Bahrain's week and the holidays whose date is fixed by the solar calendar. Feasts that follow the
 * moon are announced by circular shortly before; a policy version adds them when they are known.
 * Hours and holidays have no source yet and must be confirmed.
 */
export const calendar: PolicySpec['calendar'] = {
  timeZone: 'Asia/Bahrain',
  utcOffsetMinutes: 180,
  weekend: ['friday', 'saturday'],
  holidays: ['2027-01-01', '2027-05-01', '2027-12-16', '2027-12-17'],
  workingHours: { from: '07:00', to: '14:15' },
  citation: null,
};
