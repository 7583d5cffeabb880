// What an abstraction does not hold: a look at it is thrown, so that nobody takes it for a value.
import type { Text } from '../text.ts';

/** Thrown when code looks at what is not kept. */
export class Unknown extends Error {
  /** What was looked at: `context.lead`, `parts.order`, `event.data.reason`. */
  readonly what: string;
  readonly text: Text;

  private constructor(what: string) {
    super(`${what} is not kept`);
    this.what = what;
    this.text = { en: this.message, ar: `${what} غير محتفظ به` };
  }

  /** The one of this name. A search throws them by the million, and each new one notes its stack. */
  static of(what: string): Unknown {
    let known = unknowns.get(what);
    if (known === undefined) unknowns.set(what, (known = new Unknown(what)));
    return known;
  }
}

/** Throws that this is not kept, where a value is due. */
export function unseen(what: string): never {
  throw Unknown.of(what);
}

const unknowns = new Map<string, Unknown>();

/** Stands in a kept value for what is not known of it. */
export const UNKNOWN = Object.freeze({ '@unknown': true } as const);

function isHole(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '@unknown' in value;
}

const veils = new WeakMap<object, unknown>();

/** A kept value as code may look at it: a look at one of its holes throws {@link Unknown}. */
export function veiled(value: unknown, what: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isHole(value)) throw Unknown.of(what);
  const known = veils.get(value);
  if (known !== undefined) return known;
  const made = hasHole(value) ? veil(value, what) : value;
  veils.set(value, made);
  return made;
}

function hasHole(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isHole(value) || Object.values(value).some(hasHole);
}

function veil(value: object, what: string): unknown {
  // A copy, because a proxy must answer what a frozen target holds.
  const target = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  return new Proxy(target, {
    get: (from, key) => {
      const found: unknown = Reflect.get(from, key);
      const isOwn = typeof key === 'string' && Object.hasOwn(from, key);
      return isOwn ? veiled(found, `${what}.${key}`) : found;
    },
  });
}
