// XState v5 machines as pure, explainable functions for event-sourced cases.
export type {
  CandidateExplanation,
  Chart,
  ChartChange,
  ChartEffect,
  ChartEvent,
  ChartSnapshot,
  Coverage,
  Explanation,
  PersistedSnapshot,
  RuleSite,
  SelectorVerdict,
  StepResult,
} from './chart.ts';
export { ChartError, isChartError } from './chart-error.ts';
export type { ChartErrorCode } from './chart-error.ts';
export { compile } from './compile.ts';
export { FACTS_KEY, afterEvent } from './events.ts';
export { MAX_ITERATIONS } from './limits.ts';
export { RULES, ruleGuard } from './rules.ts';
export type {
  GuardRule,
  RuleGuardFunction,
  RuleVerdict,
  TypedRule,
  TypedRuleGuard,
} from './rules.ts';
export type {
  ActionStructure,
  ChartStructure,
  GuardStructure,
  NodeStructure,
  TransitionStructure,
} from './structure.ts';
export { UnsupportedStatechart } from './unsupported-statechart.ts';
export type { ChartProblem } from './unsupported-statechart.ts';
