// Separation of duties and conflicts of interest: who may not act, whatever their role allows.
import type { Duty } from '@himaya/engine';
import { isAmong } from '../parties/facts.ts';
import { refuse, separated } from '../wording/wording.ts';

/** What a case remembers of its staff, as far as duties ask for it. */
export interface StaffMemory {
  /** Who declared a relation to a party. */
  readonly conflicts: readonly string[];
  readonly closure: { readonly proposers: readonly string[] } | null;
  readonly investigators: readonly string[];
  readonly conciliators: readonly string[];
}
type StaffDuty = Duty<StaffMemory>;

/** SoD-5: an auditor writes nothing into a case. */
export const noAuditor: Duty<unknown> = {
  ...separated('Auditors do not act in cases.', 'لا يتخذ المدقق إجراء في القضايا.'),
  holds: ({ actor }) => actor.role !== 'AUD',
};

/** SoD-4: whoever is related to a party stays away from the case. */
const unrelated: StaffDuty = {
  ...refuse(
    'CONFLICT_OF_INTEREST',
    'SoD-4',
    'You have declared a relation to a party of this case.',
    'سبق أن أقررت بصلة بأحد أطراف القضية.',
  ),
  holds: ({ actor, context }) => !isAmong(actor, context.conflicts),
};

/** SoD-1: who proposed the closure does not decide on it. */
const notProposer: StaffDuty = {
  ...separated('Who proposed the closure does not decide on it.', 'من اقترح الإغلاق لا يبت فيه.'),
  holds: ({ actor, context }) => !isAmong(actor, context.closure?.proposers ?? []),
};

/** SoD-2: who investigated does not conciliate. */
const notInvestigator: StaffDuty = {
  ...separated(
    'Who investigated this case does not conciliate in it.',
    'من تحرى في القضية لا يتولى التوفيق فيها.',
  ),
  holds: ({ actor, context }) => !isAmong(actor, context.investigators),
};

/** SoD-2 the other way round: who conciliates does not investigate. */
const notConciliator: StaffDuty = {
  ...separated(
    'Who conciliates in this case does not investigate in it.',
    'من يتولى التوفيق في القضية لا يتحرى فيها.',
  ),
  holds: ({ actor, context }) => !isAmong(actor, context.conciliators),
};

/** Only an office that keeps a file takes protection away in it; the engine takes none away itself. */
export function keptBy<Memory>(
  officesOf: (context: Memory) => readonly (string | null)[],
): Duty<Memory> {
  return {
    ...refuse(
      'OFFICE_NOT_CONCERNED',
      'offices',
      'This file is kept by another office than yours.',
      'هذا الملف لدى مكتب غير مكتبك.',
    ),
    holds: ({ actor: { role, office }, context }) =>
      role === 'SYS' || officesOf(context).includes(office),
  };
}

/** Duties of every command but those that nothing may stop. */
export const ordinary = [noAuditor, unrelated];
/** Duties of deciding on a closure. */
export const deciding = [...ordinary, notProposer];
/** Duties of conciliation. */
export const conciliating = [...ordinary, notInvestigator];
/** Duties of investigation. */
export const investigating = [...ordinary, notConciliator];
/** The duty of declaring a conflict, which someone in conflict must be able to do. */
export const declaring = [noAuditor];
