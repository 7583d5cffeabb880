// What is wrong with the form of a YAML text, in words for people who write no programs.
import type { Text } from '@himaya/engine';
import { isScalar, visit, type Document, type Node, type YAMLError } from 'yaml';
import * as words from './form-words.ts';

const { FORM } = words;

/** Something wrong at an offset of the text. */
export interface FormProblem {
  readonly offset: number;
  readonly message: Text;
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
    return { offset, message: words.invisible(code) };
  }
  if (/\r(?!\n)/.test(text)) {
    return { offset: text.search(/\r(?!\n)/), message: FORM.oldLineEnds };
  }
  const isEmpty = text.split('\n').every((line) => /^\uFEFF?\s*(#.*)?$/.test(line));
  return isEmpty ? { offset: 0, message: FORM.emptyFile } : undefined;
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
      problems.push({ offset: offsetOf(node), message: words.noAnchor(node.source) });
    },
    Pair: (_key, { key }) => {
      if (!isScalar(key) || key.value !== '<<') return;
      problems.push({ offset: offsetOf(key), message: FORM.merge });
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
  const said = (what: Text): FormProblem => ({ offset, message: what });
  const indent = indentProblem(text, offset);
  if (indent) return indent;
  switch (code) {
    case 'DUPLICATE_KEY':
      return said(FORM.keyTwice);
    case 'MULTIPLE_DOCS':
      return said(FORM.twoDocuments);
    case 'TAG_RESOLVE_FAILED':
      return said(FORM.tag);
    case 'BAD_SCALAR_START':
      return said(words.reserved(JSON.stringify(text.charAt(offset))));
    case 'BAD_DQ_ESCAPE':
      return said(FORM.badEscape);
    case 'BAD_DIRECTIVE':
      return said(FORM.badDirective);
    case 'BLOCK_IN_FLOW':
      return said(FORM.innerColon);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return valueProblem(text, offset);
    case 'MULTILINE_IMPLICIT_KEY':
      return said(FORM.noColon);
    case 'MISSING_CHAR':
    case 'BAD_INDENT':
      return unclosed(text, document, fault) ?? said(columnText(message));
    case 'UNEXPECTED_TOKEN':
      return said(FORM.nothingMore);
    default:
      return said(/call stack/.test(message) ? FORM.nests : words.noYaml(message));
  }
}

/** What stands before the first letter of a line, where only spaces may stand. */
function indentProblem(text: string, offset: number): FormProblem | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [indent = ''] = /^[^\S\n]*/.exec(text.slice(start)) ?? [];
  const at = indent.search(/[^ \r]/);
  if (at < 0) return undefined;
  return { offset: start + at, message: words.noSpaces(indent[at] === '\t') };
}

/** A value that goes on as if it were a key: a colon in it, or a next line too far to the right. */
function valueProblem(text: string, offset: number): FormProblem {
  const end = text.indexOf('\n', offset);
  const [line, next] = [text.slice(offset, end < 0 ? undefined : end), end + 1];
  if (/^\s*-(\s|$)/.test(line)) {
    return { offset: offset + line.search(/-/), message: FORM.otherDash };
  }
  if (/:(\s|$)/.test(line)) return { offset, message: FORM.outerColon };
  if (end < 0) return { offset, message: FORM.elsewhere };
  const indent = indentProblem(text, next);
  if (indent) return indent;
  const [spaces = ''] = /^ */.exec(text.slice(next)) ?? [];
  return { offset: next + spaces.length, message: FORM.tooFarRight };
}

function columnText(message: string): Text {
  if (/sequence items must start/.test(message)) return FORM.otherDash;
  return message.startsWith('Sequence item without') ? FORM.stepEndsEarly : FORM.elsewhere;
}

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
      found = { offset: start, message: words.unclosed(open, close) };
    },
  });
  return found;
}
