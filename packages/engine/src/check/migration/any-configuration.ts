// The configuration that a migration is shown: each region in any of its states, told apart when asked.
import type { ReachedPlace } from '@himaya/statechart';
import { TooManyWays, type Choices } from '../choices.ts';
import { Unknown } from '../unknown.ts';

/** One region, and where it may still be in this run: questions that were answered narrow it. */
export interface Region {
  readonly all: readonly ReachedPlace[];
  places: readonly ReachedPlace[];
}

/** What a migration makes of one region, by the place it is in; without a region of whatever there is. */
export interface Row {
  readonly region?: Region;
  readonly leads: ReadonlyMap<ReachedPlace | undefined, readonly string[]>;
}

/** Hears that a function of the migration threw where a region was in this place. */
export type OnThrown = (place: ReachedPlace, error: unknown) => void;

/** Thrown when a run of a migration cannot go on: what was wrong with it has been told. */
export class RunEnded extends Error {}

/** Whether the check itself threw, and no function of the migration. */
export function isOfTheCheck(error: unknown): boolean {
  return [RunEnded, Unknown, TooManyWays].some((kind) => error instanceof kind);
}

const behind = new WeakMap<object, AnyConfiguration>();

/**
 * States of all regions at once, without running a migration for each of their combinations: `map`,
 * `flatMap`, `filter`, `concat`, `includes`, `some` and `every` look at one region at a time. Whatever
 * else a list can do decides where every region is.
 */
export class AnyConfiguration {
  readonly rows: readonly Row[];
  readonly #choices: Choices;
  readonly #onThrown: OnThrown;
  #listed: readonly string[] | undefined;

  constructor(rows: readonly Row[], choices: Choices, onThrown: OnThrown) {
    this.rows = rows;
    this.#choices = choices;
    this.#onThrown = onThrown;
  }

  /** The configuration of regions that may be anywhere. */
  static of(regions: readonly Region[], choices: Choices, onThrown: OnThrown): AnyConfiguration {
    const rows = regions.map((region): Row => {
      const leads = region.all.map((place) => [place, place.configuration] as const);
      return { region, leads: new Map(leads) };
    });
    return new AnyConfiguration(rows, choices, onThrown);
  }

  /** What stands behind a list that a migration was shown or has made of one. */
  static behind(list: unknown): AnyConfiguration | undefined {
    return typeof list === 'object' && list !== null ? behind.get(list) : undefined;
  }

  /** The list as a migration sees it. */
  get shown(): readonly string[] {
    const own = this.#methods();
    const shown = new Proxy<readonly string[]>([], {
      get: (_, key) => {
        if (typeof key === 'string' && Object.hasOwn(own, key)) return own[key];
        const list = this.#list();
        const found: unknown = Reflect.get(list, key);
        return typeof found === 'function' ? (found.bind(list) as unknown) : found;
      },
      has: (_, key) => Reflect.has(this.#list(), key),
    });
    behind.set(shown, this);
    return shown;
  }

  #methods(): Readonly<Record<string, unknown>> {
    const some = (ask: (path: string) => unknown): boolean => {
      const asks = (paths: readonly string[]): boolean => paths.some((path) => Boolean(ask(path)));
      return this.rows.some((row) => this.#asked(row, asks));
    };
    const made = (change: (paths: readonly string[]) => readonly string[]): readonly string[] =>
      this.#made(this.rows.map((row) => this.#changed(row, change)));
    return {
      map: (change: (path: string) => string) => made((paths) => paths.map((one) => change(one))),
      flatMap: (change: (path: string) => string | readonly string[]) =>
        made((paths) => paths.flatMap((one) => change(one))),
      filter: (keeps: (path: string) => unknown) =>
        made((paths) => paths.filter((one) => keeps(one))),
      concat: (...more: readonly (string | readonly string[])[]) =>
        this.#made([...this.rows, ...more.flatMap((one) => rowsOf(one))]),
      includes: (path: string) => some((one) => one === path),
      some,
      every: (ask: (path: string) => unknown) => !some((path) => !ask(path)),
    };
  }

  #made(rows: readonly Row[]): readonly string[] {
    return new AnyConfiguration(rows, this.#choices, this.#onThrown).shown;
  }

  /** Each place of a row changed by itself; where that throws, the region is in none such any more. */
  #changed(row: Row, change: (paths: readonly string[]) => readonly string[]): Row {
    const leads = new Map<ReachedPlace | undefined, readonly string[]>();
    for (const [place, paths] of row.leads) {
      if (!isStill(row, place)) continue;
      try {
        leads.set(place, change(paths));
      } catch (error) {
        if (place === undefined || isOfTheCheck(error)) throw error;
        // What was asked meanwhile may have said that it is elsewhere.
        if (isStill(row, place)) this.#onThrown(place, error);
        if (row.region) leave(row.region, place);
      }
    }
    return { ...row, leads };
  }

  /** What a row answers; where its places differ in it, either way, and it is in those from then on. */
  #asked({ region, leads }: Row, ask: (paths: readonly string[]) => boolean): boolean {
    if (!region) return ask(leads.get(undefined) ?? []);
    const answers = new Map(region.places.map((place) => [place, ask(leads.get(place) ?? [])]));
    const answer = this.#choices.pick([...new Set(answers.values())]);
    region.places = region.places.filter((place) => answers.get(place) === answer);
    return answer;
  }

  #list(): readonly string[] {
    this.#listed ??= this.rows.flatMap(({ region, leads }) => {
      if (!region) return leads.get(undefined) ?? [];
      const place = this.#choices.pick(region.places);
      region.places = [place];
      return leads.get(place) ?? [];
    });
    return this.#listed;
  }
}

/** Rows of what a list is joined with. */
function rowsOf(more: string | readonly string[]): readonly Row[] {
  const known = AnyConfiguration.behind(more);
  return known ? known.rows : [{ leads: new Map([[undefined, [more].flat()]]) }];
}

function isStill({ region }: Row, place: ReachedPlace | undefined): boolean {
  return place === undefined || region?.places.includes(place) === true;
}

function leave(region: Region, place: ReachedPlace): void {
  region.places = region.places.filter((one) => one !== place);
  if (region.places.length === 0) throw new RunEnded();
}
