// Groups, with `@kurrent/kurrentdb-client`.
import { describe } from 'vitest';
import { groupTests } from './consuming.ts';

describe('eventstoredb › groups', () => {
  groupTests('kurrent');
});
