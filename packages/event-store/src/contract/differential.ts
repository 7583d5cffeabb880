// The differential: one seeded script on two stores, and every answer compared.
import { describe, expect, test } from 'vitest';
import { LOG_START } from '../port.ts';
import type { AppendOutcome, EventStore, GlobalPosition, RecordedEntry } from '../port.ts';
import { contentOf } from './expectations.ts';
import { scriptOf, type Step } from './script.ts';
import type { OpenedStore } from './subject.ts';

const STEPS = 60;

/** What is compared: usually the memory store and the store under test. */
export interface DifferentialSubject {
  readonly name: string;
  readonly openA: () => Promise<OpenedStore>;
  readonly openB: () => Promise<OpenedStore>;
  /** Seed of the first run; the environment's `HIMAYA_SEED` goes before it. Default 1. */
  readonly seed?: number;
  /** How many seeds, from the first on. Default 10. */
  readonly runs?: number;
}

/**
 * Registers the differential: right and wrong appends, several streams, repeats and reads, in
 * bursts, on both stores; every outcome must agree once global positions are replaced by ranks.
 * A failure names its seed and how to run it again.
 */
export function eventStoreDifferential(subject: DifferentialSubject): void {
  const replayed = process.env.HIMAYA_SEED;
  const first = Number(replayed ?? subject.seed ?? 1);
  const runs = replayed === undefined ? (subject.runs ?? 10) : 1;
  describe(`${subject.name} › differential`, () => {
    for (let seed = first; seed < first + runs; seed += 1) {
      test(`when the script of seed ${seed} runs on both › they answer the same`, async () => {
        await compare(subject, seed);
      });
    }
  });
}

async function compare(subject: DifferentialSubject, seed: number): Promise<void> {
  const a = await subject.openA();
  const b = await subject.openB();
  try {
    const multiStream = [a, b].every(({ store }) => store.capabilities.multiStreamAppend);
    const steps = scriptOf(seed, STEPS, multiStream);
    const left = new Player(a.store);
    const right = new Player(b.store);
    for (const [index, step] of steps.entries()) {
      const hint = `step ${index} (${step.kind}) of seed=${seed}; again: ` +
        `HIMAYA_SEED=${seed} npm test -- -t "${subject.name} › differential"`;
      await withHint(hint, async () => {
        expect(await right.play(step)).toEqual(await left.play(step));
      });
    }
  } finally {
    for (const { store, dispose } of [a, b]) {
      await store.close();
      await dispose?.();
    }
  }
}

/** Puts the hint in front of whatever fails, and keeps the comparison that the failure shows. */
async function withHint(hint: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Error) error.message = `${hint}\n${error.message}`;
    throw error;
  }
}

/** Plays steps on one store and answers in a form that two stores share. */
class Player {
  readonly #store: EventStore;
  readonly #ranks = new Map<GlobalPosition, number>();
  #end: GlobalPosition = LOG_START;

  constructor(store: EventStore) {
    this.#store = store;
  }

  async play(step: Step): Promise<unknown> {
    switch (step.kind) {
      case 'appends': {
        const outcomes = await Promise.all(step.requests.map((each) => this.#store.append(each)));
        await this.#rankNew();
        return outcomes.map((outcome) => this.#comparable(outcome));
      }
      case 'read-stream': {
        const page = await this.#store.readStream(step.stream, step.from, step.countMax);
        return { ...page, entries: this.#entries(page.entries) };
      }
      case 'read-all': {
        const after = [...this.#ranks.keys()][step.after % (this.#ranks.size + 1)] ?? LOG_START;
        const page = await this.#store.readAll(after, step.countMax);
        return { entries: this.#entries(page.entries), next: this.#ranks.get(page.next) };
      }
    }
  }

  async #rankNew(): Promise<void> {
    for (;;) {
      const page = await this.#store.readAll(this.#end, 100);
      if (page.entries.length === 0) return;
      for (const entry of page.entries) this.#ranks.set(entry.globalPosition, this.#ranks.size);
      this.#end = page.next;
    }
  }

  #comparable(outcome: AppendOutcome): unknown {
    if (outcome.kind === 'conflict') return outcome;
    return { ...outcome, last: this.#ranks.get(outcome.last) };
  }

  #entries(entries: readonly RecordedEntry[]): unknown[] {
    const content = contentOf(entries);
    return entries.map((entry, index) => [this.#ranks.get(entry.globalPosition), content[index]]);
  }
}
