// Who is shown a complaint: those of its office who work on it, and whoever audits what was recorded.
import { readersFor } from '../staff/readers.ts';

/** Whether someone is shown the case. */
export const isReader = readersFor({
  ofOffice: ['INT', 'INV', 'CP', 'SUP', 'HEAD'],
  ofAll: ['AUD'],
});
