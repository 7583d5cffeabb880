// The command in Arabic: also what goes wrong is said in it, and lists are written as Arabic writes them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filledIn, filledStore, himaya, SCENARIO, scratch } from './command-line.ts';

const folder = scratch();
let store = '';
let caseId = '';
beforeAll(async () => {
  ({ store, caseId } = await filledStore(folder.path('store.db')));
  writeFileSync(folder.path('text.db'), 'this is no store');
});
afterAll(() => folder.remove());

const fill = (argv: readonly string[]): readonly string[] =>
  filledIn(argv, { STORE: store, CASE: caseId, DIR: folder.path('.') });

/** What may stand in Arabic as it is: names, paths, ids, instants, options, and what was typed. */
const TYPED = /"[^"]*"|--[\w-]+|sqlite:PATH|ENTRIES:HASH|[\w./+:~-]*[\d./:-][\w./+:~-]*/g;
const NAMES = /\b(?:himaya|verify|replay|stroe|vrify|CLK|SUP|store|case|role|count)\b/g;

/** A source is cited as it is called. */
const CITATION = 'Rules of the test, 1';

describe('himaya --lang ar', () => {
  test.each<[what: string, code: number, message: string, ...argv: string[]]>([
    ['an unknown option', 2, 'خيار غير معروف --fancy', 'cases', '--store', 'STORE', '--fancy'],
    ['a misspelt option', 2, 'هل تقصد --store؟', 'cases', '--stroe', 'STORE'],
    ['an unknown subcommand', 2, 'أمر فرعي غير معروف vrify؛ هل تقصد verify؟', 'vrify'],
    ['no store', 2, 'esdb://HOST أو kurrentdb://HOST؛ لم يذكر شيء', 'cases'],
    ['another store', 2, 'وجد "pg:x"', 'cases', '--store', 'pg:x'],
    ['a limit that is no number', 2, '<count>، وجد "x"؛ المطلوب عدد صحيح من 0؛', 'cases',
      '--store', 'STORE', '--limit', 'x'],
    ['a missing argument', 2, 'وسيط ناقص case', 'history', '--store', 'STORE'],
    ['a missing option', 2, 'خيار لازم ناقص', 'options', 'CASE', '--store', 'STORE'],
    ['too many arguments', 2, 'وسائط زائدة', 'verify', 'CASE', '--store', 'STORE'],
    ['an unknown case', 2, 'لا قضية "X"', 'history', 'X', '--store', 'STORE'],
    ['a position beyond the end', 2, 'من 0 إلى 7', 'explain', 'CASE', '99', '--store', 'STORE'],
    ['an instant without a zone', 2, '--at يحتاج إلى وقت', 'replay', 'CASE', '--at', '2027-05-09',
      '--store', 'STORE'],
    ['an instant before the case', 2, 'لم يكن قد سجل شيء', 'replay', 'CASE', '--at',
      '2020-01-01T00:00:00Z', '--store', 'STORE'],
    ['two pasts', 2, 'لا يجتمعان', 'replay', 'CASE', '--at', '2028-01-01T00:00:00Z',
      '--position', '1', '--store', 'STORE'],
    ['a past of all cases', 2, 'القضايا كاملة', 'replay', '--all', '--position', '1',
      '--store', 'STORE'],
    ['no case to replay', 2, 'يحتاج replay إلى رقم قضية', 'replay', '--store', 'STORE'],
    ['an unknown role', 2, 'الأدوار هي CLK، SUP', 'options', 'CASE', '--as', 'KING',
      '--store', 'STORE'],
    ['no log root', 2, '--since يحتاج إلى جذر سجل', 'verify', '--store', 'STORE', '--since', 'x'],
    ['a missing scenario', 2, 'لا يوجد ملف بهذا الاسم', 'scenario', 'run', 'DIR/no.yaml'],
    ['scenarios that share a store', 2, 'لسيناريو واحد', 'scenario', 'run', SCENARIO, SCENARIO,
      '--store', 'sqlite:DIR/n.db'],
    ['a missing file', 3, 'store-missing: لا يوجد مخزن', 'verify', '--store', 'sqlite:DIR/none.db'],
    ['no store to copy', 2, '--from يحتاج إلى الصيغة', 'copy', '--to', 'sqlite:DIR/n.db'],
    ['a store copied to itself', 2, 'يسميان المخزن نفسه', 'copy', '--from', 'STORE', '--to',
      'STORE'],
    ['no server there', 3, 'store-unreachable: الخادم لا يجيب', 'cases', '--store',
      'postgres://127.0.0.1:9/himaya'],
    ['a schema of no name', 2, 'option-invalid: لا يفتح مخزن', 'cases', '--store',
      'postgres://127.0.0.1:9/himaya?schema=A-B'],
    ['a file that is no store', 3, 'store-foreign: ما وجد ليس مخزنا', 'cases', '--store',
      'sqlite:DIR/text.db'],
  ])('%s › ends with %i and one line in Arabic', async (_, code, message, ...argv) => {
    for (const language of [['--lang', 'ar'], ['--lang=ar']]) {
      const called = await himaya([...fill(argv), ...language]);
      expect(called.code).toBe(code);
      expect(called.err).toMatch(/^himaya: [^\n]+\n$/);
      expect(called.err).toContain(message);
      const rest = called.err.replaceAll(TYPED, '').replaceAll(NAMES, '');
      expect(rest).not.toMatch(/[A-Za-z]{2,}/);
    }
  });

  test('help › is said in Arabic, of every subcommand', async () => {
    const help = [[], ['cases'], ['history'], ['replay'], ['explain'], ['options'], ['verify'],
      ['chart'], ['scenario'], ['scenario', 'run'], ['scenario', 'schema']];
    for (const argv of help) {
      const { code, out } = await himaya([...argv, '--help', '--lang', 'ar']);
      expect(code).toBe(0);
      expect(out).toMatch(/^الاستخدام: himaya .*\n\n[\u0600-\u06ff]/);
      expect(out).not.toMatch(/Usage|Options|Commands|Arguments|choices|default|shows|\n\n\n/);
      const english = await himaya([...argv, '--help']);
      expect([english.code, /[\u0600-\u06ff]/.test(english.out)]).toEqual([0, false]);
      const named = (text: string) => text.match(/^ {2}\S+/gm)?.length;
      expect(named(out)).toBe(named(english.out));
    }
    const { code, err } = await himaya(['--lang', 'ar']);
    expect([code, err]).toEqual([2, expect.stringContaining('الأوامر:\n  scenario')]);
  });

  test('the language › may stand before the subcommand', async () => {
    const { code, out } = await himaya(['--lang', 'ar', 'verify', '--store', store]);
    expect([code, out]).toEqual([0, expect.stringContaining('السجل سليم')]);
  });

  test('another language › is told with those that there are', async () => {
    const { code, err } = await himaya(['cases', '--lang', 'ar', '--lang=fr', '--store', store]);
    expect([code, err]).toEqual([2, expect.stringContaining('وجد "fr"؛ القيم هي en، ar؛ انظر')]);
  });

  test('an option without a value › is said in Arabic', async () => {
    const { code, err } = await himaya(['options', caseId, '--lang', 'ar', '--as']);
    expect([code, err]).toEqual([2, expect.stringContaining('خيار بلا قيمة --as <role>')]);
  });

  test('a failure as JSON › says it in Arabic, too', async () => {
    const { out } = await himaya(['history', 'X', '--store', store, '--json', '--lang', 'ar']);
    expect(JSON.parse(out)).toMatchObject({
      error: { exitCode: 2, code: 'usage', message: expect.stringContaining('لا قضية "X"') },
    });
  });

  test('every question › has no comma or semicolon of English', async () => {
    for (const argv of [['cases'], ['history', caseId], ['replay', caseId], ['verify'],
      ['explain', caseId, '1'], ['explain', caseId, '3'], ['options', caseId, '--as', 'SUP']]) {
      const { out } = await himaya([...argv, '--store', store, '--lang', 'ar']);
      expect(out.replaceAll(CITATION, '')).not.toMatch(/[,;] /);
    }
    const steps = await himaya(['scenario', 'run', SCENARIO, '--steps', '--lang', 'ar']);
    expect(steps.out.replaceAll(CITATION, '')).not.toMatch(/[,;] /);
  });
});

