// Which words betray a clause that no agreement may contain, as policy values.
import type { PolicyValue } from '@himaya/engine';

/**
 * Patterns are read word by word. `a|b`: a word that begins with one of these, in Arabic also after
 * what is attached in front of it; `=a`: exactly that word; `~3`: up to three words may stand in
 * between; `^3`: the same, unless one of them is a diversion. Spelling, vowel marks and case do not
 * matter, fillers are passed over, and a negation right before a pattern turns it.
 */
const reports = 'شكو|شكاو|شكاي|شتك|بلاغ|تبليغ|دعوي|دعاو|ادعا';
const bodies = 'شرطه|نيابه|مخفر|سلطات|=الامن';
const not = '=لا|=لن|=لم|=الا|=عدم|=دون|=بدون';
const waive = 'waiv|relinquish|renounc|forgo|forego|forfeit|surrender|abandon';
const complain = '=report|=reports|=reporting|complain|grievance';
const police = 'police|authorit|prosecut|station';

const waiver: readonly string[] = [
  `تنازل|تخلي|اسقاط|اسقط|يسقط|تسقط|سقوط ~9 حق|حقوق ~1 ${reports}`,
  `تنازل|تخلي|اسقاط|اسقط|يسقط|تسقط|سقوط ~9 حق|حقوق قانوني ~1 ${reports}`,
  `تنازل|تخلي|اسقاط|اسقط|يسقط|تسقط ~9 حق|حقوق ~2 ${bodies}`,
  `تنازل|تخلي|اسقاط|اسقط|تراجع ^4 ${reports}`,
  `يسقط|تسقط|يلغي|الغا ^1 ${reports}`,
  `يلغي|الغا|يفقد|تفقد ^3 حق|حقوق ~1 ${reports}`,
  `ممنوع|يمنع|تمنع|يحظر|تحظر|محظور|يحرم ^2 ${reports}|${bodies}`,
  `${not} يطالب|تطالب|مطالب ^1 حق|حقوق ~1 ${reports}`,
  `سحب|يسحب|تسحب ^1 ${reports}|محضر`,
  `تنازل ^1 محضر`,
  `صرف نظر ^2 ${reports}`,
  `حق|حقوق ~1 ${reports} ^4 تنازل|ساقط|يسقط|سقط|لاغ`,
  `${reports} ^3 تنازل عنه|عنهم|عنهما`,
  `${not} شكو|شكاو|شكاي|شتك|بلاغ|تبليغ`,
  `${not} يحق|يجوز|يمكن|حق ^3 ${reports}`,
  `${not} تقديم|يقدم|تقدم|رفع|يرفع|ترفع|تحرير|يحرر|فتح|يفتح|تسجيل|يسجل ^2 ${reports}`,
  `${not} لجو|يلج|تلج|توجه|ذهاب|يذهب|يراجع|مراجع|اتصال|يتصل|تتصل|استدع|يستدع|اخطار|يخطر ^2 ${bodies}`,
  `${not} يبلغ|تبلغ|نبلغ|ابلغ ^3 ${bodies}|=عنه|=عنها|مخالف|حادث|واقع|تكرار`,
  `امتناع|يمتنع|تمتنع|=يكف|=تكف|=الكف|توقف|يتوقف|تجنب|يتجنب ^1 ${reports}`,
  `ليس|ليست ^2 حق ~1 ${reports}`,
  `${waive} ~6 right|entitlement ~2 ${complain}|${police}`,
  `${waive} ^3 ${complain}`,
  `giv|gave|sign|signs up|away ~4 right ~2 ${complain}|${police}`,
  `giv|gave up ^1 ${complain}`,
  `lose|loses|lost ~1 right ~2 ${complain}|${police}`,
  `right ~2 ${complain}|${police} ^2 =is|=are|=be|shall|will ^1 waived|renounced|forfeited|lost`,
  `right ~2 ${complain}|${police} ^1 lapses|ends|ceases`,
  `let go ~3 right ~2 ${complain}|${police}`,
  `=no right ^2 ${complain}|${police}`,
  `withdraw|drop|retract|rescind|cancel ^2 ${complain}|charge|=case`,
  `${complain}|charge ^3 withdrawn|dropped|retracted|cancelled`,
  `=not|=never ${complain}`,
  `=not|=never =be|allowed|permitted|entitled ^1 ${complain}`,
  `${complain}|police ~2 excluded|forbidden|prohibited|barred`,
  `${complain} ~2 =not allowed|permitted|possible`,
  `${police} ~2 =not ~1 called|informed|told|involved|contacted|notified`,
  `barred|banned|forbidden|prohibited|declin ^1 ${complain}`,
  `silent|silence|quiet ~2 ${police}`,
  `=not|=never file|lodge|mak|bring|submit|rais|register|open|pursu|press ^2 ${complain}|charge`,
  `=not|=never call|contact|phon|inform|tell|notif|involv|alert|go|turn|seek ^2 ${police}`,
  `refrain|abstain|desist|cease|stop|avoid ^1 ${complain}`,
  `refrain|abstain|desist|cease|stop|avoid call|contact|involv|go|inform ^1 ${police}`,
  `=no ${complain}`,
  `=neither|=nor|=nobody|=none ^4 ${complain}`,
  `=no =one|party|side|neighbour|signer ^2 ${complain}`,
  `=no =one|party|side|neighbour|signer ^2 call|contact|involv|go|inform|tell ^1 ${police}`,
  `=neither|=nor|=nobody|=none ^3 call|contact|involv|go|inform|tell ^1 ${police}`,
  `=without|=instead ^1 police|${complain}`,
  'keep police out',
  `nothing ^1 police|authorit`,
];

