// Second processes for tests: what they do is in the files of `children/`.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { startScript } from '../../../test/process/script.ts';

/** A child process that speaks in lines. */
export interface Child {
  readonly process: ChildProcess;
  /** The next line that it prints; rejects if it ends without one. */
  line(): Promise<string>;
  /** Lets it go on: it reads one line at a time. */
  say(text: string): void;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts `children/<name>.ts` on the sources of this workspace. */
export async function startChild(name: string, ...args: string[]): Promise<Child> {
  const started = await startScript(new URL(`./children/${name}.ts`, import.meta.url), args);
  const lines = createInterface({ input: started.stdout as Readable })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => started.on('exit', resolve));
  return {
    process: started,
    ended,
    line: async () => {
      const next = await lines.next();
      if (next.done === true) throw new Error(`${name} ended without a line`);
      return next.value;
    },
    say: (text) => {
      started.stdin?.write(`${text}\n`);
    },
  };
}
