// Every state that a case over an abstraction can reach, nearest first, and what claims say of them.
import type { CaseType } from '../compiled.ts';
import { planEvents, type DecisionFrame } from '../decide.ts';
import type { Policy } from '../policy.ts';
import { systemActor } from '../actor.ts';
import { namedParts } from '../apply.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { draftOf, type Draft } from '../state.ts';
import type { CaseEvent, RuleView } from '../rule.ts';
import { AbstractStates, ANYTIME, Beyond } from './abstract-state.ts';
import type { Abstraction, Claim, StateView } from './abstraction.ts';
import { BEGINNING, Moments } from './moments.ts';
import { stateView } from './in-record.ts';
import { aloneMoves, movesOf, movesOn, type Move, type Moving } from './moves.ts';
import { Stepping } from './stepping.ts';
import { unseen } from './unknown.ts';
import { overLimit, stepOf, stepsTo, type Node } from './trail.ts';
import type { AbstractStep, CheckOptions, CheckReport } from './verdict.ts';
import { isAbout, Verdicts } from './verdicts.ts';
import { ANY_DATA, OTHER, type Deciding } from './deciding.ts';

const STATES_MAX = 200_000;

type StateRead = ReturnType<AbstractStates['read']>;

/** One search, over one abstraction. */
export class Search {
  readonly #whole: CaseType;
  readonly #abstraction: Abstraction;
  readonly #options: CheckOptions;
  readonly #stepping: Stepping;
  readonly #states: AbstractStates;
  readonly #moving: Moving;
  readonly #nodes: Node[] = [];
  readonly #alone = new Set<string>();
  readonly #verdicts: Verdicts;
  readonly #seen = new Set<string>();
  #waiting: Node[] = [];
  #steps = 0;

