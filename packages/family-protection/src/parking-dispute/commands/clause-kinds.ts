// What a clause is: what the officer calls it, and what its words betray it to be.
import type { PolicyReader } from '@himaya/engine';
import { clauseKind } from '../../fields.ts';
import type { z } from 'zod';
import { stands, vocabularyOf, wordsOf } from './word-patterns.ts';

type ClauseKind = z.output<typeof clauseKind>;

/**
 * The kinds of a clause. Its text is compared with patterns of policy; the text itself is sealed and
 * no rule ever sees it. A pattern can only add a kind, never take away the one that was declared.
 */
export function clauseKinds(
  declared: ClauseKind,
  text: string,
  policy: PolicyReader,
): ClauseKind[] {
  const patterns = policy.value('clause.patterns') as Readonly<Record<string, readonly string[]>>;
  const vocabulary = vocabularyOf({
    fillers: policy.list('clause.fillers'),
    diversions: policy.list('clause.diversions'),
    negations: policy.list('clause.negations'),
  });
  const words = wordsOf(text, vocabulary);
  const found = clauseKind.options.filter((kind) =>
    (patterns[kind] ?? []).some((pattern) => stands(words, pattern, vocabulary)),
  );
  return [...new Set([declared, ...found])];
}
