// The rules of a case type as a picture lists them: each once, and for each event which of them.
import { rulesOf, type AnyRule, type CaseType } from '@himaya/engine';
import { labelOf } from '../definitions.ts';
import type { Speech } from '../words.ts';

/** An event with rules that it must satisfy in every state, and the number it is listed under. */
export interface RuledEvent {
  readonly type: string;
  readonly number: number;
  readonly rules: readonly AnyRule[];
}

/** Events with such rules, numbered in the order in which the case type lists events. */
export function ruledEvents({ events, requires }: CaseType): readonly RuledEvent[] {
  return Object.keys(events)
    .map((type) => ({ type, rules: rulesOf(requires[type]) }))
    .filter(({ rules }) => rules.length > 0)
    .map((one, index) => ({ ...one, number: index + 1 }));
}

/** `§3 Case closed: 1, 4` for each event with rules, and `4. text (CODE)` for each rule. */
export function ruleNotes(
  caseType: CaseType,
  speech: Speech,
): { readonly events: readonly string[]; readonly rules: readonly string[] } {
  const { pick, comma } = speech;
  const ruled = ruledEvents(caseType);
  const say = ({ text, code }: AnyRule): string => `${pick(text)} (${code})`;
  // Rules of one code may say different things: one that says the same is the same to a reader.
  const said = [...new Set(ruled.flatMap(({ rules }) => rules.map(say)))];
  const numbers = new Map(said.map((text, index) => [text, index + 1]));
  return {
    rules: said.map((text, index) => `${index + 1}. ${text}`),
    events: ruled.map(({ type, number, rules }) => {
      const asked = rules.map((rule) => numbers.get(say(rule))).join(comma);
      return `§${number} ${labelOf(caseType.labels.events, type, speech)}: ${asked}`;
    }),
  };
}
