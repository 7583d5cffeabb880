// A dry run: what another version of a case type would have made of a history, and how it moves.
import { canonicalize, isFault, type RecordedEntry } from '@himaya/event-store';
import { isChartError } from '@himaya/statechart';
import { systemActor } from './actor.ts';
import { kindOf, whyOf } from './authored.ts';
import { viewAbout, wantedBy } from './decide.ts';
import type { CaseType } from './compiled.ts';
import { concernsOf } from './event-index.ts';
import { foldEntries, type Procedures } from './fold.ts';
import { brokenInvariants } from './invariants.ts';
import { impactedTimers, migrateState, type ImpactedTimer } from './migrate.ts';
import { caseEvent, recordedEvent, type RecordedEvent } from './recorded-event.ts';
import { refusalsOf, type ReadsAt } from './replay.ts';
import { draftOf, type CaseState, type Draft } from './state.ts';

/** In what two versions may differ on one recorded event. */
export type DifferenceKind =
  /** The other version refuses what was recorded. */
  | 'refused'
  /** Nothing in the other version reacts to it. */
  | 'notEnabled'
  /** A function of the other version throws. */
  | 'failed'
  /** It leads the case to other states. */
  | 'states'
  /** It leaves other values in the context. */
  | 'context'
  /** It leaves other parts, or parts in other states or with other contexts. */
  | 'parts'
  /** Other deadlines are pending, or due at other instants. */
  | 'deadlines'
  /** Other events follow from it. */
  | 'consequences';

/** Where two versions part. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Type of the recorded event. */
  readonly event: string;
  /**
   * What differs: codes of rules; states that are left out (`-`) and come in (`+`); names of context
   * keys; kinds of parts; codes of deadlines; types of events, likewise with a sign. Sorted.
   */
  readonly what: readonly string[];
}

/** What would become of a case that moved to the other version as it stands. */
export type Move =
  | { readonly kind: 'moves'; readonly timers: readonly ImpactedTimer[] }
  /** These invariants of the other version would be broken. */
  | { readonly kind: 'breaks'; readonly codes: readonly string[] }
  /** The migration throws, or leads to states that there are not. */
  | { readonly kind: 'fails'; readonly why: string };

/** What a dry run of one case found. */
export interface CaseDryRun {
  readonly caseId: string;
  /** The version that the case is pinned to at its end. */
  readonly from: string;
  readonly events: number;
  /** The first difference, with the position of its event; absent where the versions agree. */
  readonly difference?: Difference & { readonly position: number };
  readonly move: Move;
}

/**
 * Folds one history under the version it was recorded by and, event for event, as if it had been
 * recorded under `candidate`; both sides judge their rules. It stops comparing at the first
 * difference: what comes after it is decided by that one.
 */
export class DryRun {
  readonly #candidate: CaseType;
  readonly #readsAt: ReadsAt;
  readonly #own: Side;
  readonly #other: Side;
  #events = 0;
  #difference: CaseDryRun['difference'];

