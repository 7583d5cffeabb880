// The audit stream of this process: refusals, batched, one appender, so that none fights another.
import type { EventStore, Head, StreamName } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import type { Violation } from '../rule.ts';
import { appendSealed, headAfter, sealGroups, type WriteGroup } from './case-writer.ts';
import type { ClockGuard } from './clock-guard.ts';
import type { Ids } from './ports.ts';

/** Refusals written in one append at most. */
const BATCH_MAX = 500;
/** Attempts to find the end of the stream before giving up: only a restart with the same name moves it. */
const ATTEMPTS_MAX = 8;

/** A refusal to be kept. */
export interface Refusal {
  readonly actor: Actor;
  readonly command: { readonly id: string; readonly name: string };
  readonly caseId: string | undefined;
  readonly violations: readonly Violation[];
}

interface Waiting {
  readonly refusal: Refusal;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Writes `audit-<writer>-<date>`. Inputs are never part of it. */
export class AuditLog {
  readonly #store: EventStore;
  readonly #clock: ClockGuard;
  readonly #ids: Ids;
  readonly #writer: string;
  readonly #waiting: Waiting[] = [];
  readonly #heads = new Map<StreamName, Head | undefined>();
  #running: Promise<void> | undefined;

  constructor(store: EventStore, clock: ClockGuard, ids: Ids, writer: string) {
    this.#store = store;
    this.#clock = clock;
    this.#ids = ids;
    this.#writer = writer;
  }

  /** Resolves when the refusal is recorded. @throws whatever the store throws. */
  record(refusal: Refusal): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ refusal, done, failed });
      this.#running ??= this.#drain().finally(() => {
        this.#running = undefined;
      });
    });
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_MAX);
      try {
        await this.#append(batch.map(({ refusal }) => refusal));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
  }

  async #append(refusals: readonly Refusal[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const stream = `audit-${this.#writer}-${this.#clock.now().slice(0, 10)}` as StreamName;
      const head = await this.#head(stream);
      const recordedAt = this.#clock.recordedAt(head, true);
      const groups = refusals.map((refusal) => groupOf(refusal, recordedAt));
      const sealed = sealGroups(stream, head, groups, undefined, this.#ids);
      const outcome = await appendSealed(this.#store, stream, head, sealed, []);
      if (outcome.kind === 'appended') {
        this.#heads.clear();
        this.#heads.set(stream, headAfter(sealed));
        return;
      }
      this.#heads.delete(stream);
      if (attempt >= ATTEMPTS_MAX) throw new Error(`The audit stream ${stream} keeps moving.`);
    }
  }

  async #head(stream: StreamName): Promise<Head | undefined> {
    if (this.#heads.has(stream)) return this.#heads.get(stream);
    const { head } = await this.#store.readStream(stream, 0, 1);
    return head === 'none' ? undefined : head;
  }
}

function groupOf(refusal: Refusal, recordedAt: Head['recordedAt']): WriteGroup {
  const { actor, command, caseId, violations } = refusal;
  return {
    frame: {
      actor,
      command,
      occurredAt: recordedAt,
      recordedAt,
      correlation: command.id,
      procedure: 'engine',
    },
    events: [
      {
        type: 'CommandRefused',
        data: {
          command: command.name,
          ...(caseId === undefined ? {} : { caseId }),
          violations: violations.map(({ code, invariant }) => ({
            code,
            ...(invariant === undefined ? {} : { invariant }),
          })),
        },
      },
    ],
  };
}
