// XState itself as the reference, driven without actors, timers or repeated initialisation.
import { createMachine } from 'xstate';
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { FACTS_KEY } from '../src/index.ts';

interface Node {
  readonly id: string;
  readonly path: readonly string[];
  readonly order: number;
  readonly type: string;
  readonly states: Readonly<Record<string, Node>>;
  readonly entry: unknown[];
  readonly exit: unknown[];
  readonly transitions: ReadonlyMap<string, unknown>;
  readonly tags: readonly string[];
}

interface Snapshot {
  _nodes: Node[];
  value: unknown;
  readonly context: Record<string, unknown>;
  readonly status: string;
  readonly output: unknown;
  readonly error: unknown;
  readonly tags: ReadonlySet<string>;
  can(event: { type: string }): boolean;
}

interface Inspected {
  readonly snapshot: Snapshot;
  readonly event: { readonly type: string };
}

interface Executed {
  readonly type: string;
  readonly params: unknown;
}

/** What of XState is compared with a chart. */
export interface Seen {
  readonly value: unknown;
  readonly context: Record<string, unknown>;
  readonly tags: readonly string[];
  readonly status: string;
  readonly output: unknown;
}

interface OracleOptions {
  /** Sorts the active states into document order after every microstep; see hazard 2. */
  readonly canonical?: boolean;
}

/** Marks of what no snapshot of XState shows: that a state was entered, or left. */
const ENTERED = 'oracle.entered';
const LEFT = 'oracle.left';

/** One XState machine and where it stands. */
export class Oracle {
  readonly #machine: AnyStateMachine;
  readonly #canonical: boolean;
  #snapshot: Snapshot | undefined;
  #before: Snapshot | undefined;
  #actions: Executed[] = [];
  #facts: object | undefined;
  /** Types of the done events of parallel states, and how many of them were taken. */
  readonly #joins = new Set<string>();
  joined = 0;

  constructor(machine: AnyStateMachine, { canonical = false }: OracleOptions = {}) {
    this.#machine = this.#copyOf(machine);
    this.#canonical = canonical;
  }

  start(input?: unknown, facts?: object): void {
    this.#actions = [];
    this.#facts = facts;
    const snapshot = this.#machine.getInitialSnapshot(this.#scope as never, input as never);
    this.#stand(snapshot);
    if (this.#at.status === 'error') throw this.#at.error;
  }

  /** Stands anywhere, as if it had got there. */
  place(value: unknown, context: Record<string, unknown>): void {
    this.#actions = [];
    this.#stand(this.#machine.resolveState({ value: value as never, context }));
  }

  can(event: { type: string }, facts?: object): boolean {
    return this.#seeing(facts).can(this.translate(event));
  }

  step(event: { type: string }, facts?: object): void {
    this.#actions = [];
    this.#before = this.#at;
    const next = this.#machine.transition(
      this.#seeing(facts) as unknown as AnyMachineSnapshot,
      this.translate(event) as never,
      this.#scope as never,
    );
    this.#stand(next);
  }

