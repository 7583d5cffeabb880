// Cases whose reactions fail are parked: nobody waits for them, and nothing of theirs is lost.
import { describe, expect, it } from 'vitest';
import type { Engine } from '../src/index.ts';
import { DAY, bench, supervisor, type Bench } from './sample/bench.ts';
import { failingStore, fault } from './sample/failing-store.ts';
import { defineMatter, matterChart, matterVersion } from './sample/matter.ts';

/** The matter, with a chart that counts otherwise: what was recorded differs from it. */
const changed = { caseTypes: [defineMatter((spec) => ({ ...spec, chart: matterChart(2) }))] };

async function notes(engine: Engine, caseId: string): Promise<number> {
  return (await engine.history(caseId)).filter(({ type }) => type === 'Noted').length;
}

/** The positions that were saved, in order. */
async function checkpoints({ store }: Bench): Promise<readonly string[]> {
  const { entries } = await store.readStream('checkpoint-reactions', 0, 100);
  return entries.map(({ bytes }) => {
    const { data } = JSON.parse(Buffer.from(bytes).toString()) as { data: { position: string } };
    return data.position;
  });
}

describe('reaction worker › a diverged case', () => {
  it('is parked, the others move on, and it is taken up by code that folds it', async () => {
    const test = bench();
    const { accept, open, other, engine, alerts } = test;
    const survivors = [await open('s1'), await open('s2'), await open('s3')];
    const merged = await Promise.all(survivors.map(() => open('m')));
    await accept('Note', { note: 'a' }, { caseId: merged[0] });
    for (const [index, into] of survivors.entries()) {
      await accept('Merge', { into }, { caseId: merged[index] });
    }
    const wrong = other(changed);
    const first = await wrong.runReactions();
    expect(first).toMatchObject({ kind: 'ran', issued: 2, refused: 0 });
    expect(alerts).toMatchObject([{ code: 'reaction-failed', caseId: merged[0] }]);
    // What was done is not done again, also by a worker that starts anew.
    expect(await wrong.runReactions()).toMatchObject({ issued: 0 });
    expect(await other(changed).runReactions()).toMatchObject({ issued: 0 });
    expect(await notes(engine, survivors[0] as string)).toBe(0);
    // Mended: only the parked one is issued, from the checkpoint on.
    expect(await engine.runReactions()).toMatchObject({ issued: 1, refused: 0 });
    expect(await engine.runReactions()).toMatchObject({ issued: 0 });
    for (const survivor of survivors) expect(await notes(engine, survivor)).toBe(1);
    const saved = (await checkpoints(test)).map(Number);
    expect(saved).toEqual([...saved].sort((a, b) => a - b));
  });

  it('records more while it is parked › all of it is given in order, and once', async () => {
    const reactions = [
      {
        name: 'link each note',
        on: ['Noted'],
        commands: ({ event }: { event: { data: unknown } }) => [
          { name: 'Link', input: { other: (event.data as { note: string }).note } },
        ],
      },
    ];
    const linking = (counted: number) => ({
      caseTypes: [defineMatter((spec) => ({ ...spec, reactions, chart: matterChart(counted) }))],
    });
    const { accept, open, other, engine } = bench(linking(1));
    const caseId = await open();
    const wrong = other(linking(2));
    await accept('Note', { note: 'a' }, { caseId });
    await wrong.runReactions();
    await accept('Note', { note: 'b' }, { caseId });
    expect(await wrong.runReactions()).toMatchObject({ issued: 0 });
    await accept('Note', { note: 'c' }, { caseId });
    expect(await engine.runReactions()).toMatchObject({ issued: 3 });
    expect(await engine.runReactions()).toMatchObject({ issued: 0 });
    const linked = (await engine.history(caseId)).filter(({ type }) => type === 'Linked');
    expect(linked.map(({ data }) => data['other'])).toEqual(['a', 'b', 'c']);
  });

  it('fails again at a later event › stays parked there, and repeats nothing before it', async () => {
    let failing = new Set(['a', 'b']);
    const reactions = [
      {
        name: 'link each note',
        on: ['Noted'],
        commands: ({ event }: { event: { data: unknown } }) => {
          const { note } = event.data as { note: string };
          if (failing.has(note)) throw new RangeError(note);
          return [{ name: 'Link', input: { other: note } }];
        },
      },
    ];
    const { accept, open, engine } = bench({
      caseTypes: [defineMatter((spec) => ({ ...spec, reactions }))],
    });
    const caseId = await open();
    for (const note of ['a', 'b']) await accept('Note', { note }, { caseId });
    const issued: unknown[] = [];
    for (const left of [['a', 'b'], ['b'], ['b'], [], []]) {
      failing = new Set(left);
      const run = await engine.runReactions();
      issued.push(run.kind === 'ran' ? run.issued : run.kind);
    }
    expect(issued).toEqual([0, 1, 0, 1, 0]);
  });

  it('more of them than a checkpoint remembers › hold it, and lose nothing', async () => {
    let failing = true;
    const reactions = [
      {
        name: 'note',
        on: ['Opened'],
        commands: () => {
          if (failing) throw new RangeError('not now');
          return [{ name: 'Note', input: { note: 'n' } }];
        },
      },
    ];
    const { open, accept, engine, other } = bench({
      caseTypes: [defineMatter((spec) => ({ ...spec, reactions }))],
      onAlert: () => {},
    });
    const ids = [await open()];
    // One event more, so that the last case that is parked and the first that is not share a page.
    await accept('Note', { note: 'a' }, { caseId: ids[0] });
    for (let index = 1; index < 1_002; index += 1) ids.push(await open());
    const run = await engine.runReactions();
    // Two events a case: the run ends before the first event of which the case is not parked.
    expect(run).toMatchObject({ issued: 0, position: 2_001n });
    failing = false;
    expect(await other().runReactions()).toMatchObject({ issued: 1_002 });
    expect(await other().runReactions()).toMatchObject({ issued: 0 });
    expect(await notes(engine, ids[1_001] as string)).toBe(1);
  });
});

