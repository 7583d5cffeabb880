// What the benchmark asks of every library, and where the others are found.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** A library on a store: each command loads, folds, decides and appends one event of 300 bytes. */
export interface Library {
  readonly name: string;
  /** Opens a case and answers its id; `undefined` or a rejection where that failed. */
  readonly register: (text: string) => Promise<string | undefined>;
  /** Adds a note to an open case; anything but `true` is a failure. */
  readonly addNote: (caseId: string, text: string) => Promise<boolean>;
  /** Reads all events of a case, parsed, and answers how many they were. */
  readonly read?: (caseId: string) => Promise<number>;
  readonly close: () => Promise<unknown>;
}

/** A library that brings recorded events to handlers. */
export interface Consumer extends Library {
  /** Brings so many events to a handler that does nothing, with its place made durable. */
  readonly consume: (events: number) => Promise<void>;
}

/** One of the others' packages; what is used of it is said by whoever asks. */
export function peer<Exports>(name: string): Exports {
  return createRequire(`${FOLDER}package.json`)(name) as Exports;
}

/** Installs the others, as their lock file names them, unless they are there. */
export function installPeers(): void {
  const done = `${FOLDER}node_modules/.package-lock.json`;
  if (existsSync(done) && isFor(readFileSync(done, 'utf8'))) return;
  process.stderr.write('installing the other libraries (once, some minutes: one is compiled)\n');
  const npm = process.env['npm_execpath'] ?? '';
  const [command, first] = /npm-cli\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  execFileSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}
interface Locked {
  readonly version?: string;
  readonly optional?: true;
}

/** Whether what is installed is what the lock file names; what is optional may be for other machines. */
function isFor(installed: string): boolean {
  const { packages: found } = JSON.parse(installed) as Lock;
  const { packages } = JSON.parse(readFileSync(`${FOLDER}package-lock.json`, 'utf8')) as Lock;
  return Object.entries(packages).every(
    ([path, { version, optional }]) =>
      path === '' || found[path]?.version === version || (optional && found[path] === undefined),
  );
}
