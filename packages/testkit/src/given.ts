// given … when … then: one decision of a case type, written so that it reads as law.
import {
  createEngine,
  instant,
  msOf,
  type Actor,
  type CaseType,
  type CaseView,
  type Command,
  type Engine,
  type Outcome,
  type Policy,
  type RecordedEvent,
} from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { recordEvents, type GivenEvent } from './record-events.ts';
import { compareCodes, compareEvents, compareLook, type Difference } from './scenario/compare.ts';
import type { ExpectedEvent, Look } from './scenario/format.ts';
import { pathText } from './scenario/problem.ts';
import { seededIds } from './seeded-ids.ts';
import { simulatedClock, type SimulatedClock } from './simulated-clock.ts';

/** What a decision is made under. */
export interface GivenOptions {
  readonly policy: Policy;
  /** Where the clock starts. Default: the policy's first day at 08:00 UTC. */
  readonly startAt?: string;
  /** Default `TEST`. */
  readonly office?: string;
  /** Other case types that the decision may need. */
  readonly alongside?: readonly CaseType[];
  /** Seed of all ids. Default: the name of the case type. */
  readonly seed?: string;
}

/** A command of the past that must have been accepted. */
export interface GivenCommand {
  readonly command: string;
  readonly input?: unknown;
  readonly by: Actor | string;
  readonly at?: string;
}

/** Who gives the command under test, when, and what else it says. */
export interface WhenOptions extends Partial<Omit<Command, 'id' | 'name' | 'input'>> {
  /** An actor, or a role: then the staff reference is the role in small letters. */
  readonly by: Actor | string;
  /** Moves the clock first. */
  readonly at?: string;
}

/** A situation, and the command that is given in it. Each call adds to a copy. */
export interface Given {
  /** Facts that have been recorded; no rule is asked. Opens a case. */
  events(events: readonly GivenEvent[]): Given;
  /** Commands that have been accepted, in order; the first may open a case. */
  commands(commands: readonly GivenCommand[]): Given;
  /** Gives the command. */
  when(command: string, input: unknown, options: WhenOptions): Promise<Then>;
}

/** What came of it. Each check throws an `ExpectationFailed`, or answers this for the next one. */
export interface Then {
  readonly outcome: Outcome;
  readonly case: CaseView | undefined;
  /** Recorded by the command; the opening of the case is left out. */
  readonly events: readonly RecordedEvent[];
  /** Accepted, with exactly these events in this order; each as a name or `{ Name: data }`. */
  thenAccepted(events?: readonly ExpectedEvent[]): Then;
  /** Refused, with exactly these codes. */
  thenRefused(codes: readonly string[]): Then;
  /** These states are active. */
  thenState(states: readonly string[]): Then;
  /** These values stand in the context. */
  thenContext(context: Readonly<Record<string, unknown>>): Then;
  /** By code, or code/part: an instant, `none`, `pending` or `reached`. */
  thenDeadlines(deadlines: Readonly<Record<string, string>>): Then;
}

/** A check of {@link Then} that did not hold. */
export class ExpectationFailed extends Error {
  readonly differences: readonly string[];

  constructor(differences: readonly string[]) {
    super(differences.join('\n'));
    this.name = 'ExpectationFailed';
    this.differences = differences;
  }
}

type Past =
  { readonly events: readonly GivenEvent[] } | { readonly commands: readonly GivenCommand[] };

/** Begins a test of one decision: `(await given(…).commands([…]).when(…)).thenRefused([…])`. */
export function given(caseType: CaseType, options: GivenOptions): Given {
  return situation(caseType, options, []);
}

function situation(caseType: CaseType, options: GivenOptions, past: readonly Past[]): Given {
  return {
    events: (events) => situation(caseType, options, [...past, { events }]),
    commands: (commands) => situation(caseType, options, [...past, { commands }]),
    when: (command, input, how) => decide(caseType, options, past, { command, input, how }),
  };
}

interface When {
  readonly command: string;
  readonly input: unknown;
  readonly how: WhenOptions;
}

