// Opening a store, and what a server can be told to forget of it, with `@eventstore/db-client`.
import { describe } from 'vitest';
import { forgettingTests } from './forgetting.ts';
import { openingTests } from './opened.ts';

describe.concurrent('eventstoredb › opening', () => {
  openingTests('eventstore');
  forgettingTests('eventstore');
});
