// Folding recorded events into the state of a case. Total: what cannot follow is a divergence.
import type { Head, RecordedEntry, StreamName } from '@himaya/event-store';
import { applyDeadlineEvent, applyEvent } from './apply.ts';
import { caseIdOf } from './case-id.ts';
import { isDeadlineEvent } from './case-type.ts';
import type { CaseType } from './compiled.ts';
import { DeadlineLedger } from './deadline-ledger.ts';
import { digestOf } from './digest.ts';
import { ForkedMap } from './forked-map.ts';
import type { Instant } from './instant.ts';
import { migrateState } from './migrate.ts';
import type { Policy } from './policy.ts';
import { caseEvent, recordedEvent, type RecordedEvent } from './recorded-event.ts';
import {
  draftOf,
  type CaseState,
  type CommandRecord,
  type Divergence,
  type Draft,
  type Pin,
} from './state.ts';

/** What `CaseOpened` and `CasePolicyMigrated` record of a procedure. */
export interface PinData {
  readonly caseType: string;
  readonly version: string;
  readonly structureHash: string;
  readonly policy: string;
  readonly policyVersion: string;
  readonly policyHash: string;
}

/** Where definitions are found by what a case is pinned to. */
export interface Procedures {
  caseType(name: string, version: string): CaseType | undefined;
  policy(name: string, version: string): Policy | undefined;
}

/** A case that cannot be folded at all, because its procedure is not at hand. */
export interface Unfoldable {
  readonly kind: 'unfoldable';
  readonly stream: StreamName;
  readonly head: Head;
  readonly reason: string;
}

/** Data that pins a procedure. */
export function pinData(pin: Pin): PinData {
  return {
    caseType: pin.caseType.name,
    version: pin.caseType.version,
    structureHash: pin.caseType.structureHash,
    policy: pin.policy.name,
    policyVersion: pin.policy.version,
    policyHash: pin.policy.hash,
  };
}

/** Finds what `data` pins. A text says what is missing. */
export function findPin(data: PinData, procedures: Procedures): Pin | string {
  const caseType = procedures.caseType(data.caseType, data.version);
  if (!caseType) return `case type ${data.caseType}@${data.version} is not registered`;
  const policy = procedures.policy(data.policy, data.policyVersion);
  if (!policy) return `policy ${data.policy} ${data.policyVersion} is not registered`;
  if (policy.hash !== data.policyHash) {
    return `policy ${data.policy} ${data.policyVersion} is not the one that was pinned`;
  }
  return { caseType, policy };
}

/** How a fold goes on and who looks on. */
export interface FoldOptions {
  /** Sees each event with the state after it. */
  readonly onEvent?: (event: RecordedEvent, state: Draft) => void;
  /**
   * `before` belongs to the caller alone and is given up: it is changed instead of copied. A long
   * history that is folded page by page would otherwise be copied once a page.
   */
  readonly inPlace?: boolean;
}

/** Folds entries onto `before`, or from the first entry of a stream. */
export function foldEntries(
  before: CaseState | undefined,
  entries: readonly RecordedEntry[],
  procedures: Procedures,
  { onEvent, inPlace }: FoldOptions = {},
): CaseState | Unfoldable | undefined {
  let draft = before && (inPlace ? (before as Draft) : ownDraft(before));
  const events = entries.map(recordedEvent);
  // One digest is compared: the last. An emergency on a record in doubt carries none and hides none.
  const compared = events.findLastIndex(({ after }) => after !== undefined);
  for (const [index, event] of events.entries()) {
    if (!draft) {
      const opened = openDraft(event, procedures);
      if ('kind' in opened) return withHead(opened, entries);
      draft = opened;
    } else foldOne(draft, event, procedures);
    foldBookkeeping(draft, event);
    if (index === compared) checkDigest(draft, event);
    onEvent?.(event, draft);
  }
  return draft;
}

/** A draft whose command register is its own too: folding adds what is recorded. */
function ownDraft(state: CaseState): Draft {
  return { ...draftOf(state), commands: new Map(state.commands) };
}

function openDraft(event: RecordedEvent, procedures: Procedures): Draft | Unfoldable {
  const head = { position: event.position, hash: event.hash, recordedAt: event.recordedAt };
  const unfoldable = (reason: string): Unfoldable => ({
    kind: 'unfoldable',
    stream: event.stream,
    head,
    reason,
  });
  if (event.type !== 'CaseOpened') return unfoldable(`it begins with ${event.type}`);
  const data = event.data as unknown as PinData;
  const pin = findPin(data, procedures);
  if (typeof pin === 'string') return unfoldable(pin);
  const draft = freshDraft(pin, event.stream, head, event.correlation);
  const changed = changedStructure(pin, data);
  if (changed) diverge(draft, event.position, changed.reason, changed.detail);
  return draft;
}

