// Replaying steps of a scenario for what they record: nothing is expected of them.
import { MemoryEventStore, type RecordedEntry, type StreamName } from '@himaya/event-store';
import type { ScenarioStep } from '../scenario/format.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { StepReport } from '../scenario/report.ts';
import { runStep } from '../scenario/steps.ts';
import { World } from '../scenario/world.ts';

/** A step that gives a command. */
export type CommandEntry = Extract<ScenarioStep, { readonly kind: 'command' }>;

/** What became of steps, and the record that they left behind. */
export interface Replayed {
  readonly steps: readonly StepReport[];
  /** Entries by stream, of all cases. */
  readonly records: ReadonlyMap<StreamName, readonly RecordedEntry[]>;
}

/** Entries of a case at most: longer histories are none of a scenario. */
const ENTRIES_MAX = 4_096;

/** A run under way, in memory and in simulated time. */
export class Replaying {
  readonly #store = new MemoryEventStore();
  readonly #world: World;
  readonly #steps: StepReport[] = [];

  constructor(loaded: LoadedScenario) {
    this.#world = new World(loaded, this.#store);
  }

  /** Milliseconds since 1970. */
  get nowMs(): number {
    return this.#world.clock.now();
  }

  /** Takes one step; answers what became of it. */
  async take(entry: ScenarioStep): Promise<StepReport> {
    const { report } = await runStep(this.#world, entry, []);
    const number = this.#steps.length + 1;
    const taken: StepReport = { ...report, number, of: number, line: 0, problems: [] };
    this.#steps.push(taken);
    return taken;
  }

  /** Whether a command would be accepted now: nothing is recorded. */
  async accepts({ step }: CommandEntry): Promise<boolean> {
    try {
      const { outcome } = await this.#world.give({ ...step, preview: true });
      return outcome.kind === 'accepted';
    } catch {
      // It speaks of something that there is not here.
      return false;
    }
  }

  /** Everything that was taken and recorded. */
  async done(): Promise<Replayed> {
    const events = this.#steps.flatMap((step) => [...step.events, ...step.recorded]);
    const records = new Map<StreamName, readonly RecordedEntry[]>();
    for (const { stream } of events) {
      if (records.has(stream)) continue;
      const { entries } = await this.#store.readStream(stream, 0, ENTRIES_MAX);
      records.set(stream, entries);
    }
    return { steps: this.#steps, records };
  }
}

/** Takes all steps, one after another. */
export async function replayed(
  loaded: LoadedScenario,
  steps: readonly ScenarioStep[],
): Promise<Replayed> {
  const run = new Replaying(loaded);
  for (const step of steps) await run.take(step);
  return run.done();
}
