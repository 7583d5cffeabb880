// Reads the code blocks of README.md and of the pages under docs/, and the code that they quote.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block: ```` ```<language> <source> ````. */
export interface Block {
  /** `docs/concepts.md:12`. */
  readonly place: string;
  readonly language: string;
  /** What it quotes: `<file>` or `<file>#<region>`; of a text, the program that prints it. */
  readonly source: string;
  readonly text: string;
}

/** The pages that are held to the code: decision records tell of the past and are not. */
export function pages(): readonly string[] {
  const inDocs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...inDocs.sort().map((name) => `docs/${name}`)];
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string, text = readFileSync(join(ROOT, page), 'utf8')): Block[] {
  return [...text.matchAll(/^```(\S+)(?: (\S+))?\n(.*?)^```$/gms)].map((match) => ({
    place: `${page}:${text.slice(0, match.index).split('\n').length}`,
    language: match[1] ?? '',
    source: match[2] ?? '',
    text: match[3] ?? '',
  }));
}

/** The code that a source names: a file without its opening comment, or one region of it. */
export function quoted(source: string): string | undefined {
  const [path = '', region] = source.split('#');
  const text = readFileSync(join(ROOT, path), 'utf8');
  if (region === undefined) return text.replace(/^(\/\/.*\n)+/, '');
  const lines = text.split('\n');
  const isMark = (line: string, mark: string): boolean => line.trim() === mark;
  const from = lines.findIndex((line) => isMark(line, `// #region ${region}`));
  const to = lines.findIndex((line, at) => at > from && isMark(line, '// #endregion'));
  if (from < 0 || to < 0) return undefined;
  const inside = lines.slice(from + 1, to);
  const indents = inside.filter((line) => line !== '').map((line) => line.search(/\S/));
  const margin = Math.min(...indents);
  return `${inside.map((line) => line.slice(margin)).join('\n')}\n`;
}

/** The first line of `excerpt` that does not come next in `output`; `…` stands for any lines. */
export function missingLine(excerpt: string, output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim());
  let next = 0;
  let gap = true;
  for (const line of excerpt.trim().split('\n').map((one) => one.trim())) {
    const at = line === '…' ? next : lines.indexOf(line, next);
    if (at < 0 || (at > next && !gap)) return line;
    gap = line === '…';
    next = gap ? at : at + 1;
  }
  return undefined;
}
