// XState itself as the reference, driven without actors, timers or repeated initialisation.
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';

interface Node {
  readonly path: readonly string[];
  readonly order: number;
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

/** One XState machine and where it stands. */
export class Oracle {
  readonly #machine: AnyStateMachine;
  readonly #canonical: boolean;
  #snapshot: Snapshot | undefined;
  #before: Snapshot | undefined;
  #actions: Executed[] = [];

  constructor(machine: AnyStateMachine, { canonical = false }: OracleOptions = {}) {
    this.#machine = machine;
    this.#canonical = canonical;
  }

  start(input?: unknown): void {
    this.#actions = [];
    const snapshot = this.#machine.getInitialSnapshot(this.#scope as never, input as never);
    this.#snapshot = snapshot as unknown as Snapshot;
    if (this.#snapshot.status === 'error') throw this.#snapshot.error;
  }

  can(event: { type: string }): boolean {
    return this.#at.can(this.translate(event));
  }

  step(event: { type: string }): void {
    this.#actions = [];
    this.#before = this.#at;
    const next = this.#machine.transition(
      this.#at as unknown as AnyMachineSnapshot,
      this.translate(event) as never,
      this.#scope as never,
    );
    this.#snapshot = next as unknown as Snapshot;
  }

  /** Takes the last step back: snapshots of XState are immutable. */
  undo(): void {
    this.#snapshot = this.#before;
  }

  get seen(): Seen {
    const { value, context, tags, status, output } = this.#at;
    return { value, context, tags: [...tags].sort(), status, output };
  }

  /** Named actions and the author's own cancels, in order. */
  get effects(): readonly object[] {
    return this.#actions
      .filter(({ type, params }) => {
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
      _sendInspectionEvent: ({ snapshot }: { snapshot: Snapshot }) => {
        if (!this.#canonical) return;
        snapshot._nodes.sort((a, b) => a.order - b.order);
        const order = new Map(snapshot._nodes.map((node) => [node.path.join('.'), node.order]));
        snapshot.value = inDocumentOrder(snapshot.value, '', order);
      },
    },
  };
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
