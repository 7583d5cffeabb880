// Processes, connections and the server are broken by a seeded plan; what was promised holds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasServer, testServer } from '../../packages/event-store-postgres/test/server.ts';
import { Crew } from './crew.ts';
import { runSeed, type Arena } from './run.ts';
import { Way } from './way.ts';

const NIGHTLY = process.env.HIMAYA_NIGHTLY === '1';
const SEEDS = Number(process.env.HIMAYA_SEEDS ?? (NIGHTLY ? 500 : 20));
const SEED = Number(process.env.HIMAYA_SEED ?? (NIGHTLY ? Date.now() % 1_000_000 : 1));

const isHere = await hasServer();
const folder = mkdtempSync(join(tmpdir(), 'himaya-chaos-'));
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!isHere)('chaos (needs a server)', () => {
  test(`chaos › ${SEEDS} seeds from ${SEED} › nothing is lost, and nothing happens twice`,
    async (context) => {
      const server = await testServer();
      const { crash } = server;
      if (!crash) return context.skip('HIMAYA_TEST_POSTGRES_URL: not ours to kill');
      const way = await Way.to(Number(new URL(server.url).port));
      const crew = await Crew.assembled();
      const arena: Arena = { server: { ...server, crash }, way, crew, folder };
      const wrong: string[] = [];
      try {
        for (let seed = SEED; seed < SEED + SEEDS && wrong.length === 0; seed += 1) {
          const found = await runSeed(seed, arena);
          if (found.length === 0) continue;
          const again = `HIMAYA_SEED=${seed} HIMAYA_SEEDS=1 npm test -- test/chaos`;
          wrong.push(`seed ${seed}; the same plan again: ${again}`, ...found);
        }
      } finally {
        await crew.end();
        await way.close();
      }
      expect(wrong).toEqual([]);
    }, SEEDS * 40_000);
});
