// Whether what a scenario records breaks a claim that is proved: each decision is judged as recorded.
import { brokenInRecord } from '@himaya/engine';
import type { EventStore, StreamName } from '@himaya/event-store';
import { caseTypes, checks, policies } from '@himaya/family-protection';
import type { ScenarioReport } from '@himaya/testkit';

/** Entries of one case at most: no scenario has as many. */
const ENTRIES_MAX = 1_024;

/** The claims that recorded cases break, each with the place. */
export async function brokenClaims(
  store: EventStore,
  { steps }: ScenarioReport,
): Promise<readonly string[]> {
  const types = new Map<StreamName, string>();
  for (const { stream, procedure } of steps.flatMap((step) => [...step.events, ...step.recorded])) {
    types.set(stream, procedure.split('@', 1)[0] ?? '');
  }
  const found: string[] = [];
  for (const [stream, type] of types) {
    const claims = (checks[type] ?? []).flatMap((one) => one.claims);
    if (claims.length === 0) continue;
    const { entries } = await store.readStream(stream, 0, ENTRIES_MAX);
    const broken = brokenInRecord(claims, entries, { caseTypes, policies });
    found.push(...[...broken].map(([{ id }, position]) => `${id} at ${position} of ${stream}`));
  }
  return found;
}