  // A chart keeps the keys of records in order (0275); what walks over them has to meet the same here.
  #stand(snapshot: unknown): void {
    const { context = {} } = snapshot as Partial<Snapshot>;
    const values = Object.entries(context).map(([key, value]) => [
      key,
      key === FACTS_KEY ? value : withKeysInOrder(value),
    ]);
    this.#snapshot = { ...(snapshot as Snapshot), context: Object.fromEntries(values) };
  }

  /** Takes the last step back: snapshots of XState are immutable. */
  undo(): void {
    this.#snapshot = this.#before;
  }

  get seen(): Seen {
    const { value, context, tags, status, output } = this.#at;
    const { [FACTS_KEY]: _facts, ...own } = context;
    return { value, context: own, tags: [...tags].sort(), status, output };
  }

  /** Paths of the active states without children, in document order. */
  get leaves(): readonly string[] {
    const leaves = this.#at._nodes.filter(({ type }) => type === 'atomic' || type === 'final');
    return leaves.sort((a, b) => a.order - b.order).map(({ path }) => path.join('.'));
  }

  /** Paths of the states entered by the last step, in order. */
  get entered(): readonly string[] {
    return pathsOf(this.#actions.filter(({ type }) => type === ENTERED));
  }

  /** Paths of the states left by the last step, in order. */
  get left(): readonly string[] {
    // A machine that is done runs the exit actions of states that stay in its value.
    const last = this.#actions.findLastIndex(({ type }) => type === ENTERED);
    const actions = this.#at.status === 'done' ? this.#actions.slice(0, last) : this.#actions;
    return pathsOf(actions.filter(({ type }) => type === LEFT));
  }

  /** Named actions and the author's own cancels, in order. */
  get effects(): readonly object[] {
    return this.#actions
      .filter(({ type, params }) => {
        if (type === ENTERED || type === LEFT) return false;
        const sendId = (params as { sendId?: unknown } | undefined)?.sendId;
        return type !== 'xstate.raise' && !String(sendId).startsWith('xstate.after.');
      })
      .map(({ type, params }) => (params === undefined ? { type } : { type, params }));
  }

  /** Whether an inner `*` would steal the event of a named delay, which a chart does not allow. */
  get hearsEverything(): boolean {
    return this.#at._nodes.some((node) => node.transitions.has('*'));
  }

  /** `@after.x` as the event that XState's own timer of the active state would send. */
  translate(event: { type: string }): { type: string } {
    if (!event.type.startsWith('@after.')) return event;
    const prefix = `xstate.after.${event.type.slice('@after.'.length)}.`;
    const types = this.#at._nodes.flatMap((node) => [...node.transitions.keys()]);
    return { ...event, type: types.find((type) => type.startsWith(prefix)) ?? 'nobody.hears' };
  }

  // A machine of its own: marks are put into its nodes, and facts into the context it starts with.
  #copyOf({ config, implementations }: AnyStateMachine): AnyStateMachine {
    const { context } = config as { readonly context?: unknown };
    const start = (args: unknown): object => ({
      ...(typeof context === 'function' ? context(args) : context),
      ...(this.#facts && { [FACTS_KEY]: this.#facts }),
    });
    const copy = createMachine({ ...config, context: start } as never, implementations as never);
    this.#mark(copy.root as unknown as Node);
    return copy as unknown as AnyStateMachine;
  }

  #mark(node: Node): void {
    const params = { path: node.path.join('.') };
    node.entry.unshift({ type: ENTERED, params });
    node.exit.unshift({ type: LEFT, params });
    if (node.type === 'parallel') this.#joins.add(`xstate.done.state.${node.id}`);
    for (const child of Object.values(node.states)) this.#mark(child);
  }

  #seeing(facts: object | undefined): Snapshot {
    if (facts === undefined) return this.#at;
    return { ...this.#at, context: { ...this.#at.context, [FACTS_KEY]: facts } };
  }

  get #at(): Snapshot {
    if (this.#snapshot === undefined) throw new Error('start the oracle first');
    return this.#snapshot;
  }

  readonly #scope = {
    self: {},
    defer: () => {},
    id: '',
    logger: () => {},
    sessionId: '',
    stopChild: () => {},
    emit: () => {},
    actionExecutor: (action: Executed) => this.#actions.push(action),
    system: {
      _sendInspectionEvent: ({ snapshot, event }: Inspected) => {
        if (this.#joins.has(event.type)) this.joined++;
        if (!this.#canonical) return;
        snapshot._nodes.sort((a, b) => a.order - b.order);
        const order = new Map(snapshot._nodes.map((node) => [node.path.join('.'), node.order]));
        snapshot.value = inDocumentOrder(snapshot.value, '', order);
      },
    },
  };
}

function pathsOf(marks: readonly Executed[]): readonly string[] {
  return marks.map(({ params }) => (params as { readonly path: string }).path);
}

function withKeysInOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withKeysInOrder(one));
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withKeysInOrder(inner)]));
}

type Order = ReadonlyMap<string, number>;

function inDocumentOrder(value: unknown, path: string, order: Order): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const pathOf = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const rank = ([key]: [string, unknown]): number => order.get(pathOf(key)) ?? -1;
  const entries = Object.entries(value).sort((a, b) => rank(a) - rank(b));
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, inDocumentOrder(inner, pathOf(key), order)]),
  );
}
