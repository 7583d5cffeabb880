// Who is shown a violence case: those of its office who work on it. An auditor is shown its proof.
import { readersFor } from '../staff/readers.ts';

/** Whether someone is shown the case. */
export const isReader = readersFor({
  ofOffice: ['INT', 'INV', 'CP', 'SUP', 'HEAD', 'LEG'],
  ofAll: [],
});
