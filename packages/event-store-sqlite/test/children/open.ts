// Opens a store as a user who may not write the file, and prints what it holds or the fault's code.
import { LOG_START } from '@himaya/event-store';
import { openSqliteStore } from '../../src/index.ts';

const NOBODY = 65534;
if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
try {
  const [, , path = '', mode] = process.argv;
  const store = openSqliteStore({ path, readOnly: mode === 'read' });
  const { entries } = await store.readAll(LOG_START, 100);
  console.log(`opened: ${entries.length}`);
  await store.close();
} catch (error) {
  console.log((error as { code?: string }).code ?? String(error));
}
