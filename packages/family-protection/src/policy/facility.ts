// Policy values of the building: buffers, hours, lengths and what a kind of room must have.
import type { Citation, PolicyValue } from '@himaya/engine';

const bookingRules: Citation = {
  source: 'Domain model of the office, 4(g): booking rules BR-1 to BR-16',
  text: {
    en: 'Routes are booked, and people who must not meet are kept apart by a buffer.',
    ar: 'يحجز المسار كاملا، ويفصل بفاصل زمني بين من يجب ألا يلتقوا.',
  },
};
const minutes = (
  value: number,
  direction: PolicyValue['direction'],
  en: string,
  ar: string,
): PolicyValue => ({
  value,
  unit: 'minutes',
  direction,
  citation: bookingRules,
  title: { en, ar },
});
const atLeast = (value: number, en: string, ar: string): PolicyValue =>
  minutes(value, 'tightenHigher', en, ar);
const atMost = (value: number, en: string, ar: string): PolicyValue =>
  minutes(value, 'tightenLower', en, ar);
const list = (
  value: readonly string[],
  direction: PolicyValue['direction'],
  en: string,
  ar: string,
): PolicyValue => ({
  value: [...value],
  unit: 'list',
  direction,
  citation: bookingRules,
  title: { en, ar },
});
const features = (value: readonly string[], en: string, ar: string): PolicyValue =>
  list(value, 'supersetOnly', `Features of a room: ${en}`, `تجهيزات الغرفة: ${ar}`);
const uses = (value: readonly string[], en: string, ar: string): PolicyValue =>
  list(value, 'subsetOnly', `Uses of a room: ${en}`, `استخدامات الغرفة: ${ar}`);

/** Values of the facility by key. */
export const facilityValues: Readonly<Record<string, PolicyValue>> = {
  'booking.roomBuffer': atLeast(15, 'Between two bookings of a room', 'بين حجزين لغرفة واحدة'),
  'booking.pairBuffer': atLeast(30, 'Between people kept apart', 'بين من يجب الفصل بينهم'),
  'booking.stagger': atLeast(15, 'Between arrivals and departures', 'بين الحضور والمغادرة'),
  'booking.early': atMost(15, 'Check-in before the time', 'تسجيل الحضور قبل الموعد'),
  'arrival.stay': atLeast(120, 'Someone without a booking stays', 'مدة بقاء الزائر دون حجز'),
  'T-EQUIPMENT': atLeast(60, 'Check of a recording before it', 'التحقق من أجهزة التسجيل قبل الموعد'),
  'equipment.checked': atMost(120, 'A check of a recording counts', 'مدة الاعتداد بالتحقق من التسجيل'),
  'T-CHECKOUT': {
    ...atMost(30, 'Look for who has not left', 'البحث عمن لم تسجل مغادرته'),
    citation: null,
  },
  'T-CARE-ROOM': atMost(15, 'Offer of a room for care', 'عرض غرفة رعاية'),
  'booking.step': minutes(15, 'free', 'Step of proposed times', 'الفاصل بين المواعيد المقترحة'),
  'interview.max.under7': atMost(30, 'Interview up to six years', 'مقابلة من لم يتجاوز السادسة'),
  'interview.max.7to11': atMost(45, 'Interview, seven to eleven', 'مقابلة من السابعة إلى الحادية عشرة'),
  'interview.max.12to17': atMost(60, 'Interview from twelve on', 'مقابلة من الثانية عشرة فأكثر'),
  'child.earliest': atLeast(14 * 60, 'No child before this time', 'لا موعد لطفل قبل هذا الوقت'),
  'child.earliestFree': atLeast(8 * 60, 'Nor on free days before', 'ولا في العطل قبل هذا الوقت'),
  'child.latest': atMost(20 * 60, 'No child after this time', 'لا موعد لطفل بعد هذا الوقت'),
  'prayer.times': {
    ...list(['11:45-12:15', '14:50-15:20'], 'free', 'Prayer times kept free', 'أوقات الصلاة'),
    citation: null,
  },
  'T-ROOMCERT': {
    value: 30,
    unit: 'days',
    direction: 'tightenHigher',
    citation: bookingRules,
    title: { en: 'Renewal of a certificate before it ends', ar: 'تجديد الشهادة قبل انتهائها' },
  },
  'T-SEPBREACH': {
    value: 24,
    unit: 'hours',
    direction: 'tightenLower',
    citation: bookingRules,
    title: { en: 'Review of a meeting that must not happen', ar: 'مراجعة لقاء كان يجب منعه' },
  },
  'T-VISIT-REPORT': {
    value: 24,
    unit: 'hours',
    direction: 'tightenLower',
    citation: bookingRules,
    title: { en: 'Report of a visit that was stopped', ar: 'تقرير عن زيارة أوقفت' },
  },
  'T-OVERRIDE': {
    value: 24,
    unit: 'hours',
    direction: 'tightenLower',
    citation: bookingRules,
    title: { en: 'Review of an unlawful room in an emergency', ar: 'مراجعة استثناء الغرفة' },
  },
  'room.features.interview': features(['soundInsulated', 'panicButton'], 'interview', 'المقابلة'),
  'room.features.forensic': features(
    ['soundInsulated', 'panicButton', 'avRecording', 'observationLink', 'childFurniture'],
    'forensic interview',
    'المقابلة الجنائية',
  ),
  'room.features.reconciliation': features(
    ['soundInsulated', 'neutralDecor', 'panicButton', 'doubleDoor'],
    'reconciliation',
    'الصلح',
  ),
  'room.features.care': features(['toys', 'privateWashroom'], 'care', 'الرعاية'),
  'room.features.maternity': features(
    ['nursingChair', 'diaperTable', 'privateWashroom'],
    'maternity',
    'الأمومة',
  ),
  'room.features.visitation': features(['childFurniture', 'doubleDoor'], 'visits', 'الرؤية'),
  'room.uses.interview': uses(['interview', 'consultation', 'session'], 'interview', 'المقابلة'),
  'room.uses.forensic': uses(['childForensic', 'interview'], 'forensic', 'المقابلة الجنائية'),
  'room.uses.reconciliation': uses(['session', 'preMeeting'], 'reconciliation', 'الصلح'),
  'room.uses.care': uses(['care'], 'care', 'الرعاية'),
  'room.uses.maternity': uses(['care'], 'maternity', 'الأمومة'),
  'room.uses.visitation': uses(['supervisedVisit'], 'visits', 'الرؤية'),
  'room.insulated': list(
    ['interview', 'childForensic', 'session', 'preMeeting'],
    'supersetOnly',
    'Uses that need an insulated room',
    'استخدامات تتطلب غرفة عازلة للصوت',
  ),
};
