// The property itself: whatever is done, in whatever order and by whom, no invariant is broken.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Step } from '../alley.ts';
import { Random, Tally } from './sequence.ts';

/** Commands of a sequence, beside those that bring it to where it begins. */
export const LENGTH = 80;
export const isNightly = process.env['HIMAYA_NIGHTLY'] !== undefined;
/** Where a failed run is taken up again, as its report says. */
const PATH = process.env['HIMAYA_PATH'];
/** A busy machine takes three times as long; this only ends a run that hangs. */
export const LIMIT_MS = isNightly ? 14_400_000 : 900_000;

/** Plays random sequences from these beginnings; answers what they met. */
export async function play(
  ways: readonly (readonly Step[])[],
  seed: number,
  numRuns: number,
): Promise<Tally> {
  const tally = new Tally();
  const sequences = fc.record({
    turns: fc.array(fc.nat(), { minLength: LENGTH, maxLength: LENGTH }),
    way: fc.constantFrom(...ways),
    temper: fc.nat(1_000),
  });
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      const run = new Random();
      const fault = await run.play(sequence);
      // A shorter sequence is another one: what was done tells more than a smaller number would.
      const wrong = [...(fault ? [JSON.stringify(fault)] : []), ...run.alerts];
      if (wrong.length > 0) expect.fail([...wrong, ...(await run.trail())].join('\n'));
      // Replay re-judges every rule: once in a while is enough, as it costs as much as the playing.
      if (sequence.temper % 8 === 0) {
        const report = await run.engine.replay(run.caseId as string);
        expect(report?.divergences).toEqual([]);
      }
      tally.add(run.seen);
    }),
    { seed, numRuns, endOnFailure: true, ...(PATH === undefined ? {} : { path: PATH }) },
  );
  return tally;
}
