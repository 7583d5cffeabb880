// Rows of a projection of cases: of each case that has changed, all rows are made anew.
import {
  checkRow,
  Fault,
  type Cell,
  type NonEmpty,
  type ParkedEvent,
  type RecordedEntry,
  type Row,
  type StreamName,
  type TableChanges,
} from '@himaya/event-store';
import { caseView } from '../case-view.ts';
import type { CaseProjection } from '../projection.ts';
import type { EngineContext } from './context.ts';
import { isStoreFault } from './emergency-case.ts';
import { parkedAt, type RowSource } from './row-source.ts';

/** Cases of which is known how far their rows are: some 10 MB. */
const MADE_MAX = 100_000;

interface Changes {
  readonly remove: NonEmpty<Cell>[];
  readonly put: Row[];
}

/** See `RowSource`. */
export class CaseRows implements RowSource {
  readonly #context: EngineContext;
  readonly #projection: CaseProjection;
  /** The position up to which the rows of a case are made: it may be ahead of the log's page. */
  readonly #made = new Map<StreamName, number>();
  #changes = new Map<string, Changes>();

  constructor(context: EngineContext, projection: CaseProjection) {
    this.#context = context;
    this.#projection = projection;
  }

  async take(entries: readonly RecordedEntry[]): Promise<readonly ParkedEvent[]> {
    const last = new Map(entries.map((entry) => [entry.stream, entry]));
    const failed: ParkedEvent[] = [];
    for (const entry of last.values()) {
      if (!this.#context.registry.isCase(entry.stream)) continue;
      if ((this.#made.get(entry.stream) ?? -1) >= entry.position) continue;
      failed.push(...(await this.#make(entry)));
    }
    return failed;
  }

  takeUp(parked: ParkedEvent): Promise<readonly ParkedEvent[]> {
    return this.#make(parked);
  }

  changes(): Readonly<Record<string, TableChanges>> {
    return Object.fromEntries(this.#changes);
  }

  written(): void {
    this.#changes = new Map();
    if (this.#made.size > MADE_MAX) this.#made.clear();
  }

  async #make(at: Pick<RecordedEntry, 'stream' | 'position' | 'type'>) {
    try {
      const loaded = await this.#context.loader.refresh(at.stream);
      if (loaded.kind === 'unfoldable') throw unfoldable(loaded.reason);
      if (loaded.kind === 'none') return [];
      const { state } = loaded;
      const rows = this.#projection.rowsOf(caseView(state));
      this.#replace(state.caseId, rows as Readonly<Record<string, readonly Row[]>>);
      this.#made.set(at.stream, state.head.position);
      return [];
    } catch (error) {
      if (isStoreFault(error)) throw error;
      return [parkedAt(at, error)];
    }
  }

  /** All or none: a case whose rows do not fit keeps those that it has. */
  #replace(caseId: string, rows: Readonly<Record<string, readonly Row[]>>): void {
    const { tables } = this.#projection;
    for (const [name, all] of Object.entries(rows)) {
      const spec = Object.hasOwn(tables, name) ? tables[name] : undefined;
      if (!spec) throw badRows(`there is no table ${name}`);
      for (const row of all) {
        checkRow(name, spec, row);
        if (row.caseId !== caseId) throw badRows(`a row of ${name} is of another case`);
      }
    }
    for (const name of Object.keys(tables)) {
      const changes = this.#changes.get(name) ?? { remove: [], put: [] };
      this.#changes.set(name, changes);
      changes.remove.push([caseId]);
      changes.put.push(...(rows[name] ?? []));
    }
  }
}

function unfoldable(reason: string): Fault {
  return new Fault({
    code: 'case-unfoldable',
    attempted: 'Cannot make the rows of a case',
    found: reason,
    todo: 'Register the procedure that it is pinned to, then try the projection again',
  });
}

function badRows(found: string): Fault {
  return new Fault({
    code: 'row-invalid',
    attempted: 'Cannot make the rows of a case',
    found,
    todo: 'Answer rows of that case, by the tables that are declared',
  });
}
