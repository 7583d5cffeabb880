// himaya verify: checks every byte of the record, and names the first bad entry.
import { verifyStore } from '@himaya/event-store';
import { openArchive } from '../archive.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

/** How often progress is shown, in milliseconds. */
const PROGRESS_MS = 200;

/** Verifies a store. Ends with `wrong` at the first bad entry. */
export async function verify(session: Session): Promise<ExitCode> {
  const { out, err, speech, options, definitions } = session;
  const { say } = speech;
  const { green, red } = out.colours;
  const archive = openArchive(options.store, definitions);
  try {
    let shownAt = 0;
    const report = await verifyStore(archive.store, {
      onProgress: ({ entries }) => {
        if (!err.isTerminal || performance.now() - shownAt < PROGRESS_MS) return;
        shownAt = performance.now();
        void err.raw(`\r${entries} ${say('entries')} `);
      },
    });
    if (err.isTerminal) await err.raw('\r\u001b[K');
    const { entries, streams, firstBad } = report;
    if (options.json) {
      await out.json({
        intact: firstBad === undefined,
        entries,
        streams,
        firstBad: firstBad ?? null,
      });
      return firstBad === undefined ? EXIT.ok : EXIT.wrong;
    }
    const counts = `${entries} ${say('entries')}, ${streams} ${say('streams')}`;
    if (!firstBad) {
      await out.line(green(`✓ ${say('chainIntact')}: ${counts}`));
      return EXIT.ok;
    }
    const { stream, position, reason } = firstBad;
    const place = `${stream} ${say('position')} ${position}`;
    await out.line(red(`✗ ${say('firstBad')}: ${place}: ${reason.code}: ${reason.sentence}`));
    await out.line(`${say('intact')}: ${counts}`);
    return EXIT.wrong;
  } finally {
    await archive.close();
  }
}
