// The plain configurations of a chart: all that its structure can reach, whatever conditions answer.
import type { Configuration, Plan } from '../configuration.ts';
import { Configurations } from '../configurations.ts';
import { isInternalEvent, isWildcard } from '../events.ts';
import type { ChartNode, Model, Transition } from '../model.ts';
import { makePlan, planStart, withoutConflicts } from '../plan.ts';
import { besideEachOther, selectionsOf, type Selection } from './selections.ts';

/** A place that was reached: a configuration, and raised events that wait there. */
export interface Place {
  readonly configuration: Configuration;
  readonly queue: readonly string[];
  readonly from: Place | undefined;
  /** What led here; `undefined` for the start. */
  readonly by: { readonly event: string; readonly taken: readonly Transition[] } | undefined;
}

/** Thrown when a chart cannot be explored by its structure, or has more places than allowed. */
export class NotExplored extends Error {}

/** An event that no transition names, for the wildcards. */
const ANY_OTHER = '@other';
const NOTHING_WAITS: readonly string[] = [];
/** Configurations at most. */
export const CONFIGURATIONS_MAX = 200_000;

/** Goes everywhere that a chart can go, nearest first. */
export class Exploration {
  readonly model: Model;
  /** In the order in which they were reached. */
  readonly places: Place[] = [];
  /** Where each transition was taken first, as the place that it led to. */
  readonly taken = new Map<Transition, Place>();
  /** Paths of states that some transition leaves. */
  readonly left = new Set<string>();
  readonly #configurations: Configurations;
  readonly #settled = new Map<Configuration, Place>();
  readonly #waiting = new Set<string>();
  readonly #hasWild: boolean;
  /** By event: the states that name it, in document order. */
  readonly #hearers: ReadonlyMap<string, readonly ChartNode[]>;
  readonly #max: number;

  constructor(model: Model, max: number) {
    this.model = model;
    this.#max = max;
    this.#configurations = new Configurations(model, Infinity);
    this.#hearers = hearersIn(model);
    this.#hasWild = model.transitions.some(({ descriptor }) => isWildcard(descriptor));
  }

  /** How many configurations were reached. */
  get configurations(): number {
    return this.#settled.size;
  }

  /** @throws {NotExplored} */
  run(): this {
    const start = planStart(this.#configurations, this.model.root);
    this.#reach(start, [], undefined, undefined);
    for (let at = 0; at < this.places.length; at += 1) this.#leave(this.places[at] as Place);
    return this;
  }

  #leave(place: Place): void {
    const { configuration, queue } = place;
    if (configuration.done) return;
    const always = besideEachOther(configuration.eventless, configuration);
    for (const selection of always) this.#take(place, '', selection, queue);
    // Where an eventless transition is taken for certain, nothing else happens before it.
    if (!always.some(({ length }) => length === 0)) return;
    const [raised, ...rest] = queue;
    if (raised === undefined) return this.#takeAll(place);
    for (const selection of selectionsOf(this.model.root, configuration, raised)) {
      if (selection.length > 0) this.#take(place, raised, selection, rest);
      else this.#pass(place, rest);
    }
  }

  /** Takes every event that somebody hears here. */
  #takeAll(place: Place): void {
    const { configuration } = place;
    const { active } = configuration;
    for (const [type, all] of this.#hearers) {
      const hearers = all.filter(({ index }) => active[index] === 1);
      if (hearers.length === 0) continue;
      for (const selection of this.#selections(hearers, configuration, type)) {
        this.#take(place, type, selection, NOTHING_WAITS);
      }
    }
    if (!this.#hasWild) return;
    for (const selection of selectionsOf(this.model.root, configuration, ANY_OTHER)) {
      this.#take(place, ANY_OTHER, selection, NOTHING_WAITS);
    }
  }

