// The demo: a parking dispute from complaint to closing, on a real file, then replayed and verified.
console.log('Himaya: a parking dispute in a dead-end alley, from complaint to closing (SC-07).');

// Imported after the first line, so that the reader need not wait for it.
const { runDemo } = await import('./demo.ts');

// A folder for the file may be named: `npm run demo -- FOLDER`.
process.exitCode = await runDemo(process.stdout, process.env, process.argv[2]);

export {};
