// Replay: folding a case again while judging every rule and comparing every digest.
import type { RecordedEntry } from '@himaya/event-store';
import { applyEvent } from './apply.ts';
import { caseIdOf } from './case-id.ts';
import type { CaseView } from './case-view.ts';
import { caseView } from './case-view.ts';
import { emergencyEvents } from './define-check.ts';
import { stateDigest } from './digest.ts';
import { foldEntries, type Procedures } from './fold.ts';
import { caseEvent, type RecordedEvent } from './recorded-event.ts';
import type { ReadsView } from './reads.ts';
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

/** Finds the streams that an event read, as they were; `undefined` when there were none. */
export type ReadsAt = (event: RecordedEvent) => ReadsView | undefined;

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

  constructor(procedures: Procedures, readsAt: ReadsAt) {
    this.#procedures = procedures;
    this.#readsAt = readsAt;
  }

  /** Takes the next entries of the stream. */
  take(entries: readonly RecordedEntry[]): void {
    for (const entry of entries) {
      this.#events += 1;
      if (this.#lost) continue;
      const before = this.#state;
      const found = foldEntries(before, [entry], this.#procedures, (event, state) => {
        this.#caseId = state.caseId;
        if (before) this.#judge(before, event);
        this.#compare(event, state);
      });
      if (found && 'kind' in found) {
        this.#lost = true;
        const position = entry.position;
        this.#divergences.push({ position, reason: 'PROCEDURE_UNKNOWN', detail: found.reason });
        this.#caseId = caseIdOf(entry.stream);
        continue;
      }
      this.#note(before, found);
      this.#state = found;
    }
  }

  /** What has been found so far. */
  report(): ReplayReport {
    return {
      caseId: this.#caseId,
      events: this.#events,
      digests: this.#digests,
      divergences: this.#divergences,
      case: this.#state && caseView(this.#state),
    };
  }

  /** The fold notes its first divergence only; a replay goes on and notes each. */
  #note(before: CaseState | undefined, after: CaseState | undefined): void {
    const found = after?.divergence;
    if (!found || found === before?.divergence || found.reason === 'DIGEST_DIFFERS') return;
    this.#divergences.push(found);
  }

  #judge(before: CaseState, event: RecordedEvent): void {
    const { caseType } = before.pin;
    if (!caseType.events[event.type] || emergencyEvents(caseType).has(event.type)) return;
    const draft: Draft = draftOf(before);
    const reads = this.#readsAt(event);
    const options = { mode: 'decide' as const, ...(reads ? { reads } : {}) };
    const applied = applyEvent(draft, caseEvent(event), event.position, options);
    if (applied.kind !== 'refused') return;
    const codes = applied.violations.map(({ code }) => code).join(', ');
    const detail = `${event.type} would now be refused: ${codes}`;
    this.#divergences.push({ position: event.position, reason: 'RULE_REFUSES', detail });
  }

  #compare(event: RecordedEvent, state: Draft): void {
    if (event.after === undefined) return;
    this.#digests += 1;
    const digest = stateDigest(state.chart, state.parts);
    if (digest === event.after) return;
    const detail = `recorded ${event.after}, this code gives ${digest}`;
    this.#divergences.push({ position: event.position, reason: 'DIGEST_DIFFERS', detail });
  }
}
