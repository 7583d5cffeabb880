// A test bench: an engine over a memory store with a clock and ids that the test controls.
import { MemoryEventStore, type EventStore } from '@himaya/event-store';
import {
  createEngine,
  deriveId,
  instantOf,
  msOf,
  instant,
  type Alert,
  type CaseType,
  type Engine,
  type EngineOptions,
  type Outcome,
} from '../../src/index.ts';
import { matter, policy } from './matter.ts';

export const START = '2027-01-10T06:00:00.000Z';

/** A clock that stands still until it is moved. */
export class TestClock {
  ms = msOf(instant(START));
  mono = 0;
  now(): number {
    return this.ms;
  }
  monotonicMs(): number {
    return this.mono;
  }
  forward(ms: number): void {
    this.ms += ms;
    this.mono += ms;
  }
  /** Moves the wall clock only: a clock that jumps. */
  jump(ms: number): void {
    this.ms += ms;
  }
  get at(): string {
    return instantOf(this.ms);
  }
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const clerk = { staff: 'clk1', role: 'CLK', office: 'TST' };
export const supervisor = { staff: 'sup1', role: 'SUP', office: 'TST' };

export interface Bench {
  readonly engine: Engine;
  readonly store: EventStore;
  readonly clock: TestClock;
  readonly alerts: Alert[];
  /** Another engine over the same store, as another process would have. */
  other(options?: Partial<EngineOptions>): Engine;
  give(name: string, input?: unknown, more?: object, actor?: unknown): Promise<Outcome>;
  /** The same, and the outcome must be accepted. */
  accept(name: string, input?: unknown, more?: object, actor?: unknown): Promise<Accepted>;
  open(title?: string): Promise<string>;
  nextId(): string;
}

export type Accepted = Extract<Outcome, { readonly kind: 'accepted' }>;

/** Violated codes of an outcome; its kind if it was not refused. */
export function codes(outcome: Outcome): readonly string[] | string {
  return outcome.kind === 'refused' ? outcome.violations.map(({ code }) => code) : outcome.kind;
}

/** Types of the recorded events. */
export function types(outcome: Outcome): readonly string[] {
  if (outcome.kind !== 'accepted') throw new Error(`${outcome.kind}: ${codes(outcome)}`);
  return outcome.events.map(({ type }) => type);
}

export function bench(
  options: Partial<EngineOptions> & { caseTypes?: readonly CaseType[]; seed?: string } = {},
): Bench {
  const { seed = 'seed', ...given } = options;
  const clock = new TestClock();
  const alerts: Alert[] = [];
  const store = options.store ?? new MemoryEventStore();
  let ids = 0;
  let engines = 0;
  const make = (more: Partial<EngineOptions> = {}): Engine => {
    engines += 1;
    const writer = `w${engines}`;
    let made = 0;
    return createEngine({
      caseTypes: [matter],
      policies: [policy],
      office: 'TST',
      administrators: ['POL'],
      clock,
      ids: { next: () => deriveId(seed, writer, `${made++}`) },
      writer,
      onAlert: (alert) => alerts.push(alert),
      ...given,
      store,
      ...more,
    });
  };
  const engine = make();
  const nextId = (): string => deriveId(seed, 'command', `${ids++}`);
  const give: Bench['give'] = (name, input = {}, more = {}, actor = supervisor) =>
    engine.execute({ id: nextId(), name, input, ...more }, actor);
  const accept: Bench['accept'] = async (name, input, more, actor) => {
    const outcome = await give(name, input, more, actor);
    if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    return outcome;
  };
  return {
    engine,
    store,
    clock,
    alerts,
    other: make,
    give,
    accept,
    nextId,
    open: async (title = 'x') => (await accept('Open', { title })).case.caseId,
  };
}
