// What a random move looks at: the case as it is, the time, and numbers that chance has drawn.
import type { CaseView } from '@himaya/engine';

/** Numbers drawn from one number, so that a sequence that failed can be made smaller. */
export class Draw {
  #state: number;

  constructor(n: number) {
    this.#state = (Math.imul(n + 1, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
  }

  /** A number below `count`. */
  below(count: number): number {
    this.#state = (Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return (this.#state >>> 5) % count;
  }

  /** Once in `count` times. */
  once(count: number): boolean {
    return this.below(count) === 0;
  }

  of<Item>(list: readonly Item[]): Item {
    return list[this.below(list.length)] as Item;
  }
}

/** The case as a move finds it. */
export class Situation {
  readonly view: CaseView;
  readonly nowMs: number;
  readonly draw: Draw;
  /** Another file that this one can be merged into. */
  readonly otherCase: string;

  constructor(view: CaseView, nowMs: number, draw: Draw, otherCase: string) {
    this.view = view;
    this.nowMs = nowMs;
    this.draw = draw;
    this.otherCase = otherCase;
  }

  in(state: string): boolean {
    return this.view.states.some((path) => path === state || path.startsWith(`${state}.`));
  }

  /** The id of the first party in a role. */
  party(role: string): string {
    const parties = this.view.context['parties'] as Readonly<Record<string, { role: string }>>;
    return Object.entries(parties).find(([, party]) => party.role === role)?.[0] ?? 'nobody';
  }

  /** Who leads the case, or somebody who does such work. */
  get caseworker(): string {
    const lead = this.view.context['lead'];
    return typeof lead === 'string' && lead.startsWith('cw') ? lead : 'cw1';
  }

  get victim(): string {
    return this.party('victim');
  }

  get aggressor(): string {
    return this.party('allegedAggressor');
  }

  /** Both of them, mostly. */
  get both(): readonly string[] {
    const others = [this.victim, this.party('witness')];
    return this.draw.once(12) ? others : [this.victim, this.aggressor];
  }

  /** The parts of a kind, by a state if one is asked for. */
  parts(kind: string, state?: string) {
    return this.view.parts.filter(
      (part) => part.kind === kind && (state === undefined || part.in(state)),
    );
  }

  /** The id of a part: mostly the last one of the state, now and then any. */
  id(kind: string, state?: string): string {
    const fit = this.parts(kind, state);
    const all = this.parts(kind);
    if (all.length === 0) return 'none';
    return fit.length === 0 || this.draw.once(8) ? this.draw.of(all).id : (fit.at(-1)?.id ?? '');
  }

  at(hours: number): string {
    return new Date(this.nowMs + hours * 3_600_000).toISOString();
  }
}

/** Who gives a command, and with what. */
export type Made = readonly [by: string, input: object];
/** How a command is given. */
export type Maker = (case_: Situation) => Made;
