// Faults, with `@kurrent/kurrentdb-client`.
import { describe } from 'vitest';
import { faultTests } from './bearing.ts';

describe.concurrent('kurrentdb › faults', () => {
  faultTests('kurrent');
});