  constructor(
    caseType: CaseType,
    policy: Policy,
    abstraction: Abstraction,
    claims: readonly Claim[],
    options: CheckOptions,
  ) {
    this.#whole = caseType;
    this.#abstraction = abstraction;
    this.#verdicts = new Verdicts(claims);
    this.#options = options;
    const isWatched = claims.some(({ neverBy }) => neverBy);
    this.#stepping = new Stepping(caseType, abstraction, isWatched);
    const { abstract } = this.#stepping;
    this.#states = new AbstractStates(abstract, policy, abstraction, () => this.#stepping.counts);
    this.#moving = {
      whole: caseType,
      abstract,
      abstraction,
      isWatched: (type) => claims.some((claim) => isAbout(claim, type)),
    };
  }

  run(): CheckReport {
    const now = BEGINNING;
    this.#stepping.begin(new Moments([now]), OPENING, { lenient: false });
    const draft = this.#states.first(now);
    this.#reach(draft, now, new Moments([now]), undefined, undefined);
    let moves = movesOf(this.#moving);
    this.#visit(this.#waiting, moves);
    // What a consequence may record and nobody can tell is then something that happens alone.
    for (let further = this.#hidden(); further.length > 0; further = this.#hidden()) {
      moves = [...moves, ...further];
      this.#waiting = [];
      for (const node of this.#nodes.slice()) this.#expand(node, further);
      this.#visit(this.#waiting, moves);
    }
    const [{ size: states }, { unknown }] = [this.#seen, this.#stepping.looks];
    return { verdicts: this.#verdicts.all, states, steps: this.#steps, unknown };
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

  /** Moves of events that turned out to be recorded unseen, and are no moves yet. */
  #hidden(): readonly Move[] {
    if (this.#verdicts.open.length === 0) return [];
    const every = Object.keys(this.#whole.events);
    const { unrecorded } = this.#stepping.looks;
    const types = [...unrecorded.values()].flatMap((declared) => declared ?? every);
    const further = new Set(types.filter((type) => !this.#alone.has(type)));
    for (const type of further) this.#alone.add(type);
    return aloneMoves(this.#moving, further);
  }

  #expand(node: Node, moves: readonly Move[]): void {
    const { statesMax = STATES_MAX } = this.#options;
    if (this.#seen.size > statesMax) {
      throw overLimit(this.#whole, `more than ${statesMax} states can be reached`);
    }
    const state = this.#states.read(node.text);
    this.#judgeAccepting(node, state);
    for (const move of moves) {
      this.#steps += this.#stepping.choices.each(() => this.#go(node, state, move));
    }
    if (state.draft.deadlines.pending.length > 0) {
      this.#steps += this.#stepping.choices.each(() => this.#fall(node, state));
    }
  }

  /** Takes one way of one move. */
  #go(node: Node, { draft: before, instants }: StateRead, move: Move): void {
    const draft = draftOf(before);
    const moments = new Moments(instants);
    const last = draft.head.recordedAt;
    const deciding = this.#stepping.begin(moments, move, move, draft);
    const { deadline, lenient, emergency } = move;
    const [pending] = draft.deadlines.pending;
    if (pending && !emergency) {
      if (pending.dueAt <= last) return;
      deciding.before = pending.dueAt;
    }
    // What is recorded before the first deadline falls due is in time, whenever that is. An emergency
    // goes first, and may be late: then the whole step has to agree on when it is.
    if (pending && emergency && move.isTimed && this.#isAboutKept(move)) {
      deciding.recordedAt = moments.from(last, this.#stepping.choices);
      deciding.occurredAt = moments.upTo(deciding.recordedAt, this.#stepping.choices);
    }
    const { recordedAt = last } = deciding;
    const { occurredAt = recordedAt } = deciding;
    const planned: PlannedEvent = deadline
      ? { type: move.type, data: { ...deadline, arming: ANYTIME, dueAt: occurredAt } }
      : { type: move.type, data: ANY_DATA };
    const options = { mode: 'decide' as const, emergency };
    const frame = { actor: systemActor(''), occurredAt, recordedAt, lenient, options };
    this.#plan(node, before, draft, planned, frame, moments, deciding);
  }

  /** Judges the claims that something is always accepted, in every way that it may go. */
  #judgeAccepting(node: Node, state: StateRead): void {
    for (const claim of this.#verdicts.open) {
      for (const type of claim.accepts ?? []) {
        const steps = (): AbstractStep[] => [...stepsTo(node), { type, data: {}, followed: [] }];
        const judge = (isBroken: () => boolean): boolean => {
          this.#verdicts.judge(claim, isBroken, steps);
          return !this.#verdicts.open.includes(claim);
        };
        const moves = movesOn(this.#moving, type);
        if (moves.length === 0) judge(() => unseen(`a command that records ${type}`));
        for (const move of moves) {
          const { choices } = this.#stepping;
          this.#steps += choices.each(() => judge(() => !this.#isAccepted(state, move)));
        }
      }
    }
  }

  /** Whether an event is taken for certain. @throws Unknown where a refusal could not be told */
  #isAccepted({ draft: before, instants }: StateRead, move: Move): boolean {
    const { type, lenient, emergency } = move;
    if (!lenient) return unseen(`what follows from ${type}`);
    const draft = draftOf(before);
    const at = draft.head.recordedAt;
    const certain = { lenient, certain: true };
    const deciding = this.#stepping.begin(new Moments(instants), move, certain, draft);
    Object.assign(deciding, { recordedAt: at, occurredAt: at });
    const options = { mode: 'decide' as const, emergency };
    const frame = { actor: systemActor(''), occurredAt: at, recordedAt: at, lenient, options };
    return planEvents(draft, [{ type, data: ANY_DATA }], frame).kind === 'planned';
  }

  /** Whether the parts that an event names are told apart. */
  #isAboutKept({ type }: Move): boolean {
    const event = { type, data: ANY_DATA } as RuleView['event'];
    const named = namedParts(this.#stepping.abstract, event);
    return named.length === 0 || named.some(({ id }) => id !== OTHER);
  }

  /** Reaches the kept deadline that is due first, at its time or later. */
  #fall(node: Node, { draft: before, instants }: StateRead): void {
    const draft = draftOf(before);
    const [arming] = draft.deadlines.pending;
    if (!arming) return;
    const moments = new Moments(instants);
    const { name, code, part, position, dueAt: occurredAt, metAt } = arming;
    const { recordedAt: last } = draft.head;
    const recordedAt = moments.from(occurredAt > last ? occurredAt : last, this.#stepping.choices);
    const deciding = this.#stepping.begin(moments, REACHED, { lenient: true }, draft);
    Object.assign(deciding, { recordedAt, occurredAt });
    const data = { name, code, part, arming: position, dueAt: occurredAt };
    const planned = {
      type: 'DeadlineReached',
      data: metAt === undefined ? data : { ...data, metAt },
    };
    const options = { mode: 'decide' as const };
    const frame = { actor: systemActor(''), occurredAt, recordedAt, lenient: true, options };
    this.#plan(node, before, draft, planned, frame, moments, deciding);
  }

  #plan(
    node: Node,
    before: Draft,
    draft: Draft,
    planned: PlannedEvent,
    frame: DecisionFrame,
    moments: Moments,
    deciding: Deciding,
  ): void {
    const watching = this.#verdicts.open.filter((claim) => isAbout(claim, planned.type));
    const done = planEvents(draft, [planned], frame);
    if (done.kind === 'refused') return;
    const step = (): AbstractStep => stepOf(planned, done.events, deciding);
    if (watching.length > 0) this.#judgeStep(watching, before, draft, done.events, node, step);
    this.#reach(draft, frame.recordedAt, moments, node, step);
  }

  #judgeStep(
    watching: readonly Claim[],
    before: Draft,
    after: Draft,
    recorded: readonly PlannedEvent[],
    node: Node,
    step: () => AbstractStep,
  ): void {
    const [event, ...followed] = recorded.map((one) => this.#stepping.veil.event(one as CaseEvent));
    if (event === undefined) return;
    const view = { before: this.#view(before), after: this.#view(after), event, followed };
    for (const claim of watching) {
      const isBroken = (): boolean => claim.neverBy?.(view) === true;
      this.#verdicts.judge(claim, isBroken, () => [...stepsTo(node), step()]);
    }
  }

  #view(draft: Draft): StateView {
    const { deadlines, ...draftView } = stateView(draft);
    return { ...this.#stepping.veil.claimed(draftView), deadlines };
  }

  #reach(
    draft: Draft,
    now: Draft['openedAt'],
    moments: Moments,
    from: Node | undefined,
    step: (() => AbstractStep) | undefined,
  ): void {
    const text = this.#written(draft, now, moments, from, step);
    if (this.#seen.has(text)) return;
    this.#seen.add(text);
    const node: Node = { text, from, step: step?.() };
    this.#waiting.push(node);
    this.#nodes.push(node);
    const view = this.#view(draft);
    for (const claim of this.#verdicts.open) {
      const isBroken = (): boolean => claim.never?.(view) === true;
      this.#verdicts.judge(claim, isBroken, () => stepsTo(node));
    }
  }

  #written(
    draft: Draft,
    now: Draft['openedAt'],
    moments: Moments,
    from: Node | undefined,
    step: (() => AbstractStep) | undefined,
  ): string {
    try {
      return this.#states.write(draft, now, moments);
    } catch (error) {
      if (!(error instanceof Beyond) || !from || !step) throw error;
      const path = [...stepsTo(from), step()].map(({ type }) => type).join(', ');
      throw new Beyond(`${error.message} after ${path}`);
    }
  }
}

const OPENING = { type: '', roles: [] };
const REACHED = { type: 'DeadlineReached', roles: ['SYS'] };
