// What is checked before a read store is touched: names, columns, rows and questions.
import { Buffer } from 'node:buffer';
import { Fault } from '../fault.ts';
import { checkCount } from '../check-append.ts';
import type {
  Cell,
  ColumnType,
  ProjectionVersion,
  Row,
  RowQuery,
  TableChanges,
  Tables,
  TableSpec,
} from './port.ts';

/** So short that the name of a table fits into 63 bytes with its projection and its version. */
const NAME = /^[a-z][A-Za-z0-9]{0,23}$/;
const VERSION_MAX = 9_999;
/** Bytes that the texts of one index have together at most: a server's index takes no more. */
const INDEX_BYTES_MAX = 2_000;
/** Bytes of UTF-8 that one UTF-16 code unit takes at most. */
const BYTES_PER_UNIT_MAX = 3;
const TYPES = /^(text|integer|boolean)\??$/;
const COMPARISONS = new Set(['=', '<', '<=', '>', '>=', 'contains']);

/** A name as databases have it: `dueAt` is `due_at`, and no two names become one. */
export function sqlName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The table of a version of a projection, as databases have it: `due_today__v1__deadlines`. */
export function sqlTable({ name, version }: ProjectionVersion, table: string): string {
  return `${sqlName(name)}__v${version}__${sqlName(table)}`;
}

/** Nothing, if a version and its tables can be made. @throws Fault `projection-invalid` */
export function checkProjection(projection: ProjectionVersion, tables: Tables): void {
  const problem = projectionProblem(projection, tables);
  if (problem === undefined) return;
  throw new Fault({
    code: 'projection-invalid',
    attempted: `Cannot make projection ${JSON.stringify(projection.name)}`,
    found: problem,
    todo: 'Names are camelCase, letters and digits, 24 at most; versions are whole numbers from 1',
  });
}

function projectionProblem({ name, version }: ProjectionVersion, tables: Tables) {
  if (!NAME.test(name)) return 'its name is none';
  if (!Number.isInteger(version) || version < 1 || version > VERSION_MAX) {
    return `its version is ${String(version)}`;
  }
  if (Object.keys(tables).length === 0) return 'it has no table';
  for (const [table, spec] of Object.entries(tables)) {
    const problem = NAME.test(table) ? tableProblem(spec) : 'its name is none';
    if (problem !== undefined) return `table ${JSON.stringify(table)}: ${problem}`;
  }
  return undefined;
}

function tableProblem({ columns, key, indexes = [] }: TableSpec): string | undefined {
  for (const [column, type] of Object.entries(columns)) {
    if (!NAME.test(column)) return `${JSON.stringify(column)} is no name of a column`;
    if (!TYPES.test(type)) return `column ${column} is ${JSON.stringify(type)}`;
  }
  const missing = [...key, ...indexes.flat()].find((name) => !Object.hasOwn(columns, name));
  if (missing !== undefined) return `it has no column ${JSON.stringify(missing)}`;
  if (key.length === 0 || new Set(key).size < key.length) return 'its key is none';
  const open = key.find((name) => isOptional(columns[name]));
  return open === undefined ? undefined : `its key may hold nothing in ${open}`;
}

function isOptional(type: ColumnType | undefined): boolean {
  return type?.endsWith('?') ?? true;
}

/** Nothing, if a row fits its table, column by column. @throws Fault `row-invalid` */
export function checkRow(table: string, spec: TableSpec, row: Row): void {
  const { columns } = spec;
  let units = 0;
  for (const name in row) {
    if (!Object.hasOwn(columns, name)) throw badRow(table, `there is no column ${name}`);
  }
  for (const name in columns) {
    const value = row[name];
    if (value === undefined || !fits(columns[name] as ColumnType, value)) {
      throw badRow(table, `${name} is ${value === undefined ? 'missing' : `no ${columns[name]}`}`);
    }
    if (typeof value === 'string') units += value.length;
  }
  // Most rows are short: their texts need not be counted one by one.
  if (units * BYTES_PER_UNIT_MAX > INDEX_BYTES_MAX) checkIndexed(table, spec, row);
}

/** A row that a server's index cannot take must wait alone, not with everything behind it. */
function checkIndexed(table: string, { key, indexes = [] }: TableSpec, row: Row): void {
  for (const names of [key, ...indexes]) {
    const texts = names.map((name) => row[name]).filter((value) => typeof value === 'string');
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes <= INDEX_BYTES_MAX) continue;
    const found = `${names.join(' and ')} have ${bytes} bytes, at most ${INDEX_BYTES_MAX}`;
    throw badRow(table, `${found} where rows are looked for by them`);
  }
}

