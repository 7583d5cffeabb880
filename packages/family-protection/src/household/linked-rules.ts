// Rules about the other cases of a household. They say what the case's own rules say, and no more.
import type { RuleSpec } from '@himaya/engine';
import { meetingWordings } from '../conciliation/wordings.ts';
import { refuse } from '../wording/wording.ts';
import {
  areKeptOutOfOneBuilding,
  areOrderedApart,
  isForbiddenAround,
  isRiskAround,
  type Asking,
  type Question,
} from './linked-dangers.ts';
import { isFileMissing, isListed, linkedParties } from './linked-files.ts';

/** What each of these rules is about. */
export type LinkedRule =
  | 'linkedFilesThere'
  | 'linkListed'
  | 'linkedNoOrder'
  | 'linkedNotApart'
  | 'linkedRiskLow'
  | 'linkedTypePermits'
  | 'linkedEveryone';

/**
 * The rules as they are for the steps of a case type. `ask`: whom a step brings together; nobody,
 * if it brings nobody together.
 */
export function linkedRulesFor<View extends Asking>(
  ask: (view: View) => Question | undefined,
): Readonly<Record<LinkedRule, RuleSpec<View>>> {
  const unless =
    (isBad: (view: View, question: Question) => boolean) =>
    (view: View): boolean => {
      if (view.context.households.length === 0) return true;
      const question = ask(view);
      return question === undefined || !isBad(view, question);
    };
  return {
    linkedFilesThere: {
      ...refuse(
        'LINKED_FILE_MISSING',
        'INV-33',
        'A file of the household cannot be found, so it is not known whether this is safe.',
        'تعذر العثور على أحد ملفات المنزل، فلا يعلم إن كان هذا الإجراء آمنا.',
      ),
      holds: unless((view, { parties }) => isFileMissing(view, parties)),
    },
    linkListed: {
      ...refuse(
        'HOUSEHOLD_LINK_PENDING',
        'INV-33',
        'The household does not list this case yet; its members have to be entered there first.',
        'لم تدرج هذه القضية في ملف المنزل بعد، ويجب قيد أفراده فيه أولا.',
      ),
      holds: unless((view) => !isListed(view)),
    },
    linkedEveryone: {
      ...refuse(
        'PARTICIPANT_NOT_LINKED',
        'INV-33',
        'Each participant is entered as a member of the household first.',
        'يقيد كل مشارك ضمن أفراد المنزل أولا.',
      ),
      holds: unless((view, { parties }) => {
        const known = linkedParties(view.context);
        return parties.some((partyId) => !known.includes(partyId));
      }),
    },
    linkedNoOrder: { ...meetingWordings.order, holds: unless(areOrderedApart) },
    linkedNotApart: { ...meetingWordings.apart, holds: unless(areKeptOutOfOneBuilding) },
    linkedRiskLow: { ...meetingWordings.risk, holds: unless(isRiskAround) },
    linkedTypePermits: { ...meetingWordings.type, holds: unless(isForbiddenAround) },
  };
}
