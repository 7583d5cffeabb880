// Reactions and projections: what follows an append, at least once, and what is read from the log.
import { describe, expect, it } from 'vitest';
import { bench } from './sample/bench.ts';
import { defineMatter } from './sample/matter.ts';

describe('reactions', () => {
  it('reactions › an event that calls for a command › gives it once, however often they run', async () => {
    const { engine, other, accept, open } = bench();
    const survivor = await open();
    const merged = await open();
    const cause = (await accept('Merge', { into: survivor }, { caseId: merged })).events[0];
    expect(await engine.runReactions()).toMatchObject({ issued: 1, refused: 0 });
    expect(await engine.runReactions()).toMatchObject({ issued: 0 });
    // Another process without a checkpoint of its own, and one that forgot: both add nothing.
    await other().runReactions();
    const noted = (await engine.history(survivor)).filter(({ type }) => type === 'Noted');
    expect(noted).toHaveLength(1);
    expect(noted[0]).toMatchObject({ causation: cause?.id, actor: { role: 'SYS' } });
  });

  it('reactions › a crash between the command and the checkpoint › repeats the id, not the event', async () => {
    const { engine, other, accept, open, store } = bench();
    const survivor = await open();
    const merged = await open();
    await accept('Merge', { into: survivor }, { caseId: merged });
    // Two workers at once are the same as one that crashed and came back.
    await Promise.all([engine.runReactions(), other().runReactions()]);
    const noted = (await engine.history(survivor)).filter(({ type }) => type === 'Noted');
    expect(noted).toHaveLength(1);
    const log = await store.readAll(-1n as never, 1_000);
    expect(
      log.entries.filter(({ stream }) => stream === 'checkpoint-reactions').length,
    ).toBeGreaterThan(0);
  });

  /** A matter whose notes, or other events, call for whatever `wanted` says of them. */
  const answering = (
    wanted: (note: string) => readonly { name: string; input: object }[],
    on = ['Noted'],
  ) =>
    defineMatter((spec) => ({
      ...spec,
      reactions: [
        {
          name: 'answer each note',
          on,
          commands: ({ event }: { event: { data: unknown } }) =>
            wanted((event.data as { note: string }).note),
        },
      ],
    }));

  it('reactions › an event that calls for nothing › is asked once by each process', async () => {
    const asked: string[] = [];
    const silent = answering((note) => (asked.push(note), []));
    const { engine, other, accept, open } = bench({ caseTypes: [silent] });
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    await engine.runReactions();
    await accept('Note', { note: 'b' }, { caseId });
    await engine.runReactions();
    expect(await engine.runReactions()).toMatchObject({ issued: 0 });
    expect(asked).toEqual(['a', 'b']);
    await other().runReactions();
    expect(asked).toEqual(['a', 'b', 'a', 'b']);
  });

  it('reactions › a thousand events that call for nothing › a restart does not ask them again', async () => {
    let asked = 0;
    const silent = answering(() => ((asked += 1), []), ['Opened']);
    const { engine, other, open } = bench({ caseTypes: [silent] });
    for (let made = 0; made < 1_000; made += 1) await open();
    await engine.runReactions();
    asked = 0;
    expect(await other().runReactions()).toMatchObject({ kind: 'ran', issued: 0 });
    expect(asked).toBeLessThan(10);
  });

  it('reactions › what a waiting case records after the checkpoint › is given once it goes on', async () => {
    let broken = true;
    const linking = answering((note) => {
      if (broken) throw new RangeError(note);
      return [{ name: 'Link', input: { other: note } }];
    });
    const { engine, accept, open } = bench({ caseTypes: [linking] });
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    await engine.runReactions();
    await accept('Note', { note: 'b' }, { caseId });
    // Passes over `b`: its case waits at `a`.
    expect(await engine.runReactions()).toMatchObject({ issued: 0 });
    broken = false;
    expect(await engine.runReactions()).toMatchObject({ issued: 2 });
    const linked = (await engine.history(caseId)).filter(({ type }) => type === 'Linked');
    expect(linked.map(({ data }) => data['other'])).toEqual(['a', 'b']);
  });

  it('reactions › several commands because of one event › each is given once, and one that fails stops no other', async () => {
    const { engine, accept, open, alerts } = bench();
    const [first, second] = [await open(), await open()];
    const merged = await open();
    const into = `${first},01ARZ3NDEKTSV4RRFFQ69G5FAV,${second},${first}`;
    await accept('Merge', { into }, { caseId: merged });
    expect(await engine.runReactions()).toMatchObject({ issued: 3, refused: 1 });
    expect(alerts.map(({ code }) => code)).toEqual(['reaction-refused']);
    const notes = async (caseId: string): Promise<number> =>
      (await engine.history(caseId)).filter(({ type }) => type === 'Noted').length;
    expect([await notes(first), await notes(second)]).toEqual([2, 1]);
  });

  it('reactions › that lead from one case to another and back › end, and people are told', async () => {
    const circling = defineMatter((spec) => ({
      ...spec,
      reactions: [
        {
          name: 'tell the other',
          on: ['HelpGiven'],
          commands: ({ event, caseId }: { event: { data: unknown }; caseId: string }) => {
            const { what } = event.data as { what: string };
            const other = what.split(',').find((one) => one !== caseId) as string;
            return [{ name: 'Help', caseId: other, input: { what } }];
          },
        },
      ],
    }));
    const { engine, accept, open, alerts } = bench({ caseTypes: [circling] });
    const [one, two] = [await open(), await open()];
    await accept('Help', { what: `${one},${two}` }, { caseId: one });
    expect(await engine.runReactions()).toMatchObject({ issued: 16, refused: 1 });
    expect(alerts.map(({ message }) => message)).toEqual([expect.stringContaining('ends here')]);
    expect(await engine.runReactions()).toMatchObject({ issued: 0 });
  });

  it('reactions › a command that is refused › alerts, is audited, and the run goes on', async () => {
    const { engine, accept, open, alerts } = bench();
    const merged = await open();
    await accept('Merge', { into: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, { caseId: merged });
    expect(await engine.runReactions()).toMatchObject({ issued: 0, refused: 1 });
    expect(alerts.map(({ code }) => code)).toEqual(['reaction-refused']);
    expect(await engine.runReactions()).toMatchObject({ issued: 0, refused: 0 });
  });
});
