// How the command ends when something is wrong: one clear line, and a code that says what it was.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyStore, filledIn, filledStore, himaya, SCENARIO, scratch } from './command-line.ts';

const folder = scratch();
let store = '';
let caseId = '';
beforeAll(async () => {
  ({ store, caseId } = await filledStore(folder.path('store.db')));
  writeFileSync(folder.path('text.db'), 'this is no store');
  writeFileSync(folder.path('empty.db'), '');
});
afterAll(() => folder.remove());

const fill = (argv: readonly string[]): readonly string[] =>
  filledIn(argv, { STORE: store, CASE: caseId, DIR: folder.path('.') });

describe('himaya', () => {
  test.each([
    [
      'an option is unknown',
      2,
      ['cases', '--store', 'STORE', '--fancy'],
      "unknown option '--fancy'",
    ],
    ['an option is misspelt', 2, ['cases', '--stroe', 'STORE'], '(Did you mean --store?)'],
    ['a subcommand is unknown', 2, ['vrify'], "unknown command 'vrify' (Did you mean verify?)"],
    ['no store is given', 2, ['cases'], 'esdb://HOST or kurrentdb://HOST; none was given'],
    [
      'the store has another form',
      2,
      ['cases', '--store', 'postgres:x'],
      'or kurrentdb://HOST; found "postgres:x"',
    ],
    [
      'a language is unknown',
      2,
      ['cases', '--store', 'STORE', '--lang', 'fr'],
      'Allowed choices are en, ar;',
    ],
    [
      'a limit is no number',
      2,
      ['cases', '--store', 'STORE', '--limit', 'x'],
      'It is not a whole number',
    ],
    ['the case is unknown', 2, ['history', 'X', '--store', 'STORE'], 'no case "X" in'],
    ['the case is no name at all', 2, ['replay', '../x', '--store', 'STORE'], 'no case "../x" in'],
    [
      'the case of an explanation is unknown',
      2,
      ['explain', 'X', '0', '--store', 'STORE'],
      'no case "X" in',
    ],
    [
      'the position is beyond the end',
      2,
      ['explain', 'CASE', '99', '--store', 'STORE'],
      'has positions 0 to 7; there is no 99',
    ],
    [
      'the position of a replay is beyond the end',
      2,
      ['replay', 'CASE', '--position', '99', '--store', 'STORE'],
      'has positions 0 to 7; there is no 99',
    ],
    [
      'the position is negative',
      2,
      ['replay', 'CASE', '--position', '-1', '--store', 'STORE'],
      'It is not a whole number',
    ],
    [
      'the instant has no zone',
      2,
      ['replay', 'CASE', '--at', '2027-05-09', '--store', 'STORE'],
      '--at needs an instant with a zone',
    ],
    [
      'the instant is before the case',
      2,
      ['replay', 'CASE', '--at', '2020-01-01T00:00:00Z', '--store', 'STORE'],
      'nothing of case',
    ],
    [
      'two pasts are asked for',
      2,
      ['replay', 'CASE', '--at', '2028-01-01T00:00:00Z', '--position', '1', '--store', 'STORE'],
      'exclude each other',
    ],
    ['nothing says which case', 2, ['replay', '--store', 'STORE'], 'replay takes a CASE, or --all'],
    [
      'the role is unknown',
      2,
      ['options', 'CASE', '--as', 'KING', '--store', 'STORE'],
      'no role "KING"; there are CLK, SUP.',
    ],
    [
      'two scenarios share a store',
      2,
      ['scenario', 'run', 'a', 'b', '--store', 'sqlite:DIR/n.db'],
      '--store takes one scenario',
    ],
    ['there is no such scenario', 2, ['scenario', 'run', 'DIR/no.yaml'], 'there is no such file'],
    ['the scenario is a folder', 2, ['scenario', 'run', 'DIR'], 'it cannot be read (EISDIR)'],
    [
      'the log root is none',
      2,
      ['verify', '--store', 'STORE', '--since', '12:x'],
      '--since needs a log root as verify prints it, ENTRIES:HASH; found "12:x"',
    ],
    [
      'the schema cannot be written',
      2,
      ['scenario', 'schema', '--out', 'DIR/no/such/file'],
      'cannot write',
    ],
    [
      'there is no such file',
      3,
      ['verify', '--store', 'sqlite:DIR/none.db'],
      'there is no such file',
    ],
    ['it is given too much', 2, ['verify', 'CASE', '--store', 'STORE'], 'Expected 0 arguments'],
    ['the file is a folder', 3, ['verify', '--store', 'sqlite:DIR'], 'it is not a file'],
    [
      'the file is no store',
      3,
      ['cases', '--store', 'sqlite:DIR/text.db'],
      'it is not a SQLite database',
    ],
    ['the file is empty', 3, ['cases', '--store', 'sqlite:DIR/empty.db'], 'Cannot open the store'],
    [
      'the folder of a new store is missing',
      3,
      ['scenario', 'run', SCENARIO, '--store', 'sqlite:DIR/no/n.db'],
      'the folder does not exist',
    ],
  ])('himaya › when %s › ends with %i and one line', async (_, code, argv, message) => {
    const called = await himaya(fill(argv));
    expect(called.err).toContain(message);
    expect(called.err).toMatch(/^himaya: [^\n]+\n$/);
    expect(called.err).not.toMatch(/\n +at |[.,];|\. [a-z]/);
    expect([called.code, called.out]).toEqual([code, '']);
  });

  test('himaya › when a scenario is told to use a store with entries › ends with 1', async () => {
    const { code, out } = await himaya(['scenario', 'run', SCENARIO, '--store', store]);
    expect(code).toBe(1);
    expect(out).toContain('expected an empty store, found entries in it');
  });

  test('himaya › when nothing is asked › shows its help and ends with 2', async () => {
    const { code, err } = await himaya([]);
    expect(code).toBe(2);
    expect(err).toContain('Usage: himaya');
  });

  test.each([[['--help']], [['replay', '--help']], [['scenario', 'run', '--help']]])(
    'himaya › when %j is asked › explains itself and ends with 0',
    async (argv) => {
      const { code, out, err } = await himaya(argv);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('Usage: himaya');
    },
  );

  test('himaya › in its help › documents the exit codes', async () => {
    const { out } = await himaya(['--help']);
    for (const code of [0, 1, 2, 3, 4]) expect(out).toContain(`  ${code}  `);
  });

  test('himaya › of any reading subcommand › leaves the file as it was', async () => {
    const path = folder.path('store.db');
    const before = readFileSync(path);
    for (const argv of [
      ['cases'],
      ['history', caseId],
      ['replay', caseId],
      ['replay', '--all'],
      ['explain', caseId, '1'],
      ['options', caseId, '--as', 'SUP'],
      ['verify'],
    ]) {
      expect((await himaya([...argv, '--store', store])).code).toBe(0);
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('himaya verify', () => {
  test('himaya verify › when a byte was changed › names the place and why', async () => {
    const path = folder.path('changed.db');
    copyStore(folder.path('store.db'), path);
    const bytes = readFileSync(path);
    // A page that was split may still hold a copy that nothing refers to: all are changed.
    const find = '"what":"garden"';
    for (let at = bytes.indexOf(find); at >= 0; at = bytes.indexOf(find, at + 1)) {
      bytes.write('"what":"gorden"', at);
    }
    writeFileSync(path, bytes);
    const { code, out, err } = await himaya(['verify', '--store', `sqlite:${path}`]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain(`first bad entry: case-${caseId} position 1: bytes-changed: `);
    const found = await himaya(['verify', '--store', `sqlite:${path}`, '--json']);
    expect(JSON.parse(found.out)).toMatchObject({
      intact: false,
      firstBad: { stream: `case-${caseId}`, position: 1, reason: { code: 'bytes-changed' } },
    });
  });

  test('himaya verify › when the file is cut short › ends with one line', async () => {
    const path = folder.path('cut.db');
    const bytes = readFileSync(folder.path('store.db'));
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
    const { code, out, err } = await himaya(['verify', '--store', `sqlite:${path}`]);
    expect([1, 3]).toContain(code);
    expect(out + err).toMatch(/^(himaya: |✗ )[^\n]+\n/);
  });
});
