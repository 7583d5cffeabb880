// himaya copy: brings a log from one store to another, verifying every entry on both sides.
import { copyLog, logRootText, type CopyOutcome } from '@himaya/event-store';
import { watched } from '../archive.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { sameStore } from '../mistakes.ts';
import type { Session } from '../session.ts';
import { openToFill, openToRead } from '../stores.ts';

/** Options of `himaya copy`. */
export interface CopyCommandOptions {
  readonly from?: string;
  readonly to?: string;
}

/** Copies a log. Ends with `wrong` at a bad entry, or when the target holds another log. */
export async function copy(
  session: Session,
  { from, to }: CopyCommandOptions,
): Promise<ExitCode> {
  if (from !== undefined && to === from) throw sameStore();
  const source = await openToRead('--from', from);
  try {
    const target = await openToFill('--to', to);
    try {
      const outcome = await copyLog(watched(source.store, session.progress), target.store);
      if (session.options.json) await session.out.json(outcomeJson(outcome));
      else await show(session, outcome);
      return outcome.kind === 'copied' ? EXIT.ok : EXIT.wrong;
    } finally {
      await target.store.close();
    }
  } finally {
    await source.store.close();
  }
}

function outcomeJson(outcome: CopyOutcome): unknown {
  const { kind, compared, copied, root } = outcome;
  return {
    kind,
    compared,
    copied,
    root: logRootText(root),
    firstBad: outcome.kind === 'bad' ? outcome.bad : null,
    differsAt:
      outcome.kind === 'differs'
        ? { stream: outcome.stream, position: outcome.position }
        : null,
  };
}

async function show({ out, speech }: Session, outcome: CopyOutcome): Promise<void> {
  const { say, count } = speech;
  const { green, red, dim } = out.colours;
  const { compared, copied, root } = outcome;
  if (outcome.kind === 'bad') {
    const { stream, position, reason } = outcome.bad;
    const why = `${reason.code}: ${speech.reason(reason.code, reason.sentence)}`;
    await out.line(red(`✗ ${say('firstBad')}: ${stream} ${say('position')} ${position}: ${why}`));
  } else if (outcome.kind === 'differs') {
    const place = `${outcome.stream} ${say('position')} ${outcome.position}`;
    await out.line(red(`✗ ${say('otherLog')}: ${place}`));
  } else {
    await out.line(green(`✓ ${say('logsAgree')}`));
  }
  await out.line(`${say('copied')}: ${count(copied, 'entry')}`, 2);
  await out.line(`${say('thereBefore')}: ${count(compared, 'entry')}`, 2);
  await out.line(`${say('logRoot')}: ${logRootText(root)}`, 2);
  if (outcome.kind === 'copied') await out.line(dim(say('copyAgain')), 2);
}
