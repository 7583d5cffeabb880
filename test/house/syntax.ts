// Reads code with TypeScript's own parser: imports, functions and positions, no types.
import ts from 'typescript';

/** One place where a file names a module. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Names taken from it; `*` for a namespace, nothing for a bare or dynamic import. */
  readonly names: readonly string[];
  readonly kind: 'import' | 'export' | 'export-all' | 'call';
}

const parsed = new Map<string, ts.SourceFile>();
const imports = new Map<string, readonly Import[]>();

/** Parses `text`; the same text is parsed once. */
export function parse(text: string): ts.SourceFile {
  const known = parsed.get(text);
  if (known) return known;
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  parsed.set(text, file);
  return file;
}

/** The line of a node's first character that is not a comment, from 1. */
export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** Calls `visit` for every node of a file, parents before children. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

// Functions that load a module by name at run time.
const LOADERS = /(^|\.)(require|resolve|getBuiltinModule)$/;

/** Every module that `text` names: imports, re-exports, type imports, and calls that load one. */
export function importsOf(text: string): readonly Import[] {
  const known = imports.get(text);
  if (known) return known;
  const found: Import[] = [];
  walk(parse(text), (node) => {
    const one = importOf(node);
    if (one) found.push(one);
  });
  imports.set(text, found);
  return found;
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const names = importedNames(node.importClause);
    const specifier = node.moduleSpecifier.text;
    return { specifier, line: lineOf(node), kind: 'import', names };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    const specifier = (node.moduleSpecifier as ts.StringLiteral).text;
    const line = lineOf(node);
    const clause = node.exportClause;
    if (!clause || ts.isNamespaceExport(clause)) {
      return { specifier, line, names: ['*'], kind: 'export-all' };
    }
    return { specifier, line, kind: 'export', names: clause.elements.map(takenName) };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const literal = node.argument.literal;
    if (ts.isStringLiteral(literal)) {
      return { specifier: literal.text, line: lineOf(node), names: [], kind: 'import' };
    }
  }
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments;
    if (!first || !ts.isStringLiteralLike(first) || !isModuleName(first.text)) return undefined;
    const loads =
      node.expression.kind === ts.SyntaxKind.ImportKeyword ||
      LOADERS.test(node.expression.getText().replaceAll('?', ''));
    if (loads) return { specifier: first.text, line: lineOf(node), names: [], kind: 'call' };
  }
  return undefined;
}

// `path.resolve('a b')` is no module; what could be one starts like one.
function isModuleName(text: string): boolean {
  return /^(\.{1,2}\/|node:|@[\w-]+\/|[a-z])[\w./@-]*$/.test(text);
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  if (!clause) return [];
  const names = clause.name ? ['default'] : [];
  const bindings = clause.namedBindings;
  if (!bindings) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, '*'];
  return [...names, ...bindings.elements.map(takenName)];
}

function takenName(element: ts.ImportSpecifier | ts.ExportSpecifier): string {
  return (element.propertyName ?? element.name).text;
}

/** The package that a specifier names, without a path below it; undefined for a file. */
export function packageNamed(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('/')) return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
