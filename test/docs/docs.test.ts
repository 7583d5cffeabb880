// README.md and docs/ say what is true: their code is in the repository, and runs as they show it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '@himaya/auditor';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { runScenario } from '@himaya/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, missingLine, pages, quoted, ROOT } from './pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'himaya-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const blocks = pages().flatMap((page) => blocksOf(page));
const code = blocks.filter(({ language }) => language === 'ts');
const printed = blocks.filter(({ language, source }) => language === 'text' && source !== '');

it.each(code)('$place › quotes $source as it is', ({ source, text, place }) => {
  expect(source, `${place}: name the file that this quotes, after \`\`\`ts`).not.toBe('');
  expect(text).toBe(quoted(source));
});

it.each(printed)('$place › shows what $source prints', ({ source, text }) => {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const argv = [tsx, '--conditions=source', join(ROOT, source), join(folder, 'printed.db')];
  const env = { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '--no-warnings' };
  const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8', env });
  expect(stderr).toBe('');
  expect(stdout).toBe(text);
});

describe('commands in the pages', () => {
  const path = join(folder, 'sc-07.db');
  let caseId = '';

  beforeAll(async () => {
    const store = openSqliteStore({ path });
    const file = join(ROOT, 'test/scenarios/sc-07.yaml');
    const report = await runScenario({ file }, { store, caseTypes, policies });
    caseId = report.cases[0]?.caseId ?? '';
    await store.close();
  });

  const SHELL = 'npm run himaya -- ';
  const shown = blocks.flatMap((block, index) => {
    const lines = block.text.split('\n').filter((line) => line.startsWith(SHELL));
    if (block.language !== 'sh' || lines.length === 0) return [];
    const next = blocks[index + 1];
    const excerpt = next?.language === 'text' && next.source === '' ? next.text : '';
    return [{ place: block.place, lines, excerpt }];
  });

  it.each(shown)('$place › work as it says', async ({ lines, excerpt }) => {
    let output = '';
    const write = (text: string): boolean => ((output += text), true);
    const sink = { write, once: () => undefined };
    for (const line of lines) {
      const argv = line
        .slice(SHELL.length)
        .split(' ')
        .map((word) => word.replace('sqlite:FILE', `sqlite:${path}`).replace(/^CASE$/, caseId));
      const surroundings = { stdout: sink, stderr: sink, environment: {}, nowMs: 0 };
      const exit = await main(argv, { ...surroundings, definitions: { caseTypes, policies } });
      expect([line, exit, exit === 0 ? '' : output]).toEqual([line, 0, '']);
    }
    expect(missingLine(excerpt.replaceAll('CASE', caseId), output), output).toBeUndefined();
  });

  it('are shown at all', () => {
    expect([code.length > 5, printed.length > 0, shown.length > 3]).toEqual([true, true, true]);
  });
});

describe('reading pages', () => {
  it('a block › gives its language, its source and its place', () => {
    const [block] = blocksOf('docs/a.md', 'x\n\n```ts a.ts#b\nconst a = 1;\n```\n');
    expect(block).toEqual({
      place: 'docs/a.md:3',
      language: 'ts',
      source: 'a.ts#b',
      text: 'const a = 1;\n',
    });
  });

  it('an excerpt › must come in order, with gaps only where it says so', () => {
    const output = 'one\ntwo\nthree';
    expect(missingLine('one\n…\nthree', output)).toBeUndefined();
    expect(missingLine('two\nthree', output)).toBeUndefined();
    expect(missingLine('one\nthree', output)).toBe('three');
    expect(missingLine('three\none', output)).toBe('one');
    expect(missingLine('four', output)).toBe('four');
  });
});
