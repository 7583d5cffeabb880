// The order of versions, and of texts such as instants, code point by code point.

/** Orders by `major.minor.patch`, each as a number. */
export function byVersion(
  a: { readonly version: string },
  b: { readonly version: string },
): number {
  const [left, right] = [a, b].map(({ version }) => version.split('.').map(Number));
  for (let place = 0; place < 3; place += 1) {
    const difference = (left?.[place] ?? 0) - (right?.[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Orders texts, whatever the language of the machine. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
