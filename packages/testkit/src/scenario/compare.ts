// Comparing what a step shows with what a scenario expects: each difference with its place.
import { parseInstant, type CaseDeadline, type CaseView, type RecordedEvent } from '@himaya/engine';
import type { ExpectedEvent, Look } from './format.ts';
import { shown, type Path } from './problem.ts';

/** A difference: where it is expected, and what was found instead. */
export interface Difference {
  readonly path: Path;
  readonly message: string;
}

/** As much of an event as is compared. */
export type Fact = Pick<RecordedEvent, 'type'> & { readonly data: unknown };

/** Compares events in order: names, and the data that is given. */
export function compareEvents(
  expected: readonly ExpectedEvent[],
  found: readonly Fact[],
  path: Path,
): readonly Difference[] {
  const names = expected.map(nameOf);
  const types = found.map(({ type }) => type);
  // The opening event is implied, unless the scenario lists it.
  const events = names.includes('CaseOpened') ? found : withoutOpening(found);
  const shownTypes = names.includes('CaseOpened') ? types : events.map(({ type }) => type);
  if (names.join() !== shownTypes.join()) {
    return [{ path, message: `expected ${listed(names)}, found ${listed(shownTypes)}` }];
  }
  return expected.flatMap((one, index) => {
    if (typeof one === 'string') return [];
    const [name = '', data] = Object.entries(one)[0] ?? [];
    return compareValues(data ?? {}, events[index]?.data, [...path, index, name]);
  });
}

function withoutOpening(events: readonly Fact[]): readonly Fact[] {
  return events.filter(({ type }) => type !== 'CaseOpened');
}

function nameOf(event: ExpectedEvent): string {
  return typeof event === 'string' ? event : (Object.keys(event)[0] ?? '');
}

function listed(names: readonly string[]): string {
  return `[${names.join(', ')}]`;
}

/** Compares refusals: exactly these codes, in any order. */
export function compareCodes(
  expected: readonly string[],
  found: readonly string[],
  path: Path,
): readonly Difference[] {
  const missing = expected.filter((code) => !found.includes(code));
  const extra = found.filter((code) => !expected.includes(code));
  if (missing.length === 0 && extra.length === 0) return [];
  return [{ path, message: `expected exactly ${listed(expected)}, found ${listed(found)}` }];
}

/** Differences between a value and what is expected of it; found objects may hold more. */
export function compareValues(
  expected: unknown,
  found: unknown,
  path: Path,
): readonly Difference[] {
  if (isRecord(expected) && isRecord(found)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      compareValues(value, found[key], [...path, key]),
    );
  }
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) {
    return expected.flatMap((value, index) => compareValues(value, found[index], [...path, index]));
  }
  if (isSame(expected, found)) return [];
  return [{ path, message: `expected ${shown(expected)}, found ${shown(found)}` }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal values; two instants are equal however their zone is written. */
function isSame(expected: unknown, found: unknown): boolean {
  if (expected === found) return true;
  if (typeof expected !== 'string' || typeof found !== 'string') {
    return JSON.stringify(expected) === JSON.stringify(found);
  }
  const at = parseInstant(expected);
  return at !== undefined && at === parseInstant(found);
}

/** Compares a case with what a step expects to see of it. */
export function compareLook(look: Look, view: CaseView, path: Path): readonly Difference[] {
  return [
    ...compareStates(look, view, path),
    ...compareValues(look.context ?? {}, view.context, [...path, 'context']),
    ...compareParts(look.parts ?? {}, view, [...path, 'parts']),
    ...compareDeadlines(look, view.deadlines, path),
  ];
}

function isActive(active: readonly string[], path: string): boolean {
  return active.some((state) => state === path || state.startsWith(`${path}.`));
}

function compareStates(look: Look, { states: active }: CaseView, path: Path): Difference[] {
  const found = `found ${listed(active)}`;
  const absent = (look.states ?? []).flatMap((state, index) =>
    isActive(active, state)
      ? []
      : [{ path: [...path, 'states', index], message: `expected ${state} active, ${found}` }],
  );
  const present = (look.notStates ?? []).flatMap((state, index) =>
    isActive(active, state)
      ? [{ path: [...path, 'notStates', index], message: `expected ${state} not active, ${found}` }]
      : [],
  );
  return [...absent, ...present];
}

function compareParts(parts: NonNullable<Look['parts']>, view: CaseView, path: Path): Difference[] {
  return Object.entries(parts).flatMap(([key, expected]): readonly Difference[] => {
    const at = [...path, key];
    const part = view.parts.find(({ kind, id }) => `${kind}/${id}` === key);
    if (!part || expected === 'none') {
      if (!part && expected === 'none') return [];
      if (part)
        return [{ path: at, message: `expected no such part, found ${listed(part.states)}` }];
      const kind = key.split('/')[0];
      const ids = view.parts.filter((one) => one.kind === kind).map(({ id }) => `${kind}/${id}`);
      return [{ path: at, message: `expected such a part, found ${listed(ids)}` }];
    }
    const wanted = Array.isArray(expected) ? { states: expected } : (expected ?? {});
    const inactive = (wanted.states ?? []).filter((state) => !isActive(part.states, state));
    const states = inactive.map((state) => ({
      path: at,
      message: `expected ${state} active, found ${listed(part.states)}`,
    }));
    const ended = wanted.ended === undefined ? [] : [wanted.ended];
    return [
      ...states,
      ...compareValues(wanted.context ?? {}, part.context, [...at, 'context']),
      ...ended.flatMap((one) => compareValues(one, part.status === 'ended', [...at, 'ended'])),
    ];
  });
}

function compareDeadlines(
  look: Look,
  deadlines: readonly CaseDeadline[],
  path: Path,
): readonly Difference[] {
  const named = (field: 'deadlines' | 'deadlinesExactly'): readonly Difference[] =>
    Object.entries(look[field] ?? {}).flatMap(([key, expected]) =>
      compareDeadline(key, expected ?? '', deadlines, [...path, field, key]),
    );
  const exactly = look.deadlinesExactly;
  const unlisted = deadlines
    .filter(({ status }) => exactly !== undefined && status === 'pending')
    .filter((one) => exactly?.[keyOf(one)] === undefined && exactly?.[one.code] === undefined)
    .map((one) => ({
      path: [...path, 'deadlinesExactly'],
      message: `expected no other pending deadline, found ${keyOf(one)} due ${one.dueAt}`,
    }));
  return [...named('deadlines'), ...named('deadlinesExactly'), ...unlisted];
}

function keyOf({ code, part }: CaseDeadline): string {
  return part === '' ? code : `${code}/${part}`;
}

function compareDeadline(
  key: string,
  expected: string,
  deadlines: readonly CaseDeadline[],
  path: Path,
): readonly Difference[] {
  const found = deadlines.filter((one) => keyOf(one) === key || one.code === key);
  const [first] = found;
  if (found.length > 1) {
    const message = `expected one deadline, found ${listed(found.map(keyOf))}; name one of these`;
    return [{ path, message }];
  }
  if (!first) {
    return expected === 'none' ? [] : [{ path, message: `expected ${expected}, found none armed` }];
  }
  const is = `found it ${first.status}, due ${first.dueAt}`;
  if (expected === 'pending' || expected === 'reached') {
    return first.status === expected ? [] : [{ path, message: `expected ${expected}, ${is}` }];
  }
  if (expected === 'none') return [{ path, message: `expected no such deadline, ${is}` }];
  const dueAt = parseInstant(expected);
  if (first.status === 'pending' && first.dueAt === dueAt) return [];
  return [{ path, message: `expected it pending, due ${dueAt}, ${is}` }];
}