  constructor(procedures: Procedures, candidate: CaseType, readsAt: ReadsAt) {
    this.#candidate = candidate;
    this.#readsAt = readsAt;
    this.#own = new Side(procedures);
    this.#other = new Side({
      caseType: (name, version) =>
        name === candidate.name ? candidate : procedures.caseType(name, version),
      policy: (name, version) => procedures.policy(name, version),
    });
  }

  /** Takes the next entries of the stream. */
  take(entries: readonly RecordedEntry[]): void {
    for (const entry of entries) {
      this.#events += 1;
      const found = this.#difference === undefined ? this.#compare(entry) : undefined;
      if (found) this.#difference = { ...found, position: entry.position };
      else if (this.#difference) this.#own.take(entry);
    }
  }

  /** What has been found; `undefined` for a history that cannot be folded at all. */
  report(): CaseDryRun | undefined {
    const { state } = this.#own;
    if (!state) return undefined;
    return {
      caseId: state.caseId,
      from: state.pin.caseType.version,
      events: this.#events,
      ...(this.#difference && { difference: this.#difference }),
      move: moveOf(state, this.#candidate),
    };
  }

  #compare(entry: RecordedEntry): Difference | undefined {
    const event = recordedEvent(entry);
    const { type } = event;
    const refusals = [this.#own, this.#other].map((side) => side.judge(event, this.#readsAt));
    const trouble = [this.#own, this.#other].map((side) => side.take(entry));
    const differs = (kind: DifferenceKind, what: readonly string[]): Difference | undefined =>
      what.length === 0 ? undefined : { kind, event: type, what: [...what].sort() };
    const [own, other] = [this.#own.state, this.#other.state];
    return (
      differs('refused', without(refusals[1] ?? [], refusals[0] ?? [])) ??
      (trouble[1] && !trouble[0] ? { ...trouble[1], event: type } : undefined) ??
      (own && other ? stateDifference(own, other, event, differs) : undefined)
    );
  }
}

/** One of the two folds. */
class Side {
  readonly #procedures: Procedures;
  state: CaseState | undefined;

  constructor(procedures: Procedures) {
    this.#procedures = procedures;
  }

  /** Codes of the rules that refuse the event in the state before it. */
  judge(event: RecordedEvent, readsAt: ReadsAt): readonly string[] {
    try {
      return this.state ? refusalsOf(this.state, event, readsAt) : [];
    } catch {
      // The fold that follows meets the same and says so.
      return [];
    }
  }

  /** Folds the entry; says why this version cannot follow. */
  take(entry: RecordedEntry): Omit<Difference, 'event'> | undefined {
    const found = foldEntries(this.state, [entry], this.#procedures, { inPlace: true });
    if (!found || 'kind' in found) return found && { kind: 'failed', what: [found.reason] };
    const { divergence } = found;
    this.state = { ...found, divergence: undefined };
    if (divergence?.reason === 'EVENT_NOT_ENABLED') return { kind: 'notEnabled', what: [] };
    if (divergence?.reason !== 'DEFINITION_FAILED') return undefined;
    return { kind: 'failed', what: [divergence.detail] };
  }
}

function stateDifference(
  own: CaseState,
  other: CaseState,
  event: RecordedEvent,
  differs: (kind: DifferenceKind, what: readonly string[]) => Difference | undefined,
): Difference | undefined {
  const changes = (of: (state: CaseState) => readonly string[]): readonly string[] =>
    changed(of(own), of(other));
  return (
    differs('states', changes(({ chart }) => chart.configuration)) ??
    differs('context', differentKeys(own.chart.context, other.chart.context)) ??
    differs('parts', differentParts(own, other)) ??
    differs('deadlines', codesIn(changes(pendingOf))) ??
    differs('consequences', changes((state) => following(state, event))) ??
    differs('refused', event.after === undefined ? [] : without(brokenIn(other), brokenIn(own)))
  );
}

/** Codes of the invariants that do not hold: asked at the end of an append, as they are in a decision. */
function brokenIn(state: CaseState): readonly string[] {
  return brokenInvariants(state, 'broken').map(({ code }) => code);
}

/** Members of only one of two lists: `-` of the first, `+` of the second. */
function changed(own: readonly string[], other: readonly string[]): readonly string[] {
  const gone = without(own, other).map((one) => `- ${one}`);
  return [...gone, ...without(other, own).map((one) => `+ ${one}`)];
}

/** What is left of a list when each member of another one is taken out once. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function differentKeys(own: object, other: object): readonly string[] {
  const [was, is] = [own, other] as [Record<string, unknown>, Record<string, unknown>];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return keys.filter((key) => textOf(was[key]) !== textOf(is[key]));
}

function differentParts(own: CaseState, other: CaseState): readonly string[] {
  const keys = [...new Set([...own.parts.keys(), ...other.parts.keys()])];
  const kinds = keys
    .filter((key) => {
      const [was, is] = [own.parts.get(key)?.snapshot, other.parts.get(key)?.snapshot];
      return (
        textOf(was?.configuration) !== textOf(is?.configuration) ||
        textOf(was?.context) !== textOf(is?.context)
      );
    })
    .map((key) => key.slice(0, key.indexOf('/')));
  return [...new Set(kinds)];
}

function textOf(value: unknown): string {
  return value === undefined ? '' : canonicalize(value);
}

/** The codes in lines of {@link pendingOf} with a sign, each once. */
function codesIn(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.map((line) => line.split(' ')[1] as string))];
}

function pendingOf({ deadlines }: CaseState): readonly string[] {
  return deadlines.pending.map(({ code, part, dueAt }) => `${code} ${part} ${dueAt}`);
}

/** Types of the events that follow from an event; one that cannot be told follows nowhere. */
function following(state: CaseState, event: RecordedEvent): readonly string[] {
  const { consequences } = concernsOf(state.pin.caseType, event.type);
  if (consequences.length === 0) return [];
  const view = viewAbout(draftOf(state), caseEvent(event), {});
  return consequences.flatMap((consequence) => {
    try {
      return wantedBy(consequence, view).map(({ type }) => type);
    } catch (error) {
      return [`${consequence.name}: ${isFault(error) ? error.code : kindOf(error)}`];
    }
  });
}

/** Moves a copy of the case as it stands at its last event. */
function moveOf(state: CaseState, candidate: CaseType): Move {
  const pin = { caseType: candidate, policy: state.pin.policy };
  const draft: Draft = draftOf(state);
  const at = state.head.recordedAt;
  const actor = systemActor('');
  const event = { type: 'CasePolicyMigrated', data: {}, occurredAt: at, recordedAt: at, actor };
  try {
    const timers = impactedTimers(draft, pin, at);
    migrateState(draft, pin, event, state.head.position + 1);
    const codes = brokenIn(draft);
    return codes.length > 0 ? { kind: 'breaks', codes } : { kind: 'moves', timers };
  } catch (error) {
    // A chart names the states that there are not; what else a function says may quote the case.
    const isNamed = isChartError(error, 'configuration-unknown');
    return { kind: 'fails', why: isNamed ? error.message : whyOf(error) };
  }
}
