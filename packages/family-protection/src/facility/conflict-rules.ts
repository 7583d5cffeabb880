// Who is related to somebody: they neither plan nor conduct what concerns them, nor end what protects them.
import type { RuleView } from '@himaya/engine';
import { relatedTo, type PartyFile } from '../household/case-facts.ts';
import { filesOf } from '../household/separation.ts';
import { isAmong, namesOf } from '../parties/facts.ts';
import { refuse, separated } from '../wording/wording.ts';
import type { BookingFacts } from './booking.ts';
import { CONCERNING, t, type Breach } from './day-head.ts';
import { bookingOf, casesOf, insideOf, visitsOf } from './judging.ts';

type View = Pick<RuleView, 'event' | 'part' | 'parts' | 'reads'>;

/** The cases of everybody whom an event concerns, named on this day or linked. */
function concerned(view: View): readonly PartyFile[] {
  const { event, part, parts, reads } = view;
  if (event.type === 'WalkThroughRecorded') {
    return insideOf(parts).flatMap((visit) => casesOf(reads, visit));
  }
  if (event.type !== 'SeparationBreachReviewed') {
    return (bookingOf(view).visits ?? []).flatMap((visit) => casesOf(reads, visit));
  }
  const { a = null, b = null } = (part?.context ?? {}) as Partial<Breach>;
  const linked = [a, b].flatMap((one) =>
    one === null ? [] : filesOf(reads, one, { caseId: null, partyId: null }),
  );
  return [...linked, ...visitsOf(parts, [a, b]).flatMap((visit) => casesOf(reads, visit))];
}

/** Whoever acts, or is to act. */
function acting(view: View): readonly string[] {
  const { interviewer, supervision, supervising = [] } = bookingOf(view);
  const { supervisor } = view.event.data as { readonly supervisor?: string };
  const named = [interviewer?.staff, supervision?.supervisor, supervisor];
  return [
    ...namesOf(view.event.actor),
    ...named.filter((one) => one !== undefined),
    ...supervising,
  ];
}

/** Rules of relations, and of who looks at what was done. */
export const conflictRules = {
  reviewedByAnother: t.rule(['OverrideReviewed'], {
    ...separated(
      'Whoever booked a room against the rules does not review it.',
      'من حجز غرفة خلافا للقواعد لا يراجع حجزها.',
    ),
    holds: ({ event: { actor }, part }) =>
      !isAmong(actor, (part?.context as BookingFacts | undefined)?.bookedBy ?? []),
  }),
  unrelated: t.rule(CONCERNING, {
    ...refuse(
      'CONFLICT_OF_INTEREST',
      'SoD-4',
      'Whoever is related to a party neither plans nor conducts what concerns them, nor ends it.',
      'من له صلة بأحد الأطراف لا يخطط لما يخصه ولا يباشره ولا ينهيه.',
    ),
    // Not at the door: nobody waits outside for another officer. Nor where a booking gives way.
    holds: (view) => {
      const { event } = view;
      if (event.type === 'BookingCancelled' && event.data.cause !== 'asked') return true;
      const officers = acting(view);
      return !concerned(view).flatMap(relatedTo).some((one) => officers.includes(one));
    },
  }),
};
