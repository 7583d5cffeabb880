// The himaya command, with the most memory that its process had written to standard error at its end.
process.on('exit', () => {
  process.stderr.write(`\nrss=${process.resourceUsage().maxRSS}\n`);
});

await import('../../packages/auditor/src/himaya.ts');

export {};
