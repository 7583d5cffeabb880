#!/usr/bin/env node
// Starts the himaya command from its built file, which the published package always carries.
import { existsSync } from 'node:fs';

const built = new URL('../dist/himaya.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  console.error('himaya: not built yet; at the root of the repository, run `npm run himaya -- …`.');
  process.exitCode = 2;
}