const money: readonly string[] = [
  'held|deposited|deposit|entrusted ^2 police|office|station',
  'money|amount|sum|dinar|cash ^3 held|kept|deposited ^2 police|office|station',
  'يودع|تودع|اودع|ايداع ^4 شرطه|مكتب|مركز',
  'امانه|وديعه ^2 شرطه|مكتب|مركز',
];

const orders = ['police order|instruct', 'order ^1 police', '=بامر|تامر|يامر شرطه|مكتب'];

const cohabitation: readonly string[] = [
  'return|go|com|mov ^2 marital|matrimonial',
  'liv|resid ^2 together',
  'cohabit',
  'عود|رجوع|يعود|تعود|يرجع|ترجع ^2 زوجيه',
  'معيشه ^1 مشترك|معا',
  'يعيش|تعيش|عيش ^2 معا|سويا',
];

const list = (value: readonly string[], en: string, ar: string): PolicyValue => ({
  value: [...value],
  unit: 'list',
  direction: 'fixed',
  citation: null,
  title: { en, ar },
});
const words = (text: string): readonly string[] => text.split(' ');

/** The patterns, and the words that they are read with. */
export const clauseValues: Readonly<Record<string, PolicyValue>> = {
  'clause.patterns': {
    value: {
      waiverOfReporting: [...waiver],
      moneyHeldByPolice: [...money],
      paymentOrderedByPolice: [...orders],
      custodyChange: ['custody', 'حضان'],
      divorceDecided: ['divorc', 'طلاق|تطليق|=خلع|=الخلع'],
      maintenanceDecided: ['alimony', 'maintenance ^3 paid|pay|amount|month', 'نفقه'],
      obligationToCohabit: [...cohabitation],
    },
    unit: 'table',
    direction: 'supersetOnly',
    citation: null,
    title: { en: 'Word patterns that betray a forbidden clause', ar: 'أنماط تدل على بند محظور' },
  },
  'clause.fillers': list(
    [
      ...words('the a an to of from for in on at by with about against any all this that these'),
      ...words('his her their our your its s ever again also future further more other another'),
      ...words('hereby freely voluntarily permanently forever himself herself themselves'),
      ...words('ان اي ايه في عن الي علي من هذا هذه ضد ابدا مره اخري بعد قد كل كافه جميع'),
      ...words('مستقبلا نهائيا المستقبل اليوم الان'),
    ],
    'Words that are passed over',
    'كلمات لا أثر لها',
  ),
  'clause.diversions': list(
    [
      ...words('bay bays space place spot parking garage car vehicle key fee payment right'),
      ...words('waiv prevent stop limit bar restrict affect hinder not no never nobody nothing'),
      ...words('موقف مواقف مكان سياره مركبه كراج مفتاح رسوم'),
      ...words('منع يمنع تمنع حرم يحرم قيد يقيد مس يمس'),
    ],
    'Words that show something else is meant',
    'كلمات تدل على معنى آخر',
  ),
  'clause.negations': list(
    [
      '=not',
      '=never',
      '=no ~1',
      '=nobody',
      '=neither ~1',
      '=none',
      '=without',
      '=nothing ~2',
      '=not amount|constitut|mean|impl|be|consider ~1',
      '=لا',
      '=لم',
      '=لن',
      '=دون',
      '=بدون',
      '=ليس',
      '=if',
      '=اذا',
      '=لا شي ~2',
      '=لا يعد|يعتبر|يشكل|يعني|يفسر ~2',
    ],
    'What turns a waiver into its opposite',
    'ما يقلب التنازل إلى ضده',
  ),
};
