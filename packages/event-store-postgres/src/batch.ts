// One statement's worth of appends: which of them hold, given what is known of the streams' heads.
import { sameHead } from '@himaya/event-store';
import type { Append, AppendOutcome, Entry, Head, StreamName } from '@himaya/event-store';

/** An append that finds a stream elsewhere than it expects. */
export type Conflict = Extract<AppendOutcome, { kind: 'conflict' }>;

/** What the server has said of heads; a stream that is not in it is taken to be as expected. */
export type Known = ReadonlyMap<StreamName, Head | 'none'>;

/** A stream of the statement: what it must be at, and what it is moved to. */
export interface Checked {
  readonly stream: StreamName;
  readonly due: Head | 'none';
  readonly moved: Head | undefined;
}

/** Appends judged in order, each against what those before it leave. */
export interface Batch {
  /** Index of each append that is in the statement, in order. */
  readonly kept: readonly number[];
  /**
   * The others, by index: where each of their streams was when their turn came, as far as the
   * statement shows it. True only once it is committed.
   */
  readonly left: ReadonlyMap<number, ReadonlyMap<StreamName, Head | 'none'>>;
  /** Streams that are written, then those that are only checked. */
  readonly checked: readonly Checked[];
  /** Entries in the order of the log. */
  readonly entries: readonly Entry[];
}

interface Touched {
  readonly due: Head | 'none';
  at: Head | 'none';
}

/** A stream that an append names, and where it expects it: what it writes, then what it has read. */
export interface Asked {
  readonly stream: StreamName;
  readonly expected: Head | 'none';
}

/**
 * Judges appends in call order. Only what is kept teaches the next ones where a stream is: an
 * append that is left out proves nothing, because the statement will not ask for it.
 */
export function judge(appends: readonly Append[], known: Known): Batch {
  const touched = new Map<StreamName, Touched>();
  const left = new Map<number, Map<StreamName, Head | 'none'>>();
  const kept: number[] = [];
  const entries: Entry[] = [];
  for (const [index, append] of appends.entries()) {
    const heads = new Map(
      askedBy(append).flatMap(({ stream }) => {
        const head = touched.get(stream)?.at ?? known.get(stream);
        return head === undefined ? [] : [[stream, head] as const];
      }),
    );
    if (conflictOf(append, heads)) {
      left.set(index, heads);
      continue;
    }
    kept.push(index);
    for (const { stream, head } of append.unchanged ?? []) touch(touched, stream, head);
    for (const write of append.writes) {
      entries.push(...write.entries);
      touch(touched, write.stream, write.expected).at = headOf(write.entries.at(-1) as Entry);
    }
  }
  // What a later append has touched first was, until then, where that one found it.
  for (const [index, heads] of left) {
    for (const { stream } of askedBy(appends[index] as Append)) {
      const later = touched.get(stream);
      if (later && !heads.has(stream)) heads.set(stream, later.due);
    }
  }
  return { kept, left, checked: checkedOf(touched), entries };
}

/** The first stream that is not where the append expects it; one that is not in `heads` is. */
export function conflictOf(
  append: Append,
  heads: ReadonlyMap<StreamName, Head | 'none'>,
): Conflict | undefined {
  for (const { stream, expected } of askedBy(append)) {
    const found = heads.get(stream);
    if (found !== undefined && !sameHead(expected, found)) {
      return { kind: 'conflict', stream, expected, found };
    }
  }
  return undefined;
}

/** All streams of an append, in the order in which a conflict is looked for. */
export function askedBy({ writes, unchanged = [] }: Append): readonly Asked[] {
  return [
    ...writes.map(({ stream, expected }) => ({ stream, expected })),
    ...unchanged.map(({ stream, head }) => ({ stream, expected: head })),
  ];
}

function checkedOf(touched: ReadonlyMap<StreamName, Touched>): readonly Checked[] {
  const checked = [...touched].map(([stream, { due, at }]) => ({
    stream, due, moved: sameHead(due, at) || at === 'none' ? undefined : at,
  }));
  return [
    ...checked.filter(({ moved }) => moved !== undefined),
    ...checked.filter(({ moved }) => moved === undefined),
  ];
}

function touch(
  touched: Map<StreamName, Touched>, stream: StreamName, due: Head | 'none',
): Touched {
  const before = touched.get(stream);
  if (before) return before;
  const first = { due, at: due };
  touched.set(stream, first);
  return first;
}

function headOf({ position, hash, recordedAt }: Entry): Head {
  return { position, hash, recordedAt };
}
