// What people read of a found item, in both languages.
import type { Labels } from '@himaya/engine';

/** The labels of `station.foundItem`. */
export const labels: Labels = {
  commands: {
    RegisterItem: { en: 'Take an item in', ar: 'تسلُّم لقطة' },
    MakeClaim: { en: 'Record a claim', ar: 'تسجيل مطالبة' },
    VerifyClaim: { en: 'Accept the proof', ar: 'قبول إثبات الملكية' },
    RejectClaim: { en: 'Reject a claim', ar: 'رفض مطالبة' },
    ReturnItem: { en: 'Return the item', ar: 'تسليم اللقطة لصاحبها' },
    DisposeOfItem: { en: 'Dispose of the item', ar: 'التصرف في اللقطة' },
    ReportHazard: { en: 'Report a hazard', ar: 'الإبلاغ عن خطر' },
  },
  events: {
    ItemRegistered: { en: 'Item taken in', ar: 'تم تسلُّم اللقطة' },
    ClaimMade: { en: 'Claim recorded', ar: 'سُجلت مطالبة' },
    ClaimVerified: { en: 'Proof accepted', ar: 'قُبل إثبات الملكية' },
    ClaimRejected: { en: 'Claim rejected', ar: 'رُفضت المطالبة' },
    ItemReturned: { en: 'Item returned', ar: 'سُلّمت اللقطة لصاحبها' },
    ItemDisposed: { en: 'Item disposed of', ar: 'تم التصرف في اللقطة' },
    HazardReported: { en: 'Hazard reported', ar: 'أُبلغ عن خطر' },
  },
  states: {
    draft: { en: 'not yet taken in', ar: 'لم تُتسلَّم بعد' },
    kept: { en: 'kept at the station', ar: 'محفوظة في المركز' },
    returned: { en: 'returned', ar: 'سُلّمت لصاحبها' },
    disposed: { en: 'disposed of', ar: 'تم التصرف فيها' },
  },
  deadlines: {
    'T-KEEP': { en: 'End of the keeping period', ar: 'انتهاء مدة الحفظ' },
    'T-CLAIM': { en: 'Claim answered', ar: 'الرد على المطالبة' },
  },
  parts: { claim: { en: 'Claim', ar: 'مطالبة' } },
  roles: {
    CLERK: { en: 'Desk clerk', ar: 'موظف الاستقبال' },
    SUPERVISOR: { en: 'Supervisor', ar: 'المشرف' },
  },
};
