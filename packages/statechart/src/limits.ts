// The bounds of this package, each with its reason.

/**
 * Microsteps in one step before it is given up as a loop. XState's own default is infinity, which
 * turns a cycle of raised events into a process that never answers; real charts need below ten.
 */
export const MAX_ITERATIONS = 1000;
