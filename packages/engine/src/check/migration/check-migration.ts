// Whether a migration leads every state that a case of the earlier version can reach to one of its own.
import { NotExplored, NotLoosened, reachedIn, type ReachedPlace } from '@himaya/statechart';
import { kindOf } from '../../authored.ts';
import type { MigrationState } from '../../case-type.ts';
import type { CaseType } from '../../compiled.ts';
import type { Text } from '../../text.ts';
import { Choices, TooManyWays } from '../choices.ts';
import { Unknown } from '../unknown.ts';
import { AnyConfiguration, isOfTheCheck, RunEnded, type Region } from './any-configuration.ts';
import { anyContext, anyFields, fieldsOf, holdsUnknown, valuesOf } from './any-context.ts';
import { AnyParts, type PartRow } from './any-parts.ts';
import { LegalConfigurations } from './legal.ts';

/** Where a migration does not lead to a state of its version. */
export interface MigrationProblem {
  readonly kind:
    /** It leads to states that are no configuration there: `what` are their paths. */
    | 'states'
    /** From wherever it comes, it leads to no state of these regions. */
    | 'regions'
    /** It leaves a part of a kind that is not there: `what` is the kind. */
    | 'part'
    /** It leaves out keys of the context, or gives them values that they cannot have: `what` are these. */
    | 'context'
    /** It throws: `what` is the kind of error. */
    | 'failed';
  readonly what: readonly string[];
  /** The kind of the part that it is about; `''` for the case. */
  readonly part: string;
  /** From where: states of regions with a shortest way to each. None where it is so from everywhere. */
  readonly from: readonly ReachedPlace[];
  /** What stands in the context there, as far as the migration asks and it can be told. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** What became of the claim that every reachable state of an earlier version can move. */
export type MigrationReport =
  /** `places`: states of regions and parts that lead to states of the version. */
  | { readonly kind: 'proved'; readonly places: number }
  | { readonly kind: 'found'; readonly problems: readonly MigrationProblem[] }
  | { readonly kind: 'notProved'; readonly reason: Text };

/**
 * Runs the migration of `to` from `from` over every state that a case of the earlier version can reach:
 * every region in any state that its structure can come to, any number of parts in any of theirs, a
 * context of any values. Without a migration the states have to be there as they are.
 *
 * What it asks of the context is answered each way: values that a schema lists one by one, and texts,
 * numbers and lists as empty or not. What it compares free texts with is not seen.
 */
export function checkMigration(from: CaseType, to: CaseType): MigrationReport {
  try {
    return new MigrationCheck(from, to).run();
  } catch (error) {
    const reason = reasonOf(error);
    if (!reason) throw error;
    return { kind: 'notProved', reason };
  }
}

function reasonOf(error: unknown): Text | undefined {
  if (error instanceof Unknown) {
    return {
      en: `the migration looks at ${error.what}, of which nothing is known`,
      ar: `ينظر النقل في ${error.what} ولا يعرف عنه شيء`,
    };
  }
  if (error instanceof TooManyWays) {
    return {
      en: 'the migration asks for too many regions at once: map, flatMap, concat and includes ask one by one',
      ar: 'يسأل النقل عن مناطق كثيرة معا: map وflatMap وconcat وincludes تسأل عن كل منها وحدها',
    };
  }
  if (!(error instanceof NotExplored) && !(error instanceof NotLoosened)) return undefined;
  return { en: error.message, ar: `لا يمكن استقصاء الرسم: ${error.message}` };
}

/** Runs of one migration at most: more means that it asks where all regions are together. */
const RUNS_MAX = 10_000;

class MigrationCheck {
  readonly #from: CaseType;
  readonly #to: CaseType;
  readonly #legal: LegalConfigurations;
  readonly #legalParts: ReadonlyMap<string, LegalConfigurations>;
  readonly #choices = new Choices();
  readonly #regions: readonly Region[];
  readonly #parts: readonly PartRow[];
  readonly #problems = new Map<string, MigrationProblem>();
  #decided = new Map<string, unknown>();

