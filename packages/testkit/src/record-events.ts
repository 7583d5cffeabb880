// Recording given facts straight into a store: a case in the state that some events lead to.
import {
  instant,
  systemActor,
  type Actor,
  type CaseType,
  type Ids,
  type Instant,
  type Policy,
} from '@himaya/engine';
import {
  sealEntry,
  type Entry,
  type Envelope,
  type EventStore,
  type NonEmpty,
  type StreamName,
} from '@himaya/event-store';

/** A fact to be recorded without asking any rule. */
export interface GivenEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** When it happened and was recorded. Default: the same instant as the one before. */
  readonly at?: string;
  readonly by?: Actor;
}

/** What a case is recorded under. */
export interface CaseFrame {
  readonly caseType: CaseType;
  readonly policy: Policy;
  readonly office: string;
  readonly startAt: Instant;
  readonly ids: Ids;
}

/**
 * Records a new case with these events, opening included, and answers its id and the last instant.
 * No rule is asked and no consequence follows: what is given is what happened.
 */
export async function recordEvents(
  store: EventStore,
  frame: CaseFrame,
  given: readonly GivenEvent[],
): Promise<{ readonly caseId: string; readonly at: Instant }> {
  const { caseType, policy, office } = frame;
  const id = frame.ids.next();
  const stream = `${caseType.category}-${id}` as StreamName;
  const opened: GivenEvent = {
    type: 'CaseOpened',
    data: {
      caseType: caseType.name,
      version: caseType.version,
      structureHash: caseType.structureHash,
      policy: policy.name,
      policyVersion: policy.version,
      policyHash: policy.hash,
    },
  };
  const entries: Entry[] = [];
  let at = given[0]?.at === undefined ? frame.startAt : instant(given[0].at);
  for (const event of [opened, ...given]) {
    if (event.at !== undefined) at = instant(event.at);
    const envelope = {
      v: 1,
      id: frame.ids.next(),
      stream,
      position: entries.length,
      prev: entries.at(-1)?.hash ?? null,
      type: event.type,
      schema: 1,
      occurredAt: at,
      recordedAt: at,
      actor: event.by ?? systemActor(office),
      command: { id: frame.ids.next(), name: 'Given' },
      correlation: id,
      procedure: `${caseType.name}@${caseType.version}+${policy.version}`,
      data: event.data,
    };
    entries.push(sealEntry(envelope as unknown as Envelope));
  }
  const outcome = await store.append({
    writes: [{ stream, expected: 'none', entries: entries as unknown as NonEmpty<Entry> }],
  });
  if (outcome.kind !== 'appended') throw new Error(`The stream ${stream} exists already.`);
  return { caseId: caseType.category === 'case' ? id : stream, at };
}
