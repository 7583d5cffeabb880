// What a step decides about its event as it goes along, and an event of which only that is decided.
import type { Instant } from '../instant.ts';
import type { Domain } from './payload.ts';
import { Unknown } from './unknown.ts';

/** The id of the part that stands for all that are not told apart. */
export const OTHER = '@other';

/** The data of the event that is decided on: any that its schema allows. */
export const ANY_DATA: Readonly<Record<string, unknown>> = Object.freeze({ '@any': true });

/** Everything that a step decides about its event as it goes along. */
export interface Deciding extends Domain {
  readonly type: string;
  readonly roles: readonly string[];
  /** When the one before it was recorded. */
  readonly last: Instant;
  /** When something falls due that goes first. */
  before: Instant | undefined;
  /** What was decided, made when it is first looked at. */
  data: unknown;
  actor: unknown;
  recordedAt: Instant | undefined;
  occurredAt: Instant | undefined;
}

/** Whether a state lies in another one, or is that one. */
export function isWithin(state: string, path: string): boolean {
  return state === path || state.startsWith(`${path}.`);
}

/** Where what is decided once for a step is made. */
interface Made {
  data(): unknown;
  actor(): unknown;
}

/** An event of which only what is looked at is decided. */
export class VeiledEvent {
  readonly type: string;
  readonly #made: Made;
  readonly #deciding: Deciding;
  readonly #data: unknown;

  constructor(made: Made, deciding: Deciding, type: string, data: unknown) {
    this.#made = made;
    this.#deciding = deciding;
    this.type = type;
    this.#data = data;
  }

  get data(): unknown {
    return this.#data === ANY_DATA ? this.#made.data() : this.#data;
  }

  get actor(): unknown {
    return this.#made.actor();
  }

  get recordedAt(): Instant {
    const { recordedAt, last, before } = this.#deciding;
    if (recordedAt !== undefined) return recordedAt;
    return this.#deciding.passing('recordedAt', ({ moments, choices }) =>
      moments.from(last, choices, before),
    );
  }

  get occurredAt(): Instant {
    const { occurredAt } = this.#deciding;
    if (occurredAt !== undefined) return occurredAt;
    return this.#deciding.passing('occurredAt', ({ moments, choices }) =>
      moments.upTo(this.recordedAt, choices),
    );
  }
}

/** Somebody of whom only what is looked at is decided. */
export class VeiledActor {
  readonly #deciding: Deciding;
  readonly #decided = new Map<string, unknown>();

  constructor(deciding: Deciding) {
    this.#deciding = deciding;
  }

  get staff(): unknown {
    return this.#decide('staff');
  }

  get role(): unknown {
    return this.#decide('role');
  }

  get office(): unknown {
    return this.#decide('office');
  }

  get onBehalfOf(): unknown {
    return this.#decide('onBehalfOf');
  }

  #decide(key: string): unknown {
    if (this.#decided.has(key)) return this.#decided.get(key);
    const { type, roles, choices, listed: list, passing } = this.#deciding;
    const path = `${type}.actor.${key}`;
    const listed = list(path);
    if (listed === undefined && key === 'role') {
      return passing(path, (choosing) => choosing.choices.pick(roles));
    }
    if (listed === undefined) throw Unknown.of(`event.actor.${key}`);
    const value = choices.pick(listed === 'any' ? roles : listed);
    this.#decided.set(key, value);
    return value;
  }
}
