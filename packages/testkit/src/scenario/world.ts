// The world of one scenario run: an engine over a store, with simulated time, ids and named cases.
import {
  createEngine,
  instant,
  type Actor,
  type CaseDeadline,
  type CaseView,
  type Command,
  type Engine,
  type Ids,
  type Outcome,
  type Preview,
  type RecordedEvent,
} from '@himaya/engine';
import type { EventStore } from '@himaya/event-store';
import { seededIds } from '../seeded-ids.ts';
import { simulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import type { Fact } from './compare.ts';
import type { CommandStep } from './format.ts';
import type { LoadedScenario } from './load.ts';
import { resolveReferences } from './references.ts';
import { opensCase } from './check.ts';

/** What a step found in the store that was not there before. */
export interface News {
  /** Recorded by the step's own command. */
  readonly own: readonly RecordedEvent[];
  /** Recorded by the engine: deadlines, migrations, reactions. */
  readonly byEngine: readonly RecordedEvent[];
}

/** What became of a command that a step gave, or of its preview. */
export interface Given {
  readonly commandId: string;
  /** Its input, references replaced. */
  readonly input: unknown;
  readonly outcome: Outcome | Preview;
  /** What it recorded, in a retry the first time; in a preview what it would record. */
  readonly events: readonly Fact[];
}

const CASE_ID = /^[A-Za-z0-9._~-]{1,64}$/;

/** One run's engine and everything that its steps have made known. */
export class World {
  readonly engine: Engine;
  readonly clock: SimulatedClock;
  /** Ids of cases by the names that the scenario gives them. */
  readonly cases = new Map<string, string>();
  readonly saved = new Map<string, unknown>();
  readonly #ids: Ids;
  readonly #loaded: LoadedScenario;
  readonly #seen = new Map<string, number>();
  readonly #commandIds = new Map<string, string>();
  readonly #deadlines = new Map<string, readonly CaseDeadline[]>();
  #lastOpened: string | undefined;

  constructor(loaded: LoadedScenario, store: EventStore) {
    const { scenario, caseTypes, policy } = loaded;
    this.#loaded = loaded;
    this.clock = simulatedClock(scenario.fixtures.startAt);
    this.#ids = seededIds(scenario.scenario);
    this.engine = createEngine({
      store,
      caseTypes,
      policies: [policy],
      office: scenario.fixtures.office,
      clock: this.clock,
      ids: this.#ids,
      writer: 'scenario',
    });
  }

  /** The member of staff that the scenario knows by this name. */
  actor(name: string): Actor {
    const { staff, office } = this.#loaded.scenario.fixtures;
    const found = staff[name];
    if (typeof found === 'string') return { staff: name, role: found, office };
    const { role = '', is = name } = found ?? {};
    return { staff: is, role, office: found?.office ?? office };
  }

  /** The name of the case that a step is about; `undefined` before any was opened. */
  caseName(named: string | undefined): string | undefined {
    return named ?? this.#lastOpened;
  }

  /** Gives the command of a step, or asks what it would do. */
  async give(step: CommandStep): Promise<Given> {
    const opens = opensCase(step, this.#loaded.words);
    const name = this.caseName(step.case);
    const input = resolveReferences(step.input ?? {}, this.saved);
    const command: Command = {
      id: this.#commandId(step.id),
      name: step.command,
      input,
      ...(opens ? {} : { caseId: (name && this.cases.get(name)) ?? 'none' }),
      ...(step.caseType === undefined ? {} : { caseType: step.caseType }),
      ...(step.occurredAt === undefined ? {} : { occurredAt: instant(step.occurredAt) }),
      ...(step.lateReason === undefined ? {} : { lateReason: step.lateReason }),
      ...(step.reason === undefined ? {} : { reason: step.reason }),
      ...(step.basis === undefined ? {} : { basis: step.basis }),
    };
    const actor = this.actor(step.by);
    if (step.preview === true) {
      const outcome = await this.engine.preview(command, actor);
      const events = outcome.kind === 'accepted' ? outcome.events : [];
      return { commandId: command.id, input, outcome, events };
    }
    const outcome = await this.engine.execute(command, actor);
    if (outcome.kind !== 'accepted') return { commandId: command.id, input, outcome, events: [] };
    if (opens && outcome.repeated !== true) this.#open(step.as, outcome.case.caseId);
    const { events } = outcome;
    // An emergency under an id that is used up is recorded under one that is derived from it.
    return { commandId: events[0]?.command.id ?? command.id, input, outcome, events };
  }

  /** A new id, or the one that a step before has given the same name. */
  #commandId(name: string | undefined): string {
    const known = name === undefined ? undefined : this.#commandIds.get(name);
    const id = known ?? this.#ids.next();
    if (name !== undefined) this.#commandIds.set(name, id);
    return id;
  }

  #open(name: string | undefined, caseId: string): void {
    const known = name ?? `case-${this.cases.size + 1}`;
    this.cases.set(known, caseId);
    this.saved.set(`case.${known}`, caseId);
    this.#lastOpened = known;
  }

  /** Knows a case by the name under which a step saved its id: a reaction has opened it. */
  async meet(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const caseId = this.saved.get(name);
      if (typeof caseId !== 'string' || [...this.cases.values()].includes(caseId)) continue;
      if (!CASE_ID.test(caseId) || !(await this.engine.caseAt(caseId))) continue;
      this.#open(name, caseId);
    }
  }

  /** Everything recorded in the scenario's cases since this was last asked. */
  async news(commandId: string | undefined): Promise<News> {
    const own: RecordedEvent[] = [];
    const byEngine: RecordedEvent[] = [];
    for (const caseId of this.cases.values()) {
      const events = await this.engine.history(caseId);
      for (const event of events.slice(this.#seen.get(caseId) ?? 0)) {
        (event.command.id === commandId ? own : byEngine).push(event);
      }
      this.#seen.set(caseId, events.length);
    }
    return { own, byEngine };
  }

  /** A case as it stands, and its deadlines that are new or have moved since the last look. */
  async look(
    name: string,
  ): Promise<{ readonly view: CaseView; readonly armed: readonly CaseDeadline[] } | undefined> {
    const caseId = this.cases.get(name);
    const view = caseId === undefined ? undefined : await this.engine.caseAt(caseId);
    if (!view) return undefined;
    const before = this.#deadlines.get(view.caseId) ?? [];
    const armed = view.deadlines.filter(
      (one) => one.status === 'pending' && !before.some((old) => isSameArming(old, one)),
    );
    this.#deadlines.set(view.caseId, view.deadlines);
    return { view, armed };
  }

  /** Keeps what a step saves. Answers the first name for which nothing was found. */
  save(step: CommandStep, own: readonly RecordedEvent[], view: CaseView): string | undefined {
    for (const [name, from] of Object.entries(step.save ?? {})) {
      const value = savedValue(from, own, view);
      if (value === undefined) return name;
      this.saved.set(name, value);
    }
    return undefined;
  }
}

function isSameArming(a: CaseDeadline, b: CaseDeadline): boolean {
  return a.code === b.code && a.part === b.part && a.armedAt === b.armedAt && a.dueAt === b.dueAt;
}

function savedValue(from: string, own: readonly RecordedEvent[], view: CaseView): unknown {
  const [kind, name = '', ...rest] = from.split('.');
  if (kind === 'part') return view.parts.findLast((part) => part.kind === name)?.id;
  if (kind === 'context') return at(view.context[name], rest);
  return at(own.findLast(({ type }) => type === name)?.data, rest);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
