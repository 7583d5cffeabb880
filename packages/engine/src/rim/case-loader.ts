// Loading cases: folded states kept in memory; the append that follows is their validity check.
import type { EventStore, Head, RecordedEntry, StreamName } from '@himaya/event-store';
import { foldEntries, type Procedures, type Unfoldable } from '../fold.ts';
import type { CaseState } from '../state.ts';

/** Entries read at a time while loading. */
const PAGE_ENTRIES = 512;

/** What loading a stream finds. */
export type Loaded =
  | { readonly kind: 'case'; readonly state: CaseState; readonly fromCache: boolean }
  | Unfoldable
  | { readonly kind: 'none' };

/** Loads and keeps folded cases. */
export class CaseLoader {
  readonly #store: EventStore;
  readonly #procedures: Procedures;
  readonly #statesMax: number;
  readonly #states = new Map<StreamName, CaseState>();

  constructor(store: EventStore, procedures: Procedures, statesMax: number) {
    this.#store = store;
    this.#procedures = procedures;
    this.#statesMax = statesMax;
  }

  /** The case as last seen by this process, or else as stored. */
  async load(stream: StreamName): Promise<Loaded> {
    const known = this.#states.get(stream);
    if (!known) return this.refresh(stream);
    this.#states.delete(stream);
    this.#states.set(stream, known);
    return { kind: 'case', state: known, fromCache: true };
  }

  /** The case as stored now: what others have recorded since is read and folded. */
  async refresh(stream: StreamName): Promise<Loaded> {
    const kept = this.#states.get(stream);
    let state = kept;
    const pages = pagesOf(this.#store, stream, state ? state.head.position + 1 : 0);
    for await (const entries of pages) {
      // What was kept is others' too; what a page before this one made is not.
      const inPlace = state !== kept;
      const folded = foldEntries(state, entries, this.#procedures, { inPlace });
      if (folded && 'kind' in folded) return { ...folded, head: await this.#headOf(folded) };
      state = folded;
    }
    if (!state) return { kind: 'none' };
    this.keep(state);
    return { kind: 'case', state, fromCache: false };
  }

  /** Keeps a state that is known to be recorded. */
  keep(state: CaseState): void {
    const known = this.#states.get(state.stream);
    if (known && known.head.position > state.head.position) return;
    this.#states.delete(state.stream);
    this.#states.set(state.stream, state);
    if (this.#states.size <= this.#statesMax) return;
    for (const oldest of this.#states.keys()) {
      this.#states.delete(oldest);
      break;
    }
  }

  /** Whether this process has seen the case and still knows it. */
  keeps(stream: StreamName): boolean {
    return this.#states.has(stream);
  }

  /** Forgets what this process knew of a stream. */
  drop(stream: StreamName): void {
    this.#states.delete(stream);
  }

  async #headOf(unfoldable: Unfoldable): Promise<Head> {
    const { head } = await this.#store.readStream(unfoldable.stream, unfoldable.head.position, 1);
    return head === 'none' ? unfoldable.head : head;
  }
}

/** The entries of a stream from a position on, page by page. */
export async function* pagesOf(
  store: EventStore,
  stream: StreamName,
  from: number,
): AsyncGenerator<readonly RecordedEntry[]> {
  for (let next = from; ;) {
    const { entries, head } = await store.readStream(stream, next, PAGE_ENTRIES);
    const last = entries.at(-1);
    if (!last) return;
    yield entries;
    next = last.position + 1;
    if (head !== 'none' && next > head.position) return;
  }
}
