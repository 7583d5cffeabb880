// A TypeScript file as a process of its own: bundled once, as to load it file by file takes a second.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const bundles = new Map<string, Promise<string>>();

/** Modules written for `require` find it; each name is one that no module uses. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module';" +
  'const require = requireOf(import.meta.url);';

/** Each file goes on to know its own address, from which it loads what cannot be bundled. */
const ownAddress: Plugin = {
  name: 'own-address',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const address = JSON.stringify(pathToFileURL(path).href);
      const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', address);
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * Starts `script` with `args`, on the sources of this workspace, with `flags` for Node itself. Its
 * standard input and output are pipes; what it says of errors is shown, unless `options` differ.
 */
export async function startScript(
  script: URL,
  args: readonly string[] = [],
  { flags = [], ...options }: SpawnOptions & { readonly flags?: readonly string[] } = {},
): Promise<ChildProcess> {
  return spawn(process.execPath, [...flags, await bundled(script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...options,
  });
}

/** Where the bundle of `script` is, for who starts many processes of it. */
export function bundled(script: URL): Promise<string> {
  const made = bundles.get(script.href) ?? bundle(script);
  bundles.set(script.href, made);
  return made;
}

async function bundle(script: URL): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'himaya-script-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, `${basename(script.pathname, '.ts')}.mjs`);
  await build({
    entryPoints: [fileURLToPath(script)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['source'],
    external: ['pg-native'],
    banner: { js: REQUIRE },
    plugins: [ownAddress],
    logLevel: 'error',
  });
  return outfile;
}
