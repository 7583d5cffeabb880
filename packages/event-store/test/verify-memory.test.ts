// Verification of very many streams fits a small process.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const nightly = process.env.HIMAYA_NIGHTLY === '1';
/** A million streams may take 256 MB; a process that has verified next to none takes about 90. */
const [STREAMS, MEGABYTES_MAX] = nightly ? [1_000_000, 256] : [100_000, 200];

test(`verifyStore › when ${STREAMS} streams are verified › stays under ${MEGABYTES_MAX} MB`,
  async () => {
    const load = fileURLToPath(new URL('./verify-load.ts', import.meta.url));
    const args = ['--import', 'tsx', load, String(STREAMS)];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    });
    const { maxRssKb, ...report } = JSON.parse(stdout) as Record<string, unknown>;
    const root = { entries: STREAMS, hash: expect.any(String) };
    expect(report).toEqual({ entries: STREAMS, streams: STREAMS, root });
    expect(maxRssKb).toBeLessThan(MEGABYTES_MAX * 1024);
  }, 300_000);