  /** Mostly no hearer lies in another: then the other states need not be gone through. */
  #selections(
    hearers: readonly ChartNode[],
    configuration: Configuration,
    type: string,
  ): readonly Selection[] {
    const isNested = hearers.some((node, at) => node.index <= (hearers[at - 1]?.lastIndex ?? -1));
    if (isNested || this.#hasWild) return selectionsOf(this.model.root, configuration, type);
    return besideEachOther(hearers.map(({ heard }) => heard.get(type) ?? []), configuration);
  }

  /** A raised event that nobody takes is gone. */
  #pass({ configuration, from, by }: Place, queue: readonly string[]): void {
    this.#note({ configuration, queue, from, by });
  }

  #take(from: Place, event: string, selection: Selection, queue: readonly string[]): void {
    // Most of what a chart hears leaves it where it is: no plan has to be made for that.
    if (selection.every((one) => isStaying(one))) return this.#stay(from, event, selection, queue);
    const plan = makePlan(this.#configurations, from.configuration, selection);
    for (const path of plan.left) if (!plan.entered.includes(path)) this.left.add(path);
    const isKnown = queue.length === 0 && this.#settled.has(plan.next) && raisesNothing(plan);
    if (isKnown && selection.every((one) => this.taken.has(one))) return;
    const taken = withoutConflicts(from.configuration, selection);
    this.#reach(plan, queue, from, { event, taken });
  }

  #stay(from: Place, event: string, selection: Selection, queue: readonly string[]): void {
    const isShorter = queue.length < from.queue.length;
    if (!isShorter && selection.every((one) => this.taken.has(one))) return;
    if (selection.every(({ forbidden }) => forbidden)) return;
    const { configuration } = from;
    const place = { configuration, queue, from, by: { event, taken: selection } };
    this.#mark(selection, place);
    if (isShorter) this.#note(place);
  }

  #mark(taken: Selection, place: Place): void {
    for (const transition of taken) {
      if (!this.taken.has(transition)) this.taken.set(transition, place);
    }
  }

  #reach(plan: Plan, queue: readonly string[], from: Place | undefined, by: Place['by']): void {
    const raised = plan.instructions.length === 0 ? [] : raisedBy(plan);
    const place = {
      configuration: plan.next,
      queue: raised.length === 0 ? queue : [...queue, ...raised],
      from,
      by,
    };
    this.#mark(by?.taken ?? [], place);
    this.#note(place);
  }

  #note(place: Place): void {
    const { configuration, queue } = place;
    if (queue.length > 0) {
      const key = `${configuration.ids.join()} ${queue.join()}`;
      if (this.#waiting.has(key)) return;
      this.#waiting.add(key);
    } else {
      if (this.#settled.has(configuration)) return;
      this.#settled.set(configuration, place);
    }
    if (this.places.length >= this.#max) {
      throw new NotExplored(`chart "${this.model.id}" has more than ${this.#max} configurations`);
    }
    this.places.push(place);
  }
}

function hearersIn({ nodes }: Model): ReadonlyMap<string, readonly ChartNode[]> {
  const hearers = new Map<string, ChartNode[]>();
  for (const node of nodes) {
    for (const type of node.heard.keys()) {
      if (isInternalEvent(type)) continue;
      const known = hearers.get(type);
      if (known) known.push(node);
      else hearers.set(type, [node]);
    }
  }
  return hearers;
}

/** Whether a transition leaves its chart where it is, and raises nothing. */
function isStaying({ targets, actions }: Transition): boolean {
  return targets.length === 0 && actions.every(({ kind }) => kind !== 'raise');
}

function raisesNothing({ instructions }: Plan): boolean {
  return instructions.length === 0 || raisedBy({ instructions }).length === 0;
}

/** Events that a plan leaves behind, by their types. */
function raisedBy({ instructions }: Pick<Plan, 'instructions'>): readonly string[] {
  return instructions.flatMap((instruction): readonly string[] => {
    if (instruction.kind === 'done') return [`xstate.done.state.${instruction.node.id}`];
    if (instruction.kind !== 'act' || instruction.action.kind !== 'raise') return [];
    const { event } = instruction.action;
    if (typeof event === 'function') throw new NotExplored('an action raises what nobody knows');
    return [typeof event === 'string' ? event : (event as { readonly type: string }).type];
  });
}
