// Bringing a projection up to the log: batch by batch, each with its rows and its place in one step.
import {
  Fault,
  LOG_START,
  type GlobalPosition,
  type Lease,
  type LogPage,
  type ParkedEvent,
  type ProjectionState,
  type ReadStore,
  type StreamName,
} from '@himaya/event-store';
import { projectionLease, type Projection } from '../projection.ts';
import type { EngineContext } from './context.ts';
import { CaseRows } from './case-rows.ts';
import { EventRows } from './event-rows.ts';
import { holdLease, type GoOn } from './lease-hold.ts';
import type { RowSource } from './row-source.ts';
import type { ProjectionRun, Projector } from './worker-options.ts';

/** Entries folded per batch: enough to pay for a transaction, short enough to stop between two. */
const BATCH_ENTRIES = 4_000;
/** Streams that wait behind a parked event at most. Beyond, it is the projection that is broken. */
const PARKED_MAX = 1_000;
/** How long a lease for one call lasts unless it is renewed, in milliseconds. */
const CALL_LEASE_MS = 10_000;

/** Works on one version of a projection, for one process. */
export class ProjectionRunner implements Projector {
  readonly name: string;
  readonly version: number;
  /** The lease under which it is worked on. */
  readonly leaseName: string;
  readonly #context: EngineContext;
  readonly #projection: Projection;
  readonly #readStore: ReadStore;
  readonly #parked = new Set<StreamName>();
  #source: RowSource | undefined;
  #position: GlobalPosition = LOG_START;
  /** What was parked under other procedures is tried again once in the life of a process. */
  #isFirst = true;

  constructor(context: EngineContext, projection: Projection, readStore: ReadStore) {
    this.name = projection.name;
    this.version = projection.version;
    this.leaseName = projectionLease(projection);
    this.#context = context;
    this.#projection = projection;
    this.#readStore = readStore;
  }

  async catchUp(): Promise<ProjectionRun> {
    const holder = this.#context.ids.next();
    const hold = await holdLease(this.#readStore, this.leaseName, holder, CALL_LEASE_MS);
    if (!hold) return { kind: 'held' };
    try {
      return await this.run(hold.lease, () => hold.goOn());
    } finally {
      await hold.release();
    }
  }

  /** The same under a lease that the caller holds; ends between two batches when told to. */
  async run(lease: Lease, goOn: GoOn): Promise<ProjectionRun> {
    try {
      return await this.#run(lease, goOn);
    } catch (error) {
      // Whether the last step was written is unknown: what there is is read anew.
      this.#source = undefined;
      throw error;
    }
  }

  async #run(lease: Lease, goOn: GoOn): Promise<ProjectionRun> {
    const state = await this.#begin();
    if (!state) return { kind: 'gone' };
    if (!(await this.#takeUpParked(lease, goOn))) return this.#lost();
    let entries = 0;
    let reading = this.#pageAfter(this.#position);
    for (;;) {
      // What is parked is written by now, so that people see why.
      if (this.#parked.size > PARKED_MAX) throw this.#failing();
      if (!(await goOn())) return { kind: 'stopped' };
      const page = await reading;
      if (page.entries.length === 0) break;
      // Read while this page is folded and written: two servers, or two parts of one, are at work.
      reading = this.#pageAfter(page.next);
      if (!(await this.#takePage(lease, page))) return this.#lost();
      entries += page.entries.length;
    }
    if (state.status === 'building') await this.#switch();
    return { kind: 'caught-up', entries, position: this.#position, parked: this.#parked.size };
  }

  /** `isNew`: there are no rows yet. */
  #sourceOf(isNew: boolean): RowSource {
    const projection = this.#projection;
    return 'on' in projection
      ? new EventRows(this.#context, projection, this.#readStore, isNew)
      : new CaseRows(this.#context, projection);
  }

  /** Learns where the projection stands; what another process has changed is read anew. */
  async #begin(): Promise<ProjectionState | undefined> {
    const { tables } = this.#projection;
    if (this.#isFirst) await this.#readStore.create(this.#projection, tables);
    const states = await this.#readStore.projections();
    const own = states.find(
      ({ name, version }) => name === this.name && version === this.version,
    );
    if (own && (!this.#source || own.position !== this.#position)) {
      this.#position = own.position;
      this.#source = this.#sourceOf(own.position === LOG_START);
    }
    return own;
  }

  /** Takes up what is to be tried again: whether this process may go on. */
  async #takeUpParked(lease: Lease, goOn: GoOn): Promise<boolean> {
    const parked = await this.#readStore.parked(this.#projection);
    this.#parked.clear();
    for (const { stream } of parked) this.#parked.add(stream);
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    for (const one of parked) {
      if (!one.retry && !isFirst) continue;
      if (!(await goOn())) return true;
      const again = await this.#live().takeUp(one, this.#position);
      const released = again.length === 0 ? [one.stream] : [];
      const isWritten = await this.#commit(lease, this.#position, again, released);
      if (!isWritten) return false;
      for (const stream of released) this.#parked.delete(stream);
    }
    return true;
  }

  #pageAfter(position: GlobalPosition): Promise<LogPage> {
    const reading = this.#context.store.readAll(position, BATCH_ENTRIES);
    // Whoever waits for it meets its fault; when nobody does any more, it is nobody's.
    reading.catch(() => undefined);
    return reading;
  }

  async #takePage(lease: Lease, page: LogPage): Promise<boolean> {
    const ready = page.entries.filter(({ stream }) => !this.#parked.has(stream));
    const failed = await this.#live().take(ready);
    for (const one of failed) {
      this.#parked.add(one.stream);
      const caseId = this.#context.registry.caseIdOf(one.stream);
      const at = `${one.type} at position ${one.position}`;
      const message = `projection ${this.name} v${this.version} waits at ${at}: ${one.reason}`;
      this.#context.alert({ code: 'projection-parked', caseId, message });
    }
    return this.#commit(lease, page.next, failed, []);
  }

  async #commit(
    lease: Lease,
    next: GlobalPosition,
    parked: readonly ParkedEvent[],
    released: readonly StreamName[],
  ): Promise<boolean> {
    const source = this.#live();
    const outcome = await this.#readStore.commit({
      projection: { name: this.name, version: this.version },
      lease,
      expected: this.#position,
      next,
      tables: source.changes(),
      parked,
      released,
    });
    if (outcome !== 'committed') return false;
    source.written();
    this.#position = next;
    return true;
  }

  async #switch(): Promise<void> {
    const states = await this.#readStore.projections();
    const isRead = states.some(({ name, status }) => name === this.name && status === 'live');
    if (isRead && this.#parked.size > 0) return;
    await this.#readStore.makeLive({ name: this.name, version: this.version }, 'newer');
  }

  /** Another holder is at work: what this process knew of the rows may be old. */
  #lost(): ProjectionRun {
    this.#source = undefined;
    return { kind: 'stopped' };
  }

  #live(): RowSource {
    const source = this.#source;
    if (!source) throw new TypeError('a projection is worked on before it was begun');
    return source;
  }

  #failing(): Fault {
    return new Fault({
      code: 'projection-failing',
      attempted: `Cannot go on with projection ${this.name} version ${this.version}`,
      found: `more than ${PARKED_MAX} streams are parked, each with its reason`,
      todo: 'Mend it under a new version; the version that is read goes on',
    });
  }
}
