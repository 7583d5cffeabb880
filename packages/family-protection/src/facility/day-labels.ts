// What people read of a day in a building.
import { words } from '../household/fields.ts';

/** Labels of a day, but for roles. */
export const dayLabels = {
  commands: {
    BookRoom: words('Book a room', 'حجز غرفة'),
    CheckIn: words('Check in', 'تسجيل حضور'),
    StartBooking: words('Start', 'بدء الموعد'),
    CheckOut: words('Check out', 'تسجيل مغادرة'),
    EndBooking: words('End', 'إنهاء الموعد'),
    CancelBooking: words('Cancel a booking', 'إلغاء حجز'),
    ReleaseBooking: words('Release a booking', 'تحرير حجز'),
    ReviewBooking: words('Review a booking', 'مراجعة حجز'),
    ReviewOverride: words('Review the use of a room', 'مراجعة استثناء الغرفة'),
    ReportSeparationBreach: words('Report a meeting', 'الإبلاغ عن لقاء ممنوع'),
    ReviewSeparationBreach: words('Review a meeting', 'مراجعة لقاء ممنوع'),
  },
  events: {
    BookingConfirmed: words('Booking confirmed', 'تأكد الحجز'),
    BookingReleased: words('Booking released', 'حرر الحجز'),
    BookingCancelled: words('Booking cancelled', 'ألغي الحجز'),
    BookingReviewed: words('Booking reviewed', 'روجع الحجز'),
    CheckInRecorded: words('Checked in', 'سجل الحضور'),
    CheckOutRecorded: words('Checked out', 'سجلت المغادرة'),
    BookingStarted: words('Started', 'بدأ الموعد'),
    BookingEnded: words('Ended', 'انتهى الموعد'),
    OverrideReviewed: words('Use of a room reviewed', 'روجع استثناء الغرفة'),
    SeparationBreachOccurred: words('People met who must not', 'حدث لقاء ممنوع'),
    SeparationBreachReviewed: words('Meeting reviewed', 'روجع اللقاء الممنوع'),
  },
  states: {
    open: words('Open', 'مفتوح'),
    'booking.confirmed': words('Confirmed', 'مؤكد'),
    'booking.started': words('Started', 'بدأ'),
    'booking.over': words('Over', 'انتهى'),
    'booking.cancelled': words('Cancelled', 'ملغى'),
    'booking.released': words('Released', 'محرر'),
    'breach.open': words('Not reviewed', 'لم يراجع'),
    'breach.reviewed': words('Reviewed', 'روجع'),
  },
  deadlines: {
    'T-SEPBREACH': words('Review of a meeting', 'مراجعة لقاء ممنوع'),
    'T-OVERRIDE': words('Review of the use of a room', 'مراجعة استثناء الغرفة'),
  },
  parts: { booking: words('Booking', 'حجز'), breach: words('Meeting', 'لقاء ممنوع') },
};
