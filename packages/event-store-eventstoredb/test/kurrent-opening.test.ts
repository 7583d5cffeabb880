// Opening a store, and what a server can be told to forget of it, with `@kurrent/kurrentdb-client`.
import { describe } from 'vitest';
import { forgettingTests } from './forgetting.ts';
import { openingTests } from './opened.ts';

describe.concurrent('kurrentdb › opening', () => {
  openingTests('kurrent');
  forgettingTests('kurrent');
});
