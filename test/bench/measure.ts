// Measuring: interleaved rounds, medians, and ratios to floors of the same round.

/** Work done in one round of one subject. */
export interface Sample {
  /** What was done: appends, commands, events. */
  readonly count: number;
  readonly ms: number;
  readonly failures: number;
}

/** A subject that another is compared with. */
export interface Floor {
  readonly name: string;
  /** The least ratio to it that is due. */
  readonly due?: number | undefined;
}

/** Something that is measured once per round. */
export interface Subject {
  readonly name: string;
  readonly unit: string;
  /** What it is compared with. */
  readonly floors?: readonly Floor[];
  /** Whether it is somebody else's, whose failures are told and are none of ours. */
  readonly isOthers?: boolean;
  readonly run: (round: number) => Promise<Sample> | Sample;
}

/** The result of a subject over all rounds. */
export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly perSecond: number;
  readonly failures: number;
  readonly isOthers: boolean;
  readonly ratios: readonly Ratio[];
}

/** A subject's speed in units of a floor's. */
export interface Ratio {
  readonly floor: string;
  /** Median of the ratios of all rounds, each to the floor of its own round. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly due: number | undefined;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Runs every subject once per round, in turn, so that a noisy minute falls on all of them. */
export async function measure(
  subjects: readonly Subject[],
  rounds: number,
  onSubject: (round: number, name: string) => void,
): Promise<readonly Result[]> {
  const rates = new Map<string, number[]>();
  const failures = new Map<string, number>();
  // The first round warms up and is not counted.
  for (let round = -1; round < rounds; round += 1) {
    for (const subject of subjects) {
      onSubject(round, subject.name);
      globalThis.gc?.();
      const sample = await subject.run(round);
      if (round < 0) continue;
      const rate = (sample.count / sample.ms) * 1_000;
      rates.set(subject.name, [...(rates.get(subject.name) ?? []), rate]);
      failures.set(subject.name, (failures.get(subject.name) ?? 0) + sample.failures);
    }
  }
  const ratioTo = (name: string, floor: Floor): Ratio => {
    const own = rates.get(name) ?? [];
    const below = rates.get(floor.name);
    if (!below) throw new Error(`${name} is compared with ${floor.name}, which is not measured`);
    const ratios = below.map((rate, round) => (own[round] ?? Number.NaN) / rate);
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
    return { floor: floor.name, median: median(ratios), least, most, due: floor.due };
  };
  return subjects.map(({ name, unit, floors = [], isOthers = false }) => ({
    name,
    unit,
    perSecond: median(rates.get(name) ?? []),
    failures: failures.get(name) ?? 0,
    isOthers,
    ratios: floors.map((floor) => ratioTo(name, floor)),
  }));
}

/** Runs `task` for each item, `concurrency` at a time; counts what failed. */
export async function inParallel<Item>(
  items: readonly Item[],
  concurrency: number,
  task: (item: Item) => Promise<boolean>,
): Promise<number> {
  let next = 0;
  let failures = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      if (!(await task(items[index] as Item))) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return failures;
}

/** Times `work`. */
export async function timed(
  count: number,
  work: () => Promise<number> | number,
): Promise<Sample> {
  const start = performance.now();
  const failures = await work();
  return { count, ms: performance.now() - start, failures };
}
