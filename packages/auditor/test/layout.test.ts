// Text on a terminal: Arabic is measured by its letters, lines fit, and directions stay apart.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isolated, jsonLines, widthOf, wrapped } from '../src/layout.ts';
import { filledStore, himaya, SCENARIO, scratch } from './command-line.ts';

const folder = scratch();
let store = '';
let caseId = '';
beforeAll(async () => {
  ({ store, caseId } = await filledStore(folder.path('store.db')));
});
afterAll(() => folder.remove());

describe('widthOf', () => {
  test.each([
    ['', 0],
    ['case', 4],
    ['قضية', 4],
    ['قُدّم الطلب', 9],
    ['\u2068قضية\u2069', 4],
    ['\u001b[31mred\u001b[39m', 3],
    ['家族', 4],
  ])('widthOf › of %j › is %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe('layout', () => {
  test('wrapped › of a long text › breaks at spaces and loses nothing', () => {
    const text = 'one two three four five six seven eight nine ten';
    const lines = wrapped(text, 12);
    expect(lines.every((line) => widthOf(line) <= 12)).toBe(true);
    expect(lines.join(' ')).toBe(text);
    expect(wrapped('a-very-long-word b', 4)).toEqual(['a-very-long-word', 'b']);
  });

  test('jsonLines › of data with long texts › breaks between values only', () => {
    const data = {
      note: 'a text of many words, longer than the line; with "quotes", and \\ signs',
      list: [1, 2, 'two words', { deep: 'more words here' }],
      none: null,
    };
    const lines = jsonLines(data, 30);
    expect(JSON.parse(lines.join('\n'))).toEqual(data);
    expect(lines.join('')).toBe(JSON.stringify(data));
    expect(lines.filter((line) => widthOf(line) > 30)).toEqual([expect.stringContaining('note')]);
    expect(jsonLines({}, 30)).toEqual(['{}']);
  });

  test('isolated › of Arabic › is kept apart, and of English is as it was', () => {
    expect([isolated('قضية'), isolated('case 1')]).toEqual(['\u2068قضية\u2069', 'case 1']);
  });

  test.each([
    ['القضية 01ABC: تستحق 2027-05-09 10:00+03:00', ['01ABC', '2027-05-09 10:00+03:00']],
    ['القاعدة INV-02، offer/A-1 (عرض).', ['INV-02', 'offer/A-1']],
    ['\u001b[31m✗ مرفوض TOO_LONG\u001b[39m', ['TOO_LONG']],
    ['السياسة: T-COOL.consent = 48', ['T-COOL.consent', '48']],
  ])('isolated › of %j › keeps each name, number and time together', (text, runs) => {
    const found = [...isolated(text).matchAll(/\u2066([^\u2066\u2069]*)\u2069/g)];
    expect(found.map(([, run]) => run)).toEqual(runs);
    expect(isolated(text).replaceAll(/[\u2066-\u2069]/g, '')).toBe(text);
  });

  test('isolated › of a line that begins with a time › runs from left to right', () => {
    expect(isolated('   0  2027-05-09 القضية')).toMatch(/^\u2066 {3}\u20660\u2069/);
    expect(isolated('القضية 2027-05-09')).toMatch(/^\u2068/);
  });
});

describe('himaya on a terminal', () => {
  const calls = (): readonly (readonly string[])[] => [
    ['cases'],
    ['history', caseId, '--data'],
    ['replay', caseId],
    ['explain', caseId, '1'],
    ['options', caseId, '--as', 'SUP'],
  ];

  test.each([
    [80, 'en'],
    [120, 'en'],
    [80, 'ar'],
    [120, 'ar'],
  ])(
    'himaya on a terminal › of %i columns in %s › writes no longer line that could be broken',
    async (columns, lang) => {
      for (const argv of calls()) {
        const { code, out } = await himaya([...argv, '--store', store, '--lang', lang], {
          columns,
        });
        expect(code).toBe(0);
        const long = out.split('\n').filter((line) => widthOf(line) > columns);
        expect(long.filter((line) => line.trim().includes(' '))).toEqual([]);
      }
    },
  );

  test('himaya on a terminal › of the data of an event › breaks no text in it', async () => {
    const file = folder.path('long.yaml');
    const who = 'An applicant whose name is longer than the terminal is wide';
    writeFileSync(file, readFileSync(SCENARIO, 'utf8').replaceAll('Applicant', who));
    const own = `sqlite:${folder.path('long.db')}`;
    await himaya(['scenario', 'run', file, '--store', own]);
    const { out: list } = await himaya(['cases', '--store', own, '--json']);
    const [one] = (JSON.parse(list) as { cases: readonly { caseId: string }[] }).cases;
    const argv = ['history', one?.caseId ?? '', '--data', '--unredacted', '--store', own];
    const { out } = await himaya(argv, { columns: 40 });
    expect(out).toContain(`      "who":"${who}"`);
    expect(out.split('\n').filter((line) => line.split('"').length % 2 === 0)).toEqual([]);
  });

  test('himaya on a terminal › in Arabic › isolates each line with Arabic in it', async () => {
    const argv = ['explain', caseId, '1', '--store', store, '--lang', 'ar'];
    const { out } = await himaya(argv, { columns: 80 });
    const arabic = out.split('\n').filter((line) => /[\u0600-\u06ff]/.test(line));
    expect(arabic.length).toBeGreaterThan(5);
    expect(arabic.filter((line) => !/^ *[\u2066\u2068].*\u2069$/.test(line))).toEqual([]);
  });

  test('himaya on a terminal › and in a pipe › differ in colour and isolates only', async () => {
    const argv = ['scenario', 'run', SCENARIO, '--steps', '--lang', 'ar'];
    const { out: piped } = await himaya(argv);
    const { out: shown } = await himaya(argv, { columns: 500 });
    // oxlint-disable-next-line no-control-regex -- colours are control characters
    expect(shown.replaceAll(/\u001b\[[0-9;]*m|[\u2066-\u2069]/g, '')).toBe(piped);
    expect(['\u001b', '\u2066', '\u2068'].filter((one) => piped.includes(one))).toEqual([]);
  });
});
