// Read models in memory: each event once, in the order of the log, also after a fold has failed.
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../src/index.ts';
import { bench } from './sample/bench.ts';

const counting = (failAt: () => string | undefined = () => undefined) => ({
  name: 'counts',
  version: 1,
  initial: () => new Map<string, number>(),
  fold: (state: Map<string, number>, { type }: RecordedEvent) => {
    if (type === failAt()) throw new RangeError('not now');
    return state.set(type, (state.get(type) ?? 0) + 1);
  },
});

describe('project', () => {
  it('a projection › caught up twice › holds each event once, of all cases', async () => {
    const { engine, accept, open } = bench();
    const caseId = await open();
    await open();
    const counts = engine.project(counting());
    expect(counts.state.size).toBe(0);
    expect(await Promise.all([counts.catchUp(), counts.catchUp()])).toEqual([4, 4]);
    await accept('Note', { note: 'a' }, { caseId });
    expect(await counts.catchUp()).toBe(1);
    expect(Object.fromEntries(counts.state)).toEqual({ CaseOpened: 2, Opened: 2, Noted: 1 });
    expect(await engine.project(counting()).catchUp()).toBe(5);
  });

  it('a projection › whose fold failed › goes on at the event that failed', async () => {
    const { engine, accept, open } = bench();
    await accept('Note', { note: 'a' }, { caseId: await open() });
    let failing: string | undefined = 'Noted';
    const counts = engine.project(counting(() => failing));
    await expect(counts.catchUp()).rejects.toThrow('not now');
    failing = undefined;
    expect(await counts.catchUp()).toBe(1);
    expect(Object.fromEntries(counts.state)).toEqual({ CaseOpened: 1, Opened: 1, Noted: 1 });
  });
});
