// A migration over every state that the earlier version can reach: proved, refuted with a way, or neither.
import { describe, expect, it } from 'vitest';
import { checkMigration, type MigrationState } from '../src/index.ts';
import {
  earlier,
  first,
  moved,
  problemsOf,
  rename,
  renamed,
  through,
  version,
  type Regions,
} from './sample/moving.ts';

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
