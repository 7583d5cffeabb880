// Emergencies that their case could not take: kept in a stream of their own until they are attached.
import { setTimeout as pause } from 'node:timers/promises';
import { canonicalize, type Head, type StreamName } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import { emergencyStreams } from '../emergency-streams.ts';
import { pagesOf } from './case-loader.ts';
import { appendSealed, sealGroups, type WriteGroup } from './case-writer.ts';
import type { EngineContext } from './context.ts';
import { isBusy, placeOfEmergency } from './emergency-case.ts';
import type { CaseView } from '../case-view.ts';
import type { Outcome } from './ports.ts';
import { groupOf, recordedEvents } from './recording.ts';

/** Longest pause between attempts to record one apart, in milliseconds. */
const PAUSE_MS_MAX = 50;

type Accepted = Extract<Outcome, { readonly kind: 'accepted' }>;

/** An emergency to be kept apart. */
export interface Apart {
  readonly command: ParsedCommand;
  readonly actor: Actor;
  readonly caseId: string;
  readonly caseType: CaseType;
  readonly events: readonly PlannedEvent[];
}

/**
 * Records an emergency apart, retried until the caller gives up; a known command id answers what
 * was recorded. A stream of emergencies that is damaged is passed over for the next one.
 * @throws the fault of the store if none of them takes it
 */
export async function recordApart(
  context: EngineContext,
  apart: Apart,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  for (let attempts = 1; ; attempts += 1) {
    const done = await recordSomewhere(context, apart);
    if (done !== 'again') return done;
    if (signal?.aborted) return { kind: 'conflict', attempts };
    await pause(Math.min(attempts, PAUSE_MS_MAX));
  }
}

async function recordSomewhere(
  context: EngineContext,
  given: Apart,
): Promise<Accepted | 'again'> {
  const places: Place[] = [];
  for (const stream of emergencyStreams(given.caseId)) {
    const place = await placeOf(context, stream);
    if (isBusy(place.fault)) return 'again';
    places.push(place);
  }
  const found = await placeOfEmergency(given.command, given.actor, async (id) =>
    knownAmong(places, id, given),
  );
  if ('known' in found) return { ...found.known, repeated: true };
  const apart = { ...given, command: { ...given.command, id: found.id } };
  // A place that cannot be read is tried last, as if nothing were in it: the append checks that.
  const inOrder = places.filter(({ fault }) => !fault).concat(places.filter(({ fault }) => fault));
  let failed: unknown;
  for (const place of inOrder) {
    try {
      const done = await recordIn(context, apart, place);
      if (done) return done;
      if (!place.fault) return 'again';
    } catch (error) {
      if (isBusy(error)) return 'again';
      failed = error;
    }
  }
  throw failed ?? inOrder[0]?.fault;
}

/** What is kept under an id: this emergency, another one, or nothing. */
function knownAmong(
  places: readonly Place[],
  id: string,
  apart: Apart,
): Accepted | 'another' | undefined {
  for (const { events, head } of places) {
    const kept = events.filter(({ command }) => command.id === id);
    if (!head || kept.length === 0) continue;
    const isSame = kept.every(
      ({ actor, data, occurredAt, claimedAt }, index) =>
        actor.staff === apart.actor.staff &&
        saysTheSame(data, apart.events[index]?.data) &&
        [occurredAt, claimedAt].includes(apart.command.occurredAt ?? occurredAt),
    );
    return isSame ? accepted(apart, head, kept) : 'another';
  }
  return undefined;
}

/** Whether two records give the same command with the same input, for whatever reason apart. */
function saysTheSame(kept: unknown, given: unknown): boolean {
  const said = ({ command, input }: Readonly<Record<string, unknown>>): string =>
    canonicalize({ command, input });
  return said(kept as never) === said((given ?? {}) as never);
}

/** A stream of emergencies with what it holds, or the fault that keeps it from being read. */
export interface Place {
  readonly stream: StreamName;
  readonly events: readonly RecordedEvent[];
  readonly head: Head | undefined;
  readonly fault?: unknown;
}

/** Reads a stream of emergencies as far as it can be read. */
export async function placeOf({ store }: EngineContext, stream: StreamName): Promise<Place> {
  const events: RecordedEvent[] = [];
  try {
    for await (const page of pagesOf(store, stream, 0)) events.push(...page.map(recordedEvent));
  } catch (fault) {
    return { stream, events: [], head: undefined, fault };
  }
  const last = events.at(-1);
  const head = last && { position: last.position, hash: last.hash, recordedAt: last.recordedAt };
  return { stream, events, head };
}

/** Records an emergency in one place; `undefined` if another writer was there first. */
async function recordIn(
  context: EngineContext,
  apart: Apart,
  { stream, head }: Place,
): Promise<Accepted | undefined> {
  const { store, ids } = context;
  const sealed = sealGroups(stream, head, [apartGroup(context, apart, head)], undefined, ids);
  const outcome = await appendSealed(store, stream, head, sealed, []);
  if (outcome.kind === 'conflict') return undefined;
  return accepted(apart, outcome.heads[0].head, recordedEvents(sealed));
}

function apartGroup(
  context: EngineContext,
  { command, actor, events }: Apart,
  head: Head | undefined,
): WriteGroup {
  const { clock } = context;
  const recordedAt = clock.recordedAt(head, true);
  const claimed = command.occurredAt ?? recordedAt;
  const isPast = claimed <= recordedAt;
  return groupOf(
    {
      actor,
      command: { id: command.id, name: command.name },
      occurredAt: isPast ? claimed : recordedAt,
      claimedAt: isPast ? clock.claim(head) : claimed,
      recordedAt,
      correlation: command.correlation ?? command.id,
      causation: command.causation,
      procedure: 'emergency',
      basis: command.basis,
      reason: command.reason,
      lateReason: command.lateReason,
    },
    events,
  );
}

function accepted(
  { caseId, caseType }: Apart,
  head: Head,
  events: readonly RecordedEvent[],
): Accepted {
  return { kind: 'accepted', events, case: apartView(caseId, caseType, head), apart: true };
}

/** What can be said of a case that could not take an emergency: nothing but its name. */
export function apartView(
  caseId: string,
  caseType: CaseType,
  head: Pick<Head, 'position' | 'recordedAt'>,
): CaseView {
  return {
    caseId,
    caseType: caseType.name,
    version: caseType.version,
    policyVersion: '',
    position: head.position,
    recordedAt: head.recordedAt,
    openedAt: head.recordedAt,
    value: {},
    states: [],
    context: {},
    parts: [],
    deadlines: [],
    deadlineCounts: { armed: 0, reached: 0, disarmed: 0, pending: 0 },
    divergence: { position: head.position, reason: 'RECORDED_APART', detail: 'to be attached' },
  };
}
