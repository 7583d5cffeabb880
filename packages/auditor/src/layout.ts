// Text on a terminal: how wide it is, where it breaks, and how two directions stand side by side.

/** Right-to-left letters: Hebrew, Arabic and their presentation forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
// oxlint-disable-next-line no-control-regex -- colours are control characters
const COLOUR = /\u001b\[[0-9;]*m/g;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
const TWO_WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}]/u;
/** First Strong Isolate and Pop Directional Isolate: what stands between does not reorder the rest. */
const ISOLATE = '\u2068';
const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const POP = '\u2069';
const BEGINS_LEFT_TO_RIGHT = /^[^\p{L}\d]*[A-Za-z\d]/u;

/** Columns that a text takes on a terminal. Vowel marks and colours take none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text.replaceAll(COLOUR, '')) {
    if (!NO_WIDTH.test(character)) width += TWO_WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/**
 * What reads from left to right inside Arabic: an instant, a name, an id, a number, without the
 * punctuation around it. After an Arabic letter a terminal would turn `2027-05-09` around.
 */
const LEFT_TO_RIGHT_RUN =
  /\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d|[A-Za-z\d«](?:[\x21-\x7e«»×]*[A-Za-z\d»])?/g;

/**
 * The text kept to its own direction, where it holds right-to-left letters, with each
 * left-to-right run in it kept together. A line that begins with a time or a name runs from left to
 * right as its neighbours do, so that columns stay columns.
 */
export function isolated(text: string): string {
  if (!RIGHT_TO_LEFT.test(text)) return text;
  const isolates = (part: string): string =>
    part.replaceAll(LEFT_TO_RIGHT_RUN, (run) => `${LEFT_TO_RIGHT_ISOLATE}${run}${POP}`);
  const parts = text.split(COLOUR);
  const colours = text.match(COLOUR) ?? [];
  const inner = parts.map((part, index) => `${isolates(part)}${colours[index] ?? ''}`).join('');
  const outer = BEGINS_LEFT_TO_RIGHT.test(parts.join('')) ? LEFT_TO_RIGHT_ISOLATE : ISOLATE;
  return `${outer}${inner}${POP}`;
}

/** A text broken at spaces into lines of at most `columns`; a longer word has a line of its own. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Items side by side in lines of at most `columns`; an item is not broken. */
export function packed(
  items: readonly string[],
  separator: string,
  columns: number,
): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const longer = `${lines.at(-1)}${separator}${item}`;
    if (lines.length > 0 && widthOf(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines;
}

/** What stands between two places where JSON may be broken: never inside a text. */
const JSON_PIECE = /(?:"(?:[^"\\]|\\.)*"|[^",])+,?|,/g;

/** JSON in lines of at most `columns`, broken behind commas; a longer piece stays whole. */
export function jsonLines(value: unknown, columns: number): readonly string[] {
  return packed(JSON.stringify(value).match(JSON_PIECE) ?? [], '', columns);
}

/**
 * A text wrapped to `columns` and indented by `indent` spaces beside its own; the lines after the
 * first one hang by two more.
 */
export function hanging(text: string, columns: number, indent: number): readonly string[] {
  const words = text.trimStart();
  const margin = ' '.repeat(indent + text.length - words.length);
  return wrapped(words, Math.max(20, columns - margin.length - 2)).map((line, index) =>
    line === '' ? '' : `${margin}${index === 0 ? '' : '  '}${line}`,
  );
}
