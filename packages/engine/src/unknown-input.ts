// Input that is not known yet: every look at it is noted, so that a verdict on it is not believed.

/** Thrown when code needs the value of an input that is not known yet. */
class NeedsInput extends Error {}

/** An input of which only some fields are known. */
export interface UnknownInput {
  /** Stands in for the input. */
  readonly value: Readonly<Record<string, unknown>>;
  /**
   * Runs `judge` and answers its result, or the top-level fields it looked at: then its result
   * means nothing, whether it answered or failed.
   */
  probe<Result>(
    judge: () => Result,
  ): Probed<Result>;
  /** Stands in for what only these fields would tell; whoever looks at it has looked at them. */
  behind(fields: readonly string[]): unknown;
  /** The same as `probe` for work that has to wait. */
  ask<Result>(judge: () => Promise<Result>): Promise<Probed<Result>>;
}

/** What was judged, or the fields that it hangs on. */
export type Probed<Result> =
  { readonly result: Result } | { readonly fields: readonly string[] };

/** An input of which `known` is known. */
export function unknownInput(known: Readonly<Record<string, unknown>>): UnknownInput {
  const looked = new Set<string>();
  const value = new Proxy(known, {
    get: (target, key) => {
      if (typeof key === 'symbol') return undefined;
      if (Object.hasOwn(target, key)) return target[key];
      looked.add(key);
      return unknownValue();
    },
    has: (target, key) => {
      if (typeof key === 'string' && !Object.hasOwn(target, key)) looked.add(key);
      return true;
    },
    getOwnPropertyDescriptor: (target, key) => {
      if (typeof key === 'string' && !Object.hasOwn(target, key)) {
        looked.add(key);
        throw new NeedsInput();
      }
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    ownKeys: () => {
      looked.add('*');
      throw new NeedsInput();
    },
  });
  return {
    value,
    probe: (judge) => {
      looked.clear();
      try {
        const result = judge();
        return looked.size === 0 ? { result } : { fields: [...looked] };
      } catch (error) {
        if (looked.size === 0) throw error;
        return { fields: [...looked] };
      }
    },
    behind: (fields) => {
      const look = (): never => {
        for (const field of fields) looked.add(field);
        throw new NeedsInput();
      };
      return new Proxy({}, { get: look, has: look, ownKeys: look });
    },
    ask: async (judge) => {
      looked.clear();
      try {
        const result = await judge();
        return looked.size === 0 ? { result } : { fields: [...looked] };
      } catch (error) {
        if (looked.size === 0) throw error;
        return { fields: [...looked] };
      }
    },
  };
}

/** A value inside an unknown input: it can be passed on, and nothing can be learnt from it. */
function unknownValue(): unknown {
  return new Proxy(() => undefined, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive) throw new NeedsInput();
      return unknownValue();
    },
    apply: () => {
      throw new NeedsInput();
    },
    ownKeys: () => {
      throw new NeedsInput();
    },
  });
}
