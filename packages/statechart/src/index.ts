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
export { blankChart } from './check/bare.ts';
export {
  checkChart,
  countConfigurations,
  type ChartReport,
  type ChartTestStep,
  type CheckChartOptions,
  type DeadEnd,
  type TransitionPlace,
} from './check/check-chart.ts';
export { NotExplored } from './check/explore.ts';
export { loosen, NotLoosened, type Loosening } from './check/loosen.ts';
export { reachedIn, type ReachedPlace } from './check/reached.ts';
export { compile } from './compile.ts';
export { diffCharts } from './diff.ts';
export type { ChartDifference, StateAspect, TransitionAspect } from './diff.ts';
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
export type { StepArguments } from './step-arguments.ts';
export type {
  ActionStructure,
  ChartStructure,
  GuardStructure,
  NodeStructure,
  TransitionStructure,
} from './structure.ts';
export { factsOf, type FunctionArguments } from './step-arguments.ts';
export { UnsupportedStatechart } from './unsupported-statechart.ts';
export type { ChartProblem } from './unsupported-statechart.ts';
export { placesOf, transitionsOf } from './placed-transitions.ts';
export type { ConditionPlace, PlacedTransition } from './placed-transitions.ts';
export { drawChart } from './drawing/draw-chart.ts';
export type { ChartDrawing, DrawnArrow, DrawnBox, DrawnLine } from './drawing/drawing.ts';
export { PADDING, STYLES, textOfArrow, textOfBox, type BoxText } from './drawing/measure.ts';
export type { Area, Place, PlacedArrow, PlacedBox, PlacedChart } from './drawing/placed.ts';
export { sayTransition } from './drawing/say.ts';
export { setText, stacked, textWidth } from './drawing/text-size.ts';
export type { SizedText, TextStyle } from './drawing/text-size.ts';
export { toMermaid } from './drawing/to-mermaid.ts';
export { toScxml } from './drawing/to-scxml.ts';
export { toSvg, type Picture, type PlacedText } from './drawing/to-svg.ts';
export type { ChartPhrases, ChartWords } from './drawing/words.ts';
