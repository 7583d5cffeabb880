// Texts as they are searched: forms of one Arabic letter, signs and digits are told apart by nobody.

/** Marks of vowels and of recitation, and the stroke that only makes a word longer. */
const LEFT_OUT = /[\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u0621]/g;
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['أ', 'ا'],
  ['إ', 'ا'],
  ['آ', 'ا'],
  ['ٱ', 'ا'],
  ['ى', 'ي'],
  ['ئ', 'ي'],
  ['ؤ', 'و'],
  ['ة', 'ه'],
]);
/** Where the digits of Arabic and of Persian begin. */
const ZEROS = [0x0660, 0x06f0] as const;

/** What two writings of one text have in common. */
export function searchText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[أإآٱىئؤة]/g, (letter) => LETTERS.get(letter) ?? letter)
    .replaceAll(LEFT_OUT, '')
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, asciiDigit)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - (code < ZEROS[1] ? ZEROS[0] : ZEROS[1]));
}
