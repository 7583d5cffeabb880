// himaya check: whether every state of an earlier version can move, and from where it cannot.
import { stripVTControlCharacters } from 'node:util';
import type { CaseType, Check, MigrationState } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { baseline, permit } from '../../testkit/test/permit.ts';
import { himaya, type Called } from './command-line.ts';

const text = { en: 'Always so.', ar: 'هكذا دائما.' };
const nothing: Check = {
  abstraction: {
    regions: [],
    context: {},
    given: {},
    parts: {},
    deadlines: [],
    values: {},
    refusedMore: [],
    because: text,
  },
  claims: [{ id: 'C-1', text, never: () => false }],
};
const ends = { 'test.permit': ['closed', 'item.seen'] };

/** Checks a version of the permit that cases come to in this way. */
async function checked(
  migrate: (state: MigrationState) => object,
  earlier: readonly CaseType[],
  ...more: readonly string[]
): Promise<Called> {
  const next = { ...permit, version: '1.1.0', migrations: { '1.0.0': { migrate } } } as CaseType;
  const definitions = {
    caseTypes: [...earlier, next],
    policies: [baseline],
    checks: { 'test.permit': [nothing] },
    ends,
  };
  const called = await himaya(['check', 'test.permit', '--policy', '1.0.0', ...more], {
    definitions,
  });
  return { ...called, out: stripVTControlCharacters(called.out) };
}

const lost = (state: MigrationState): object => ({
  ...state,
  configuration: state.configuration.map((path) => (path === 'open.granted' ? 'gone' : path)),
});

describe('himaya check › migrations', () => {
  test('every state can move › is proved, and what was asked is said', async () => {
    const { code, out } = await checked((state) => state, [permit]);
    expect([code, out]).toEqual([0, expect.stringContaining('proved migration from 1.0.0: ')]);
    expect(out).toContain('every state that a case can reach has its place\n  5 states\n');
    expect(out).toContain('only whether they are empty');
  });

  test('one cannot › is found, with where it leads, a way there, and 1 at the end', async () => {
    const { code, out } = await checked(lost, [permit]);
    expect(code).toBe(1);
    expect(out).toContain('FOUND migration from 1.0.0: ');
    expect(out).toContain('  open.granted: leads to what is no state there: gone\n');
    expect(out.match(/way there/g)).toHaveLength(1);
    expect(out).toContain('    way there open.granted: Asked (Asked for) → Granted (Granted)\n');
    const arabic = await checked(lost, [permit], '--lang', 'ar');
    expect(arabic.out).toContain('وجد النقل من 1.0.0: ');
    expect(arabic.out).toContain('open.granted: يؤدي إلى ما ليس حالة هناك: gone\n');
  });

  test('it asks what cannot be told › is not proved, with the reason', async () => {
    const migrate = (state: MigrationState): object =>
      state.parts.length > 1 ? state : { ...state, parts: [] };
    const { code, out } = await checked(migrate, [permit]);
    expect(code).toBe(1);
    expect(out).toContain('NOT PROVED migration from 1.0.0: ');
    expect(out).toContain('looks at parts.length, of which nothing is known');
  });

  test('the earlier version is not at hand › is not proved', async () => {
    const { code, out } = await checked((state) => state, []);
    expect(code).toBe(1);
    expect(out).toContain('NOT PROVED migration from 1.0.0: that version is not at hand\n');
  });
});
