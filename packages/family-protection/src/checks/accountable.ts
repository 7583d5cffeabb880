// That somebody answers for a case and a term runs for it, whatever its type.
import type { Check } from '@himaya/engine';
import { nothing } from './nothing.ts';

const staff = ['S', 'T'];

/** What is remembered of who answers for a case. */
interface Memory {
  readonly lead: string | null;
  readonly dutyOfficer: string | null;
}

/** Of who answers for a case. */
export const officers: Check = {
  abstraction: {
    ...nothing,
    regions: ['lifecycle'],
    context: { lead: true, dutyOfficer: true },
    values: {
      'CaseAssigned.to': staff,
      'CaseReassigned.to': staff,
      'CaseHandedOver.from': staff,
      'CaseHandedOver.to': staff,
      'ConflictOfInterestDeclared.staff': staff,
      'CaseTakenOver.accountable': staff,
      capacity: 'any',
      'actor.staff': staff,
      'actor.onBehalfOf': [undefined],
    },
    because: {
      en: 'Two members of staff are enough: rules ask only whether two names are the same.',
      ar: 'يكفي موظفان، لأن القواعد لا تسأل إلا عن تطابق اسمين.',
    },
  },
  claims: [
    {
      id: 'INV-31',
      text: {
        en: 'Somebody is accountable for the case from intake on.',
        ar: 'يوجد ضابط مسؤول عن القضية منذ الاستقبال.',
      },
      never: ({ in: inState, context }) => {
        if (inState('lifecycle.draft')) return false;
        const { lead, dutyOfficer } = context as Memory;
        return (lead ?? dutyOfficer) === null;
      },
    },
  ],
};

/** Of the term that runs for every case that is open: `over` are the states in which it is not. */
export function terms(over: readonly string[]): Check {
  return {
    abstraction: {
      ...nothing,
      regions: ['lifecycle'],
      deadlines: ['caseReview'],
      because: {
        en: 'The term of the review is enough: where it runs, some term does.',
        ar: 'تكفي مهلة المراجعة، فحيث تسري توجد مهلة سارية.',
      },
    },
    claims: [
      {
        id: 'law 5 deadline',
        text: {
          en: 'A term runs for every case that is open.',
          ar: 'لكل قضية مفتوحة مهلة سارية.',
        },
        never: ({ in: inState, deadlines }) =>
          deadlines.length === 0 && !over.some((state) => inState(`lifecycle.${state}`)),
      },
    ],
  };
}

/** Of emergencies, which nothing stops. */
export const emergencies: Check = {
  abstraction: {
    ...nothing,
    because: {
      en: 'Nothing of the case is kept: what is accepted here is accepted in every state.',
      ar: 'لا يحتفظ بشيء من القضية، فما يقبل هنا يقبل في كل حالة.',
    },
  },
  claims: [
    {
      id: 'law 5 emergency',
      text: {
        en: 'Emergency measures are accepted in every state of the case.',
        ar: 'تقبل التدابير العاجلة في كل حالة من حالات القضية.',
      },
      accepts: ['ProtectiveMeasureStarted', 'MedicalTransferOrdered'],
    },
  ],
};
