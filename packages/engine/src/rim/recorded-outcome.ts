// The first outcome of a command that is given again: read from the record, not decided anew.
import { canonicalize, type RecordedEntry } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import { caseView } from '../case-view.ts';
import type { ParsedCommand } from '../command.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { foldEntries, openingDraft } from '../fold.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { NO_READS } from '../reads.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import { draftOf, type CaseState } from '../state.ts';
import { parseInput } from './call-parser.ts';
import { pagesOf } from './case-loader.ts';
import type { EngineContext } from './context.ts';
import { decideView, planCall, wantedEvents, type Call } from './deciding.ts';
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
  if (then && !decidesTheSame(before, then, command, actor, events)) return REUSED;
  return { kind: 'accepted', events, case: caseView(then ?? state), repeated: true };
}

/**
 * Whether `command` decides, on the state that its first giving found, just what was recorded then.
 * No digest of an input is kept, so what it decides is the only way to tell it from another. Where
 * that rests on other streams or on facts from outside, a retry is taken at its word.
 */
function decidesTheSame(
  before: CaseState | undefined,
  after: CaseState,
  command: ParsedCommand,
  actor: Actor,
  events: readonly RecordedEvent[],
): boolean {
  // A case that it opened is judged by the procedure that it opened it with.
  const { pin, stream, correlation } = before ?? after;
  const [first] = events;
  const spec = pin.caseType.commands[command.name];
  if (!first || !spec) return true;
  if (!isSaidAlike(command, actor, first)) return false;
  if (spec.reads || spec.facts) return true;
  const parsed = parseInput(spec, command.input);
  if ('violation' in parsed) return false;
  const { occurredAt, recordedAt, claimedAt } = first;
  const times = { occurredAt, recordedAt, claimedAt };
  const draft = before ? draftOf(before) : openingDraft(pin, stream, recordedAt, correlation);
  const call: Call = { command, spec, input: parsed.input, actor };
  const recorded = events.filter(({ type }) => type !== 'CaseOpened');
  try {
    const view = decideView(call, draft, times, before !== undefined, NO_READS, undefined);
    const wanted = wantedEvents(call, pin.caseType, view);
    if ('refused' in wanted || !areAmong(wanted, recorded)) return false;
    // Fewer of several are among them, too: so with all that follows there must be as many.
    const planned = planCall(call, draft, times, wanted, NO_READS);
    return planned.kind !== 'planned' || planned.events.length === recorded.length;
  } catch {
    // What cannot be decided again cannot be told apart either.
    return true;
  }
}

/** Whether everything that is said beside the input is what was said the first time. */
function isSaidAlike(command: ParsedCommand, actor: Actor, first: RecordedEvent): boolean {
  const { occurredAt = first.occurredAt } = command;
  return (
    (occurredAt === first.occurredAt || occurredAt === first.claimedAt) &&
    command.basis === first.basis &&
    command.reason === first.reason &&
    command.lateReason === first.lateReason &&
    actor.onBehalfOf === first.actor.onBehalfOf
  );
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
