// The himaya command, with the most memory that its process had written to standard error at its end.
import { main, sinkOf } from '@himaya/auditor';
import { caseTypes, policies } from '@himaya/family-protection';

process.on('exit', () => {
  process.stderr.write(`\nrss=${process.resourceUsage().maxRSS}\n`);
});

process.exitCode = await main(process.argv.slice(2), {
  stdout: sinkOf(process.stdout),
  stderr: sinkOf(process.stderr),
  environment: process.env,
  definitions: { caseTypes, policies },
  nowMs: Date.now(),
});