  constructor(from: CaseType, to: CaseType) {
    this.#from = from;
    this.#to = to;
    this.#legal = new LegalConfigurations(to.chart);
    const kinds = Object.entries(to.parts);
    this.#legalParts = new Map(
      kinds.map(([kind, { chart }]) => [kind, new LegalConfigurations(chart)]),
    );
    this.#regions = reachedIn(from.chart).map((all) => ({ all, places: all }));
    this.#parts = Object.values(from.parts).flatMap(({ kind, chart }) =>
      wholes(reachedIn(chart)).map((place): PartRow => {
        const { configuration } = place;
        const context = anyFields(kind);
        return { from: { kind, place }, made: [{ kind, id: `${kind}1`, configuration, context }] };
      }),
    );
  }

  run(): MigrationReport {
    this.#choices.each(() => this.#once(), RUNS_MAX);
    const problems = [...this.#problems.values()];
    if (problems.length > 0) return { kind: 'found', problems };
    const places = this.#regions.reduce((sum, { all }) => sum + all.length, this.#parts.length);
    return { kind: 'proved', places };
  }

  #once(): void {
    this.#decided = new Map();
    for (const region of this.#regions) region.places = region.all;
    try {
      const moved = this.#migrated();
      this.#judgeConfiguration(moved.configuration);
      this.#judgeParts(moved.parts);
      this.#judgeContext(moved.context);
    } catch (error) {
      if (error instanceof RunEnded) return;
      if (isOfTheCheck(error)) throw error;
      this.#note('failed', [kindOf(error)]);
    }
  }

  #migrated(): MigrationState {
    const choices = this.#choices;
    const configuration = AnyConfiguration.of(this.#regions, choices, (place, error) =>
      this.#note('failed', [kindOf(error)], [place]),
    );
    const parts = new AnyParts(this.#parts, choices, ({ kind, place }, error) =>
      this.#note('failed', [kindOf(error)], [place], kind),
    );
    const context = anyContext(this.#from.contextSchema, choices, this.#decided);
    const state = { configuration: configuration.shown, parts: parts.shown, context };
    const migration = this.#to.migrations[this.#from.version];
    return migration ? migration.migrate(state) : state;
  }

  #judgeConfiguration(configuration: readonly string[]): void {
    const known = AnyConfiguration.behind(configuration);
    if (known) {
      const { regions, illegal } = this.#legal.problemsOf(known.rows);
      if (regions.length > 0) this.#note('regions', regions);
      for (const { from, leads } of illegal) this.#note('states', leads, from);
    } else if (!this.#legal.has(configuration)) {
      this.#note('states', configuration);
    }
  }

  #judgeParts(parts: MigrationState['parts']): void {
    const rows = AnyParts.behind(parts)?.rows ?? [{ made: parts }];
    for (const { from, made } of rows as readonly PartRow[]) {
      const places = from ? [from.place] : [];
      for (const { kind, configuration } of made) {
        const legal = this.#legalParts.get(kind);
        if (!legal) this.#note('part', [kind], places, from?.kind ?? kind);
        else if (!legal.has(configuration)) {
          this.#note('states', configuration, places, from?.kind ?? kind);
        }
      }
    }
  }

  #judgeContext(context: MigrationState['context']): void {
    const [earlier, fields] = [this.#from, this.#to].map((one) => fieldsOf(one.contextSchema));
    // A copy, as the chart makes one: only what the migration asks for is decided.
    const moved = { ...context };
    const wrong = Object.entries(fields ?? {}).filter(([key, schema]) =>
      valuesOf(moved[key], earlier ?? {}).some((value) => !schema.safeParse(value).success),
    );
    if (wrong.length > 0) this.#note('context', wrong.map(([key]) => key));
  }

  #note(
    kind: MigrationProblem['kind'],
    what: readonly string[],
    places: readonly ReachedPlace[] = [],
    part = '',
  ): void {
    // What a run has asked for belongs to it, too.
    const asked = this.#regions.filter(
      ({ all, places: left }) =>
        left.length < all.length && !all.some((place) => places.includes(place)),
    );
    const where = asked.flatMap(({ places: [first] }) => first ?? []);
    const from = part === '' ? [...where, ...places] : places;
    const context = Object.fromEntries(
      [...this.#decided].filter(([, value]) => !holdsUnknown(value)),
    );
    const problem: MigrationProblem = { kind, what, part, from, context };
    const key = JSON.stringify([kind, what, part, from.map(({ configuration }) => configuration)]);
    if (!this.#problems.has(key)) this.#problems.set(key, problem);
  }
}

/** Places of a part: of one with regions, each of them in any of its own. */
function wholes(regions: readonly (readonly ReachedPlace[])[]): readonly ReachedPlace[] {
  return regions.reduce<readonly ReachedPlace[]>(
    (all, region) =>
      all.flatMap(({ configuration, events }) =>
        region.map((place) => ({
          configuration: [...configuration, ...place.configuration],
          events: [...events, ...place.events],
        })),
      ),
    [{ configuration: [], events: [] }],
  );
}
