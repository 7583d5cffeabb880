// A chart of which only some regions and context keys are kept: it can do all that the chart can do.
import type { Chart } from '../chart.ts';
import { CompiledChart } from '../compiled-chart.ts';
import { ancestorsOf, isInside } from '../model.ts';
import type { Action, AssignedKey, AuthorFunction, ChartNode } from '../model.ts';
import type { Guard, Model, Transition } from '../model.ts';
import { bare, guardOf, staying, typeOf } from './bare.ts';
import type { GuardRule } from '../rules.ts';
import { resolveParams, type StepArguments } from '../step-arguments.ts';

/** What is kept of a chart, and who answers for the rest. */
export interface Loosening {
  /** Whether a region, by its path, keeps its states. Asked of children of a parallel root only. */
  keepsRegion(path: string): boolean;
  keepsKey(key: string): boolean;
  /** Answers a condition of the author's. `test` throws what it likes when it cannot be judged. */
  asks(test: (args: StepArguments) => unknown, args: StepArguments): boolean;
  /** Answers the value that an author's function makes for a kept key. */
  gives(make: (args: StepArguments) => unknown, args: StepArguments, key: string): unknown;
  /** Answers whether something happens that hangs on what is not kept. */
  perhaps(): boolean;
  /** Answers whether an event counts as taken that only what is not kept could take. */
  counts(type: string): boolean;
  /** Answers whether all that is asked is whether an event is taken, by whatever there is. */
  isCertain(): boolean;
  /** The kept part of the context that the author's factory makes. */
  starts(make: (args: unknown) => object, args: unknown): Record<string, unknown>;
}

/** Why a chart cannot be loosened, for people who maintain it. */
export class NotLoosened extends Error {}

/**
 * The chart without the states of regions that are not kept and without context keys that are not.
 * Whatever the chart does, seen through what is kept, this one can do too: a transition of a region
 * that is left out, and that assigns a kept key, may be taken at any time.
 *
 * @throws {NotLoosened} for what a left-out region does beside assigning on events: raise, entry,
 *   exit and eventless actions on kept keys.
 */
export function loosen<Context>(chart: Chart<Context>, loosening: Loosening): Chart<Context> {
  const model = CompiledChart.modelOf(chart);
  return new CompiledChart<Context>(new Loosener(loosening).model(model));
}

/** Makes the model of a loosened chart. */
class Loosener {
  readonly #loosening: Loosening;
  readonly #nodes: ChartNode[] = [];
  readonly #transitions: Transition[] = [];
  readonly #twins = new Map<ChartNode, ChartNode>();

  constructor(loosening: Loosening) {
    this.#loosening = loosening;
  }

