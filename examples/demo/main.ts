// The demo: cases of the office, each on a file of its own, then replayed and verified.
import { asked, say, type Asked } from './stories.ts';

let wanted: Asked | undefined;
try {
  // `npm run demo -- sc-01 --lang ar FOLDER`: one story, its language, a folder for its file.
  wanted = asked(process.argv.slice(2));
} catch (error) {
  giveUp(error);
}
if (wanted) {
  console.log(say('begin', wanted.language));
  // Imported after the first line, so that the reader need not wait for it.
  const { sinkOf } = await import('@himaya/auditor');
  const { runDemo } = await import('./demo.ts');
  try {
    process.exitCode = await runDemo(sinkOf(process.stdout), process.env, wanted);
  } catch (error) {
    giveUp(error);
  }
}

function giveUp(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`himaya: the demo cannot run: ${message}`);
  process.exitCode = 1;
}
