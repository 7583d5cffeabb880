// What a complaint comes to: something that was agreed and done.
import type { Check } from '@himaya/engine';
import { endings, goal } from '../../checks/goals.ts';
import { partsIn } from '../../parts.ts';
import { obligationKind } from '../parts/kinds.ts';

/** That it can come to an accord that is kept, and to its end. */
export const goals: readonly Check[] = [
  goal(
    { parts: { obligation: { fields: {}, max: 1 } } },
    {
      id: 'goal accord',
      text: { en: 'What was agreed can be fulfilled.', ar: 'يمكن أن ينفذ ما اتفق عليه.' },
      reachable: ({ parts }) => partsIn(parts.all(obligationKind), 'fulfilled').length > 0,
    },
  ),
  endings,
];
