// The data of an event that may be anything its schema allows: decided field by field, when looked at.
import type { z } from 'zod';
import type { Choices } from './choices.ts';
import type { Moments } from './moments.ts';
import { Unknown } from './unknown.ts';

/** Where choices are made. */
export interface Choosing {
  readonly choices: Choices;
  readonly moments: Moments;
}

/** What fields are chosen from. */
export interface Domain extends Choosing {
  /** The values that a field, by its path, is decided from; `any`: those its schema allows. */
  listed(path: string): readonly unknown[] | 'any' | undefined;
  /** Decides what is not decided for the whole step, for as long as one function is at work. */
  passing<Value>(path: string, decide: (choosing: Choosing) => Value): Value;
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

/**
 * A value that `schema` allows. Objects are decided when their fields are read, and stay as decided.
 * What refines a schema is not looked at: more is allowed than can be recorded.
 *
 * @throws {Unknown} for a value that cannot be listed: free text, numbers, references, long lists.
 */
export function anyOf(
  schema: z.ZodType,
  path: string,
  domain: Domain,
  { choices, moments }: Choosing = domain,
): unknown {
  const { type, shape, innerType, options = [], entries = {}, values = [] } =
    schema.def as unknown as Definition;
  const inner = (one: z.ZodType): unknown => anyOf(one, path, domain, { choices, moments });
  switch (type) {
    case 'boolean':
      return choices.perhaps();
    case 'enum':
      return choices.pick(Object.values(entries));
    case 'literal':
      return choices.pick(values);
    case 'pipe':
      return moments.any(choices);
    case 'nullable':
      return choices.perhaps() ? inner(innerType as z.ZodType) : null;
    case 'optional':
      return choices.perhaps() ? inner(innerType as z.ZodType) : undefined;
    case 'default':
      return inner(innerType as z.ZodType);
    case 'union':
      return inner(choices.pick(options));
    case 'object':
      return anyObject(shape ?? {}, path, domain);
    default:
      throw Unknown.of(path);
  }
}

/** Under this key an object of {@link anyOf} tells what has been decided of it so far. */
const DECIDED = Symbol('decided');

/** What has been decided of a value that {@link anyOf} made, as plain data. */
export function decidedOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return DECIDED in value ? value[DECIDED] : value;
}

function anyObject(
  shape: Readonly<Record<string, z.ZodType>>,
  path: string,
  domain: Domain,
): unknown {
  const decided = new Map<string, unknown>();
  const decide = (key: string): unknown => {
    if (decided.has(key)) return decided.get(key);
    const field = `${path}.${key}`;
    const schema = shape[key] as z.ZodType;
    const listed = domain.listed(field);
    if (listed === undefined) {
      return domain.passing(field, (choosing) => anyOf(schema, field, domain, choosing));
    }
    const value = listed === 'any' ? anyOf(schema, field, domain) : domain.choices.pick(listed);
    decided.set(key, value);
    return value;
  };
  const isThere = (key: string | symbol): key is string =>
    typeof key === 'string' && Object.hasOwn(shape, key) && !(
      isOptional(shape[key] as z.ZodType) && decide(key) === undefined
    );
  return new Proxy<Record<string, unknown>>({}, {
    get: (target, key) => {
      if (key === DECIDED) {
        const told = [...decided].filter(([, one]) => one !== undefined);
        return Object.fromEntries(told.map(([name, one]) => [name, decidedOf(one)]));
      }
      const isField = typeof key === 'string' && Object.hasOwn(shape, key);
      return isField ? decide(key) : (Reflect.get(target, key) as unknown);
    },
    has: (_, key) => key === DECIDED || isThere(key),
    ownKeys: () => Object.keys(shape).filter(isThere),
    getOwnPropertyDescriptor: (_, key) =>
      isThere(key)
        ? { value: decide(key), enumerable: true, configurable: true, writable: true }
        : undefined,
  });
}

function isOptional(schema: z.ZodType): boolean {
  return (schema.def as unknown as Definition).type === 'optional';
}
