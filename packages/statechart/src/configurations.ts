// Configurations, interned: one object per set of active states, with all that follows from it.
import type { StateValue } from 'xstate';
import { Asking } from './asked.ts';
import { ChartError } from './chart-error.ts';
import type { Configuration } from './configuration.ts';
import { Entries } from './entry-set.ts';
import { isLeaf } from './model.ts';
import type { ChartNode, Model, Transition } from './model.ts';

/** The configurations met so far, up to a bound: the next one then begins a new collection. */
export class Configurations {
  readonly #model: Model;
  readonly #nodeAt: ReadonlyMap<string, ChartNode>;
  readonly #byKey = new Map<string, Configuration>();
  readonly #keptMax: number;
  readonly asking: Asking;
  /** What transitions enter, whatever they leave. */
  readonly entries: Entries;

  /** `keptMax`: how many are kept. */
  constructor(model: Model, keptMax: number) {
    this.#model = model;
    this.#keptMax = keptMax;
    this.asking = new Asking(model);
    this.entries = new Entries(keptMax);
    this.#nodeAt = new Map(model.nodes.map((node) => [node.path, node]));
  }

  /** The one configuration with these active states, ancestors included. */
  of(active: Uint8Array): Configuration {
    const key = keyOf(active);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const made = this.#make(active);
    if (this.#byKey.size >= this.#keptMax) this.#byKey.clear();
    this.#byKey.set(key, made);
    return made;
  }

  /**
   * The configuration with these leaves, in any order.
   * @throws {ChartError} `configuration-unknown` when they are not exactly one legal configuration.
   */
  named(ids: readonly string[]): Configuration {
    return this.of(this.#activeOf(ids));
  }

  /** The state with this path, if the chart has one. */
  nodeAt(path: string): ChartNode | undefined {
    return this.#nodeAt.get(path);
  }

  #activeOf(ids: readonly string[]): Uint8Array {
    const active = new Uint8Array(this.#model.nodes.length);
    for (const id of ids) {
      const leaf = this.#nodeAt.get(id);
      if (leaf === undefined) throw this.#unknown(ids, id, 'does not exist');
      if (!isLeaf(leaf)) throw this.#unknown(ids, id, 'is not a leaf state');
      for (let at: ChartNode | undefined = leaf; at !== undefined; at = at.parent) {
        active[at.index] = 1;
      }
    }
    if (active[0] === 0) throw this.#unknown(ids, '', 'is not active: no state is named');
    for (const node of this.#model.nodes) {
      if (active[node.index] === 1) this.#checkChildren(ids, node, active);
    }
    return active;
  }

  #checkChildren(ids: readonly string[], node: ChartNode, active: Uint8Array): void {
    const missing = node.children.filter((child) => active[child.index] === 0);
    if (node.kind === 'parallel' && missing[0] !== undefined) {
      throw this.#unknown(ids, missing[0].path, 'is a region of an active state and not active');
    }
    if (node.kind === 'compound' && node.children.length - missing.length !== 1) {
      throw this.#unknown(ids, node.path, 'does not have exactly one active child');
    }
  }

  #unknown(ids: readonly string[], path: string, found: string): ChartError {
    return new ChartError(
      'configuration-unknown',
      `Cannot restore [${ids.join(', ')}] in chart "${this.#model.id}": ` +
        `state "${path}" ${found}. ` +
        'Migrate the case with a recorded event, or use the chart version it was recorded with.',
      [path],
    );
  }

  #make(active: Uint8Array): Configuration {
    const nodes = this.#model.nodes.filter((node) => active[node.index] === 1);
    const leaves = nodes.filter((node) => isLeaf(node));
    return {
      nodes,
      eventless: leaves.map(eventlessOf).filter(({ length }) => length > 0),
      active,
      ids: Object.freeze(leaves.map((leaf) => leaf.path)),
      value: valueOf(this.#model.root, active),
      tags: Object.freeze([...new Set(nodes.flatMap((node) => node.tags))].sort()),
      done: isFinished(this.#model.root, active),
      asked: new Map(),
      plans: new Map(),
      enabled: undefined,
    };
  }
}

/** Sixteen states to a character: short, and made faster than a list is joined. */
function keyOf(active: Uint8Array): string {
  let key = '';
  let bits = 1;
  for (const bit of active) {
    bits = bits * 2 + bit;
    if (bits < 0x10000) continue;
    key += String.fromCharCode(bits & 0xffff);
    bits = 1;
  }
  return key + String.fromCharCode(bits);
}

/** The `always` transitions of a leaf and of the states around it. */
function eventlessOf(leaf: ChartNode): readonly Transition[] {
  const around = leaf.parent === undefined ? [] : eventlessOf(leaf.parent);
  return [...leaf.always, ...around];
}

/** Whether a state is finished, as `onDone` understands it. */
export function isFinished(node: ChartNode, active: Uint8Array): boolean {
  if (node.kind === 'compound') {
    return node.children.some((child) => child.kind === 'final' && active[child.index] === 1);
  }
  if (node.kind === 'parallel') return node.children.every((child) => isFinished(child, active));
  return node.kind === 'final' && active[node.index] === 1;
}

function valueOf(node: ChartNode, active: Uint8Array): StateValue {
  const children = node.children.filter((child) => active[child.index] === 1);
  const only = children[0];
  if (node.kind === 'compound' && only !== undefined && isLeaf(only)) return only.key;
  return Object.freeze(
    Object.fromEntries(children.map((child) => [child.key, valueOf(child, active)])),
  );
}
