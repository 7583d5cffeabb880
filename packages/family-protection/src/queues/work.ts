// The projection behind work queues: which cases to look at, and nothing that only readers may see.
import { caseProjection, type CaseProjection } from '@himaya/engine';
import {
  approvalsOf,
  bookingsOf,
  foundBy,
  isFile,
  isOpen,
  officeOfCase,
  openDeadlines,
  staffOf,
} from './facts.ts';

/** The projection of work queues; keep it up with `Engine.runWorkers`. */
export const work: CaseProjection = caseProjection({
  name: 'work',
  version: 2,
  tables: {
    cases: {
      columns: {
        caseId: 'text',
        caseType: 'text',
        office: 'text?',
        openedAt: 'text',
        isOpen: 'boolean',
      },
      key: ['caseId'],
    },
    found: {
      columns: { caseId: 'text', tail: 'text' },
      key: ['caseId', 'tail'],
      indexes: [['tail', 'caseId']],
    },
    staff: {
      columns: { caseId: 'text', staff: 'text', openedAt: 'text' },
      key: ['caseId', 'staff'],
      indexes: [['staff', 'openedAt']],
    },
    deadlines: {
      columns: { caseId: 'text', code: 'text', part: 'text', dueAt: 'text' },
      key: ['caseId', 'code', 'part'],
      indexes: [['dueAt']],
    },
    approvals: {
      columns: { caseId: 'text', kind: 'text', openedAt: 'text' },
      key: ['caseId', 'kind'],
      indexes: [['openedAt']],
    },
    bookings: {
      columns: { caseId: 'text', bookingId: 'text', date: 'text', siteId: 'text', fromAt: 'text' },
      key: ['caseId', 'bookingId'],
      indexes: [['date', 'fromAt']],
    },
  },
  rowsOf: (view) => {
    const { caseId, caseType, openedAt } = view;
    const bookings = bookingsOf(view).map(({ bookingId, date, siteId, from }) => ({
      caseId, bookingId, date, siteId, fromAt: from,
    }));
    if (!isFile(view)) return { bookings };
    const tails = foundBy(view).map((tail) => ({ caseId, tail }));
    const office = officeOfCase(view);
    const found = { caseId, caseType, office, openedAt, isOpen: isOpen(view) };
    if (!isOpen(view)) return { cases: [found], found: tails };
    return {
      cases: [found],
      found: tails,
      staff: staffOf(view).map((staff) => ({ caseId, staff, openedAt })),
      deadlines: deadlinesOf(view),
      approvals: approvalsOf(view).map((kind) => ({ caseId, kind, openedAt })),
    };
  },
});

/** One row for each deadline: of several armings that are open the first that is due. */
function deadlinesOf(view: Parameters<CaseProjection['rowsOf']>[0]) {
  const { caseId } = view;
  const first = new Map<string, { caseId: string; code: string; part: string; dueAt: string }>();
  for (const { code, part, dueAt } of openDeadlines(view)) {
    const key = `${code} ${part}`;
    const known = first.get(key);
    if (known === undefined || dueAt < known.dueAt) first.set(key, { caseId, code, part, dueAt });
  }
  return [...first.values()];
}
