// What is never recorded, whatever the state and the type of the case.
import type { Check, Claim, StateView } from '@himaya/engine';
import { nothing } from './nothing.ts';

/** Of consents, given by these events, and of a change to a less protective type. */
export function acts(consents: readonly string[]): Check {
  const fields = ['obtainedPrivately', 'informed'];
  const given = consents.flatMap((type) => fields.map((field) => [`${type}.${field}`, 'any']));
  return {
    abstraction: {
      ...nothing,
      values: {
        ...(Object.fromEntries(given) as Record<string, 'any'>),
        'CaseReclassified.direction': 'any',
        'CaseReclassified.approver': [undefined, 'S'],
        'actor.role': 'any',
      },
      because: {
        en: 'Nothing of the case is kept: what holds here holds in every state.',
        ar: 'لا يحتفظ بشيء من القضية، فما يثبت هنا يثبت في كل حالة.',
      },
    },
    claims: [
      {
        id: 'INV-04',
        text: {
          en: 'No consent counts that was not given alone and informed.',
          ar: 'لا تعتد بموافقة لم تؤخذ على انفراد وبعد الإعلام.',
        },
        decisions: consents,
        neverBy: ({ event }) => {
          const { obtainedPrivately, informed } = event.data as Record<string, boolean>;
          return !obtainedPrivately || !informed;
        },
      },
      {
        id: 'INV-22',
        text: {
          en: 'A case becomes one of a less protective type only by a supervisor.',
          ar: 'لا تنقل قضية إلى نوع أقل حماية إلا بموافقة مشرف.',
        },
        decisions: ['CaseReclassified'],
        neverBy: ({ event }) => {
          const { direction, approver } = event.data as Record<string, unknown>;
          const isSupervisor = ['SUP', 'HEAD'].includes(event.actor.role);
          return direction === 'lessProtective' && (approver === undefined || !isSupervisor);
        },
      },
    ],
  };
}

/** Parties as every case type remembers them. */
type Parties = Readonly<Record<string, { readonly role: string; readonly isChild: boolean }>>;

/** Who takes part in a case. */
export function partiesIn({ context }: Pick<StateView, 'context'>): Parties {
  return (context as { readonly parties: Parties }).parties;
}

interface Screening {
  readonly partyId: string;
  readonly accompaniedBy?: { readonly guardian: string } | { readonly specialist: string };
}
const accused = ['allegedAggressor', 'respondent'];

/** Of children who are heard, whatever the type of the case. */
export const childrenHeard: readonly Claim[] = [
  {
    id: 'INV-05',
    text: {
      en: 'A child is heard by a forensic interviewer only, and never alone with them.',
      ar: 'لا يستمع إلى الطفل إلا أخصائي المقابلات الجنائية وبحضور مرافق.',
    },
    decisions: ['ViolenceScreeningCompleted'],
    neverBy: ({ before, event }) => {
      const { partyId, accompaniedBy } = event.data as Screening;
      if (partiesIn(before)[partyId]?.isChild !== true) return false;
      return event.actor.role !== 'FIO' || accompaniedBy === undefined;
    },
  },
  {
    id: 'INV-06',
    text: {
      en: 'Whoever is complained about, or is a child, is never with a child as its guardian.',
      ar: 'لا يحضر المشكو في حقه ولا طفل آخر وليا مع الطفل.',
    },
    decisions: ['ViolenceScreeningCompleted'],
    neverBy: ({ before, event }) => {
      const { partyId, accompaniedBy } = event.data as Screening;
      const parties = partiesIn(before);
      if (parties[partyId]?.isChild !== true) return false;
      if (accompaniedBy === undefined || !('guardian' in accompaniedBy)) return false;
      const guardian = parties[accompaniedBy.guardian];
      return guardian === undefined || guardian.isChild || accused.includes(guardian.role);
    },
  },
];
