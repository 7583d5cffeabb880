// himaya verify: checks every byte of the record, and names the first bad entry.
import { verifyStore } from '@himaya/event-store';
import { openArchive } from '../archive.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

/** Verifies a store. Ends with `wrong` at the first bad entry. */
export async function verify(session: Session): Promise<ExitCode> {
  const { out, speech, options } = session;
  const { say } = speech;
  const { green, red, dim } = out.colours;
  const archive = openArchive(session);
  try {
    const { entries, streams, firstBad } = await verifyStore(archive.store);
    const code = firstBad === undefined ? EXIT.ok : EXIT.wrong;
    if (options.json) {
      const intact = firstBad === undefined;
      // A chain proves order and content of what is there, not that this is all there was.
      await out.json({ intact, entries, streams, firstBad: firstBad ?? null, checkpoint: null });
      return code;
    }
    const counts = `${entries} ${say('entries')}, ${streams} ${say('streams')}`;
    if (firstBad) {
      const { stream, position, reason } = firstBad;
      const place = `${stream} ${say('position')} ${position}`;
      const why = `${reason.code}: ${speech.reason(reason.code, reason.sentence)}`;
      await out.line(red(`✗ ${say('firstBad')}: ${place}: ${why}`));
      await out.line(`${say('intact')}: ${counts}`);
      return code;
    }
    await out.line(green(`✓ ${say('chainIntact')}: ${counts}`));
    await out.line(dim(say('noCheckpoint')), 2);
    return code;
  } finally {
    await archive.close();
  }
}
