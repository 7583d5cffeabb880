// Rules of the way: separation, entrances, who is expected, and who may be pre-empted.
import { isHighRisk, isRestrained, roleIn } from '../household/case-facts.ts';
import { refuse } from '../wording/wording.ts';
import type { BookingFacts } from './booking.ts';
import { bookingPart, COMING, JUDGED, t, type JudgedView } from './day-head.ts';
import { casesOf, judgedBooking, siteOf } from './judging.ts';
import { clashesOf } from './separating.ts';

const VICTIMS = ['victim', 'child', 'support'];
const INTERVIEWS = ['interview', 'childForensic'];
/** What people may do together, under rules of its own. */
const JOINT = ['session', 'supervisedVisit'];
const HOURS_MS = 3_600_000;

/**
 * The role of a visitor: what the cases say today goes before what the desk knew, and an order goes
 * before both: whoever it binds does not become a victim by a report of his own.
 */
function roleNow(
  { reads, event }: Pick<JudgedView, 'reads' | 'event'>,
  visit: BookingFacts['visits'][number],
): string {
  const files = casesOf(reads, visit);
  return isRestrained(files, event.occurredAt) ? 'alleged' : roleIn(files, visit.role);
}

const apart = refuse(
  'SEPARATION_CONFLICT',
  'INV-08',
  'This way and this time are not possible.',
  'هذا المسار في هذا الوقت غير ممكن.',
);

const times = refuse(
  'TIMES_INVALID',
  'booking',
  'The times are not those of one visit on this day.',
  'الأوقات لا تصلح لزيارة واحدة في هذا اليوم.',
);

