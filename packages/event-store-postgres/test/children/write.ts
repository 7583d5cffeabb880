// Appends single entries to many streams at once, through the writer itself; prints how many failed.
import { EntryMaker } from '@himaya/event-store/contract';
import type { Append, Head, NonEmpty, StreamName } from '@himaya/event-store';
import { Connection } from '../../src/connection.ts';
import { Writer } from '../../src/writer.ts';

const [url, schema = '', seed, rounds, width] = process.argv.slice(2);
const connection = new Connection({ connectionString: url });
const writer = new Writer(connection, schema, 10_000);
const make = new EntryMaker(Number(seed));
const heads = new Map<StreamName, Head | 'none'>();
for (let made = 0; made < Number(width); made += 1) heads.set(make.stream(), 'none');

await connection.client();
console.log('ready');
await new Promise((resolve) => process.stdin.once('data', resolve));
let failed = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  const appends = [...heads].map(([stream, head]) => make.append(stream, head));
  try {
    const outcomes = await writer.append(appends as unknown as NonEmpty<Append>);
    for (const outcome of outcomes) {
      if (outcome.kind !== 'appended') throw new Error(`it met ${outcome.kind}`);
      for (const { stream, head } of outcome.heads) heads.set(stream, head);
    }
  } catch {
    failed += appends.length;
  }
}
await connection.close();
console.log(String(failed));
process.exit(0);
