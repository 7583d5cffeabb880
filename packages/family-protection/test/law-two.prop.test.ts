// Law 2 under random commands: given by two at once and again at the end, each is recorded once.
import { createEngine, type Command, type Outcome } from '@himaya/engine';
import { canonicalize, MemoryEventStore } from '@himaya/event-store';
import { seededIds, simulatedClock } from '@himaya/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseTypes, parkingDispute, policies } from '../src/index.ts';
import { actor, may, upTo, type Step } from './alley.ts';
import { moves } from './moves.ts';

const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_509);
const RUNS = process.env['HIMAYA_NIGHTLY'] ? 300 : 20;
const ways: readonly (readonly Step[])[] = Object.values(upTo);
const turn = fc.record({
  name: fc.constantFrom(...Object.keys(moves)),
  variant: fc.nat(10_000),
  hours: fc.constantFrom(0, 0, 0, 24, 24 * 8),
});
type Turn = typeof turn extends fc.Arbitrary<infer One> ? One : never;

const plain = (value: unknown): string =>
  canonicalize(JSON.parse(JSON.stringify(value)) as never);

/** Plays a way into a case and random turns on two engines: how many commands were accepted. */
async function run(way: readonly Step[], turns: readonly Turn[]): Promise<number> {
  const clock = simulatedClock(may(9));
  const store = new MemoryEventStore();
  const engines = ['one', 'two'].map((writer) =>
    createEngine({
      store,
      caseTypes,
      policies,
      office: 'MUH-FCP',
      clock,
      ids: seededIds(`law two ${writer}`),
      writer,
    }),
  );
  const [engine] = engines as [(typeof engines)[number]];
  const ids = seededIds('law two');
  let caseId: string | undefined;
  const given: { readonly command: Command; readonly by: string; readonly said?: string }[] = [];
  const sameOf = (outcomes: readonly Outcome[]): string | undefined => {
    const said = outcomes.flatMap((one) =>
      one.kind === 'accepted' ? [plain({ events: one.events, view: one.case })] : [],
    );
    expect(new Set(said).size).toBeLessThan(2);
    return said[0];
  };
  const give = async (by: string, name: string, input: unknown): Promise<void> => {
    const about = caseId ? { caseId } : { caseType: parkingDispute.name };
    const command = { id: ids.next(), name, input, ...about };
    const outcomes = await Promise.all(engines.map((one) => one.execute(command, actor(by))));
    const said = sameOf(outcomes);
    given.push({ command, by, ...(said === undefined ? {} : { said }) });
    for (const one of outcomes) if (one.kind === 'accepted') caseId ??= one.case.caseId;
  };
  for (const { by, command, input, at } of way) {
    if (at !== undefined) clock.advanceTo(at);
    await give(by, command, input ?? {});
  }
  for (const { name, variant, hours } of turns) {
    clock.advanceBy(hours * 3_600_000);
    const view = await engine.caseAt(caseId as string);
    const move = view && moves[name]?.(variant, view, clock.now());
    if (move) await give(move.by, name, move.input);
  }
  const before = await engine.history(caseId as string);
  for (const { command, by, said } of given) {
    if (said === undefined) continue;
    const again = await Promise.all(engines.map((one) => one.execute(command, actor(by))));
    expect(sameOf(again)).toBe(said);
  }
  expect(plain(await engine.history(caseId as string))).toBe(plain(before));
  const acts = before.filter(({ actor: { role } }) => role !== 'SYS');
  const starts = acts.filter(({ command }, at) => acts[at - 1]?.command.id !== command.id);
  expect(new Set(starts.map(({ command }) => command.id)).size).toBe(starts.length);
  return given.filter(({ said }) => said !== undefined).length;
}

test(`law 2 › the parking dispute (seed ${SEED}) › records each command once`, async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(turn, { minLength: 5, maxLength: 25 }),
      fc.constantFrom(...ways),
      async (turns, way) => {
        accepted += await run(way, turns);
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
  expect(accepted).toBeGreaterThan(RUNS * 5);
});
