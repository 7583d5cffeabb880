// What is said of a text that is no well-formed YAML, in both languages.
import type { Text } from '@himaya/engine';
import { both, mistake } from './mistake.ts';

const SCENARIO = both('a scenario', 'سيناريو');
const SPACES = both('spaces at the start of the line', 'مسافات في أول السطر');
const QUOTES = both('put the text in quotes', 'ضع النص بين علامتي تنصيص');
const REMOVE = both('remove it', 'احذفه');
const OTHER_COLUMN = both('it in another column', 'أنه في عمود آخر');

/** Faults that are said the same wherever they stand. */
export const FORM = {
  badDirective: mistake(
    SCENARIO,
    both('a line that begins with %', 'سطر يبدأ بالعلامة %'),
    REMOVE,
  ),
  badEscape: mistake(
    both('text in quotes', 'نص بين علامتي تنصيص'),
    both('a \\ in it that means nothing', 'علامة \\ فيه لا معنى لها'),
    both('write \\\\', 'اكتب \\\\'),
  ),
  elsewhere: mistake(
    both('this line to begin under the keys above it', 'أن يبدأ هذا السطر تحت المفاتيح التي فوقه'),
    OTHER_COLUMN,
  ),
  emptyFile: mistake(SCENARIO, both('an empty file', 'ملف فارغ')),
  innerColon: mistake(
    both('one value in { } or [ ]', 'قيمة واحدة داخل { } أو [ ]'),
    both('a second ": "', 'علامة ": " ثانية'),
    QUOTES,
  ),
  keyTwice: mistake(
    both('each key once', 'كل مفتاح مرة واحدة'),
    both('this one again in the same place', 'هذا المفتاح مرة أخرى في المكان نفسه'),
    both('remove one', 'احذف أحدهما'),
  ),
  merge: mistake(
    both('every field written out', 'كل حقل مكتوب بنفسه'),
    '"<<"',
    both('a scenario merges no fields', 'السيناريو لا يدمج حقولا'),
  ),
  nests: mistake(
    SCENARIO,
    both('brackets or lines that nest without end', 'أقواس أو أسطر متداخلة بلا نهاية'),
  ),
  noColon: mistake(
    both('"key: value" (a colon and a space)', '"key: value" (نقطتان ثم مسافة)'),
    both('a line without', 'سطر بلا ذلك'),
    both('add it', 'أضفهما'),
  ),
  nothingMore: mistake(
    both('nothing more here', 'ألا يوجد المزيد هنا'),
    undefined,
    both(
      'put the text in quotes, or check the indentation',
      'ضع النص بين علامتي تنصيص، أو راجع إزاحة السطر',
    ),
  ),
  oldLineEnds: mistake(
    both('lines that end with a line feed', 'أسطر تنتهي بعلامة سطر جديد'),
    both('old Mac line ends', 'نهايات أسطر قديمة'),
  ),
  otherDash: mistake(
    both(
      'this "-" to stand under the dashes above it',
      'أن تكون العلامة "-" تحت مثيلاتها في الأعلى',
    ),
    both('it in another column', 'أنها في عمود آخر'),
  ),
  outerColon: mistake(
    both('one value', 'قيمة واحدة'),
    both('a second ": " in it', 'علامة ": " ثانية فيها'),
    QUOTES,
  ),
  stepEndsEarly: mistake(
    both(
      '"- " or a line that stands under the keys of the step above',
      '"- " أو سطر تحت مفاتيح الخطوة التي فوقه',
    ),
    both('neither', 'غير ذلك'),
  ),
  tag: mistake(
    both('plain values', 'قيم بسيطة'),
    both('a tag (!)', 'وسم (!)'),
    both('remove it, or put the text in quotes', 'احذفه، أو ضع النص بين علامتي تنصيص'),
  ),
  tooFarRight: mistake(
    both('this line to begin under the one above', 'أن يبدأ هذا السطر تحت الذي فوقه'),
    both('it further to the right', 'أنه متقدم عنه'),
  ),
  twoDocuments: mistake(
    both('one scenario in a file', 'سيناريو واحد في الملف'),
    both('a second after ---', 'سيناريو ثان بعد ---'),
    both('give it its own file', 'ضعه في ملف مستقل'),
  ),
} as const satisfies Readonly<Record<string, Text>>;

/** A character that nobody sees. */
export function invisible(code: string): Text {
  const found = both(`an invisible character (U+${code})`, `حرف لا يرى (U+${code})`);
  return mistake(both('text', 'نص'), found, REMOVE);
}

/** What stands where a line may only have spaces. */
export function noSpaces(isTab: boolean): Text {
  const found = isTab
    ? both('a tab', 'علامة جدولة (tab)')
    : both('a space of another kind', 'مسافة من نوع آخر');
  return mistake(SPACES, found, both('type spaces instead', 'اكتب مسافات بدلا منها'));
}

/** An alias of nothing. */
export function noAnchor(name: string): Text {
  return mistake(
    both(`a name given by &${name} above`, `اسم يعرفه &${name} في الأعلى`),
    both('none', 'لا شيء'),
    both('write the value out', 'اكتب القيمة كاملة'),
  );
}

/** A character with which no text begins unless it is quoted. */
export function reserved(character: string): Text {
  return mistake(both('a text that begins otherwise', 'نص يبدأ بغير ذلك'), character, QUOTES);
}

/** A bracket or quote without an end. */
export function unclosed(open: string, close: string): Text {
  return mistake(
    both(`a ${close} that closes this ${open}`, `العلامة ${close} لإغلاق ${open}`),
    both('none', 'لا شيء'),
  );
}

/** Whatever else the parser says. */
export function noYaml(message: string): Text {
  const found = `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  return mistake('YAML', both(found, 'صيغة أخرى'));
}
