// Under which conditions work on a case passes from one hand to another, in both languages.
import type { Text } from '@himaya/engine';

const otherCapacity: Text = { en: 'in another capacity', ar: 'بصفة أخرى' };
const fromLead: Text = { en: 'taken from who leads the case', ar: 'من المسؤول الحالي عن القضية' };

/** Conditions by their place in the chart of the case. */
export const staffConditionLabels: Readonly<Record<string, Text>> = {
  'PartyAgeCorrected in lifecycle': { en: 'the party is recorded', ar: 'الطرف مسجل' },
  'CaseHandedOver in lifecycle': {
    en: 'by who leads the case',
    ar: 'من المسؤول عن القضية',
  },
  'CaseHandedOver in lifecycle #2': {
    en: 'nobody leads it, and by the duty officer',
    ar: 'لا مسؤول عنها، ومن الضابط المناوب',
  },
  'CaseAssigned -> lifecycle.active': { en: 'as caseworker', ar: 'بصفة مسؤول القضية' },
  'CaseAssigned in lifecycle.triaged': otherCapacity,
  'CaseAssigned in lifecycle.active': otherCapacity,
  'CaseReassigned in lifecycle.active': fromLead,
  'CaseReassigned in lifecycle.closureReview': fromLead,
};
