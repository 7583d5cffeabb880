// A small language of word patterns, by which policy says which words betray what a clause is.

/** One place of a pattern: what may stand there, and how much may stand before it. */
interface Place {
  readonly words: readonly string[];
  /** Words that may stand before it. */
  readonly between: number;
  /** What stands between may not speak of something else. */
  readonly isWatched: boolean;
}

/** Words that the patterns are read with, as policy writes them. */
export interface VocabularyData {
  /** Words that change nothing and are passed over. */
  readonly fillers: readonly string[];
  /** Words that, standing in between, show that something else is spoken of. */
  readonly diversions: readonly string[];
  /** Patterns that turn what follows them into its opposite. */
  readonly negations: readonly string[];
}

/** The same, read once for all patterns. */
export interface Vocabulary {
  readonly fillers: ReadonlySet<string>;
  readonly diversions: readonly string[];
  readonly negations: readonly (readonly Place[])[];
}

const MARKS = /[\p{Mn}\u0640]/gu;
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
/** Letters that are written for one another, in haste or on another keyboard. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/[أإآٱ]/g, 'ا'],
  [/[ىی]/g, 'ي'],
  [/ک/g, 'ك'],
  [/ة/g, 'ه'],
  [/ؤ/g, 'و'],
  [/ئ/g, 'ي'],
];
const SENTENCE_END = /[.!?؟;؛\n]+/g;
/** What Arabic writes together with the word that follows: conjunctions, prepositions, persons. */
const ATTACHED = /^[وفبكلسايتنم]{0,4}$/;
const CONJUNCTION = /^[وفبل]$/;
const END = '.';

/** Text without case, vowel marks, tatweel and invisible characters, in one spelling. */
function plain(text: string): string {
  const bare = text.normalize('NFKC').toLowerCase().replace(MARKS, '').replace(INVISIBLE, '');
  const spelt = SPELLINGS.reduce((so, [letters, letter]) => so.replace(letters, letter), bare);
  return spelt.replace(/n['’‘`]t\b/g, ' not').replace(/\bcannot\b/g, 'can not');
}

/** Reads a vocabulary. */
export function vocabularyOf(data: VocabularyData): Vocabulary {
  return {
    fillers: new Set(data.fillers.map(plain)),
    diversions: data.diversions.map(plain),
    negations: data.negations.map(placesOf),
  };
}

/** The words of a text that matter, with a mark at the end of each sentence. */
export function wordsOf(text: string, { fillers }: Pick<Vocabulary, 'fillers'>): string[] {
  const isFiller = (word: string): boolean =>
    fillers.has(word) || (CONJUNCTION.test(word.slice(0, 1)) && fillers.has(word.slice(1)));
  const marked = plain(text).replace(SENTENCE_END, ` ${END} `);
  return marked.split(/[^\p{L}\p{N}.]+/u).filter((word) => word !== '' && !isFiller(word));
}

/**
 * Reads a pattern. `a|b` stands for every word that begins with one of these, in Arabic also after
 * what is attached in front; `=a` for exactly that word; `~3` before it for up to three words in
 * between, whichever, and `^3` for up to three that speak of nothing else.
 */
function placesOf(pattern: string): readonly Place[] {
  const places: Place[] = [];
  let gap = { between: 0, isWatched: false };
  for (const token of pattern.split(' ')) {
    const between = /^([~^])(\d)$/.exec(token);
    if (between) {
      gap = { between: Number(between[2]), isWatched: between[1] === '^' };
    } else {
      places.push({ words: token.split('|').map(plain), ...gap });
      gap = { between: 0, isWatched: false };
    }
  }
  if (gap.between > 0) places.push({ words: [], ...gap });
  return places;
}

function isMeant(word: string, stem: string): boolean {
  if (stem.startsWith('=')) {
    const [first = '', rest] = [word.slice(0, 1), word.slice(1)];
    return word === stem.slice(1) || (CONJUNCTION.test(first) && rest === stem.slice(1));
  }
  if (word.startsWith(stem)) return true;
  const at = word.indexOf(stem);
  return at > 0 && ATTACHED.test(word.slice(0, at));
}

/** The places where a pattern can end that continues at `from`: the index after its last word. */
function endsOf(
  words: readonly string[],
  from: number,
  [place, ...rest]: readonly Place[],
  vocabulary: Vocabulary,
): readonly number[] {
  if (!place) return [from];
  const ends: number[] = [];
  for (let index = from; index <= from + place.between; index += 1) {
    const word = words[index];
    if (place.words.length === 0) ends.push(index);
    else if (word !== undefined && place.words.some((stem) => isMeant(word, stem))) {
      ends.push(...endsOf(words, index + 1, rest, vocabulary));
    }
    if (word === undefined || word === END) break;
    if (place.isWatched && vocabulary.diversions.some((stem) => isMeant(word, stem))) break;
  }
  return ends;
}

/** Whether what begins at `start` is turned into its opposite by what stands right before it. */
function isTurned(words: readonly string[], start: number, vocabulary: Vocabulary): boolean {
  return vocabulary.negations.some((places) => {
    const reach = places.reduce((sum, { between }) => sum + between + 1, 0);
    for (let from = Math.max(0, start - reach); from < start; from += 1) {
      if (endsOf(words, from, places, vocabulary).includes(start)) return true;
    }
    return false;
  });
}

/** Whether a pattern stands in these words and nothing before it turns it into its opposite. */
export function stands(
  words: readonly string[],
  pattern: string,
  vocabulary: Vocabulary,
): boolean {
  const places = placesOf(pattern);
  return words.some(
    (_, start) =>
      endsOf(words, start, places, vocabulary).length > 0 &&
      !isTurned(words, start, vocabulary),
  );
}
