// A migration over parts in any number and any of their states, and over any context.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkMigration, type MigrationState } from '../src/index.ts';
import { matter, matterVersion } from './sample/matter.ts';
import { earlier, earlierContext, first, moved, problemsOf } from './sample/moving.ts';

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
