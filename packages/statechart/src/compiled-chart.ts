// The chart itself: its questions and answers over the compiled tables.
import { NOBODY } from './asked.ts';
import { ChartError } from './chart-error.ts';
import type {
  CandidateExplanation,
  Chart,
  ChartChange,
  ChartEvent,
  ChartSnapshot,
  Coverage,
  Explanation,
  PersistedSnapshot,
  RuleSite,
  StepResult,
} from './chart.ts';
import { Configurations } from './configurations.ts';
import type { Configuration, Plan } from './configuration.ts';
import { describeChart } from './describe.ts';
import { isInternalEvent, isWildcard } from './events.ts';
import { explainEvent } from './explain.ts';
import { CONFIGURATIONS_KEPT_MAX } from './limits.ts';
import { settle } from './macrostep.ts';
import type { ChartNode, Model } from './model.ts';
import { outcomesOf, raisedAndRuled } from './outcomes.ts';
import { protect } from './plain.ts';
import { planFor, planStart } from './plan.ts';
import type { GuardRule, RuleVerdict } from './rules.ts';
import { Run } from './run.ts';
import { distinctByCode, selectTransitions } from './select.ts';
import { configurationOf, contextOf, snapshotOf } from './snapshot.ts';
import { startContext } from './start-context.ts';
import { StepArguments } from './step-arguments.ts';
import type { ChartStructure } from './structure.ts';

const NOT_ENABLED = Object.freeze({ kind: 'not-enabled' } as const);

/** See {@link Chart}; made by `compile` only. */
export class CompiledChart<Context> implements Chart<Context> {
  readonly id: string;
  readonly structure: ChartStructure;
  readonly eventTypes: readonly string[];
  readonly rules: readonly GuardRule[];
  readonly ruleSites: readonly RuleSite[];
  readonly hasFinalRoot: boolean;
  readonly #model: Model;
  readonly #configurations: Configurations;
  readonly #first: Plan;
  /** Types of raised events that a rule may refuse, each with leaves where it does. */
  readonly #raisedAndRuled: ReadonlyMap<string, readonly string[]>;

  constructor(model: Model) {
    this.#model = model;
    this.#configurations = new Configurations(model, CONFIGURATIONS_KEPT_MAX);
    this.#first = planStart(this.#configurations, model.root);
    this.id = model.id;
    this.structure = describeChart(model);
    const triggers = model.transitions.filter(({ trigger }) => isHeard(trigger));
    this.eventTypes = sorted(triggers.map((t) => t.descriptor).filter((d) => !isWildcard(d)));
    this.ruleSites = model.transitions.flatMap(({ rules, descriptor, source }) =>
      rules.map((rule) => ({ rule, eventType: descriptor, source: source.path })),
    );
    this.rules = [...new Set(this.ruleSites.map((site) => site.rule))];
    this.#raisedAndRuled = raisedAndRuled(model);
    this.hasFinalRoot = finishOf(model.root) !== undefined;
  }

  /** The tables that a chart made by this class runs on, for those who derive another from them. */
  static modelOf<Context>(chart: Chart<Context>): Model {
    return (chart as CompiledChart<Context>).#model;
  }

