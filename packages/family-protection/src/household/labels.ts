// What people read of a household.
import { words } from './fields.ts';

/** Labels of a household, but for roles. */
export const labels = {
  commands: {
    AddMember: words('Add a member', 'إضافة فرد'),
    LinkCase: words('Link a case', 'ربط قضية'),
    CorrectLink: words('Correct who a party is', 'تصحيح هوية طرف'),
    UnlinkCase: words('Unlink a case', 'فك ربط قضية'),
    DeclareSeparationPair: words('Keep two people apart', 'الفصل بين شخصين'),
    LiftSeparationPair: words('End a separation', 'إنهاء الفصل'),
    QuestionBookings: words('Review all bookings', 'مراجعة جميع الحجوزات'),
    TellCasesOfMeeting: words('Tell the cases of a meeting', 'إبلاغ القضايا بلقاء ممنوع'),
    NoteRelations: words('Note who is related', 'تدوين من له صلة بأحد الأطراف'),
    ReviewCases: words('Review all linked cases', 'مراجعة جميع القضايا المرتبطة'),
  },
  events: {
    MemberAdded: words('Member added', 'أضيف فرد'),
    CaseLinked: words('Case linked', 'ربطت قضية'),
    CaseLinkCorrected: words('Who a party is was corrected', 'صححت هوية طرف'),
    CaseUnlinked: words('Case unlinked', 'فك ربط قضية'),
    SeparationPairDeclared: words('Two people kept apart', 'تقرر الفصل بين شخصين'),
    SeparationPairLifted: words('Separation ended', 'انتهى الفصل'),
    BookingsQuestioned: words('Bookings to be reviewed', 'تقررت مراجعة الحجوزات'),
    MeetingNoted: words('Meeting noted', 'سجل لقاء ممنوع'),
    RelationsNoted: words('Who is related was noted', 'دونت صلة بأحد الأطراف'),
    CasesQuestioned: words('Linked cases to be reviewed', 'تقررت مراجعة القضايا المرتبطة'),
  },
  states: { known: words('Known', 'معروف') },
  deadlines: {},
  parts: {},
};
