// What rules rest on beside invariants: guards and clauses of the office's model.
import type { Citation } from '@himaya/engine';
import { invariants, model } from './invariants.ts';

const complaints = 'Al-Watan 715664 (S6)';
const alleyAgreement = 'Al-Watan 826871 (S5)';
const protocol = 'Al-Watan 826871 (S5), Al-Watan 715664 (S6), Al-Wasat 903492 (S44)';

/** Bases by name. A name of an invariant or a separation of duties sorts refusals, too. */
export const bases = {
  ...invariants,
  lifecycle: model(
    'common life cycle',
    'Intake, registration, triage, work, closure: each step follows the one before.',
    'استقبال فتسجيل ففرز فعمل فإغلاق، وكل خطوة تلي ما قبلها.',
  ),
  screening: model(
    'CH-6, hidden-harm rule',
    'Every way of resolving begins with a hidden-harm screening that is negative.',
    'كل طريق للحل يبدأ بفرز للأذى الخفي نتيجته سلبية.',
  ),
  ladder: model(
    'CH-6, guard of the ladder',
    'A level follows the one before, on a repetition within the window.',
    'كل درجة تلي ما قبلها عند التكرار خلال المدة.',
    complaints,
  ),
  mediation: model(
    'CH-6, mediation',
    'Offered, consented, held, then settled or not.',
    'عرض فموافقة فجلسة ثم اتفاق أو عدمه.',
  ),
  referral: model(
    'CH-6, partner referral',
    'A referral is made and then closed by the partner.',
    'تحال القضية إلى الجهة ثم تغلق الإحالة.',
  ),
  signers: model(
    'CH-6, guard of the agreement',
    'A settlement has at least two signers and binds nobody else.',
    'للاتفاق موقعان على الأقل ولا يلزم غيرهما.',
    alleyAgreement,
  ),
  protocol: model(
    'community-mediation protocol',
    'Each party is heard apart, then a joint session, then the record.',
    'يستمع لكل طرف على حدة ثم تعقد جلسة مشتركة ثم يحرر المحضر.',
    protocol,
  ),
  adults: model(
    'G7',
    'Every participant is an adult with capacity.',
    'كل مشارك بالغ كامل الأهلية.',
  ),
  closure: model(
    'command catalogue, closure checklist',
    'Nothing protective is pending, referrals are resolved, feedback is offered.',
    'لا تدبير معلقا، والإحالات منجزة، وإبداء الرأي معروض.',
  ),
  resolution: model(
    'T-COMM-RES',
    'Every complaint is resolved or referred.',
    'كل شكوى تحل أو تحال.',
  ),
  monitoring: model(
    'T-MON and CH-6, compliance',
    'An agreement is monitored to the end of its term.',
    'يتابع الاتفاق حتى نهاية مدته.',
  ),
  followUp: model(
    'AC-P2p',
    'No closure without a final check, or three attempts that failed.',
    'لا إغلاق دون تحقق أخير أو ثلاث محاولات لم تنجح.',
  ),
  risk: model(
    'T-RESP-DV and T-REVIEW',
    'Risk is assessed with an instrument that the office may use, and again when something happens.',
    'تقيم الخطورة بأداة معتمدة ويعاد التقييم عند كل جديد.',
  ),
  orders: model(
    'CH-1, protection',
    'The prosecution issues, the court extends, and a breach is judged at its instant.',
    'تصدر النيابة الأمر وتمدده المحكمة وتقدر المخالفة بوقتها.',
    'Law 17/2015 (S13)',
  ),
  evidence: model('4(e), incident', 'Evidence has an unbroken chain.', 'لا تنقطع حيازة الدليل.'),
  support: model(
    'AC-P4i',
    'Goals are chosen with the victim, and what becomes of each is written down.',
    'تختار الأهداف مع الضحية ويدون ما آل إليه كل منها.',
  ),
  undertaking: model(
    'glossary 81 and INV-34',
    'An undertaking is what an accused promises the office; it takes no right from anybody.',
    'التعهد وعد يقدمه المدعى عليه للمكتب ولا ينتقص من حق أحد.',
  ),
  interview: model(
    'AC-P2v',
    'A statement is taken once; taking it again needs a reason.',
    'تؤخذ الأقوال مرة واحدة، ولا تعاد إلا لسبب.',
  ),
  shelter: model(
    'Article 12',
    'On an order of the prosecution the victim is moved to a government shelter.',
    'تنقل الضحية إلى دار إيواء حكومية بأمر من النيابة.',
    'Law 17/2015 (S12)',
  ),
  escalation: model(
    'AC-P2a',
    'A complaint becomes a report by an event of its own, on a legal basis and in somebody’s name.',
    'لا تتحول الشكوى إلى بلاغ إلا بحدث مستقل وعلى أساس قانوني وباسم من حولها.',
  ),
  sharing: model(
    'Article 2 and AC-P4s',
    'Referrals go to agencies that are licensed.',
    'تكون الإحالة إلى جهات مرخصة.',
    'Law 17/2015 (S8)',
  ),
  children: model(
    'CH-1, child safeguarding',
    'Children of the household are screened within a day.',
    'يفرز وضع أطفال الأسرة خلال يوم.',
  ),
  G4: model(
    'G4',
    'Strangulation, weapons, threats to kill, honour threats and stalking exclude reconciliation.',
    'الخنق والسلاح والتهديد بالقتل وتهديد الشرف والملاحقة تمنع الصلح.',
  ),
  G5: model(
    'G5 and AC-P2d',
    'Each adult is screened for violence apart before anything is offered.',
    'يفرز العنف لكل بالغ على حدة قبل أي عرض.',
  ),
  G6: model(
    'G6',
    'Only an offence that policy names as conciliable is conciliated.',
    'لا صلح إلا في جرم تنص السياسة على جواز الصلح فيه.',
    'Resolution 32/2020 (S34), Law 7/2020 (S38)',
  ),
  G9: model(
    'G9',
    'A pattern of violence or a broken settlement excludes reconciliation.',
    'تكرار العنف أو الإخلال بصلح سابق يمنع الصلح.',
  ),
  reconciliation: model(
    'CH-1, reconciliation',
    'Judged, approved, offered, agreed to, met alone, met together, drafted, signed, monitored.',
    'تقييم فاعتماد فعرض فموافقة فلقاء منفرد فجلسة فمسودة فتوقيع فمتابعة.',
  ),
  prosecutor: model(
    'CH-1, reconciliation',
    'Once there is a report the prosecutor agrees to a reconciliation first.',
    'متى وجد بلاغ وافقت النيابة على الصلح أولا.',
    'UAE Decree-Law 13/2024 (S53)',
  ),
  accessNeeds: model('AC-P1d', 'Access needs are answered.', 'تستوفى احتياجات الوصول.'),
  vulnerable: model(
    'AC-P3d',
    'A child or a pregnant woman makes it at least a priority.',
    'وجود طفل أو حامل يجعلها أولوية على الأقل.',
  ),
  competency: model(
    'AC-P4a',
    'Guarded tasks need a competency that is valid.',
    'المهام المقيدة تتطلب كفاءة سارية.',
  ),
  caseload: model('AC-P4d', 'Caseworkers have a caseload cap.', 'لعدد قضايا الباحث حد أقصى.'),
  offices: model('AC-T1', 'Offices work apart.', 'تعمل المكاتب منفصلة.'),
  household: model('INV-33', 'Cases of a household count together.', 'تعامل قضايا المنزل معا.'),
  booking: model('4(g), booking rules', 'Routes are booked.', 'يحجز المسار كاملا.'),
  visits: model(
    '4(h), visits',
    'A refusal by the child is never forced.',
    'لا يكره الطفل على الزيارة إذا رفضها.',
  ),
  rooms: model('4(g), rooms', 'A room has what its use needs.', 'تجهز الغرفة بما يلزم لاستخدامها.'),
} as const satisfies Readonly<Record<string, Citation>>;

/** The name of a basis. */
export type Basis = keyof typeof bases;