/** The state right after `CaseOpened`. */
function freshDraft(pin: Pin, stream: StreamName, head: Head, correlation: string): Draft {
  return {
    caseId: caseIdOf(stream),
    stream,
    head,
    pin,
    chart: pin.caseType.chart.start().snapshot,
    parts: new ForkedMap(),
    deadlines: new DeadlineLedger(),
    commands: new Map(),
    correlation,
    openedAt: head.recordedAt,
    lastForeign: head.position,
    divergence: undefined,
    digested: undefined,
  };
}

/** What a command finds that opens a case at `recordedAt`: `CaseOpened` is to be its first entry. */
export function openingDraft(
  pin: Pin,
  stream: StreamName,
  recordedAt: Instant,
  correlation: string,
): Draft {
  return freshDraft(pin, stream, { position: 0, hash: '', recordedAt }, correlation);
}

function foldOne(draft: Draft, event: RecordedEvent, procedures: Procedures): void {
  const { pin, chart, parts } = draft;
  const before = { pin, chart, parts: parts.fork(), deadlines: draft.deadlines.copy() };
  let found: Pick<Divergence, 'reason' | 'detail'> | undefined;
  try {
    found = foldInto(draft, event, procedures);
  } catch (error) {
    // The fold is total: a definition that throws on what is recorded is a divergence as well.
    const detail = `${event.type}: ${error instanceof Error ? error.message : String(error)}`;
    found = { reason: 'DEFINITION_FAILED', detail };
  }
  if (!found) return;
  if (found.reason !== 'STRUCTURE_CHANGED') Object.assign(draft, before);
  diverge(draft, event.position, found.reason, found.detail);
}

function foldInto(
  draft: Draft,
  event: RecordedEvent,
  procedures: Procedures,
): Pick<Divergence, 'reason' | 'detail'> | undefined {
  const { position } = event;
  const seen = caseEvent(event);
  if (event.type === 'ConsequenceFailed') return undefined;
  if (event.type === 'CasePolicyMigrated') {
    const { to } = event.data as unknown as { readonly to: PinData };
    const pin = findPin(to, procedures);
    if (typeof pin === 'string') return { reason: 'PROCEDURE_UNKNOWN', detail: pin };
    migrateState(draft, pin, seen, position);
    return changedStructure(pin, to);
  }
  const applied = isDeadlineEvent(event.type)
    ? applyDeadlineEvent(draft, seen, position)
    : applyEvent(draft, seen, position, { mode: 'fold' });
  if (applied.kind === 'applied') return undefined;
  const detail = `${event.type} changes nothing in this state`;
  return { reason: 'EVENT_NOT_ENABLED', detail };
}

function changedStructure(
  { caseType }: Pin,
  pinned: PinData,
): Pick<Divergence, 'reason' | 'detail'> | undefined {
  if (caseType.structureHash === pinned.structureHash) return undefined;
  return { reason: 'STRUCTURE_CHANGED', detail: 'the definition is not the one pinned' };
}

/** Keeps head, command register and the place of the last foreign event. */
export function foldBookkeeping(draft: Draft, event: RecordedEvent): void {
  const { position, hash, recordedAt, command, actor } = event;
  draft.head = { position, hash, recordedAt };
  const known = draft.commands.get(command.id);
  const record: CommandRecord = known
    ? { ...known, to: position }
    : { name: command.name, staff: actor.staff, from: position, to: position };
  draft.commands.set(command.id, record);
  if (actor.role !== 'SYS') draft.lastForeign = position;
}

function checkDigest(draft: Draft, last: RecordedEvent): void {
  if (last.after === undefined || draft.divergence) return;
  const digest = takeDigest(draft);
  if (digest === last.after) return;
  const detail = `recorded ${last.after}, this code gives ${digest}`;
  diverge(draft, last.position, 'DIGEST_DIFFERS', detail);
}

/** The digest of the state that `draft` has reached. */
export function takeDigest(draft: Draft): string {
  draft.digested = digestOf(draft.chart, draft.parts, draft.digested);
  return draft.digested.digest;
}

/** Notes the first divergence of a case. */
export function diverge(draft: Draft, position: number, reason: string, detail: string): void {
  draft.divergence ??= { position, reason, detail };
}

function withHead(found: Unfoldable, entries: readonly RecordedEntry[]): Unfoldable {
  const last = recordedEvent(entries.at(-1) as RecordedEntry);
  const { position, hash, recordedAt } = last;
  return { ...found, head: { position, hash, recordedAt } };
}
