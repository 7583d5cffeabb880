// A checkpoint: how far a worker has come, kept in a stream of the store itself.
import { LOG_START, type GlobalPosition, type StreamName } from '@himaya/event-store';
import { systemActor } from '../actor.ts';
import { recordedEvent } from '../recorded-event.ts';
import { appendSealed, sealGroups } from './case-writer.ts';
import type { EngineContext } from './context.ts';

/** Remembers a position in `checkpoint-<name>`. Losing a race only repeats idempotent work. */
export class Checkpoint {
  readonly #context: EngineContext;
  readonly #stream: StreamName;

  constructor(context: EngineContext, name: string) {
    this.#context = context;
    this.#stream = `checkpoint-${name}` as StreamName;
  }

  /** The last saved position, or the start of the log. */
  async load(): Promise<GlobalPosition> {
    const { head } = await this.#context.store.readStream(this.#stream, 0, 1);
    if (head === 'none') return LOG_START;
    const { entries } = await this.#context.store.readStream(this.#stream, head.position, 1);
    const last = entries[0];
    if (!last) return LOG_START;
    return BigInt(String(recordedEvent(last).data['position'])) as GlobalPosition;
  }

  /** Saves a position. */
  async save(position: GlobalPosition): Promise<void> {
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
    const events = [{ type: 'CheckpointSaved', data: { position: String(position) } }];
    const sealed = sealGroups(this.#stream, known, [{ frame, events }], undefined, ids);
    await appendSealed(store, this.#stream, known, sealed, []);
  }
}
