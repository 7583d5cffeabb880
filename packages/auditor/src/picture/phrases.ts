// What stands between the names in a picture of a chart, in both languages.
import type { ChartPhrases } from '@himaya/statechart';
import type { Language } from '../language.ts';

/** The phrases of charts. */
export const CHART_PHRASES: Readonly<Record<Language, ChartPhrases>> = {
  en: {
    and: 'and',
    or: 'or',
    not: 'not',
    inState: 'in state',
    condition: 'condition',
    otherwise: 'otherwise',
    always: 'by itself',
    done: 'when all in it has ended',
    after: '⏱ due:',
    anyEvent: 'any event',
    anyState: 'any state',
    anyOtherState: 'any other state',
    fromStates: 'from:',
    again: 'begins again',
    ignored: 'not passed on',
    causes: 'causes',
  },
  ar: {
    and: 'و',
    or: 'أو',
    not: 'ليس',
    inState: 'في حالة',
    condition: 'بشرط',
    otherwise: 'فيما عدا ذلك',
    always: 'تلقائيا',
    done: 'عند انتهاء كل ما فيها',
    after: '⏱ يحل:',
    anyEvent: 'أي حدث',
    anyState: 'أي حالة',
    anyOtherState: 'أي حالة أخرى',
    fromStates: 'من:',
    again: 'تبدأ من جديد',
    ignored: 'لا يمرر',
    causes: 'يترتب عليه',
  },
};

const words = {
  events: [
    'Rules that each event must satisfy, whatever the state',
    'قواعد يلزم أن يستوفيها كل حدث أيا كانت الحالة',
  ],
  rules: ['The rules', 'القواعد'],
  key: ['How to read it', 'كيف تقرأ'],
  keyBody: [
    '● a state begins here · double border: it has ended · dashed border: regions that go on ' +
      'side by side · dotted border: the arrow leaves several states · • happens without ' +
      'leaving the state, or one of several ways along an arrow · [ ] on this condition · ' +
      '⏱ when a deadline is reached · § number of the rules below',
    '● بداية · إطار مزدوج: حالة منتهية · إطار متقطع: أجزاء تسير معا · ' +
      'إطار منقط: السهم يخرج من عدة حالات · • يقع دون مغادرة الحالة، أو أحد أسباب السهم · ' +
      '[ ] بهذا الشرط · ⏱ عند حلول مهلة · § رقم القواعد أدناه',
  ],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** Says one of the picture's own words. */
export function pictureWord(word: keyof typeof words, language: Language): string {
  return words[word][language === 'en' ? 0 : 1];
}
