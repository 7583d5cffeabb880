// "Did you mean": the known word that is closest to a misspelt one.
import type { Text } from '@himaya/engine';
import { both } from './mistake.ts';

/** Edits that a misspelling may be away, for a word of this length. */
function editsMax(length: number): number {
  return length <= 4 ? 1 : Math.min(4, Math.floor(length / 3));
}

/** Letters and digits alone, small: what people mean when they write `Close case`. */
function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The word among `known` that `word` most likely stands for, if any is close enough. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const words = [...known];
  const same = words.filter((candidate) => bare(candidate) === bare(word));
  // A state is a path and a case type has a version: people write the part that they remember.
  const partly = words.filter((candidate) => candidate.split(/[.@]/).includes(word));
  const [only] = same.length > 0 ? same : partly;
  if (only !== undefined && (same.length > 0 || partly.length === 1)) return only;
  let best: string | undefined;
  let bestEdits = editsMax(word.length) + 1;
  for (const candidate of words) {
    const edits = editsBetween(word, candidate, bestEdits);
    if (edits < bestEdits) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** `did you mean "…"?`, where anything is close enough. */
export function didYouMean(word: string, known: Iterable<string>): Text | undefined {
  const found = nearest(word, known);
  if (found === undefined || found === word) return undefined;
  return both(`did you mean "${found}"?`, `هل تقصد "${found}"؟`);
}

/** Insertions, deletions, changes and swaps of neighbours; gives up at `limit`. */
function editsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (last[column - 1] as number) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        edits = Math.min(edits, (beforeLast[column - 2] as number) + 1);
      }
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] as number;
}
