// The himaya command of an application of its own: it plays a scenario, and reads the file back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'himaya-found-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function himaya(...argv: readonly string[]): { status: number | null; stdout: string } {
  const file = join(ROOT, 'examples/found-item/himaya.ts');
  const store = ['--store', `sqlite:${join(folder, 'items.db')}`];
  const line = ['--conditions=source', '--import', 'tsx', file, ...argv, ...store];
  return spawnSync(process.execPath, line, { cwd: ROOT, encoding: 'utf8' });
}

it('the command of an application › plays its scenarios and reads its store', () => {
  const played = himaya('scenario', 'run', join(ROOT, 'examples/found-item/umbrella.yaml'));
  expect([played.status, played.stdout]).toEqual([0, expect.stringContaining('passed: 3 steps')]);
  const replayed = himaya('replay', '--all');
  expect(replayed.status).toBe(0);
  expect(replayed.stdout).toContain('divergences: 0');
});
