// The himaya command: what the surroundings of a process are, and how the process ends.
import { caseTypes, policies } from '@himaya/family-protection';
import { EXIT } from './exit-codes.ts';
import { main } from './main.ts';

// A reader that has seen enough, as `head`, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.internal);
});

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  definitions: { caseTypes, policies },
  nowMs: Date.now(),
});
