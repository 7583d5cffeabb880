// What is wrong with the form of a YAML text, in words for people who write no programs.
import { isScalar, visit, type Document, type Node, type YAMLError } from 'yaml';

/** Something wrong at an offset of the text. */
export interface FormProblem {
  readonly offset: number;
  readonly message: string;
}

/** Problems of form that are told: what follows the first ones mostly follows from them. */
const FORM_PROBLEMS_MAX = 10;

/** Faults of the parser that are looked at: they come in thousands where brackets never end. */
const FAULTS_MAX = 100;

/** Control characters other than tab and line end: nobody types them, and nobody sees them. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

/** Everything wrong with the text before it is taken apart; nothing else is told then. */
export function textProblem(text: string): FormProblem | undefined {
  const offset = text.search(INVISIBLE);
  if (offset >= 0) {
    const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0');
    const found = `found an invisible character (U+${code})`;
    return { offset, message: `expected text, ${found}; remove it` };
  }
  if (/\r(?!\n)/.test(text)) {
    const message = 'expected lines that end with a line feed, found old Mac line ends';
    return { offset: text.search(/\r(?!\n)/), message };
  }
  const isEmpty = text.split('\n').every((line) => /^\uFEFF?\s*(#.*)?$/.test(line));
  return isEmpty ? { offset: 0, message: 'expected a scenario, found an empty file' } : undefined;
}

/** Everything wrong with the form of a document, one problem for each place. */
export function formProblems(text: string, document: Document): readonly FormProblem[] {
  const faults = [...document.errors, ...document.warnings].slice(0, FAULTS_MAX);
  if (faults.length === 0) return unreadable(document).slice(0, FORM_PROBLEMS_MAX);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  let last = Number.NEGATIVE_INFINITY;
  // One wrong line confuses the reading of the next: that is one problem, and not several.
  const apart = faults.filter(({ pos }) => {
    const line = lineOf(pos[0]);
    const follows = Math.abs(line - last) <= 1;
    last = line;
    return !follows;
  });
  return apart.slice(0, FORM_PROBLEMS_MAX).map((one) => ofFault(text, document, one));
}

/** Aliases that stand for nothing, and keys that YAML 1.1 knew and YAML 1.2 does not. */
function unreadable(document: Document): readonly FormProblem[] {
  const problems: FormProblem[] = [];
  visit(document, {
    Alias: (_key, node) => {
      if (node.resolve(document) !== undefined) return;
      const message = `expected a name given by &${node.source} above, found none`;
      problems.push({ offset: offsetOf(node), message: `${message}; write the value out` });
    },
    Pair: (_key, { key }) => {
      if (!isScalar(key) || key.value !== '<<') return;
      const message = 'expected every field written out, found "<<"; a scenario merges no fields';
      problems.push({ offset: offsetOf(key), message });
    },
  });
  return problems;
}

function offsetOf(node: unknown): number {
  return (node as Node).range?.[0] ?? 0;
}

function ofFault(text: string, document: Document, fault: YAMLError): FormProblem {
  const { code, message, pos } = fault;
  const offset = pos[0];
  const said = (words: string, at = offset): FormProblem => ({ offset: at, message: words });
  const indent = indentProblem(text, offset);
  if (indent) return indent;
  switch (code) {
    case 'DUPLICATE_KEY':
      return said('expected each key once, found this one again in the same place; remove one');
    case 'MULTIPLE_DOCS':
      return said(
        'expected one scenario in a file, found a second after ---; give it its own file',
      );
    case 'TAG_RESOLVE_FAILED':
      return said('expected plain values, found a tag (!); remove it, or put the text in quotes');
    case 'BAD_SCALAR_START': {
      const found = JSON.stringify(text.charAt(offset));
      return said(`expected a text that begins otherwise, found ${found}; put the text in quotes`);
    }
    case 'BAD_DQ_ESCAPE':
      return said('expected text in quotes, found a \\ in it that means nothing; write \\\\');
    case 'BAD_DIRECTIVE':
      return said('expected a scenario, found a line that begins with %; remove it');
    case 'BLOCK_IN_FLOW':
      return said('expected one value in { } or [ ], found a second ": "; put the text in quotes');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return valueProblem(text, offset);
    case 'MULTILINE_IMPLICIT_KEY':
      return said('expected "key: value" (a colon and a space), found a line without; add it');
    case 'MISSING_CHAR':
    case 'BAD_INDENT':
      return unclosed(text, document, fault) ?? said(columnText(message));
    case 'UNEXPECTED_TOKEN':
      return said('expected nothing more here; put the text in quotes, or check the indentation');
    default:
      if (/call stack/.test(message)) return said(`expected a scenario, found ${NESTS}`);
      return said(`expected YAML, found ${message.charAt(0).toLowerCase()}${message.slice(1)}`);
  }
}

/** What stands before the first letter of a line, where only spaces may stand. */
function indentProblem(text: string, offset: number): FormProblem | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [indent = ''] = /^[^\S\n]*/.exec(text.slice(start)) ?? [];
  const at = indent.search(/[^ \r]/);
  if (at < 0) return undefined;
  const found = indent[at] === '\t' ? 'a tab' : 'a space of another kind';
  const message = `expected spaces at the start of the line, found ${found}; type spaces instead`;
  return { offset: start + at, message };
}

/** A value that goes on as if it were a key: a colon in it, or a next line too far to the right. */
function valueProblem(text: string, offset: number): FormProblem {
  const end = text.indexOf('\n', offset);
  const [line, next] = [text.slice(offset, end < 0 ? undefined : end), end + 1];
  if (/^\s*-(\s|$)/.test(line)) return { offset: offset + line.search(/-/), message: OTHER_DASH };
  if (/:(\s|$)/.test(line)) {
    const message = 'expected one value, found a second ": " in it; put the text in quotes';
    return { offset, message };
  }
  if (end < 0) return { offset, message: ELSEWHERE };
  const indent = indentProblem(text, next);
  if (indent) return indent;
  const [spaces = ''] = /^ */.exec(text.slice(next)) ?? [];
  const message = 'expected this line to begin under the one above, found it further to the right';
  return { offset: next + spaces.length, message };
}

function columnText(message: string): string {
  if (/sequence items must start/.test(message)) return OTHER_DASH;
  if (message.startsWith('Sequence item without')) {
    return 'expected "- " or a line that stands under the keys of the step above, found neither';
  }
  return ELSEWHERE;
}

const NESTS = 'brackets or lines that nest without end';
const ELSEWHERE = 'expected this line to begin under the keys above it, found it in another column';
const OTHER_DASH =
  'expected this "-" to stand under the dashes above it, found it in another column';

/** Where the quote or bracket was opened that nothing closes. */
function unclosed(text: string, document: Document, fault: YAMLError): FormProblem | undefined {
  if (!/closing|end with/.test(fault.message)) return undefined;
  let found: FormProblem | undefined;
  visit(document, {
    Node: (_key, node) => {
      const [start, end] = node.range ?? [0, 0];
      const open = text.charAt(start);
      const close = { '"': '"', "'": "'", '{': '}', '[': ']' }[open];
      if (close === undefined || (text.charAt(end - 1) === close && end - 1 > start)) return;
      // The innermost one is named: those around it end where it does.
      const message = `expected a ${close} that closes this ${open}, found none`;
      found = { offset: start, message };
    },
  });
  return found;
}
