// Every state that a case over an abstraction can reach, nearest first, and what claims say of them.
import type { CaseType } from '../compiled.ts';
import type { Policy } from '../policy.ts';
import type { Draft } from '../state.ts';
import type { CaseEvent } from '../rule.ts';
import { Beyond } from './abstract-state.ts';
import type { Abstraction, Claim, StateView } from './abstraction.ts';
import { stateView } from './in-record.ts';
import type { Move } from './moves.ts';
import { Steps, type OnTaken, type StateRead, type Taken } from './steps.ts';
import { overLimit, stepsTo, type Node } from './trail.ts';
import type { AbstractStep, CheckOptions, CheckReport } from './verdict.ts';
import { isAbout, Verdicts } from './verdicts.ts';

const STATES_MAX = 200_000;

/** One search, over one abstraction. */
export class Search {
  readonly #whole: CaseType;
  readonly #options: CheckOptions;
  readonly #steps: Steps;
  readonly #nodes: Node[] = [];
  readonly #verdicts: Verdicts;
  readonly #seen = new Set<string>();
  #waiting: Node[] = [];
  #ways = 0;

  constructor(
    caseType: CaseType,
    policy: Policy,
    abstraction: Abstraction,
    claims: readonly Claim[],
    options: CheckOptions,
  ) {
    this.#whole = caseType;
    this.#verdicts = new Verdicts(claims);
    this.#options = options;
    this.#steps = new Steps(caseType, policy, abstraction, claims);
  }

  run(): CheckReport {
    const { draft, text } = this.#steps.first();
    this.#reach(draft, text, undefined, undefined);
    let { moves } = this.#steps;
    this.#visit(this.#waiting, moves);
    for (let further = this.#hidden(); further.length > 0; further = this.#hidden()) {
      moves = [...moves, ...further];
      this.#waiting = [];
      for (const node of this.#nodes.slice()) this.#expand(node, further);
      this.#visit(this.#waiting, moves);
    }
    const [{ size: states }, { unknown }] = [this.#seen, this.#steps.stepping.looks];
    return { verdicts: this.#verdicts.all, states, steps: this.#ways, unknown };
  }

  /** What happens alone, as has turned out; nothing where no claim is open any more. */
  #hidden(): readonly Move[] {
    return this.#verdicts.open.length === 0 ? [] : this.#steps.hidden();
  }

  #visit(first: Node[], moves: readonly Move[]): void {
    const { onProgress } = this.#options;
    for (let level = first; level.length > 0; level = this.#waiting) {
      this.#waiting = [];
      for (const [index, node] of level.entries()) {
        if (index % 16 === 0) {
          const waiting = level.length - index + this.#waiting.length;
          onProgress?.({ states: this.#seen.size, waiting });
        }
        this.#expand(node, moves);
        if (this.#verdicts.open.length === 0) return;
      }
    }
  }

  #expand(node: Node, moves: readonly Move[]): void {
    const { statesMax = STATES_MAX } = this.#options;
    if (this.#seen.size > statesMax) {
      throw overLimit(this.#whole, `more than ${statesMax} states can be reached`);
    }
    const state = this.#steps.read(node.text);
    this.#judgeAccepting(node, state);
    const onTaken: OnTaken = (taken) => this.#take(node, taken);
    for (const move of moves) this.#ways += this.#steps.take(state, move, onTaken);
    this.#ways += this.#steps.fall(state, onTaken);
  }

  #take(node: Node, taken: Taken): void {
    const [event] = taken.recorded;
    const watching = this.#verdicts.open.filter((claim) => event && isAbout(claim, event.type));
    if (watching.length > 0) this.#judgeStep(watching, taken, node);
    this.#reach(taken.after, this.#written(taken, node), node, taken);
  }

  /** Judges the claims that something is always accepted, in every way that it may go. */
  #judgeAccepting(node: Node, state: StateRead): void {
    for (const claim of this.#verdicts.open) {
      for (const type of claim.accepts ?? []) {
        const steps = (): AbstractStep[] => [...stepsTo(node), { type, data: {}, followed: [] }];
        this.#ways += this.#steps.accepts(state, type, (isAccepted) => {
          this.#verdicts.judge(claim, () => !isAccepted(), steps);
          return !this.#verdicts.open.includes(claim);
        });
      }
    }
  }

  #judgeStep(watching: readonly Claim[], taken: Taken, node: Node): void {
    const { veil } = this.#steps.stepping;
    const [event, ...followed] = taken.recorded.map((one) => veil.event(one as CaseEvent));
    if (event === undefined) return;
    const [before, after] = [this.#view(taken.before), this.#view(taken.after)];
    for (const claim of watching) {
      const isBroken = (): boolean => claim.neverBy?.({ before, after, event, followed }) === true;
      this.#verdicts.judge(claim, isBroken, () => [...stepsTo(node), taken.told()]);
    }
  }

  #view(draft: Draft): StateView {
    const { deadlines, ...draftView } = stateView(draft);
    return { ...this.#steps.stepping.veil.claimed(draftView), deadlines };
  }

  #reach(draft: Draft, text: string, from: Node | undefined, taken: Taken | undefined): void {
    if (this.#seen.has(text)) return;
    this.#seen.add(text);
    const node: Node = { text, from, step: taken?.told() };
    this.#waiting.push(node);
    this.#nodes.push(node);
    const view = this.#view(draft);
    for (const claim of this.#verdicts.open) {
      const isBroken = (): boolean => claim.never?.(view) === true;
      this.#verdicts.judge(claim, isBroken, () => stepsTo(node));
      this.#verdicts.look(claim, () => claim.reachable?.(view) === true);
    }
  }

  #written(taken: Taken, from: Node): string {
    try {
      return taken.write();
    } catch (error) {
      if (!(error instanceof Beyond)) throw error;
      const path = [...stepsTo(from), taken.told()].map(({ type }) => type).join(', ');
      throw new Beyond(`${error.message} after ${path}`);
    }
  }
}
