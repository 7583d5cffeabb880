// What has fallen due in a case, as the events that the engine records for it.
import { planEvents } from './decide.ts';
import type { PlannedEvent } from './planned-event.ts';
import type { Due } from './deadline-ledger.ts';
import { deriveId } from './derive-id.ts';
import { systemActor } from './actor.ts';
import { msOf, type Instant } from './instant.ts';
import type { Draft } from './state.ts';

/** Events of one due instant, with the derived command they are recorded under. */
export interface DueEvents {
  readonly commandId: string;
  readonly occurredAt: Instant;
  readonly events: readonly PlannedEvent[];
  readonly alerts: readonly string[];
  /** The deadline itself, not one of its marks. */
  readonly isReached: boolean;
}

/**
 * After so many events a catch-up is appended, and what is left follows in the next append: with the
 * last decision it stays below what a store takes in one.
 */
export const CATCH_UP_EVENTS_MAX = 500;

/** Time that passes between two falls of one deadline at least: the smallest unit of a policy. */
const AGAIN_MS_MIN = 60_000;

/** One fall of a deadline or of one of its marks. */
interface Fall {
  readonly at: Instant;
  readonly position: number;
}

/**
 * One catch-up of a case, over all its appends. What reaching a deadline arms is followed while
 * time goes on in it. A deadline whose own fall arms it again for the same minute, be it in another
 * part, would turn for ever: it waits for the next catch-up, and holds up nothing else.
 */
export class CatchUpPass {
  readonly #falls = new Map<string, Fall[]>();
  readonly #waiting = new Set<string>();

  /** What is due at `recordedAt` and need not wait, oldest first. */
  next({ deadlines }: Pick<Draft, 'deadlines'>, recordedAt: Instant): Due | undefined {
    const none = this.#falls.size === 0;
    const first = deadlines.next(none ? undefined : (due) => this.#waits(due, recordedAt));
    return first && first.at <= recordedAt ? first : undefined;
  }

  /** Notes that `due` is recorded at `position`. */
  note(due: Due, position: number): void {
    const falls = this.#falls.get(keyOf(due)) ?? [];
    falls.push({ at: due.at, position });
    this.#falls.set(keyOf(due), falls);
  }

  /** Codes of the deadlines that wait for the next catch-up. */
  get waiting(): readonly string[] {
    return [...this.#waiting];
  }

  #waits(due: Due, recordedAt: Instant): boolean {
    if (due.at > recordedAt) return false;
    const { code, position } = due.arming;
    const cause = this.#falls.get(keyOf(due))?.findLast((fall) => fall.position < position);
    if (!cause || msOf(due.at) - msOf(cause.at) >= AGAIN_MS_MIN) return false;
    this.#waiting.add(code);
    return true;
  }
}

function keyOf({ arming: { name }, level }: Due): string {
  return `${name}/${level}`;
}

/**
 * Applies to `draft` everything that is due at `recordedAt`, oldest first, with its consequences.
 * The draft has to stand at the head that the events will be appended to.
 */
export function reachDeadlines(
  draft: Draft,
  recordedAt: Instant,
  office: string,
  pass: CatchUpPass,
): readonly DueEvents[] {
  const reached: DueEvents[] = [];
  const from = draft.head.position;
  while (draft.head.position - from < CATCH_UP_EVENTS_MAX) {
    const due = pass.next(draft, recordedAt);
    if (!due) break;
    pass.note(due, draft.head.position + 1);
    reached.push(reachOne(draft, due, recordedAt, office));
  }
  return reached;
}

function reachOne(draft: Draft, due: Due, recordedAt: Instant, office: string): DueEvents {
  const { arming, level, to, at } = due;
  const { name, code, part, dueAt, metAt } = arming;
  const base = { name, code, part, arming: arming.position, dueAt };
  const event: PlannedEvent =
    level === 0
      ? { type: 'DeadlineReached', data: { ...base, ...(metAt === undefined ? {} : { metAt }) } }
      : { type: 'DeadlineEscalated', data: { ...base, level, to } };
  const commandId = deriveId(draft.stream, code, part, `${arming.position}`, `${level}`);
  const frame = {
    actor: systemActor(office),
    occurredAt: at,
    recordedAt,
    lenient: true,
    options: { mode: 'decide' as const },
  };
  const planned = planEvents(draft, [event], frame);
  // Lenient planning of a current arming is never refused; a refusal would repeat for ever.
  if (planned.kind === 'refused') {
    throw new RangeError(`Deadline ${code} of case ${draft.caseId} could not be reached.`);
  }
  moveHead(draft, planned.events.length);
  const { events, alerts } = planned;
  return { commandId, occurredAt: at, events, alerts, isReached: level === 0 };
}

/** Later events of the same append stand after these: their positions count on. */
function moveHead(draft: Draft, count: number): void {
  draft.head = { ...draft.head, position: draft.head.position + count };
}
