// A problem of a scenario file: where it is and what was expected there, on one line.
import type { Text } from '@himaya/engine';
import { both, type Said } from './mistake.ts';

/** A step into a document: a key or an index. */
export type PathStep = string | number;
/** A place in a document. */
export type Path = readonly PathStep[];

/** Where text stands in a file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong, with its place. */
export interface Problem extends Place {
  /** The file as it was named. */
  readonly file: string;
  /** `steps[2].expect.refused`; empty for the file as a whole. */
  readonly path: string;
  /** What was expected, and what was found. */
  readonly message: Text;
}

/** `steps[2].input.plate`: a path as people write it. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const name = /^[\w$-]+$/.test(step) ? step : JSON.stringify(step);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** `FILE:LINE:COL path:`: what stands before the message, in every language. */
export function problemPlace({ file, line, column, path }: Problem): string {
  const place = `${file}:${line}:${column}`;
  return path === '' ? place : `${place} ${path}:`;
}

/** `FILE:LINE:COL path: message`: the one line that names a problem in English. */
export function problemText(problem: Problem): string {
  return `${problemPlace(problem)} ${problem.message.en}`;
}

/** Marks of direction and spaces that look like nothing, or like another space. */
const UNSEEN = /[\u00A0\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

const NOTHING = both('nothing', 'لا شيء');

/** A value as a message shows it: short, on one line, and nothing in it invisible. */
export function shown(value: unknown): Said {
  if (value === undefined) return NOTHING;
  const plain = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  const text = plain.replace(
    UNSEEN,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
