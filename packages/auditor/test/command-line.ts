// Runs the command inside a test: its surroundings as values, its output as text.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main, type Definitions } from '../src/index.ts';
import { baseline, permit } from '../../testkit/test/permit.ts';

/** What a call of the command left behind. */
export interface Called {
  readonly code: number;
  readonly out: string;
  /** Without progress, which a slow machine shows and a fast one does not. */
  readonly err: string;
}

/** How a call differs from a plain one that is piped. */
export interface CallOptions {
  /** Columns of a terminal. */
  readonly columns?: number;
  readonly definitions?: Definitions;
  readonly nowMs?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Writes after which the reader of standard output is gone. */
  readonly readsMax?: number;
}

const DEFINITIONS: Definitions = { caseTypes: [permit], policies: [baseline] };

/** Calls the command. */
export async function himaya(argv: readonly string[], options: CallOptions = {}): Promise<Called> {
  const texts = { out: '', err: '' };
  const { readsMax = Number.POSITIVE_INFINITY } = options;
  let reads = 0;
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => {
      texts[name] += text;
      reads += name === 'out' ? 1 : 0;
      return true;
    },
    once: () => undefined,
    get isClosed() {
      return name === 'out' && reads >= readsMax;
    },
    ...(options.columns === undefined ? {} : { isTTY: true, columns: options.columns }),
  });
  const code = await main(argv, {
    stdout: sink('out'),
    stderr: sink('err'),
    environment: options.environment ?? {},
    definitions: options.definitions ?? DEFINITIONS,
    nowMs: options.nowMs ?? 0,
  });
  const err = texts.err.replaceAll(/^himaya: .*(?:entr(?:y|ies) read|مقروء[ةا]?(?:ن)?)\n/gm, '');
  return { code, out: texts.out, err };
}

/** A command line with names in it that stand for what a test has made. */
export function filledIn(
  argv: readonly string[],
  made: Readonly<Record<string, string>>,
): readonly string[] {
  return argv.map((word) =>
    Object.entries(made).reduce((so, [name, value]) => so.replace(name, value), word),
  );
}

/** The scenario that fills the stores of these tests. */
export const SCENARIO = fileURLToPath(
  new URL('../../testkit/test/scenarios/permit.yaml', import.meta.url),
);

/** A folder that is gone when `remove` is called. */
export function scratch(): { readonly path: (name: string) => string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'himaya-auditor-'));
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Fills a new store with the scenario; answers the option that names it and the case in it. */
export async function filledStore(path: string): Promise<{ store: string; caseId: string }> {
  const store = `sqlite:${path}`;
  const run = await himaya(['scenario', 'run', SCENARIO, '--store', store, '--json']);
  const { scenarios } = JSON.parse(run.out) as {
    readonly scenarios: readonly { readonly cases: readonly { readonly caseId: string }[] }[];
  };
  return { store, caseId: scenarios[0]?.cases[0]?.caseId ?? '' };
}

/** A copy of a store's file under another name. */
export function copyStore(from: string, to: string): void {
  cpSync(from, to);
}
