// A case and its parts taken through random events, each chart beside XState.
import { policyCalendar, policyReader, type CaseType, type PartView } from '@himaya/engine';
import type { AnyStateMachine } from 'xstate';
import { Pair } from '../../../statechart/test/compare.ts';
import { policySample } from '../../src/index.ts';
import { Draw, valueOf } from './data.ts';
import { machinesOf } from './machines.ts';

const START_MS = Date.parse('2027-05-09T06:00:00Z');
const HOUR_MS = 3_600_000;
/** Parts of one kind at a time. */
const PARTS_MAX = 2;

interface Part {
  readonly kind: string;
  readonly id: string;
  readonly pair: Pair;
}

type Node = CaseType['chart']['structure']['nodes'][number];

/** What walks have met, by chart: `case`, or the kind of part. */
export class Met {
  /** States that were active. */
  readonly states = new Map<string, Set<string>>();
  /** Starts, and events that were taken. */
  readonly steps = new Map<string, number>();
  /** Chart and type of the events that were taken. */
  readonly taken = new Set<string>();

  add(chart: string, entered: readonly string[], type: string): void {
    this.place(chart, entered);
    this.taken.add(`${chart} ${type}`);
    this.steps.set(chart, (this.steps.get(chart) ?? 0) + 1);
  }

  place(chart: string, active: readonly string[]): void {
    const states = this.states.get(chart) ?? new Set();
    for (const state of active) states.add(state);
    this.states.set(chart, states);
  }
}

/** Walks of one case type, one after another. */
export class Walks {
  readonly met = new Met();
  readonly #type: CaseType;
  readonly #case: Pair;
  readonly #idle = new Map<string, Pair[]>();
  #parts: Part[] = [];

  constructor(type: CaseType) {
    this.#type = type;
    this.#case = pairOf(type.chart, machinesOf(type).chart);
  }

