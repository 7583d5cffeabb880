// himaya replay: folds cases again from their first event, judging every rule and every digest.
import { parseInstant } from '@himaya/engine';
import type { CasePast, CaseView, Divergence, ReplayReport } from '@himaya/engine';
import { openArchive, type Archive } from '../archive.ts';
import {
  caseTypeOfView,
  deadlineName,
  localTime,
  partName,
  partStates,
  shownContext,
  stateNames,
} from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import {
  allHasNoPast,
  caseOrAll,
  noInstant,
  noPosition,
  nothingYet,
  onePast,
} from '../mistakes.ts';
import type { Session } from '../session.ts';

/** Options of `himaya replay`. */
export interface ReplayOptions {
  /** What the office knew at this instant. */
  readonly at?: string;
  /** Up to this position. */
  readonly position?: number;
  /** Every case of the store. */
  readonly all?: true;
}

/** Replays one case, or all. Ends with `wrong` when anything diverges. */
export async function replayCases(
  session: Session,
  caseId: string | undefined,
  options: ReplayOptions,
): Promise<ExitCode> {
  const past = pastOf(options);
  if ((caseId === undefined) !== (options.all === true)) {
    throw caseOrAll();
  }
  if (options.all && past) throw allHasNoPast();
  const archive = await openArchive(session);
  try {
    if (caseId === undefined) return await replayAll(session, archive);
    await archive.requireStream(caseId);
    return await replayOne(session, archive, caseId, past);
  } finally {
    await archive.close();
  }
}

function pastOf({ at, position }: ReplayOptions): CasePast | undefined {
  if (at !== undefined && position !== undefined) {
    throw onePast();
  }
  if (position !== undefined) return { position };
  if (at === undefined) return undefined;
  const recordedBy = parseInstant(at);
  if (recordedBy !== undefined) return { recordedBy };
  throw noInstant(at);
}

async function replayOne(
  session: Session,
  archive: Archive,
  caseId: string,
  past: CasePast | undefined,
): Promise<ExitCode> {
  const report = await archive.engine.replay(caseId, past);
  if (!report) throw nothingYet(caseId);
  if (past && 'position' in past && report.events <= past.position) {
    throw noPosition(caseId, report.events - 1, past.position);
  }
  if (session.options.json) await session.out.json(reportJson(session, report));
  else await showReport(session, report);
  return report.divergences.length === 0 ? EXIT.ok : EXIT.wrong;
}

function reportJson(session: Session, { case: view, ...rest }: ReplayReport): unknown {
  return { ...rest, case: view ? caseJson(session, view) : null };
}

/** A case as `--json` shows it: sensitive values replaced, and no context of parts. */
export function caseJson({ definitions, options }: Session, view: CaseView): unknown {
  const isShown = options.unredacted === true;
  return {
    ...view,
    context: isShown ? view.context : shownContext(definitions, view),
    parts: view.parts.map(({ kind, id, status, states, context }) => ({
      kind,
      id,
      status,
      states,
      ...(isShown ? { context } : {}),
    })),
  };
}

async function showReport(session: Session, report: ReplayReport): Promise<void> {
  const { out, speech } = session;
  const { say } = speech;
  const { red, green } = out.colours;
  if (report.case) await showCase(session, report.case);
  await out.line(`${say('events')}: ${report.events} · ${say('digests')}: ${report.digests}`);
  for (const divergence of report.divergences) {
    const place = `${say('divergence')} ${say('at')} ${divergence.position}`;
    await out.line(red(`${place}: ${divergenceText(session, divergence)}`));
  }
  if (report.divergences.length === 0) await out.line(green(`✓ ${say('replayAgrees')}`));
}

function divergenceText({ speech }: Session, { reason, detail }: Divergence): string {
  const meaning = speech.reason(reason, '');
  return meaning === '' ? `${reason}: ${detail}` : `${reason}: ${meaning}: ${detail}`;
}

async function showCase(session: Session, view: CaseView): Promise<void> {
  const { out, speech, definitions } = session;
  const { say } = speech;
  const caseType = caseTypeOfView(definitions, view);
  const time = localTime(definitions, caseType, view.policyVersion);
  const { bold } = out.colours;
  await out.line(bold(`${say('case')} ${view.caseId}`));
  const pinned = [
    `${view.caseType}@${view.version}`,
    `${say('policy')} ${view.policyVersion}`,
    `${say('position')} ${view.position}`,
    time(view.recordedAt),
  ];
  await out.line(pinned.join(speech.comma), 2);
  await out.line(`${say('states')}: ${stateNames(caseType, view.states, speech)}`, 2);
  if (view.parts.length > 0) await out.line(`${say('parts')}:`, 2);
  for (const part of view.parts) {
    const states = partStates(caseType, part.kind, part.states, speech);
    await out.line(`${partName(caseType, part, speech)}: ${states}`, 4);
  }
  if (view.deadlines.length > 0) await out.line(`${say('deadlines')}:`, 2);
  for (const deadline of view.deadlines) {
    const { dueAt, status } = deadline;
    const is = status === 'reached' ? say('reached') : say('due');
    const name = deadlineName(caseType?.labels.deadlines, deadline, speech);
    await out.line(`${name}: ${is} ${time(dueAt)}`, 4);
  }
}

async function replayAll(session: Session, archive: Archive): Promise<ExitCode> {
  const { out, speech, options } = session;
  const { say } = speech;
  const totals = { cases: 0, events: 0, digests: 0, divergentCases: 0 };
  const divergent: unknown[] = [];
  for await (const caseId of archive.caseIds()) {
    const report = await archive.engine.replay(caseId);
    if (!report) continue;
    totals.cases += 1;
    totals.events += report.events;
    totals.digests += report.digests;
    if (report.divergences.length === 0) continue;
    totals.divergentCases += 1;
    for (const divergence of report.divergences) {
      if (options.json) {
        if (divergent.length < DIVERGENCES_MAX) divergent.push({ caseId, ...divergence });
      } else {
        const what = divergenceText(session, divergence);
        await out.line(`${caseId} ${say('at')} ${divergence.position}: ${what}`);
      }
    }
  }
  if (options.json) await out.json({ ...totals, divergences: divergent });
  else {
    const { cases, events, digests, divergentCases } = totals;
    const folded = `${say('cases')}: ${cases} · ${say('events')}: ${events}`;
    const compared = `${say('digests')}: ${digests} · ${say('divergences')}: ${divergentCases}`;
    await out.line(`${folded} · ${compared}`);
  }
  return totals.divergentCases === 0 ? EXIT.ok : EXIT.wrong;
}

/** Divergences in one JSON document at most: it is held in memory, and the count tells the rest. */
const DIVERGENCES_MAX = 1_000;