async function decide(
  caseType: CaseType,
  options: GivenOptions,
  past: readonly Past[],
  { command, input, how }: When,
): Promise<Then> {
  const { policy, office = 'TEST' } = options;
  const startAt = options.startAt ?? `${policy.effectiveFrom.slice(0, 10)}T08:00:00Z`;
  const clock = simulatedClock(startAt);
  const ids = seededIds(options.seed ?? caseType.name);
  const store = new MemoryEventStore();
  const caseTypes = [caseType, ...(options.alongside ?? [])];
  const engine = createEngine({
    store,
    caseTypes,
    policies: [policy],
    office,
    clock,
    ids,
    writer: 'given',
  });
  let caseId: string | undefined;
  const give = async (name: string, value: unknown, { by, at, ...rest }: WhenOptions) => {
    if (at !== undefined) advance(clock, at);
    const about = caseId === undefined ? {} : { caseId };
    const envelope: Command = { ...about, ...rest, id: ids.next(), name, input: value };
    const outcome = await engine.execute(envelope, actorOf(by, office));
    if (outcome.kind === 'accepted') caseId ??= outcome.case.caseId;
    return outcome;
  };
  for (const some of past) {
    if ('events' in some) {
      const frame = { caseType, policy, office, startAt: clock.at, ids };
      const recorded = await recordEvents(store, frame, some.events);
      caseId = recorded.caseId;
      advance(clock, recorded.at);
    } else {
      for (const one of some.commands) {
        const at = one.at === undefined ? {} : { at: one.at };
        const outcome = await give(one.command, one.input ?? {}, { by: one.by, ...at });
        if (outcome.kind !== 'accepted') throw notGiven(one.command, outcome);
      }
    }
  }
  const outcome = await give(command, input, how);
  return consequence(outcome, await caseOf(engine, caseId));
}

function advance(clock: SimulatedClock, at: string): void {
  if (msOf(instant(at)) > clock.now()) clock.advanceTo(at);
}

async function caseOf(engine: Engine, caseId: string | undefined): Promise<CaseView | undefined> {
  return caseId === undefined ? undefined : engine.caseAt(caseId);
}

function actorOf(by: Actor | string, office: string): Actor {
  return typeof by === 'string' ? { staff: by.toLowerCase(), role: by, office } : by;
}

function notGiven(command: string, outcome: Outcome): ExpectationFailed {
  const found = outcome.kind === 'refused' ? codesOf(outcome).join(', ') : outcome.kind;
  const message = `expected the given ${command} to have been accepted, found ${found}`;
  return new ExpectationFailed([message]);
}

/** Tests are read by programmers: one language is enough. */
function linesOf(differences: readonly Difference[]): readonly string[] {
  return differences.map(({ path, message }) =>
    path.length === 0 ? message.en : `${pathText(path)}: ${message.en}`,
  );
}

function codesOf(outcome: Outcome): readonly string[] {
  return outcome.kind === 'refused' ? outcome.violations.map(({ code }) => code) : [];
}

function consequence(outcome: Outcome, view: CaseView | undefined): Then {
  const all = outcome.kind === 'accepted' ? outcome.events : [];
  const events = all.filter(({ type }) => type !== 'CaseOpened');
  const check = (differences: readonly string[]): Then => {
    if (differences.length > 0) throw new ExpectationFailed(differences);
    return then;
  };
  const look = (expected: Look): Then =>
    check(view ? linesOf(compareLook(expected, view, [])) : ['expected a case, found none']);
  const then: Then = {
    outcome,
    case: view,
    events,
    thenAccepted: (expected) => {
      const found = codesOf(outcome).join(', ') || outcome.kind;
      if (outcome.kind !== 'accepted') {
        return check([`expected accepted, found ${found}`]);
      }
      return check(expected ? linesOf(compareEvents(expected, all, [])) : []);
    },
    thenRefused: (codes) => {
      if (outcome.kind === 'refused') {
        return check(linesOf(compareCodes(codes, codesOf(outcome), [])));
      }
      const found = events.map(({ type }) => type).join(', ');
      const expected = `expected exactly [${codes.join(', ')}]`;
      return check([`${expected}, found ${outcome.kind} with [${found}]`]);
    },
    thenState: (states) => look({ states: [...states] }),
    thenContext: (context) => look({ context: { ...context } }),
    thenDeadlines: (deadlines) => look({ deadlines: { ...deadlines } }),
  };
  return then;
}