describe('deadline worker › what cannot be reached', () => {
  it('a diverged case › is told once, by each process', async () => {
    const { accept, open, other, alerts, clock } = bench();
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(3 * DAY);
    const wrong = other(changed);
    expect(await wrong.runDeadlines()).toEqual({ kind: 'ran', cases: 0, reached: 0 });
    await wrong.runDeadlines();
    await accept('Help', { what: 'x' }, { caseId });
    await wrong.runDeadlines();
    expect(alerts).toMatchObject([{ code: 'case-diverged', caseId }]);
    expect(alerts[0]?.message).toContain('DIGEST_DIFFERS at position 3');
    expect(await other().runDeadlines()).toMatchObject({ cases: 1 });
  });

  it('a case of a version it lacks › is told', async () => {
    const { open, other, alerts } = bench();
    const caseId = await open();
    await other({ caseTypes: [matterVersion('2.0.0')] }).runDeadlines();
    expect(alerts).toMatchObject([{ code: 'case-unfoldable', caseId }]);
  });

  it('a damaged page of the log › is told, and the cases known before are reached', async () => {
    const { store, faults } = failingStore();
    const { accept, open, engine, alerts, clock } = bench({ store });
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId }, supervisor);
    await engine.runDeadlines();
    clock.forward(2 * DAY);
    faults.all = () => fault('store-corrupt');
    expect(await engine.runDeadlines()).toEqual({ kind: 'ran', cases: 1, reached: 1 });
    expect(alerts.map(({ code }) => code)).toEqual(['deadline-not-reached']);
    faults.all = () => fault('store-busy');
    await expect(engine.runDeadlines()).rejects.toThrow(/store-busy/);
  });
});
