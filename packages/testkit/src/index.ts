// The public face of the test kit: simulated time and ids, given/when/then, scenarios, the lock.
export * from './simulated-clock.ts';
export * from './seeded-ids.ts';
export { loadScenario, type LoadedScenario, type Registered } from './scenario/load.ts';
export { problemPlace, problemText, type Problem } from './scenario/problem.ts';
export * from './scenario/report.ts';
export { runScenario, type RunOptions, type ScenarioSource } from './scenario/run.ts';
export { scenarioJsonSchema } from './scenario/json-schema.ts';
export * from './given.ts';
export type { GivenEvent } from './record-events.ts';
export * from './lock/check-lock.ts';
export * from './lock/golden.ts';
export * from './lock/lock.ts';
export { findRun, type RunSearch, type RunSources } from './witness/find-run.ts';
