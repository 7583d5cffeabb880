// Rules of taking a file over, and of leaving one: nobody who is protected in it is left behind.
import type { Instant, PartKind, PartView, ReadView } from '@himaya/engine';
import { protectionFor, protectionOf, retypingRules } from '../../case-file/retyping.ts';
import { unprotected } from '../../case-file/retyping.ts';
import { BEGUN, isWorkedOn, nextFileRulesFor } from '../../case-file/next-file.ts';
import { childrenIn } from '../../parties/facts.ts';
import { partsIn } from '../../parts.ts';
import { measureKind, transferKind } from '../../protection/parts.ts';
import { caseStream } from '../../streams.ts';
import { refuse } from '../../wording/wording.ts';
import type { Context } from '../context.ts';
import { t, type View } from '../head.ts';
import { bindsAt } from '../orders.ts';
import { breachKind, orderKind, placementKind, type Order } from '../parts/kinds.ts';
import { releaseKind, removalKind, welfareKind } from '../parts/kinds.ts';
import { currentLevel, highestWithin, isHigh } from '../risk.ts';

/** Parts by which somebody is protected, or waits to be, beside orders: each with such states. */
const protecting: readonly (readonly [PartKind, readonly string[]])[] = [
  [measureKind, ['active']],
  [transferKind, ['ordered']],
  [placementKind, ['ordered', 'admitted']],
  [removalKind, ['carerSought']],
  [breachKind, ['open']],
  [releaseKind, ['known']],
  [welfareKind, ['requested']],
];

/** A case at an instant, whatever happens then. */
type Judging = Omit<View, 'event'> & { readonly event: Pick<View['event'], 'occurredAt'> };

/** Orders that are asked for or bind. */
function openOrders({
  parts,
  event,
}: Pick<Judging, 'parts' | 'event'>): readonly PartView<Order>[] {
  return parts
    .all(orderKind)
    .filter((order) => order.in('requested') || bindsAt(order, event.occurredAt));
}

/** Whether somebody is protected in this file, or waits to be. */
export function isProtecting(view: Pick<Judging, 'parts' | 'event'>): boolean {
  return (
    openOrders(view).length > 0 ||
    protecting.some(([kind, states]) => partsIn(view.parts.all(kind), ...states).length > 0)
  );
}

/** Whether the other file holds an order: the same one, against the same person, as far and long. */
function holdsOrder(next: ReadView, order: PartView<Order>, at: Instant): boolean {
  const { id, context } = order;
  const part = next.parts.one(orderKind, id);
  const isAsked = order.in('requested') && part?.in('requested') === true;
  if (!part || !(isAsked || bindsAt(part, at))) return false;
  const there = part.context;
  if (there.against !== context.against) return false;
  return (
    context.protected.every((partyId) => there.protected.includes(partyId)) &&
    context.conditions.every((condition) => there.conditions.includes(condition)) &&
    (context.until === null || (there.until !== null && there.until >= context.until))
  );
}

/** Whether the other file holds everything by which somebody is protected in this one. */
function holdsAll(next: ReadView, view: View): boolean {
  return (
    openOrders(view).every((order) => holdsOrder(next, order, view.event.occurredAt)) &&
    protecting.every(([kind, states]) =>
      partsIn(view.parts.all(kind), ...states).every(({ id }) =>
        states.some((state) => next.parts.one(kind, id)?.in(state) === true),
      ),
    )
  );
}

/** How protective a procedure must be for this case: what is known or feared of it decides. */
function protectionNeeded(view: Judging): number {
  const { context, event, policy } = view;
  const isHarmFeared =
    isProtecting(view) ||
    context.dangerUnmet ||
    !view.in('assessment.current') ||
    [currentLevel(context), highestWithin(context, event.occurredAt, policy)].some(isHigh);
  if (isHarmFeared) return protectionFor(view, 'harmFeared');
  const isChildConcerned =
    view.in('childSafeguarding.screening') || view.in('childSafeguarding.concern');
  return isChildConcerned ? protectionFor(view, 'childConcerned') : 0;
}

/** Rules between one file and the next. */
export const passageRules = {
  ...retypingRules,
  ...nextFileRulesFor<Context>('family.domesticViolence', protectionNeeded, ({ context }) =>
    childrenIn(context.parties),
  ),
  harmStaysProtected: t.rule(['CaseReclassified'], {
    ...unprotected,
    holds: (view) => protectionOf(view, view.event.data.to) >= protectionNeeded(view),
  }),
  predecessorWaits: t.rule(['CaseTakenOver'], {
    ...refuse(
      'PREDECESSOR_UNSUITABLE',
      'INV-22',
      'That file does not wait to become a case of domestic violence.',
      'ذلك الملف ليس بانتظار تحويله إلى قضية عنف أسري.',
    ),
    holds: ({ event, reads }) => {
      const before = reads.stream(caseStream(event.data.predecessor));
      const isMeant = before.context['reclassifiedTo'] === 'family.domesticViolence';
      return before.in('lifecycle.reclassified') && isMeant;
    },
  }),
  protectionTakenOver: t.rule(['CaseTransferred', 'SuccessorOpened'], {
    ...refuse(
      'PROTECTION_NOT_TAKEN_OVER',
      'INV-14',
      'The file that goes on has to hold every order, measure and place first.',
      'يجب أن يتضمن الملف اللاحق أولا كل أمر وتدبير وإيداع.',
    ),
    holds: (view) => {
      const { event } = view;
      const next = event.type === 'CaseTransferred' ? event.data.successor : event.data.caseId;
      return holdsAll(view.reads.stream(caseStream(next)), view);
    },
  }),
  linkedCaseThere: t.rule(['CaseLinked'], {
    ...refuse(
      'LINKED_CASE_UNSUITABLE',
      'children',
      'The other case is not there, or it is none in which a child is protected.',
      'القضية الأخرى غير موجودة أو ليست قضية يحمى فيها الطفل.',
    ),
    holds: (view) => {
      const { otherCaseId, relation } = view.event.data;
      const other = view.reads.stream(caseStream(otherCaseId));
      if (relation !== 'childProtection') return other.exists;
      const least = protectionFor(view, 'childConcerned');
      return isWorkedOn(other, BEGUN) && protectionOf(view, other.caseType ?? '') >= least;
    },
  }),
  typeStands: t.rule({
    ...refuse(
      'CASE_UNDER_REVIEW',
      'lifecycle',
      'The case waits for its new type.',
      'القضية بانتظار استكمال إعادة تصنيفها.',
    ),
    holds: (view) => !view.in('lifecycle.reclassified'),
  }),
};
