// A store opened for reading, with the questions that the command's subcommands ask of it.
import { createEngine, msOf, type CaseView, type Engine, type RecordedEvent } from '@himaya/engine';
import { LOG_START, readEnvelope, type EventStore, type StreamName } from '@himaya/event-store';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import type { Definitions } from './definitions.ts';
import { wrongUsage } from './exit-codes.ts';

/** Entries of one stream read at a time. */
const STREAM_PAGE = 256;
/** Entries of the log read at a time while looking for cases. */
const LOG_PAGE = 512;
/** Folded cases kept: each question is about one. */
const STATES_MAX = 2;

/** The path in `sqlite:PATH`. */
export function sqlitePath(store: string | undefined): string {
  const path = /^sqlite:(.+)$/.exec(store ?? '')?.[1];
  if (path !== undefined) return path;
  const found = store === undefined ? 'none was given' : `found ${JSON.stringify(store)}`;
  throw wrongUsage(`--store needs the form sqlite:PATH; ${found}.`);
}

/** A store and an engine that only read. */
export interface Archive {
  readonly path: string;
  readonly store: EventStore;
  readonly engine: Engine;
  readonly definitions: Definitions;
  /** The stream of a case. */
  streamOf(caseId: string): StreamName;
  /** The ids of all cases, first opened first. */
  caseIds(): AsyncGenerator<string>;
  /** The events of a case, a page at a time. */
  events(caseId: string): AsyncGenerator<RecordedEvent>;
  /** The case now; `undefined` when its procedure is not at hand. @throws Ending when there is none */
  require(caseId: string): Promise<CaseView | undefined>;
  /** Lets the time of later questions be this, or that of the case's last event when that is later. */
  askAt(view: CaseView, nowMs: number): void;
  close(): Promise<void>;
}

/** Opens a store for reading only: nothing in it can change, and no file is created. */
export function openArchive(option: string | undefined, definitions: Definitions): Archive {
  const path = sqlitePath(option);
  const store = openSqliteStore({ path, readOnly: true, mustExist: true });
  // The clock stands still: a question has one present.
  let presentMs = 0;
  const engine = createEngine({
    store,
    ...definitions,
    office: 'AUDIT',
    clock: { now: () => presentMs, monotonicMs: () => presentMs },
    statesMax: STATES_MAX,
  });
  const categories = new Set(['case', ...definitions.caseTypes.map(({ category }) => category)]);
  const streamOf = (caseId: string): StreamName =>
    (categories.has(caseId.slice(0, caseId.indexOf('-')))
      ? caseId
      : `case-${caseId}`) as StreamName;
  return {
    path,
    store,
    engine,
    definitions,
    streamOf,
    caseIds: () => caseIds(store),
    events: (caseId) => eventsOf(store, streamOf(caseId)),
    require: async (caseId) => {
      await requireStream(store, streamOf(caseId), caseId, path);
      return engine.caseAt(caseId);
    },
    askAt: (view, nowMs) => {
      presentMs = Math.max(msOf(view.recordedAt), nowMs);
    },
    close: () => store.close(),
  };
}

async function requireStream(
  store: EventStore,
  stream: StreamName,
  caseId: string,
  path: string,
): Promise<void> {
  const isName = /^[A-Za-z0-9._~-]{1,120}$/.test(caseId);
  const { head } = isName ? await store.readStream(stream, 0, 1) : { head: 'none' as const };
  if (head !== 'none') return;
  throw wrongUsage(`no case ${JSON.stringify(caseId)} in ${path}; "himaya cases" lists them.`);
}

async function* caseIds(store: EventStore): AsyncGenerator<string> {
  for (let after = LOG_START; ;) {
    const { entries, next } = await store.readAll(after, LOG_PAGE);
    if (entries.length === 0) return;
    for (const { type, stream, position } of entries) {
      if (position === 0 && type === 'CaseOpened') yield stream.replace(/^case-/, '');
    }
    after = next;
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
