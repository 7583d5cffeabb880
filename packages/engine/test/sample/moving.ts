// A case type of two versions, small enough that one sees where each of its states has to move.
import { createMachine } from 'xstate';
import { z } from 'zod';
import {
  caseType,
  checkMigration,
  type CaseType,
  type MigrationProblem,
  type MigrationState,
} from '../../src/index.ts';

const events = ['Opened', 'Closed', 'Opened', 'Closed'];
const text = (en: string) => ({ en, ar: `نص: ${en}` });
const labels = { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} };

/** A region that goes through these states, one event after the other. */
export const through = (...states: readonly string[]) => ({
  initial: states[0],
  states: Object.fromEntries(
    states.map((state, index) => {
      const next = states[index + 1];
      return [state, next === undefined ? {} : { on: { [events[index] ?? '']: next } }];
    }),
  ),
});

/** Regions side by side. */
export type Regions = Readonly<Record<string, ReturnType<typeof through>>>;

/** The regions of the earlier version. */
export const earlier: Regions = {
  life: through('new', 'open', 'closed'),
  risk: through('low', 'high'),
};
/** Its context. */
export const earlierContext = z.object({
  level: z.enum(['standard', 'urgent']),
  lead: z.string(),
  count: z.number(),
  owner: z.string().nullable(),
  children: z.array(z.string()),
});

/** A version: its regions, its only kind of part, its context, and how cases come to it. */
export function version(
  name: string,
  regions: Regions,
  migrate?: (state: MigrationState) => MigrationState,
  more: {
    readonly part?: readonly string[];
    readonly context?: z.ZodType;
    readonly kind?: string;
  } = {},
): CaseType {
  const { part = ['asked', 'given', 'over'], context = earlierContext, kind = 'order' } = more;
  const chart = createMachine({ type: 'parallel', states: regions, context: {} } as never);
  const head = {
    name: 'test.moved',
    version: name,
    title: text('Moved'),
    context,
    events: Object.fromEntries(['Asked', ...events].map((type) => [type, z.any()])),
  };
  return caseType(head as never).define({
    chart,
    commands: {},
    parts: {
      [kind]: {
        chart: createMachine({ ...through(...part), context: {} } as never),
        key: () => '',
        opens: ['Asked'],
        on: [],
      },
    },
    labels,
    ...(migrate ? { migrations: { '1.0.0': { migrate } } } : {}),
  } as never);
}

/** The earlier version. */
export const first = version('1.0.0', earlier);
/** A later version, and how cases come to it. */
export const moved = (regions: Regions, ...more: readonly unknown[]): CaseType =>
  (version as (...all: readonly unknown[]) => CaseType)('2.0.0', regions, ...more);

/** What is wrong with a migration, in short: kind, what, and from where. */
export function problemsOf(to: CaseType): readonly (readonly [string, string, string])[] {
  const report = checkMigration(first, to);
  if (report.kind !== 'found') throw new Error(JSON.stringify(report));
  const from = (problem: MigrationProblem): string =>
    problem.from.map(({ configuration }) => configuration.join()).join(' & ');
  return report.problems.map((problem) => [problem.kind, problem.what.join(), from(problem)]);
}

/** One state of a region has another name. */
export const renamed: Regions = { ...earlier, life: through('new', 'running', 'closed') };
/** From the old name of it to the new one. */
export const rename = (path: string): string => (path === 'life.open' ? 'life.running' : path);
