// A backup that is made while the office works, and the office going on from what was restored.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, instant, msOf, type Engine } from '@himaya/engine';
import { copyLog, verifyStore, type EventStore } from '@himaya/event-store';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { seededIds } from '@himaya/testkit';
import { afterAll, expect, test } from 'vitest';
import { hasServer, testServer } from '../../packages/event-store-postgres/test/server.ts';
import { openPlaces } from './places.ts';
import { caseTypes, dues, policies, told } from './worked-cases.ts';

const START = msOf(instant('2027-01-10T06:00:00Z'));
const DAYS = 86_400_000;
const projections = [dues, told];
const clerk = { staff: 'clk1', role: 'CLK', office: 'TST' };

const folder = mkdtempSync(join(tmpdir(), 'himaya-restore-'));
const isHere = await hasServer();
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (isHere) await (await testServer()).stop();
});

function engineOver(store: EventStore, nowMs: number): Engine {
  const clock = { now: () => nowMs, monotonicMs: () => nowMs };
  return createEngine({ store, caseTypes, policies, office: 'TST', clock });
}

/** A log and read models that are kept up over it, both of which are lost; its backup remains. */
async function backedUp(name: string) {
  const first = await openPlaces(join(folder, `${name}.db`));
  const backup = openSqliteStore({ path: join(folder, `${name}.backup.db`) });
  const engine = engineOver(first.store, START);
  const ids = seededIds(name);
  const open = async (): Promise<string> => {
    const id = ids.next();
    expect((await engine.execute({ id, name: 'Open', input: {} }, clerk)).kind).toBe('accepted');
    return id;
  };
  const caseIds: string[] = [];
  // The first backup is made while cases are opened, the next brings what is new.
  const [copied] = await Promise.all([copyLog(first.store, backup), ...Array.from({ length: 40 },
    async () => void caseIds.push(await open()))]);
  expect(copied.kind).toBe('copied');
  caseIds.push(await open());
  for (const one of projections) await engine.project(one, first.readStore).catchUp();
  expect(await copyLog(first.store, backup)).toMatchObject({ kind: 'copied' });
  const { root } = await verifyStore(first.store);
  const lost = await open();
  await Promise.all([first.store.close(), first.readStore.close()]);
  return { backup, caseIds, lost, root };
}

const places: readonly (readonly [string, () => Promise<string>])[] = [
  ['a file', async () => join(folder, 'restored.db')],
  ...(isHere ? [['a server', async () => `${(await testServer()).url}#restored`] as const] : []),
];

const title = 'a backup › restored to %s › is the log it was, and work goes on';
test.each(places)(title, async (to, at) => {
  const { backup, caseIds, lost, root } = await backedUp(to.replace(' ', '-'));
  const { store, readStore } = await openPlaces(await at());
  expect(await copyLog(backup, store)).toMatchObject({ kind: 'copied' });
  await backup.close();
  const found = await verifyStore(store);
  expect([found.firstBad, found.root]).toEqual([undefined, root]);
  const engine = engineOver(store, START + 3 * DAYS);
  // What was answered before is known; what came after the backup is not there, and can be done.
  const [known] = caseIds;
  const again = await engine.execute({ id: known as string, name: 'Open', input: {} }, clerk);
  expect(again).toMatchObject({ kind: 'accepted', case: { caseId: known } });
  expect(await engine.history(lost)).toEqual([]);
  await engine.execute({ id: lost, name: 'Open', input: {} }, clerk);
  for (const one of projections) {
    expect(await engine.project(one, readStore).catchUp()).toMatchObject({ kind: 'caught-up' });
  }
  expect(await engine.runDeadlines()).toMatchObject({ cases: caseIds.length });
  await engine.runReactions();
  for (const caseId of caseIds) {
    const types = (await engine.history(caseId)).map(({ type }) => type);
    for (const once of ['Opened', 'DeadlineReached', 'Missed', 'Told']) {
      expect([once, types.filter((type) => type === once).length]).toEqual([once, 1]);
    }
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  }
  await Promise.all([store.close(), readStore.close()]);
});
