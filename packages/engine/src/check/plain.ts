// A value that was made of decided and unknown ones, as plain data with holes.
import { UNKNOWN, Unknown } from './unknown.ts';

/** A copy of what `make` answers in which every look at what is unknown has left a hole. */
export function plainWithHoles(make: () => unknown): unknown {
  try {
    return copy(make());
  } catch (error) {
    if (error instanceof Unknown) return UNKNOWN;
    throw error;
  }
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((_, index) => plainWithHoles(() => value[index]));
  const keys = Object.keys(value);
  return Object.fromEntries(
    keys.map((key) => [key, plainWithHoles(() => (value as Record<string, unknown>)[key])]),
  );
}

/** What is kept of a whole value: fields that a projection left out are holes, and not absent. */
export function keptOf(whole: unknown, kept: unknown): unknown {
  if (!isFields(whole) || !isFields(kept) || kept === UNKNOWN) return kept;
  return Object.fromEntries(
    Object.keys({ ...whole, ...kept }).map((key) => [
      key,
      key in kept ? keptOf(whole[key], kept[key]) : UNKNOWN,
    ]),
  );
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
