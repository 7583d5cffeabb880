// What rules, conditions and assigns are shown of a state of which only some is kept.
import { FACTS_KEY } from '@himaya/statechart';
import type { z } from 'zod';
import { isDeadlineEvent } from '../case-type.ts';
import { concernsOf } from '../event-index.ts';
import type { PartView } from '../part.ts';
import type { PolicyReader } from '../policy.ts';
import type { CaseEvent, ChartFacts, RuleView } from '../rule.ts';
import type { CaseType } from '../compiled.ts';
import type { Instant } from '../instant.ts';
import type { Abstraction } from './abstraction.ts';
import {
  VeiledActor,
  VeiledEvent,
  type Deciding,
} from './deciding.ts';
import { anyOf } from './payload.ts';
import { Unknown, unseen, veiled } from './unknown.ts';
import { VeiledParts } from './veiled-parts.ts';

/** Shows what is kept, and throws {@link Unknown} for everything else. */
export class Veil {
  readonly #caseType: CaseType;
  readonly #abstraction: Abstraction;
  readonly #regions: ReadonlySet<string>;
  #last: { readonly view: RuleView; readonly seen: RuleView } | undefined;
  readonly #policies = new WeakMap<PolicyReader, PolicyReader>();
  readonly parts: VeiledParts;
  #deciding: Deciding | undefined;

  constructor(caseType: CaseType, abstraction: Abstraction) {
    this.#caseType = caseType;
    this.#abstraction = abstraction;
    this.#regions = new Set(abstraction.regions);
    this.parts = new VeiledParts(caseType, abstraction, this);
  }

  /** Whose event is looked at from now on. */
  decide(deciding: Deciding): void {
    this.#deciding = deciding;
  }

  /** What of the event at hand is decided, and who decides it. */
  get deciding(): Deciding {
    return this.#deciding as Deciding;
  }

  /** A view of the whole case, as rules and consequences get it; `kind` is that of their part. */
  case(view: RuleView, kind = this.#partKindOf(view.event)): RuleView {
    // All rules of an event are asked about the same view.
    if (this.#last?.view !== view) this.#last = { view, seen: this.#caseOf(view, kind) };
    return this.#last.seen;
  }

  #caseOf(view: RuleView, kind: string | undefined): RuleView {
    const { event, policy } = view;
    const part = (): PartView | undefined => this.#partOf(view, kind);
    return {
      ...this.state(view),
      event: this.event(event),
      get part() {
        return part();
      },
      policy: this.policy(policy),
      calendar: CALENDAR as RuleView['calendar'],
      reads: READS as RuleView['reads'],
    };
  }

