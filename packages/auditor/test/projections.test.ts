// Read models as the command shows them: how far, in whose hand, what waits and why; and what it changes.
import { createEngine, projection, type Projection } from '@himaya/engine';
import { openSqliteReadStore, openSqliteStore } from '@himaya/event-store-sqlite';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseline, permit } from '../../testkit/test/permit.ts';
import { filledStore, himaya, scratch } from './command-line.ts';

const folder = scratch();
const path = folder.path('read.db');
const read = `sqlite:${path}`;
let store = '';

function counting(version: number, isBroken = false): Projection {
  return projection({
    name: 'counts',
    version,
    tables: { counts: { columns: { type: 'text', count: 'integer' }, key: ['type'] } },
    on: {
      CaseOpened: ({ event: { type }, rows }) => {
        if (isBroken) throw new RangeError('CANARY');
        rows.counts.put({ type, count: (rows.counts.get(type)?.count ?? 0) + 1 });
      },
    },
  });
}

/** Does something with an engine and a read store of the file. */
async function withRead(work: Parameters<typeof useRead>[1]): Promise<void> {
  await useRead(store.slice('sqlite:'.length), work);
}

async function useRead(
  file: string,
  work: (
    build: (one: Projection) => Promise<unknown>,
    readStore: ReturnType<typeof openSqliteReadStore>,
  ) => Promise<unknown>,
): Promise<void> {
  const log = openSqliteStore({ path: file, readOnly: true });
  const readStore = openSqliteReadStore({ path });
  const definitions = { caseTypes: [permit], policies: [baseline] };
  const engine = createEngine({ store: log, office: 'TST', ...definitions });
  try {
    await work((one) => engine.project(one, readStore).catchUp(), readStore);
  } finally {
    await readStore.close();
    await log.close();
  }
}

const call = (...more: readonly string[]) =>
  himaya(['projections', '--store', store, '--read', read, ...more]);

beforeAll(async () => {
  ({ store } = await filledStore(folder.path('log.db')));
});
afterAll(() => folder.remove());

describe('himaya projections', () => {
  test('where nothing was built › makes nothing, and says so', async () => {
    const missing = await call();
    expect([missing.code, existsSync(path)]).toEqual([3, false]);
    expect([(await call('--retry', 'counts@1')).code, existsSync(path)]).toEqual([3, false]);
    expect(missing.err).toMatch(/^himaya: [^\n]*no such file[^\n]*\n$/);
    await withRead(async () => undefined);
    expect((await call()).out).toBe('No projections.\n');
  });

  test('of what is built › shows versions, place, lag and who keeps them up', async () => {
    await withRead(async (build, readStore) => {
      await build(counting(1));
      await readStore.create(counting(2), counting(2).tables);
      await readStore.takeLease('projection counts v2', 'one', 3_600_000);
    });
    const { code, out } = await call();
    expect([code, out]).toEqual([0, expect.stringMatching(
      new RegExp(
        '^counts@1 {2}live\\n {2}position: \\d+\\n {2}behind: nothing\\n' +
          ' {2}kept up by a process: nobody\\n' +
          'counts@2 {2}being built\\n {2}position: -1\\n {2}behind: \\d+ entries\\n' +
          ' {2}kept up by a process: yes\\n$',
      ),
    )]);
    const json = JSON.parse((await call('--json')).out) as { projections: object[] };
    expect(json.projections).toMatchObject([
      { name: 'counts', version: 1, status: 'live', behind: 0, inHand: false, parked: [] },
      { name: 'counts', version: 2, status: 'building', position: '-1', inHand: true },
    ]);
  });

  test('of what waits › names event and reason in both languages, within 80 columns', async () => {
    await withRead((build) => build(counting(3, true)));
    for (const [language, said] of [
      ['en', '✗ waiting behind an event it could not take: 1 stream'],
      ['ar', '✗ تنتظر خلف حدث تعذر أخذه'],
    ] as const) {
      const { code, out } = await himaya(
        ['projections', '--store', store, '--read', read, '--lang', language],
        { columns: 80, environment: { NO_COLOR: '1' } },
      );
      expect(code).toBe(1);
      const plain = out.replaceAll(/[\u2066-\u2069]/g, '');
      expect(plain).toContain(said);
      expect(plain).toMatch(/case-\w+ \S+ 0 CaseOpened\n {6}it threw RangeError/);
      expect(plain).not.toContain('CANARY');
      for (const line of plain.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    }
  });

  test('asked to › tries again, switches and drops; the live version stays', async () => {
    expect((await call('--retry', 'counts@3')).out).toContain('CaseOpened (to be tried again)');
    await withRead((build) => build(counting(3)));
    expect((await call()).out).toMatch(/counts@3 {2}live/);
    const { out } = await call('--live', 'counts@1');
    expect(out).toMatch(/counts@1 {2}live[^]*counts@3 {2}replaced/);
    const stays = await call('--drop', 'counts@1');
    expect([stays.code, stays.err]).toEqual([
      2, 'himaya: counts@1 is read at present; make another version live before you drop it.\n',
    ]);
    expect((await call('--drop', 'counts@3')).out).not.toContain('counts@3');
  });

  test.each([
    ['no read store', 2, '--read needs the form', ['--read', 'nowhere']],
    ['a log in its place', 3, 'is not a read store', ['--read', 'STORE']],
    ['a version that is none', 2, 'NAME@VERSION', ['--drop', 'counts']],
    ['a version that is not there', 2, 'there are counts@1', ['--live', 'counts@9']],
  ])('with %s › ends with %i and one line', async (_what, code, said, more) => {
    const argv = more.map((one) => (one === 'STORE' ? store : one));
    for (const language of ['en', 'ar']) {
      const called = await call(...argv, '--lang', language);
      expect(called.code).toBe(code);
      expect(called.err).toMatch(/^himaya: [^\n]+\n$/);
      if (language === 'en') expect(called.err).toContain(said);
      else expect(called.err).toMatch(/[\u0600-\u06ff]/);
    }
  });

  test('with a store that is not there › changes nothing that it was asked to change', async () => {
    const told = async () => (await call('--json')).out;
    const before = await told();
    const [stands] = (JSON.parse(before) as { projections: { name: string; version: number }[] })
      .projections;
    for (const way of ['--live', '--drop', '--retry']) {
      for (const version of [1, 2]) {
        const argv = ['projections', '--store', `sqlite:${folder.path('none.db')}`, '--read', read];
        const called = await himaya([...argv, way, `counts@${version}`]);
        expect([2, 3]).toContain(called.code);
      }
    }
    expect(stands?.name).toBe('counts');
    expect(await told()).toBe(before);
  });
});
