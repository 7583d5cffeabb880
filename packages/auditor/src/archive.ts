// A store opened for reading, with the questions that the command's subcommands ask of it.
import {
  createEngine,
  EMERGENCY_CATEGORIES,
  msOf,
  type CaseView,
  type Engine,
  type RecordedEvent,
} from '@himaya/engine';
import { isFault, LOG_START, readEnvelope } from '@himaya/event-store';
import type { EventStore, RecordedEntry, StreamName } from '@himaya/event-store';
import { PageChecker } from './checked-page.ts';
import { noCase, procedureMissing } from './mistakes.ts';
import type { Progress } from './progress.ts';
import type { Session } from './session.ts';
import { openToRead } from './stores.ts';

/** Entries of one stream read at a time. */
const STREAM_PAGE = 256;
/** Entries of the log read at a time while looking for cases: the largest ones still fit 64 MB. */
const LOG_PAGE = 256;
/** Folded cases kept: each question is about one. */
const STATES_MAX = 2;

/** A store and an engine that only read. */
export interface Archive {
  /** Where the store is, as people may be told. */
  readonly place: string;
  /** Unchecked, for verification to judge; all other members check what they read. */
  readonly store: EventStore;
  readonly engine: Engine;
  /** The stream of a case; of an emergency that is kept apart, its own. */
  streamOf(caseId: string): StreamName;
  /** The ids of all cases, first opened first. */
  caseIds(): AsyncGenerator<string>;
  /** The events of a case, a page at a time. @throws Ending when there is none */
  events(caseId: string): AsyncGenerator<RecordedEvent>;
  /** The case now. @throws Ending when there is none, or its procedure is not at hand */
  require(caseId: string): Promise<CaseView>;
  /** Nothing, if there is a case of this id. @throws Ending */
  requireStream(caseId: string): Promise<void>;
  /** Lets the time of later questions be this, or that of the case's last event when that is later. */
  askAt(view: CaseView, nowMs: number): void;
  close(): Promise<void>;
}

/** Opens a store for reading only: nothing in it can change, and no file is created. */
export async function openArchive({
  options,
  definitions,
  progress,
}: Session): Promise<Archive> {
  const { store: opened, place } = await openToRead('--store', options.store);
  const store = watched(opened, progress);
  const trusted = checked(store);
  // The clock stands still: a question has one present.
  let presentMs = 0;
  const engine = createEngine({
    store: trusted,
    ...definitions,
    office: 'AUDIT',
    clock: { now: () => presentMs, monotonicMs: () => presentMs },
    statesMax: STATES_MAX,
  });
  const own = definitions.caseTypes.map(({ category }) => category);
  const categories = new Set(['case', ...EMERGENCY_CATEGORIES, ...own]);
  const streamOf = (caseId: string): StreamName =>
    categories.has(caseId.slice(0, caseId.indexOf('-'))) ? caseId : `case-${caseId}`;
  const requireStream = async (caseId: string): Promise<void> => {
    const isName = /^[A-Za-z0-9._~-]{1,120}$/.test(caseId);
    const head = isName ? (await trusted.readStream(streamOf(caseId), 0, 1)).head : 'none';
    if (head === 'none') throw noCase(caseId, place);
  };
  return {
    place,
    store,
    engine,
    streamOf,
    caseIds: () => caseIds(store),
    events: async function* (caseId) {
      await requireStream(caseId);
      yield* eventsOf(trusted, streamOf(caseId));
    },
    requireStream,
    require: async (caseId) => {
      await requireStream(caseId);
      const view = await engine.caseAt(caseId);
      if (view) return view;
      throw procedureMissing(caseId);
    },
    askAt: (view, nowMs) => {
      presentMs = Math.max(msOf(view.recordedAt), nowMs);
    },
    close: () => store.close(),
  };
}

/** The store, with everything that is read of it counted. */
export function watched(store: EventStore, progress: Progress): EventStore {
  return {
    capabilities: store.capabilities,
    append: (request, options) => store.append(request, options),
    readStream: async (stream, from, countMax) => {
      const page = await store.readStream(stream, from, countMax);
      progress.read(page.entries.length);
      return page;
    },
    readAll: async (after, countMax) => {
      const page = await store.readAll(after, countMax);
      progress.read(page.entries.length);
      return page;
    },
    watch: (signal) => store.watch(signal),
    ...(store.findMisplaced ? { findMisplaced: () => store.findMisplaced?.() } : {}),
    close: () => store.close(),
  } as EventStore;
}

/** The store, with each page of a stream checked. */
function checked(store: EventStore): EventStore {
  const checker = new PageChecker();
  return {
    ...store,
    readStream: async (stream, from, countMax) => {
      const page = await store.readStream(stream, from, countMax);
      checker.check(stream, from, page);
      return page;
    },
  };
}

async function* caseIds(store: EventStore): AsyncGenerator<string> {
  for (let after = LOG_START; ;) {
    const { entries, next } = await store.readAll(after, LOG_PAGE);
    if (entries.length === 0) return;
    for (const entry of entries) if (isOpening(entry)) yield entry.stream.replace(/^case-/, '');
    after = next;
  }
}

/** Whether a case begins here. A damaged one must not drop out of the list: it is read next. */
function isOpening({ type, position, bytes }: RecordedEntry): boolean {
  if (type !== 'CaseOpened' && position > 0) return false;
  try {
    const envelope = readEnvelope(bytes);
    return envelope.type === 'CaseOpened' && envelope.position === 0;
  } catch (error) {
    if (isFault(error, 'entry-unreadable')) return type === 'CaseOpened';
    throw error;
  }
}

async function* eventsOf(store: EventStore, stream: StreamName): AsyncGenerator<RecordedEvent> {
  for (let from = 0; ;) {
    const { entries } = await store.readStream(stream, from, STREAM_PAGE);
    const last = entries.at(-1);
    if (!last) return;
    for (const { bytes, hash } of entries) yield { ...readEnvelope(bytes), hash };
    from = last.position + 1;
  }
}
