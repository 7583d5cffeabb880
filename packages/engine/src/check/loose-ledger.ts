// The deadlines of an abstract case: of those that are not kept, each may be reached at any time.
import { DeadlineLedger, type Arming } from '../deadline-ledger.ts';
import { ForkedMap } from '../forked-map.ts';
import { BEGINNING } from './moments.ts';
import { OTHER } from './deciding.ts';

/** The arming of a deadline that may be reached or escalated at any time. */
export const ANYTIME = 1_000_000;
/** The position of an arming that was reached before. */
const EARLIER = 1_000_001;

/**
 * An arming that was reached before and is pending again for one step, because it may have been reached
 * in error: the clock ran ahead then, and so does the record since. When it is due nobody can tell,
 * beyond that it lies in what the record takes for the past; and nobody has to wait for it.
 */
interface InError extends Arming {
  readonly isInError: true;
}

/** Whether an arming was reached before. */
export function isInError(arming: Arming): arming is InError {
  return (arming as Partial<InError>).isInError === true;
}

/** Names of kept deadlines, with their codes. */
type Kept = ReadonlyMap<string, string>;

/** A ledger in which any deadline that is not kept may be reached at any time. */
export class LooseLedger extends DeadlineLedger {
  readonly #kept: Kept;
  /** Kept deadlines, by name and part, that were ever reached. */
  readonly #reached: Set<string>;

  constructor(
    kept: Kept,
    armings: readonly Arming[] = [],
    reached: Iterable<string> = [],
  ) {
    super(grouped(armings));
    this.#kept = kept;
    this.#reached = new Set(reached);
  }

  /** Every arming: those of one deadline in the order in which they stand. */
  get all(): readonly Arming[] {
    const seen = new Set<string>();
    return this.current.flatMap((arming) => {
      const key = keyOf(arming);
      if (seen.has(key)) return [];
      seen.add(key);
      return this.armings(arming.name, arming.part);
    });
  }

  /** Kept deadlines that were ever reached. */
  get reached(): readonly string[] {
    return [...this.#reached].sort();
  }

  /** The same as armings that are pending again, whenever they were due. */
  get reachedBefore(): readonly Arming[] {
    return this.reached.map((key): InError => {
      const [name = '', part = ''] = key.split('/');
      const code = this.#kept.get(name) ?? name;
      const instants = { armedAt: BEGINNING, dueAt: BEGINNING };
      const rest = { position: EARLIER, marks: [], metAt: undefined, isInError: true } as const;
      return { name, code, part, status: 'pending', ...instants, ...rest };
    });
  }

  /**
   * The same with an arming that was reached before, ahead of the others of its deadline: whatever else of
   * it is pending was armed later, since what was due earlier was reached earlier.
   */
  having(arming: Arming): LooseLedger {
    const others = this.all.filter((one) => keyOf(one) !== keyOf(arming) || !isInError(one));
    return new LooseLedger(this.#kept, [arming, ...others], this.#reached);
  }

  override copy(): DeadlineLedger {
    return new LooseLedger(this.#kept, this.all, this.#reached);
  }

  override find(name: string, part: string, position?: number): Arming | undefined {
    if (position !== ANYTIME && this.#isKept(name, part)) {
      return super.find(name, part, position);
    }
    const instants = { armedAt: BEGINNING, dueAt: BEGINNING };
    const one = { name, code: name, part, position: position ?? 0, ...instants };
    const marks = [1, 2, 3, 4].map((level) => ({ level, to: '', at: BEGINNING }));
    return { ...one, marks, status: 'pending', metAt: undefined };
  }

  override arm(arming: Arming): void {
    if (arming.part !== OTHER) super.arm(arming);
  }

  override reach(arming: Arming): void {
    if (!this.#isKept(arming.name, arming.part)) return;
    this.#reached.add(keyOf(arming));
    super.reach(arming);
  }

  override replace(arming: Arming): void {
    if (!this.#isKept(arming.name, arming.part)) return;
    const { dueAt } = super.find(arming.name, arming.part, arming.position) ?? arming;
    // One that was moved is due when that says.
    const moved = dueAt === arming.dueAt ? arming : { ...arming, isInError: false };
    super.replace(moved);
  }

  #isKept(name: string, part: string): boolean {
    return part !== OTHER && this.#kept.has(name);
  }
}

function keyOf({ name, part }: Pick<Arming, 'name' | 'part'>): string {
  return `${name}/${part}`;
}

/** The armings as a ledger holds them. */
function grouped(armings: readonly Arming[]): ForkedMap<string, readonly Arming[]> {
  const made = new ForkedMap<string, readonly Arming[]>();
  for (const arming of armings) {
    const key = keyOf(arming);
    made.set(key, [...(made.get(key) ?? []), arming]);
  }
  return made;
}
