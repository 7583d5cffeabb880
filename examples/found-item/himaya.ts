// The himaya command for found items: npx tsx --conditions=source examples/found-item/himaya.ts cases …
import { main, sinkOf } from '@himaya/auditor';
import { foundItem } from './found-item.ts';
import { foundItemPolicy } from './policy.ts';

// #region main
process.exitCode = await main(process.argv.slice(2), {
  stdout: sinkOf(process.stdout),
  stderr: sinkOf(process.stderr),
  environment: process.env,
  definitions: { caseTypes: [foundItem], policies: [foundItemPolicy] },
  nowMs: Date.now(),
});
// #endregion
