// himaya dry-run: what another version would make of stored cases, in both languages.
import { stripVTControlCharacters } from 'node:util';
import type { CaseType } from '@himaya/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widthOf } from '../src/layout.ts';
import { baseline, permit } from '../../testkit/test/permit.ts';
import { filledStore, himaya, scratch, type Called } from './command-line.ts';

const folder = scratch();
let store = '';
let caseId = '';
beforeAll(async () => {
  ({ store, caseId } = await filledStore(folder.path('store.db')));
});
afterAll(() => folder.remove());

/** Tries the permit with some of its definition changed. */
function tried(over: Partial<CaseType>, ...argv: readonly string[]): Promise<Called> {
  const next = { ...permit, ...over, version: '1.1.0' };
  const definitions = { caseTypes: [permit, next], policies: [baseline] };
  return himaya(['dry-run', 'test.permit', '--store', store, ...argv], { definitions });
}

const later = { ...permit.parts, item: { ...permit.parts['item'], opens: ['Closed'] } };
const stuck = {
  migrations: { '1.0.0': { migrate: (state: object) => ({ ...state, configuration: ['gone'] }) } },
} as unknown as Partial<CaseType>;

describe('himaya dry-run', () => {
  test('dry-run › of a version that decides alike › says so in both languages', async () => {
    const [en, ar] = [await tried({}), await tried({}, '--lang', 'ar')];
    expect([en.code, en.err, ar.code]).toEqual([0, '', 0]);
    expect(en.out).toMatch(/^Permit \(test\.permit@1\.1\.0\)\n {2}1 case · events: \d+\n/);
    expect(en.out).toContain('  decided alike: 1\n  could move as they stand: 1\n');
    expect(ar.out).toContain('  القرارات فيها واحدة: 1\n  يمكن نقلها كما هي: 1\n');
  });

  test('dry-run › of one that parts from the record › says where, and ends with 0', async () => {
    const parts = later as CaseType['parts'];
    const { code, out } = await tried({ parts });
    expect(code).toBe(0);
    expect(out).toContain('  decided alike: 0\n');
    expect(out).toContain('  1 case: Granted: other parts, or in other states: item\n');
    expect(out).toMatch(new RegExp(`\n {4}${caseId} at \\d+\n`));
    const ar = await tried({ parts }, '--lang', 'ar');
    expect(ar.out).toMatch(/قضية واحدة: Granted \(.+\): عناصر أخرى أو في حالات أخرى: item\n/);
  });

  test('dry-run › of one that a case cannot move to › ends with 1 and names the case', async () => {
    const { code, out } = await tried(stuck);
    expect(code).toBe(1);
    expect(out).toContain('  could move as they stand: 0\n  1 case: could not move: ');
    expect(out.trimEnd().split('\n').at(-1)).toBe(`    ${caseId}`);
  });

  test('dry-run › as JSON › is one document with every group', async () => {
    const { code, out } = await tried({ ...stuck, parts: later as CaseType['parts'] }, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      caseType: 'test.permit',
      to: '1.1.0',
      cases: 1,
      alike: 0,
      differences: [{ kind: 'parts', event: 'Granted', cases: 1, examples: [{ caseId }] }],
      movable: 0,
      stuck: [{ cases: 1, examples: [caseId] }],
    });
  });

  test('dry-run › of a version that is not there › is a wrong call, in one line', async () => {
    const { code, out, err } = await tried({}, '--to', '9.9.9');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^himaya: .*test\.permit@9\.9\.9.*test\.permit@1\.1\.0.*\n$/);
  });

  test.each(['en', 'ar'])('dry-run › at 80 columns › fits, in %s', async (lang) => {
    const next = { ...permit, ...stuck, version: '1.1.0' };
    const definitions = { caseTypes: [permit, next], policies: [baseline] };
    const argv = ['dry-run', 'test.permit', '--store', store, '--lang', lang];
    const { out } = await himaya(argv, { definitions, columns: 80 });
    const lines = stripVTControlCharacters(out).split('\n');
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
  });
});
