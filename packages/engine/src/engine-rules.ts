// The rules that hold for every case type, with their texts: what the engine itself refuses.
import type { Violation } from './rule.ts';

const texts = {
  AUTHENTICATION_FAILED: ['The sender could not be identified.', 'تعذّر التحقق من هوية المرسل.'],
  INPUT_INVALID: [
    'The input is not what the command needs.',
    'المدخلات لا تطابق ما يتطلبه الأمر.',
  ],
  COMMAND_UNKNOWN: ['No such command.', 'لا يوجد أمر بهذا الاسم.'],
  CASE_UNKNOWN: ['No such case.', 'لا توجد قضية بهذا الرقم.'],
  CASE_EXISTS: ['The case exists already.', 'القضية موجودة بالفعل.'],
  CASE_READ_ONLY: [
    'The record of this case does not agree with its procedure; only emergency measures are possible.',
    'سجل هذه القضية لا يطابق إجراءها؛ لا تُقبل إلا التدابير العاجلة.',
  ],
  COMMAND_ID_REUSED: [
    'This command id was used for another command.',
    'استُخدم رقم هذا الأمر لأمر آخر.',
  ],
  NOT_PERMITTED: [
    'You may not do this in this case.',
    'ليست لديك صلاحية لهذا الإجراء في هذه القضية.',
  ],
  PART_UNKNOWN: ['What this refers to does not exist.', 'العنصر المشار إليه غير موجود.'],
  PART_EXISTS: ['This exists already.', 'هذا العنصر موجود بالفعل.'],
  INVALID_TRANSITION: ['This is not possible now.', 'هذا الإجراء غير ممكن في الحالة الراهنة.'],
  OCCURRED_IN_FUTURE: ['It cannot have happened after now.', 'لا يمكن أن يكون قد وقع بعد الآن.'],
  LATE_ENTRY_REASON_REQUIRED: [
    'An entry made more than 24 hours late needs a reason.',
    'الإدخال المتأخر لأكثر من 24 ساعة يتطلب ذكر السبب.',
  ],
  TOO_MANY_EVENTS: [
    'One decision may record at most 64 events.',
    'لا يجوز أن يسجل القرار الواحد أكثر من 64 حدثًا.',
  ],
  TOO_MANY_READS: [
    'The decision needs more of other files than can be checked together.',
    'يتطلب القرار ملفات أخرى أكثر مما يمكن التحقق منه معًا.',
  ],
  STORE_UNSUPPORTED: [
    'This store cannot check several files at once, as this command needs.',
    'لا يستطيع هذا المخزن التحقق من عدة ملفات معًا كما يتطلب هذا الأمر.',
  ],
} as const;

/** Codes of the engine's own refusals. */
export type EngineCode = keyof typeof texts;

const invariants: Partial<Record<EngineCode, string>> = {
  OCCURRED_IN_FUTURE: 'INV-25',
  LATE_ENTRY_REASON_REQUIRED: 'INV-25',
};

/** The engine's own refusals, by code. */
export const ENGINE_VIOLATIONS: Readonly<Record<EngineCode, Violation>> = Object.fromEntries(
  Object.entries(texts).map(([code, [en, ar]]) => {
    const invariant = invariants[code as EngineCode];
    return [code, { code, text: { en, ar }, ...(invariant ? { invariant } : {}) }];
  }),
) as unknown as Record<EngineCode, Violation>;
