// The words of clauses: what nobody may give up is found in any dress, and honest clauses are left alone.
import { policyReader } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { policyBaseline } from '../src/index.ts';
import { clauseKinds } from '../src/conciliation/clause-kinds.ts';
import { clauseKind } from '../src/fields.ts';
import { hold, play, sign, upTo } from './alley.ts';

const policy = policyReader(policyBaseline);
const found = (text: string): readonly string[] =>
  clauseKinds({ kind: 'askFirst', text }, clauseKind.options, policy).slice(1);

const waivers: readonly string[] = [
  'يتنازل الطرف الأول نهائيًا وبلا رجعة عن حقه في الشكوى.',
  'يتنازل ب عن حقه القانوني في تقديم الشكوى',
  'يتنازل عن حقه في الشكوى',
  'تتنازل المشتكية طوعا عن كامل حقها في الشكوى',
  'ويتنازلون عن حقوقهم في التقدم بأي شكوى',
  'وبذلك يكون متنازلا عن حقه في الإبلاغ',
  'التَّنازُلُ عن حقِّ الإبلاغِ',
  'التنـــازل عن حـق الشكـوى',
  'التنازل عن حقه فى الشكوي',
  'تنازلا نهائيا عن البلاغ',
  'يتنازل الطرف الأول عن الشكوى المقدمة منه',
  'يتنازل عن الموقف وعن حقه في الشكوى',
  'عن حقه في الشكوى يتنازل أمامنا',
  'الشكوى المقدمة يتنازل عنها',
  'يسقط حقه في الشكوى إذا وقّع',
  'إسقاط حق الطرفين في تقديم بلاغ',
  'إسقاط البلاغ',
  'يتخلى عن حقه في اللجوء إلى الشرطة',
  'سحب البلاغ',
  'يسحب شكواه',
  'التراجع عن الشكوى',
  'يصرف النظر عن شكواه',
  'عدم الشكوى مستقبلا',
  'عدم تقديم أي شكوى',
  'يلتزم بعدم تقديم شكاوى',
  'يتعهد بألا يشتكي',
  'وأن لا يبلغ الشرطة عما حدث',
  'لا يبلغ عن أي مخالفة بعد اليوم',
  'لا يتقدم بشكوى ضد جاره',
  'لن يشتكي أحدهما على الآخر',
  'لا يحق له أن يشتكي',
  'لا يجوز له تقديم بلاغ',
  'ليس له الحق في الشكوى',
  'لا حق له في الشكوى',
  'عدم اللجوء إلى الشرطة',
  'عدم مراجعة مركز الشرطة',
  'ألا يلجأ إلى النيابة',
  'يمتنع عن تقديم الشكاوى',
  'يكف عن الشكوى',
  'عدم رفع دعوى',
  'Both agree to NOT report to the police again.',
  'A will not report to the police again.',
  'A won’t ever complain about B',
  'A shall never report him.',
  'B cannot file any further complaint.',
  'They will not call the police.',
  'A promises not to go to the police',
  'A waives the right to report.',
  'A freely waives, for himself and his family, all right to complain',
  'A gives up her right to complain to the police',
  'A relinquishes any right to go to the police',
  'The right to complain is hereby waived.',
  'A loses the right to report',
  'A withdraws the report',
  'A drops all complaints',
  'The complaint is withdrawn.',
  'A refrains from reporting',
  'A will abstain from further complaints',
  'They stop calling the police',
  'There will be no further complaints.',
  'Neither party will report the other.',
  'Neither of them calls the police',
  'They settle everything without involving the police.',
  'They keep the police out of it.',
  'She will say nothing to the police',
  'A will not press charges',
  'A is not allowed to report',
  'A has no right to complain.',
  'The police shall not be called.',
  'Reporting to the police is excluded.',
  'She won’t be complaining to anybody',
  'A lets nobody report and must not seek help from the police',
  'لا يطالب بحقه في الشكوى',
  'يحظر عليه تقديم شكوى',
  'يلغي حقه في الإبلاغ',
  'يبرئ ذمته ويسقط شكواه',
  'بدون اللجوء إلى الشرطة',
  'لا تتصل بالشرطة',
];

