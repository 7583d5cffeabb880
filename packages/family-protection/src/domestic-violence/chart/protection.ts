// The region of protection: one word for everything that protects, read off the parts after each event.
import { t, type View } from '../head.ts';
import { breachKind, orderKind, placementKind, planKind } from '../parts/kinds.ts';
import { partsIn } from '../../parts.ts';
import { measureKind } from '../../protection/parts.ts';
import { machine } from './machine-setup.ts';

/** Words of the region. */
const words = [
  'none',
  'planned',
  'measuresActive',
  'orderRequested',
  'orderIssuedUnserved',
  'orderActive',
  'breached',
  'sheltered',
  'postOrder',
] as const;
type Summary = (typeof words)[number];

/**
 * The strongest of what protects now. Nothing is forgotten: an order that is covered by a word for
 * something stronger is seen again when that ends.
 */
export function summaryOf({ parts, context }: Pick<View, 'parts' | 'context'>): Summary {
  const orders = parts.all(orderKind);
  const openBreaches = partsIn(parts.all(breachKind), 'open');
  const isBroken = openBreaches.some(({ context: { orderId } }) =>
    partsIn(orders, 'inForce').some(({ id }) => id === orderId),
  );
  if (isBroken) return 'breached';
  if (partsIn(parts.all(placementKind), 'ordered', 'admitted').length > 0) return 'sheltered';
  if (partsIn(orders, 'inForce.served').length > 0) return 'orderActive';
  if (partsIn(orders, 'inForce.unserved').length > 0) return 'orderIssuedUnserved';
  if (partsIn(orders, 'requested').length > 0) return 'orderRequested';
  if (context.orderEnded) return 'postOrder';
  if (partsIn(parts.all(measureKind), 'active').length > 0) return 'measuresActive';
  return partsIn(parts.all(planKind), 'inForce').length > 0 ? 'planned' : 'none';
}

/** Whether the summary is this word. A chart that has only started has no parts to look at yet. */
const is = (word: Summary) =>
  t.guard((view) => view.context.dutyOfficer !== null && summaryOf(view) === word);
const others = (own: Summary) =>
  words.filter((word) => word !== own).map((target) => ({ guard: is(target), target }));

/** The region `protection`. */
export const protection = machine.createStateConfig({
  initial: 'none',
  states: {
    none: { always: others('none') },
    planned: { always: others('planned') },
    measuresActive: { always: others('measuresActive') },
    orderRequested: { always: others('orderRequested') },
    orderIssuedUnserved: { always: others('orderIssuedUnserved') },
    orderActive: { always: others('orderActive') },
    breached: { always: others('breached') },
    sheltered: { always: others('sheltered') },
    postOrder: { always: others('postOrder') },
  },
});
