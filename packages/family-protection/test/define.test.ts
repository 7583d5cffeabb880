// The case types as a whole: they define.
import { expect, test } from 'vitest';
import { caseTypes, policies } from '../src/index.ts';

test('case types › when they are defined › have a structure hash each', () => {
  expect(caseTypes.map(({ structureHash }) => structureHash.length)).toEqual([43, 43, 43, 43, 43, 43]);
  expect(policies).toHaveLength(1);
});
