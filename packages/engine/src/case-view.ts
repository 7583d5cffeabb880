// What callers see of a case: its states, context, parts and deadlines at one position.
import type { StateValue } from 'xstate';
import type { DeadlineCounts, PendingMark } from './deadline-ledger.ts';
import type { Instant } from './instant.ts';
import type { PartView } from './part.ts';
import type { CaseState, Divergence } from './state.ts';

/** A deadline as callers see it. */
export interface CaseDeadline {
  readonly code: string;
  readonly name: string;
  /** Id of the part, `''` for the case itself. */
  readonly part: string;
  readonly armedAt: Instant;
  readonly dueAt: Instant;
  readonly status: 'pending' | 'reached';
  readonly metAt?: Instant;
  /** Escalations to come. */
  readonly marks: readonly PendingMark[];
}

/** A case at one position. */
export interface CaseView {
  readonly caseId: string;
  readonly caseType: string;
  readonly version: string;
  readonly policyVersion: string;
  /** Position of the last event it is folded from. */
  readonly position: number;
  readonly recordedAt: Instant;
  readonly openedAt: Instant;
  readonly value: StateValue;
  /** Active leaf states by path, in document order. */
  readonly states: readonly string[];
  readonly context: Readonly<Record<string, unknown>>;
  readonly parts: readonly PartView[];
  /** Current deadlines: pending ones first due first, then those that were reached. */
  readonly deadlines: readonly CaseDeadline[];
  readonly deadlineCounts: DeadlineCounts;
  /** Why the case is read-only, if it is. */
  readonly divergence?: Divergence;
}

/** The view of a state. Parts and deadlines are worked out when they are looked at. */
export function caseView(state: CaseState): CaseView {
  const { caseId, pin, head, openedAt, chart, parts, deadlines, divergence } = state;
  return {
    caseId,
    caseType: pin.caseType.name,
    version: pin.caseType.version,
    policyVersion: pin.policy.version,
    position: head.position,
    recordedAt: head.recordedAt,
    openedAt,
    value: chart.value,
    states: chart.configuration,
    context: chart.context,
    get parts() {
      return [...parts.values()].map(({ view }) => view);
    },
    get deadlines() {
      return deadlines.current.map(
        ({ code, name, part, armedAt, dueAt, status, metAt, marks }) => ({
          code,
          name,
          part,
          armedAt,
          dueAt,
          status,
          marks,
          ...(metAt === undefined ? {} : { metAt }),
        }),
      );
    },
    get deadlineCounts() {
      return deadlines.counts;
    },
    ...(divergence ? { divergence } : {}),
  };
}
