// What rules, conditions and assigns are shown of the parts of a case, of which only some are kept.
import type { CaseType } from '../compiled.ts';
import type { PartsView, PartView } from '../part.ts';
import type { Abstraction } from './abstraction.ts';
import { isWithin, OTHER, type Deciding } from './deciding.ts';
import { Unknown, unseen } from './unknown.ts';

/** What the parts have in common with the rest of the case. */
interface Shown {
  readonly deciding: Deciding;
  context(context: object, keys: readonly string[]): object;
}

/** Shows parts that are told apart, and of the others what is known of all of them. */
export class VeiledParts {
  readonly #caseType: CaseType;
  readonly #abstraction: Abstraction;
  readonly #shown: Shown;
  /** Whether somebody has asked for all parts of a kind, of which the others were not shown. */
  hasLookedAtAll = false;

  constructor(caseType: CaseType, abstraction: Abstraction, shown: Shown) {
    this.#caseType = caseType;
    this.#abstraction = abstraction;
    this.#shown = shown;
  }

  /** Parts as rules and conditions are shown them, of the kinds that are kept. */
  view(parts: PartsView): PartsView {
    return {
      ...this.told(parts),
      all: (kind) => {
        const told = this.told(parts).all(kind);
        if (this.#abstraction.whether?.includes(kind.kind) === true) {
          return [...told, this.#any(kind.kind) as (typeof told)[number]];
        }
        this.hasLookedAtAll = true;
        return told;
      },
    };
  }

  /** The parts that are told apart, without anything that stands for others. */
  told(parts: PartsView): PartsView {
    return {
      one: (kind, id) => {
        this.#check(kind.kind);
        const found = parts.one(kind, id);
        return found && (this.part(found) as typeof found);
      },
      all: (kind) => {
        this.#check(kind.kind);
        const told = parts.all(kind).filter(({ id }) => id !== OTHER);
        return told.map((part) => this.part(part) as typeof part);
      },
    };
  }

  /** One part, with the fields of it that are kept. */
  part(part: PartView): PartView {
    const { kind, id, status, states } = part;
    const isOther = id === OTHER;
    const keys = Object.keys(this.#abstraction.parts[kind]?.fields ?? {});
    const known = (key: string): unknown => this.#other(kind).field(key);
    const isEnded = (): boolean => this.#isOtherEnded(kind);
    const context = isOther
      ? new Proxy({}, { get: (_, key) => known(String(key)), has: () => known('') === undefined })
      : this.#shown.context(part.context as object, keys);
    return {
      kind,
      id,
      context,
      get status() {
        if (!isOther) return status;
        return isEnded() ? 'ended' : 'active';
      },
      get states() {
        if (isOther) throw Unknown.of(`parts.${kind}.states`);
        return states;
      },
      get openedAt(): never {
        throw Unknown.of(`parts.${kind}.openedAt`);
      },
      in: (path) => (isOther ? isWithin(this.#other(kind).state, path) : part.in(path)),
      wasIn: (path) => {
        throw Unknown.of(`parts.${kind}.${path}`);
      },
    };
  }

  /** A part that stands for any of the others: each thing that is asked of it may be so of one. */
  #any(kind: string): PartView {
    const fieldsOf = (key: string): readonly unknown[] => {
      const others = this.#abstraction.parts[kind]?.others ?? [];
      const values = others.map(({ fields = {} }) => fields[key]);
      if (values.some((list) => list === undefined)) throw Unknown.of(`parts.${kind}.${key}`);
      return values.flat();
    };
    const { passing } = this.#shown.deciding;
    const where = `any ${kind}`;
    const known = (key: string): unknown =>
      passing(`${where} ${key}`, ({ choices }) => choices.pick(fieldsOf(key)));
    return {
      kind,
      id: OTHER,
      context: new Proxy({}, { get: (_, key) => known(String(key)) }),
      get status() {
        return unseen(`${where} status`);
      },
      get states() {
        return unseen(`${where} states`);
      },
      get openedAt() {
        return unseen(`${where} opened at`);
      },
      in: (path) => passing(`${where} in ${path}`, ({ choices }) => choices.perhaps()),
      wasIn: (path) => unseen(`${where} was in ${path}`),
    };
  }

  #check(kind: string): void {
    if (!Object.hasOwn(this.#abstraction.parts, kind)) throw Unknown.of(`parts.${kind}`);
  }

  /** What one of the others is, where that is known. */
  #other(kind: string): { readonly state: string; field(key: string): unknown } {
    const others = this.#abstraction.parts[kind]?.others;
    if (!others) throw Unknown.of(`parts.${kind}`);
    const { passing } = this.#shown.deciding;
    const where = `parts.${kind}`;
    const { states, fields = {} } = passing(where, ({ choices }) => choices.pick(others));
    return {
      state: passing(`${where} state`, ({ choices }) => choices.pick(states)),
      field: (key) => {
        const values = fields[key];
        if (values === undefined) throw Unknown.of(`${where}.${key}`);
        return passing(`${where}.${key}`, ({ choices }) => choices.pick(values));
      },
    };
  }

  #isOtherEnded(kind: string): boolean {
    const { state } = this.#other(kind);
    const { nodes } = (this.#caseType.parts[kind] as CaseType['parts'][string]).chart.structure;
    return nodes.some((node) => node.path === state && node.kind === 'final');
  }
}
