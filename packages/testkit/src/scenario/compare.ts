// Comparing what a step shows with what a scenario expects: each difference with its place.
import { parseInstant } from '@himaya/engine';
import type { CaseDeadline, CaseView, RecordedEvent, Text } from '@himaya/engine';
import type { ExpectedEvent, Look } from './format.ts';
import { both, mistake, type Said } from './mistake.ts';
import { shown, type Path } from './problem.ts';

/** A difference: where it is expected, and what was found instead. */
export interface Difference {
  readonly path: Path;
  readonly message: Text;
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
    return [{ path, message: mistake(listed(names), listed(shownTypes)) }];
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

/** Exactly these codes. */
export function onlyThese(codes: readonly string[]): Text {
  return both(`exactly ${listed(codes)}`, `${listed(codes)} دون غيرها`);
}

/** Names as a scenario writes a list of them. */
export function listed(names: readonly string[]): string {
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
  return [{ path, message: mistake(onlyThese(expected), listed(found)) }];
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
  return [{ path, message: mistake(shown(expected), shown(found)) }];
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

function isOn(state: string): Text {
  return both(`${state} active`, `${state} قائمة`);
}

function isOff(state: string): Text {
  return both(`${state} not active`, `${state} غير قائمة`);
}

function compareStates(look: Look, { states: active }: CaseView, path: Path): Difference[] {
  const found = listed(active);
  const absent = (look.states ?? []).flatMap((state, index) =>
    isActive(active, state)
      ? []
      : [{ path: [...path, 'states', index], message: mistake(isOn(state), found) }],
  );
  const present = (look.notStates ?? []).flatMap((state, index) =>
    isActive(active, state)
      ? [{ path: [...path, 'notStates', index], message: mistake(isOff(state), found) }]
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
      if (part) {
        const none = both('no such part', 'عدم وجود هذا العنصر');
        return [{ path: at, message: mistake(none, listed(part.states)) }];
      }
      const kind = key.split('/')[0];
      const ids = view.parts.filter((one) => one.kind === kind).map(({ id }) => `${kind}/${id}`);
      return [{ path: at, message: mistake(both('such a part', 'عنصر كهذا'), listed(ids)) }];
    }
    const wanted = Array.isArray(expected) ? { states: expected } : (expected ?? {});
    const inactive = (wanted.states ?? []).filter((state) => !isActive(part.states, state));
    const states = inactive.map((state) => ({
      path: at,
      message: mistake(isOn(state), listed(part.states)),
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
      message: mistake(
        both('no other pending deadline', 'عدم وجود مهلة جارية أخرى'),
        both(`${keyOf(one)} due ${one.dueAt}`, `${keyOf(one)} تستحق ${one.dueAt}`),
      ),
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
    const todo = both('name one of these', 'سم واحدة منها');
    const message = mistake(both('one deadline', 'مهلة واحدة'), listed(found.map(keyOf)), todo);
    return [{ path, message }];
  }
  if (!first) {
    if (expected === 'none') return [];
    return [{ path, message: mistake(expected, both('none armed', 'لا مهلة كهذه')) }];
  }
  const is = both(
    `it ${first.status}, due ${first.dueAt}`,
    `أنها ${first.status} وتستحق ${first.dueAt}`,
  );
  const differs = (what: Said): readonly Difference[] => [{ path, message: mistake(what, is) }];
  if (expected === 'pending' || expected === 'reached') {
    return first.status === expected ? [] : differs(expected);
  }
  if (expected === 'none') return differs(both('no such deadline', 'عدم وجود هذه المهلة'));
  const dueAt = parseInstant(expected);
  if (first.status === 'pending' && first.dueAt === dueAt) return [];
  return differs(both(`it pending, due ${dueAt}`, `أنها pending وتستحق ${dueAt}`));
}