test('a step whose input is wrong › names what is wrong in the language asked for', async () => {
  const file = folder.path('wrong-input.yaml');
  writeFileSync(file, readFileSync(SCENARIO, 'utf8').replace(/^steps:[^]*/m, `steps:
  - at: 2027-05-09T09:00:00+03:00
    by: clerk
    command: Ask
    input: { what: 7 }
    expect: { refused: [INPUT_INVALID] }
`));
  for (const [lang, problem] of [
    ['ar', 'what: المطلوب نص'],
    ['en', 'what: Invalid input: expected string, received number'],
  ] as const) {
    const { code, out } = await himaya(['scenario', 'run', file, '--steps', '--lang', lang]);
    expect([out, code]).toEqual([expect.stringContaining(`      ${problem}\n`), 0]);
  }
});

test('a scenario that is wrong › is told in the language asked for', async () => {
  const file = folder.path('wrong.yaml');
  const text = readFileSync(SCENARIO, 'utf8');
  for (const [find, replace, ar, en] of [
    ['by: clerk', 'by: clark',
      'المتوقع اسم من fixtures.staff، والموجود "clark"؛ هل تقصد "clerk"؟',
      'expected a name from fixtures.staff, found "clark"; did you mean "clerk"?'],
    ['accepted: [Inspected]', 'refused: [TOO_MANY]',
      'المتوقع [TOO_MANY] دون غيرها، والموجود أنه قبل وسجل [Inspected]',
      'expected exactly [TOO_MANY], found it accepted with [Inspected]'],
  ] as const) {
    writeFileSync(file, text.replace(find, replace));
    for (const [lang, message] of [['ar', ar], ['en', en]] as const) {
      const argv = ['scenario', 'run', file, '--lang', lang];
      const { code, out } = await himaya(argv);
      expect([out, code]).toEqual([expect.stringContaining(`: ${message}\n`), 1]);
      const { scenarios } = JSON.parse((await himaya([...argv, '--json'])).out) as {
        readonly scenarios: readonly { readonly problems: readonly unknown[] }[];
      };
      expect(scenarios[0]?.problems[0]).toMatchObject({ message });
    }
  }
});

