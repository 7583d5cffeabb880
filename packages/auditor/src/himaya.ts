// The himaya command: what the surroundings of a process are, and how the process ends.
import { caseTypes, checks, ends, policies } from '@himaya/family-protection';
import { main } from './main.ts';
import { sinkOf } from './process-sink.ts';

process.exitCode = await main(process.argv.slice(2), {
  stdout: sinkOf(process.stdout),
  stderr: sinkOf(process.stderr),
  environment: process.env,
  definitions: { caseTypes, policies, checks, ends },
  nowMs: Date.now(),
});
