// Questions about one case: now, in the past, its events, and why each was possible.
import { Fault, type RecordedEntry, type StreamName } from '@himaya/event-store';
import { caseView, type CaseView } from '../case-view.ts';
import { explainEvent, type EventExplanation } from '../explain.ts';
import { foldEntries } from '../fold.ts';
import { instant } from '../instant.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import { absent, readView, type StreamRead } from '../reads.ts';
import { Replay, type ReplayReport } from '../replay.ts';
import type { CaseState } from '../state.ts';
import { identify } from './call-parser.ts';
import { pagesOf } from './case-loader.ts';
import type { EngineContext } from './context.ts';
import { DryRun, type CaseDryRun } from '../dry-run.ts';
import type { CasePast, DryRunTarget } from './engine-api.ts';
import { eventFor, maySeeHistory, viewFor } from './showing.ts';

/** The state of a stream at one moment of its past. */
export async function stateAt(
  context: EngineContext,
  stream: StreamName,
  past: CasePast | undefined,
): Promise<CaseState | undefined> {
  let state: CaseState | undefined;
  for await (const page of pagesOf(context.store, stream, 0)) {
    const entries = page.filter((entry) => belongs(entry, past));
    const own = { inPlace: true };
    const folded =
      entries.length > 0 ? foldEntries(state, entries, context.registry, own) : state;
    if (folded && 'kind' in folded) return undefined;
    state = folded;
    if (entries.length < page.length) break;
  }
  return state;
}

/** See `Engine.caseAt`. */
export async function caseAt(
  context: EngineContext,
  stream: StreamName,
  past: CasePast | undefined,
): Promise<CaseView | undefined> {
  if (past) {
    const state = await stateAt(context, stream, checkedPast(past));
    return state && caseView(state);
  }
  const loaded = await context.loader.refresh(stream);
  return loaded.kind === 'case' ? caseView(loaded.state) : undefined;
}

/** See `Engine.history`. */
export async function history(
  context: EngineContext,
  stream: StreamName,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of pagesOf(context.store, stream, 0)) {
    events.push(...page.map(recordedEvent));
  }
  return events;
}

/** See `Engine.caseFor`. */
export async function caseFor(
  context: EngineContext,
  stream: StreamName,
  claim: unknown,
): Promise<CaseView | undefined> {
  const actor = await identify(context.options, claim);
  const loaded = await context.loader.refresh(stream);
  if (!actor || loaded.kind !== 'case') return undefined;
  const { chart, pin } = loaded.state;
  if (!maySeeHistory(pin.caseType, chart.context, actor)) return undefined;
  return viewFor(pin.caseType, actor, caseView(loaded.state));
}

/** The events of a case as someone is shown them; none, if they are no reader of it. */
export async function historyFor(
  context: EngineContext,
  stream: StreamName,
  claim: unknown,
): Promise<readonly RecordedEvent[]> {
  const actor = await identify(context.options, claim);
  const loaded = await context.loader.refresh(stream);
  if (!actor || loaded.kind !== 'case') return [];
  const { chart, pin } = loaded.state;
  if (!maySeeHistory(pin.caseType, chart.context, actor)) return [];
  const events = await history(context, stream);
  return events.map((event) => eventFor(pin.caseType, actor, event));
}

/** See `Engine.explain`. */
export async function explain(
  context: EngineContext,
  stream: StreamName,
  position: number,
): Promise<EventExplanation | undefined> {
  const { entries } = await context.store.readStream(stream, position, 1);
  const entry = entries[0];
  const after = entry && (await stateAt(context, stream, { position }));
  if (!entry || !after) return undefined;
  const before =
    position === 0 ? undefined : await stateAt(context, stream, { position: position - 1 });
  const event = recordedEvent(entry);
  const reads = await readsAt(context, event);
  return explainEvent(before ?? after, after, event, reads);
}

/** See `Engine.replay`. */
export async function replay(
  context: EngineContext,
  stream: StreamName,
  past: CasePast | undefined,
): Promise<ReplayReport | undefined> {
  const until = past && checkedPast(past);
  const reads = new Map<string, readonly StreamRead[]>();
  const run = new Replay(context.registry, (event) => reads.get(event.id) ?? []);
  let seen = false;
  for await (const page of pagesOf(context.store, stream, 0)) {
    const entries = page.filter((entry) => belongs(entry, until));
    for (const entry of entries) await collectReads(context, entry, reads);
    run.take(entries);
    seen ||= entries.length > 0;
    reads.clear();
    if (entries.length < page.length) break;
  }
  return seen ? run.report() : undefined;
}

/** See `Engine.dryRun`. */
export async function dryRun(
  context: EngineContext,
  stream: StreamName,
  { caseType: name, version }: DryRunTarget,
): Promise<CaseDryRun | undefined> {
  const candidate = context.registry.caseType(name, version);
  if (!candidate) throw versionUnknown(name, version);
  const reads = new Map<string, readonly StreamRead[]>();
  const run = new DryRun(context.registry, candidate, (event) => reads.get(event.id) ?? []);
  for await (const page of pagesOf(context.store, stream, 0)) {
    const [first] = page;
    if (first?.position === 0 && caseTypeOf(recordedEvent(first)) !== name) return undefined;
    for (const entry of page) await collectReads(context, entry, reads);
    run.take(page);
    reads.clear();
  }
  return run.report();
}

function caseTypeOf({ procedure }: RecordedEvent): string {
  return procedure.slice(0, procedure.indexOf('@'));
}

function versionUnknown(name: string, version: string): Fault {
  return new Fault({
    code: 'version-unknown',
    attempted: `Cannot try ${name}@${version} on what is stored`,
    found: 'no such case type is registered',
    todo: 'Register the version beside those that cases are pinned to',
  });
}

async function collectReads(
  context: EngineContext,
  entry: RecordedEntry,
  reads: Map<string, readonly StreamRead[]>,
): Promise<void> {
  // Most entries read nothing: the name of the field is looked for before the entry is parsed.
  if (
    !Buffer.from(entry.bytes.buffer, entry.bytes.byteOffset, entry.bytes.length).includes(
      '"reads"',
    )
  ) {
    return;
  }
  const event = recordedEvent(entry);
  reads.set(event.id, await readsAt(context, event));
}

/** The streams an event read, folded to the heads that it recorded. */
async function readsAt(
  context: EngineContext,
  event: RecordedEvent,
): Promise<readonly StreamRead[]> {
  const found: StreamRead[] = [];
  for (const { stream, position } of event.reads ?? []) {
    const state = position < 0 ? undefined : await stateAt(context, stream, { position });
    const view = state ? readView(state) : absent(stream);
    found.push({ head: { stream, head: state?.head ?? 'none' }, view });
  }
  return found;
}

/** A past in canonical form: texts of one instant in two zones would compare as two instants. */
function checkedPast(past: CasePast): CasePast {
  if ('recordedBy' in past) return { recordedBy: instant(past.recordedBy) };
  if (Number.isSafeInteger(past.position) && past.position >= 0) return past;
  throw new Fault({
    code: 'past-invalid',
    attempted: `Cannot go back to position ${String(past.position)}`,
    found: 'positions are whole numbers from 0',
    todo: 'Give the position of a recorded event',
  });
}

function belongs(entry: RecordedEntry, past: CasePast | undefined): boolean {
  if (!past) return true;
  if ('position' in past) return entry.position <= past.position;
  return recordedEvent(entry).recordedAt <= past.recordedBy;
}
