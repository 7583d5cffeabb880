// Outcomes as callers get them: refusals in their fixed order, acceptances read when looked at.
import { caseView, type CaseView } from '../case-view.ts';
import { sortViolations, type Violation } from '../rule.ts';
import type { CaseState } from '../state.ts';
import type { Sealed } from './case-writer.ts';
import type { Outcome } from './ports.ts';
import { recordedEvents } from './recording.ts';

/** The outcome of a command that rules forbid. */
export type Refused = Extract<Outcome, { readonly kind: 'refused' }>;

/** A refusal: every violated rule, by invariant, then code. */
export function refused(violations: readonly Violation[]): Refused {
  return { kind: 'refused', violations: sortViolations(violations) };
}

/** An accepted outcome; its events are read from the recorded bytes when they are looked at. */
export function acceptedOutcome(sealed: Sealed, state: CaseState): Outcome {
  let view: CaseView | undefined;
  return {
    kind: 'accepted',
    get events() {
      return recordedEvents(sealed);
    },
    get case() {
      view ??= caseView(state);
      return view;
    },
  };
}
