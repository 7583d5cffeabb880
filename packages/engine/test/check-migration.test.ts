// A migration over every state that the earlier version can reach: proved, refuted with a way, or neither.
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { z } from 'zod';
import {
  caseType,
  checkMigration,
  type CaseType,
  type MigrationProblem,
  type MigrationState,
} from '../src/index.ts';
import { matter, matterVersion } from './sample/matter.ts';

const events = ['Opened', 'Closed', 'Opened', 'Closed'];
const text = (en: string) => ({ en, ar: `نص: ${en}` });
const labels = { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} };

/** A region that goes through these states, one event after the other. */
const through = (...states: readonly string[]) => ({
  initial: states[0],
  states: Object.fromEntries(
    states.map((state, index) => {
      const next = states[index + 1];
      return [state, next === undefined ? {} : { on: { [events[index] ?? '']: next } }];
    }),
  ),
});

type Regions = Readonly<Record<string, ReturnType<typeof through>>>;

const earlier: Regions = {
  life: through('new', 'open', 'closed'),
  risk: through('low', 'high'),
};
const earlierContext = z.object({
  level: z.enum(['standard', 'urgent']),
  lead: z.string(),
  count: z.number(),
  owner: z.string().nullable(),
  children: z.array(z.string()),
});

/** A version: its regions, its only kind of part, its context, and how cases come to it. */
function version(
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

const first = version('1.0.0', earlier);
const moved = (regions: Regions, ...more: readonly unknown[]): CaseType =>
  (version as (...all: readonly unknown[]) => CaseType)('2.0.0', regions, ...more);

/** What is wrong with a migration, in short: kind, what, and from where. */
function problemsOf(to: CaseType): readonly (readonly [string, string, string])[] {
  const report = checkMigration(first, to);
  if (report.kind !== 'found') throw new Error(JSON.stringify(report));
  const from = (problem: MigrationProblem): string =>
    problem.from.map(({ configuration }) => configuration.join()).join(' & ');
  return report.problems.map((problem) => [problem.kind, problem.what.join(), from(problem)]);
}

const renamed: Regions = { ...earlier, life: through('new', 'running', 'closed') };
const rename = (path: string): string => (path === 'life.open' ? 'life.running' : path);

describe('checkMigration › every state has its place in the new version', () => {
  it('nothing changed › is proved, every state of region and part counted', () => {
    expect(checkMigration(first, version('2.0.0', earlier))).toEqual({ kind: 'proved', places: 8 });
  });

  it.each([
    ['with map', (state: MigrationState) => state.configuration.map(rename)],
    ['with flatMap', (state: MigrationState) => state.configuration.flatMap((one) => rename(one))],
    ['in a loop', ({ configuration }: MigrationState) => {
      const paths: string[] = [];
      for (const path of configuration) paths.push(rename(path));
      return paths;
    }],
    ['by its place', ({ configuration: [life = '', risk = ''] }: MigrationState) =>
      [rename(life), risk]],
  ])('a state is renamed %s › is proved', (_, configuration) => {
    const to = moved(renamed, (state: MigrationState) => ({
      ...state,
      configuration: configuration(state),
    }));
    expect(checkMigration(first, to).kind).toBe('proved');
  });

  it('a region is added › is proved, by concat and by spreading', () => {
    const more = { ...earlier, care: through('none', 'given') };
    const joined = (state: MigrationState) => state.configuration.concat('care.none');
    const spread = (state: MigrationState) => [...state.configuration, 'care.none'];
    for (const of of [joined, spread]) {
      const to = moved(more, (state: MigrationState) => ({ ...state, configuration: of(state) }));
      expect(checkMigration(first, to).kind).toBe('proved');
    }
  });

  it('a chart of twelve regions › is proved without all their combinations', () => {
    const names = Array.from({ length: 12 }, (_, index) => `r${index}`);
    const many = Object.fromEntries(
      names.map((name) => [name, through('a', 'b', 'c', 'd', 'e')]),
    );
    const from = version('1.0.0', many);
    const to = moved(many, (state: MigrationState) => ({
      ...state,
      configuration: state.configuration.includes('r3.b')
        ? state.configuration.map((path) => path.replace('r4.b', 'r4.a'))
        : state.configuration,
    }));
    expect(checkMigration(from, to)).toMatchObject({ kind: 'proved' });
    const listed = moved(many, (state: MigrationState) => ({
      ...state,
      configuration: [...state.configuration],
    }));
    const report = checkMigration(from, listed);
    expect(report.kind === 'notProved' && report.reason.en).toMatch(/too many regions at once/);
    expect(report.kind === 'notProved' && report.reason.ar).toMatch(/كثيرة معا/);
  });
});

describe('checkMigration › a state has none', () => {
  it('a state is gone › is found, with a shortest way to it', () => {
    const report = checkMigration(first, moved(renamed));
    expect(report).toEqual({
      kind: 'found',
      problems: [
        {
          kind: 'states',
          what: ['life.open'],
          part: '',
          from: [{ configuration: ['life.open'], events: ['Opened'] }],
          context: {},
        },
      ],
    });
  });

  it('a region is added and not named › is found, wherever the case is', () => {
    const more = { ...earlier, care: through('none', 'given') };
    expect(problemsOf(moved(more))).toEqual([['regions', 'care', '']]);
  });

  it('two regions become one › is found where they do not agree', () => {
    const one: Regions = { life: through('new', 'open', 'closed') };
    const join = (state: MigrationState) => ({
      ...state,
      configuration: state.configuration.flatMap((path) =>
        path === 'risk.low' ? [] : path === 'risk.high' ? ['life.open'] : [path],
      ),
    });
    expect(problemsOf(moved(one, join))).toEqual([
      ['states', 'life.new,life.open', 'life.new & risk.high'],
      ['states', 'life.closed,life.open', 'life.closed & risk.high'],
    ]);
  });

  it('one region decides about another › is found in the states that it names', () => {
    const to = moved(renamed, (state: MigrationState) => ({
      ...state,
      configuration: state.configuration.includes('risk.high')
        ? state.configuration
        : state.configuration.map(rename),
    }));
    expect(problemsOf(to)).toEqual([['states', 'life.open', 'risk.high & life.open']]);
  });

  it('the context decides › is found on the way that it opens', () => {
    const to = moved(renamed, (state: MigrationState) =>
      state.context['level'] === 'urgent'
        ? state
        : { ...state, configuration: state.configuration.map(rename) },
    );
    const report = checkMigration(first, to);
    expect(report.kind === 'found' && report.problems.map(({ context }) => context)).toEqual([
      { level: 'urgent' },
    ]);
  });

  it.each([
    ['an empty text', 'lead', (value: unknown) => value === ''],
    ['any other text', 'lead', (value: unknown) => value !== ''],
    ['zero', 'count', (value: unknown) => value === 0],
    ['another number', 'count', Boolean],
    ['nobody', 'owner', (value: unknown) => value === null],
    ['somebody', 'owner', (value: unknown) => value !== null],
    ['an empty list', 'children', (value: unknown) => (value as object[]).length === 0],
    ['any other list', 'children', (value: unknown) => (value as object[]).length > 0],
  ])('%s decides › is found', (_, key, keeps: (value: unknown) => boolean) => {
    const to = moved(renamed, (state: MigrationState) =>
      keeps(state.context[key])
        ? state
        : { ...state, configuration: state.configuration.map(rename) },
    );
    expect(problemsOf(to)).toEqual([['states', 'life.open', 'life.open']]);
  });

  it('there may be a part, or not › either way decides', () => {
    const hasGiven = (state: MigrationState): boolean =>
      state.parts.some(({ configuration }) => configuration.includes('given'));
    for (const due of [true, false]) {
      const to = moved(renamed, (state: MigrationState) =>
        hasGiven(state) === due
          ? state
          : { ...state, configuration: state.configuration.map(rename) },
      );
      expect(problemsOf(to)).toEqual([['states', 'life.open', 'life.open']]);
    }
  });

  it('the migration throws for one state › is found there, and the others are tried', () => {
    const to = moved(renamed, (state: MigrationState) => ({
      ...state,
      configuration: state.configuration.map((path) => {
        if (path === 'life.closed') throw new RangeError('never shown: it may quote a case');
        return path;
      }),
    }));
    expect(problemsOf(to)).toEqual([
      ['failed', 'RangeError', 'life.closed'],
      ['states', 'life.open', 'life.open'],
    ]);
  });

  it('the migration throws for all › is found', () => {
    const to = moved(renamed, () => {
      throw new TypeError('x');
    });
    expect(problemsOf(to)).toEqual([['failed', 'TypeError', '']]);
  });
});

describe('checkMigration › lists that were made of lists', () => {
  const mapped = (of: (paths: MigrationState['configuration']) => readonly string[]) =>
    moved(renamed, (state: MigrationState) => ({
      ...state,
      configuration: of(state.configuration),
    }));
  const failing = (path: string): string => {
    if (path === 'life.closed') throw new RangeError();
    return rename(path);
  };

  it('a state that throws is changed again › is told once, and not asked again', () => {
    const asked: string[] = [];
    const to = mapped((paths) =>
      paths.map(failing).map((path) => {
        asked.push(path);
        return path;
      }),
    );
    expect(problemsOf(to)).toEqual([['failed', 'RangeError', 'life.closed']]);
    expect(asked).not.toContain(undefined);
  });

  it('a state throws where another answer excludes it › is not told', () => {
    // Asked for itself while it is looked at, no state is anywhere else.
    const to = mapped((paths) =>
      paths.map((path) => {
        if (!paths.includes(path)) throw new RangeError();
        return rename(path);
      }),
    );
    expect(checkMigration(first, to).kind).toBe('proved');
  });

  it('every state but some is asked for › goes either way', () => {
    const isNotOpen = (path: string): boolean => path !== 'life.open';
    const to = mapped((paths) => (paths.every(isNotOpen) ? paths : paths.map(rename)));
    expect(checkMigration(first, to).kind).toBe('proved');
    const not = mapped((paths) => (paths.every(isNotOpen) ? paths.map(rename) : paths));
    expect(problemsOf(not)).toEqual([['states', 'life.open', 'life.open']]);
  });

  it('a list is walked twice › is in the same states both times', () => {
    const to = mapped((paths) => {
      const [once] = [...paths];
      return [...paths.map(rename).filter((path) => path === rename(once ?? '')), 'risk.low'];
    });
    expect(checkMigration(first, to).kind).toBe('proved');
  });

  it('one region is told by two rows › they are in the same place of it', () => {
    const life = through('new', 'open', 'closed');
    const paired: Regions = { life, twin: life };
    const of = version('1.0.0', { life });
    const twin = (state: MigrationState) => ({
      ...state,
      configuration: state.configuration.concat(
        state.configuration.map((path) => path.replace('life', 'twin')),
      ),
    });
    expect(checkMigration(of, moved(paired, twin)).kind).toBe('proved');
    const crossed = (state: MigrationState) => ({
      ...state,
      // Each row alone would lead to states of both regions.
      configuration: state.configuration
        .map((path) => (path === 'life.new' ? 'twin.new' : path))
        .concat(
          state.configuration.map((path) => (path === 'life.new' ? 'life.new' : 'twin.open')),
        ),
    });
    expect(checkMigration(of, moved(paired, crossed)).kind).toBe('proved');
  });
});

describe('checkMigration › parts', () => {
  const same = (state: MigrationState): MigrationState => state;
  const shorter = { part: ['asked', 'over'] };

  it('a state of a part is gone › is found, with the way to it', () => {
    const report = checkMigration(first, moved(earlier, same, shorter));
    expect(report.kind === 'found' && report.problems).toEqual([
      {
        kind: 'states',
        what: ['given'],
        part: 'order',
        from: [{ configuration: ['given'], events: ['Opened'] }],
        context: {},
      },
    ]);
  });

  it('a kind is gone › is found, unless its parts are turned into others or left out', () => {
    const other = { kind: 'measure' };
    expect(problemsOf(moved(earlier, same, other)).map(([kind, what]) => [kind, what])).toEqual(
      Array.from({ length: 3 }, () => ['part', 'order']),
    );
    type Part = MigrationState['parts'][number];
    const turn = (part: Part): Part => ({ ...part, kind: 'measure', context: { ...part.context } });
    const turned = (state: MigrationState) => ({ ...state, parts: state.parts.map(turn) });
    const left = (state: MigrationState) => ({ ...state, parts: [] });
    for (const migrate of [turned, left]) {
      expect(checkMigration(first, moved(earlier, migrate, other)).kind).toBe('proved');
    }
  });

  it('there is surely one, or surely none › is no question', () => {
    const none = (state: MigrationState): MigrationState =>
      state.parts.some(({ kind }) => kind === 'other') ? { ...state, configuration: [] } : state;
    expect(checkMigration(first, moved(earlier, none)).kind).toBe('proved');
    const added = { kind: 'order', id: 'new', configuration: ['asked'], context: {} };
    const one = (state: MigrationState): MigrationState =>
      state.parts.concat(added).some(({ id }) => id === 'new')
        ? state
        : { ...state, configuration: [] };
    expect(checkMigration(first, moved(earlier, one)).kind).toBe('proved');
  });

  it('it throws for a state of a part › is found there', () => {
    const throws = (state: MigrationState) => ({
      ...state,
      parts: state.parts.map((part) => {
        if (part.configuration.includes('over')) throw new RangeError();
        return part;
      }),
    });
    expect(problemsOf(moved(earlier, throws))).toEqual([['failed', 'RangeError', 'over']]);
  });

  it('a part is added › has to be in a state of its kind', () => {
    const added = (configuration: readonly string[]) => (state: MigrationState) => ({
      ...state,
      parts: state.parts.concat({ kind: 'order', id: 'new', configuration, context: {} }),
    });
    expect(checkMigration(first, moved(earlier, added(['asked']))).kind).toBe('proved');
    expect(problemsOf(moved(earlier, added(['gone'])))).toEqual([['states', 'gone', '']]);
  });

  it.each([
    ['how many there are', ({ parts }: MigrationState) => parts.length > 3, 'parts.length'],
    ['them in a loop', ({ parts }: MigrationState) => [...parts].length > 0, 'in a loop'],
    [
      'what stands in one',
      ({ parts }: MigrationState) => parts.some(({ context }) => context['until'] === 'x'),
      'order.context.until',
    ],
    [
      'what stands in one, as it changes it',
      ({ parts }: MigrationState) => parts.map(({ context }) => context['until'] === 'x').length,
      'order.context.until',
    ],
    [
      'into a text',
      ({ context }: MigrationState) => (context['lead'] as string).startsWith('x'),
      'context.lead',
    ],
    [
      'a number for its size',
      ({ context }: MigrationState) => (context['count'] as number) > 3,
      'context.count',
    ],
  ])('the migration looks at %s › is not proved, and says why', (_, asks, what) => {
    const to = moved(earlier, (state: MigrationState) =>
      asks(state) ? { ...state, parts: state.parts.filter(() => true) } : state,
    );
    const report = checkMigration(first, to);
    expect(report.kind === 'notProved' && report.reason.en).toContain(what);
    expect(report.kind === 'notProved' && report.reason.ar).toContain(what);
  });
});

describe('checkMigration › the context', () => {
  const more = earlierContext.extend({ office: z.string() });
  const none = earlierContext.extend({ level: z.enum(['standard']) });

  it.each([
    ['lacks a key', more, (state: MigrationState) => state, 'office'],
    [
      'is given a wrong value',
      more,
      (state: MigrationState) => ({ ...state, context: { ...state.context, office: 7 } }),
      'office',
    ],
    ['may keep a value that is gone', none, (state: MigrationState) => state, 'level'],
    [
      'loses a key',
      earlierContext,
      (state: MigrationState) => {
        const { lead: _, ...rest } = state.context;
        return { ...state, context: rest };
      },
      'lead',
    ],
  ])('it %s › is found', (_, context, migrate, key) => {
    expect(problemsOf(moved(earlier, migrate, { context }))).toContainEqual(['context', key, '']);
  });

  it('a key is added, one renamed and one mapped › is proved', () => {
    const context = z.object({
      level: z.enum(['low', 'top']),
      holder: z.string(),
      count: z.number(),
      office: z.string(),
      owner: z.string().nullable(),
      children: z.array(z.string()),
    });
    const migrate = (state: MigrationState) => {
      const { lead, level, ...rest } = state.context;
      // Asked twice, it is the same.
      if (state.context['level'] !== level) throw new RangeError();
      const given = { ...rest, holder: lead, level: level === 'urgent' ? 'top' : 'low' };
      return { ...state, context: { ...given, office: 'x' } };
    };
    expect(checkMigration(first, moved(earlier, migrate, { context })).kind).toBe('proved');
  });

  it('only its names are asked for › is not taken for a copy', () => {
    const migrate = (state: MigrationState) =>
      Object.keys(state.context).length > 0 && (state.context['children'] as []).length === 0
        ? { ...state, configuration: [] }
        : state;
    expect(problemsOf(moved(earlier, migrate))).toContainEqual(['states', '', '']);
  });
});

it('checkMigration › a larger sample › is proved as it stands, with its parts', () => {
  expect(checkMigration(matter, matterVersion('2.0.0')).kind).toBe('proved');
});
