// Appends to a stream of its own and, in competition with others, to a shared one.
import type { Head } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { openSqliteStore } from '../../src/index.ts';

const [path, seed, count] = process.argv.slice(2);
const store = openSqliteStore({ path: String(path) });
const make = new EntryMaker(Number(seed));
const own = make.stream();

async function appendTo(stream: string): Promise<void> {
  for (;;) {
    const { head } = await store.readStream(stream, 0, 1);
    const outcome = await store.append(make.append(stream, head as Head | 'none'));
    if (outcome.kind === 'appended') return;
  }
}

console.log('ready');
for (let turn = 0; turn < Number(count); turn += 1) {
  await Promise.all([appendTo(own), appendTo('shared-1')]);
}
await store.close();
console.log(own);
