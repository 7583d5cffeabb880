// Rules that no golden history refuses yet, each with the test that holds it instead.

/** Codes by reason. */
export const EXEMPT: Readonly<Record<string, string>> = {};
