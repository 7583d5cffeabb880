// What never happens to protection: an order ends by its term or by whoever gave it, and by nothing else.
import type { Check, DecidedEvent } from '@himaya/engine';
import { nothing } from '../../checks/nothing.ts';
import { partsIn } from '../../parts.ts';
import { orderKind } from '../parts/kinds.ts';

/** Whether an order may end by this: by its revocation, or by the end of its term. */
function endsOrder({ type, data }: DecidedEvent): boolean {
  const { name } = data as { readonly name?: string };
  return type === 'DeadlineReached' ? name === 'orderExpiry' : type === 'ProtectionOrderRevoked';
}

/** Of orders in force, and of what ends them. */
export const standingOrders: Check = {
  abstraction: {
    ...nothing,
    parts: { order: { fields: {}, max: 1 } },
    because: {
      en: 'One order is enough: the claim is about each by itself.',
      ar: 'يكفي أمر واحد، لأن الادعاء يخص كل أمر على حدة.',
    },
  },
  claims: [
    {
      id: 'orders stand',
      text: {
        en: 'An order ends by its term or by a revocation, whatever else happens in the case.',
        ar: 'لا ينتهي أمر حماية إلا بانتهاء مدته أو بإلغائه، مهما حدث في القضية.',
      },
      neverBy: ({ before, after, event }) =>
        !endsOrder(event) &&
        partsIn(before.parts.all(orderKind), 'inForce').some(
          ({ id }) => after.parts.one(orderKind, id)?.in('inForce') !== true,
        ),
    },
  ],
};
