// himaya cases: every case of a store, where it stands and what is due next.
import type { CaseView, RecordedEvent } from '@himaya/engine';
import { Fault, isFault, readEnvelope } from '@himaya/event-store';
import { openArchive, type Archive } from '../archive.ts';
import { caseTypeOf, caseTypeOfView, labelOf, localTime, regionStates } from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import { packed } from '../layout.ts';
import type { Session } from '../session.ts';
import type { Language } from '../language.ts';

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

/** A list fits a terminal of this width, also when it is piped into a file. */
const COLUMNS_MAX = 80;

/** What is looked at of a case, as far as it can be read. */
interface Seen {
  readonly view?: CaseView | undefined;
  readonly last?: RecordedEvent;
  readonly problem?: string;
}

/** Lists cases, first opened first. */
export async function listCases(session: Session, { limit }: CasesOptions): Promise<ExitCode> {
  const { out, speech, options } = session;
  const archive = await openArchive(session);
  try {
    const lines: CaseLine[] = [];
    let shown = 0;
    let damaged = 0;
    let more = false;
    for await (const caseId of archive.caseIds()) {
      more = limit > 0 && shown === limit;
      if (more) break;
      const seen = await see(archive, caseId, speech.language);
      shown += 1;
      damaged += seen.problem === undefined ? 0 : 1;
      if (options.json) lines.push(lineOf(caseId, seen));
      else await showCase(session, caseId, seen);
    }
    if (options.json) await out.json({ cases: lines, more });
    else if (shown === 0) await out.line(speech.say('noCases'));
    else if (more) await out.line(speech.say('moreCases'));
    return damaged > 0 ? EXIT.wrong : EXIT.ok;
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

/** A case as a short block. Lists are read by people: a label stands for the name it has. */
async function showCase(
  { out, speech, definitions }: Session,
  caseId: string,
  { view, last, problem }: Seen,
): Promise<void> {
  const { say } = speech;
  const { bold, red, yellow } = out.colours;
  const caseType = caseTypeOfView(definitions, view);
  const time = localTime(definitions, caseType, view?.policyVersion);
  const type = view ? `${view.caseType}@${view.version}` : say('procedureUnknown');
  await out.line(`${bold(caseId)}${problem === undefined ? `  ${type}` : ''}`);
  if (problem !== undefined) await out.line(red(`${say('problem')}: ${problem}`), 2);
  if (view) {
    if (view.divergence) await out.line(yellow(say('readOnly')), 2);
    const states = regionStates(caseType, view.states, speech);
    for (const line of packed(states, ' · ', Math.min(out.columns, COLUMNS_MAX) - 4)) {
      await out.line(line, 2);
    }
    await out.line(`${say('opened')}: ${time(view.openedAt)}`, 2);
  }
  if (last) {
    const labels = caseTypeOf(definitions, last.procedure)?.labels.events;
    const name = labelOf(labels, last.type, speech);
    await out.line(`${say('lastEvent')}: ${time(last.recordedAt)} ${name}`, 2);
  }
  const next = view?.deadlines.find(({ status }) => status === 'pending');
  if (!next) return;
  const part = next.part === '' ? '' : ` (${next.part})`;
  const name = labelOf(caseType?.labels.deadlines, next.code, speech);
  await out.line(`${say('nextDeadline')}: ${time(next.dueAt)} ${name}${part}`, 2);
}
