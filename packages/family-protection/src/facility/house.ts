// Whose building it is: staff of its office plan and receive people there, and nobody else does.
import type { Actor, Duty, Violation } from '@himaya/engine';
import { refuse } from '../wording/wording.ts';
import type { Context } from './day-head.ts';

const otherOffice = refuse(
  'OTHER_OFFICE',
  'booking',
  'Only staff of the office whose building it is plan and receive people here.',
  'لا يحدد المواعيد ولا يستقبل الزوار هنا إلا موظفو المكتب الذي يتبعه المبنى.',
);

/** Whether somebody belongs to an office. Where none is known nobody is barred; nor is the engine. */
export function isOfOffice(officeId: string | null, { role, office }: Actor): boolean {
  return officeId === null || role === 'SYS' || office === officeId;
}

/**
 * The duty of every command of a day that plans or receives: it is judged before any rule, so that
 * nobody of another office learns by a refusal, or by the lack of one, who is in the building.
 */
export const ofHouse: Duty<Context> = {
  ...otherOffice,
  holds: ({ context, actor }) => isOfOffice(context.officeId, actor),
};

/** The same for the building itself, which is neither described nor given away by anybody else. */
export const ofSiteHouse: Duty<{ readonly site: { readonly officeId: string } | null }> = {
  ...otherOffice,
  holds: ({ context, input, actor }) => {
    const described = (input['officeId'] ?? null) as string | null;
    return isOfOffice(context.site?.officeId ?? null, actor) && isOfOffice(described, actor);
  },
};

/** What is said to whoever asks for such a day: this alone, and no rule is judged beside it. */
export function elsewhere(): { readonly refused: readonly Violation[] } {
  const { code, text, citation } = otherOffice;
  return { refused: [{ code, text, ...(citation === null ? {} : { citation }) }] };
}
