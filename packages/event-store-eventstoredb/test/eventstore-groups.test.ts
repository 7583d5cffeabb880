// Groups, with `@eventstore/db-client`.
import { describe } from 'vitest';
import { groupTests } from './consuming.ts';

describe('eventstoredb › groups', () => {
  groupTests('eventstore');
});