  model({ id, root, nodes, context }: Model): Model {
    const own = this.#copyNode(root, undefined);
    const isSplit = root.kind === 'parallel';
    const dropped: ChartNode[] = [];
    for (const child of root.children) {
      if (!isSplit || this.#loosening.keepsRegion(child.path)) this.#copyTree(child, own);
      else dropped.push(child);
    }
    // A region of its own for each, because each may take a transition of its own on one event.
    const blurred = dropped.map((region) => {
      const inside = nodes.filter((node) => node === region || isInside(node, region));
      return { inside, node: this.#blur(region, own) };
    });
    for (const [node, twin] of this.#twins) this.#fill(node, twin);
    for (const { inside, node } of blurred) this.#fillBlurred(inside, node);
    if (dropped.length > 0) this.#doubt(own);
    own.lastIndex = this.#nodes.length - 1;
    const counts = guardOf((args) => this.#loosening.counts(typeOf(args)));
    const taken = this.#place({ ...staying(own, 0), selectors: [counts] });
    own.wildcards = [...own.wildcards, ['*', [taken]]];
    const make = (args: unknown): object =>
      typeof context === 'function' ? (context(args) as object) : (context ?? {});
    return {
      id,
      root: own,
      nodes: this.#nodes,
      transitions: this.#transitions,
      context: (args: unknown) => this.#loosening.starts(make, args),
    };
  }

  #copyNode(node: ChartNode, parent: ChartNode | undefined): ChartNode {
    const twin = bare(node, parent, this.#nodes.length);
    parent?.children.push(twin);
    this.#nodes.push(twin);
    this.#twins.set(node, twin);
    return twin;
  }

  #copyTree(node: ChartNode, parent: ChartNode): void {
    const twin = this.#copyNode(node, parent);
    for (const child of node.children) this.#copyTree(child, twin);
    twin.lastIndex = this.#nodes.length - 1;
  }

  #blur({ key, path, id }: ChartNode, parent: ChartNode): ChartNode {
    const node = bare({ key, path, id, kind: 'atomic' }, parent, this.#nodes.length);
    parent.children.push(node);
    this.#nodes.push(node);
    return node;
  }

  #fill(node: ChartNode, twin: ChartNode): void {
    twin.initial = node.initial && this.#twins.get(node.initial);
    twin.initialActions = this.#actions(node.initialActions);
    twin.entry = this.#actions(node.entry);
    twin.exit = this.#actions(node.exit);
    const copied = (one: Transition): Transition => this.#transition(one, twin);
    for (const [type, list] of node.heard) twin.heard.set(type, list.map(copied));
    twin.wildcards = node.wildcards.map(([type, list]) => [type, list.map(copied)]);
    twin.always = node.always.map(copied);
  }

  /** What the root does only where no region reacts: one left out may have reacted. */
  #doubt(root: ChartNode): void {
    // Either way somebody takes it: where only that is asked, it is taken here.
    const maybe = guardOf(() => this.#loosening.isCertain() || this.#loosening.perhaps());
    const doubted = (one: Transition): Transition => ({
      ...one,
      selectors: [maybe, ...one.selectors],
    });
    for (const [type, list] of root.heard) root.heard.set(type, list.map(doubted));
    root.wildcards = root.wildcards.map(([type, list]) => [type, list.map(doubted)]);
  }

  get #maybe(): Guard {
    return guardOf(() => this.#loosening.perhaps());
  }

  /** What a region that is left out may do to what is kept: any one of its assigns, or nothing. */
  #fillBlurred(inside: readonly ChartNode[], node: ChartNode): void {
    for (const source of inside) {
      const silent = [source.initialActions, source.entry, source.exit].flat();
      const hidden = [...source.always.flatMap(({ actions }) => actions), ...silent];
      const wild = source.wildcards.flatMap(([, list]) => list.flatMap(({ actions }) => actions));
      if (this.#actions([...hidden, ...wild]).length > 0) throw beyondEvents(source);
      for (const [type, list] of source.heard) {
        for (const transition of list) {
          const actions = this.#actions(transition.actions);
          if (actions.length === 0) continue;
          if (transition.trigger === 'done') throw beyondEvents(source);
          const selectors = [this.#maybe, ...transition.selectors.map((one) => this.#guard(one))];
          const free = { ...staying(node, 0), descriptor: type, trigger: transition.trigger };
          const made = this.#place({ ...free, selectors, actions });
          node.heard.set(type, [...(node.heard.get(type) ?? []), made]);
        }
      }
    }
  }

  #place(transition: Transition): Transition {
    const placed = { ...transition, index: this.#transitions.length };
    this.#transitions.push(placed);
    return placed;
  }

  #transition(one: Transition, source: ChartNode): Transition {
    const targets = one.targets.map((target) => {
      const twin = this.#twins.get(target);
      if (twin) return twin;
      throw new NotLoosened(`"${one.descriptor}" of "${source.path}" leads out of what is kept`);
    });
    return this.#place({
      ...one,
      source,
      targets,
      domain: one.domain && this.#twins.get(one.domain),
      guard: undefined,
      selectors: one.selectors.map((guard) => this.#guard(guard)),
      rules: one.rules.map((rule) => this.#rule(rule)),
      // An action on what is not kept still makes the transition count.
      actions: one.actions.length > 0 ? this.#kept(one.actions, source) : [],
    });
  }

  #kept(actions: readonly Action[], source: ChartNode): readonly Action[] {
    const kept = this.#actions(actions);
    return kept.length > 0 ? kept : staying(source, 0).actions;
  }

  #rule(rule: GuardRule): GuardRule {
    const holds = (args: unknown): boolean =>
      this.#loosening.asks((seen) => rule.holds(seen), args as StepArguments);
    return { ...rule, holds };
  }

  #guard(guard: Guard): Guard {
    switch (guard.kind) {
      case 'test': {
        const { test, params } = guard;
        const asked = (args: unknown): boolean =>
          this.#loosening.asks(
            (seen) => test(seen, resolveParams(params, seen)),
            args as StepArguments,
          );
        return { kind: 'test', name: guard.name, test: asked, params: undefined };
      }
      case 'rules':
        return { kind: 'rules', rules: guard.rules.map((rule) => this.#rule(rule)) };
      case 'in': {
        const nodes = guard.nodes.map((node) => this.#twins.get(node));
        return nodes.every((node) => node !== undefined) ? { kind: 'in', nodes } : this.#maybe;
      }
      default:
        return { kind: guard.kind, parts: guard.parts.map((part) => this.#guard(part)) };
    }
  }

  /** What actions do to what is kept. */
  #actions(actions: readonly Action[]): readonly Action[] {
    return actions.flatMap((action): readonly Action[] => {
      if (action.kind === 'effect' || action.kind === 'cancel') return [];
      if (action.kind === 'raise') throw new NotLoosened('an action raises an event');
      const { assignment, keys, params } = action;
      if (keys !== null && !keys.some((key) => this.#loosening.keepsKey(key))) return [];
      if (typeof assignment === 'function') throw new NotLoosened('an assign is one function');
      const kept = assignment.filter(({ key }) => this.#loosening.keepsKey(key));
      const given = kept.map(({ key, value }): AssignedKey => {
        if (typeof value !== 'function') return { key, value };
        const make = value as AuthorFunction;
        const asked = (args: unknown): unknown =>
          this.#loosening.gives(
            (seen) => make(seen, resolveParams(params, seen)),
            args as StepArguments,
            key,
          );
        return { key, value: asked };
      });
      const own = kept.map(({ key }) => key);
      return [{ ...action, assignment: given, keys: own, params: undefined }];
    });
  }
}

function beyondEvents(source: ChartNode): NotLoosened {
  const path = [source, ...ancestorsOf(source)].at(-2)?.path ?? source.path;
  return new NotLoosened(`region "${path}" does more than assign on events: keep it`);
}
