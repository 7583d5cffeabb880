// Data of events as their schemas have it, drawn from a number: from few references and instants.
import type { z } from 'zod';

/** Numbers that follow from one number. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 … count - 1. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  }

  of<Item>(list: readonly Item[]): Item {
    return list[this.below(list.length)] as Item;
  }
}

/** References are few, so that events are about the same things. */
const REFERENCES = ['A', 'B', 'C'];
const INSTANTS = ['2027-05-09', '2027-05-20', '2027-07-01'].map((day) => `${day}T06:00:00.000Z`);
const DAY = '2027-05-09';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly items?: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

/**
 * A value that a schema describes; what it refines further is not looked for, as charts do not.
 * @throws for a kind of schema that is not known here.
 */
export function valueOf(schema: z.ZodType, draw: Draw): unknown {
  const definition = schema.def as unknown as Definition;
  switch (definition.type) {
    case 'string':
      return schema.safeParse(DAY).success && !schema.safeParse('A').success
        ? DAY
        : draw.of(REFERENCES);
    case 'number':
      return draw.below(8);
    case 'boolean':
      return draw.below(2) === 1;
    case 'enum':
      return draw.of(Object.values(definition.entries ?? {}));
    case 'literal':
      return draw.of(definition.values ?? []);
    case 'pipe': // An instant, as it is recorded.
      return draw.of(INSTANTS);
    case 'nullable':
      return draw.below(3) === 0 ? null : valueOf(definition.innerType as z.ZodType, draw);
    case 'default':
      return valueOf(definition.innerType as z.ZodType, draw);
    case 'unknown':
      return null;
    default:
      return compositeOf(definition, draw);
  }
}

function compositeOf(definition: Definition, draw: Draw): unknown {
  const { type, shape = {}, element, items = [], options = [], keyType, valueType } = definition;
  switch (type) {
    case 'object':
      return objectOf(shape, draw);
    case 'array':
      return Array.from({ length: draw.below(3) }, () => valueOf(element as z.ZodType, draw));
    case 'tuple':
      return items.map((item) => valueOf(item, draw));
    case 'union':
      return valueOf(draw.of(options), draw);
    case 'record':
      return Object.fromEntries(
        Array.from({ length: draw.below(3) }, () => [
          valueOf(keyType as z.ZodType, draw),
          valueOf(valueType as z.ZodType, draw),
        ]),
      );
    default:
      throw new Error(`no values are known for a schema of type ${type}`);
  }
}

function objectOf(shape: Readonly<Record<string, z.ZodType>>, draw: Draw): object {
  const fields = Object.entries(shape).flatMap(([key, field]): [string, unknown][] => {
    const { type, innerType } = field.def as unknown as Definition;
    if (type !== 'optional') return [[key, valueOf(field, draw)]];
    return draw.below(2) === 0 ? [] : [[key, valueOf(innerType as z.ZodType, draw)]];
  });
  return Object.fromEntries(fields);
}
