// Reading the text of the author's functions for what none of them may touch: actors, clock, chance.
import type { Problems } from './problems.ts';

const USE_INSTANT = 'Take the instant from the event: occurredAt or recordedAt.';

const FORBIDDEN: readonly (readonly [found: RegExp, feature: string, cure: string])[] = [
  [/\bDate\s*(?:\.\s*now\b|\(\s*\))|\bnew\s+Date\b(?!\s*\()/, 'a clock', USE_INSTANT],
  [/\b(?:performance\s*\.\s*now|Temporal\s*\.\s*Now|hrtime)\b/, 'a clock', USE_INSTANT],
  [
    /\bMath\s*\.\s*random\b|\b(?:randomUUID|randomBytes|randomInt|getRandomValues)\b/,
    'randomness',
    'Let ids and numbers arrive in the event or in the input.',
  ],
];

const ACTOR = new Set(['self', 'system', 'spawn']);

/**
 * Refuses a function whose text reads `self`, `system` or `spawn` of its first argument, a clock or
 * randomness; `what` names it in the message. Answers whether it did.
 *
 * Limits. It sees this function and not what that calls, and no name that is put together. An actor
 * that is read nevertheless is a fault at work; a clock is noticed by the replay, which differs.
 */
export function checkFunction(
  problems: Problems,
  path: string,
  what: string,
  fn: unknown,
): boolean {
  if (typeof fn !== 'function') return false;
  const text = codeOf(fn);
  const actor = 'Depend on context and event only; send commands out as named actions.';
  const found = [
    ...FORBIDDEN.flatMap(([pattern, read, cure]) => (pattern.test(text) ? [{ read, cure }] : [])),
    ...actorsReadBy(text).map((read) => ({ read, cure: actor })),
  ];
  for (const { read, cure } of found) problems.refuse(path, `${what} that reads ${read}`, cure);
  return found.length > 0;
}

// Text without comments, and with empty strings, whose content means nothing here.
function codeOf(fn: object): string {
  const text = Function.prototype.toString.call(fn);
  return text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g,
    (found) => (found.startsWith('/') ? ' ' : "''"),
  );
}

function actorsReadBy(text: string): readonly string[] {
  const parameter = firstParameterOf(text);
  if (parameter.startsWith('{')) return actorsIn(parameter);
  const name = /^[\w$]+/.exec(parameter)?.[0];
  if (name === undefined) return [];
  const escaped = name.replaceAll('$', '\\$');
  const read = new RegExp(`(?<![\\w$.])${escaped}\\s*\\??\\.\\s*(self|system|spawn)\\b`, 'g');
  const taken = new RegExp(`(\\{[^{}]*\\})\\s*=\\s*${escaped}(?![\\w$.])`, 'g');
  return [
    ...[...text.matchAll(read)].map((match) => match[1] ?? ''),
    ...[...text.matchAll(taken)].flatMap((match) => actorsIn(match[1] ?? '')),
  ];
}

// Of `x => …`, `(x, y) => …`, `function f(x) …` and `method(x) …` alike.
function firstParameterOf(text: string): string {
  const single = /^(?:async\s+)?([\w$]+)\s*=>/.exec(text);
  if (single?.[1] !== undefined) return single[1];
  return partsOf(text.slice(text.indexOf('(') + 1))[0] ?? '';
}

// The outermost keys of a pattern: `self` and `self: me` are meant, `{ context: { self } }` is not.
function actorsIn(pattern: string): readonly string[] {
  const keys = partsOf(pattern.slice(1)).map((part) => part.split(/[:=]/)[0]?.trim() ?? '');
  return keys.filter((key) => ACTOR.has(key));
}

// Splits at outermost commas, up to the bracket that closes what was opened before `text`.
function partsOf(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if ('([{'.includes(char)) depth++;
    if (')]}'.includes(char) && depth-- === 0) break;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim());
}
