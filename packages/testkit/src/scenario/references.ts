// References: `${name}` in a scenario stands for a value that an earlier step has saved.

const REFERENCE = /\$?\$\{([A-Za-z][A-Za-z0-9_.-]*)\}/g;
const WHOLE = /^\$\{([A-Za-z][A-Za-z0-9_.-]*)\}$/;

/** Names that are referred to anywhere in a value. `$${name}` is text and refers to nothing. */
export function referencesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(REFERENCE)].flatMap(([found, name]) =>
      found.startsWith('$$') || name === undefined ? [] : [name],
    );
  }
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...referencesIn(key),
    ...referencesIn(item),
  ]);
}

/**
 * A copy of `value` with every reference replaced. A text that is nothing but a reference becomes
 * the saved value itself; elsewhere it becomes text.
 */
export function resolveReferences<Value>(value: Value, saved: ReadonlyMap<string, unknown>): Value {
  return resolve(value, saved) as Value;
}

function resolve(value: unknown, saved: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return resolveText(value, saved);
  if (Array.isArray(value)) return value.map((item) => resolve(item, saved));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      String(resolveText(key, saved)),
      resolve(item, saved),
    ]),
  );
}

function resolveText(text: string, saved: ReadonlyMap<string, unknown>): unknown {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined && saved.has(whole)) return saved.get(whole);
  return text.replaceAll(REFERENCE, (found: string, name: string) => {
    if (found.startsWith('$$')) return found.slice(1);
    const value = saved.get(name);
    if (value === undefined) return found;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}
