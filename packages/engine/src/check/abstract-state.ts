// States of an abstract case as texts: equal texts are one state, whatever dates and ids led there.
import type { StreamName } from '@himaya/event-store';
import { blankChart } from '@himaya/statechart';
import type { AnyChart, CaseType } from '../compiled.ts';
import { DeadlineLedger, type Arming } from '../deadline-ledger.ts';
import { ForkedMap } from '../forked-map.ts';
import type { Instant } from '../instant.ts';
import { partKey, PartState } from '../part.ts';
import type { Policy } from '../policy.ts';
import type { Draft } from '../state.ts';
import { BEGINNING, instantsIn, type Moments } from './moments.ts';
import type { Abstraction, WrittenState } from './abstraction.ts';
import { isWithin, OTHER } from './deciding.ts';

/** Thrown when a case goes beyond what its abstraction holds. */
export class Beyond extends Error {}

/** A state of an abstract case as plain data. */
interface Written {
  readonly now: Instant;
  readonly chart: Pick<WrittenState['parts'][number], 'configuration' | 'context'>;
  readonly parts: WrittenState['parts'];
  readonly armings: readonly Arming[];
}

/** The arming of a deadline that may be reached or escalated at any time. */
export const ANYTIME = 1_000_000;

/** A ledger in which any deadline that is not kept may be reached at any time. */
class LooseLedger extends DeadlineLedger {
  readonly #kept: readonly string[];

  constructor(kept: readonly string[]) {
    super();
    this.#kept = kept;
  }

