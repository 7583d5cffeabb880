// Law 2 as a property: of two writers at one head one wins; a retry records once, answers the same.
import { canonicalize } from '@himaya/event-store';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command, Engine, Outcome } from '../src/index.ts';
import { bench, DAY, HOUR, supervisor, type Accepted, type Bench } from './sample/bench.ts';

const RUNS = process.env['HIMAYA_NIGHTLY'] ? 1_000 : 60;
const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_110);

const names = ['Note', 'RecordIncident', 'Respond', 'Offer', 'RequestOrder', 'IssueOrder'] as const;
const more = ['RevokeOrder', 'ScheduleSession', 'ProposeClosure', 'Help', 'Burst'] as const;
/** A command, who gives it at once, how many hours go by, and which earlier one is given again. */
const turn = fc.record({
  name: fc.constantFrom(...names, ...more),
  key: fc.constantFrom('o1', 'o2'),
  rival: fc.constantFrom(...names, ...more),
  givers: fc.integer({ min: 1, max: 3 }),
  wait: fc.constantFrom(0, 0, HOUR, 2 * DAY),
  again: fc.nat(),
});
type Turn = typeof turn extends fc.Arbitrary<infer One> ? One : never;

function inputOf(name: string, key: string, { clock }: Bench): object {
  const until = new Date(clock.ms + 3 * DAY).toISOString();
  const inputs: Readonly<Record<string, object>> = {
    Note: { note: key },
    RecordIncident: { incident: key },
    RequestOrder: { orderId: key },
    IssueOrder: { orderId: key, until },
    RevokeOrder: { orderId: key },
    ScheduleSession: { sessionId: key },
    Help: { what: key },
    Burst: { left: 2 },
  };
  return inputs[name] ?? {};
}

/** What was answered: the events and the case as they were then. */
function answer({ events, case: view }: Accepted): string {
  return canonicalize(JSON.parse(JSON.stringify({ events, view })) as never);
}

/** Plays turns over three engines on one store; answers what was accepted, by command id. */
async function play(test: Bench, caseId: string, turns: readonly Turn[]) {
  const engines = [test.engine, test.other(), test.other()];
  const given: Command[] = [];
  const answers = new Map<string, string>();
  const take = (id: string, outcome: Outcome): void => {
    if (outcome.kind !== 'accepted') return;
    const said = answer(outcome);
    expect(answers.get(id) ?? said).toBe(said);
    answers.set(id, said);
  };
  const giveTo = async (command: Command, count: number): Promise<void> => {
    const outcomes = await Promise.all(
      engines.slice(0, count).map((engine) => engine.execute(command, supervisor)),
    );
    for (const outcome of outcomes) take(command.id, outcome);
  };
  for (const { name, key, givers, wait, again } of turns) {
    test.clock.forward(wait);
    const command = { id: test.nextId(), name, caseId, input: inputOf(name, key, test) };
    given.push(command);
    await giveTo(command, givers);
    const earlier = given[again % given.length] as Command;
    // What was accepted answers the same for ever; what was refused is judged anew.
    await giveTo(earlier, 2);
  }
  return answers;
}

async function check(engine: Engine, caseId: string, answers: ReadonlyMap<string, string>) {
  const history = await engine.history(caseId);
  expect(history.map(({ position }) => position)).toEqual(history.map((_, index) => index));
  const recorded = history.filter(({ actor }) => actor.role !== 'SYS');
  // Each command stands once, in one piece.
  const runs = recorded.filter(({ command }, at) => recorded[at - 1]?.command.id !== command.id);
  const ids = runs.map(({ command }) => command.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(answers.keys())).toEqual(new Set(ids.slice(1)));
  for (const [id, said] of answers) {
    const { events } = JSON.parse(said) as { events: readonly unknown[] };
    const stands = recorded.filter(({ command }) => command.id === id);
    expect(canonicalize(JSON.parse(JSON.stringify(stands)) as never)).toBe(
      canonicalize(events as never),
    );
  }
}

const parameters = { seed: SEED, numRuns: RUNS };

describe(`law 2 (seed ${SEED})`, () => {
  it('a command › given by several at once, and again › is recorded once, answered alike', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 20 }), async (turns) => {
        const test = bench();
        const caseId = await test.open();
        const answers = await play(test, caseId, turns);
        await check(test.other(), caseId, answers);
        accepted += answers.size;
      }),
      parameters,
    );
    expect(accepted).toBeGreaterThan(RUNS);
  });

  it('two commands › at one head › exactly one wins, and the other says so', async () => {
    let races = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 4, maxLength: 16 }), async (turns) => {
        const test = bench();
        const [one, other] = [test.engine, test.other()];
        const caseId = await test.open();
        for (const { name, rival, key, wait } of turns) {
          test.clock.forward(wait);
          await one.runDeadlines();
          const { position = 0 } = (await one.caseAt(caseId)) ?? {};
          await other.caseAt(caseId);
          const [first, second] = [name, rival].map((of) => ({
            id: test.nextId(),
            name: of,
            caseId,
            input: inputOf(of, key, test),
            ...(of === 'Help' ? {} : { expectedPosition: position }),
          })) as [Command, Command];
          const possible = await Promise.all(
            [first, second].map((each) => one.preview(each, supervisor)),
          );
          const outcomes = await Promise.all([
            one.execute(first, supervisor),
            other.execute(second, supervisor),
          ]);
          // An emergency waits for nobody: it is recorded behind whoever won.
          if ([name, rival].includes('Help')) continue;
          const kinds = outcomes.map(({ kind }) => kind).sort();
          if (possible.every(({ kind }) => kind === 'accepted')) {
            expect(kinds).toEqual(['accepted', 'conflict']);
            races += 1;
          } else expect(kinds.filter((kind) => kind === 'accepted').length).toBeLessThan(2);
        }
      }),
      parameters,
    );
    expect(races).toBeGreaterThan(RUNS);
  });
});
