// The roles of an office, by the codes that grants, marks and records use.
import type { Text } from '@himaya/engine';

/** Every role with its name. `SYS` is the engine, `DUTY` the duty command that escalations reach. */
export const roles = {
  RCP: { en: 'Receptionist', ar: 'موظف الاستقبال' },
  INT: { en: 'Intake officer', ar: 'ضابط الاستقبال والفرز' },
  CW: { en: 'Caseworker', ar: 'باحث اجتماعي مسؤول عن الحالة' },
  FIO: { en: 'Forensic interviewer', ar: 'أخصائي المقابلات الجنائية' },
  PSY: { en: 'Psychologist', ar: 'أخصائي نفسي' },
  INV: { en: 'Investigator', ar: 'محقق' },
  CON: { en: 'Conciliator', ar: 'أخصائي توفيق' },
  SUP: { en: 'Supervisor', ar: 'مشرف' },
  HEAD: { en: 'Office head', ar: 'رئيس المكتب' },
  FAC: { en: 'Facility coordinator', ar: 'منسق المرافق' },
  CP: { en: 'Community police', ar: 'شرطة خدمة المجتمع' },
  LEG: { en: 'Legal liaison', ar: 'ضابط الاتصال القانوني' },
  TRN: { en: 'Training officer', ar: 'ضابط التدريب' },
  POL: { en: 'Policy officer', ar: 'مسؤول السياسات' },
  PRV: { en: 'Privacy officer', ar: 'مسؤول الخصوصية' },
  AUD: { en: 'Auditor', ar: 'مدقق' },
  STA: { en: 'Statistician', ar: 'إحصائي' },
  SYS: { en: 'System', ar: 'النظام' },
  EXT: { en: 'Partner agency user', ar: 'مستخدم من جهة شريكة' },
  DUTY: { en: 'Duty command', ar: 'قيادة المناوبة' },
} as const satisfies Record<string, Text>;

/** Code of a role. */
export type Role = keyof typeof roles;
