// Memory of `verify` and `replay`: what an auditor's machine must have does not grow with the record.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildArchive, type Archive } from './archive.ts';

const NIGHTLY = process.env.HIMAYA_NIGHTLY === '1';
const SEED = Number(process.env.HIMAYA_SEED ?? 1);
/** The figure in the nightly run; the usual one shows whether memory grows at all. */
const EVENTS = NIGHTLY ? 1_000_000 : 20_000;
const LONG_EVENTS = NIGHTLY ? 50_000 : 4_000;
const RSS_MB_MAX = 256;

const folder = mkdtempSync(join(tmpdir(), 'himaya-memory-'));
const store = join(folder, 'archive.db');
let archive: Archive;

beforeAll(async () => {
  console.log(`memory: seed=${SEED}, ${EVENTS} events; again: HIMAYA_SEED=${SEED}`);
  archive = await buildArchive(store, SEED, EVENTS, LONG_EVENTS);
}, 1_800_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['verify', () => ['verify'], () => archive.events],
  ['replay of the long case', () => ['replay', archive.longCase], () => LONG_EVENTS],
  ['replay of all cases', () => ['replay', '--all'], () => archive.events],
])(
  `himaya %s › of ${EVENTS} events › stays under ${RSS_MB_MAX} MB`,
  async (name, argv, events) => {
    const { code, rssMb, seconds, out } = await measured([...argv(), '--json']);
    const rate = Math.round(events() / seconds);
    console.log(`memory: ${name}: ${rssMb} MB, ${seconds.toFixed(1)} s, ${rate} events/s`);
    expect([code, out.includes(String(events()))]).toEqual([0, true]);
    expect(rssMb).toBeLessThan(RSS_MB_MAX);
  },
  1_800_000,
);

/** Runs the command as a process of its own, which says at its end how much memory it had at most. */
async function measured(
  argv: readonly string[],
): Promise<{ code: number; rssMb: number; seconds: number; out: string }> {
  const command = fileURLToPath(new URL('./measured.ts', import.meta.url));
  // The limits that the command starts with, built or as a task.
  const limits = ['--max-semi-space-size=4', '--max-old-space-size=1024'];
  const run = ['--conditions=source', '--import', 'tsx', command, ...argv];
  const args = [...limits, ...run, '--store', `sqlite:${store}`];
  const start = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const rssKb = Number(/rss=(\d+)/.exec(err)?.[1]);
  const seconds = (performance.now() - start) / 1_000;
  return { code, rssMb: Math.round(rssKb / 1_024), seconds, out };
}
