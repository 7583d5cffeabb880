// Faults, with `@eventstore/db-client`.
import { describe } from 'vitest';
import { faultTests } from './bearing.ts';

describe.concurrent('eventstoredb › faults', () => {
  faultTests('eventstore');
});
