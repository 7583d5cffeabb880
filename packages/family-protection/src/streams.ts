// The streams of other files that a procedure looks at.
import type { RuleView } from '@himaya/engine';

/** The name of a stream. */
export type StreamName = Parameters<RuleView['reads']['stream']>[0];

/** The stream of a case. */
export function caseStream(caseId: string): StreamName {
  return `case-${caseId}` as StreamName;
}
