// A host that does not answer: the call ends with a named fault, and nobody else waits for it.
import { isFault } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { bench, clerk, codes, types } from './sample/bench.ts';
import { defineMatter } from './sample/matter.ts';

const hostWaitMs = 40;
const never = (): Promise<never> => new Promise(() => {});

async function faultOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => 'no fault',
    (thrown: unknown) => thrown,
  );
  return isFault(error) ? `${error.code}: ${error.message}` : String(error);
}

describe('a host that is silent', () => {
  it('authorise › ends with a fault, and the next command of the case goes on', async () => {
    let silent = false;
    const authorise = (): true | Promise<never> => (silent ? never() : true);
    const { give, open, engine } = bench({ authorise, hostWaitMs });
    const caseId = await open();
    silent = true;
    const first = faultOf(give('Note', { note: 'a' }, { caseId }));
    const second = faultOf(give('Note', { note: 'b' }, { caseId }));
    // An emergency asks the host for nothing and waits behind nobody.
    expect(types(await give('Help', { what: 'x' }, { caseId }))).toEqual(['HelpGiven']);
    expect(await first).toMatch(/^host-silent: .*Note.*authorise.*40 ms/s);
    expect(await second).toMatch(/^host-silent/);
    expect(await faultOf(engine.options(caseId, clerk))).toMatch(/^host-silent/);
    silent = false;
    expect(codes(await give('Note', { note: 'c' }, { caseId }))).toBe('accepted');
  });

  it('authenticate › ends with a fault', async () => {
    const { give } = bench({ authenticate: never, hostWaitMs });
    expect(await faultOf(give('Open', { title: 'x' }))).toMatch(/^host-silent: .*authenticate/s);
  });

  it('the facts of a command › end with a fault, also of options', async () => {
    const needy = defineMatter((spec) => ({
      ...spec,
      commands: { ...spec.commands, Respond: { ...spec.commands.Respond, facts: never } },
    }));
    const { give, open, engine } = bench({ caseTypes: [needy], hostWaitMs });
    const caseId = await open();
    expect(await faultOf(give('Respond', {}, { caseId }))).toMatch(/^host-silent: .*facts/s);
    expect(await faultOf(engine.options(caseId, clerk))).toMatch(/^host-silent: .*facts/s);
  });

  it('an answer that comes in time › counts, as a value, a promise or an error', async () => {
    const answers: (() => boolean | Promise<boolean>)[] = [
      () => true,
      () => Promise.resolve(true),
      () => new Promise((resolve) => setTimeout(() => resolve(false), 5)),
      () => Promise.reject(new RangeError('mine')),
    ];
    let turn = 0;
    const authorise = (): boolean | Promise<boolean> => (answers[turn] as () => boolean)();
    const { give, open } = bench({ authorise, hostWaitMs: 5_000 });
    const caseId = await open();
    const outcomes: unknown[] = [];
    for (turn = 0; turn < 3; turn += 1) {
      outcomes.push(codes(await give('Note', { note: 'a' }, { caseId })));
    }
    expect(outcomes).toEqual(['accepted', 'accepted', ['NOT_PERMITTED']]);
    await expect(give('Note', { note: 'a' }, { caseId })).rejects.toThrow('mine');
  });
});
