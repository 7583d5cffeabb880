// The demo as a reader meets it: what it shows, in both languages, and that what it names works.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '@himaya/auditor';
import { caseTypes, policies } from '@himaya/family-protection';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDemo } from './demo.ts';
import { asked, STORIES } from './stories.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'himaya-demo-'));
let shown = '';
let code = -1;
const sink = {
  write: (text: string) => {
    shown += text;
    return true;
  },
  once: () => undefined,
};

beforeAll(async () => {
  code = await runDemo(sink, {}, { stories: STORIES, language: 'en', folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the demo', () => {
  test('the demo › when it has run › ends well and says where the files are', () => {
    expect(code).toBe(0);
    const run = readdirSync(folder)[0] ?? '';
    const files = STORIES.map((story) => join(run, `${story}.db`));
    expect(files.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    expect(files.filter((file) => !shown.includes(file))).toEqual([]);
    expect(shown).toContain(`The files are in ${join(folder, run)}`);
  });

  test('the demo › of each story › says its title, in the order they are told', () => {
    const titles = shown.split('\n').filter((line) => line.startsWith('━━ '));
    expect(titles.map((line) => line.slice(3, 8))).toEqual(['SC-07', 'SC-01', 'SC-02', 'SC-03']);
    expect(titles[1]).toMatch(/^━━ SC-01 · High-risk intimate-partner violence: /);
  });

  test.each([
    ['SC-01', 'RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER (INV-01)'],
    ['SC-02', 'SETTLEMENT_CLAUSE_FORBIDDEN (INV-34)'],
    ['SC-03', 'WAIVER_NOT_PERMITTED (INV-19)'],
  ])('the demo › of %s › shows the refusal that it is told for', (story, refusal) => {
    const own = shown.split('━━ ').find((part) => part.startsWith(story)) ?? '';
    const lines = own.split('\n');
    const at = lines.findIndex((line) => line.includes(`refused ${refusal}`));
    expect(lines[at + 1]).toMatch(/^ {6}[A-Z].*\.$/);
    expect(lines[at + 2]).toMatch(/^ {6}[\u0600-\u06ff].*\.$/);
    expect(own).toContain('✓ the replay agrees with the record');
  });

  test('the demo › of a step › shows time, actor, command, events and deadlines', () => {
    expect(shown).toContain('2027-05-09 09:00+03:00  int1 (INT)  RegisterComplaint [alley]');
    expect(shown).toMatch(/✓ recorded .*ComplaintRegistered \(Complaint registered\)/);
    expect(shown).toMatch(/armed T-COMM-VISIT \(.+\), due 2027-05-12 14:15\+03:00/);
  });

  test('the demo › of a command › shows what was put into it', () => {
    const lines = shown.split('\n');
    const at = lines.findIndex((line) => line.includes('OfferMediation'));
    expect(lines[at + 1]).toBe('    parties: [A, B, C, D, E, F], offeredSeparately: true');
    expect(shown).toContain('basis: { kind: legal, code: municipalNuisance }, fieldsShared: [');
    expect(shown).toContain('plate: "123456", narrative: Cars stand so that');
  });

  test('the demo › of a refusal › shows its rule in English and in Arabic', () => {
    const lines = shown.split('\n');
    const at = lines.findIndex((line) => line.includes('refused GRADUATED_RESPONSE_SKIPPED'));
    expect(lines[at - 2]).toContain('2027-06-08 08:30+03:00  cp1 (CP)  RequestViolationTicket');
    expect(lines[at + 1]).toMatch(/^ {6}[A-Z][a-z ]+.*\.$/);
    expect(lines[at + 2]).toMatch(/^ {6}[\u0600-\u06ff].*\.$/);
  });

  test('the demo › at its end › replays the case and verifies the file', () => {
    expect(shown).toContain('✓ the replay agrees with the record');
    expect(shown.match(/✓ the record is intact: \d+ entries/g)).toHaveLength(STORIES.length);
  });

  test('the demo › asked for Arabic › speaks it, in sentences, names and answers', async () => {
    const before = shown;
    shown = '';
    const ended = await runDemo(sink, {}, { stories: ['sc-03'], language: 'ar', folder });
    const arabic = shown;
    shown = before;
    expect(ended).toBe(0);
    expect(arabic).toContain('━━ SC-03 · واقعة جديدة توقف الصلح ورفض تنازل تحت الإكراه');
    expect(arabic).toContain('والآن من الملف وحده:');
    expect(arabic).not.toMatch(/recorded|refused|Now from|The record|Try next/);
  });

  test('what is asked for › stories, a language and a folder › is told apart', () => {
    expect(asked([])).toEqual({ stories: STORIES, language: 'en' });
    expect(asked(['sc-03', 'sc-01'])).toEqual({ stories: ['sc-01', 'sc-03'], language: 'en' });
    const all = { stories: ['sc-02'], language: 'ar', folder: 'there' };
    expect(asked(['--lang', 'ar', '--', 'there', 'sc-02'])).toEqual(all);
    expect(() => asked(['sc-99'])).toThrow('"sc-99" is not known');
    expect(() => asked(['--langs', 'ar'])).toThrow('"--langs" is not known');
    expect(() => asked(['here', 'there'])).toThrow('"there" is not known');
  });

  test('the demo › in a pipe › writes no colours and no isolates', () => {
    expect(['\u001b', '\u2068'].filter((one) => shown.includes(one))).toEqual([]);
  });

  test('the demo › when each command that it names is tried › it works', async () => {
    const commands = shown.split('\n').filter((line) => /^( {2}|\$ )npm run himaya -- /.test(line));
    expect(commands.length).toBeGreaterThanOrEqual(8);
    const quiet = { write: () => true, once: () => undefined };
    for (const command of commands) {
      const argv = command.slice('  npm run himaya -- '.length).split(' ');
      const surroundings = { stdout: quiet, stderr: sink, environment: {}, nowMs: 0 };
      const definitions = { caseTypes, policies };
      expect([argv, await main(argv, { ...surroundings, definitions })]).toEqual([argv, 0]);
    }
  });

  test('the demo › when its reader goes away › ends without a word', async () => {
    const tsx = ['--conditions=source', '--import', 'tsx'];
    const argv = [...tsx, join(ROOT, 'examples/demo/main.ts'), 'sc-07', folder];
    const child = spawn(process.execPath, argv, { cwd: ROOT, env: { ...process.env } });
    child.stdout.once('data', () => child.stdout.destroy());
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    const [status] = (await once(child, 'close')) as [number];
    expect([status, errors]).toEqual([0, '']);
  });

  test('the demo › as a command › begins with what it is and ends well', () => {
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    const script = join(ROOT, 'examples/demo/main.ts');
    const argv = [tsx, '--conditions=source', script, 'sc-07', folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '' },
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Himaya: cases of the office, each on a file of its own/);
  });
});
