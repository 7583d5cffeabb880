// What a file of domestic violence is for: protection, and an accord where there may be one.
import type { Check } from '@himaya/engine';
import { endings, goal } from '../../checks/goals.ts';
import { partsIn } from '../../parts.ts';
import { orderKind } from '../parts/kinds.ts';
import { settlementKind } from '../parts/reconciliation-kinds.ts';

/** That it can come to protection, to an accord, and to its end. */
export const goals: readonly Check[] = [
  goal(
    { parts: { order: { fields: {}, max: 1 } } },
    {
      id: 'goal order',
      text: {
        en: 'An order can be in force and announced.',
        ar: 'يمكن أن يكون أمر حماية ساريا ومعلنا.',
      },
      reachable: ({ parts }) => partsIn(parts.all(orderKind), 'inForce.served').length > 0,
    },
  ),
  goal(
    { parts: { settlement: { fields: {}, max: 1 } } },
    {
      id: 'goal accord',
      text: { en: 'A settlement can be fulfilled.', ar: 'يمكن أن تنفذ تسوية.' },
      reachable: ({ parts }) => partsIn(parts.all(settlementKind), 'fulfilled').length > 0,
    },
  ),
  endings,
];
