// Arbitrary plain data with the keys and texts that are hard to write canonically.
import fc from 'fast-check';

/** Keys that JavaScript orders by number, takes for the prototype, or sorts by code unit. */
export const key = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constantFrom('10', '9', '1', '01', '__proto__', 'constructor', 'toJSON', '', '\u20ac', '!'),
  fc.constantFrom('\ud83d\ude00', '\ufb33', 'é', 'ا'),
);
/** Plain data of every kind, with keys that have no value. */
export const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('\\ud800', 'سلام', '😀', '\u2028', '"\\\b\f\n\r\t\u0001'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, fc.oneof(tie('value'), fc.constant(undefined))), { maxLength: 5 })
      .map((members) => plain(members)),
  ),
}));

/** An object with just these members, whatever their keys. */
export function plain(members: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, child] of members) {
    Object.defineProperty(made, name, {
      value: child, enumerable: true, configurable: true, writable: true,
    });
  }
  return made;
}
