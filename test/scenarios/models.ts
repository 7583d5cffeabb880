// Recorded cases beside the models of the checks: whatever happened has to be a step of each of them.
import { strayIn, type CaseType, type Check, type Policy } from '@himaya/engine';
import type { EventStore, RecordedEntry, StreamName } from '@himaya/event-store';
import { caseTypes, checks } from '@himaya/family-protection';

/** Entries of one case at most: no scenario has as many. */
const ENTRIES_MAX = 1_024;

interface Pinned {
  readonly caseType: string;
  readonly version: string;
  readonly policy: string;
  readonly policyVersion: string;
}

/** A recorded case, and the procedure that it is pinned to. */
export interface RecordedCase {
  readonly stream: StreamName;
  readonly caseType: CaseType;
  readonly policy: Policy;
  readonly entries: readonly RecordedEntry[];
  /** Ids of all parts that were ever named, by kind. */
  readonly parts: ReadonlyMap<string, readonly string[]>;
}

/** The cases of a store of which something is claimed. */
export async function recordedCases(
  store: EventStore,
  streams: Iterable<StreamName>,
  policies: readonly Policy[],
): Promise<readonly RecordedCase[]> {
  const found: RecordedCase[] = [];
  for (const stream of streams) {
    const { entries } = await store.readStream(stream, 0, ENTRIES_MAX);
    const [opened] = entries.map(({ bytes }) => eventOf(bytes));
    const pin = opened?.data as Pinned | undefined;
    const caseType = caseTypes.find(({ name }) => name === pin?.caseType);
    const policy = policies.find(({ version }) => version === pin?.policyVersion);
    if (opened?.type !== 'CaseOpened' || !caseType || !policy || !checks[caseType.name]) continue;
    found.push({ stream, caseType, policy, entries, parts: partsIn(caseType, entries) });
  }
  return found;
}

interface Told {
  readonly type: string;
  readonly data: unknown;
}

function eventOf(bytes: Uint8Array): Told {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Told;
}

function partsIn(
  caseType: CaseType,
  entries: readonly RecordedEntry[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const event of entries.map(({ bytes }) => eventOf(bytes))) {
    for (const { kind, opens, key } of Object.values(caseType.parts)) {
      if (!opens.includes(event.type)) continue;
      found.set(kind, (found.get(kind) ?? new Set()).add(key(event as never)));
    }
  }
  return new Map([...found].map(([kind, ids]) => [kind, [...ids]]));
}

/**
 * Steps that a model leaves out on purpose: it is given a child who is a victim, so that no step of a
 * reconciliation is taken in it. A case without one is followed up to the first of them.
 */
const LEFT_OUT = ['INV-03: EligibilityAssessed'];

/** Where cases leave the model of a check, whichever of their parts is told apart. */
export function straysOf(one: Check, recorded: RecordedCase): readonly string[] {
  const { caseType, policy, entries, parts, stream } = recorded;
  const kinds = Object.entries(one.abstraction.parts).filter(([, { max }]) => max > 0);
  const counts = kinds.map(([kind]) => parts.get(kind)?.length ?? 0);
  const found = new Set<string>();
  for (let turn = 0; turn < Math.max(1, ...counts); turn += 1) {
    const told = kinds.flatMap(([kind]): (readonly [string, string])[] => {
      const ids = parts.get(kind) ?? [];
      const id = ids[turn % Math.max(1, ids.length)];
      return id === undefined ? [] : [[kind, id]];
    });
    const stray = strayIn(one, caseType, policy, entries, new Map(told));
    const [{ id } = { id: '' }] = one.claims;
    if (!stray || LEFT_OUT.includes(`${id}: ${stray.type}`)) continue;
    found.add(`${id}: ${stray.type} at ${stray.position} of ${stream}`);
  }
  return [...found];
}
