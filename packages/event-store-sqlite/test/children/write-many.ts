// Appends single entries to many streams at once, each round together; prints how many failed.
import { EntryMaker } from '@himaya/event-store/contract';
import type { Head, StreamName } from '@himaya/event-store';
import { openSqliteStore } from '../../src/index.ts';

const [path, seed, rounds, width] = process.argv.slice(2);
const store = openSqliteStore({ path: String(path), busyTimeoutMs: 60_000 });
const make = new EntryMaker(Number(seed));
const heads = new Map<StreamName, Head | 'none'>();
for (let made = 0; made < Number(width); made += 1) heads.set(make.stream(), 'none');

console.log('ready');
await new Promise((resolve) => process.stdin.once('data', resolve));
let failed = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  await Promise.all([...heads].map(async ([stream, head]) => {
    try {
      const outcome = await store.append(make.append(stream, head));
      if (outcome.kind !== 'appended') throw new Error(`it met ${outcome.kind}`);
      heads.set(stream, outcome.heads[0].head);
    } catch {
      failed += 1;
    }
  }));
}
await store.close();
console.log(String(failed));
process.exit(0);
