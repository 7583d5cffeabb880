// A visit to a child: watched over by somebody neutral who has come, and never against the child's will.
import type { RuleView } from '@himaya/engine';
import { countsAsChild } from '../household/case-facts.ts';
import { peopleAround } from '../household/separation.ts';
import { refuse } from '../wording/wording.ts';
import { bookingPart, t } from './day-head.ts';
import { bookingOf, casesOf } from './judging.ts';

/** Roles that are shown households. What others are told about a supervisor tells of no household. */
const SEEING_HOMES = ['CW', 'PSY', 'SUP'];

/** Whether somebody comes to the visit, or is of a household or a case of those who come. */
function isOfFamily(view: Pick<RuleView, 'event' | 'part' | 'reads'>, person: string): boolean {
  const { visits = [] } = bookingOf(view);
  return [...visits.map((one) => one.person), ...peopleAround(view.reads)].includes(person);
}

/** Rules of visits. */
export const visitRules = {
  supervised: t.rule(['BookingConfirmed', 'BookingStarted'], {
    ...refuse(
      'VISIT_UNSUPERVISED',
      'INV-30',
      'A visit names who watches over it and what it rests on, and waits until they have come.',
      'تحدد الزيارة من يشرف عليها وسندها، ولا تبدأ قبل حضوره.',
    ),
    holds: (view) => {
      const { purpose, supervision, supervising = [] } = bookingOf(view);
      if (purpose !== 'supervisedVisit') return true;
      if (view.event.type === 'BookingConfirmed') return supervision !== null;
      const { supervisor = '' } = supervision ?? {};
      return supervising.includes(supervisor) && !isOfFamily(view, supervisor);
    },
  }),
  isNamed: t.rule(['SupervisorCheckedIn'], {
    ...refuse(
      'SUPERVISOR_NOT_NAMED',
      'INV-30',
      'Only whoever is named watches over a visit.',
      'لا يشرف على الزيارة إلا من حدد لها.',
    ),
    holds: (view) => bookingOf(view).supervision?.supervisor === view.event.data.supervisor,
  }),
  neutral: t.rule(['BookingConfirmed', 'SupervisorNamed', 'SupervisorCheckedIn'], {
    ...refuse(
      'CONFLICTED_GUARDIAN',
      'INV-06',
      'Nobody of the family, and nobody who is accused, watches over a visit.',
      'لا يشرف على الزيارة أحد من الأسرة ولا من نسب إليه الإيذاء.',
    ),
    holds: (view) => {
      const { event } = view;
      if (event.type !== 'BookingConfirmed') return !isOfFamily(view, event.data.supervisor);
      const { supervision, visits } = event.data;
      if (supervision === null) return true;
      // Anybody can be named, and only staff can come: who is named in vain is found out then.
      return SEEING_HOMES.includes(event.actor.role)
        ? !isOfFamily(view, supervision.supervisor)
        : !visits.some(({ person }) => person === supervision.supervisor);
    },
  }),
  willing: t.rule(['BookingConfirmed', 'BookingStarted'], {
    ...refuse(
      'CHILD_HAS_REFUSED',
      'visits',
      'A child who has refused a visit is not brought to one on this day.',
      'إذا رفض الطفل الزيارة فلا يحضر إلى زيارة في اليوم نفسه.',
    ),
    holds: (view) => {
      const { purpose, visits = [] } = bookingOf(view);
      const refusing = view.parts
        .all(bookingPart)
        .filter(({ context }) => context.triggers.includes('childRefusal'))
        .flatMap(({ context }) => context.visits)
        .filter((one) => countsAsChild(casesOf(view.reads, one), one.ageBand))
        .map(({ person }) => person);
      return (
        purpose !== 'supervisedVisit' || !visits.some(({ person }) => refusing.includes(person))
      );
    },
  }),
};
