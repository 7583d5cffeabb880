// What rules rest on: the invariants and guards of the office's model, each with its public source.
import type { Citation } from '@himaya/engine';

const model = (what: string, en: string, ar: string, from = ''): Citation => ({
  source: `Model of the office, ${what}${from === '' ? '' : `; ${from}`}`,
  text: { en, ar },
});
const childJustice = 'Law 4/2021 on Restorative Justice for Children (S24)';
const complaints = 'Al-Watan 715664 (S6)';
const alleyAgreement = 'Al-Watan 826871 (S5)';
const protocol = 'Al-Watan 826871 (S5), Al-Watan 715664 (S6), Al-Wasat 903492 (S44)';

/** Bases by name. A name of an invariant or a separation of duties sorts refusals, too. */
export const bases = {
  'INV-01': model(
    'INV-01',
    'No reconciliation while an order keeps the participants apart.',
    'لا صلح ما دام أمر حماية يمنع اللقاء بين المشاركين.',
    'Law 17/2015 (S13)',
  ),
  'INV-02': model(
    'INV-02',
    'No reconciliation while the risk is high.',
    'لا صلح ما دامت الخطورة مرتفعة.',
  ),
  'INV-03': model(
    'INV-03',
    'No reconciliation after sexual violence or harm to a child.',
    'لا صلح في العنف الجنسي أو الإضرار بطفل.',
  ),
  'INV-04': model(
    'INV-04',
    'Consent is individual, private, informed and unexpired, and may be withdrawn at any time.',
    'الموافقة فردية وعلى انفراد ومستنيرة وسارية، ويجوز سحبها في أي وقت.',
  ),
  'INV-05': model(
    'INV-05',
    'A child is interviewed by a forensic interviewer only.',
    'لا يجري مقابلة الطفل إلا أخصائي المقابلات الجنائية.',
  ),
  'INV-06': model(
    'INV-06',
    'A suspect is never a guardian who is present with that child.',
    'لا يكون المشتبه به وليا حاضرا مع الطفل.',
  ),
  'INV-07': model(
    'INV-07',
    'A high risk is never closed without a supervisor, the head, a fresh look and follow-up.',
    'لا تغلق قضية مرتفعة الخطورة دون مراجعة مشرف وموافقة رئيس المكتب وتقييم حديث ومتابعة.',
  ),
  'INV-12': model(
    'INV-12',
    'Anyone may raise the risk; only an approval lowers it.',
    'لكل أحد رفع درجة الخطورة، ولا تخفض إلا باعتماد.',
  ),
  'INV-08': model(
    'INV-08',
    'A separation pair never shares a way.',
    'لا يشترك من فصل بينهما في طريق.',
  ),
  'INV-09': model('INV-09', 'Victims use their own entrance.', 'للضحايا مدخل مستقل.'),
  'INV-10': model('INV-10', 'Family interviews need insulation.', 'تتطلب المقابلات الأسرية عزلا.'),
  'INV-11': model(
    'INV-11',
    'Parties to a violent incident are never interviewed jointly.',
    'لا تجرى مقابلة مشتركة لأطراف واقعة عنف.',
  ),
  'INV-14': model(
    'INV-14',
    'Where violence or a child is concerned nobody is refused, sent away or left untriaged.',
    'إذا تعلق الأمر بعنف أو بطفل فلا رفض ولا صرف ولا إهمال للفرز.',
  ),
  'INV-16': model(
    'INV-16',
    'Nobody is reached by a way that is not marked safe, nor in unsafe hours.',
    'لا تواصل بوسيلة غير آمنة ولا في وقت غير آمن.',
  ),
  'INV-18': model(
    'INV-18',
    'A referral to the prosecution needs the complete record of Article 14.',
    'الإحالة إلى النيابة تتطلب محضرا مكتملا وفق المادة 14.',
    'Law 17/2015 (S12)',
  ),
  'INV-17': model(
    'INV-17 and AC-P2f',
    'No suspect procedure under fifteen; under eighteen the child procedure comes first.',
    'لا إجراء اتهام لمن دون الخامسة عشرة، ومن دون الثامنة عشرة يقدم له إجراء الطفل.',
    childJustice,
  ),
  'INV-32': model(
    'INV-32',
    'A victim hears of a release within two hours after the office does.',
    'تبلغ الضحية بالإفراج خلال ساعتين من علم المكتب به.',
  ),
  'INV-19': model(
    'INV-19',
    'A complaint is taken back only without pressure and where the law permits it.',
    'لا تنازل عن الشكوى إلا بلا إكراه وحيث يجيزه القانون.',
    'UAE Decree-Law 13/2024, Articles 24 and 25 as reported (S52)',
  ),
  'INV-20': model(
    'INV-20',
    'Whatever is shared has a basis, a minimal list of fields, a recipient and a purpose.',
    'لكل تبادل أساس وقائمة بيانات بقدر الحاجة وجهة وغرض.',
  ),
  'INV-21': model(
    'INV-21',
    'Who proposes does not approve; who conciliates does not investigate.',
    'من يقترح لا يعتمد، ومن يتولى التوفيق لا يتحرى.',
  ),
  'INV-22': model(
    'INV-22',
    'A move to a less protective type needs a supervisor and a reason.',
    'النقل إلى نوع أقل حماية يتطلب مشرفا وسببا.',
  ),
  'INV-29': model(
    'INV-29',
    'Police do not adjudicate civil claims, handle money or alter judgments.',
    'لا تفصل الشرطة في الحقوق المدنية ولا تتعامل بالأموال ولا تغير الأحكام.',
  ),
  'INV-30': model(
    'INV-30',
    'A supervised visit does not start before the supervisor has come, and stops at a danger.',
    'لا تبدأ الزيارة تحت الإشراف قبل حضور المشرف عليها، وتوقف عند الخطر.',
  ),
  'INV-33': model(
    'INV-33',
    'What keeps people apart is looked for in every case of their household.',
    'يبحث عما يفصل بين الأشخاص في جميع قضايا منزلهم.',
  ),
  'INV-34': model(
    'INV-34',
    'No settlement waives the right to report, obliges to cohabit, moves custody or leaves money.',
    'لا يتضمن الصلح تنازلا عن حق الإبلاغ ولا إلزاما بالمعيشة المشتركة ولا تغيير حضانة ولا أموالا.',
  ),
  'INV-35': model(
    'INV-35',
    'Minimum waits elapse before consent and signature.',
    'تنقضي المهل الدنيا قبل الموافقة والتوقيع.',
  ),
  'SoD-4': model(
    'SoD-4',
    'Staff related to a party stay away from the case.',
    'من له صلة بطرف يبتعد عن القضية.',
  ),
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
