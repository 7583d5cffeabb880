// The command as programs call it: one JSON document also when it fails, pipes that close, colours.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filledStore, himaya, SCENARIO, scratch } from './command-line.ts';

const folder = scratch();
let store = '';
let caseId = '';
beforeAll(async () => {
  mkdirSync(folder.path('medium'));
  ({ store, caseId } = await filledStore(folder.path('medium/store.db')));
});
afterAll(() => folder.remove());

const escape = '\u001b';
const questions = (): readonly (readonly string[])[] => [
  ['cases'],
  ['history', caseId],
  ['replay', caseId],
  ['replay', '--all'],
  ['explain', caseId, '1'],
  ['options', caseId, '--as', 'SUP'],
  ['verify'],
];

describe('himaya --json', () => {
  test.each([
    ['an unknown case', 2, 'usage', ['replay', 'X']],
    ['an unknown option', 2, 'usage', ['cases', '--fancy']],
    ['a value that is missing', 2, 'usage', ['options', 'X', '--as']],
    ['no subcommand', 2, 'usage', []],
    ['a bad instant', 2, 'usage', ['replay', 'X', '--at', 'noon']],
  ])('himaya --json › of %s › is one document that says so', async (_, exitCode, code, argv) => {
    const called = await himaya([...argv, '--store', store, '--json']);
    expect(called.code).toBe(exitCode);
    expect(JSON.parse(called.out)).toEqual({
      error: { exitCode, code, message: expect.any(String) },
    });
    expect(called.err).toMatch(/^himaya: [^\n]+\n$/);
  });

  test('himaya --json › of a store that is missing › names the fault of the store', async () => {
    const argv = ['verify', '--store', `sqlite:${folder.path('none.db')}`, '--json'];
    const { code, out } = await himaya(argv);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ error: { exitCode: 3, code: 'store-missing' } });
  });

  test('himaya --json › of every question › is JSON alone, without colours', async () => {
    for (const argv of questions()) {
      const asked = [...argv, '--store', store, '--json'];
      const { code, out, err } = await himaya(asked, { environment: { FORCE_COLOR: '1' } });
      expect([argv, code, err]).toEqual([argv, 0, '']);
      const lines = out.trimEnd().split('\n');
      expect(lines).toHaveLength(argv[0] === 'history' ? 8 : 1);
      for (const line of lines) expect(typeof JSON.parse(line)).toBe('object');
      expect(out).not.toContain(escape);
    }
  });
});

describe('himaya in colour', () => {
  test.each([
    ['a terminal', true, { columns: 80 }],
    ['a pipe', false, {}],
    ['a terminal with NO_COLOR', false, { columns: 80, environment: { NO_COLOR: '1' } }],
    ['a terminal with NO_COLOR empty', true, { columns: 80, environment: { NO_COLOR: '' } }],
    ['a terminal that is dumb', false, { columns: 80, environment: { TERM: 'dumb' } }],
    ['a pipe with FORCE_COLOR', true, { environment: { FORCE_COLOR: '1' } }],
    ['a terminal with FORCE_COLOR=0', false, { columns: 80, environment: { FORCE_COLOR: '0' } }],
    ['a pipe with both', false, { environment: { FORCE_COLOR: '1', NO_COLOR: '1' } }],
  ])('himaya in colour › on %s › is %j', async (_, isColoured, options) => {
    const { out } = await himaya(['verify', '--store', store], options);
    expect(out.includes(escape)).toBe(isColoured);
  });
});

describe('himaya in a pipe', () => {
  test('himaya in a pipe › when the reader has gone › writes no more and ends well', async () => {
    const called = await himaya(['history', caseId, '--store', store], { readsMax: 2 });
    expect([called.code, called.err]).toEqual([0, '']);
    expect(called.out.trimEnd().split('\n')).toHaveLength(2);
  });

  test('himaya in a pipe › when the reader has gone › still ends with its verdict', async () => {
    const definitions = { caseTypes: [], policies: [] };
    const argv = ['replay', '--all', '--store', store];
    expect((await himaya(argv, { definitions, readsMax: 0 })).code).toBe(1);
  });

  test('himaya in a pipe › that closes at once › says nothing of it', async () => {
    const file = fileURLToPath(new URL('../src/himaya.ts', import.meta.url));
    const argv = ['--conditions=source', '--import', 'tsx', file, 'scenario', 'schema'];
    const child = spawn(process.execPath, argv, { env: { ...process.env, NODE_OPTIONS: '' } });
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, errors]).toEqual([0, '']);
  });
});

describe('himaya and files', () => {
  test('himaya and files › after every question › are as they were', async () => {
    const path = folder.path('medium');
    const state = () =>
      readdirSync(path).map((name) => [name, readFileSync(`${path}/${name}`, 'base64')]);
    const before = state();
    for (const argv of questions()) await himaya([...argv, '--store', store]);
    expect(state()).toEqual(before);
  });

  test.each([
    ['a scenario that is missing', 2, /: there is no such file\.$/m, () => 'no/such.yaml'],
    ['a scenario that is wrong', 1, /:1:\d+ /, () => folder.path('wrong.yaml')],
  ])('himaya and files › of %s › makes no store', async (_, ends, says, file) => {
    writeFileSync(folder.path('wrong.yaml'), 'scenario: 1\n');
    const path = folder.path('new.db');
    const argv = ['scenario', 'run', file(), '--store', `sqlite:${path}`];
    const { code, out, err } = await himaya(argv);
    expect([code, existsSync(path)]).toEqual([ends, false]);
    expect(out + err).toMatch(says);
  });

  test('himaya and files › of a scenario that runs › keeps the store', async () => {
    const path = folder.path('kept.db');
    expect((await himaya(['scenario', 'run', SCENARIO, '--store', `sqlite:${path}`])).code).toBe(0);
    expect(existsSync(path)).toBe(true);
  });
});
