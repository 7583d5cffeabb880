// Finding a run of a case type that breaks a claim: commands with dates, and not states of a model.
import {
  brokenInRecord,
  type AbstractStep,
  type CaseType,
  type Claim,
} from '@himaya/engine';
import type { ScenarioStep } from '../scenario/format.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { StepReport } from '../scenario/report.ts';
import { Replaying, replayed, type CommandEntry, type Replayed } from './replayed.ts';
import { withoutDispensable } from './shorten.ts';
import { written } from './written.ts';

/** A run that breaks a claim, or how many were tried in vain. */
export type RunSearch =
  | {
      readonly kind: 'run';
      /** The scenario from whose commands it is made. */
      readonly file: string;
      /** `name@version` of the policy under which it goes there: that of the scenario. */
      readonly policy: string;
      /** Each step as it happened; the last one breaks the claim. */
      readonly steps: readonly StepReport[];
      /** The same as a scenario that can be run. */
      readonly text: string;
    }
  | { readonly kind: 'none'; readonly tried: number };

/** What a run is looked for in. */
export interface RunSources {
  readonly caseType: CaseType;
  /** Scenarios that are about the case type; others are passed over. */
  readonly scenarios: readonly LoadedScenario[];
  /** Hears how many runs were tried. */
  readonly onProgress?: (tried: number) => void;
}

/** Time that passes where a counterexample waits for a deadline: longer than any term. */
const WAIT_MS = 3 * 366 * 86_400_000;

/**
 * Looks for a run of the case type that breaks the claim, through the engine and in simulated time.
 * It is made of the commands of scenarios, whatever these expect; where none of them leads there by
 * itself, one step of the counterexample is put between theirs, before what follows it there. The
 * run is shortened until every step is needed. That none is found says nothing about the claim.
 */
export async function findRun(
  claim: Claim,
  counterexample: readonly AbstractStep[],
  sources: RunSources,
): Promise<RunSearch> {
  return new Finding(claim, sources).find(counterexample.map(({ type }) => type));
}

/** Steps of a scenario that lead to where a claim is broken. */
interface Way {
  readonly from: LoadedScenario;
  readonly steps: readonly ScenarioStep[];
}

class Finding {
  readonly #claim: Claim;
  readonly #sources: RunSources;
  readonly #bases: readonly LoadedScenario[];
  readonly #commands = new Map<string, readonly CommandEntry[]>();
  #tried = 0;

