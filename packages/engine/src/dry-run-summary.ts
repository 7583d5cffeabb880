// Dry runs of many cases, grouped: each way in which two versions part, with how often and where.
import type { CaseDryRun, Difference } from './dry-run.ts';
import type { ImpactedTimer } from './migrate.ts';

/** Cases that a group names; how many there are is counted. */
const EXAMPLES_MAX = 5;

/** A place in a case. */
export interface DryRunExample {
  readonly caseId: string;
  readonly position: number;
}

/** Cases whose histories part in the same way. */
export interface DifferenceGroup extends Difference {
  readonly cases: number;
  /** The first of them. */
  readonly examples: readonly DryRunExample[];
}

/** Cases that cannot move, for the same reason. */
export interface StuckGroup {
  /** Codes of invariants that would be broken, or what the migration says. */
  readonly why: readonly string[];
  readonly cases: number;
  readonly examples: readonly string[];
}

/** What would become of the pending deadlines of one code. */
export interface TimerGroup {
  readonly code: string;
  readonly policy: ImpactedTimer['policy'];
  readonly deadlines: number;
}

/** What dry runs of many cases found; each list with the largest group first. */
export interface DryRunReport {
  readonly cases: number;
  readonly events: number;
  /** Cases whose history the other version would have decided alike. */
  readonly alike: number;
  readonly differences: readonly DifferenceGroup[];
  /** Cases that could move as they stand. */
  readonly movable: number;
  readonly stuck: readonly StuckGroup[];
  readonly timers: readonly TimerGroup[];
}

/** Gathers dry runs; keeps groups, not cases. */
export class DryRunSummary {
  #cases = 0;
  #events = 0;
  #alike = 0;
  #movable = 0;
  readonly #differences = new Map<string, Growing<DifferenceGroup>>();
  readonly #stuck = new Map<string, Growing<StuckGroup>>();
  readonly #timers = new Map<string, TimerGroup>();

  /** Adds one case. */
  add({ caseId, events, difference, move }: CaseDryRun): void {
    this.#cases += 1;
    this.#events += events;
    if (difference) {
      const { position, kind, event, what } = difference;
      const key = JSON.stringify([kind, event, what]);
      grow(this.#differences, key, { kind, event, what }, { caseId, position });
    } else this.#alike += 1;
    if (move.kind === 'moves') {
      this.#movable += 1;
      for (const timer of move.timers) this.#count(timer);
    } else {
      const why = move.kind === 'breaks' ? move.codes : [move.why];
      grow(this.#stuck, JSON.stringify(why), { why }, caseId);
    }
  }

  /** What has been found so far. */
  report(): DryRunReport {
    return {
      cases: this.#cases,
      events: this.#events,
      alike: this.#alike,
      differences: largestFirst([...this.#differences.values()]),
      movable: this.#movable,
      stuck: largestFirst([...this.#stuck.values()]),
      timers: [...this.#timers.values()].sort((a, b) => b.deadlines - a.deadlines),
    };
  }

  #count({ code, policy }: ImpactedTimer): void {
    const key = `${code} ${policy}`;
    const deadlines = (this.#timers.get(key)?.deadlines ?? 0) + 1;
    this.#timers.set(key, { code, policy, deadlines });
  }
}

type Growing<Group extends { readonly examples: readonly unknown[] }> = Omit<
  Group,
  'cases' | 'examples'
> & { cases: number; examples: Group['examples'][number][] };

function grow<Group extends { readonly examples: readonly unknown[] }>(
  groups: Map<string, Growing<Group>>,
  key: string,
  head: Omit<Group, 'cases' | 'examples'>,
  example: Group['examples'][number],
): void {
  const group = groups.get(key) ?? { ...head, cases: 0, examples: [] };
  group.cases += 1;
  if (group.examples.length < EXAMPLES_MAX) group.examples.push(example);
  groups.set(key, group);
}

function largestFirst<Group extends { readonly cases: number }>(groups: Group[]): Group[] {
  return groups.sort((a, b) => b.cases - a.cases);
}
