// Rules of the room: free, in service, fit for its use, and for children as long as they can bear.
import { addMs } from '@himaya/engine';
import { interviewersPreferred, needsCare } from '../household/case-facts.ts';
import { childBands } from '../household/child-facts.ts';
import { mayBeRecorded } from '../household/meeting-facts.ts';
import { refuse } from '../wording/wording.ts';
import { JUDGED, t, type JudgedView } from './day-head.ts';
import type { BookingFacts } from './booking.ts';
import { casesOf, judgedBooking, otherBookings, roomOf } from './judging.ts';
import { isLetIn } from './day-rules.ts';
import { gapMin } from './meeting.ts';
import type { RoomView } from './site.ts';

const MINUTE_MS = 60_000;

/** Minutes to the nearest other booking of one of the rooms; negative: they overlap. */
export function roomGap(view: JudgedView): number {
  const booking = judgedBooking(view);
  if (!booking) return Number.POSITIVE_INFINITY;
  const rooms = roomsOf(booking);
  const own = { arrives: booking.from, leaves: booking.to };
  const gaps = otherBookings(view, booking)
    .filter(({ states }) => states.includes('confirmed') || states.includes('started'))
    .filter(({ context }) => roomsOf(context).some((room) => rooms.includes(room)))
    .map(({ context, states }) => {
      const now = view.event.recordedAt;
      // Who is still in the room keeps it.
      const isOver = states.includes('started') && now > context.to;
      return gapMin(own, { arrives: context.from, leaves: isOver ? now : context.to });
    });
  return Math.min(Number.POSITIVE_INFINITY, ...gaps);
}

function roomsOf({ roomId, careRoomId }: BookingFacts): readonly string[] {
  return careRoomId === null ? [roomId] : [roomId, careRoomId];
}

function roomsIn(view: JudgedView): readonly (RoomView | undefined)[] {
  const booking = judgedBooking(view);
  if (!booking) return [];
  return roomsOf(booking).map((room) => roomOf(view.reads, booking.siteId, room));
}

/** Minutes after midnight, by the clock on the wall. */
function minuteOfDay(view: JudgedView, at: BookingFacts['from']): number {
  const [hours = 0, minutes = 0] = view.calendar.localText(at).slice(11).split(':').map(Number);
  return hours * 60 + minutes;
}

