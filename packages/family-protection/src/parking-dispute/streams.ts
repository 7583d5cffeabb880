// The streams of other files that this procedure looks at.
import type { View } from './head.ts';

type StreamName = Parameters<View['reads']['stream']>[0];

/** The stream of a case. */
export function caseStream(caseId: string): StreamName {
  return `case-${caseId}` as StreamName;
}