/** Nothing, if these can begin the key of a row, or be all of it. @throws Fault `row-invalid` */
export function checkKey(
  table: string,
  spec: TableSpec,
  key: readonly Cell[],
  whole = false,
): void {
  const { length } = spec.key;
  const isRight = whole ? key.length === length : key.length > 0 && key.length <= length;
  if (!isRight) throw badRow(table, `its key has ${length} columns, not ${key.length}`);
  key.forEach((value, at) => {
    const name = spec.key[at] as string;
    if (!fits(spec.columns[name] as ColumnType, value)) throw badRow(table, `${name} does not fit`);
  });
}

function fits(type: ColumnType, value: Cell): boolean {
  if (value === null) return isOptional(type);
  switch (type) {
    case 'text':
    case 'text?':
      return typeof value === 'string' && isStorable(value);
    case 'integer':
    case 'integer?':
      return Number.isSafeInteger(value);
    default:
      return typeof value === 'boolean';
  }
}

/** Databases keep neither U+0000 nor half a character in a text. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function badRow(table: string, found: string): Fault {
  return new Fault({
    code: 'row-invalid',
    attempted: `Cannot put a row into ${table}`,
    found,
    todo: 'Give each column of the table a value of its type',
  });
}

/** The table that a question is about, if the question fits it. @throws Fault `query-invalid` */
export function checkedQuery(tables: Tables, table: string, query: RowQuery): TableSpec {
  checkCount(query.countMax);
  const spec = checkedTable(tables, table);
  const problem = queryProblem(spec, query);
  if (problem === undefined) return spec;
  throw badQuery(table, problem);
}

/** The table of this name, if there is one. @throws Fault `query-invalid` */
export function checkedTable(tables: Tables, table: string): TableSpec {
  const spec = Object.hasOwn(tables, table) ? tables[table] : undefined;
  if (spec !== undefined) return spec;
  throw badQuery(table, 'there is no such table');
}

function badQuery(table: string, found: string): Fault {
  return new Fault({
    code: 'query-invalid',
    attempted: `Cannot look into table ${JSON.stringify(table)}`,
    found,
    todo: 'Ask for what the version of the projection has',
  });
}

function queryProblem(spec: TableSpec, { where = [], orderBy = [], after }: RowQuery) {
  for (const { column, is, value } of where) {
    const type = typeOf(spec, column);
    if (type === undefined) return `there is no column ${JSON.stringify(column)}`;
    if (!COMPARISONS.has(is)) return `there is no comparison ${JSON.stringify(is)}`;
    if (is === 'contains' && !type.startsWith('text')) return `${column} is no text`;
    if (value === null ? is !== '=' : !fits(type, value)) return `${column} is no such value`;
  }
  const open = orderBy.find((name) => isOptional(typeOf(spec, name)));
  if (open !== undefined) return `there is no order by ${JSON.stringify(open)}`;
  if (after === undefined) return undefined;
  const lost = orderOf(spec, orderBy).find(
    (name) => !fits(typeOf(spec, name) as ColumnType, after[name] ?? null),
  );
  return lost === undefined ? undefined : `the row before has no ${lost}`;
}

function typeOf({ columns }: TableSpec, name: string): ColumnType | undefined {
  return Object.hasOwn(columns, name) ? columns[name] : undefined;
}

/** The columns by which rows are ordered: those asked for, and the key. */
export function orderOf({ key }: TableSpec, orderBy: readonly string[] = []): readonly string[] {
  return [...new Set([...orderBy, ...key])];
}

/** Checks everything that a batch writes. @throws Fault `row-invalid` */
export function checkChanges(
  tables: Tables,
  changes: Readonly<Record<string, TableChanges>>,
): void {
  for (const [table, { remove, put }] of Object.entries(changes)) {
    const spec = Object.hasOwn(tables, table) ? tables[table] : undefined;
    if (spec === undefined) throw badRow(table, 'there is no such table');
    for (const key of remove) checkKey(table, spec, key);
    for (const row of put) checkRow(table, spec, row);
  }
}

/** A version is there with other tables than those that are asked for. */
export function projectionChanged({ name, version }: ProjectionVersion): Fault {
  return new Fault({
    code: 'projection-changed',
    attempted: `Cannot go on with projection ${name} version ${version}`,
    found: 'its tables are there with other columns, keys or indexes',
    todo: 'Give the changed projection a new version; it is built beside this one',
  });
}
