// Who is asked about an event in a configuration: the active states that hear it, as they lie in each other.
import type { Asked, Configuration } from './configuration.ts';
import { isAfterEvent, wildcardHears } from './events.ts';
import type { ChartNode, Model, Transition } from './model.ts';

/** Nobody hears it. */
export const NOBODY: Asked = Object.freeze({ inside: [], candidates: [] });

const NONE: readonly Transition[] = [];

/** The transitions of one state that hear an event type: exact ones, then wildcards by length. */
export function candidatesOf(node: ChartNode, type: string): readonly Transition[] {
  const exact = node.heard.get(type) ?? NONE;
  if (node.wildcards.length === 0) return exact;
  const wild = node.wildcards.flatMap(([wildcard, transitions]) =>
    wildcard !== type && wildcardHears(wildcard, type) ? transitions : NONE,
  );
  return exact.length === 0 ? wild : [...exact, ...wild];
}

/** Answers who is asked, and keeps the answers for the types that the chart names. */
export class Asking {
  readonly #root: ChartNode;
  readonly #named: ReadonlySet<string>;
  readonly #hasWild: boolean;

  constructor({ root, nodes }: Model) {
    this.#root = root;
    this.#named = new Set(nodes.flatMap(({ heard }) => [...heard.keys()]));
    this.#hasWild = nodes.some(({ wildcards }) => wildcards.length > 0);
  }

  /** Who is asked about an event of this type. */
  about(type: string, configuration: Configuration): Asked {
    const known = configuration.asked.get(type);
    if (known !== undefined) return known;
    // Types that no transition names are without number: what is kept of them would never end.
    const isNamed = this.#named.has(type);
    if (!isNamed && !(this.#hasWild && !isAfterEvent(type))) return NOBODY;
    const made = askedIn(this.#root, configuration, type) ?? NOBODY;
    if (isNamed) configuration.asked.set(type, made);
    return made;
  }
}

function askedIn(node: ChartNode, configuration: Configuration, type: string): Asked | undefined {
  const inside: Asked[] = [];
  for (const child of node.children) {
    const asked =
      configuration.active[child.index] === 1 ? askedIn(child, configuration, type) : undefined;
    if (asked !== undefined) inside.push(asked);
  }
  const candidates = candidatesOf(node, type);
  if (candidates.length > 0) return { inside, candidates };
  return inside.length > 1 ? { inside, candidates } : inside[0];
}
