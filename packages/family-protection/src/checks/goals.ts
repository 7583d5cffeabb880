// What a case has to be able to come to: rules that forbid everything would prove every other claim.
import type { Abstraction, Check, Claim } from '@himaya/engine';
import { nothing } from './nothing.ts';

/** A claim that a case can come to a state, over an abstraction that keeps only this. */
export function goal(
  kept: Partial<Pick<Abstraction, 'regions' | 'parts'>>,
  claim: Required<Pick<Claim, 'id' | 'text' | 'reachable'>>,
): Check {
  const because = {
    en: 'One is enough: there has to be one.',
    ar: 'يكفي واحد، إذ يجب أن يوجد واحد.',
  };
  return { abstraction: { ...nothing, ...kept, because }, claims: [claim] };
}

/** That a case comes to its end. */
export const endings: Check = goal(
  { regions: ['lifecycle'] },
  {
    id: 'goal end',
    text: { en: 'A case can be closed.', ar: 'يمكن أن تغلق قضية.' },
    reachable: ({ in: inState }) => inState('lifecycle.closed'),
  },
);
