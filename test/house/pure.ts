// Pure rooms: files that read no clock, randomness, environment or place, and do no I/O.
import ts from 'typescript';
import { PURE, RIM } from './rooms.ts';
import { importsOf, lineOf, parse, walk } from './syntax.ts';
import { isCode, type Problem, type Tree } from './tree.ts';

const CLOCK = 'take the instant as a value';
const CHANCE = 'take the id or the number as a value';
const ENVIRONMENT = 'take the setting as a value';
const SCHEDULE = 'answer what is due when, and let the caller wait';
const PLACE = 'it depends on the machine’s time zone or language: name both, or use UTC';

/** Globals that a pure room never names, with the cure. */
const GLOBALS: Readonly<Record<string, string>> = {
  process: ENVIRONMENT,
  performance: CLOCK,
  console: 'return what there is to say',
  globalThis: ENVIRONMENT,
  setTimeout: SCHEDULE,
  setInterval: SCHEDULE,
  setImmediate: SCHEDULE,
  fetch: 'take the data as a value',
  queueMicrotask: SCHEDULE,
  crypto: CHANCE,
  Temporal: CLOCK,
  global: ENVIRONMENT,
  self: ENVIRONMENT,
  navigator: ENVIRONMENT,
  require: 'import what is needed at the top',
  eval: 'write the code out',
};

/** Globals of which a pure room uses these members only: handed on as values they hide the rest. */
const PARTLY: Readonly<Record<string, { readonly members: RegExp; readonly cure: string }>> = {
  Date: { members: /^(parse|UTC)$/, cure: CLOCK },
  Math: { members: /^(?!random$)/, cure: CHANCE },
  Function: { members: /^prototype$/, cure: 'write the code out' },
};

/** Properties that a pure room never reads, `object.name` or `*.name`, with the cure. */
const MEMBERS: Readonly<Record<string, string>> = {
  'import.meta': ENVIRONMENT,
  '*.localeCompare': 'compare with < and >, which are the same on every machine',
  '*.getTimezoneOffset': PLACE,
  '*.getFullYear': PLACE,
  '*.getMonth': PLACE,
  '*.getDate': PLACE,
  '*.getDay': PLACE,
  '*.getHours': PLACE,
  '*.getMinutes': PLACE,
  '*.setHours': PLACE,
  '*.setDate': PLACE,
};

/** Names that draw chance or read a clock, wherever they are imported from. */
const IMPORTED: Readonly<Record<string, string>> = {
  randomBytes: CHANCE,
  randomInt: CHANCE,
  randomUUID: CHANCE,
  randomFillSync: CHANCE,
  getRandomValues: CHANCE,
  webcrypto: CHANCE,
  ulid: CHANCE,
  monotonicFactory: CHANCE,
};

const LOCALE_METHODS = /^(toLocale(String|DateString|TimeString|UpperCase|LowerCase))$/;

/** Whatever a pure room reads from outside its arguments. */
export function impurities(tree: Tree): Problem[] {
  const problems: Problem[] = [];
  for (const [path, text] of tree) {
    const room = pureRoomOf(path);
    if (!room || !isCode(path)) continue;
    const say = (line: number, what: string, cure: string) =>
      problems.push({ path, line, what: `${what} in a pure room`, cure });
    for (const { specifier, line, names } of importsOf(text)) {
      if (specifier.startsWith('node:') && !room.builtins.includes(specifier)) {
        say(line, `imports "${specifier}"`, 'do the I/O in the rim or in an adapter');
      }
      for (const name of names) {
        const cure = Object.hasOwn(IMPORTED, name) ? IMPORTED[name] : undefined;
        if (cure) say(line, `imports ${name} from "${specifier}"`, cure);
      }
    }
    walk(parse(text), (node) => {
      const found = impurityOf(node);
      if (found) say(lineOf(node), found.what, found.cure);
    });
  }
  return problems;
}

/** The pure room that a file belongs to; a rim belongs to none. */
export function pureRoomOf(path: string) {
  if (RIM.some((rim) => path.startsWith(rim))) return undefined;
  return PURE.find((room) => path === room.path || path.startsWith(folder(room.path)));
}

// `src/entry.ts` is no folder: no path starts with it and goes on.
function folder(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

function impurityOf(node: ts.Node) {
  if (ts.isPropertyAccessExpression(node) || ts.isMetaProperty(node)) return memberRead(node);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return member(node.expression.getText(), node.argumentExpression.text);
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
    const given = node.arguments ?? [];
    if (given.length === 0) return { what: 'new Date()', cure: CLOCK };
    if (given.length > 1) return { what: 'new Date(year, month, …)', cure: 'use Date.UTC' };
    if (given.some(ts.isSpreadElement)) return { what: 'new Date(...)', cure: CLOCK };
  }
  if (ts.isCallExpression(node)) return callMade(node);
  if (ts.isIdentifier(node) && isGlobalRead(node)) return globalRead(node);
  return undefined;
}

function globalRead(node: ts.Identifier) {
  const { text, parent } = node;
  const cure = Object.hasOwn(GLOBALS, text) ? GLOBALS[text] : undefined;
  if (cure) return { what: text, cure };
  const partly = Object.hasOwn(PARTLY, text) ? PARTLY[text] : undefined;
  if (!partly) return undefined;
  if (ts.isPropertyAccessExpression(parent)) {
    const { name } = parent;
    return partly.members.test(name.text)
      ? undefined
      : { what: `${text}.${name.text}`, cure: partly.cure };
  }
  const isMade = text === 'Date' && ts.isNewExpression(parent) && parent.expression === node;
  const isAsked =
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
  return isMade || isAsked ? undefined : { what: `${text} as a value`, cure: partly.cure };
}

function callMade(node: ts.CallExpression) {
  if (!ts.isPropertyAccessExpression(node.expression)) return undefined;
  const name = node.expression.name.text;
  const isBare = node.arguments.length === 0 && LOCALE_METHODS.test(name);
  return isBare ? { what: `${name}()`, cure: PLACE } : undefined;
}

function memberRead(node: ts.PropertyAccessExpression | ts.MetaProperty) {
  if (ts.isMetaProperty(node)) return member('import', node.name.text);
  return member(node.expression.getText(), node.name.text);
}

function member(object: string, name: string) {
  const what = `${object}.${name}`;
  const key = [what, `*.${name}`].find((one) => Object.hasOwn(MEMBERS, one));
  return key ? { what, cure: MEMBERS[key] ?? '' } : undefined;
}

// A name of a property, a type or a key reads no global. A local of the same name counts as one:
// it would hide from this rule, and from the reader, what is read.
function isGlobalRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent)) {
    return parent.initializer === node;
  }
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isExpressionWithTypeArguments(parent)) return isSuperclass(parent);
  if (ts.isTypeNode(parent) || ts.isQualifiedName(parent)) return false;
  return !('name' in parent && parent.name === node);
}

function isSuperclass({ parent }: ts.ExpressionWithTypeArguments): boolean {
  return (
    ts.isHeritageClause(parent) &&
    parent.token === ts.SyntaxKind.ExtendsKeyword &&
    ts.isClassLike(parent.parent)
  );
}
