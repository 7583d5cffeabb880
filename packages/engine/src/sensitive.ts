// Marks of sensitive fields: whose they are and how well they must be kept; rules cannot read them.
import { z } from 'zod';

/** How well a field must be kept. */
export type SensitivityClass = 'personal' | 'sensitive' | 'critical';

declare const SEALED: unique symbol;
/** A value that rules must not read: it can be passed on and recorded, and nothing else. */
export interface Sealed<Value> {
  readonly [SEALED]: Value;
}

/** What a mark says. */
export interface SensitivityMark {
  /**
   * Name of the sibling field that holds the subject's reference (`partyId`), or a fixed subject
   * when it begins with `#` (`#complainant`).
   */
  readonly subject: string;
  readonly class: SensitivityClass;
}

const marks = z.registry<SensitivityMark>();

/**
 * Marks a field as sensitive. It is validated by `schema` and recorded as it is for now; its type
 * becomes {@link Sealed}, so that no rule can depend on a value that may be sealed or erased later.
 */
export function sensitive<Schema extends z.ZodType>(
  schema: Schema,
  mark: SensitivityMark,
): z.ZodType<Sealed<z.output<Schema>>, z.input<Schema>> {
  const marked = schema.clone();
  marks.add(marked, mark);
  return marked as unknown as z.ZodType<Sealed<z.output<Schema>>, z.input<Schema>>;
}

/** Each sensitive field of an object schema, by dotted path (`parties[].name` for list members). */
export function sensitiveFields(schema: z.ZodType): ReadonlyMap<string, SensitivityMark> {
  const found = new Map<string, SensitivityMark>();
  collect(schema, '', found);
  return found;
}

function collect(schema: z.ZodType, path: string, found: Map<string, SensitivityMark>): void {
  const mark = marks.get(schema);
  if (mark) found.set(path, mark);
  const def = schema.def as unknown as {
    readonly type: string;
    readonly shape?: Record<string, z.ZodType>;
    readonly element?: z.ZodType;
    readonly innerType?: z.ZodType;
    readonly options?: readonly z.ZodType[];
    readonly valueType?: z.ZodType;
    readonly in?: z.ZodType;
  };
  for (const [key, field] of Object.entries(def.shape ?? {})) {
    collect(field, path === '' ? key : `${path}.${key}`, found);
  }
  if (def.element) collect(def.element, `${path}[]`, found);
  if (def.innerType) collect(def.innerType, path, found);
  if (def.valueType) collect(def.valueType, `${path}.*`, found);
  if (def.in) collect(def.in, path, found);
  for (const option of def.options ?? []) collect(option, path, found);
}

/** A copy of `data` in which each sensitive field reads `«class»`. */
export function redact(data: unknown, fields: ReadonlyMap<string, SensitivityMark>): unknown {
  return fields.size === 0 ? data : redactAt(data, '', fields);
}

function redactAt(
  value: unknown,
  path: string,
  fields: ReadonlyMap<string, SensitivityMark>,
): unknown {
  const mark = fields.get(path);
  if (mark && value !== undefined && value !== null) return `«${mark.class}»`;
  if (Array.isArray(value)) return value.map((item) => redactAt(item, `${path}[]`, fields));
  if (typeof value !== 'object' || value === null) return value;
  const parent = path === '' ? '' : `${path}.`;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const exact = `${parent}${key}`;
      const open = fields.has(`${parent}*`) && !fields.has(exact);
      return [key, redactAt(item, open ? `${parent}*` : exact, fields)];
    }),
  );
}
