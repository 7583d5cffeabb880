// Faces: what each package and each file shows its reader first.
import ts from 'typescript';
import { manifestsOf } from './arrows.ts';
import { ROOMS } from './rooms.ts';
import { lineOf, parse } from './syntax.ts';
import { isCode, packageOf, type Problem, type Tree } from './tree.ts';

/** Packages without their one index, and any other index or barrel below it. */
export function extraIndexes(tree: Tree): Problem[] {
  const problems: Problem[] = [];
  for (const [name, manifest] of manifestsOf(tree)) {
    const path = `packages/${name}/package.json`;
    const entries = ['src/index.ts', ...(ROOMS[name]?.entries ?? [])];
    const shown = Object.values(manifest.exports ?? {}).flatMap((target) =>
      typeof target === 'object' && target.source ? [target.source.replace(/^\.\//, '')] : [],
    );
    for (const entry of new Set([...entries, ...shown])) {
      const isBoth = entries.includes(entry) && shown.includes(entry);
      if (isBoth && tree.has(`packages/${name}/${entry}`)) continue;
      const what = `entry "${entry}" is not at once listed, exported and written`;
      const cure = 'one index.ts per package; see the entries in test/house/rooms.ts';
      problems.push({ path, line: 1, what, cure });
    }
  }
  for (const [path, text] of tree) {
    const owner = packageOf(path);
    if (!owner?.isSource || !isCode(path) || isEntry(owner.name, path)) continue;
    const cure = 'import the file that defines the name';
    if (path.endsWith('/index.ts')) problems.push({ path, line: 1, what: 'a second index', cure });
    problems.push(...barrelLines(text).map((line) => ({ path, line, what: 'a barrel', cure })));
  }
  return problems;
}

function isEntry(name: string, path: string): boolean {
  const entries = ['src/index.ts', ...(ROOMS[name]?.entries ?? [])];
  return entries.includes(path.slice(`packages/${name}/`.length));
}

/** Lines that re-export everything of a file, or the first of a file that does nothing else. */
function barrelLines(text: string): number[] {
  const { statements } = parse(text);
  const again = statements.filter(ts.isExportDeclaration).filter((one) => one.moduleSpecifier);
  const whole = again.filter((one) => !one.exportClause);
  if (whole.length > 0) return whole.map(lineOf);
  return again.length > 0 && again.length === statements.length ? [1] : [];
}

/** Exported names without a doc comment directly above their declaration. */
export function undocumented(tree: Tree): Problem[] {
  const problems: Problem[] = [];
  for (const [path, text] of tree) {
    if (!packageOf(path)?.isSource || !isCode(path)) continue;
    const file = parse(text);
    const exported = exportedLater(file);
    const known = new Set<string>();
    for (const statement of file.statements) {
      const isExported = ts.canHaveModifiers(statement) && hasExport(statement);
      for (const name of declaredBy(statement)) {
        if ((!isExported && !exported.has(name)) || known.has(name)) continue;
        known.add(name); // overloads and a type beside its value share the first comment
        if (isDocumented(statement)) continue;
        const what = `exported "${name}" has no doc comment directly above it`;
        const cure = 'say in one sentence what it is and what it promises';
        problems.push({ path, line: lineOf(statement), what, cure });
      }
    }
  }
  return problems;
}

function hasExport(node: ts.HasModifiers): boolean {
  return ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Names that a statement `export { a, b as c }` exports after their declaration. */
function exportedLater(file: ts.SourceFile): ReadonlySet<string> {
  const names = file.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier) return [];
    const clause = statement.exportClause;
    if (!clause || !ts.isNamedExports(clause)) return [];
    return clause.elements.map((element) => (element.propertyName ?? element.name).text);
  });
  return new Set(names);
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((one) => one.name.getText());
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed ? [statement.name?.text ?? 'default'] : [];
}

function isDocumented(statement: ts.Statement): boolean {
  const file = statement.getSourceFile();
  const above = ts.getLeadingCommentRanges(file.text, statement.getFullStart())?.at(-1);
  if (!above || !file.text.startsWith('/**', above.pos)) return false;
  const end = file.getLineAndCharacterOfPosition(above.end).line;
  return file.getLineAndCharacterOfPosition(statement.getStart(file)).line - end === 1;
}

/** Code files whose first line does not say what they are for. */
export function unopened(tree: Tree): Problem[] {
  return [...tree]
    .filter(([path]) => isCode(path) && !path.endsWith('.config.ts'))
    .filter(([, text]) => !/^\/\/ \S/.test(text.replace(/^#!.*\n/, '')))
    .map(([path]) => ({
      path,
      line: 1,
      what: 'does not open with a sentence',
      cure: 'write `// <what this file is for>.` on its first line',
    }));
}
