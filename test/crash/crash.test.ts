// kill -9 at any moment: nothing acknowledged is lost, and what is left opens and verifies.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvelope, verifyStore, type EventStore } from '@himaya/event-store';
import { seededRandom } from '@himaya/event-store/contract';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { expect, test } from 'vitest';
import { startScript } from '../process/script.ts';

const NIGHTLY = process.env.HIMAYA_NIGHTLY === '1';
const SEED = Number(process.env.HIMAYA_SEED ?? (NIGHTLY ? Date.now() % 1_000_000 : 1));
/** Chains of rounds on files of their own, side by side. */
const LANES = 2;
const ROUNDS_PER_LANE = NIGHTLY ? 250 : 26;
const ROUNDS_PER_FILE = 4;
const LIVES_MS_MAX = 250;

type Acknowledged = readonly (readonly [stream: string, position: number, hash: string])[];

test(`sqlite › when its process is killed with -9, ${LANES * ROUNDS_PER_LANE} times › ` +
  'nothing acknowledged is lost', async () => {
  console.log(`crash: seed=${SEED}; again: HIMAYA_SEED=${SEED} npm test -- test/crash`);
  const lanes = Array.from({ length: LANES }, (_, lane) => runLane(SEED * 1000 + lane));
  const acknowledged = (await Promise.all(lanes)).reduce((sum, count) => sum + count, 0);
  console.log(`crash: ${acknowledged} acknowledged entries, all of them found again`);
  expect(acknowledged).toBeGreaterThan(LANES * ROUNDS_PER_LANE);
}, 600_000);

async function runLane(seed: number): Promise<number> {
  const random = seededRandom(seed);
  let acknowledged = 0;
  for (let round = 0; round < ROUNDS_PER_LANE; round += ROUNDS_PER_FILE) {
    const folder = mkdtempSync(join(tmpdir(), 'himaya-crash-'));
    const known = new Map<string, string>();
    for (let turn = 0; turn < ROUNDS_PER_FILE && round + turn < ROUNDS_PER_LANE; turn += 1) {
      const path = join(folder, 'store.db');
      const lines = await killedWriter(path, seed + round + turn, random() * LIVES_MS_MAX);
      for (const line of lines) {
        for (const [stream, position, hash] of line) known.set(`${stream} ${position}`, hash);
      }
      await checkFile(path, known);
    }
    acknowledged += known.size;
    rmSync(folder, { recursive: true, force: true });
  }
  return acknowledged;
}

/** What a writer had acknowledged when it was killed, `livesMs` after it had begun to open. */
async function killedWriter(path: string, seed: number, livesMs: number): Promise<Acknowledged[]> {
  const acknowledgements = `${path}.${seed}.acknowledged`;
  const writer = new URL('./writer.ts', import.meta.url);
  const child = await startScript(writer, [path, acknowledgements, String(seed)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), livesMs));
  const [, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (code, by) => resolve([code, by]));
  });
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${errors}`);
  // A last line that was cut off is not acknowledged.
  const text = existsSync(acknowledgements) ? readFileSync(acknowledgements, 'utf8') : '';
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Acknowledged);
}

async function checkFile(path: string, known: ReadonlyMap<string, string>): Promise<void> {
  const store = openSqliteStore({ path });
  try {
    expect((await verifyStore(store)).firstBad).toBeUndefined();
    const found = await hashes(store);
    const lost = [...known].filter(([place, hash]) => found.get(place) !== hash);
    expect(lost).toEqual([]);
    for (const pair of [1, 2, 3]) {
      const [one, other] = ['A', 'B'].map((side) => tokensOf(store, `pair${side}-${pair}`));
      expect(await one).toEqual(await other);
    }
  } finally {
    await store.close();
  }
}

async function hashes(store: EventStore): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const side of ['alone-1', 'alone-2', 'alone-3', 'ahead-1', 'ahead-2', 'pairA-1', 'pairB-1',
    'pairA-2', 'pairB-2', 'pairA-3', 'pairB-3']) {
    for (const { position, hash } of await entriesOf(store, side)) {
      found.set(`${side} ${position}`, hash);
    }
  }
  return found;
}

async function tokensOf(store: EventStore, stream: string): Promise<unknown[]> {
  return (await entriesOf(store, stream)).map(({ bytes }) => readEnvelope(bytes).data.token);
}

async function entriesOf(store: EventStore, stream: string) {
  const entries = [];
  for (;;) {
    const page = await store.readStream(stream, entries.length, 1000);
    if (page.entries.length === 0) return entries;
    entries.push(...page.entries);
  }
}
