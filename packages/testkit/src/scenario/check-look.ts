// Words of an expectation that the shape of a step cannot tell to be unknown.
import type { CommandStep, Look } from './format.ts';
import { both, mistake } from './mistake.ts';
import { unknownWord, type Finding } from './issues.ts';
import type { Path } from './problem.ts';
import type { Words } from './words.ts';

/** Deadlines, parts and states of parts that a look names and nothing is called. */
export function checkLook(look: Look, path: Path, words: Words): readonly Finding[] {
  const findings: Finding[] = [];
  for (const field of ['deadlines', 'deadlinesExactly'] as const) {
    for (const key of Object.keys(look[field] ?? {})) {
      const code = key.split('/')[0] as string;
      if (words.deadlines.includes(code)) continue;
      const what = both('the code of a deadline, or code/part', 'رمز مهلة، أو code/part');
      const at = [...path, field, key];
      findings.push({ ...unknownWord(at, what, code, words.deadlines), at: 'key' });
    }
  }
  for (const [key, part] of Object.entries(look.parts ?? {})) {
    const kind = key.split('/')[0] as string;
    const states = words.parts.get(kind);
    if (!states) {
      const at = [...path, 'parts', key];
      findings.push({ ...unknownWord(at, 'kind/id', kind, [...words.parts.keys()]), at: 'key' });
      continue;
    }
    const named = Array.isArray(part) ? part : part === 'none' ? [] : (part?.states ?? []);
    const what = both(`a state of ${kind}`, `حالة من ${kind}`);
    for (const state of named.filter((one) => !states.includes(one))) {
      findings.push(unknownWord([...path, 'parts', key], what, state, states));
    }
  }
  return findings;
}

/** Entries of an expectation that name several events at once. */
export function checkEvents(
  look: NonNullable<CommandStep['expect']>,
  path: Path,
): readonly Finding[] {
  return (['accepted', 'recorded'] as const).flatMap((field) => {
    const events = look[field];
    if (!Array.isArray(events)) return [];
    return events.flatMap((event, index) => {
      if (typeof event === 'string' || Object.keys(event).length === 1) return [];
      const found = String(Object.keys(event).length);
      const message = mistake(both('one event name', 'اسم حدث واحد'), found);
      return [{ path: [...path, field, index], message, at: 'value' as const }];
    });
  });
}
