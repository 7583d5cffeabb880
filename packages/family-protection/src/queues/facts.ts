// What work queues know of a case: facts that its state shows, whoever it is shown to.
import type { CaseView, Instant } from '@himaya/engine';
import { searchText, tailsOf, tailStart } from './search-text.ts';

/** What waits for somebody else's word. */
export type ApprovalKind = 'closure' | 'riskDowngrade' | 'prosecutionReferral';

/** Fields that a case may remember; what is kept from somebody is absent. */
interface Remembered {
  readonly office?: string | null;
  readonly lead?: string | null;
  readonly dutyOfficer?: string | null;
  readonly assigned?: readonly string[];
  readonly investigators?: readonly string[];
  readonly conciliators?: readonly string[];
  readonly closure?: object | null;
  readonly downgrade?: object | null;
  readonly referral?: { readonly isApproved?: boolean } | null;
  readonly complaint?: Readonly<Record<string, unknown>> | null;
  readonly matter?: Readonly<Record<string, unknown>> | null;
  readonly report?: Readonly<Record<string, unknown>> | null;
  readonly predecessor?: string | null;
}

/** A deadline that nobody has met. */
export interface OpenDeadline {
  readonly code: string;
  /** Id of the part, `''` for the case itself. */
  readonly part: string;
  readonly dueAt: Instant;
}

/** A booking of a room. */
export interface BookingOfDay {
  readonly bookingId: string;
  readonly siteId: string;
  /** The day, `2027-05-09`. */
  readonly date: string;
  readonly roomId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly purpose: string;
  /** `confirmed`, `started`, `over`, `cancelled`, … */
  readonly states: readonly string[];
}

const ENDED = ['lifecycle.closed', 'lifecycle.merged', 'lifecycle.transferred'];
const SEARCHED = ['complaintNo', 'subType', 'place', 'block', 'reportNo', 'incidentId'];

function rememberedBy({ context }: CaseView): Remembered {
  return context as Remembered;
}

/** Whether a case is one that somebody works on, and not a building, a person or a home. */
export function isFile(view: CaseView): boolean {
  return view.states.some((state) => state.startsWith('lifecycle.'));
}

/** Whether work on the case goes on. */
export function isOpen({ states }: CaseView): boolean {
  return !states.some((state) => ENDED.some((end) => state === end || state.startsWith(`${end}.`)));
}

/** The office that took the case up. */
export function officeOfCase(view: CaseView): string | null {
  return rememberedBy(view).office ?? null;
}

/** Everyone whose case it is. */
export function staffOf(view: CaseView): readonly string[] {
  const known = rememberedBy(view);
  const { lead, dutyOfficer, assigned = [], investigators = [], conciliators = [] } = known;
  const named = [lead, dutyOfficer, ...assigned, ...investigators, ...conciliators];
  return [...new Set(named.filter((one) => typeof one === 'string'))];
}

/** Deadlines that were not met, those that were reached included. */
export function openDeadlines({ deadlines }: CaseView): readonly OpenDeadline[] {
  return deadlines
    .filter(({ metAt }) => metAt === undefined)
    .map(({ code, part, dueAt }) => ({ code, part, dueAt }));
}

/** What waits for approval. */
export function approvalsOf(view: CaseView): readonly ApprovalKind[] {
  const { closure, downgrade, referral } = rememberedBy(view);
  return [
    ...(closure ? (['closure'] as const) : []),
    ...(downgrade ? (['riskDowngrade'] as const) : []),
    ...(referral?.isApproved === false ? (['prosecutionReferral'] as const) : []),
  ];
}

/** What a case is found by: numbers, kind and place, never what was told in it. */
export function searchTextOf(view: CaseView): string {
  // No text that is searched for has a line's end: nothing is found across two fields.
  return [...idsOf(view), ...namedBy(view)].join('\n');
}

/** The same as an index has it: ids by their beginning, all else by what any word of it contains. */
export function foundBy(view: CaseView): readonly string[] {
  const starts = idsOf(view).map(tailStart);
  return [...new Set([...starts, ...tailsOf(namedBy(view).join('\n'))])];
}

function idsOf(view: CaseView): readonly string[] {
  return textsOf([view.caseId, rememberedBy(view).predecessor]);
}

function namedBy(view: CaseView): readonly string[] {
  const { complaint, matter, report } = rememberedBy(view);
  const all = { ...complaint, ...matter, ...report };
  return textsOf(SEARCHED.map((name) => (all as Readonly<Record<string, unknown>>)[name]));
}

function textsOf(values: readonly unknown[]): readonly string[] {
  return values.filter((one) => typeof one === 'string').map(searchText);
}

/** Bookings of a day in a building; none, of any other case. */
export function bookingsOf({ parts }: CaseView): readonly BookingOfDay[] {
  return parts
    .filter(({ kind }) => kind === 'booking')
    .map(({ id, context, states }) => {
      const { siteId, date, roomId, from, to, purpose } = context as unknown as BookingOfDay;
      return { bookingId: id, siteId, date, roomId, from, to, purpose, states };
    });
}
