// Projections: read models as typed rows, folded from events or taken from the state of each case.
import { Fault, checkProjection } from '@himaya/event-store';
import type { ColumnType, ProjectionVersion, Tables, TableSpec } from '@himaya/event-store';
import type { CaseView } from './case-view.ts';
import type { RecordedEvent } from './recorded-event.ts';

type ValueOf<Type extends ColumnType> =
  | (Type extends `text${string}` ? string : Type extends `integer${string}` ? number : boolean)
  | (Type extends `${string}?` ? null : never);

/** A row of a table, typed by its columns. */
export type RowOf<Spec extends TableSpec> = {
  readonly [Name in keyof Spec['columns']]: ValueOf<Spec['columns'][Name]>;
};

/** The rows of a table, as the fold of an event sees and changes them. */
export interface RowsOf<Spec extends TableSpec> {
  /** The row with this key: a value for each key column, in their order. */
  get(...key: readonly (string | number | boolean)[]): RowOf<Spec> | undefined;
  /** Puts a row in place of the one with its key. */
  put(row: RowOf<Spec>): void;
  /** Removes the row with this key. */
  remove(...key: readonly (string | number | boolean)[]): void;
}

/** What the fold of an event is given. */
export interface ProjectionFold<Declared extends Tables> {
  readonly event: RecordedEvent;
  readonly rows: { readonly [Name in keyof Declared]: RowsOf<Declared[Name]> };
}

/** Rows folded from events. */
export interface EventProjection<Declared extends Tables = Tables> extends ProjectionVersion {
  readonly tables: Declared;
  /**
   * By event type; other events are passed over unread. A fold is pure and may be called more than
   * once for an event: it reads the rows and the event, and nothing else.
   */
  readonly on: Readonly<Record<string, (given: ProjectionFold<Declared>) => void>>;
}

/** Rows taken from the state of each case. Every table's key begins with the column `caseId`. */
export interface CaseProjection<Declared extends Tables = Tables> extends ProjectionVersion {
  readonly tables: Declared;
  /** All rows of a case, by table. Pure; called with the case as it stands after its last event. */
  readonly rowsOf: (view: CaseView) => {
    readonly [Name in keyof Declared]?: readonly RowOf<Declared[Name]>[];
  };
}

/** What the engine itself keeps in a read store: which case is due next. Nobody else has its name. */
export const DUE_NEXT = { name: 'dueNext', version: 1 } as const;
/** The name of the lease under which deadlines are reached. */
export const DEADLINE_LEASE = 'deadlines';

/** The name of the lease under which a version of a projection is worked on. */
export function projectionLease({ name, version }: ProjectionVersion): string {
  return name === DUE_NEXT.name ? DEADLINE_LEASE : `projection ${name} v${version}`;
}

/** A read model: a name, a version, and how its rows come about. */
export type Projection = EventProjection | CaseProjection;

/**
 * Declares a projection folded from events. Give it a new version whenever its tables or folds
 * change: that version is built from the first event beside the one that is read.
 *
 * @throws Fault `projection-invalid`
 */
export function projection<const Declared extends Tables>(
  declared: EventProjection<Declared>,
): EventProjection {
  checkDeclared(declared);
  return declared as unknown as EventProjection;
}

/**
 * Declares a projection of the state of each case. What a case has in a table is replaced as a
 * whole; give it a new version whenever its tables or `rowsOf` change.
 *
 * @throws Fault `projection-invalid`
 */
export function caseProjection<const Declared extends Tables>(
  declared: CaseProjection<Declared>,
): CaseProjection {
  checkDeclared(declared);
  const other = Object.entries(declared.tables).find(([, { key }]) => key[0] !== 'caseId');
  if (other) {
    throw new Fault({
      code: 'projection-invalid',
      attempted: `Cannot make projection ${declared.name}`,
      found: `the key of its table ${other[0]} does not begin with caseId`,
      todo: 'Begin every key with caseId: the rows of a case are replaced together',
    });
  }
  return declared as unknown as CaseProjection;
}

function checkDeclared(declared: ProjectionVersion & { readonly tables: Tables }): void {
  checkProjection(declared, declared.tables);
  if (declared.name !== DUE_NEXT.name) return;
  throw new Fault({
    code: 'projection-invalid',
    attempted: `Cannot make projection ${declared.name}`,
    found: 'the engine keeps what is due under this name',
    todo: 'Give it another name',
  });
}
