// A preview: the line of a command up to the append, which it leaves out.
import { caseView } from '../case-view.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import type { CaseState } from '../state.ts';
import { identify, type Envelope } from './call-parser.ts';
import { caughtUpTo } from './catch-up.ts';
import type { EngineContext } from './context.ts';
import { decideCommand, targetOf } from './decision.ts';
import { refused } from './outcomes.ts';
import type { Preview } from './ports.ts';
import { recordedOutcome } from './recorded-outcome.ts';

/** See `Engine.preview`. */
export async function preview(
  context: EngineContext,
  parsed: Envelope,
  claim: unknown,
): Promise<Preview> {
  const actor = await identify(context.options, claim);
  if (parsed.kind === 'refused') return refused([parsed.violation]);
  if (!actor) return refused([ENGINE_VIOLATIONS.AUTHENTICATION_FAILED]);
  const { command } = parsed;
  const target = targetOf(context, command);
  if ('violation' in target) return refused([target.violation]);
  const loaded = await context.loader.refresh(target.stream);
  if (loaded.kind === 'unfoldable') return refused([ENGINE_VIOLATIONS.CASE_READ_ONLY]);
  const state = loaded.kind === 'case' ? loaded.state : undefined;
  const known = state && (await recordedOutcome(context, state, command));
  if (known) return known;
  if (state && (command.expectedPosition ?? state.lastForeign) < state.lastForeign) {
    return { kind: 'conflict', attempts: 1 };
  }
  const current = state && caughtUpTo(context, state);
  const decided = await decideCommand(context, command, actor, target, current);
  if (decided.kind !== 'decided') return decided;
  const { draft, times } = decided;
  const events = decided.events.map(({ type, data }) => ({ type, data }));
  // As the view would be after the append: the events stand behind the head, or open the stream.
  const position = (current?.head.position ?? -1) + events.length;
  draft.head = { ...draft.head, position, recordedAt: times.recordedAt };
  return { kind: 'accepted', events, case: caseView(draft as CaseState) };
}
