// The demo: a parking dispute from complaint to closing, on a real file, then replayed and verified.
console.log('Himaya: a parking dispute in a dead-end alley, from complaint to end (SC-07).');

// Imported after the first line, so that the reader need not wait for it.
const { sinkOf } = await import('@himaya/auditor');
const { runDemo } = await import('./demo.ts');

try {
  // A folder for the file may be named: `npm run demo -- FOLDER`.
  process.exitCode = await runDemo(sinkOf(process.stdout), process.env, process.argv[2]);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`himaya: the demo cannot run: ${message}`);
  process.exitCode = 1;
}

export {};
