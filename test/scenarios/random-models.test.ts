// Random sequences of commands, decision by decision, are ways through the models of the claims, too.
import fc from 'fast-check';
import { checks, policySample } from '@himaya/family-protection';
import { expect, test } from 'vitest';
import { Random } from '../../packages/family-protection/test/law/sequence.ts';
import { until } from '../../packages/family-protection/test/violence.ts';
import { recordedCases, straysOf } from './models.ts';

const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_110);
const isNightly = process.env['HIMAYA_NIGHTLY'] !== undefined;
const RUNS = isNightly ? 1_000 : 6;
/** A busy machine takes several times as long; this only ends a run that hangs. */
const LIMIT_MS = isNightly ? 7_200_000 : 240_000;

const sequence = fc.record({
  way: fc.constantFrom(...Object.values(until)),
  temper: fc.nat(),
  turns: fc.array(fc.nat(), { minLength: 25, maxLength: 25 }),
});

test(`random sequences, seed ${SEED} › are ways through the model of each claim`, async () => {
  let events = 0;
  await fc.assert(
    fc.asyncProperty(sequence, async (given) => {
      const random = new Random();
      expect(await random.play(given)).toBeUndefined();
      const streams = random.caseId === undefined ? [] : [`case-${random.caseId}` as const];
      const cases = await recordedCases(random.store, streams as never, [policySample]);
      events += cases.reduce((sum, { entries }) => sum + entries.length, 0);
      for (const one of cases) {
        const own = checks[one.caseType.name] ?? [];
        expect(own.flatMap((check) => straysOf(check, one))).toEqual([]);
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.info(`${events} events of ${RUNS} cases`);
  expect(events).toBeGreaterThan(RUNS * 10);
}, LIMIT_MS);
