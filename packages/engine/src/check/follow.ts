// Whether a recorded case goes where the model of a check goes: each decision has to be a step of it.
import type { RecordedEntry } from '@himaya/event-store';
import type { CaseType } from '../compiled.ts';
import { foldEntries } from '../fold.ts';
import type { Policy } from '../policy.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import { Beyond } from './abstract-state.ts';
import type { Check } from './abstraction.ts';
import { OTHER } from './deciding.ts';
import { Likeness, type Seen } from './likeness.ts';
import type { Move } from './moves.ts';
import { canMatter } from './mattering.ts';
import { proceduresIn } from './in-record.ts';
import { Steps, type OnTaken } from './steps.ts';

/** Where a recorded case leaves the model of a check: the first event that is no step of it. */
export interface Stray {
  readonly position: number;
  readonly type: string;
}

/** An event of the record, and the state after it. */
interface Point {
  readonly event: RecordedEvent;
  readonly seen: Seen;
}

/**
 * Follows a recorded case through the model of a check, and answers where it leaves it. A proof is about
 * the model: what it leaves out would be proved of nothing. Values that an abstraction lists are taken
 * for any of their kind, and lengths of time are not compared; the order of instants is.
 *
 * @param told  Of a kind of which one part is told apart: the part that is, by its id.
 */
export function strayIn(
  one: Check,
  caseType: CaseType,
  policy: Policy,
  entries: readonly RecordedEntry[],
  told: ReadonlyMap<string, string> = new Map(),
): Stray | undefined {
  const points = pointsOf(caseType, policy, entries);
  return new Following(one, caseType, policy, points, told).stray();
}

/** The events of a record up to where its case is moved to another procedure. */
function pointsOf(
  caseType: CaseType,
  policy: Policy,
  entries: readonly RecordedEntry[],
): readonly Point[] {
  const points: Point[] = [];
  const corrected = new Set<string>();
  let isOwn = true;
  const procedures = proceduresIn({ caseTypes: [caseType], policies: [policy] });
  foldEntries(undefined, entries, procedures, {
    onEvent: (event, { chart, parts, deadlines, head, divergence }) => {
      isOwn &&= event.type !== 'CasePolicyMigrated' && divergence === undefined;
      if (!isOwn) return;
      const { name, part } = event.data as { readonly name?: string; readonly part?: string };
      if (event.type === 'DeadlineReachedInError') corrected.add(`${name}/${part}`);
      const pending = deadlines.pending.filter((due) => !corrected.has(`${due.name}/${due.part}`));
      points.push({
        event,
        seen: { chart, parts: [...parts.values()], pending, recordedAt: head.recordedAt },
      });
    },
  });
  return points;
}

class Following {
  readonly #steps: Steps;
  readonly #points: readonly Point[];
  readonly #told: ReadonlyMap<string, string>;
  readonly #likeness: Likeness;
  readonly #caseType: CaseType;
  /** By place in the record: the states of the model that the case may be in. */
  readonly #reached: (Set<string> | undefined)[] = [];
  #moves: readonly Move[];

  constructor(
    { abstraction, claims }: Check,
    caseType: CaseType,
    policy: Policy,
    points: readonly Point[],
    told: ReadonlyMap<string, string>,
  ) {
    this.#caseType = caseType;
    this.#steps = new Steps(caseType, policy, abstraction, claims);
    this.#moves = this.#steps.moves;
    this.#points = points;
    this.#told = told;
    this.#likeness = new Likeness(caseType, abstraction, told);
  }

  stray(): Stray | undefined {
    this.#reach(0, this.#steps.first().text);
    for (let at = 0; at + 1 < this.#points.length; at += 1) this.#leave(at);
    const last = this.#reached.length - 1;
    const left = this.#points[last + 1];
    return left && { position: left.event.position, type: left.event.type };
  }

  #reach(at: number, text: string): void {
    const point = this.#points[at];
    if (!point || !this.#likeness.isLike(text, point.seen)) return;
    (this.#reached[at] ??= new Set()).add(text);
  }

  /** Takes what is recorded next, in every way in which the model does. */
  #leave(at: number): void {
    const { event } = this.#points[at + 1] as Point;
    const isTried = this.#isTried(event.type);
    for (const text of this.#reached[at] ?? []) {
      const state = this.#steps.read(text);
      const land: OnTaken = (taken) => {
        const [decided, ...followed] = taken.recorded;
        if (!decided || !this.#likeness.isLikeData(decided.data, event, taken.told().data)) return;
        const to = this.#after(at + 1, followed.map(({ type }) => type));
        if (to !== undefined) this.#reach(to, textOf(taken.write) ?? text);
      };
      for (const move of this.#movesOn(event)) this.#steps.take(state, move, land);
      if (event.type === 'DeadlineReached') this.#steps.fall(state, land);
      this.#moves = [...this.#moves, ...this.#steps.hidden()];
      // What changes nothing that is kept, and is looked at by no claim, is no step of the model.
      if (!isTried) this.#reach(at + 1, text);
    }
  }

  #isTried(type: string): boolean {
    const { isWatched, abstract } = this.#steps.moving;
    if (type === 'DeadlineReached') return false;
    const isKnown = this.#caseType.events[type] !== undefined;
    return isKnown && (isWatched(type) || canMatter(abstract, type));
  }

  #movesOn({ type, data }: RecordedEvent): readonly Move[] {
    const { name, part = '' } = data as { readonly name?: string; readonly part?: string };
    const { abstract } = this.#steps.moving;
    return this.#moves.filter((move) => {
      if (move.type !== type) return false;
      if (!move.deadline) return true;
      const kind = abstract.deadlines[move.deadline.name]?.part;
      const own = kind !== undefined && this.#told.get(kind) === part ? `${kind}1` : OTHER;
      return move.deadline.name === name && move.deadline.part === (part === '' ? '' : own);
    });
  }

  /** The place after a decision at `at` from which all this followed, in this order. */
  #after(at: number, followed: readonly string[]): number | undefined {
    let place = at;
    const { id } = (this.#points[at] as Point).event.command;
    for (const type of followed) {
      do place += 1;
      while (this.#isBetween(place, id, type));
      const event = this.#points[place]?.event;
      if (event?.type !== type || event.command.id !== id) return undefined;
    }
    return place;
  }

  /** Whether an event of the same decision is passed over on the way to one of this type. */
  #isBetween(place: number, command: string, type: string): boolean {
    const event = this.#points[place]?.event;
    if (!event || event.command.id !== command || event.type === type) return false;
    return !this.#isTried(event.type);
  }
}

/** The text of a state, where the model has it. */
function textOf(write: () => string): string | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
}
