// The oracle sees what it is there for: each invariant is found broken once what holds it is missing.
import { describe, expect, test } from 'vitest';
import { domesticViolence } from '../../src/index.ts';
import { Random } from './sequence.ts';
import { proofs, type Proof } from './proofs.ts';

async function broken(
  caseType: Proof['caseType'],
  steps: Proof['steps'],
): Promise<readonly string[]> {
  const run = new Random(caseType);
  const found: string[] = [];
  for (const step of steps) {
    const fault = await run.step(step);
    found.push(...(fault?.findings.map(([invariant]) => invariant) ?? []));
  }
  return [...new Set(found)];
}

describe('the oracle', () => {
  test.each(proofs)('$invariant without $missing › is seen to be broken', async (proof) => {
    expect(await broken(proof.caseType, proof.steps)).toContain(proof.invariant);
  });

  test.each(proofs)('$invariant with $missing › is not', async ({ steps }) => {
    expect(await broken(domesticViolence, steps)).toEqual([]);
  });
});
