// himaya cases: every case of a store, where it stands and what is due next.
import type { CaseView, RecordedEvent } from '@himaya/engine';
import { Fault, isFault, readEnvelope } from '@himaya/event-store';
import { openArchive, type Archive } from '../archive.ts';
import {
  caseTypeOf,
  caseTypeOfView,
  deadlineName,
  eventName,
  localTime,
  stateNames,
} from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import type { Session } from '../session.ts';
import type { Language } from '../words.ts';

/** Options of `himaya cases`. */
export interface CasesOptions {
  /** Cases shown at most; 0 shows all. */
  readonly limit: number;
}

/** One case of the list, as `--json` shows it. Instants are UTC. */
export interface CaseLine {
  readonly caseId: string;
  /** `null`: its procedure is not at hand. */
  readonly caseType: string | null;
  readonly version: string | null;
  readonly policyVersion: string | null;
  readonly states: readonly string[];
  readonly openedAt: string | null;
  /** `null`: it cannot be read. */
  readonly lastEvent: {
    readonly position: number;
    readonly type: string;
    readonly recordedAt: string;
  } | null;
  readonly nextDeadline: {
    readonly code: string;
    readonly part: string;
    readonly dueAt: string;
  } | null;
  /** Why it is read-only. */
  readonly divergence: CaseView['divergence'] | null;
  /** Why it cannot be read; `himaya verify` says more. */
  readonly problem: string | null;
}

/** What is looked at of a case, as far as it can be read. */
interface Seen {
  readonly view?: CaseView | undefined;
  readonly last?: RecordedEvent;
  readonly problem?: string;
}

/** Lists cases, first opened first. */
export async function listCases(session: Session, { limit }: CasesOptions): Promise<ExitCode> {
  const { out, speech, options } = session;
  const archive = openArchive(session);
  try {
    const lines: CaseLine[] = [];
    const rows: (readonly string[])[] = [];
    let more = false;
    for await (const caseId of archive.caseIds()) {
      if (limit > 0 && lines.length === limit) {
        more = true;
        break;
      }
      const seen = await see(archive, caseId, speech.language);
      lines.push(lineOf(caseId, seen));
      if (!options.json) rows.push(rowOf(session, caseId, seen));
    }
    const code = lines.some(({ problem }) => problem !== null) ? EXIT.wrong : EXIT.ok;
    if (options.json) {
      await out.json({ cases: lines, more });
      return code;
    }
    const titles = ['case', 'caseType', 'states', 'opened', 'lastEvent', 'nextDeadline'] as const;
    if (lines.length === 0) await out.line(speech.say('noCases'));
    else await out.table(titles.map((title) => speech.say(title)), rows);
    if (more) await out.line(speech.say('moreCases'));
    return code;
  } finally {
    await archive.close();
  }
}

/** One damaged case must not hide the others. */
async function see(archive: Archive, caseId: string, language: Language): Promise<Seen> {
  try {
    const last = await lastEvent(archive, caseId);
    return { view: await archive.engine.caseAt(caseId), last };
  } catch (error) {
    // A fault of the store as a whole has no stream, and ends the list.
    const ofCase = isFault(error) && error.data.stream === archive.streamOf(caseId);
    if (!ofCase && !isFault(error, 'entry-unreadable')) throw error;
    return { problem: failureOf(error, language).message };
  }
}

async function lastEvent(archive: Archive, caseId: string): Promise<RecordedEvent> {
  const stream = archive.streamOf(caseId);
  const { head } = await archive.store.readStream(stream, 0, 1);
  const from = head === 'none' ? 0 : head.position;
  const { entries } = await archive.store.readStream(stream, from, 1);
  const entry = entries[0];
  if (entry) return { ...readEnvelope(entry.bytes), hash: entry.hash };
  throw new Fault({
    code: 'entry-unreadable',
    attempted: `Cannot read ${JSON.stringify(stream)} at position ${from}`,
    found: 'there is no entry at its head',
    todo: 'Run "himaya verify", which names the first bad entry',
  });
}

function lineOf(caseId: string, { view, last, problem }: Seen): CaseLine {
  const next = view?.deadlines.find(({ status }) => status === 'pending');
  return {
    caseId,
    caseType: view?.caseType ?? null,
    version: view?.version ?? null,
    policyVersion: view?.policyVersion ?? null,
    states: view?.states ?? [],
    openedAt: view?.openedAt ?? null,
    lastEvent: last
      ? { position: last.position, type: last.type, recordedAt: last.recordedAt }
      : null,
    nextDeadline: next ? { code: next.code, part: next.part, dueAt: next.dueAt } : null,
    divergence: view?.divergence ?? null,
    problem: problem ?? null,
  };
}

function rowOf(
  { speech, definitions }: Session,
  caseId: string,
  { view, last, problem }: Seen,
): readonly string[] {
  const { say } = speech;
  if (problem !== undefined) return [caseId, `${say('problem')}: ${problem}`];
  const caseType = caseTypeOfView(definitions, view);
  const time = localTime(definitions, view?.policyVersion);
  const next = view?.deadlines.find(({ status }) => status === 'pending');
  const states = stateNames(caseType, view?.states ?? [], speech);
  const lastType = last && caseTypeOf(definitions, last.procedure);
  return [
    caseId,
    view ? `${view.caseType}@${view.version}` : say('procedureUnknown'),
    view?.divergence ? `${say('readOnly')}: ${states}` : states,
    view ? time(view.openedAt) : '',
    last ? `${eventName(lastType, last.type, speech)} ${time(last.recordedAt)}` : '',
    next ? `${deadlineName(caseType?.labels.deadlines, next, speech)} ${time(next.dueAt)}` : '',
  ];
}
