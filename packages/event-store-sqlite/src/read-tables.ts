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
import type { Database, Row as SqlRow, SqlValue } from './driver.ts';

/** The statements that make the tables and indexes of a version. */
export function createSql(projection: ProjectionVersion, tables: Tables): string {
  return Object.entries(tables).flatMap(([name, spec]) => {
    const table = sqlTable(projection, name);
    const columns = Object.entries(spec.columns).map(
      ([column, type]) => `${quoted(column)} ${declared(type)}`,
    );
    const key = `PRIMARY KEY (${spec.key.map(quoted).join(', ')})`;
    return [
      `CREATE TABLE "${table}" (${[...columns, key].join(', ')}) STRICT, WITHOUT ROWID;`,
      ...(spec.indexes ?? []).map(
        (index, place) =>
          `CREATE INDEX "${table}__${place}" ON "${table}" (${index.map(quoted).join(', ')});`,
      ),
    ];
  }).join('\n');
}

/** The statements that remove the tables of a version. */
export function dropSql(projection: ProjectionVersion, tables: Tables): string {
  const names = Object.keys(tables).map((name) => sqlTable(projection, name));
  return names.map((table) => `DROP TABLE "${table}";`).join('\n');
}

/** Writes the changes of one table, within a transaction. */
export function applyChanges(
  db: Database,
  table: string,
  spec: TableSpec,
  { remove, put }: TableChanges,
): void {
  for (const values of remove) {
    const where = spec.key.slice(0, values.length).map((name) => `${quoted(name)} = ?`);
    db.prepare(`DELETE FROM "${table}" WHERE ${where.join(' AND ')}`).run(...values.map(bound));
  }
  if (put.length === 0) return;
  const names = Object.keys(spec.columns);
  const insert = db.prepare(
    `INSERT OR REPLACE INTO "${table}" (${names.map(quoted).join(', ')})
      VALUES (${names.map(() => '?').join(', ')})`,
  );
  for (const row of put) insert.run(...names.map((name) => bound(row[name] ?? null)));
}

/** The rows that have these keys. */
export function rowsWithKeys(
  db: Database,
  table: string,
  spec: TableSpec,
  keys: readonly (readonly Cell[])[],
): readonly Row[] {
  const where = spec.key.map((name) => `${quoted(name)} = ?`).join(' AND ');
  const select = db.prepare(`SELECT ${columnsOf(spec)} FROM "${table}" WHERE ${where}`);
  return keys.flatMap((key) => select.all(...key.map(bound)).map((row) => rowOf(spec, row)));
}

/** The rows that a checked question asks for. */
export function rowsAsked(
  db: Database,
  table: string,
  spec: TableSpec,
  { where = [], orderBy, after }: RowQuery,
  countMax: number,
): readonly Row[] {
  const order = orderOf(spec, orderBy);
  const conditions = where.map(conditionSql);
  const values = where.flatMap(({ value }) => (value === null ? [] : [bound(value)]));
  if (after !== undefined) {
    conditions.push(`(${order.map(quoted).join(', ')}) > (${order.map(() => '?').join(', ')})`);
    values.push(...order.map((name) => bound(after[name] ?? null)));
  }
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const sql = `SELECT ${columnsOf(spec)} FROM "${table}" ${filter}
    ORDER BY ${order.map(quoted).join(', ')} LIMIT ?`;
  return db.prepare(sql).all(...values, countMax).map((row) => rowOf(spec, row));
}

function conditionSql({ column, is, value }: Condition): string {
  if (value === null) return `${quoted(column)} IS NULL`;
  return is === 'contains' ? `instr(${quoted(column)}, ?) > 0` : `${quoted(column)} ${is} ?`;
}

function columnsOf({ columns }: TableSpec): string {
  return Object.keys(columns).map(quoted).join(', ');
}

function rowOf({ columns }: TableSpec, row: SqlRow): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([name, type]) => {
      const value = row[sqlName(name)] as string | number | null;
      return [name, type.startsWith('boolean') && value !== null ? value === 1 : value];
    }),
  );
}

function declared(type: ColumnType): string {
  const kind = type.startsWith('text') ? 'TEXT' : 'INTEGER';
  return type.endsWith('?') ? kind : `${kind} NOT NULL`;
}

/** No checked name holds a quote. */
function quoted(name: string): string {
  return `"${sqlName(name)}"`;
}

function bound(value: Cell): SqlValue {
  return typeof value === 'boolean' ? Number(value) : value;
}
