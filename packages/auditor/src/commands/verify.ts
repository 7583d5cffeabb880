// himaya verify: checks every byte of the record, and names the first bad entry.
import { logRootText, parseLogRoot, verifyStore } from '@himaya/event-store';
import type { LogRoot, VerifyReport } from '@himaya/event-store';
import { openArchive } from '../archive.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { noLogRoot } from '../mistakes.ts';
import type { Session } from '../session.ts';

/** Options of `himaya verify`. */
export interface VerifyCommandOptions {
  /** The log root that an earlier verification printed. */
  readonly since?: string;
}

/** What clocks of several processes may differ by; the engine refuses to write beyond it. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** Verifies a store. Ends with `wrong` at the first bad entry, or when the log is another one. */
export async function verify(
  session: Session,
  { since: text }: VerifyCommandOptions,
): Promise<ExitCode> {
  const since = text === undefined ? undefined : rootIn(text);
  const archive = await openArchive(session);
  try {
    const options = since === undefined ? {} : { since };
    const report = await verifyStore(archive.store, options);
    const isIntact = report.firstBad === undefined && (report.since ?? 'same') === 'same';
    if (session.options.json) await session.out.json(reportJson(report, isIntact));
    else await show(session, report, since);
    return isIntact ? EXIT.ok : EXIT.wrong;
  } finally {
    await archive.close();
  }
}

function rootIn(text: string): LogRoot {
  const root = parseLogRoot(text);
  if (root !== undefined) return root;
  throw noLogRoot(text);
}

function reportJson(
  { entries, streams, firstBad, root, since, stepBack }: VerifyReport,
  intact: boolean,
): unknown {
  return {
    intact,
    entries,
    streams,
    firstBad: firstBad ?? null,
    root: logRootText(root),
    since: since ?? null,
    stepBack: stepBack ?? null,
    // A root that nobody signed proves only as much as the place where it was kept.
    checkpoint: null,
  };
}

async function show(
  { out, speech }: Session,
  { entries, streams, firstBad, root, since: found, stepBack }: VerifyReport,
  since: LogRoot | undefined,
): Promise<void> {
  const { say, count, comma } = speech;
  const { green, red, yellow, dim } = out.colours;
  const counts = `${count(entries, 'entry')}${comma}${count(streams, 'stream')}`;
  if (firstBad) {
    const { stream, position, reason } = firstBad;
    const place = `${stream} ${say('position')} ${position}`;
    const why = `${reason.code}: ${speech.reason(reason.code, reason.sentence)}`;
    await out.line(red(`✗ ${say('firstBad')}: ${place}: ${why}`));
    await out.line(`${say('intact')}: ${counts}`);
    return;
  }
  await out.line(green(`✓ ${say('chainIntact')}: ${counts}`));
  if (since && found === 'same') {
    await out.line(green(`✓ ${say('sinceSame')}: ${logRootText(since)}`));
  }
  if (since && found === 'differs') {
    await out.line(red(`✗ ${say('sinceDiffers')}: ${logRootText(since)}`));
  }
  if (since && found === 'shorter') {
    await out.line(red(`✗ ${say('sinceShorter')}: ${logRootText(since)}`));
  }
  if (stepBack && stepBack.byMs > CLOCKS_DIFFER_MS) {
    const place = `${stepBack.stream} ${say('position')} ${stepBack.position}`;
    const minutes = speech.quantity(Math.floor(stepBack.byMs / 60_000), 'minutes');
    await out.line(yellow(`! ${say('stepBack')}: ${place}: ${minutes}`), 2);
  }
  await out.line(`${say('logRoot')}: ${logRootText(root)}`, 2);
  await out.line(dim(say('keepRoot')), 2);
}
