// The bounds of this package, each with its reason.

/**
 * Microsteps in one step before it is given up as a loop. XState's own default is infinity, which
 * turns a cycle of raised events into a process that never answers; real charts need below ten.
 */
export const MAX_ITERATIONS = 1000;

/**
 * Configurations that a chart keeps with what it has learnt of each, a few kilobytes apiece. Beyond
 * it all are forgotten and learnt anew: a chart of many regions has more of them than any memory.
 */
export const CONFIGURATIONS_KEPT_MAX = 4096;
