// Second processes for tests: what they do is in the files of `children/`.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

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
export function startChild(name: string, ...args: string[]): Child {
  const file = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
  const started = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', file, ...args],
    { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
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
      started.stdin.write(`${text}\n`);
    },
  };
}