  /**
   * One walk. The first number says where it begins: with a part of every kind, and every other
   * chart in the middle of a life, since chance alone does not lead far. Each further number stands
   * for an event.
   * Throws where a chart and XState differ.
   */
  take([first = 0, ...turns]: readonly number[]): void {
    for (const part of this.#parts) this.#idle.get(part.kind)?.push(part.pair);
    this.#parts = [];
    this.#note('case', this.#case.start(undefined, this.#facts(undefined)));
    const draw = new Draw(first);
    if (draw.below(2) === 0) {
      const context = valueOf(this.#type.contextSchema, draw) as Record<string, unknown>;
      this.#place('case', this.#case, context, draw);
    }
    for (const { kind, opens } of Object.values(this.#type.parts)) {
      this.#open(kind, `${kind}-first`, this.#eventNamed(draw.of(opens), draw, 0), draw);
    }
    for (const [index, turn] of turns.entries()) this.#turn(new Draw(turn), index);
  }

  #place(
    chart: string,
    pair: Pair,
    context: Readonly<Record<string, unknown>>,
    draw: Draw,
  ): void {
    const { nodes } = pair.chart.structure;
    const leaves = leavesOf(nodes, nodes[0] as Node, draw);
    pair.place(leaves, context);
    this.met.place(chart, leaves);
  }

  #turn(draw: Draw, index: number): void {
    const event = this.#eventOf(draw, index);
    const { type } = event;
    let reacted = false;
    for (const part of this.#parts) {
      if (!part.pair.chart.eventTypes.includes(type)) continue;
      const stepped = part.pair.step(event, this.#facts(part));
      if (this.#note(part.kind, stepped, event)) reacted = true;
    }
    for (const { kind, opens } of Object.values(this.#type.parts)) {
      const alike = this.#parts.filter((part) => part.kind === kind);
      if (opens.includes(type) && alike.length < PARTS_MAX) {
        this.#open(kind, `${kind}-${index}`, event, draw);
        reacted = true;
      }
    }
    const facts = this.#facts(undefined);
    if (this.#note('case', this.#case.step(event, facts), event) || !reacted) return;
    this.#note('case', this.#case.settle(event, facts));
  }

  #open(kind: string, id: string, event: object, draw: Draw): void {
    const idle = this.#idle.get(kind) ?? [];
    this.#idle.set(kind, idle);
    const machine = machinesOf(this.#type).parts[kind];
    const part = this.#type.parts[kind];
    if (!machine || !part) throw new Error(`no machine is known for the part ${kind}`);
    const pair = idle.pop() ?? pairOf(part.chart, machine.chart);
    this.#note(kind, pair.start({ id, event }, this.#facts(undefined)));
    this.#parts.push({ kind, id, pair });
    if (draw.below(2) === 0) this.#place(kind, pair, pair.snapshot.context, draw);
  }

  // Mostly what something hears now, else anything that may be recorded.
  #eventOf(draw: Draw, index: number) {
    const parts = this.#parts.map(({ pair }) => pair);
    const { chart, snapshot } = draw.below(2) === 0 ? this.#case : draw.of([this.#case, ...parts]);
    const enabled = chart.enabled(snapshot);
    const all = [...Object.keys(this.#type.events), ...chart.eventTypes];
    const type = draw.below(4) > 0 && enabled.length > 0 ? draw.of(enabled) : draw.of(all);
    return this.#eventNamed(type, draw, index);
  }

  #eventNamed(type: string, draw: Draw, index: number) {
    const schema = this.#type.events[type];
    const at = new Date(START_MS + index * HOUR_MS).toISOString();
    const actor = { staff: draw.of(['cw1', 'sup1']), role: 'CW', office: 'MUH-FCP' };
    const data = schema ? valueOf(schema, draw) : { name: type };
    return { type, data, occurredAt: at, recordedAt: at, actor };
  }

  #note(
    chart: string,
    change: ReturnType<Pair['start'] | Pair['step']>,
    { type } = { type: 'start' },
  ): boolean {
    if (change === 'looped') throw new Error(`${chart} loops`);
    if (!('snapshot' in change)) return false;
    this.met.add(chart, change.entered, type);
    return true;
  }

  #facts(part: Part | undefined): object {
    const views = this.#parts.map((one) => viewOf(one));
    return {
      parts: {
        one: ({ kind }: Part, id: string) =>
          views.find((view) => view.kind === kind && view.id === id),
        all: ({ kind }: Part) => views.filter((view) => view.kind === kind),
      },
      part: part && viewOf(part),
      policy: policyReader(policySample),
      calendar: policyCalendar(policySample),
      in: (path: string) => this.#case.chart.matches(this.#case.snapshot, path),
    };
  }
}

function pairOf({ structure }: CaseType['chart'], machine: AnyStateMachine): Pair {
  const pair = new Pair(machine);
  if (JSON.stringify(pair.chart.structure) === JSON.stringify(structure)) return pair;
  throw new Error(`the machine ${structure.id} is not the one of the case type`);
}

// Of each compound state one child, of each parallel state every region.
function leavesOf(nodes: readonly Node[], node: Node, draw: Draw): readonly string[] {
  const parents = node.path.split('.').length;
  const children = nodes.filter(({ path }) =>
    node.path === ''
      ? path !== '' && !path.includes('.')
      : path.startsWith(`${node.path}.`) && path.split('.').length === parents + 1,
  );
  if (children.length === 0) return [node.path];
  const active = node.kind === 'parallel' ? children : [draw.of(children)];
  return active.flatMap((child) => leavesOf(nodes, child, draw));
}

function viewOf({ kind, id, pair: { chart, snapshot } }: Part): PartView {
  const at = new Date(START_MS).toISOString() as PartView['openedAt']['occurredAt'];
  const isIn = (path: string): boolean => chart.matches(snapshot, path);
  return {
    kind,
    id,
    context: snapshot.context,
    status: snapshot.status === 'done' ? 'ended' : 'active',
    states: snapshot.configuration,
    openedAt: { occurredAt: at, recordedAt: at },
    in: isIn,
    wasIn: isIn,
  };
}
