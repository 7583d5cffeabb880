// The abstraction that keeps nothing: whatever is claimed over it holds in every state there could be.
import type { Abstraction } from '@himaya/engine';

/** Keeps nothing of a case. */
export const nothing = {
  regions: [],
  context: {},
  given: {},
  parts: {},
  deadlines: [],
  values: {},
  refusedMore: [],
} as const satisfies Omit<Abstraction, 'because'>;
