// The first outcome of a command that is given again: read from the record, not decided anew.
import { caseView } from '../case-view.ts';
import type { Actor } from '../actor.ts';
import type { ParsedCommand } from '../command.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { foldEntries } from '../fold.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import type { CaseState } from '../state.ts';
import { pagesOf } from './case-loader.ts';
import type { EngineContext } from './context.ts';
import type { Outcome } from './ports.ts';

/**
 * The recorded outcome of `command` in this case, or `undefined` if it was not recorded. An id that
 * someone else used is refused as reused: the outcome shows the case, and a retry is one's own.
 */
export async function recordedOutcome(
  context: EngineContext,
  state: CaseState,
  command: Pick<ParsedCommand, 'id' | 'name'>,
  actor: Actor,
): Promise<Extract<Outcome, { readonly kind: 'accepted' | 'refused' }> | undefined> {
  const found = state.commands.get(command.id);
  // The register is shared between states of a case: entries behind this head are not of it.
  if (!found || found.to > state.head.position) return undefined;
  if (found.name !== command.name || found.staff !== actor.staff) {
    return { kind: 'refused', violations: [ENGINE_VIOLATIONS.COMMAND_ID_REUSED] };
  }
  const events: RecordedEvent[] = [];
  let then: CaseState | undefined;
  for await (const page of pagesOf(context.store, state.stream, 0)) {
    const entries = page.filter(({ position }) => position <= found.to);
    const folded = foldEntries(then, entries, context.registry);
    if (!folded || 'kind' in folded) break;
    then = folded;
    const mine = entries.filter(({ position }) => position >= found.from);
    events.push(...mine.map(recordedEvent));
    if (entries.length < page.length) break;
  }
  return { kind: 'accepted', events, case: caseView(then ?? state), repeated: true };
}
