// How much room a text takes, without a browser: never less than it does, so that nothing overlaps.

/** Lines of text with the room they take. */
export interface SizedText {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** How a text is set, in pixels. */
export interface TextStyle {
  readonly size: number;
  readonly isBold: boolean;
}

/** From one line of a text to the next, in sizes of its type. */
export const LINE_HEIGHT = 1.35;
const BOLD = 1.16;
/** Of a letter that no table knows, an ideograph for one. */
const UNKNOWN = 1.1;

/** Marks and controls stand on or between letters and take no room. */
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
const ARABIC = /\p{Script=Arabic}/u;
/** What the letter before it reaches over to; the hamza alone stands apart. */
const JOINS = /[\u0622-\u063f\u0641-\u064a]/;

// In sizes of the type: the widest of the faces that a machine is likely to have (decision 0181).
const LATIN: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[ ijlI.,:;'·\u060c\u061b]/, 0.36],
  [/[frt()[\]/\\!"-]/, 0.44],
  [/[cksvxyz?_|`*§]/, 0.61],
  [/[#<>=+^~w]/, 0.86],
  [/[EFLPSTYa-ln-z0-9«»•{}$]/, 0.65],
  [/[A-LN-VX-Z&]/, 0.8],
  [/[mMW@%—…⏱]/, 1.02],
  [/[\u00c0-\u024f]/, 0.85],
];
// Arabic letters are narrow where the next one joins them, and wide where they end a word.
const LETTERS: readonly (readonly [characters: RegExp, joined: number, end: number])[] = [
  [/[\u0622\u0623\u0625\u0627]/, 0.32, 0.32],
  [/[\u0628\u062a\u062b]/, 0.4, 1.12],
  [/[\u0646\u0644]/, 0.36, 0.79],
  [/[\u0626\u0649\u064a]/, 0.4, 0.86],
  [/[\u0641]/, 0.54, 1.12],
  [/[\u0642\u0643]/, 0.57, 0.95],
  [/[\u0633\u0634]/, 0.92, 1.3],
  [/[\u0635\u0636]/, 0.98, 1.38],
  [/[\u0637\u0638]/, 0.85, 0.98],
  [/[\u0621\u0624\u0629\u062f-\u0632\u0648]/, 0.58, 0.58],
  [/[\u062c-\u062e\u0639\u063a\u0645\u0647]/, 0.7, 0.7],
];

/** Room that one line takes from side to side. */
export function textWidth(text: string, { size, isBold }: TextStyle): number {
  const characters = [...text].filter((character) => !NO_WIDTH.test(character));
  const width = characters.reduce((sum, character, index) => {
    return sum + widthOf(character, characters[index + 1] ?? '');
  }, 0);
  return Math.ceil(width * size * (isBold ? BOLD : 1));
}

function widthOf(character: string, next: string): number {
  if (!ARABIC.test(character)) {
    return LATIN.find(([characters]) => characters.test(character))?.[1] ?? UNKNOWN;
  }
  const letter = LETTERS.find(([characters]) => characters.test(character));
  if (!letter) return UNKNOWN;
  return JOINS.test(next) ? letter[1] : letter[2];
}

/** A text in lines of at most `widthMax`; a longer word is broken where the line ends. */
export function setText(text: string, style: TextStyle, widthMax: number): SizedText {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const pieces = piecesOf(word, style, widthMax);
    for (const [at, piece] of pieces.entries()) {
      const longer = at === 0 && line !== '' ? `${line} ${piece}` : piece;
      if (line !== '' && (at > 0 || textWidth(longer, style) > widthMax)) {
        lines.push(line);
        line = piece;
      } else line = longer;
    }
  }
  return sized([...lines, ...(line === '' ? [] : [line])], style);
}

/** Texts below each other. */
export function stacked(texts: readonly SizedText[]): SizedText {
  return {
    lines: texts.flatMap(({ lines }) => lines),
    width: Math.max(0, ...texts.map(({ width }) => width)),
    height: texts.reduce((height, text) => height + text.height, 0),
  };
}

function sized(lines: readonly string[], style: TextStyle): SizedText {
  const width = Math.max(0, ...lines.map((line) => textWidth(line, style)));
  return { lines, width, height: Math.ceil(lines.length * style.size * LINE_HEIGHT) };
}

function piecesOf(word: string, style: TextStyle, widthMax: number): readonly string[] {
  if (textWidth(word, style) <= widthMax) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && textWidth(piece + character, style) > widthMax) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
