// createEngine: the parts of the rim put together behind one interface.
import { caseView } from '../case-view.ts';
import type { Actor } from '../actor.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { commandOptions, type OptionFrame } from '../options.ts';
import { NO_READS } from '../apply.ts';
import { draftOf, type CaseState, type Draft } from '../state.ts';
import { timelineOf } from '../timeline.ts';
import { correctDeadline, migrateCase } from './administration.ts';
import { identify, parseEnvelope, type Envelope } from './call-parser.ts';
import { caughtUpTo } from './catch-up.ts';
import { engineContext, type EngineContext } from './context.ts';
import { decideView, judgeAuthority, type Call } from './deciding.ts';
import { attachEmergencies } from './emergency-apart.ts';
import type { CaseOptions, Engine, OptionsFilter } from './engine-api.ts';
import { Executor } from './execute.ts';
import type { EngineOptions, Outcome } from './ports.ts';
import { preview } from './preview.ts';
import { projector } from './projector.ts';
import { caseAt, explain, history, replay } from './queries.ts';
import { DeadlineWorker, ReactionWorker } from './workers.ts';

/**
 * Makes an engine over a store. Several engines, in any number of processes, may run over one
 * store. The engine holds no resource of its own: close the store when done.
 *
 * @throws Fault `definition-twice` when two definitions share a name and version.
 */
export function createEngine(options: EngineOptions): Engine {
  const context = engineContext(options);
  const executor = new Executor(context);
  const measured = (
    command: unknown,
    run: (envelope: Envelope) => Promise<Outcome>,
  ): Promise<Outcome> => {
    const envelope = parseEnvelope(command);
    // Names of commands that no case type knows are not worth a time series each.
    const name = knownName(context, envelope);
    return context.telemetry.command(name, () => run(envelope), context.monotonicMs);
  };
  const deadlines = new DeadlineWorker(context);
  const reactions = new ReactionWorker(context, (command, actor) =>
    measured(command, (envelope) => executor.executeAs(envelope, actor)),
  );
  const streamOf = context.registry.streamOf;
  return {
    execute: (command, claim, bounds) =>
      measured(command, (envelope) => executor.execute(envelope, claim, bounds)),
    preview: (command, actor) => preview(context, parseEnvelope(command), actor),
    options: (caseId, actor, filter) => optionsOf(context, caseId, actor, filter ?? {}),
    caseAt: (caseId, past) => caseAt(context, streamOf(caseId), past),
    history: (caseId) => history(context, streamOf(caseId)),
    timeline: async (caseId) => timelineOf(await history(context, streamOf(caseId))),
    explain: (caseId, position) => explain(context, streamOf(caseId), position),
    replay: (caseId, past) => replay(context, streamOf(caseId), past),
    runDeadlines: () => deadlines.run(),
    runReactions: () => reactions.run(),
    project: (projection) => projector(context.store, projection),
    migrateCase: (caseId, target, actor) => migrateCase(context, caseId, target, actor),
    correctDeadline: (caseId, deadline, actor) =>
      correctDeadline(context, caseId, deadline, actor),
    attachEmergencies: async (caseId) =>
      (await attachEmergencies(context, streamOf(caseId))).attached,
    confirmClock: () => context.clock.confirm(),
  };
}

function knownName({ registry }: EngineContext, envelope: Envelope): string {
  if (envelope.kind === 'refused') return 'unknown';
  const { name } = envelope.command;
  return registry.latest.some(({ commands }) => commands[name]) ? name : 'unknown';
}

async function optionsOf(
  context: EngineContext,
  caseId: string,
  claim: unknown,
  filter: OptionsFilter,
): ReturnType<Engine['options']> {
  const actor = await identify(context.options, claim);
  if (!actor) return { refused: [ENGINE_VIOLATIONS.AUTHENTICATION_FAILED] };
  const loaded = await context.loader.refresh(context.registry.streamOf(caseId));
  if (loaded.kind === 'none') return { refused: [ENGINE_VIOLATIONS.CASE_UNKNOWN] };
  if (loaded.kind === 'unfoldable') return { refused: [ENGINE_VIOLATIONS.CASE_READ_ONLY] };
  const draft = draftOf(caughtUpTo(context, loaded.state));
  const frame = await optionFrame(context, actor, draft);
  const view = caseView(draft as CaseState);
  const commands = commandOptions(draft, frame, filter);
  const answer: CaseOptions = { case: view, commands, deadlines: view.deadlines };
  return answer;
}

async function optionFrame(
  context: EngineContext,
  actor: Actor,
  draft: Draft,
): Promise<OptionFrame> {
  const { caseType } = draft.pin;
  const recordedAt = context.clock.recordedAt(draft.head, true);
  const times = { occurredAt: recordedAt, recordedAt, claimedAt: undefined };
  const host = new Map<string, Awaited<ReturnType<NonNullable<EngineOptions['authorise']>>>>();
  for (const command of context.options.authorise ? Object.keys(caseType.commands) : []) {
    const request = { actor, command, caseType: caseType.name, case: caseView(draft) };
    host.set(command, (await context.options.authorise?.(request)) ?? true);
  }
  const callOf = (name: string, input: unknown): Call => ({
    command: { id: '00000000000000000000000000', name, input },
    spec: caseType.commands[name] as Call['spec'],
    input,
    actor,
  });
  return {
    event: (type, data) => ({ type, data, actor, ...times }),
    authority: (name, _, input) =>
      judgeAuthority(callOf(name, input), draft, host.get(name) ?? true),
    view: (name) => decideView(callOf(name, {}), draft, times, true, NO_READS, undefined),
  };
}
