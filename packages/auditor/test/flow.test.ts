// Data on one line: it reads back as the same data where it stands in a scenario.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { flow } from '../src/flow.ts';

test('flow › of any data › reads back as the same data', () => {
  const seed = Number(process.env['HIMAYA_SEED'] ?? 20270509);
  console.log(`seed=${seed}; replay with HIMAYA_SEED=${seed}`);
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom('alley-12', 'yes', '123', '2027-05-17T18:00:00+03:00', 'a: b', 'a:', '~', ''),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      texts,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('value'), { maxKeys: 3 }),
    ),
  }));
  const data = fc.dictionary(fc.stringMatching(/^[a-z]{2,8}$/), value, { minKeys: 1, maxKeys: 4 });
  fc.assert(
    fc.property(data, (one) => {
      const read: unknown = parse(`{ ${flow(one)} }`, { version: '1.2', schema: 'core' });
      expect(read).toEqual(one);
    }),
    { seed, numRuns: 500 },
  );
});
