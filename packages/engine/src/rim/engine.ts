// createEngine: the parts of the rim put together behind one interface.
import { timelineOf } from '../timeline.ts';
import { correctDeadline, migrateCase } from './administration.ts';
import { identify, parseEnvelope, type Envelope } from './call-parser.ts';
import { caseOptions } from './case-options.ts';
import { engineContext, type EngineContext } from './context.ts';
import { DeadlineWorker } from './deadline-worker.ts';
import { attachEmergencies } from './emergency-attach.ts';
import type { Engine } from './engine-api.ts';
import { Executor } from './execute.ts';
import type { EngineOptions, Outcome } from './ports.ts';
import { preview } from './preview.ts';
import { ProjectionRunner } from './projector.ts';
import { caseAt, caseFor, dryRun, explain, history, historyFor, replay } from './queries.ts';
import { unsupportedCommands } from './read-streams.ts';
import { ReactionWorker } from './reaction-worker.ts';
import { runWorkers } from './workers.ts';

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
    return context.telemetry.command(name, () => run(envelope));
  };
  const deadlines = new DeadlineWorker(context);
  const reactions = new ReactionWorker(context, (command, actor) =>
    measured(command, (envelope) => executor.executeAs(envelope, actor)),
  );
  const { telemetry } = context;
  const { streamOf } = context.registry;
  return {
    execute: (command, claim, bounds) =>
      measured(command, (envelope) => executor.execute(envelope, claim, bounds)),
    unsupportedCommands: () => unsupportedCommands(context),
    preview: (command, actor) =>
      telemetry.call('preview', () => preview(context, parseEnvelope(command), actor)),
    options: (caseId, actor, filter) =>
      telemetry.call('options', () => caseOptions(context, caseId, actor, filter ?? {})),
    caseAt: async (caseId, past) => caseAt(context, streamOf(caseId), past),
    identify: (actor) => identify(options, actor),
    caseFor: async (caseId, actor) => caseFor(context, streamOf(caseId), actor),
    history: async (caseId) => history(context, streamOf(caseId)),
    historyFor: async (caseId, actor) => historyFor(context, streamOf(caseId), actor),
    timeline: async (caseId) => timelineOf(await history(context, streamOf(caseId))),
    explain: async (caseId, position) => explain(context, streamOf(caseId), position),
    replay: (caseId, past) =>
      telemetry.call('replay', async () => replay(context, streamOf(caseId), past)),
    dryRun: async (caseId, target) => dryRun(context, streamOf(caseId), target),
    runDeadlines: () => deadlines.run(),
    runReactions: () => reactions.run(),
    project: (projection, readStore) => new ProjectionRunner(context, projection, readStore),
    runWorkers: (given) => runWorkers(context, deadlines, reactions, given),
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
