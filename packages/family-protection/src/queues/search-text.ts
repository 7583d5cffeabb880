// Texts as they are searched: forms of one Arabic letter, signs and digits are told apart by nobody,
// and what stands within a word is found by an index as if a word began there.

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

/** Characters of a tail that an index tells apart; who looks for more is asked again by the case. */
const TAIL_MAX = 16;

/** Where each word of a searched text could be entered: all its tails, as far as an index has them. */
export function tailsOf(text: string): readonly string[] {
  const tails = text.split(/\s/).flatMap((word) => {
    const letters = [...word];
    return letters.map((_, at) => letters.slice(at, at + TAIL_MAX).join(''));
  });
  return [...new Set(tails)];
}

/** What the tails of a text that holds `wanted` begin with: its longest word. */
export function tailStart(wanted: string): string {
  const [longest = ''] = wanted.split(' ').toSorted((a, b) => b.length - a.length);
  return [...longest].slice(0, TAIL_MAX).join('');
}
