// The SQL for tables of projections. Names come from checked specifications only, values are bound.
import {
  orderOf,
  sqlName,
  sqlTable,
  type Cell,
  type ColumnType,
  type Condition,
  type ProjectionVersion,
  type Row,
  type RowQuery,
  type TableChanges,
  type Tables,
  type TableSpec,
} from '@himaya/event-store';
import type { Row as SqlRow } from './connection.ts';

/** A statement and the values that are bound to it. */
export interface BoundSql {
  readonly text: string;
  readonly values: unknown[];
}

/** The statements that make the tables and indexes of a version. */
export function createSql(schema: string, projection: ProjectionVersion, tables: Tables): string {
  return Object.entries(tables).flatMap(([name, spec]) => {
    const table = sqlTable(projection, name);
    const columns = Object.entries(spec.columns).map(([column, type]) => {
      const collation = type.startsWith('text') ? ' COLLATE "C"' : '';
      const due = type.endsWith('?') ? '' : ' NOT NULL';
      return `${quoted(column)} ${typeOf(type)}${collation}${due}`;
    });
    const key = `PRIMARY KEY (${spec.key.map(quoted).join(', ')})`;
    return [
      `CREATE TABLE ${schema}."${table}" (${[...columns, key].join(', ')});`,
      ...(spec.indexes ?? []).map(
        (index) => `CREATE INDEX ON ${schema}."${table}" (${index.map(quoted).join(', ')});`,
      ),
    ];
  }).join('\n');
}

/** The statements that remove the tables of a version. */
export function dropSql(schema: string, projection: ProjectionVersion, tables: Tables): string {
  const names = Object.keys(tables).map((name) => sqlTable(projection, name));
  return names.map((table) => `DROP TABLE ${schema}."${table}";`).join('\n');
}

/** The statements that write the changes of one table: one for each length of a key, one for rows. */
export function changesSql(
  table: string,
  spec: TableSpec,
  { remove, put }: TableChanges,
): readonly BoundSql[] {
  const lengths = [...new Set(remove.map(({ length }) => length))];
  return [
    ...lengths.map((length) =>
      removeSql(table, spec, remove.filter((key) => key.length === length), length),
    ),
    ...(put.length === 0 ? [] : [putSql(table, spec, put)]),
  ];
}

function removeSql(
  table: string,
  spec: TableSpec,
  keys: readonly (readonly Cell[])[],
  length: number,
): BoundSql {
  const names = spec.key.slice(0, length);
  const same = names.map((name) => `t.${quoted(name)} = k.${quoted(name)}`).join(' AND ');
  return {
    text: `DELETE FROM ${table} AS t USING ${listSql(spec, names)} WHERE ${same}`,
    values: names.map((_, at) => keys.map((key) => key[at])),
  };
}

function putSql(table: string, spec: TableSpec, put: readonly Row[]): BoundSql {
  // One statement may touch a row once: of two with one key the later counts.
  const rows = [
    ...new Map(put.map((row) => [JSON.stringify(spec.key.map((name) => row[name])), row])).values(),
  ];
  const names = Object.keys(spec.columns);
  const rest = names.filter((name) => !spec.key.includes(name));
  const set = rest.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
  return {
    text: `INSERT INTO ${table} (${names.map(quoted).join(', ')})
      SELECT * FROM ${listSql(spec, names)}
      ON CONFLICT (${spec.key.map(quoted).join(', ')})
      DO ${rest.length === 0 ? 'NOTHING' : `UPDATE SET ${set}`}`,
    values: names.map((name) => rows.map((row) => row[name])),
  };
}

/** The rows that have these keys, each looked up by itself whatever the planner believes. */
export function rowsSql(table: string, spec: TableSpec, keys: readonly (readonly Cell[])[]) {
  const same = spec.key.map((name) => `${quoted(name)} = k.${quoted(name)}`).join(' AND ');
  return {
    text: `SELECT t.* FROM ${listSql(spec, spec.key)}
      CROSS JOIN LATERAL (SELECT * FROM ${table} WHERE ${same} LIMIT 1) AS t`,
    values: spec.key.map((_, at) => keys.map((key) => key[at])),
  };
}

/** The rows that a checked question asks for. */
export function askedSql(
  table: string,
  spec: TableSpec,
  { where = [], orderBy, after }: RowQuery,
  countMax: number,
): BoundSql {
  const order = orderOf(spec, orderBy);
  const values: unknown[] = [];
  const bind = (value: Cell, column: string): string => {
    values.push(value);
    return `$${values.length}::${typeOf(spec.columns[column] as ColumnType)}`;
  };
  const conditions = where.map((condition) => conditionSql(condition, bind));
  if (after !== undefined) {
    const behind = order.map((name) => bind(after[name] ?? null, name)).join(', ');
    conditions.push(`(${order.map(quoted).join(', ')}) > (${behind})`);
  }
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const sorted = order.map(quoted).join(', ');
  values.push(countMax);
  return {
    text: `SELECT * FROM ${table} ${filter} ORDER BY ${sorted} LIMIT $${values.length}`,
    values,
  };
}

function conditionSql(
  { column, is, value }: Condition,
  bind: (value: Cell, column: string) => string,
): string {
  if (value === null) return `${quoted(column)} IS NULL`;
  const bound = bind(value, column);
  return is === 'contains'
    ? `strpos(${quoted(column)}, ${bound}) > 0`
    : `${quoted(column)} ${is} ${bound}`;
}

/** A row of an answer as the port has it. */
export function rowOf({ columns }: TableSpec, row: SqlRow): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([name, type]) => {
      const value = row[sqlName(name)] as Cell;
      return [name, type.startsWith('integer') && value !== null ? Number(value) : value];
    }),
  );
}

/** A list of values as a table `k` with these columns; parameters are arrays in their order. */
function listSql({ columns }: TableSpec, names: readonly string[]): string {
  const lists = names.map((name, at) => `$${at + 1}::${typeOf(columns[name] as ColumnType)}[]`);
  return `unnest(${lists.join(', ')}) AS k (${names.map(quoted).join(', ')})`;
}

function typeOf(type: ColumnType): string {
  return type.startsWith('integer') ? 'bigint' : type.replace('?', '');
}

/** No checked name holds a quote. */
function quoted(name: string): string {
  return `"${sqlName(name)}"`;
}
