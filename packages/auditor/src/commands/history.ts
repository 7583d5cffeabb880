// himaya history: every event of a case, one line each, in the order of recording.
import type { RecordedEvent } from '@himaya/engine';
import { openArchive } from '../archive.ts';
import { caseTypeOf, labelled, localTime, shownData, shownText } from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

/** Options of `himaya history`. */
export interface HistoryOptions {
  /** Shows the data of each event below its line. */
  readonly data?: true;
}

/** Writes the history of a case: as lines, or with `--json` as one document per line. */
export async function showHistory(
  session: Session,
  caseId: string,
  { data }: HistoryOptions,
): Promise<ExitCode> {
  const archive = openArchive(session.options.store, session.definitions);
  try {
    const view = await archive.require(caseId);
    const time = localTime(session.definitions, view?.policyVersion);
    for await (const event of archive.events(caseId)) {
      if (session.options.json) await session.out.json(eventJson(session, event));
      else await showEvent(session, event, time, data === true);
    }
    return EXIT.ok;
  } finally {
    await archive.close();
  }
}

/** An event as `--json` shows it: the envelope, with sensitive data and free texts replaced. */
export function eventJson({ definitions, options }: Session, event: RecordedEvent): unknown {
  const isShown = options.unredacted === true;
  const { reason, lateReason, ...rest } = event;
  return {
    ...rest,
    ...(reason === undefined ? {} : { reason: shownText(reason, isShown) }),
    ...(lateReason === undefined ? {} : { lateReason: shownText(lateReason, isShown) }),
    data: isShown ? event.data : shownData(definitions, event),
  };
}

async function showEvent(
  session: Session,
  event: RecordedEvent,
  time: (instant: string) => string,
  withData: boolean,
): Promise<void> {
  const { out, speech, definitions, options } = session;
  const { dim, cyan } = out.colours;
  const labels = caseTypeOf(definitions, event.procedure)?.labels;
  const name = labelled(labels?.events, event.type, speech);
  const late =
    event.occurredAt === event.recordedAt
      ? ''
      : dim(` ${speech.say('recorded')} ${time(event.recordedAt)}`);
  const by =
    event.actor.role === 'SYS' ? speech.say('engine') : `${event.actor.role} ${event.actor.staff}`;
  const what = `${cyan(name)}${late} ${dim(`${by} · ${event.command.name}`)}`;
  await out.line(`${String(event.position).padStart(4)}  ${time(event.occurredAt)}  ${what}`);
  if (!withData) return;
  const data = options.unredacted ? event.data : shownData(definitions, event);
  await out.line(JSON.stringify(data), 6);
}
