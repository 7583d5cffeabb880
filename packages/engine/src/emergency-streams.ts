// Where emergencies are kept apart from their case: several streams, since one may be damaged.
import type { StreamName } from '@himaya/event-store';

/** Categories of the streams of emergencies, in the order in which they are tried. */
export const EMERGENCY_CATEGORIES: readonly string[] = ['emergency', 'emergency2', 'emergency3'];

/** The streams in which emergencies of a case may be kept. */
export function emergencyStreams(caseId: string): readonly StreamName[] {
  return EMERGENCY_CATEGORIES.map((category) => `${category}-${caseId}` as StreamName);
}

/** The id of the case whose emergencies a stream keeps; `undefined` for any other stream. */
export function caseOfEmergencies(stream: StreamName): string | undefined {
  const end = stream.indexOf('-');
  return EMERGENCY_CATEGORIES.includes(stream.slice(0, end)) ? stream.slice(end + 1) : undefined;
}
