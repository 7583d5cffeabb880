// A checkpoint: how far a worker has come, kept in a stream of the store itself.
import {
  LOG_START,
  type GlobalPosition,
  type Head,
  type RecordedEntry,
  type StreamName,
} from '@himaya/event-store';
import { systemActor } from '../actor.ts';
import { recordedEvent } from '../recorded-event.ts';
import { appendSealed, headAfter, sealGroups } from './case-writer.ts';
import type { EngineContext } from './context.ts';

const START: Progress = { position: LOG_START, parked: new Map() };

/** Progress as plain data. */
interface SavedProgress {
  readonly position: string;
  readonly parked: readonly (readonly [StreamName, number])[];
}

/** How far a worker has come, and the cases that wait, each at the position of an event of its own. */
export interface Progress {
  readonly position: GlobalPosition;
  readonly parked: ReadonlyMap<StreamName, number>;
}

/** Remembers progress in `checkpoint-<name>`, which all processes share. */
export class Checkpoint {
  readonly #context: EngineContext;
  readonly #stream: StreamName;
  /** What this process loaded or saved last. */
  #known: Head | undefined;

  constructor(context: EngineContext, name: string) {
    this.#context = context;
    this.#stream = `checkpoint-${name}` as StreamName;
  }

  /**
   * What was saved last, or the start of the log; `isNew`: another process, or an earlier one, has
   * saved it. Then it stands for everything: what this process remembers beside it may not fit it.
   */
  async load(): Promise<Progress & { readonly isNew: boolean }> {
    const { store } = this.#context;
    const { head } = await store.readStream(this.#stream, 0, 1);
    if (head === 'none') return { ...START, isNew: false };
    const isNew = head.hash !== this.#known?.hash;
    this.#known = head;
    const { entries } = await store.readStream(this.#stream, head.position, 1);
    const { position, parked } = recordedEvent(entries[0] as RecordedEntry)
      .data as unknown as SavedProgress;
    return { position: BigInt(position) as GlobalPosition, parked: new Map(parked), isNew };
  }

  /**
   * Saves progress behind what was loaded. If another process has saved since, its progress stands,
   * and `load` says so: some idempotent work is then repeated.
   */
  async save({ position, parked }: Progress): Promise<void> {
    const { store, ids, clock, options } = this.#context;
    const recordedAt = clock.recordedAt(this.#known, true);
    const id = ids.next();
    const frame = {
      actor: systemActor(options.office),
      command: { id, name: 'SaveCheckpoint' },
      occurredAt: recordedAt,
      recordedAt,
      correlation: id,
      procedure: 'engine',
    };
    const data = { position: String(position), parked: [...parked] };
    const groups = [{ frame, events: [{ type: 'CheckpointSaved', data }] }];
    const sealed = sealGroups(this.#stream, this.#known, groups, undefined, ids);
    await appendSealed(store, this.#stream, this.#known, sealed, []);
    // Not the head if another process has saved since: then what is loaded next is new.
    this.#known = headAfter(sealed);
  }
}
