// The steps of the model of a case type over an abstraction: every way of each, from any of its states.
import type { CaseType } from '../compiled.ts';
import { planEvents, type DecisionFrame } from '../decide.ts';
import type { Arming } from '../deadline-ledger.ts';
import type { Policy } from '../policy.ts';
import { systemActor } from '../actor.ts';
import { namedParts } from '../apply.ts';
import { concernsOf } from '../event-index.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { draftOf, type Draft } from '../state.ts';
import type { Instant } from '../instant.ts';
import type { RuleView } from '../rule.ts';
import { AbstractStates } from './abstract-state.ts';
import type { Abstraction, Claim } from './abstraction.ts';
import { BEGINNING, Moments } from './moments.ts';
import { aloneMoves, movesOf, movesOn, type Move, type Moving } from './moves.ts';
import { ANYTIME, isInError, type LooseLedger } from './loose-ledger.ts';
import { Stepping } from './stepping.ts';
import { unseen } from './unknown.ts';
import { stepOf } from './trail.ts';
import type { AbstractStep } from './verdict.ts';
import { isAbout } from './verdicts.ts';
import { ANY_DATA, OTHER, type Deciding } from './deciding.ts';

/** A state of the model, and what there is in it to choose instants from. */
export type StateRead = ReturnType<AbstractStates['read']>;

/** A step that was taken in one of its ways. */
export interface Taken {
  readonly before: Draft;
  readonly after: Draft;
  /** The event that was decided on, and what followed from it. */
  readonly recorded: readonly PlannedEvent[];
  /** The text of the state after it. @throws Beyond */
  write(): string;
  /** The step as a counterexample tells it. */
  told(): AbstractStep;
}

/** Hears of each way of a step that is taken. */
export type OnTaken = (taken: Taken) => void;

/** The steps of one model. */
export class Steps {
  readonly stepping: Stepping;
  readonly moving: Moving;
  readonly #states: AbstractStates;
  readonly #alone = new Set<string>();

  constructor(
    caseType: CaseType,
    policy: Policy,
    abstraction: Abstraction,
    claims: readonly Claim[],
  ) {
    const isWatched = claims.some(({ neverBy }) => neverBy);
    this.stepping = new Stepping(caseType, abstraction, isWatched);
    const { abstract } = this.stepping;
    this.#states = new AbstractStates(abstract, policy, abstraction, () => this.stepping.counts);
    this.moving = {
      whole: caseType,
      abstract,
      abstraction,
      isWatched: (type) => claims.some((claim) => isAbout(claim, type)),
    };
  }

