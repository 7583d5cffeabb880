// Forked maps against plain maps that are copied: the same content after any forks and changes.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ForkedMap } from '../src/forked-map.ts';

const RUNS = process.env['HIMAYA_NIGHTLY'] ? 5_000 : 500;
const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_112);

const step = fc.record({
  on: fc.nat({ max: 9 }),
  act: fc.constantFrom('fork', 'set', 'set', 'delete'),
  key: fc.constantFrom('a', 'b', 'c'),
  value: fc.nat(),
});

it('forks › any changes › change one fork and no other', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const forks = [new ForkedMap<string, number>()];
      const copies = [new Map<string, number>()];
      for (const { on, act, key, value } of steps) {
        const at = on % forks.length;
        const fork = forks[at] as ForkedMap<string, number>;
        const copy = copies[at] as Map<string, number>;
        if (act === 'fork') {
          forks.push(fork.fork());
          copies.push(new Map(copy));
        } else if (act === 'set') {
          fork.set(key, value);
          copy.set(key, value);
        } else {
          fork.delete(key);
          copy.delete(key);
        }
      }
      for (const [index, copy] of copies.entries()) {
        const fork = forks[index] as ForkedMap<string, number>;
        expect([...fork.keys()]).toEqual([...copy.keys()]);
        expect([...fork.values()]).toEqual([...copy.values()]);
        expect(fork.size).toBe(copy.size);
        for (const key of ['a', 'b', 'c']) {
          expect(fork.get(key)).toBe(copy.get(key));
          expect(fork.has(key)).toBe(copy.has(key));
        }
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
