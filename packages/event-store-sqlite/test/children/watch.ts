// Watches a store and does nothing else, until it wakes.
import { openSqliteStore } from '../../src/index.ts';

const [path, mode] = process.argv.slice(2);
const store = openSqliteStore({ path: String(path), readOnly: mode === 'read-only' });
const watch = store.watch(new AbortController().signal)[Symbol.asyncIterator]();
console.log('watching');
console.log((await watch.next()).done === true ? 'ended' : 'woken');
await store.close();