  /** The state of a case that has just been opened, and its text. */
  first(): { readonly draft: Draft; readonly text: string } {
    const moments = new Moments([BEGINNING]);
    this.stepping.begin(moments, OPENING, { lenient: false });
    const draft = this.#states.first(BEGINNING);
    return { draft, text: this.#states.write(draft, BEGINNING, moments) };
  }

  /** The state that a text says. */
  read(text: string): StateRead {
    return this.#states.read(text);
  }

  /** The moves that are tried in every state. */
  get moves(): readonly Move[] {
    return movesOf(this.moving);
  }

  /**
   * Moves of events that turned out to be recorded unseen, each time those that are new: what a
   * consequence may record and nobody can tell is something that happens alone.
   */
  hidden(): readonly Move[] {
    const every = Object.keys(this.moving.whole.events);
    const { unrecorded } = this.stepping.looks;
    const types = [...unrecorded.values()].flatMap((declared) => declared ?? every);
    const further = new Set(types.filter((type) => !this.#alone.has(type)));
    for (const type of further) this.#alone.add(type);
    return aloneMoves(this.moving, further);
  }

  /** Takes a move in every way that it has. @returns how many there are */
  take(state: StateRead, move: Move, onTaken: OnTaken): number {
    return this.stepping.choices.each(() => this.#go(state, move, onTaken));
  }

  /**
   * Reaches the kept deadline that is due first, when it is or later; or one that was reached before, at
   * any time: that may have been in error, and then it is pending again.
   */
  fall(state: StateRead, onTaken: OnTaken): number {
    const { choices } = this.stepping;
    const { deadlines } = state.draft;
    const falls = [...deadlines.pending.slice(0, 1), ...(deadlines as LooseLedger).reachedBefore];
    return falls.reduce(
      (ways, one) => ways + choices.each(() => this.#fall(state, one, onTaken)),
      0,
    );
  }

  #go({ draft: before, instants }: StateRead, move: Move, onTaken: OnTaken): void {
    const { choices } = this.stepping;
    const draft = draftOf(before);
    const moments = new Moments(instants);
    const last = draft.head.recordedAt;
    const deciding = this.stepping.begin(moments, move, move, draft);
    const { deadline, lenient, emergency } = move;
    const [pending] = draft.deadlines.pending;
    if (pending && !emergency) {
      if (pending.dueAt <= last) return;
      deciding.before = pending.dueAt;
    }
    // What is recorded before the first deadline falls due is in time, whenever that is. An emergency
    // goes first, and may be late: then the whole step has to agree on when it is.
    if (move.isTimed && this.#isAboutKept(move)) {
      const again = this.#again(draft, move, moments);
      if (again !== undefined) {
        deciding.recordedAt = moments.from(last, choices, emergency ? undefined : pending?.dueAt);
        deciding.occurredAt = moments.upTo(again, choices);
      } else if (pending && emergency) {
        deciding.recordedAt = moments.from(last, choices);
        deciding.occurredAt = moments.upTo(deciding.recordedAt, choices);
      }
    }
    const { recordedAt = last } = deciding;
    const { occurredAt = recordedAt } = deciding;
    const planned = deadline
      ? { type: move.type, data: { ...deadline, arming: ANYTIME, dueAt: occurredAt } }
      : { type: move.type, data: ANY_DATA };
    const options = { mode: 'try' as const, emergency };
    const frame = { actor: systemActor(''), occurredAt, recordedAt, lenient, options };
    this.#plan(before, draft, planned, frame, moments, deciding, onTaken);
  }

  /**
   * Makes deadlines pending again that were reached before, if they are to be: an event that occurred
   * before they are due then moves them, or hands on when they are due. Answers when that is.
   */
  #again(draft: Draft, { type }: Move, moments: Moments): Instant | undefined {
    const { choices } = this.stepping;
    const { deadlines } = concernsOf(this.stepping.abstract, type);
    const changed = deadlines.filter(({ arms, moves }) => arms || moves).map(({ name }) => name);
    const { reachedBefore, pending } = draft.deadlines as LooseLedger;
    // Where one is pending that was armed later, only that one is moved or hands on anything.
    const again = reachedBefore.filter(
      (one) => changed.includes(one.name) && !pending.some((later) => isSame(one, later)),
    );
    if (again.length === 0 || !choices.perhaps()) return undefined;
    const dueAt = moments.upTo(draft.head.recordedAt, choices);
    for (const one of again) {
      draft.deadlines = (draft.deadlines as LooseLedger).having({ ...one, dueAt });
    }
    return dueAt;
  }

  #fall({ draft: before, instants }: StateRead, falling: Arming, onTaken: OnTaken): void {
    const draft = draftOf(before);
    const moments = new Moments(instants);
    const { choices } = this.stepping;
    const { name, code, part, position, metAt } = falling;
    const { recordedAt: last } = draft.head;
    let { dueAt: occurredAt } = falling;
    if (isInError(falling)) {
      // What was armed after it is due after it.
      const later = draft.deadlines.pending.find((one) => isSame(one, falling));
      occurredAt = moments.upTo(last, choices);
      if (later && later.dueAt <= occurredAt) return;
      draft.deadlines = (draft.deadlines as LooseLedger).having({ ...falling, dueAt: occurredAt });
    }
    const recordedAt = moments.from(occurredAt > last ? occurredAt : last, choices);
    const deciding = this.stepping.begin(moments, REACHED, { lenient: true }, draft);
    Object.assign(deciding, { recordedAt, occurredAt });
    const data = { name, code, part, arming: position, dueAt: occurredAt };
    const planned = {
      type: 'DeadlineReached',
      data: metAt === undefined ? data : { ...data, metAt },
    };
    const options = { mode: 'try' as const };
    const frame = { actor: systemActor(''), occurredAt, recordedAt, lenient: true, options };
    this.#plan(before, draft, planned, frame, moments, deciding, onTaken);
  }

  #plan(
    before: Draft,
    after: Draft,
    planned: PlannedEvent,
    frame: DecisionFrame,
    moments: Moments,
    deciding: Deciding,
    onTaken: OnTaken,
  ): void {
    const done = planEvents(after, [planned], frame);
    if (done.kind === 'refused') return;
    const { events: recorded } = done;
    onTaken({
      before,
      after,
      recorded,
      write: () => this.#states.write(after, frame.recordedAt, moments),
      told: () => stepOf(planned, recorded, deciding),
    });
  }

  /**
   * Tries an event in every way in which a command records it, and answers of each whether it is taken
   * for certain. @throws Unknown where a refusal could not be told
   */
  accepts(
    state: StateRead,
    type: string,
    onAsked: (isAccepted: () => boolean) => boolean,
  ): number {
    const moves = movesOn(this.moving, type);
    if (moves.length === 0) onAsked(() => unseen(`a command that records ${type}`));
    const { choices } = this.stepping;
    return moves.reduce(
      (ways, move) => ways + choices.each(() => onAsked(() => this.#isAccepted(state, move))),
      0,
    );
  }

  #isAccepted({ draft: before, instants }: StateRead, move: Move): boolean {
    const { type, lenient, emergency } = move;
    if (!lenient) return unseen(`what follows from ${type}`);
    const draft = draftOf(before);
    const at = draft.head.recordedAt;
    const certain = { lenient, certain: true };
    const deciding = this.stepping.begin(new Moments(instants), move, certain, draft);
    Object.assign(deciding, { recordedAt: at, occurredAt: at });
    const options = { mode: 'try' as const, emergency };
    const frame = { actor: systemActor(''), occurredAt: at, recordedAt: at, lenient, options };
    return planEvents(draft, [{ type, data: ANY_DATA }], frame).kind === 'planned';
  }

  /** Whether the parts that an event names are told apart. */
  #isAboutKept({ type }: Move): boolean {
    const event = { type, data: ANY_DATA } as RuleView['event'];
    const named = namedParts(this.stepping.abstract, event);
    return named.length === 0 || named.some(({ id }) => id !== OTHER);
  }
}

/** Whether two armings are of one deadline. */
function isSame(one: Arming, other: Arming): boolean {
  return one.name === other.name && one.part === other.part;
}

const OPENING = { type: '', roles: [] };
const REACHED = { type: 'DeadlineReached', roles: ['SYS'] };
