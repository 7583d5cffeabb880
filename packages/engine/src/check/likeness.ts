// Whether a state of the model is one of those that a recorded state can be seen as.
import type { CaseType } from '../compiled.ts';
import type { Arming } from '../deadline-ledger.ts';
import type { Instant } from '../instant.ts';
import type { PartState } from '../part.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { Draft } from '../state.ts';
import type { Abstraction, Kept, KeptParts, Others, WrittenState } from './abstraction.ts';
import { ANY_DATA, OTHER } from './deciding.ts';
import { isInstant } from './moments.ts';

/** As much of a recorded state as is compared. */
export interface Seen {
  readonly chart: Draft['chart'];
  readonly parts: readonly PartState[];
  readonly pending: readonly Arming[];
  readonly recordedAt: Instant;
}

/** The text of a state of the model, read. */
interface Model {
  readonly now: Instant;
  readonly chart: { readonly configuration: readonly string[]; readonly context: Values };
  readonly parts: WrittenState['parts'];
  readonly armings: readonly Arming[];
}

type Values = Readonly<Record<string, unknown>>;
type Part = WrittenState['parts'][number];
/** An instant of the model, and the recorded one that stands for it. */
type Pair = readonly [Instant, Instant];

/** Compares states of a model with recorded ones. */
export class Likeness {
  readonly #caseType: CaseType;
  readonly #abstraction: Abstraction;
  /** Ids of the parts that are told apart, by their kinds. */
  readonly #told: ReadonlyMap<string, string>;
  /** What an abstraction lists stands for others of its kind. */
  readonly #listed: ReadonlySet<string>;

  constructor(
    caseType: CaseType,
    abstraction: Abstraction,
    told: ReadonlyMap<string, string>,
  ) {
    this.#caseType = caseType;
    this.#abstraction = abstraction;
    this.#told = told;
    this.#listed = new Set(Object.values(abstraction.values).flatMap(textsIn));
  }

  isLike(text: string, { chart, parts, pending, recordedAt }: Seen): boolean {
    const model = JSON.parse(text) as Model;
    const pairs: Pair[] = [];
    const kept = this.#keptOf(chart.context, parts);
    return (
      this.#isLikeConfiguration(model.chart.configuration, chart.configuration) &&
      Object.keys(this.#abstraction.context).every((key) =>
        this.#isAlike(model.chart.context[key], kept.context[key], pairs),
      ) &&
      this.#areLikeParts(model.parts, kept.parts, pairs) &&
      this.#areLikeDeadlines(model.armings, pending, pairs) &&
      areInOrder(pairs, [model.now, recordedAt])
    );
  }

  /** Whether what a step decided of its event is so of the recorded one. */
  isLikeData(data: unknown, { type, data: recorded }: RecordedEvent, decided: Values): boolean {
    if (data === ANY_DATA) {
      const { values } = this.#abstraction;
      // What follows from the state is written down as the same wherever that is.
      const compared = Object.entries(decided).filter(
        ([key]) => typeof (values[`${type}.${key}`] ?? values[key]) !== 'function',
      );
      return this.#isAlike(Object.fromEntries(compared), recorded, []);
    }
    if (type !== 'DeadlineReached') return true;
    const { name, part } = data as { readonly name: string; readonly part: string };
    const own = recorded as { readonly name: string; readonly part: string };
    return name === own.name && this.#isAlike(part, own.part, []);
  }

