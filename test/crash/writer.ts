// The victim: writes under load and says what was acknowledged, until it is killed.
import { openSync, writeSync } from 'node:fs';
import { headOf } from '@himaya/event-store';
import type { Append, AppendOutcome, Head, NonEmpty, StreamWrite } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { openSqliteStore } from '@himaya/event-store-sqlite';

const [path, acknowledgements, seed] = process.argv.slice(2);
const acknowledged = openSync(String(acknowledgements), 'a');
const make = new EntryMaker(Number(seed));
writeSync(1, 'started\n');
const store = openSqliteStore({ path: String(path) });

function acknowledge(outcome: AppendOutcome): void {
  if (outcome.kind !== 'appended') throw new Error(`unexpected ${JSON.stringify(outcome)}`);
  const heads = outcome.heads.map(({ stream, head }) => [stream, head.position, head.hash]);
  // Into a file, which outlives the process; a pipe may be full, and what is buffered is lost.
  writeSync(acknowledged, `${JSON.stringify(heads)}\n`);
}

async function headNow(stream: string): Promise<Head | 'none'> {
  return (await store.readStream(stream, 0, 1)).head;
}

/** One append at a time to one stream. */
async function writeAlone(stream: string): Promise<never> {
  for (let head = await headNow(stream); ; ) {
    const outcome = await store.append(make.append(stream, head, 1 + make.below(3)));
    acknowledge(outcome);
    if (outcome.kind === 'appended') head = outcome.heads[0].head;
  }
}

/** Several appends on the way, each built on the one before. */
async function writeAhead(stream: string): Promise<never> {
  for (let head = await headNow(stream); ; ) {
    const burst: Promise<void>[] = [];
    for (const entry of make.entries(stream, head, 1 + make.below(6))) {
      const request: Append = { writes: [{ stream, expected: head, entries: [entry] }] };
      burst.push(store.append(request).then(acknowledge));
      head = headOf(entry);
    }
    await Promise.all(burst);
  }
}

/** Two streams in one append, which must agree for ever. */
async function writePair(name: string): Promise<never> {
  const streams: NonEmpty<string> = [`pairA-${name}`, `pairB-${name}`];
  const heads = new Map<string, Head | 'none'>();
  for (const stream of streams) heads.set(stream, await headNow(stream));
  for (;;) {
    const token = make.id();
    const writes = streams.map((stream): StreamWrite => {
      const expected = heads.get(stream) ?? 'none';
      const entry = make.entry(stream, expected, { data: { token } });
      return { stream, expected, entries: [entry] };
    }) as unknown as NonEmpty<StreamWrite>;
    const outcome = await store.append({ writes });
    acknowledge(outcome);
    if (outcome.kind !== 'appended') return undefined as never;
    for (const { stream, head } of outcome.heads) heads.set(stream, head);
  }
}

await Promise.all([
  ...[1, 2, 3].map((number) => writeAlone(`alone-${number}`)),
  ...[1, 2].map((number) => writeAhead(`ahead-${number}`)),
  ...[1, 2, 3].map((number) => writePair(String(number))),
]);
