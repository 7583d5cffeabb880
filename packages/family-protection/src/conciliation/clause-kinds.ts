// What a clause is: what the officer calls it, and what its words betray it to be.
import type { PolicyReader } from '@himaya/engine';
import { stands, vocabularyOf, wordsOf } from './word-patterns.ts';

/**
 * The kinds of a clause, out of those that a procedure knows. Its text is compared with patterns of
 * policy; the text itself is sealed and no rule ever sees it. A pattern can only add a kind, never
 * take away the one that was declared.
 */
export function clauseKinds<Kind extends string>(
  { kind, text }: { readonly kind: Kind; readonly text: string },
  known: readonly Kind[],
  policy: PolicyReader,
): Kind[] {
  const patterns = policy.value('clause.patterns') as Readonly<Record<string, readonly string[]>>;
  const vocabulary = vocabularyOf({
    fillers: policy.list('clause.fillers'),
    diversions: policy.list('clause.diversions'),
    negations: policy.list('clause.negations'),
  });
  const words = wordsOf(text, vocabulary);
  const found = known.filter((one) =>
    (patterns[one] ?? []).some((pattern) => stands(words, pattern, vocabulary)),
  );
  return [...new Set([kind, ...found])];
}
