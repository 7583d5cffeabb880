import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** They measure the memory of the whole worker, so that they have one of their own. */
const alone = ['packages/event-store/test/verify-memory.test.ts'];
/** The two clients of EventStoreDB break each other: each file has a process of its own. */
const clients = [
  'packages/event-store-eventstoredb/test/**/*.test.ts',
  'test/scenarios/eventstoredb*.test.ts',
  'test/scenarios/groups.test.ts',
];
const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than the cores that are reckoned with: many tests wait for processes and servers.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [...alone, ...clients, '**/node_modules/**'],
          // No file changes what others share; loading the same modules once halves the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
      { extends: true, test: { name: 'clients', include: clients } },
    ],
  },
});
