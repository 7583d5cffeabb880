// States of an abstract case as texts: equal texts are one state, whatever dates and ids led there.
import type { StreamName } from '@himaya/event-store';
import { blankChart } from '@himaya/statechart';
import type { AnyChart, CaseType } from '../compiled.ts';
import type { Arming } from '../deadline-ledger.ts';
import { ForkedMap } from '../forked-map.ts';
import type { Instant } from '../instant.ts';
import { partKey, PartState } from '../part.ts';
import type { Policy } from '../policy.ts';
import type { Draft } from '../state.ts';
import { instantsIn, type Moments } from './moments.ts';
import type { Abstraction, WrittenState } from './abstraction.ts';
import { isWithin, OTHER } from './deciding.ts';
import { isInError, LooseLedger } from './loose-ledger.ts';

/** Thrown when a case goes beyond what its abstraction holds. */
export class Beyond extends Error {}

/** A state of an abstract case as plain data. */
interface Written {
  readonly now: Instant;
  readonly chart: Pick<WrittenState['parts'][number], 'configuration' | 'context'>;
  readonly parts: WrittenState['parts'];
  readonly armings: readonly Arming[];
  /** Kept deadlines, by name and part, that were ever reached. */
  readonly reached: readonly string[];
}

/** Reads and writes the states of one abstract case type. */
export class AbstractStates {
  readonly #caseType: CaseType;
  readonly #policy: Policy;
  readonly #abstraction: Abstraction;
  readonly #kept: ReadonlyMap<string, string>;
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
    this.#kept = new Map(
      abstraction.deadlines.map((name) => [name, caseType.deadlines[name]?.code ?? name]),
    );
    for (const kind of Object.keys(abstraction.parts)) this.#checkOthers(kind);
  }

  /** The state of a case that has just been opened. */
  first(now: Instant): Draft {
    return this.#draft(now, this.#caseType.chart.start().snapshot);
  }

  /** The state that a text says. */
  read(text: string): { readonly draft: Draft; readonly instants: readonly string[] } {
    const { now, chart, parts, armings, reached } = JSON.parse(text) as Written;
    const draft = this.#draft(now, this.#caseType.chart.restore(chart));
    for (const { kind, id, ...told } of parts) {
      const part = this.#caseType.parts[kind] as CaseType['parts'][string];
      const openedAt = { occurredAt: now, recordedAt: now };
      const snapshot = part.chart.restore(told);
      draft.parts.set(partKey(kind, id), new PartState(part, id, snapshot, openedAt, []));
    }
    draft.deadlines = new LooseLedger(this.#kept, armings, reached);
    return { draft, instants: instantsIn(text) };
  }

  /** The text of a state, the same for all that differ only in dates of the same order. */
  write({ chart, parts, deadlines }: Draft, now: Instant, moments: Moments): string {
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
    const named = told.map((part, index) => ({ ...part, id: idOf(told, part, index) }));
    // A part that is told apart no more takes its deadlines along.
    const names = told.map(({ id }, index) => [id, named[index]?.id ?? ''] as const);
    const nameOf = new Map([['', ''], ...names]);
    const written: Written = {
      now,
      chart: { configuration: chart.configuration, context },
      parts: named,
      ...writtenDeadlines(deadlines as LooseLedger, nameOf),
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
      deadlines: new LooseLedger(this.#kept),
      commands: new Map(),
      correlation: '',
      openedAt: now,
      lastForeign: 0,
      divergence: undefined,
      digested: undefined,
    };
  }
}

/** Of what is pending only when it is due is asked; of what was reached only that it was. */
function writtenDeadlines(
  { all, reached }: LooseLedger,
  nameOf: ReadonlyMap<string, string>,
): Pick<Written, 'armings' | 'reached'> {
  const pending = all.flatMap((arming): readonly Arming[] => {
    const part = nameOf.get(arming.part);
    if (part === undefined || arming.status !== 'pending' || isInError(arming)) return [];
    return [{ ...arming, part, armedAt: arming.dueAt }];
  });
  const told = reached.flatMap((key) => {
    const [name, part = ''] = key.split('/');
    const own = nameOf.get(part);
    return own === undefined ? [] : [`${name}/${own}`];
  });
  return {
    armings: pending.map((arming, index) => ({ ...arming, position: index - pending.length })),
    reached: told.sort(),
  };
}

/** A part's id by its place among those of its kind. Nothing else names it in what is kept. */
function idOf(told: WrittenState['parts'], { kind }: { readonly kind: string }, index: number) {
  const before = told.slice(0, index).filter((one) => one.kind === kind);
  return `${kind}${before.length + 1}`;
}
