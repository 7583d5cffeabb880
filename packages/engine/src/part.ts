// Parts: the many things inside a case with a life of their own, each a small chart keyed by id.
import { Fault } from '@himaya/event-store';
import type { Chart, ChartSnapshot } from '@himaya/statechart';
import type { ForkedMap } from './forked-map.ts';
import type { Instant, Moment } from './instant.ts';

/** A kind of part and, for the type checker, the context of its chart. */
export interface PartKind<Context = unknown> {
  readonly kind: string;
  /** For the type checker only. */
  readonly context?: Context;
}

/** When a part entered a configuration: the basis of questions about an interval. */
export interface TrailMark extends Moment {
  /** Active leaf states from then on. */
  readonly states: readonly string[];
}

/** A part as rules, decisions and callers see it; ended parts stay readable. */
export interface PartView<Context = unknown> {
  readonly kind: string;
  readonly id: string;
  readonly context: Context;
  readonly status: 'active' | 'ended';
  readonly states: readonly string[];
  readonly openedAt: Moment;
  /** Whether a state of the part's chart is active. */
  in(statePath: string): boolean;
  /** Whether that state was active at `at`, by the instants at which events occurred. */
  wasIn(statePath: string, at: Instant): boolean;
}

/** The parts of one case. */
export interface PartsView {
  one<Context>(kind: PartKind<Context>, id: string): PartView<Context> | undefined;
  /** In the order they were opened. */
  all<Context>(kind: PartKind<Context>): readonly PartView<Context>[];
}

/** A part in the fold: immutable, and made anew when it steps. */
export class PartState {
  readonly kind: string;
  readonly id: string;
  readonly chart: Chart<Record<string, unknown>>;
  readonly snapshot: ChartSnapshot<Record<string, unknown>>;
  readonly openedAt: Moment;
  readonly trail: readonly TrailMark[];
  #view: PartView | undefined;

  constructor(
    { kind, chart }: Pick<PartState, 'kind' | 'chart'>,
    id: string,
    snapshot: PartState['snapshot'],
    openedAt: Moment,
    trail: readonly TrailMark[],
  ) {
    this.kind = kind;
    this.id = id;
    this.chart = chart;
    this.snapshot = snapshot;
    this.openedAt = openedAt;
    this.trail = trail;
  }

  /** As rules, decisions and callers see it; the same object each time. */
  get view(): PartView {
    this.#view ??= viewOf(this);
    return this.#view;
  }

  /** This part after an event has led it to `snapshot`. */
  moved(snapshot: PartState['snapshot'], { occurredAt, recordedAt }: Moment): PartState {
    const states = snapshot.configuration;
    const trail =
      states === this.snapshot.configuration
        ? this.trail
        : [...this.trail, { occurredAt, recordedAt, states }];
    return new PartState(this, this.id, snapshot, this.openedAt, trail);
  }
}

/** Key of a part in the fold; kinds have no `/`. */
export function partKey(kind: string, id: string): string {
  return `${kind}/${id}`;
}

function viewOf(part: PartState): PartView {
  const covers = (states: readonly string[], path: string): boolean =>
    states.some((state) => state === path || state.startsWith(`${path}.`));
  return {
    kind: part.kind,
    id: part.id,
    context: part.snapshot.context,
    status: part.snapshot.status === 'done' ? 'ended' : 'active',
    states: part.snapshot.configuration,
    openedAt: part.openedAt,
    in: (path) => part.chart.matches(part.snapshot, path),
    wasIn: (path, at) => {
      part.chart.matches(part.snapshot, path); // throws for a path that no state has
      // Marks are kept in the order they were recorded; the last one that had occurred decides.
      const past = part.trail.filter((mark) => mark.occurredAt <= at);
      const latest = past.reduce<TrailMark | undefined>(
        (best, mark) => (best && best.occurredAt > mark.occurredAt ? best : mark),
        undefined,
      );
      return latest !== undefined && covers(latest.states, path);
    },
  };
}

/** The parts of a fold by {@link partKey}, in the order they were opened. */
export type PartStates = ForkedMap<string, PartState>;

/** The same to those who only look. */
export type ReadonlyParts = Pick<PartStates, 'fork' | 'size' | 'has' | 'get' | 'keys' | 'values'>;

/**
 * The parts of a fold as a view that always shows their present content. With the kinds of the case
 * type it throws Fault `part-kind-unknown` for any other; another case may be of any case type.
 */
export function partsView(
  parts: ReadonlyParts,
  kinds?: Readonly<Record<string, unknown>>,
): PartsView {
  return new LiveParts(parts, kinds);
}

class LiveParts implements PartsView {
  readonly #parts: ReadonlyParts;
  readonly #kinds: Readonly<Record<string, unknown>> | undefined;

  constructor(parts: ReadonlyParts, kinds: Readonly<Record<string, unknown>> | undefined) {
    this.#parts = parts;
    this.#kinds = kinds;
  }

  one<Context>({ kind }: PartKind<Context>, id: string): PartView<Context> | undefined {
    this.#check(kind);
    return this.#parts.get(partKey(kind, id))?.view as PartView<Context> | undefined;
  }

  all<Context>({ kind }: PartKind<Context>): readonly PartView<Context>[] {
    this.#check(kind);
    const found: PartView<Context>[] = [];
    for (const part of this.#parts.values()) {
      if (part.kind === kind) found.push(part.view as PartView<Context>);
    }
    return found;
  }

  /** A slip in the name of a kind would find nothing, and a rule that asks for none would hold. */
  #check(kind: string): void {
    if (!this.#kinds || Object.hasOwn(this.#kinds, kind)) return;
    const known = Object.keys(this.#kinds);
    throw new Fault({
      code: 'part-kind-unknown',
      attempted: `Cannot look for parts of kind ${JSON.stringify(kind)}`,
      found: known.length === 0 ? 'the case type has no parts' : `it has ${known.join(', ')}`,
      todo: 'Name a kind that the case type defines under `parts`',
    });
  }
}
