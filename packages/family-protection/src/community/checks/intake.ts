// What never happens at intake: nobody is sent away in whom harm may be hidden.
import type { Check } from '@himaya/engine';
import { nothing } from '../../checks/nothing.ts';
import type { Context } from '../context.ts';

/** Of complaints that are given up, and of cases that nobody triaged. */
export const intakes: Check = {
  abstraction: {
    ...nothing,
    regions: ['lifecycle'],
    context: { triageLevel: true, immediateDanger: true, concerns: true },
    values: {
      concerns: [[], ['danger']],
      immediateDanger: 'any',
      'CaseTriaged.level': ['routine'],
      capacity: 'any',
    },
    because: {
      en: 'One concern is enough: rules ask only whether there is any.',
      ar: 'يكفي مؤشر واحد، لأن القواعد لا تسأل إلا عن وجود أي مؤشر.',
    },
  },
  claims: [
    {
      id: 'INV-14',
      text: {
        en: 'No intake is given up in which harm or a danger was told of.',
        ar: 'لا ينهى استقبال أبلغ فيه عن أذى أو خطر.',
      },
      decisions: ['IntakeAbandoned'],
      neverBy: ({ before }) => {
        const { concerns, immediateDanger } = before.context as Context;
        return concerns.length > 0 || immediateDanger;
      },
    },
    {
      id: 'INV-14 triage',
      text: { en: 'No case is closed that nobody has triaged.', ar: 'لا تغلق قضية لم تفرز.' },
      never: ({ in: inState, context }) =>
        inState('lifecycle.closed') && (context as Context).triageLevel === null,
    },
  ],
};
