// Words for the charts of these tests: each name stands for itself, in the case that it is told in.
import type { ChartWords } from '../../src/index.ts';

/** English words around names as they are; with `changes` where a test wants others. */
export function plainWords(changes: Partial<ChartWords> = {}): ChartWords {
  return {
    language: 'en',
    direction: 'ltr',
    title: 'The chart',
    phrases: {
      and: 'and',
      or: 'or',
      not: 'not',
      inState: 'in',
      condition: 'condition',
      otherwise: 'otherwise',
      always: 'at once',
      done: 'when done',
      after: 'after',
      anyEvent: 'any event',
      anyState: 'any state',
      anyOtherState: 'any other state',
      fromStates: 'from',
      again: 'again',
      ignored: 'ignored',
      causes: 'causes',
    },
    state: (path) => path,
    event: (type) => type,
    delay: (name) => name,
    rule: (code) => `rule ${code}`,
    condition: () => undefined,
    ...changes,
  };
}
