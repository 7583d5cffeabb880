// The case type as a whole: it defines.
import { expect, test } from 'vitest';
import { caseTypes, policies } from '../src/index.ts';

test('parking dispute › when it is defined › has a structure hash', () => {
  expect(caseTypes.map(({ structureHash }) => structureHash.length)).toEqual([43]);
  expect(policies).toHaveLength(1);
});
