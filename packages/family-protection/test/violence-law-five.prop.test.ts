// Law 5 under random commands: accountable and due, risk falls only by approval, orders stay in force.
import { createEngine, type CaseView, type Command } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { seededIds, simulatedClock } from '@himaya/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { domesticViolence, policies } from '../src/index.ts';
import { highestEver, isHigh, rank } from '../src/domestic-violence/risk.ts';
import type { Context } from '../src/domestic-violence/context.ts';
import { actor, may, type Step } from './alley.ts';
import { makers, move, rare } from './violence-moves.ts';
import { until } from './violence.ts';

const seed = 20_270_110;
const isNightly = process.env['HIMAYA_NIGHTLY'] !== undefined;
/** A run takes a quarter of a second alone; the nightly ones are the many that this rests on. */
const RUNS = isNightly ? 20_000 : 150;
const LENGTH = 80;
/** A busy machine takes three times as long; this only ends a run that hangs. */
const LIMIT_MS = isNightly ? 14_400_000 : 900_000;

const OPEN = ['intake', 'registered', 'triaged', 'active', 'closureReview'];
const hours = fc.constantFrom(0, 0, 0, 0, 1, 5, 25, 24 * 8, 24 * 40);
const all = Object.keys(makers);
const commandName = fc.constantFrom(...all, ...rare, ...rare, ...rare);
const turn = fc.tuple(hours, commandName, fc.nat(10_000));
const ways: readonly (readonly Step[])[] = Object.values(until);

function wrongWith(view: CaseView, before: CaseView | undefined, events: readonly string[]) {
  const context = view.context as unknown as Context;
  const state = view.states.find((path) => path.startsWith('lifecycle.'))?.slice(10) ?? '';
  const pending = view.deadlines.filter(({ status }) => status === 'pending');
  if (OPEN.includes(state) && pending.length === 0) return `nothing is due in ${state}`;
  if ((context.lead ?? context.dutyOfficer) === null) return `nobody is accountable in ${state}`;
  const { armed, reached, disarmed } = view.deadlineCounts;
  if (armed !== reached + disarmed + pending.length) return 'a deadline was lost';
  const level = context.levels.at(-1)?.level;
  const last = (before?.context as unknown as Context | undefined)?.levels.at(-1)?.level;
  const isLower = rank(level) < rank(last);
  if (isLower && !events.includes('RiskDowngradeApproved')) return 'the risk fell by itself';
  if (!view.states.includes(`risk.${level ?? 'unassessed'}`)) return 'region and level differ';
  const reviewers = context.closure?.reviewers.length ?? 0;
  if (state === 'closed' && isHigh(highestEver(context)) && reviewers === 0) return 'closed by one';
  const isIn = (kind: string, path: string) =>
    view.parts.some((part) => part.kind === kind && part.in(path));
  const isBound = isIn('order', 'inForce');
  if (state === 'closed' && isBound) return 'closed beside an order';
  const words = ['orderIssuedUnserved', 'orderActive', 'breached', 'sheltered'];
  const isShown = words.some((word) => view.states.includes(`protection.${word}`));
  return isBound && !isShown ? 'an order is forgotten' : undefined;
}

const accepted = new Set<string>();

async function run(way: readonly Step[], given: readonly (readonly [number, string, number])[]) {
  const clock = simulatedClock(may(9));
  const ids = seededIds('violence');
  const alerts: string[] = [];
  const engine = createEngine({
    store: new MemoryEventStore(),
    caseTypes: [domesticViolence],
    policies,
    office: 'MUH-FCP',
    clock,
    ids,
    writer: 'law',
    onAlert: ({ message }) => alerts.push(message),
  });
  let caseId: string | undefined;
  let before: CaseView | undefined;
  const give = async (by: string, command: string, input: object): Promise<void> => {
    const aim = caseId === undefined ? {} : { caseId };
    const full: Command = { ...aim, id: ids.next(), name: command, input };
    const outcome = await engine.execute(full, actor(by));
    const isAccepted = outcome.kind === 'accepted';
    if (isAccepted) caseId ??= outcome.case.caseId;
    if (isAccepted) accepted.add(command);
    if (domesticViolence.commands[command]?.emergency) expect(outcome.kind).toBe('accepted');
    // A refusal changes nothing; what fell due meanwhile is seen with the next acceptance.
    const view = isAccepted ? outcome.case : before;
    if (!view) throw new Error('no case');
    const events = isAccepted ? outcome.events.map(({ type }) => type) : [];
    expect(wrongWith(view, before, events)).toBeUndefined();
    before = view;
  };
  for (const { by, command, input, at } of way) {
    if (at !== undefined) clock.advanceTo(at);
    await give(by, command, input ?? {});
  }
  for (const [wait, name, n] of given) {
    clock.advanceBy(wait * 3_600_000);
    const next = move(name, n, before as unknown as CaseView, clock.now());
    await give(next.by, next.command, next.input);
  }
  expect((await engine.replay(caseId as string))?.divergences).toEqual([]);
  expect(alerts).toEqual([]);
}

test('law 5 › of domestic violence under any commands › holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(turn, { minLength: LENGTH, maxLength: LENGTH }),
      fc.constantFrom(...ways),
      async (steps, way) => run(way, steps),
    ),
    { seed, numRuns: RUNS },
  );
  expect(Object.keys(makers).filter((command) => !accepted.has(command))).toEqual([]);
}, LIMIT_MS);