/** Rules of the way. */
export const wayRules = {
  apart: t.rule(JUDGED, {
    ...apart,
    holds: (view) => {
      const booking = judgedBooking(view);
      return !booking || clashesOf(view, booking, view.event.occurredAt).length === 0;
    },
  }),
  letIn: t.rule(['ArrivalRegistered'], {
    ...apart,
    // A victim or a child who stands at the door is let in, whoever else is here.
    holds: (view) => {
      const booking = judgedBooking(view);
      const isSheltered = (booking?.visits ?? []).some((visit) =>
        ['victim', 'child'].includes(roleNow(view, visit)),
      );
      if (!booking || isSheltered) return true;
      return clashesOf(view, booking, view.event.occurredAt).length === 0;
    },
  }),
  entrance: t.rule(COMING, {
    ...refuse(
      'ENTRANCE_NOT_PERMITTED',
      'INV-09',
      'Victims of a family matter use the victims’ entrance, and nobody else does.',
      'مدخل الضحايا لهم وحدهم، ولا يدخلون من غيره.',
    ),
    holds: (view) => {
      const booking = judgedBooking(view);
      const entrances = siteOf(view.reads, booking?.siteId ?? '')?.entrances ?? [];
      return (booking?.visits ?? []).every((visit) => {
        const role = roleNow(view, visit);
        const kind = entrances.find((one) => one.entranceId === visit.entranceId)?.kind;
        if (role === 'victim') return kind === 'victimIndependent';
        return kind !== 'victimIndependent' || VICTIMS.includes(role);
      });
    },
  }),
  way: t.rule(['BookingConfirmed', 'ArrivalRegistered'], {
    ...refuse('ROUTE_INVALID', 'booking', 'No way leads there.', 'لا يوجد مسار إلى هناك.'),
    holds: (view) =>
      (judgedBooking(view)?.visits ?? []).every(({ route }) => route.length > 0),
  }),
  today: t.rule(['ArrivalRegistered'], {
    ...times,
    holds: ({ event: { data }, calendar }) =>
      calendar.localDate(data.visit.arrives) === data.date,
  }),
  times: t.rule(['BookingConfirmed'], {
    ...times,
    // Six hours before and twelve in all: what is longer would reach beyond the days that are read.
    holds: ({ event: { data, occurredAt }, calendar }) => {
      const start = Date.parse(data.from);
      return (
        calendar.localDate(data.from) === data.date &&
        data.from < data.to &&
        data.to > occurredAt &&
        Date.parse(data.to) - start <= 12 * HOURS_MS &&
        data.visits.every(
          ({ arrives, leaves }) =>
            arrives < leaves &&
            start - Date.parse(arrives) <= 6 * HOURS_MS &&
            Date.parse(leaves) - start <= 12 * HOURS_MS,
        )
      );
    },
  }),
  eachOnce: t.rule(['BookingConfirmed'], {
    ...refuse('VISITOR_TWICE', 'booking', 'Someone is named twice.', 'ورد شخص مرتين.'),
    holds: ({ event: { data } }) =>
      new Set(data.visits.map(({ person }) => person)).size === data.visits.length,
  }),
  staggered: t.rule(['BookingConfirmed'], {
    ...refuse(
      'ARRIVALS_NOT_STAGGERED',
      'booking',
      'The victim comes first and leaves first, with time between.',
      'تحضر الضحية أولا وتغادر أولا، مع فاصل زمني.',
    ),
    holds: (view) => {
      const booking = judgedBooking(view);
      const min = view.policy.number('booking.stagger') * 60_000;
      const visits = (booking?.visits ?? []).map((visit) => ({
        ...visit,
        role: roleNow(view, visit),
      }));
      return visits
        .filter(({ role }) => role === 'victim')
        .every((victim) =>
          visits
            .filter(({ role }) => role === 'alleged')
            .every(
              (other) =>
                Date.parse(other.arrives) - Date.parse(victim.arrives) >= min &&
                Date.parse(other.leaves) - Date.parse(victim.leaves) >= min,
            ),
        );
    },
  }),
  heardApart: t.rule(JUDGED, {
    ...refuse(
      'JOINT_INTERVIEW_FORBIDDEN',
      'INV-11',
      'Parties to violence are never interviewed together.',
      'لا تجرى مقابلة مشتركة لأطراف واقعة عنف.',
    ),
    holds: (view) => {
      const booking = judgedBooking(view);
      if (!booking || JOINT.includes(booking.purpose)) return true;
      const heard = booking.visits.map((visit) => roleNow(view, visit));
      if (!heard.includes('alleged')) return true;
      return INTERVIEWS.includes(booking.purpose)
        ? heard.length === 1
        : !heard.some((role) => role === 'victim' || role === 'child');
    },
  }),
  expected: t.rule(['CheckInRecorded'], {
    ...refuse(
      'NOT_EXPECTED_NOW',
      'booking',
      'This visitor is not expected here now.',
      'لا يوجد موعد لهذا الزائر هنا الآن.',
    ),
    holds: ({ event, part, policy }) => {
      const visit = (part?.context as BookingFacts | undefined)?.visits.find(
        ({ person }) => person === event.data.person,
      );
      const earlyMs = policy.number('booking.early') * 60_000;
      return (
        visit !== undefined &&
        (visit.inAt === null || visit.outAt !== null) &&
        visit.entranceId === event.data.entranceId &&
        Date.parse(event.occurredAt) >= Date.parse(visit.arrives) - earlyMs &&
        event.occurredAt <= visit.leaves
      );
    },
  }),
  came: t.rule(['BookingStarted'], {
    ...refuse('NOBODY_CAME', 'booking', 'Nobody has checked in.', 'لم يسجل حضور أحد.'),
    holds: ({ part }) =>
      ((part?.context as BookingFacts | undefined)?.visits ?? []).some(({ inAt }) => inAt !== null),
  }),
  mayRelease: t.rule(['BookingReleased'], {
    ...refuse(
      'PREEMPTION_FORBIDDEN',
      'booking',
      'This room is not free, not even for an emergency.',
      'هذه الغرفة غير متاحة حتى لحالة طارئة.',
    ),
    // Another victim at high risk keeps her room; so does another emergency.
    holds: ({ event, parts, policy, reads }) => {
      const booking = parts.one(bookingPart, event.data.bookingId)?.context;
      if (!booking || event.data.reason !== 'emergency') return true;
      const isRoutine = booking.urgency === 'routine';
      const isHigh = booking.visits.some((visit) =>
        isHighRisk(casesOf(reads, visit), event.occurredAt, policy),
      );
      return isRoutine && !isHigh;
    },
  }),
};
