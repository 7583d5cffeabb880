// What rules rest on: the invariants of the office's model, each with its public source.
import type { Citation } from '@himaya/engine';

/** A place in the model of the office, and where it comes from. */
export const model = (what: string, en: string, ar: string, from = ''): Citation => ({
  source: `Model of the office, ${what}${from === '' ? '' : `; ${from}`}`,
  text: { en, ar },
});
const childJustice = 'Law 4/2021 on Restorative Justice for Children (S24)';

/** Invariants and separations of duties by name: such a name sorts refusals, too. */
export const invariants = {
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
} as const satisfies Readonly<Record<string, Citation>>;
