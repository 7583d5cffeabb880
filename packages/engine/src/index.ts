// The public face of the engine: the definition language, policies, folds, views and the engine.
export * from './actor.ts';
export * from './calendar.ts';
export * from './case-type.ts';
export * from './case-view.ts';
export type {
  Abstraction,
  Check,
  Claim,
  DecidedEvent,
  FromState,
  Kept,
  KeptParts,
  Others,
  StateView,
  StepView,
  WrittenState,
} from './check/abstraction.ts';
export { check } from './check/check.ts';
export { strayIn, type Stray } from './check/follow.ts';
export { brokenInRecord } from './check/in-record.ts';
export {
  checkMigration,
  type MigrationProblem,
  type MigrationReport,
} from './check/migration/check-migration.ts';
export { UNKNOWN } from './check/unknown.ts';
export type { AbstractStep, CheckOptions, CheckReport, Verdict } from './check/verdict.ts';
export * from './command.ts';
export { conditionKey } from './condition-key.ts';
export type { AnyChart, CaseType, CompiledPart } from './compiled.ts';
export * from './deadline-ledger.ts';
export { caseType, type CaseTypeBuilder, type CaseTypeHead, type RuleSet } from './define.ts';
export { deriveId } from './derive-id.ts';
export { EMERGENCY_CATEGORIES } from './emergency-streams.ts';
export { ENGINE_VIOLATIONS, type EngineCode } from './engine-rules.ts';
export * from './instant.ts';
export * from './mark.ts';
export type { PartKind, PartsView, PartView } from './part.ts';
export * from './policy.ts';
export { byVersion } from './ordering.ts';
export { policiesOf, policyInForce } from './policy-in-force.ts';
export type { ReadsView, ReadView } from './reads.ts';
export type { RecordedEvent } from './recorded-event.ts';
export type {
  AnyRule,
  CaseEvent,
  Disclosure,
  Duty,
  DutyView,
  Rule,
  RuleGuard,
  RuleSpec,
  RuleView,
  Violation,
} from './rule.ts';
export type { ImpactedTimer } from './migrate.ts';
export { rulesOf, sortViolations } from './rule.ts';
export * from './sensitive.ts';
export type { CaseState, Divergence, Pin } from './state.ts';
export { structureHash, structureOf } from './structure.ts';
export type { Text } from './text.ts';
export * from './rim/ports.ts';
export type { CaseDryRun, Difference, DifferenceKind, Move } from './dry-run.ts';
export * from './dry-run-summary.ts';
export type { EventExplanation, ExplainedRule } from './explain.ts';
export type { CommandOption } from './options.ts';
export type { ReplayReport } from './replay.ts';
export * from './rim/engine-api.ts';
export * from './projection.ts';
export type { ReadStore, Row, RowQuery } from '@himaya/event-store';
export * from './rim/worker-options.ts';
export { createEngine } from './rim/engine.ts';
