// The table of rooms of the design, as data: who may import what, and which files are pure.

/** What one package may import. */
export interface Room {
  /** Packages of this workspace, without scope. */
  readonly rooms: readonly string[];
  /** Packages from elsewhere, as dependencies. */
  readonly vendors: readonly string[];
  /** Packages that the reader brings: optional peers, importable only below `under`. */
  readonly peers?: { readonly names: readonly string[]; readonly under: string };
  /** Entry points beside `src/index.ts`; each is a public face and may be an index. */
  readonly entries?: readonly string[];
}

/** The scope of every package of this workspace. */
export const SCOPE = '@himaya/';

const TEST_TOOLS = ['vitest', 'fast-check'];

/** Arrows run down these lists only; a change here is a change of the design. */
export const ROOMS: Readonly<Record<string, Room>> = {
  'event-store': {
    rooms: [],
    vendors: [],
    peers: { names: TEST_TOOLS, under: 'src/contract/' },
    entries: ['src/contract/index.ts'],
  },
  'event-store-sqlite': { rooms: ['event-store'], vendors: ['@photostructure/sqlite'] },
  'event-store-postgres': { rooms: ['event-store'], vendors: ['pg', 'pg-connection-string'] },
  'event-store-eventstoredb': {
    rooms: ['event-store'],
    vendors: [],
    peers: {
      names: ['@eventstore/db-client', '@kurrent/kurrentdb-client'],
      under: 'src/connect.ts',
    },
  },
  statechart: { rooms: [], vendors: ['xstate'] },
  engine: {
    rooms: ['event-store', 'statechart'],
    vendors: ['xstate', 'zod', 'ulid', '@opentelemetry/api'],
  },
  vault: { rooms: ['event-store', 'engine'], vendors: [] },
  ledger: { rooms: ['event-store'], vendors: [] },
  'family-protection': { rooms: ['engine'], vendors: ['xstate', 'zod'] },
  testkit: {
    rooms: ['event-store', 'engine'],
    vendors: ['yaml', 'zod'],
    peers: { names: TEST_TOOLS, under: 'src/' },
  },
  auditor: {
    rooms: [
      'event-store',
      'event-store-sqlite',
      'event-store-postgres',
      'event-store-eventstoredb',
      'statechart',
      'engine',
      'vault',
      'ledger',
      'family-protection',
      'testkit',
    ],
    vendors: ['commander', 'elkjs', 'picocolors', 'zod'],
  },
};

/** Built-in modules that belong to one room. */
export const BUILTINS_OF_ONE_ROOM: Readonly<Record<string, string>> = {
  'node:sqlite': 'event-store-sqlite',
};

/** Files that read no clock, randomness or environment and do no I/O. */
export interface PureRoom {
  /** A file, or a folder that ends with `/`. */
  readonly path: string;
  /** Built-in modules that compute and nothing more, allowed here. */
  readonly builtins: readonly string[];
}

// Hashing computes; the names in them that draw random bytes are refused wherever they are used.
const HASHING = ['node:crypto', 'node:buffer'];

/** Every pure room. */
export const PURE: readonly PureRoom[] = [
  { path: 'packages/event-store/src/canonical-json.ts', builtins: [] },
  { path: 'packages/event-store/src/codec.ts', builtins: HASHING },
  { path: 'packages/event-store/src/chain.ts', builtins: HASHING },
  { path: 'packages/event-store/src/entry.ts', builtins: [] },
  { path: 'packages/event-store/src/port.ts', builtins: [] },
  { path: 'packages/event-store/src/limits.ts', builtins: [] },
  { path: 'packages/event-store/src/check-append.ts', builtins: [] },
  { path: 'packages/statechart/src/', builtins: [] },
  { path: 'packages/engine/src/', builtins: HASHING },
  { path: 'packages/family-protection/src/', builtins: [] },
];

/** Inside a pure room, the rim that may touch the world: where clock and ids are handed in. */
export const RIM: readonly string[] = ['packages/engine/src/rim/'];

/** What stands at the top of the repository beside dot-files and dot-folders. */
export const TOP_LEVEL: readonly string[] = [
  'packages',
  'examples',
  'docs',
  'test',
  'package.json',
  'tsconfig.base.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];
