// himaya cases: every case of a store, where it stands and what is due next.
import type { CaseView, RecordedEvent } from '@himaya/engine';
import { readEnvelope } from '@himaya/event-store';
import { openArchive, type Archive } from '../archive.ts';
import { deadlineName, labelled, localTime } from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

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
  readonly lastEvent: {
    readonly position: number;
    readonly type: string;
    readonly recordedAt: string;
  };
  readonly nextDeadline: {
    readonly code: string;
    readonly part: string;
    readonly dueAt: string;
  } | null;
  /** Why it is read-only. */
  readonly divergence: CaseView['divergence'] | null;
}

/** Lists cases, first opened first. */
export async function listCases(session: Session, { limit }: CasesOptions): Promise<ExitCode> {
  const { out, speech, options, definitions } = session;
  const archive = openArchive(options.store, definitions);
  try {
    const lines: CaseLine[] = [];
    let more = false;
    for await (const caseId of archive.caseIds()) {
      if (limit > 0 && lines.length === limit) {
        more = true;
        break;
      }
      lines.push(await lineOf(archive, caseId));
    }
    if (options.json) {
      await out.json({ cases: lines, more });
      return EXIT.ok;
    }
    if (lines.length === 0) await out.line(speech.say('noCases'));
    else await showTable(session, lines);
    if (more) await out.line(speech.say('moreCases'));
    return EXIT.ok;
  } finally {
    await archive.close();
  }
}

async function lineOf(archive: Archive, caseId: string): Promise<CaseLine> {
  const view = await archive.engine.caseAt(caseId);
  const last = await lastEvent(archive, caseId);
  const { position, type, recordedAt } = last;
  const next = view?.deadlines.find(({ status }) => status === 'pending');
  return {
    caseId,
    caseType: view?.caseType ?? null,
    version: view?.version ?? null,
    policyVersion: view?.policyVersion ?? null,
    states: view?.states ?? [],
    openedAt: view?.openedAt ?? null,
    lastEvent: { position, type, recordedAt },
    nextDeadline: next ? { code: next.code, part: next.part, dueAt: next.dueAt } : null,
    divergence: view?.divergence ?? null,
  };
}

async function lastEvent(archive: Archive, caseId: string): Promise<RecordedEvent> {
  const stream = archive.streamOf(caseId);
  const { head } = await archive.store.readStream(stream, 0, 1);
  const from = head === 'none' ? 0 : head.position;
  const { entries } = await archive.store.readStream(stream, from, 1);
  const entry = entries[0];
  if (!entry) throw new Error(`The stream ${stream} has no entry at its head.`);
  return { ...readEnvelope(entry.bytes), hash: entry.hash };
}

async function showTable(session: Session, lines: readonly CaseLine[]): Promise<void> {
  const { out, speech, definitions } = session;
  const { say } = speech;
  const head = [
    say('case'),
    say('caseType'),
    say('states'),
    say('opened'),
    say('lastEvent'),
    say('nextDeadline'),
  ];
  const rows = lines.map((line) => {
    const time = localTime(definitions, line.policyVersion ?? undefined);
    const caseType = definitions.caseTypes.find(
      ({ name, version }) => name === line.caseType && version === line.version,
    );
    const next = line.nextDeadline;
    return [
      line.caseId,
      line.caseType ? `${line.caseType}@${line.version}` : say('procedureUnknown'),
      [line.divergence ? `${say('readOnly')}:` : '', ...line.states].filter(Boolean).join(' '),
      line.openedAt ? time(line.openedAt) : '',
      `${labelled(caseType?.labels.events, line.lastEvent.type, speech)} ${time(line.lastEvent.recordedAt)}`,
      next ? `${deadlineName(caseType?.labels.deadlines, next, speech)} ${time(next.dueAt)}` : '',
    ];
  });
  await out.table(head, rows);
}