  constructor(claim: Claim, sources: RunSources) {
    this.#claim = claim;
    this.#sources = sources;
    const own = sources.scenarios.filter(({ caseTypes }) => caseTypes.includes(sources.caseType));
    const teams = own.map(({ scenario }) => scenario.fixtures.staff);
    const staff = Object.assign({}, ...teams) as (typeof teams)[number];
    // Commands of one scenario are tried in another: whoever gives them is there, too.
    this.#bases = own.map((base) => {
      const { fixtures } = base.scenario;
      const together = { ...fixtures, staff: { ...staff, ...fixtures.staff } };
      return { ...base, scenario: { ...base.scenario, fixtures: together } };
    });
  }

  async find(types: readonly string[]): Promise<RunSearch> {
    const way = (await this.#asWritten()) ?? (await this.#withOneMore(types));
    if (!way) return { kind: 'none', tried: this.#tried };
    const { from } = way;
    const shortest = await withoutDispensable(way.steps, (steps) => this.#breaking(from, steps));
    const { steps } = await replayed(from, shortest);
    const of = steps.length;
    const text = written(this.#claim, from, shortest);
    return {
      kind: 'run',
      file: from.source.file,
      policy: from.scenario.fixtures.policy,
      steps: steps.map((step) => ({ ...step, of })),
      text,
    };
  }

  /** A scenario that leads there by itself: what it expects to be refused was accepted. */
  async #asWritten(): Promise<Way | undefined> {
    for (const from of this.#bases) {
      const steps = await this.#breaking(from, bare(from));
      if (steps) return { from, steps };
    }
    return undefined;
  }

  /** A scenario that leads there with one step more. */
  async #withOneMore(types: readonly string[]): Promise<Way | undefined> {
    for (const from of this.#bases) {
      const run = new Replaying(from);
      const steps = bare(from);
      for (let at = 1; at <= steps.length; at += 1) {
        await run.take(steps[at - 1] as ScenarioStep);
        const [before, after] = [steps.slice(0, at), steps.slice(at)];
        for (const more of await this.#possible(run, this.#before(types, after[0]))) {
          const way = await this.#breaking(from, [...before, more, ...after]);
          if (way) return { from, steps: way };
        }
      }
    }
    return undefined;
  }

  /** Events of a counterexample that come right before what this step records, and its last one. */
  #before(types: readonly string[], next: ScenarioStep | undefined): readonly string[] {
    const records = next === undefined ? [] : this.#recordsOf(next);
    return types.filter((_, at) => {
      const following = types[at + 1];
      return following === undefined || records.includes(following);
    });
  }

  /** Steps that may lead to these events now: commands that are accepted, or time that passes. */
  async #possible(run: Replaying, types: readonly string[]): Promise<readonly ScenarioStep[]> {
    const accepted: ScenarioStep[] = [];
    for (const type of types) {
      if (type.startsWith('Deadline')) {
        const advanceTo = new Date(run.nowMs + WAIT_MS).toISOString();
        accepted.push({ kind: 'advance', step: { advanceTo } });
      }
      for (const entry of this.#commandsFor(type)) {
        if (await run.accepts(entry)) accepted.push(entry);
      }
    }
    return accepted;
  }

  /** Commands of all scenarios that record an event, each once. */
  #commandsFor(type: string): readonly CommandEntry[] {
    const known = this.#commands.get(type);
    if (known) return known;
    const found = this.#bases.flatMap(bare).flatMap((entry): readonly CommandEntry[] => {
      if (entry.kind !== 'command' || !this.#recordsOf(entry).includes(type)) return [];
      const { at: _at, as: _as, save: _save, id: _id, ...step } = entry.step;
      return [{ kind: 'command', step }];
    });
    const once = new Map(found.map((entry) => [JSON.stringify(entry.step), entry]));
    this.#commands.set(type, [...once.values()]);
    return [...once.values()];
  }

  #recordsOf(entry: ScenarioStep): readonly string[] {
    if (entry.kind !== 'command') return [];
    return [this.#sources.caseType.commands[entry.step.command]?.records ?? []].flat();
  }

  /** The steps up to the one that breaks the claim, if one does. */
  async #breaking(
    from: LoadedScenario,
    steps: readonly ScenarioStep[],
  ): Promise<readonly ScenarioStep[] | undefined> {
    this.#tried += 1;
    this.#sources.onProgress?.(this.#tried);
    const at = this.#breaksAt(await replayed(from, steps), from);
    return at === undefined ? undefined : steps.slice(0, at + 1);
  }

  /** The place of the step that breaks the claim. */
  #breaksAt({ steps, records }: Replayed, from: LoadedScenario): number | undefined {
    const definitions = { caseTypes: from.caseTypes, policies: [from.policy] };
    const { name } = this.#sources.caseType;
    const at = [...records].flatMap(([stream, entries]) => {
      const events = steps.flatMap((step) => [...step.events, ...step.recorded]);
      const isOwn = events.some(
        (event) => event.stream === stream && event.procedure.startsWith(`${name}@`),
      );
      if (!isOwn) return [];
      const position = brokenInRecord([this.#claim], entries, definitions).get(this.#claim);
      if (position === undefined) return [];
      const isThere = (event: StepReport['events'][number]): boolean =>
        event.stream === stream && event.position === position;
      return [steps.findIndex(({ events: own, recorded }) => [...own, ...recorded].some(isThere))];
    });
    return at.length === 0 ? undefined : Math.min(...at);
  }
}

/** The steps of a scenario that change something, without what is expected of them. */
function bare({ scenario }: LoadedScenario): readonly ScenarioStep[] {
  return scenario.steps.flatMap((entry): readonly ScenarioStep[] => {
    if (entry.kind === 'observe') return [];
    const { expect: _expect, note: _note, ...step } = entry.step;
    if (entry.kind === 'advance') return [{ kind: 'advance', step } as ScenarioStep];
    return entry.step.preview === true ? [] : [{ kind: 'command', step } as ScenarioStep];
  });
}
