// Copying a store with the command, to a file and to a server, and asking a server what a file is asked.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner, hasServer, testServer } from '../../event-store-postgres/test/server.ts';
import { filledStore, himaya, SCENARIO, scratch } from './command-line.ts';

const isHere = await hasServer();
const onServer = test.skipIf(!isHere);
const folder = scratch();
let store = '';
let caseId = '';

beforeAll(async () => {
  ({ store, caseId } = await filledStore(folder.path('source.db')));
});
afterAll(async () => {
  folder.remove();
  if (isHere) await (await testServer()).stop();
});

async function json(...argv: readonly string[]): Promise<Record<string, unknown>> {
  const { out } = await himaya([...argv, '--json']);
  return JSON.parse(out) as Record<string, unknown>;
}

const rootOf = async (of: string) => (await json('verify', '--store', of))['root'];

describe('himaya copy', () => {
  test('to a new file › brings the same log, and once more finds it there', async () => {
    const to = `sqlite:${folder.path('target.db')}`;
    const first = await himaya(['copy', '--from', store, '--to', to]);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('✓ both logs are the same, entry by entry');
    expect(await rootOf(to)).toBe(await rootOf(store));
    const again = await json('copy', '--from', store, '--to', to);
    expect(again).toMatchObject({ kind: 'copied', copied: 0, root: await rootOf(store) });
    expect(again['compared']).toBeGreaterThan(3);
  });

  test('to a file with another log › leaves it as it is, and ends with 1', async () => {
    const to = `sqlite:${folder.path('other.db')}`;
    // The same a year later: every entry is another one.
    const later = folder.path('later.yaml');
    writeFileSync(later, readFileSync(SCENARIO, 'utf8').replaceAll('2027-', '2028-'));
    await himaya(['scenario', 'run', later, '--store', to]);
    const before = await rootOf(to);
    for (const [language, said] of [
      ['en', '✗ the target holds another log; it was left as it is: case-'],
      ['ar', '✗ في الهدف سجل آخر، وترك كما هو: case-'],
    ] as const) {
      const argv = ['copy', '--from', store, '--to', to, '--lang', language];
      const { code, out } = await himaya(argv);
      expect([code, out.includes(said)]).toEqual([1, true]);
    }
    expect(await rootOf(to)).toBe(before);
  });

  test('from a file that is not there › makes none', async () => {
    const none = `sqlite:${folder.path('none.db')}`;
    const to = folder.path('unmade.db');
    const { error } = await json('copy', '--from', none, '--to', `sqlite:${to}`);
    expect(error).toMatchObject({ exitCode: 3, code: 'store-missing' });
    expect(existsSync(to)).toBe(false);
  });

  test('of a store to itself › is refused before anything is opened to write', async () => {
    const { code, err } = await himaya(['copy', '--from', store, '--to', store]);
    expect([code, err.includes('name the same store')]).toEqual([2, true]);
  });

  test('with a server named wrongly › says so without its password', async () => {
    const wrong = 'pgsql://clerk:secret-word@host/himaya';
    for (const argv of [['copy', '--from', wrong, '--to', store], ['verify', '--store', wrong]]) {
      const { code, err } = await himaya(argv);
      expect([code, err.includes('secret-word')]).toEqual([2, false]);
      expect(err).toContain('//…@host');
    }
    const nobody = 'postgres://clerk:secret-word@127.0.0.1:9/himaya';
    const { code, err } = await himaya(['cases', '--store', nobody]);
    expect([code, err.includes('secret-word')]).toEqual([3, false]);
    expect(err).toContain('127.0.0.1:9');
  });
});

describe('himaya store-sql', () => {
  test('with a name that is none › ends with 2 and prints no SQL', async () => {
    for (const option of ['--schema', '--role']) {
      const { code, out, err } = await himaya(['store-sql', option, 'x; DROP SCHEMA public']);
      expect([code, out, err.includes('DROP SCHEMA')]).toEqual([2, '', true]);
    }
  });
});

describe('a store on a server', () => {
  let server = '';
  beforeAll(async () => {
    if (!isHere) return;
    server = `${(await testServer()).url}?schema=copied`;
    await himaya(['copy', '--from', store, '--to', server]);
  });

  onServer('filled from a file › has its log, and gives it back', async () => {
    expect(await rootOf(server)).toBe(await rootOf(store));
    const back = `sqlite:${folder.path('back.db')}`;
    expect(await json('copy', '--from', server, '--to', back)).toMatchObject({ kind: 'copied' });
    expect(await rootOf(back)).toBe(await rootOf(store));
  });

  onServer.each([
    ['cases', []],
    ['history', ['CASE']],
    ['replay', ['CASE']],
    ['explain', ['CASE', '1']],
    ['options', ['CASE', '--as', 'CLK']],
    ['verify', []],
  ])('asked for %s › answers what the file answers', async (name, rest) => {
    const ask = (of: string) =>
      himaya([name, ...rest.map((word) => word.replace('CASE', caseId)), '--store', of]);
    const [onFile, onServerToo] = [await ask(store), await ask(server)];
    expect(onServerToo).toEqual(onFile);
    expect(onFile.code).toBe(0);
  });
});

describe('a schema of a server', () => {
  onServer('that holds another entry › is another log: the copy ends with 1', async () => {
    const url = (await testServer()).url;
    const cut = `${url}?schema=cut`;
    await himaya(['copy', '--from', store, '--to', cut]);
    // What only the owner of a database can do, and the application's role cannot.
    await asOwner(
      url,
      `ALTER TABLE cut.entries DISABLE TRIGGER ALL;
       DELETE FROM cut.entries
         WHERE global_position = (SELECT min(global_position) FROM cut.entries);
       ALTER TABLE cut.entries ENABLE TRIGGER ALL`,
    );
    const { code, out } = await himaya(['copy', '--from', store, '--to', cut]);
    expect([code, out.includes('✗ the target holds another log')]).toEqual([1, true]);
    const { code: badly, out: told } = await himaya(['copy', '--from', cut, '--to',
      `sqlite:${folder.path('from-cut.db')}`]);
    expect([badly, told.includes('✗ first bad entry')]).toEqual([1, true]);
  });

  onServer('created with what store-sql prints › is filled by the role it names', async () => {
    const { url } = await testServer();
    const { code, out } = await himaya(['store-sql', '--schema', 'by_hand', '--role', 'filler']);
    expect(code).toBe(0);
    await asOwner(url, `CREATE ROLE filler LOGIN PASSWORD 'filler'`);
    await asOwner(url, out);
    await asOwner(url, out);
    const as = new URL(`${url}?schema=by_hand`);
    [as.username, as.password] = ['filler', 'filler'];
    const copied = await json('copy', '--from', store, '--to', as.href);
    expect(copied).toMatchObject({ kind: 'copied', root: await rootOf(store) });
    const denied = new URL(as);
    denied.searchParams.set('schema', 'not_made');
    const { error } = await json('copy', '--from', store, '--to', denied.href);
    expect(error).toMatchObject({ code: 'store-denied' });
  });

  onServer('asked a question › is opened to read only', async () => {
    const url = (await testServer()).url;
    const none = await himaya(['cases', '--store', `${url}?schema=nobody_made_this`]);
    expect([none.code, none.err.includes('there is no store yet')]).toEqual([3, true]);
    const schemas = "SELECT 1 FROM pg_namespace WHERE nspname = 'nobody_made_this'";
    const [found] = await asOwner(url, schemas);
    expect(found?.rowCount).toBe(0);
  });
});
