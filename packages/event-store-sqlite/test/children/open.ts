// Opens a store as a user who may not write the file, and prints the fault's code.
import { openSqliteStore } from '../../src/index.ts';

const NOBODY = 65534;
if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
try {
  openSqliteStore({ path: String(process.argv[2]) });
  console.log('opened');
} catch (error) {
  console.log((error as { code?: string }).code ?? String(error));
}
