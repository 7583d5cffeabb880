// One seed for all generated tests; HIMAYA_SEED replays a run, HIMAYA_NIGHTLY makes runs longer.

/** Printed with each failure by fast-check, and here so that a passing run can be repeated. */
export const seed = Number(process.env['HIMAYA_SEED'] ?? 20260723);

/** How often a property is tried: `usual`, or twenty times as often at night. */
export function runs(usual: number): number {
  return process.env['HIMAYA_NIGHTLY'] === undefined ? usual : usual * 20;
}

console.info(`seed=${seed}; replay with HIMAYA_SEED=${seed}`);