  override copy(): DeadlineLedger {
    const copied = new LooseLedger(this.#kept);
    // In the order in which they were armed: what was overdue then stays beside what came later.
    for (const arming of this.current.toSorted((a, b) => a.position - b.position)) {
      copied.arm(arming);
    }
    return copied;
  }

  override find(name: string, part: string, position?: number): Arming | undefined {
    if (position !== ANYTIME && this.#isKept(name, part)) {
      return super.find(name, part, position);
    }
    const instants = { armedAt: BEGINNING, dueAt: BEGINNING };
    const one = { name, code: name, part, position: position ?? 0, ...instants };
    const marks = [1, 2, 3, 4].map((level) => ({ level, to: '', at: BEGINNING }));
    return { ...one, marks, status: 'pending', metAt: undefined };
  }

  override arm(arming: Arming): void {
    if (arming.part !== OTHER) super.arm(arming);
  }

  override reach(arming: Arming): void {
    if (this.#isKept(arming.name, arming.part)) super.reach(arming);
  }

  override replace(arming: Arming): void {
    if (this.#isKept(arming.name, arming.part)) super.replace(arming);
  }

  #isKept(name: string, part: string): boolean {
    return part !== OTHER && this.#kept.includes(name);
  }
}

/** Reads and writes the states of one abstract case type. */
export class AbstractStates {
  readonly #caseType: CaseType;
  readonly #policy: Policy;
  readonly #abstraction: Abstraction;
  /** The chart of the part that stands for all others of its kind. */
  readonly #otherChart: AnyChart;

  /** `counts`: whether one of the parts that are not told apart counts as taking an event. */
  constructor(
    caseType: CaseType,
    policy: Policy,
    abstraction: Abstraction,
    counts: () => boolean,
  ) {
    this.#caseType = caseType;
    this.#otherChart = blankChart(OTHER, counts);
    this.#policy = policy;
    this.#abstraction = abstraction;
    for (const kind of Object.keys(abstraction.parts)) this.#checkOthers(kind);
  }

  /** The state of a case that has just been opened. */
  first(now: Instant): Draft {
    return this.#draft(now, this.#caseType.chart.start().snapshot);
  }

  /** The state that a text says. */
  read(text: string): { readonly draft: Draft; readonly instants: readonly string[] } {
    const { now, chart, parts, armings } = JSON.parse(text) as Written;
    const draft = this.#draft(now, this.#caseType.chart.restore(chart));
    for (const { kind, id, ...told } of parts) {
      const part = this.#caseType.parts[kind] as CaseType['parts'][string];
      const openedAt = { occurredAt: now, recordedAt: now };
      const snapshot = part.chart.restore(told);
      draft.parts.set(partKey(kind, id), new PartState(part, id, snapshot, openedAt, []));
    }
    armings.forEach((arming) => draft.deadlines.arm(arming));
    return { draft, instants: instantsIn(text) };
  }

  /** The text of a state, the same for all that differ only in dates of the same order. */
  write({ chart, parts, deadlines }: Draft, now: Instant, moments: Moments): string {
    // One that was reached falls no more; of one that is pending only when it is due is asked.
    const { pending } = deadlines;
    const armings = pending
      .toSorted((a, b) => a.position - b.position)
      .map(({ dueAt, ...arming }, index) => ({
        ...arming,
        dueAt,
        armedAt: dueAt,
        position: index - pending.length,
      }));
    const whole: WrittenState = {
      context: chart.context,
      parts: [...parts.values()]
        .filter(({ id }) => id !== OTHER)
        .map(({ kind, id, snapshot: { configuration, context } }) => ({
          kind,
          id,
          configuration,
          context,
        })),
    };
    const { context, parts: seen } = this.#abstraction.same?.(whole) ?? whole;
    const told = seen.filter((part) => this.#isTold(part));
    this.#checkCount(told);
    const written: Written = {
      now,
      chart: { configuration: chart.configuration, context },
      parts: told.map((part, index) => ({ ...part, id: idOf(told, part, index) })),
      armings,
    };
    return moments.ranked(JSON.stringify(written));
  }

  /** Whether a part is told apart: always, or where it is none of the others. */
  #isTold({ kind, configuration, context }: WrittenState['parts'][number]): boolean {
    const others = this.#abstraction.parts[kind]?.others ?? [];
    return !others.some(
      ({ states, fields = {} }) =>
        configuration.every((state) => states.includes(state)) &&
        Object.entries(fields).every(([key, values]) => values.includes(context[key])),
    );
  }

  #checkCount(told: WrittenState['parts']): void {
    for (const [kind, { max }] of Object.entries(this.#abstraction.parts)) {
      const count = told.filter((part) => part.kind === kind).length;
      if (count > max) throw new Beyond(`more than ${max} parts ${kind} are told apart at once`);
    }
  }

  /** @throws {Beyond} when one of the others can become one that is told apart. */
  #checkOthers(kind: string): void {
    const others = this.#abstraction.parts[kind]?.others ?? [];
    const nodes = this.#caseType.parts[kind]?.chart.structure.nodes ?? [];
    for (const { states, fields = {} } of others) {
      const fixed = Object.keys(fields);
      // What has fewer fields holds of more parts.
      const open = others
        .filter((one) => Object.keys(one.fields ?? {}).every((key) => fixed.includes(key)))
        .flatMap((one) => one.states);
      for (const { path, transitions } of nodes) {
        if (!states.some((state) => isWithin(state, path) || path === '')) continue;
        for (const { targets, actions } of transitions) {
          const back = targets.find((target) => !open.some((state) => isWithin(state, target)));
          const isChanged = actions.some(
            (action) => action.kind === 'assign' && action.keys?.some((key) => fixed.includes(key)),
          );
          if (back !== undefined) throw new Beyond(`a part ${kind} comes back to "${back}"`);
          if (isChanged) throw new Beyond(`a part ${kind} changes what the others are known by`);
        }
      }
    }
  }

  #draft(now: Instant, chart: Draft['chart']): Draft {
    const parts = new ForkedMap<string, PartState>();
    for (const [kind] of Object.entries(this.#caseType.parts)) {
      const part = { kind, chart: this.#otherChart };
      const snapshot = part.chart.start().snapshot;
      const openedAt = { occurredAt: now, recordedAt: now };
      parts.set(partKey(kind, OTHER), new PartState(part, OTHER, snapshot, openedAt, []));
    }
    return {
      caseId: 'abstract',
      stream: 'case-abstract' as StreamName,
      head: { position: 0, hash: '-', recordedAt: now },
      pin: { caseType: this.#caseType, policy: this.#policy },
      chart,
      parts,
      deadlines: new LooseLedger(this.#abstraction.deadlines),
      commands: new Map(),
      correlation: '',
      openedAt: now,
      lastForeign: 0,
      divergence: undefined,
      digested: undefined,
    };
  }
}

/** A part's id by its place among those of its kind. Nothing else names it in what is kept. */
function idOf(told: WrittenState['parts'], { kind }: { readonly kind: string }, index: number) {
  const before = told.slice(0, index).filter((one) => one.kind === kind);
  return `${kind}${before.length + 1}`;
}