  #partOf({ part }: RuleView, kind: string | undefined): PartView | undefined {
    if (kind === undefined) return undefined;
    if (!Object.hasOwn(this.#abstraction.parts, kind)) throw Unknown.of(`parts.${kind}`);
    return part && this.parts.part(part);
  }

  /** The kind of the part that an event is about in the whole case type. */
  #partKindOf({ type, data }: CaseEvent): string | undefined {
    if (!isDeadlineEvent(type)) return concernsOf(this.#caseType, type).named[0]?.part.kind;
    const { name } = data as { readonly name: string };
    return this.#caseType.deadlines[name]?.part;
  }

  /** What a state is by itself, as claims get it: with the parts that are told apart, and no others. */
  claimed(state: Pick<RuleView, 'context' | 'in' | 'parts'>) {
    return { ...this.state(state), parts: this.parts.told(state.parts) };
  }

  /** What a state is by itself, as invariants get it. */
  state({ context, in: inState, parts }: Pick<RuleView, 'context' | 'in' | 'parts'>) {
    return {
      context: this.caseContext(context as object),
      in: (path: string) => {
        const [region = ''] = path.split('.', 1);
        if (!this.#regions.has(region)) throw Unknown.of(`in(${region})`);
        return inState(path);
      },
      parts: this.parts.view(parts),
    };
  }

  /** Facts of a chart's step; a chart that only starts has none. */
  facts(facts: ChartFacts | undefined): ChartFacts | undefined {
    if (!facts) return undefined;
    const { parts, in: inState } = this.state({ ...facts, context: {} });
    return {
      parts,
      in: inState,
      part: facts.part && this.parts.part(facts.part),
      policy: this.policy(facts.policy),
      calendar: CALENDAR as ChartFacts['calendar'],
      reads: READS as ChartFacts['reads'],
    };
  }

  /** The context of the case: what is kept of it, and what is given. */
  caseContext(context: object, facts?: ChartFacts): object {
    const { given, context: kept } = this.#abstraction;
    const keys = [...Object.keys(given), ...Object.keys(kept)];
    return this.context({ ...context, ...given }, keys, facts);
  }

  /** A context of which `keys` are kept. */
  context(context: object, keys: readonly string[], facts?: ChartFacts): object {
    const values = context as Readonly<Record<string, unknown>>;
    // An empty target: a proxy has to answer what a frozen one holds.
    return new Proxy({}, {
      get: (_, key) => {
        if (typeof key === 'symbol') return undefined;
        if (key === FACTS_KEY) return facts;
        if (!keys.includes(key)) throw Unknown.of(`context.${key}`);
        return veiled(values[key], `context.${key}`);
      },
      has: () => {
        throw Unknown.of('context');
      },
      ownKeys: () => {
        throw Unknown.of('context');
      },
    });
  }

  /** An event with what has been decided of it. */
  event({ type, data }: CaseEvent): CaseEvent {
    return new VeiledEvent(this, this.#deciding as Deciding, type, data) as unknown as CaseEvent;
  }

  /** The data of the event that is decided on. */
  data(): unknown {
    const deciding = this.#deciding as Deciding;
    const schema = this.#caseType.events[deciding.type] as z.ZodType;
    deciding.data ??= anyOf(schema, deciding.type, deciding);
    return deciding.data;
  }

  /** Whoever acts. */
  actor(): CaseEvent['actor'] {
    const deciding = this.#deciding as Deciding;
    deciding.actor ??= new VeiledActor(deciding);
    return deciding.actor as CaseEvent['actor'];
  }

  /**
   * A view for those who only say when something is due. Of a length of time they know that it is
   * one: a term ends at any instant from its beginning on.
   */
  due(view: RuleView, kind: string | undefined): RuleView {
    const policy = { ...this.policy(view.policy), duration: (key: string): unknown => ({ key }) };
    const add = (at: Instant, { key }: { readonly key: string }): Instant => {
      const { passing } = this.#deciding as Deciding;
      return passing(`${key} from ${at}`, ({ moments, choices }) => moments.from(at, choices));
    };
    const calendar = new Proxy({ add }, {
      get: (known, name) => (name === 'add' ? known.add : unseen('calendar')),
    });
    return Object.assign(this.#caseOf(view, kind), { policy, calendar }) as RuleView;
  }

  /** A policy of which no length of time is known, since instants have only an order. */
  policy(policy: PolicyReader): PolicyReader {
    const known = this.#policies.get(policy);
    if (known) return known;
    const made: PolicyReader = {
      ...policy,
      duration: (key) => {
        throw Unknown.of(`policy.${key}`);
      },
      value: (key) => {
        const value = policy.value(key);
        if (hasDeepNumber(value, 0)) throw Unknown.of(`policy.${key}`);
        return value;
      },
    };
    this.#policies.set(policy, made);
    return made;
  }
}

/** Ranks stand in a table one level deep; what is deeper may be hours. */
function hasDeepNumber(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return depth > 1;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => hasDeepNumber(inner, depth + 1));
}

const CALENDAR = nothingOf('calendar');
const READS = nothingOf('reads');

function nothingOf(what: string): object {
  const look = (): never => unseen(what);
  return new Proxy({}, { get: look, has: look, ownKeys: look });
}
