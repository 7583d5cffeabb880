// Workers: deadlines, reactions and projections, each done by one of all processes at a time.
import { Fault, type ReadStore } from '@himaya/event-store';
import { whyOf } from '../authored.ts';
import { msOf } from '../instant.ts';
import { DEADLINE_LEASE, type Projection } from '../projection.ts';
import type { EngineContext } from './context.ts';
import type { DeadlineWorker } from './deadline-worker.ts';
import { DueBook } from './due-book.ts';
import { always, holdLease, type GoOn, type LeaseHold } from './lease-hold.ts';
import { ProjectionRunner } from './projector.ts';
import type { ReactionWorker } from './reaction-worker.ts';
import { rest, Wake } from './wake.ts';
import type { WorkerOptions } from './worker-options.ts';

/** How long a lease lasts unless it is renewed: what a process held that was killed waits for. */
const LEASE_MS = 5_000;
/** Shorter ones would be spent on renewing them. */
const LEASE_MS_MIN = 100;
/** How often a worker looks by itself: wake-ups may be lost. */
const POLL_MS = 1_000;
/** Who waits for a lease looks so many times while it lasts. */
const LOOKS_PER_LEASE = 3;

/** Something that one process at a time does, again and again. */
interface Job {
  /** The name of its lease. */
  readonly name: string;
  /** The store itself sees to it that one process at a time does it: it needs no lease. */
  readonly isShared?: true;
  /** Does what there is to do: after how many milliseconds there will be more, or `'over'`. */
  run(hold: LeaseHold | undefined, goOn: GoOn): Promise<number | 'over' | undefined>;
  /** What who waits for the lease does, to take over without delay. */
  prepare?(): Promise<void>;
}

/** See `Engine.runWorkers`. */
export async function runWorkers(
  context: EngineContext,
  deadlines: DeadlineWorker,
  reactions: ReactionWorker,
  options: WorkerOptions,
): Promise<void> {
  checkOptions(options);
  const { readStore, projections = [], signal } = options;
  const jobs: Job[] = [
    deadlineJob(context, deadlines, readStore && new DueBook(readStore)),
    reactionJob(context, reactions, options),
    ...projections.map((one) => projectionJob(context, one, readStore as ReadStore)),
  ];
  const wake = new Wake();
  const workers = new Workers(context, wake, options);
  const ringing = ringAtAppends(context, wake, signal);
  await Promise.all([ringing, ...jobs.map((job) => workers.keep(job))]);
}

function deadlineJob(
  context: EngineContext,
  worker: DeadlineWorker,
  book: DueBook | undefined,
): Job {
  return {
    name: DEADLINE_LEASE,
    prepare: () => worker.prepare(book),
    run: async (hold, goOn) => {
      await worker.run(goOn, hold && book && { book, lease: hold.lease });
      const next = worker.nextDueAt;
      const inMs = next === undefined ? 0 : msOf(next) - msOf(context.clock.now());
      // What is due and could not be reached is not tried again at once.
      return inMs > 0 ? inMs : undefined;
    },
  };
}

function reactionJob(
  { store }: EngineContext,
  worker: ReactionWorker,
  { signal, pollMs = POLL_MS }: WorkerOptions,
): Job {
  const name = 'reactions';
  const group = store.group?.(name);
  if (!group) return { name, run: async (_, goOn) => void (await worker.run(goOn)) };
  const run = async () => void (await worker.serve(group, signal, pollMs));
  return { name, isShared: true, run };
}

function projectionJob(context: EngineContext, projection: Projection, readStore: ReadStore): Job {
  const runner = new ProjectionRunner(context, projection, readStore);
  return {
    name: runner.leaseName,
    run: async (hold, goOn) => {
      const run = hold && (await runner.run(hold.lease, goOn));
      return run?.kind === 'gone' ? 'over' : undefined;
    },
  };
}

/** Listens to the store; should that end, workers look by themselves. */
async function ringAtAppends(
  context: EngineContext,
  wake: Wake,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const _ of context.store.watch(signal)) wake.ring();
  } catch (error) {
    context.alert({ code: 'worker-failed', message: `the store wakes nobody: ${whyOf(error)}` });
  }
}

class Workers {
  readonly #context: EngineContext;
  readonly #wake: Wake;
  readonly #readStore: ReadStore | undefined;
  readonly #holder: string;
  readonly #leaseMs: number;
  readonly #pollMs: number;
  readonly #signal: AbortSignal;

  constructor(context: EngineContext, wake: Wake, options: WorkerOptions) {
    this.#context = context;
    this.#wake = wake;
    this.#readStore = options.readStore;
    this.#holder = context.ids.next();
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#pollMs = options.pollMs ?? POLL_MS;
    this.#signal = options.signal;
  }

  /** Keeps one job going until the end. What fails is told and tried again. */
  async keep(job: Job): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        if ((await this.#turn(job)) === 'over') return;
      } catch (error) {
        const message = `${job.name} failed and will be tried again: ${whyOf(error)}`;
        this.#context.alert({ code: 'worker-failed', message });
        await rest(this.#pollMs, this.#signal);
      }
    }
  }

  /** Works as long as the lease is held; waits for it where another process has it. */
  async #turn(job: Job): Promise<'over' | undefined> {
    if (this.#readStore === undefined || job.isShared) return this.#work(job, undefined);
    const hold = await holdLease(this.#readStore, job.name, this.#holder, this.#leaseMs);
    if (hold === undefined) {
      await job.prepare?.();
      await rest(this.#leaseMs / LOOKS_PER_LEASE, this.#signal);
      return undefined;
    }
    try {
      return await this.#work(job, hold);
    } finally {
      await hold.release();
    }
  }

  async #work(job: Job, hold: LeaseHold | undefined): Promise<'over' | undefined> {
    const goOn: GoOn = async () => !this.#signal.aborted && (hold?.goOn() ?? always());
    while (await goOn()) {
      const seen = this.#wake.count;
      const inMs = await job.run(hold, goOn);
      if (inMs === 'over') return 'over';
      const waitMs = Math.min(this.#pollMs, inMs ?? this.#pollMs);
      await this.#wake.wait(seen, waitMs, this.#signal);
    }
    return undefined;
  }
}

function checkOptions({ readStore, projections = [], leaseMs, pollMs }: WorkerOptions): void {
  const problem =
    readStore === undefined && projections.length > 0
      ? 'there are projections and no readStore to keep them in'
      : leaseMs !== undefined && !(leaseMs >= LEASE_MS_MIN)
        ? `leaseMs is ${leaseMs}, less than ${LEASE_MS_MIN}`
        : pollMs !== undefined && !(pollMs >= 1)
          ? `pollMs is ${pollMs}, less than 1`
          : undefined;
  if (problem === undefined) return;
  throw new Fault({
    code: 'option-invalid',
    attempted: 'Cannot run workers',
    found: problem,
    todo: 'Give runWorkers what it needs',
  });
}
