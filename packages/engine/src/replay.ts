// Replay: folding a case again while judging every rule and comparing every digest.
import { isFault, type RecordedEntry } from '@himaya/event-store';
import { applyEvent } from './apply.ts';
import { kindOf } from './authored.ts';
import { caseIdOf } from './case-id.ts';
import type { CaseView } from './case-view.ts';
import { caseView } from './case-view.ts';
import { emergencyEvents } from './define-check.ts';
import { brokenInvariants } from './invariants.ts';
import type { InvariantSpec } from './case-type.ts';
import { foldEntries, takeDigest, type Procedures } from './fold.ts';
import { caseEvent, recordedEvent, type RecordedEvent } from './recorded-event.ts';
import { readsView, readView, type StreamRead } from './reads.ts';
import { draftOf, type CaseState, type Divergence, type Draft } from './state.ts';

/** What a replay found. */
export interface ReplayReport {
  readonly caseId: string;
  readonly events: number;
  /** Digests that were compared. */
  readonly digests: number;
  /** In the order of their positions; empty when today's code decides what was decided then. */
  readonly divergences: readonly Divergence[];
  readonly case: CaseView | undefined;
}

/** Finds the other streams that an event read, as they were. */
export type ReadsAt = (event: RecordedEvent) => readonly StreamRead[];

/** Folds one case and re-judges it, a page at a time. */
export class Replay {
  readonly #procedures: Procedures;
  readonly #readsAt: ReadsAt;
  readonly #divergences: Divergence[] = [];
  #state: CaseState | undefined;
  #caseId = '';
  #events = 0;
  #digests = 0;
  #lost = false;
  /** Invariants known to be broken: what broke them was let pass, or has been named. */
  #broken: readonly InvariantSpec[] = [];
  /** Codes of invariants that the append at hand says it breaks. */
  readonly #admitted = new Set<string>();

  constructor(procedures: Procedures, readsAt: ReadsAt) {
    this.#procedures = procedures;
    this.#readsAt = readsAt;
  }

  /** Takes the next entries of the stream. */
  take(entries: readonly RecordedEntry[]): void {
    const [first] = entries;
    if (!first) return;
    this.#events += entries.length;
    if (this.#lost) return;
    if (this.#state) this.#judge(this.#state, first);
    let folded = 0;
    const onEvent = (event: RecordedEvent, state: Draft): void => {
      folded += 1;
      this.#caseId = state.caseId;
      this.#note(state);
      this.#judgeInvariants(event, state);
      this.#compare(event, state);
      const next = entries[folded];
      if (next) this.#judge(state, next);
    };
    const options = { onEvent, inPlace: true };
    const found = foldEntries(this.#state, entries, this.#procedures, options);
    if (found && 'kind' in found) {
      this.#lost = true;
      const { position, stream } = first;
      this.#divergences.push({ position, reason: 'PROCEDURE_UNKNOWN', detail: found.reason });
      this.#caseId = caseIdOf(stream);
    } else if (found) this.#state = { ...found, divergence: undefined };
  }

  /** What has been found so far. */
  report(): ReplayReport {
    const [divergence] = this.#divergences.filter(({ reason }) => reason !== 'RULE_REFUSES');
    return {
      caseId: this.#caseId,
      events: this.#events,
      digests: this.#digests,
      divergences: this.#divergences,
      case: this.#state && caseView({ ...this.#state, divergence }),
    };
  }

  /** A fold keeps its first divergence only; a replay takes each out, so that the next one shows. */
  #note(state: Draft): void {
    const found = state.divergence;
    state.divergence = undefined;
    if (found && found.reason !== 'DIGEST_DIFFERS') this.#divergences.push(found);
  }

  /** Asks the rules about the next entry, in the state before it. */
  #judge(before: CaseState | Draft, next: RecordedEntry): void {
    const { position, type } = next;
    if (!isJudged(before, type)) return;
    try {
      const codes = refusalsOf(before, recordedEvent(next), this.#readsAt);
      if (codes.length === 0) return;
      const detail = `${type} would now be refused: ${codes.join(', ')}`;
      this.#divergences.push({ position, reason: 'RULE_REFUSES', detail });
    } catch (error) {
      const detail = `${type} cannot be judged: ${isFault(error) ? error.code : kindOf(error)}`;
      this.#divergences.push({ position, reason: 'DEFINITION_FAILED', detail });
    }
  }

  /** Asks the invariants at the end of each append, as they were asked before it. */
  #judgeInvariants(event: RecordedEvent, state: Draft): void {
    const { position, type } = event;
    if (type === 'ConsequenceFailed') {
      const { invariant } = event.data as { readonly invariant?: string };
      if (invariant !== undefined) this.#admitted.add(invariant);
    }
    if (event.after === undefined) return;
    const broken = brokenInvariants(state, 'broken');
    const news = broken.filter(
      (one) => !this.#broken.includes(one) && !this.#admitted.has(one.code),
    );
    for (const { code } of news) {
      const detail = `the decision that ends with ${type} would now be refused: ${code}`;
      this.#divergences.push({ position, reason: 'RULE_REFUSES', detail });
    }
    this.#broken = broken;
    this.#admitted.clear();
  }

  #compare(event: RecordedEvent, state: Draft): void {
    if (event.after === undefined) return;
    this.#digests += 1;
    const digest = takeDigest(state);
    if (digest === event.after) return;
    const detail = `recorded ${event.after}, this code gives ${digest}`;
    this.#divergences.push({ position: event.position, reason: 'DIGEST_DIFFERS', detail });
  }
}

/** Whether rules are asked about events of a type: not about the engine's own, nor emergencies. */
function isJudged({ pin: { caseType } }: CaseState | Draft, type: string): boolean {
  return Object.hasOwn(caseType.events, type) && !emergencyEvents(caseType).has(type);
}

/**
 * Codes of the rules by which a recorded event would be refused in the state before it. What a
 * function of the case type throws is thrown on.
 */
export function refusalsOf(
  before: CaseState | Draft,
  event: RecordedEvent,
  readsAt: ReadsAt,
): readonly string[] {
  if (!isJudged(before, event.type)) return [];
  const reads = readsView(readsAt(event), readView(before));
  const options = { mode: 'decide' as const, reads };
  const applied = applyEvent(draftOf(before), caseEvent(event), event.position, options);
  return applied.kind === 'refused' ? applied.violations.map(({ code }) => code) : [];
}