  start(input?: unknown, facts?: object): ChartChange<Context> {
    const { root } = this.#model;
    const event: ChartEvent = { type: 'xstate.init', input };
    const context = startContext(this.#model, input);
    const run = new Run(root, this.#first.next, context, event, facts);
    run.perform(this.#first);
    const failed = settle(this.#model, this.#configurations, run);
    if (failed.length > 0) throw startRefused(this.id, failed);
    return changeOf(run);
  }

  step(snapshot: ChartSnapshot<Context>, event: ChartEvent, facts?: object): StepResult<Context> {
    const configuration = this.#at(snapshot);
    if (configuration.done || isInternalEvent(event.type)) return NOT_ENABLED;
    const asked = this.#configurations.asking.about(event.type, configuration);
    if (asked === NOBODY) return NOT_ENABLED;
    protect(event);
    const run = new Run(this.#model.root, configuration, contextOf(snapshot), event, facts);
    const selection = selectTransitions(asked, configuration, run);
    if (selection.failed.length > 0) return refused(selection.failed);
    if (selection.transitions.every(({ forbidden }) => forbidden)) return NOT_ENABLED;
    run.perform(planFor(this.#configurations, configuration, selection.transitions));
    const failed = settle(this.#model, this.#configurations, run);
    if (failed.length > 0) return refused(failed);
    return steppedBy(run);
  }

  settle(snapshot: ChartSnapshot<Context>, event: ChartEvent, facts?: object): StepResult<Context> {
    const configuration = this.#at(snapshot);
    const context = contextOf(snapshot);
    protect(event);
    const run = new Run(this.#model.root, configuration, context, event, facts);
    const failed = configuration.done ? [] : settle(this.#model, this.#configurations, run);
    if (failed.length > 0) return refused(failed);
    const moved = run.configuration !== configuration || run.entered.length > 0;
    if (!moved && run.context === context) return NOT_ENABLED;
    return steppedBy(run);
  }

  explain(snapshot: ChartSnapshot<Context>, event: ChartEvent, facts?: object): Explanation {
    const configuration = this.#at(snapshot);
    const context = contextOf(snapshot);
    const args = new StepArguments(context, event, facts);
    const explanation = explainEvent(this.#model, configuration, event, args);
    if (explanation.outcome !== 'stepped' || this.#raisedAndRuled.size === 0) return explanation;
    const run = new Run(this.#model.root, configuration, context, event, facts);
    return this.#followed(explanation, run);
  }

  enabled(snapshot: ChartSnapshot<Context>): readonly string[] {
    const configuration = this.#at(snapshot);
    if (configuration.done) return [];
    configuration.enabled ??= this.#enabledIn(configuration);
    return configuration.enabled;
  }

  restore(persisted: PersistedSnapshot<Context>): ChartSnapshot<Context> {
    const configuration = this.#at(persisted);
    return snapshotOf(configuration, contextOf(persisted) as Context, persisted.output);
  }

  matches(snapshot: ChartSnapshot<Context>, statePath: string): boolean {
    const configuration = this.#at(snapshot);
    const node = this.#configurations.nodeAt(statePath);
    if (node !== undefined) return configuration.active[node.index] === 1;
    const message = `The chart "${this.id}" has no state "${statePath}": it is misspelt.`;
    throw new ChartError('state-unknown', message, [statePath]);
  }

  covers(eventType: string): Coverage {
    const finish = finishOf(this.#model.root);
    if (finish !== undefined) return { covered: false, configurationExample: finish };
    for (const configurationExample of this.#raisedAndRuled.values()) {
      return { covered: false, configurationExample };
    }
    for (const [outcome, leaves] of outcomesOf(this.#model.root, eventType)) {
      if (outcome !== 'reacts') return { covered: false, configurationExample: leaves };
    }
    return { covered: true };
  }

  /** Where a snapshot stands: one of this chart says so itself, of any other its states are read. */
  #at(snapshot: Pick<ChartSnapshot<unknown>, 'configuration'>): Configuration {
    const own = configurationOf(snapshot);
    const isOwn = own !== undefined && own.nodes[0] === this.#model.root;
    return isOwn ? own : this.#configurations.named(snapshot.configuration);
  }

  // A step that would be taken, followed to its end, with the candidates of what it raises.
  #followed(explanation: Explanation, run: Run): Explanation {
    const asked = this.#configurations.asking.about(run.event.type, run.configuration);
    const { transitions } = selectTransitions(asked, run.configuration, run);
    run.perform(planFor(this.#configurations, run.configuration, transitions));
    const raised: CandidateExplanation[] = [];
    const failed = settle(this.#model, this.#configurations, run, () => {
      const { configuration, event } = run;
      const { candidates } = explainEvent(this.#model, configuration, event, run.arguments, true);
      raised.push(...candidates.map((candidate) => ({ ...candidate, raised: event.type })));
    });
    const candidates = [...explanation.candidates, ...raised];
    if (failed.length === 0) return { ...explanation, candidates };
    return { ...explanation, outcome: 'refused', failed: distinctByCode(failed), candidates };
  }

  #enabledIn(configuration: Configuration): readonly string[] {
    const descriptors = configuration.nodes.flatMap((node) => [...node.heard.keys()]);
    const { root } = this.#model;
    const possible = sorted(descriptors).filter(
      (type) => !isInternalEvent(type) && outcomesOf(root, type, configuration).has('reacts'),
    );
    return Object.freeze(possible);
  }
}

function isHeard(trigger: string): boolean {
  return trigger === 'event' || trigger === 'after';
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

function refused(failed: readonly RuleVerdict[]): StepResult<never> {
  return { kind: 'refused', failed: distinctByCode(failed) };
}

function changeOf<Context>(run: Run): ChartChange<Context> {
  const snapshot = snapshotOf(run.configuration, run.context as Context, run.output);
  return { snapshot, effects: run.effects, entered: run.entered, left: run.left };
}

function steppedBy<Context>(run: Run): StepResult<Context> {
  const { snapshot, effects, entered, left } = changeOf<Context>(run);
  return { kind: 'stepped', snapshot, effects, entered, left };
}

// Leaves of a configuration in which `node` is finished, by the rule of onDone.
function finishOf(node: ChartNode): readonly string[] | undefined {
  if (node.kind === 'final') return [node.path];
  if (node.kind === 'compound') {
    const final = node.children.find((child) => child.kind === 'final');
    return final && [final.path];
  }
  if (node.kind === 'atomic') return undefined;
  const regions = node.children.map((region) => finishOf(region));
  return regions.some((leaves) => leaves === undefined)
    ? undefined
    : regions.flatMap((leaves) => leaves ?? []);
}

function startRefused(id: string, failed: readonly RuleVerdict[]): ChartError {
  const codes = distinctByCode(failed).map((verdict) => verdict.rule.code);
  return new ChartError(
    'start-refused',
    `Cannot start chart "${id}": rules ${codes.join(', ')} refuse an event raised on entry. ` +
      'Use a selector there; rules answer somebody who asks.',
  );
}