  /** A recorded state as it would be written down, if all of its parts were told apart. */
  #keptOf(context: Values, all: readonly PartState[]): WrittenState {
    const { context: keys, parts: kinds, same } = this.#abstraction;
    const parts = all.flatMap(({ kind, id, snapshot }): Part[] => {
      const kept = kinds[kind];
      if (!kept) return [];
      const { configuration, context: own } = snapshot;
      return [{ kind, id, configuration, context: projected(own as Values, kept.fields) }];
    });
    const whole = { context: projected(context, keys), parts };
    return same?.(whole) ?? whole;
  }

  #isLikeConfiguration(model: readonly string[], recorded: readonly string[]): boolean {
    const isSplit = this.#caseType.chart.structure.nodes[0]?.kind === 'parallel';
    const isKept = (path: string): boolean =>
      !isSplit || this.#abstraction.regions.includes(path.split('.', 1)[0] ?? '');
    const [own, others] = [model.filter(isKept), recorded.filter(isKept)];
    return own.length === others.length && own.every((path) => others.includes(path));
  }

  #areLikeParts(
    model: readonly Part[],
    recorded: readonly Part[],
    pairs: Pair[],
  ): boolean {
    return Object.entries(this.#abstraction.parts).every(([kind, kept]) => {
      const own = model.filter((part) => part.kind === kind);
      const told = recorded.filter(
        (part) => part.kind === kind && this.#isTold(part, kept) && !isOther(part, kept),
      );
      const isLikePart = ({ configuration, context }: Part, index: number): boolean => {
        const one = told[index];
        if (one?.configuration.join() !== configuration.join()) return false;
        return this.#isAlike(context, one.context, pairs);
      };
      return own.length === told.length && own.every(isLikePart);
    });
  }

  /** Where it is said what the others are, every part that is none of them is told apart. */
  #isTold({ kind, id }: Pick<Part, 'kind' | 'id'>, { others }: KeptParts): boolean {
    return others !== undefined || this.#told.get(kind) === id;
  }

  #areLikeDeadlines(
    model: readonly Arming[],
    recorded: readonly Arming[],
    pairs: Pair[],
  ): boolean {
    const isKept = ({ name, part }: Arming): boolean => {
      const kind = this.#caseType.deadlines[name]?.part;
      const isTold = kind === undefined || this.#told.get(kind) === part;
      return isTold && this.#abstraction.deadlines.includes(name);
    };
    const due = recorded.filter(isKept);
    const isLike = (arming: Arming, index: number): boolean => {
      const other = due[index];
      if (other) pairs.push([arming.dueAt, other.dueAt]);
      return other?.name === arming.name;
    };
    const own = model.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt)));
    return own.length === due.length && own.every(isLike);
  }

  #isAlike(model: unknown, recorded: unknown, pairs: Pair[]): boolean {
    if (typeof model === 'string') return this.#isAlikeText(model, recorded, pairs);
    if (typeof model !== 'object' || model === null) return model === recorded;
    if ('@unknown' in model) return true;
    if (typeof recorded !== 'object' || recorded === null) return false;
    if (!Array.isArray(model)) {
      const values = recorded as Values;
      return Object.entries(model).every(([key, one]) => this.#isAlike(one, values[key], pairs));
    }
    const items = model as readonly unknown[];
    const others = recorded as readonly unknown[];
    // One of those that are listed stands for any number of them.
    const isListed = items.length > 0 && items.every((one) => this.#listed.has(one as string));
    if (isListed) return others.length > 0;
    return (
      items.length === others.length &&
      items.every((one, index) => this.#isAlike(one, others[index], pairs))
    );
  }

  #isAlikeText(model: string, recorded: unknown, pairs: Pair[]): boolean {
    if (typeof recorded !== 'string') return false;
    if (isInstant(model) && isInstant(recorded)) {
      pairs.push([model, recorded]);
      return true;
    }
    // Also a part that was told apart, once it is not any more: what it comes to is compared.
    if (model === OTHER) return true;
    const kinds = Object.entries(this.#abstraction.parts);
    const [kind, kept] = kinds.find(([one]) => model.startsWith(one)) ?? [];
    const isId = kind !== undefined && /^\d+$/.test(model.slice(kind.length));
    if (isId && kept) return this.#isTold({ kind, id: recorded }, kept);
    return model === recorded || this.#listed.has(model);
  }
}

function projected(values: Values, keys: Readonly<Record<string, Kept>>): Values {
  return Object.fromEntries(
    Object.entries(keys).map(([key, kept]) => [
      key,
      kept === true ? values[key] : kept(values[key] as never),
    ]),
  );
}

function isOther({ configuration, context }: Part, { others = [] }: KeptParts): boolean {
  return others.some(
    ({ states, fields = {} }: Others) =>
      configuration.every((state) => states.includes(state)) &&
      Object.entries(fields).every(([key, values]) => values.includes(context[key])),
  );
}

/** The texts that stand anywhere in a list of values. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === 'any' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Whether instants stand as those of the record do, and none that is past there is to come. */
function areInOrder(pairs: readonly Pair[], [now, recordedNow]: Pair): boolean {
  const sign = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  return pairs.every(
    ([model, recorded], index) =>
      (model > now || recorded <= recordedNow) &&
      pairs.slice(0, index).every(([one, other]) => sign(one, model) === sign(other, recorded)),
  );
}
