// The parts that a migration is shown: any number of every kind, each in any of its states.
import type { ReachedPlace } from '@himaya/statechart';
import type { MigrationState } from '../../case-type.ts';
import type { Choices } from '../choices.ts';
import { unseen } from '../unknown.ts';
import { isOfTheCheck } from './any-configuration.ts';

type Part = MigrationState['parts'][number];

/** Parts of one kind in one place, and what a migration makes of each; or parts that it adds. */
export interface PartRow {
  readonly from?: { readonly kind: string; readonly place: ReachedPlace };
  readonly made: readonly Part[];
}

/** Hears that a function of the migration threw on a part. */
export type OnPartThrown = (from: NonNullable<PartRow['from']>, error: unknown) => void;

const behind = new WeakMap<object, AnyParts>();

/**
 * Any number of parts. `map`, `flatMap`, `filter` and `concat` look at each by itself, `some` and
 * `every` at whether there is one that is so. How many there are, nobody can tell.
 */
export class AnyParts {
  readonly rows: readonly PartRow[];
  readonly #choices: Choices;
  readonly #onThrown: OnPartThrown;

  constructor(rows: readonly PartRow[], choices: Choices, onThrown: OnPartThrown) {
    this.rows = rows;
    this.#choices = choices;
    this.#onThrown = onThrown;
  }

  /** What stands behind a list that a migration was shown or has made of one. */
  static behind(list: unknown): AnyParts | undefined {
    return typeof list === 'object' && list !== null ? behind.get(list) : undefined;
  }

  /** The list as a migration sees it. @throws Unknown at whatever would tell how many there are */
  get shown(): MigrationState['parts'] {
    const own = this.#methods();
    const shown = new Proxy<MigrationState['parts']>([], {
      get: (_, key) =>
        typeof key === 'string' && Object.hasOwn(own, key)
          ? own[key]
          : unseen(key === Symbol.iterator ? 'parts, in a loop' : `parts.${String(key)}`),
      has: (_, key) => unseen(`parts.${String(key)}`),
    });
    behind.set(shown, this);
    return shown;
  }

  #methods(): Readonly<Record<string, unknown>> {
    const some = (ask: (part: Part) => unknown): boolean => {
      const isSo = ({ made }: PartRow): boolean => made.some((part) => Boolean(ask(part)));
      const so = this.rows.filter((row) => isSo(row));
      if (so.length === 0) return false;
      // What the migration adds is there for certain.
      return so.some(({ from }) => !from) || this.#choices.perhaps();
    };
    const made = (change: (parts: readonly Part[]) => readonly Part[]): MigrationState['parts'] =>
      this.#made(this.rows.flatMap((row) => this.#changed(row, change)));
    return {
      map: (change: (part: Part) => Part) => made((parts) => parts.map((one) => change(one))),
      flatMap: (change: (part: Part) => Part | readonly Part[]) =>
        made((parts) => parts.flatMap((one) => change(one))),
      filter: (keeps: (part: Part) => unknown) =>
        made((parts) => parts.filter((one) => keeps(one))),
      concat: (...more: readonly (Part | readonly Part[])[]) =>
        this.#made([...this.rows, ...more.flatMap((one) => rowsOf(one))]),
      some,
      every: (ask: (part: Part) => unknown) => !some((part) => !ask(part)),
    };
  }

  #made(rows: readonly PartRow[]): MigrationState['parts'] {
    return new AnyParts(rows, this.#choices, this.#onThrown).shown;
  }

  #changed(row: PartRow, change: (parts: readonly Part[]) => readonly Part[]): readonly PartRow[] {
    try {
      return [{ ...row, made: change(row.made) }];
    } catch (error) {
      if (!row.from || isOfTheCheck(error)) throw error;
      this.#onThrown(row.from, error);
      return [];
    }
  }
}

function rowsOf(more: Part | readonly Part[]): readonly PartRow[] {
  return AnyParts.behind(more)?.rows ?? [{ made: [more].flat() as readonly Part[] }];
}