test('a retry and a preview › say that nothing was recorded by them', async () => {
  const file = folder.path('retry.yaml');
  writeFileSync(file, readFileSync(SCENARIO, 'utf8').replace(/^steps:[^]*/m, `steps:
  - { by: clerk, command: Ask, id: once, input: { what: garden, who: a } }
  - { by: clerk, command: Ask, id: once, input: { what: garden, who: a } }
  - { by: clerk, command: Ask, preview: true, input: { what: garden, who: a } }
`));
  for (const [lang, retried, previewed] of [
    ['ar', '✓ مقبول، ولم يسجل شيء جديد', '✓ سيقبل، ولم يسجل شيء'],
    ['en', '✓ accepted; nothing new was recorded', '✓ would be accepted; nothing was recorded'],
  ] as const) {
    const { code, out } = await himaya(['scenario', 'run', file, '--steps', '--lang', lang]);
    const said = out.split('\n').filter((line) => line.startsWith('    ✓'));
    expect([code, ...said.slice(1)]).toEqual([0, `    ${retried}`, `    ${previewed}`]);
  }
});

test('the words of the command › carry no vowel signs', () => {
  const source = fileURLToPath(new URL('../src', import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(10);
  for (const name of files) {
    const text = readFileSync(`${source}/${name}`, 'utf8');
    expect([name, /[\u064b-\u0652\u0670]/.exec(text)?.index]).toEqual([name, undefined]);
  }
});