/** Rules of the room. */
export const roomRules = {
  roomKnown: t.rule(JUDGED, {
    ...refuse('ROOM_UNKNOWN', 'rooms', 'There is no such room.', 'لا توجد هذه الغرفة.'),
    holds: (view) => isLetIn(view) || roomsIn(view).every((room) => room !== undefined),
  }),
  inService: t.rule(JUDGED, {
    ...refuse('ROOM_OUT_OF_SERVICE', 'booking', 'A room is out of service.', 'غرفة خارج الخدمة.'),
    holds: (view) =>
      isLetIn(view) || roomsIn(view).every((room) => room?.in('outOfService') !== true),
  }),
  free: t.rule(['BookingConfirmed'], {
    ...refuse('ROOM_TAKEN', 'booking', 'The room is taken at this time.', 'الغرفة محجوزة حينها.'),
    holds: (view) => roomGap(view) >= 0,
  }),
  buffered: t.rule(['BookingConfirmed'], {
    ...refuse(
      'ROOM_BUFFER_TOO_SHORT',
      'booking',
      'Between two bookings of a room there is time.',
      'لا بد من فاصل بين حجزين للغرفة.',
    ),
    holds: (view) => {
      const gap = roomGap(view);
      return gap < 0 || gap >= view.policy.number('booking.roomBuffer');
    },
  }),
  fit: t.rule(['BookingConfirmed'], {
    ...refuse('ROOM_USE_NOT_PERMITTED', 'rooms', 'It is no room for this.', 'غرفة غير مناسبة.'),
    holds: (view) => {
      const booking = judgedBooking(view);
      const [room] = roomsIn(view);
      const uses = room && view.policy.list(`room.uses.${room.context.kind}`);
      return !booking || !uses || uses.includes(booking.purpose);
    },
  }),
  largeEnough: t.rule(['BookingConfirmed'], {
    ...refuse('ROOM_TOO_SMALL', 'rooms', 'The room is too small.', 'الغرفة صغيرة.'),
    holds: (view) => {
      const [room] = roomsIn(view);
      return !room || view.event.data.visits.length <= room.context.capacity;
    },
  }),
  insulated: t.rule(JUDGED, {
    ...refuse(
      'ROOM_NOT_INSULATED',
      'INV-10',
      'The room has no valid certificate of sound insulation.',
      'لا توجد شهادة عزل صوتي سارية للغرفة.',
    ),
    holds: (view) => {
      const booking = judgedBooking(view);
      const [room] = roomsIn(view);
      if (!booking || !room) return true;
      const isNeeded = view.policy.list('room.insulated').includes(booking.purpose);
      const isExcused = booking.urgency === 'emergency' && booking.overrideReason !== null;
      const { features, validUntil } = room.context;
      const isValid = features.includes('soundInsulated') && (validUntil ?? '') >= booking.to;
      return !isNeeded || isExcused || isValid || isLetIn(view);
    },
  }),
  careRoom: t.rule(['BookingConfirmed'], {
    ...refuse(
      'CARE_ROOM_NEEDED',
      'booking',
      'A mother, and who will be one, has a care or maternity room as well.',
      'للحامل والمرضع ومن معها رضيع غرفة رعاية أو أمومة.',
    ),
    holds: (view) => {
      const booking = judgedBooking(view);
      const [, care] = roomsIn(view);
      const isNeeded = (booking?.visits ?? []).some((visit) =>
        needsCare(casesOf(view.reads, visit)),
      );
      const isThere = care !== undefined && ['care', 'maternity'].includes(care.context.kind);
      return !isNeeded || isThere || booking?.purpose === 'care';
    },
  }),
  recordable: t.rule(JUDGED, {
    ...refuse(
      'RECORDING_NOT_PERMITTED',
      'booking',
      'A recording needs consent or a legal basis, and a room for it.',
      'يتطلب التسجيل موافقة أو سندا قانونيا وغرفة مجهزة.',
    ),
    holds: (view) => {
      const booking = judgedBooking(view);
      const [room] = roomsIn(view);
      if (!booking?.recording || !room) return true;
      const mayRecord = room.context.features.includes('avRecording');
      const agreed = booking.visits.every((visit) =>
        mayBeRecorded(casesOf(view.reads, visit), view.event.occurredAt),
      );
      return (mayRecord && (booking.recordingBasis !== null || agreed)) || isLetIn(view);
    },
  }),
  equipmentWorks: t.rule(['CheckInRecorded', 'BookingStarted'], {
    ...refuse('EQUIPMENT_NOT_WORKING', 'booking', 'No recording is possible.', 'التسجيل معطل.'),
    holds: (view) => {
      const [room] = roomsIn(view as JudgedView);
      const isFaulty = Object.values(room?.context.faults ?? {}).includes('recording');
      const booking = judgedBooking(view as JudgedView);
      const works = !isFaulty && booking?.equipment?.works !== false;
      return booking?.recording !== true || works || isLetIn(view as JudgedView);
    },
  }),
  equipmentChecked: t.rule(['BookingStarted'], {
    ...refuse(
      'EQUIPMENT_NOT_CHECKED',
      'booking',
      'Nobody has checked lately whether the recording works.',
      'لم يتحقق أحد حديثا من عمل أجهزة التسجيل.',
    ),
    holds: (view) => {
      const booking = judgedBooking(view as JudgedView);
      if (booking?.recording !== true) return true;
      const earliest = addMs(booking.from, -view.policy.number('equipment.checked') * MINUTE_MS);
      return booking.equipment !== null && booking.equipment.at >= earliest;
    },
  }),
  bearable: t.rule(['BookingConfirmed'], {
    ...refuse(
      'CHILD_INTERVIEW_TOO_LONG',
      'booking',
      'A child is not interviewed for so long.',
      'لا تطول مقابلة الطفل إلى هذا الحد.',
    ),
    holds: ({ event: { data }, policy, reads }) => {
      if (!['interview', 'childForensic'].includes(data.purpose)) return true;
      const lastsMs = Date.parse(data.to) - Date.parse(data.from);
      return data.visits
        .flatMap((visit) => childBands(casesOf(reads, visit), visit.ageBand))
        .every((band) => lastsMs <= policy.number(`interview.max.${band}`) * MINUTE_MS);
    },
  }),
  childHours: t.rule(['BookingConfirmed'], {
    ...refuse(
      'CHILD_HOURS',
      'booking',
      'A child is not called in during school or at night.',
      'لا يستدعى طفل في وقت المدرسة أو النوم.',
    ),
    holds: (view) => {
      const { data } = view.event;
      const isSchoolDay = view.calendar.isWorkingDay(data.date);
      const earliest = isSchoolDay ? 'child.earliest' : 'child.earliestFree';
      return (
        data.urgency === 'emergency' ||
        data.visits.every((visit) =>
          childBands(casesOf(view.reads, visit), visit.ageBand).every(
            (band) =>
              minuteOfDay(view, visit.leaves) <= view.policy.number('child.latest') &&
              (band === 'under7' ||
                minuteOfDay(view, visit.arrives) >= view.policy.number(earliest)),
          ),
        )
      );
    },
  }),
  preferred: t.rule(['BookingConfirmed'], {
    ...refuse(
      'INTERVIEWER_PREFERENCE',
      'booking',
      'The wish for a man or a woman is honoured, or the reason is recorded.',
      'تراعى الرغبة في جنس من يجري المقابلة أو يسجل السبب.',
    ),
    holds: (view) => {
      const { interviewer, preferenceReason, visits } = view.event.data;
      return (
        interviewer === null ||
        preferenceReason !== null ||
        visits.every((visit) =>
          interviewersPreferred(casesOf(view.reads, visit)).every(
            (wish) => wish === interviewer.gender,
          ),
        )
      );
    },
  }),
};
