// The first outcome of a command that is given again: read from the record, not decided anew.
import { canonicalize, type RecordedEntry } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import { caseView } from '../case-view.ts';
import type { ParsedCommand } from '../command.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { foldEntries, freshDraft } from '../fold.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { NO_READS } from '../reads.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import { draftOf, type CaseState } from '../state.ts';
import { parseInput } from './call-parser.ts';
import { pagesOf } from './case-loader.ts';
import type { EngineContext } from './context.ts';
import { decideView, wantedEvents, type Call } from './deciding.ts';
import type { Outcome } from './ports.ts';

/**
 * The recorded outcome of `command` in this case, or `undefined` if it was not recorded. An id that
 * someone else used, or that was used for something else, is refused as reused: the outcome shows
 * the case, and a retry is one's own and says the same.
 */
export async function recordedOutcome(
  context: EngineContext,
  state: CaseState,
  command: ParsedCommand,
  actor: Actor,
): Promise<Extract<Outcome, { readonly kind: 'accepted' | 'refused' }> | undefined> {
  const found = state.commands.get(command.id);
  // The register is shared between states of a case: entries behind this head are not of it.
  if (!found || found.to > state.head.position) return undefined;
  if (found.name !== command.name || found.staff !== actor.staff) return REUSED;
  const events: RecordedEvent[] = [];
  let then: CaseState | undefined;
  let before: CaseState | undefined;
  const fold = (entries: readonly RecordedEntry[]): CaseState | undefined => {
    const folded = foldEntries(then, entries, context.registry);
    return folded && !('kind' in folded) ? folded : undefined;
  };
  for await (const page of pagesOf(context.store, state.stream, 0)) {
    const earlier = page.filter(({ position }) => position < found.from);
    const mine = page.filter(({ position }) => position >= found.from && position <= found.to);
    if (earlier.length > 0) before = then = fold(earlier);
    if (mine.length > 0) then = fold(mine);
    events.push(...mine.map(recordedEvent));
    if (!then || earlier.length + mine.length < page.length) break;
  }
  if (!decidesTheSame(state, before, command, actor, events)) return REUSED;
  return { kind: 'accepted', events, case: caseView(then ?? state), repeated: true };
}

/**
 * Whether `command` decides, on the state that its first giving found, the events that were recorded
 * then. No digest of an input is kept, so what it decides is the only way to tell it from another.
 * Where that rests on other streams or on facts from outside, a retry is taken at its word.
 */
function decidesTheSame(
  state: CaseState,
  before: CaseState | undefined,
  command: ParsedCommand,
  actor: Actor,
  events: readonly RecordedEvent[],
): boolean {
  const [first] = events;
  const { pin, stream, correlation } = before ?? state;
  const spec = pin.caseType.commands[command.name];
  if (!first || !spec || spec.reads || spec.facts) return true;
  const parsed = parseInput(spec, command.input);
  if ('violation' in parsed) return false;
  const { occurredAt, recordedAt, claimedAt } = first;
  const times = { occurredAt, recordedAt, claimedAt };
  const { occurredAt: said = occurredAt } = command;
  if (said !== occurredAt && said !== claimedAt) return false;
  const head = { position: 0, hash: '', recordedAt };
  const draft = before ? draftOf(before) : freshDraft(pin, stream, head, correlation);
  const call: Call = { command, spec, input: parsed.input, actor };
  try {
    const view = decideView(call, draft, times, before !== undefined, NO_READS, undefined);
    const wanted = wantedEvents(call, pin.caseType, view);
    return !('refused' in wanted) && areAmong(wanted, events);
  } catch {
    // What cannot be decided again cannot be told apart either.
    return true;
  }
}

/** Whether events were recorded, in this order, with whatever followed from each in between. */
function areAmong(wanted: readonly PlannedEvent[], recorded: readonly RecordedEvent[]): boolean {
  let at = 0;
  for (const { type, data } of recorded) {
    const next = wanted[at];
    if (next?.type === type && canonicalize(next.data) === canonicalize(data)) at += 1;
  }
  return at === wanted.length;
}

const REUSED = {
  kind: 'refused',
  violations: [ENGINE_VIOLATIONS.COMMAND_ID_REUSED],
} as const;
