// A stream of the process as the command writes to it: also when its reader goes away.
import { EXIT } from './exit-codes.ts';
import type { Sink } from './output.ts';

/**
 * A stream of the process. A reader that has seen enough, as `head`, closes the pipe: that is no
 * failure, and what the command finds meanwhile still decides how it ends.
 */
export function sinkOf(stream: NodeJS.WriteStream): Sink {
  let isClosed = false;
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    isClosed = true;
    if (code === 'EPIPE') return;
    if (stream !== process.stderr) process.stderr.write(`himaya: cannot write: ${message}\n`);
    process.exit(EXIT.internal);
  });
  return {
    write: (text) => stream.write(text),
    once: (event, listener) => {
      const go = (): void => {
        stream.off(event, go).off('error', go);
        listener();
      };
      stream.on(event, go).on('error', go);
    },
    isTTY: stream.isTTY,
    columns: stream.columns,
    get isClosed() {
      return isClosed;
    },
  };
}
