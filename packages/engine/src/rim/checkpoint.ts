// A checkpoint: how far a worker has come, kept in a stream of the store itself.
import { LOG_START, type GlobalPosition, type StreamName } from '@himaya/event-store';
import { systemActor } from '../actor.ts';
import { recordedEvent } from '../recorded-event.ts';
import { appendSealed, sealGroups } from './case-writer.ts';
import type { EngineContext } from './context.ts';

const START = { position: LOG_START, parked: new Map<StreamName, number>() };

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

/** Remembers progress in `checkpoint-<name>`. Losing a race only repeats idempotent work. */
export class Checkpoint {
  readonly #context: EngineContext;
  readonly #stream: StreamName;

  constructor(context: EngineContext, name: string) {
    this.#context = context;
    this.#stream = `checkpoint-${name}` as StreamName;
  }

  /** What was saved last, or the start of the log. */
  async load(): Promise<Progress> {
    const { head } = await this.#context.store.readStream(this.#stream, 0, 1);
    if (head === 'none') return START;
    const { entries } = await this.#context.store.readStream(this.#stream, head.position, 1);
    const last = entries[0];
    if (!last) return START;
    const { position, parked } = recordedEvent(last).data as unknown as SavedProgress;
    return { position: BigInt(position) as GlobalPosition, parked: new Map(parked) };
  }

  /** Saves progress. */
  async save({ position, parked }: Progress): Promise<void> {
    const { store, ids, clock, options } = this.#context;
    const { head } = await store.readStream(this.#stream, 0, 1);
    const known = head === 'none' ? undefined : head;
    const recordedAt = clock.recordedAt(known, true);
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
    const events = [{ type: 'CheckpointSaved', data }];
    const sealed = sealGroups(this.#stream, known, [{ frame, events }], undefined, ids);
    await appendSealed(store, this.#stream, known, sealed, []);
  }
}
