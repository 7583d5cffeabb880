// A decision about one loaded case: authorise, read, judge, decide and plan; the line writes it.
import { isStreamName, type StreamName } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import { authored } from '../authored.ts';
import type { CommandSpec, DecideView } from '../case-type.ts';
import { caseView } from '../case-view.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { openingDraft, pinData } from '../fold.ts';
import type { Violation } from '../rule.ts';
import { draftOf, type CaseState, type Draft, type Pin } from '../state.ts';
import { openingType, parseInput } from './call-parser.ts';
import type { EngineContext } from './context.ts';
import {
  decideView,
  decisionTimes,
  judgeAuthority,
  judgeTimes,
  planCall,
  wantedEvents,
  type Call,
  type DecisionReads,
  type DecisionTimes,
} from './deciding.ts';
import { hostAnswer } from './host-wait.ts';
import { refused, type Refused } from './outcomes.ts';
import { readStreams, UNNAMEABLE } from './read-streams.ts';

/** The stream that a command writes. */
export interface Target {
  readonly stream: StreamName;
  /** The case type that the command opens, if it opens one. */
  readonly opening?: CaseType;
}

/** A decision that may be recorded. */
export interface Decided {
  readonly kind: 'decided';
  readonly call: Call;
  readonly draft: Draft;
  readonly events: readonly PlannedEvent[];
  readonly times: DecisionTimes;
  readonly reads: DecisionReads;
  readonly alerts: readonly string[];
}

/** Where a command goes: to its case, or to the stream of the case that it opens. */
export function targetOf(
  { registry }: EngineContext,
  command: ParsedCommand,
): Target | { readonly violation: Violation } {
  if (command.caseId !== undefined) return { stream: registry.streamOf(command.caseId) };
  const opening = openingType(registry, command);
  if ('code' in opening) return { violation: opening };
  const spec = opening.commands[command.name] as CommandSpec;
  if (!spec.keyedBy) return openingTarget(opening, command);
  const parsed = parseInput(spec, command.input);
  if ('violation' in parsed) return parsed;
  const stream = keyedStream(opening, command.name, spec, parsed.input);
  return stream === undefined ? { violation: UNNAMEABLE } : { stream, opening };
}

/** Where a command goes that opens a case under its own id. */
export function openingTarget(
  opening: CaseType,
  { id }: Pick<ParsedCommand, 'id'>,
): Required<Target> {
  return { stream: `${opening.category}-${id}` as StreamName, opening };
}

/** The stream that an input names by its nature, if a stream can have that name. */
function keyedStream(
  caseType: CaseType,
  name: string,
  { keyedBy }: CommandSpec,
  input: unknown,
): StreamName | undefined {
  const key = authored(caseType, name, () => keyedBy?.(input as never));
  const stream = `${caseType.category}-${String(key)}`;
  return isStreamName(stream) ? (stream as StreamName) : undefined;
}

/** What the input names by its nature is another case than the one the command was given to. */
const OF_ANOTHER: Violation = {
  ...ENGINE_VIOLATIONS.INPUT_INVALID,
  detail: {
    issues: [{ en: 'it belongs to another file', ar: 'تخص هذه البيانات ملفا آخر' }],
  },
};

/** Decides a command over a caught-up state, or over none for a command that opens a case. */
export async function decideCommand(
  context: EngineContext,
  command: ParsedCommand,
  actor: Actor,
  target: Target,
  state: CaseState | undefined,
): Promise<Decided | Refused> {
  const { clock, options } = context;
  if (!state && !target.opening) return refused([ENGINE_VIOLATIONS.CASE_UNKNOWN]);
  const isKeyed = target.opening?.commands[command.name]?.keyedBy !== undefined;
  if (state && target.opening && !isKeyed) return refused([ENGINE_VIOLATIONS.CASE_EXISTS]);
  const pin = state?.pin ?? openingPin(context, command, target.opening as CaseType);
  const spec = pin.caseType.commands[command.name];
  if (state?.divergence && !spec?.emergency) return refused([ENGINE_VIOLATIONS.CASE_READ_ONLY]);
  if (!spec) return refused([ENGINE_VIOLATIONS.COMMAND_UNKNOWN]);
  const parsed = parseInput(spec, command.input);
  if ('violation' in parsed) return refused([parsed.violation]);
  const { caseType } = pin;
  const isOurs =
    !spec.keyedBy || keyedStream(caseType, command.name, spec, parsed.input) === target.stream;
  if (!isOurs) return refused([OF_ANOTHER]);
  const call: Call = { command, spec, input: parsed.input, actor };
  const recordedAt = clock.recordedAt(state?.head, spec.polarity === 'protective');
  const correlation = command.correlation ?? command.id;
  const draft = state
    ? draftOf(state)
    : openingDraft(pin, target.stream, recordedAt, correlation);
  if (!spec.emergency) {
    const { authorise } = options;
    const request = () => ({
      actor,
      command: command.name,
      caseType: caseType.name,
      ...(state ? { case: caseView(state) } : {}),
    });
    const asked =
      authorise &&
      (await hostAnswer(options, 'authorise', command.name, () => authorise(request())));
    const barred = judgeAuthority(call, draft, asked ?? true);
    if (barred.length > 0) return refused(barred);
  }
  const times = decisionTimes(call, recordedAt, clock.claim(state?.head));
  return judge(context, call, draft, times, state !== undefined);
}

function openingPin(
  { clock, registry }: EngineContext,
  { name }: ParsedCommand,
  caseType: CaseType,
): Pin {
  return registry.pinFor(caseType, clock.now(), caseType.commands[name]?.emergency === true);
}

async function judge(
  context: EngineContext,
  call: Call,
  draft: Draft,
  times: DecisionTimes,
  exists: boolean,
): Promise<Decided | Refused> {
  const late = judgeTimes(call, times);
  const reads = await readStreams(context, call, draft, times, exists);
  if ('code' in reads) return refused([...late, reads]);
  const { facts: fetch } = call.spec;
  const viewWith = (facts: unknown): DecideView =>
    decideView(call, draft, times, exists, reads.view, facts);
  const facts: unknown =
    fetch &&
    (await hostAnswer(context.options, 'facts', call.command.name, () =>
      fetch(call.input as never, viewWith(undefined)),
    ));
  const view = viewWith(facts);
  const wanted = wantedEvents(call, draft.pin.caseType, view);
  if ('refused' in wanted) return refused([...late, ...wanted.refused]);
  const planned = planCall(call, draft, times, wanted, reads.view);
  if (planned.kind === 'refused') return refused(withoutTransition(late, planned.violations));
  if (late.length > 0) return refused(late);
  const opened = { type: 'CaseOpened', data: { ...pinData(draft.pin) } };
  const events = exists ? planned.events : [opened, ...planned.events];
  return { kind: 'decided', call, draft, times, reads, events, alerts: planned.alerts };
}

/** "Not possible now" is said only when no rule is broken. */
function withoutTransition(
  late: readonly Violation[],
  planned: readonly Violation[],
): readonly Violation[] {
  if (late.length === 0) return planned;
  return [...late, ...planned.filter(({ code }) => code !== 'INVALID_TRANSITION')];
}