const harmless: readonly string[] = [
  'لا يقف أحد أمام باب جاره.',
  'لا يمنع هذا الاتفاق أحدا من تقديم شكوى.',
  'لا يسقط حق أحد في الشكوى.',
  'لا يتنازل أحد عن حقه في الشكوى',
  'دون التنازل عن حق الشكوى',
  'ولا يعد هذا الاتفاق تنازلا عن حق الشكوى',
  'يحق لكل طرف تقديم شكوى عند التكرار.',
  'لا يجوز منع أحد من الشكوى',
  'يتنازل ب عن الموقف الأمامي لجاره.',
  'يتنازل ب عن الموقف الأمامي وتغلق الشكوى بعد المتابعة.',
  'سحب السيارة خلال ساعة من الطلب',
  'تسحب المركبة المهملة قبل نهاية الشهر',
  'يبلغ الجار جاره قبل وصول الضيوف.',
  'لا يتجاوز المبلغ عشرة دنانير',
  'لا يبلغ ارتفاع السياج مترين',
  'عدم الوقوف في نهاية الزقاق',
  'يلتزم ب بعدم إزعاج جيرانه ليلا',
  'عدم إيقاف الشاحنة ليلا أمام البيت',
  'تشترط الموافقة قبل إيقاف سيارة الضيف.',
  'Nobody stands in the turning place.',
  'B will not park before the house, and A will report damage to the landlord.',
  'Nothing in this agreement waives the right to report.',
  'No party waives the right to complain.',
  'This is not a waiver of the right to report.',
  'Everyone keeps the right to call the police.',
  'This does not affect the right to report.',
  'No one is prevented from reporting.',
  'Without prejudice to the right to report',
  'B gives up the bay next to the gate.',
  'B waives the fee for the bay. Damage is reported to the owner.',
  'They call each other before a car is towed.',
  'B does not leave the engine running.',
  'B notes the plate of cars that stand there.',
  'A and B tell each other when guests come.',
  'A keeps the right to report and waives only the fee',
  'B parks behind the border police post.',
  'B waives all claims for the scratch. Complaints go to the owner.',
  'If B does not comply, A may file a complaint',
  'If the damage is not reported, B repairs it when asked.',
  'B does not block the entrance of the police station',
  'إذا لم يتقدم أحد بشكوى خلال شهر انتهت المتابعة',
  'في حالة عدم الوفاء ترفع الشكوى إلى البلدية',
  'لا شيء في هذا الاتفاق يمنع من الشكوى',
  'يحظر وقوف الشاحنات، وتبلغ الشرطة بالمخالفات',
  'لا تغلق سيارة ب مدخل مركز الشرطة',
];

describe('the words of a clause', () => {
  test.each(waivers)('%s › gives up what nobody can give up', (text) => {
    expect(found(text)).toContain('waiverOfReporting');
  });

  test.each(harmless)('%s › is harmless', (text) => {
    expect(found(text)).toEqual([]);
  });

  test.each([
    ['يودع المبلغ أمانةً لدى المكتب حتى نهاية الشهر', 'moneyHeldByPolice'],
    ['A deposit is held by the police until June.', 'moneyHeldByPolice'],
    ['تأمر الشرطة ب بدفع مئة دينار', 'paymentOrderedByPolice'],
    ['B pays because the police order it', 'paymentOrderedByPolice'],
    ['تنتقل حضانة الأطفال إلى الأب', 'custodyChange'],
    ['Custody of the children goes to the father', 'custodyChange'],
    ['تلتزم بالعودة إلى بيت الزوجية', 'obligationToCohabit'],
    ['ترجع الزوجة الى البيت الزوجيه', 'obligationToCohabit'],
    ['She returns to the marital home', 'obligationToCohabit'],
    ['They live together again', 'obligationToCohabit'],
  ])('%s › is %s', (text, kind) => {
    expect(found(text)).toContain(kind);
  });

  test('a long text › is read in no time', () => {
    const long = 'يتنازل عن حق '.repeat(300);
    expect(found(long.slice(0, 4_000))).toEqual([]);
  });

  test('a waiver › in an agreement › is refused', async () => {
    const text = 'يتنازل الطرف الأول، أمام الحاضرين، عن كامل حقه في الشكوى';
    const steps = [...upTo.scheduled, hold('A', 'B')];
    const signed = sign(['A', 'B'], { clauseId: 'c1', kind: 'askFirst', text });
    expect((await play([...steps, signed])).codes).toEqual(['SETTLEMENT_CLAUSE_FORBIDDEN']);
  });
});
