// The context that a migration is shown: what it asks for is decided, what it copies stays unknown.
import { z } from 'zod';
import type { Choices } from '../choices.ts';
import { unseen } from '../unknown.ts';

type Values = Readonly<Record<string, unknown>>;

/** Values that nobody knows, with what they are. */
const unknowns = new WeakMap<object, string>();

/** Whether a value is one that nobody knows, or holds such a one. */
export function holdsUnknown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return unknowns.has(value) || Object.values(value).some((one) => holdsUnknown(one));
}

/** What a value may be that a migration leaves in a context, as far as it can be listed. */
export function valuesOf(
  value: unknown,
  fields: Readonly<Record<string, z.ZodType>>,
): readonly unknown[] {
  if (!holdsUnknown(value)) return [value];
  const what = unknowns.get(value as object) ?? '';
  const field = fields[what.slice('context.'.length)];
  return field ? optionsOf(field, what).filter((one) => !holdsUnknown(one)) : [];
}

/** Stands for a value that may be handed on, and throws when somebody looks into it or reckons with it. */
export function unknownValue(what: string): object {
  const refuse = (): never => unseen(what);
  const value = new Proxy({}, {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getOwnPropertyDescriptor: refuse,
  });
  unknowns.set(value, what);
  return value;
}

/**
 * A context of a part: its fields have no schema, so that it can be handed on as a whole, and any look
 * at one of them throws.
 */
export function anyFields(kind: string): Values {
  return copyable(['@fields'], `${kind}.context`, (key) => unseen(`${kind}.context.${key}`));
}

/** The fields that a schema of objects has; none for another schema. */
export function fieldsOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  return schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};
}

/**
 * A context that `schema` allows. A field that the migration asks for is decided, each way in turn: what
 * can be listed in all of its values; of texts, numbers and lists whether they are empty.
 *
 * @param decided  Is told what was decided.
 */
export function anyContext(
  schema: z.ZodType,
  choices: Choices,
  decided: Map<string, unknown>,
): Values {
  if (!(schema instanceof z.ZodObject)) {
    return copyable(['@fields'], 'context', (key) => unseen(`context.${key}`));
  }
  const fields = fieldsOf(schema);
  return copyable(Object.keys(fields), 'context', (key) => {
    const field = fields[key];
    if (!field) return undefined;
    if (!decided.has(key)) decided.set(key, choices.pick(optionsOf(field, `context.${key}`)));
    return decided.get(key);
  });
}

/** An object whose fields are unknown when all are copied, and asked for when one is read. */
function copyable(
  keys: readonly string[],
  what: string,
  read: (key: string) => unknown,
): Values {
  // Whoever copies an object asks for the descriptor of a key and right then for its value.
  let copied: string | symbol | undefined;
  let isCopying = false;
  return new Proxy<Values>({}, {
    ownKeys: () => {
      isCopying = true;
      copied = undefined;
      return [...keys];
    },
    getOwnPropertyDescriptor: (_, key) => {
      if (typeof key !== 'string' || !keys.includes(key)) return undefined;
      // The one before was not read: its names are all that is wanted.
      if (copied !== undefined) isCopying = false;
      copied = key;
      return { value: undefined, enumerable: true, configurable: true, writable: true };
    },
    get: (_, key) => {
      const isCopied = isCopying && key === copied;
      copied = undefined;
      if (typeof key === 'symbol') return undefined;
      return isCopied ? unknownValue(`${what}.${key}`) : read(key);
    },
    has: (_, key) => typeof key === 'string' && keys.includes(key),
  });
}

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

function optionsOf(schema: z.ZodType, what: string): readonly unknown[] {
  const { type, innerType, options = [], entries = {}, values = [] } =
    schema.def as unknown as Definition;
  const inner = (): readonly unknown[] => optionsOf(innerType as z.ZodType, what);
  switch (type) {
    case 'boolean':
      return [false, true];
    case 'enum':
      return Object.values(entries);
    case 'literal':
      return values;
    case 'nullable':
      return [null, ...inner()];
    case 'optional':
      return [undefined, ...inner()];
    case 'default':
      return inner();
    case 'union':
      return options.flatMap((one) => optionsOf(one, what));
    case 'string':
      return ['', unknownValue(what)];
    case 'number':
      return [0, unknownValue(what)];
    case 'array':
      return [[], [unknownValue(`${what}[0]`)]];
    default:
      return [unknownValue(what)];
  }
}
