// himaya history: every event of a case, one line each, in the order of recording.
import type { RecordedEvent } from '@himaya/engine';
import { openArchive } from '../archive.ts';
import {
  caseTypeOf,
  localTime,
  named,
  recordedName,
  shownData,
  shownText,
} from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { jsonLines } from '../layout.ts';
import type { Session } from '../session.ts';

/** Options of `himaya history`. */
export interface HistoryOptions {
  /** Shows the data of each event below its line. */
  readonly data?: true;
}

/**
 * Writes the history of a case: as lines, or with `--json` as one document per line. Nothing is
 * folded: it shows what was recorded also where that can no longer be replayed.
 */
export async function showHistory(
  session: Session,
  caseId: string,
  { data }: HistoryOptions,
): Promise<ExitCode> {
  const archive = await openArchive(session);
  try {
    for await (const event of archive.events(caseId)) {
      if (session.out.isClosed) break;
      if (session.options.json) await session.out.json(eventJson(session, event));
      else await showEvent(session, event, data === true);
    }
    return EXIT.ok;
  } finally {
    await archive.close();
  }
}

/** An event as `--json` shows it: the envelope, with sensitive data and free texts replaced. */
export function eventJson(session: Session, event: RecordedEvent): unknown {
  const { definitions, options, speech } = session;
  const isShown = options.unredacted === true;
  const { reason, lateReason, basis, ...rest } = event;
  return {
    ...rest,
    ...(basis === undefined ? {} : { basis: shownText(basis, isShown) }),
    ...(reason === undefined ? {} : { reason: shownText(reason, isShown) }),
    ...(lateReason === undefined ? {} : { lateReason: shownText(lateReason, isShown) }),
    data: isShown ? event.data : shownData(definitions, event, speech),
  };
}

async function showEvent(
  session: Session,
  event: RecordedEvent,
  withData: boolean,
): Promise<void> {
  const { out, speech, definitions, options } = session;
  const { dim, cyan } = out.colours;
  const { actor, command, occurredAt, recordedAt, procedure } = event;
  const caseType = caseTypeOf(definitions, procedure);
  const time = localTime(definitions, caseType, procedure.split('+')[1]);
  const name = recordedName(caseType, event, speech);
  const isLate = occurredAt !== recordedAt;
  const late = isLate ? dim(` ${speech.say('recorded')} ${time(recordedAt)}`) : '';
  const role = named(caseType?.labels.roles, actor.role, speech);
  const by = actor.role === 'SYS' ? speech.say('engine') : `${role} ${actor.staff}`;
  const asked = named(caseType?.labels.commands, command.name, speech);
  const what = `${cyan(name)}${late} ${dim(`${by} · ${asked}`)}`;
  await out.line(`${String(event.position).padStart(4)}  ${time(occurredAt)}  ${what}`);
  if (!withData) return;
  const data = options.unredacted ? event.data : shownData(definitions, event, speech);
  for (const line of jsonLines(data, out.columns - 6)) await out.whole(line, 6);
}
