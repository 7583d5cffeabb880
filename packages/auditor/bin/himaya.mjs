#!/usr/bin/env node
// Starts the himaya command from its built file, in a process that keeps what it holds in memory small.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

// Reading a large archive makes garbage fast. Node lets its heap grow with the memory of the machine,
// by more than 100 MB in Node 24, and takes these limits only when a process starts.
const FLAGS = ['--max-semi-space-size=4', '--max-old-space-size=1024'];

const built = fileURLToPath(new URL('../dist/himaya.js', import.meta.url));
if (existsSync(built)) {
  const args = [...FLAGS, ...process.execArgv, built, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both: the command has it already, and ends by itself.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', ({ message }) => {
    console.error(`himaya: cannot start Node again: ${message}`);
    process.exitCode = 4;
  });
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
} else {
  console.error('himaya: not built yet; at the root of the repository, run `npm run himaya -- …`.');
  process.exitCode = 2;
}
