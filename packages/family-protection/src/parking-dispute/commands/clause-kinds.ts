// What a clause is: what the officer calls it, and what its words betray it to be.
import type { PolicyReader } from '@himaya/engine';
import { clauseKind } from '../fields.ts';
import type { z } from 'zod';

type ClauseKind = z.output<typeof clauseKind>;

/**
 * The kinds of a clause. Its text is compared with phrases of policy; the text itself is sealed and
 * no rule ever sees it. A phrase can only add a kind, never take away the one that was declared.
 */
export function clauseKinds(
  declared: ClauseKind,
  text: string,
  policy: PolicyReader,
): ClauseKind[] {
  const phrases = policy.value('clause.phrases') as Readonly<Record<string, readonly string[]>>;
  const words = plain(text);
  const found = clauseKind.options.filter((kind) =>
    (phrases[kind] ?? []).some((phrase) => words.includes(plain(phrase))),
  );
  return [...new Set([declared, ...found])];
}

/** Text without case, Arabic vowel marks and tatweel, and with alef written one way. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u064B-\u0652\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/\s+/g, ' ');
}
