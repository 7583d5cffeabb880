// Which case is due next, of as many as there are: a heap, so that no turn looks at all of them.
import type { Instant, StreamName } from '@himaya/event-store';
import { order } from '../ordering.ts';

/** When a case is due next. One that is not in the index any more is passed over in the heap. */
interface Due {
  readonly stream: StreamName;
  readonly at: Instant;
}

/** The heap is made anew when it holds this many more than twice as many as are due. */
const LEFT_OVER_MAX = 1_000;

/** When each case is due next. */
export class DueIndex {
  readonly #byStream = new Map<StreamName, Due>();
  /** Each is before its two children, which are at `2n + 1` and `2n + 2`. */
  #heap: Due[] = [];

  /** A case is due at `at`, and no longer when it was before; `undefined`: not at all. */
  set(stream: StreamName, at: Instant | undefined): void {
    if (this.#byStream.get(stream)?.at === at) return;
    if (at === undefined) {
      this.#byStream.delete(stream);
      return;
    }
    const due = { stream, at };
    this.#byStream.set(stream, due);
    this.#push(due);
    if (this.#heap.length > 2 * this.#byStream.size + LEFT_OVER_MAX) this.#makeAnew();
  }

  /** When a case is due. */
  at(stream: StreamName): Instant | undefined {
    return this.#byStream.get(stream)?.at;
  }

  /** How many entries are kept, with those that are passed over. */
  get kept(): number {
    return this.#heap.length;
  }

  /** The instant of the case that is due first. */
  get first(): Instant | undefined {
    while (this.#heap.length > 0 && !this.#isKnown(this.#heap[0] as Due)) this.#removeFirst();
    return this.#heap[0]?.at;
  }

  /** The cases that are due at `now`, first due first. */
  until(now: Instant): readonly StreamName[] {
    const found: Due[] = [];
    // What is behind one that is not due is not due either.
    const look = [0];
    for (let place = look.pop(); place !== undefined; place = look.pop()) {
      const due = this.#heap[place];
      if (due === undefined || due.at > now) continue;
      if (this.#isKnown(due)) found.push(due);
      look.push(2 * place + 1, 2 * place + 2);
    }
    return found.sort(compare).map(({ stream }) => stream);
  }

  #isKnown(due: Due): boolean {
    return this.#byStream.get(due.stream) === due;
  }

  #makeAnew(): void {
    // In this order each is before all that follow, hence before its children.
    this.#heap = [...this.#byStream.values()].sort(compare);
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (compare(heap[above] as Due, due) <= 0) break;
      heap[place] = heap[above] as Due;
      place = above;
    }
    heap[place] = due;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop() as Due;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= heap.length) break;
      const isRight = below + 1 < heap.length;
      if (isRight && compare(heap[below + 1] as Due, heap[below] as Due) < 0) below += 1;
      if (compare(last, heap[below] as Due) <= 0) break;
      heap[place] = heap[below] as Due;
      place = below;
    }
    heap[place] = last;
  }
}

function compare(a: Due, b: Due): number {
  return order(a.at, b.at) || order(a.stream, b.stream);
}
