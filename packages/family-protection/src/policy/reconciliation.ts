// Thresholds, waits and tables of reconciliation, settlement and waiver as policy values.
import type { Citation, PolicyValue } from '@himaya/engine';

const value = (
  given: PolicyValue['value'],
  unit: string,
  direction: PolicyValue['direction'],
  en: string,
  ar: string,
  citation: Citation | null = null,
): PolicyValue => ({ value: given, unit, direction, citation, title: { en, ar } });

/** S53: reconciliation in a violence case needs two agreements. */
const twoAgreements: Citation = {
  source: 'UAE Decree-Law 13/2024, Articles 13 and 14 as reported (S52, S53)',
  text: {
    en: 'Reconciliation only with full consent of the victim and approval of the prosecutor.',
    ar: 'لا صلح إلا برضا الضحية الكامل وموافقة النيابة.',
  },
};
/** S34: conciliation only where the law allows it. */
const conciliable: Citation = {
  source: 'Resolution 32/2020 on criminal mediation (S34, lloc.gov.bh RJIW3220), Law 7/2020 (S38)',
  text: {
    en: 'Only for offences in which conciliation is lawful.',
    ar: 'في الجرائم التي يجوز فيها الصلح أو التصالح فقط.',
  },
};

/** Values; those without a citation are defaults of the office's model, to be confirmed. */
export const reconciliationValues: Readonly<Record<string, PolicyValue>> = {
  'reconciliation.levels': value(
    ['standard', 'medium'],
    'list',
    'subsetOnly',
    'Levels of risk at which reconciliation is possible',
    'درجات الخطورة التي يجوز معها الصلح',
  ),
  'reconciliation.excludedViolence': value(
    ['sexual'],
    'list',
    'supersetOnly',
    'Violence that excludes reconciliation for good',
    'أنواع العنف التي تمنع الصلح نهائيا',
  ),
  'reconciliation.excludingFlags': value(
    ['strangulation', 'threatToKill', 'honourThreat', 'stalking'],
    'list',
    'supersetOnly',
    'Circumstances that exclude reconciliation',
    'ظروف تمنع الصلح',
  ),
  'reconciliation.excludingWeapons': value(
    ['threatened', 'used'],
    'list',
    'supersetOnly',
    'Use of a weapon that excludes reconciliation',
    'استعمال السلاح المانع من الصلح',
  ),
  'reconciliation.gravityWindow': value(
    730,
    'days',
    'tightenHigher',
    'Look-back on grave circumstances',
    'مدة الرجوع إلى الظروف الجسيمة',
  ),
  'reconciliation.patternWindow': value(
    730,
    'days',
    'tightenHigher',
    'Look-back on repeated violence',
    'مدة الرجوع إلى تكرار العنف',
  ),
  'reconciliation.patternCount': value(
    2,
    'count',
    'tightenLower',
    'Incidents that make a pattern',
    'عدد الوقائع التي تعد تكرارا',
  ),
  'reconciliation.screeningValid': value(
    14,
    'days',
    'tightenLower',
    'Validity of a violence screening',
    'مدة صلاحية فرز العنف',
  ),
  'reconciliation.prosecutorApproval': value(
    'required',
    'text',
    'fixed',
    'Approval of the prosecution once there is a report',
    'موافقة النيابة عند وجود بلاغ',
    twoAgreements,
  ),
  /** Empty: nothing is conciliable until the office's lawyers have said what is. */
  'offence.conciliability': value(
    {},
    'table',
    'subsetOnly',
    'How each offence may end without judgment',
    'ما ينتهي به كل جرم دون حكم',
    conciliable,
  ),
  'T-COOL.settlement': value(
    24,
    'hours',
    'tightenHigher',
    'Wait from the draft of a settlement to its signature',
    'المهلة من مسودة الصلح إلى توقيعه',
  ),
  'T-MON-30': value(30, 'days', 'tightenHigher', 'First check', 'المتابعة الأولى للصلح'),
  'T-MON-90': value(90, 'days', 'tightenHigher', 'Second check', 'المتابعة الثانية للصلح'),
  'T-MON-180': value(180, 'days', 'tightenHigher', 'Last check', 'المتابعة الأخيرة للصلح'),
  'settlement.personalStatusClauses': value(
    ['divorceDecided', 'maintenanceDecided'],
    'list',
    'supersetOnly',
    'Clauses about personal status, which no police office settles',
    'بنود في الأحوال الشخصية لا يسويها المكتب',
  ),
};
