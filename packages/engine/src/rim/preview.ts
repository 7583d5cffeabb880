// A preview: the line of a command up to the append, which it leaves out.
import type { Actor } from '../actor.ts';
import { caseView } from '../case-view.ts';
import type { CommandSpec } from '../case-type.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import type { CaseState } from '../state.ts';
import { identify, parseInput, type Envelope } from './call-parser.ts';
import { caughtUpTo, isProtective } from './catch-up.ts';
import type { EngineContext } from './context.ts';
import { decideCommand, targetOf } from './decision.ts';
import { apartView } from './emergency-apart.ts';
import { isStoreFault, knownIn, placeOfEmergency } from './emergency-case.ts';
import { refused } from './outcomes.ts';
import type { Preview } from './ports.ts';
import { recordedOutcome } from './recorded-outcome.ts';
import { shownTo } from './showing.ts';

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
  const urgent = emergencyType(context, command);
  const seen = urgent
    ? await previewEmergency(context, command, actor, urgent)
    : await previewLine(context, command, actor);
  return shownTo(context.registry, actor, command.name, seen);
}

async function previewLine(
  context: EngineContext,
  command: ParsedCommand,
  actor: Actor,
): Promise<Preview> {
  const target = targetOf(context, command);
  if ('violation' in target) return refused([target.violation]);
  const loaded = await context.loader.refresh(target.stream);
  if (loaded.kind === 'unfoldable') return refused([ENGINE_VIOLATIONS.CASE_READ_ONLY]);
  const state = loaded.kind === 'case' ? loaded.state : undefined;
  const known = state && (await recordedOutcome(context, state, command, actor));
  if (known) return known;
  if (state && (command.expectedPosition ?? state.lastForeign) < state.lastForeign) {
    return { kind: 'conflict', attempts: 1 };
  }
  const current = state && caughtUpTo(context, state, isProtective(state, command.name));
  const decided = await decideCommand(context, command, actor, target, current);
  if (decided.kind !== 'decided') return decided;
  const { draft, times } = decided;
  const events = decided.events.map(({ type, data }) => ({ type, data }));
  // As the view would be after the append: the events stand behind the head, or open the stream.
  const position = (current?.head.position ?? -1) + events.length;
  draft.head = { ...draft.head, position, recordedAt: times.recordedAt };
  return { kind: 'accepted', events, case: caseView(draft as CaseState) };
}

function emergencyType(
  { registry }: EngineContext,
  { caseId, name }: ParsedCommand,
): CaseType | undefined {
  if (caseId === undefined) return undefined;
  return registry.all.findLast(({ commands }) => commands[name]?.emergency === true);
}

/** An emergency is accepted whatever becomes of the case: in it, or apart. */
async function previewEmergency(
  context: EngineContext,
  command: ParsedCommand,
  actor: Actor,
  caseType: CaseType,
): Promise<Preview> {
  const parsed = parseInput(caseType.commands[command.name] as CommandSpec, command.input);
  if ('violation' in parsed) return refused([parsed.violation]);
  const { caseId = '', name } = command;
  try {
    const loaded = await context.loader.refresh(context.registry.streamOf(caseId));
    const found =
      loaded.kind === 'case'
        ? await placeOfEmergency(command, actor, (id) =>
            knownIn(context, loaded.state, { ...command, id }, actor),
          )
        : command;
    if ('known' in found && found.known !== 'unreadable') return found.known;
    const { id } = 'known' in found ? command : found;
    const inCase = await previewLine(context, { ...command, id }, actor);
    if (inCase.kind === 'accepted') return inCase;
    const takes = loaded.kind === 'case' && loaded.state.pin.caseType.commands[name];
    // The case's own procedure knows the command as an ordinary one: its refusal stands.
    if (takes && !takes.emergency) return inCase;
  } catch (error) {
    if (isStoreFault(error)) throw error;
  }
  const data = { command: name, input: parsed.input };
  const recordedAt = context.clock.now();
  return {
    kind: 'accepted',
    events: [{ type: 'EmergencyRecordedApart', data }],
    case: apartView(caseId, caseType, { position: 0, recordedAt }),
    apart: true,
  };
}
