// Dry runs: where another version parts from what was recorded, and which cases could move.
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { DryRunSummary, type CaseDryRun, type CaseType } from '../src/index.ts';
import { bench, DAY, HOUR, START, type Bench } from './sample/bench.ts';
import { matter, matterChart, matterVersion, text } from './sample/matter.ts';

type Spec = Parameters<NonNullable<Parameters<typeof matterVersion>[1]>>[0];
const at = (ms: number): string => new Date(Date.parse(START) + ms).toISOString();
const to = { caseType: 'test.matter', version: '2.0.0' };

/** A history that uses everything: positions 0 to 13. */
async function history({ accept, clock, engine }: Bench): Promise<string> {
  const caseId = (await accept('Open', { title: 'x' })).case.caseId;
  const give = (name: string, input: object = {}) => accept(name, input, { caseId });
  await give('Note', { note: 'long enough' });
  await give('RecordIncident', { incident: 'i' });
  await give('Respond');
  await give('ScheduleSession', { sessionId: 's' });
  await give('RequestOrder', { orderId: 'o' });
  await give('IssueOrder', { orderId: 'o', until: at(9 * DAY) });
  await give('Help', { what: 'a lift' });
  await give('Burst', { left: 1 });
  await give('RecordIncident', { incident: 'j' });
  clock.forward(2 * DAY + HOUR);
  await engine.runDeadlines();
  await give('Respond');
  return caseId;
}

async function dryRun(change: (spec: Spec) => object): Promise<CaseDryRun> {
  const own = bench();
  const caseId = await history(own);
  return dryRunOf(own, caseId, matterVersion('2.0.0', change));
}

async function dryRunOf({ other }: Bench, caseId: string, next: CaseType): Promise<CaseDryRun> {
  const found = await other({ caseTypes: [matter, next] }).dryRun(caseId, to);
  if (!found) throw new Error('no dry run');
  return found;
}

const requiring = (event: string, rule: object) => (spec: Spec) => ({
  ...spec,
  requires: { ...spec.requires, [event]: ruleGuard(spec, rule) },
});

/** A guard as `allOf` makes it, of a rule of this test. */
function ruleGuard(spec: Spec, rule: object): object {
  const original = spec.requires.OfferMade as unknown as object;
  const [symbol] = Object.getOwnPropertySymbols(original) as [symbol];
  const whole = { name: 'test', text: text('x'), citation: null, discloses: 'nothing', ...rule };
  const judged = { code: 'TEST', rule: whole, holds: () => true };
  return Object.assign(() => true, { [symbol]: [judged] });
}

const withPart = (kind: 'help' | 'order', over: object) => (spec: Spec) => ({
  ...spec,
  parts: { ...spec.parts, [kind]: { ...spec.parts[kind], ...over } },
});

const respondBy = (ms: number) => (spec: Spec) => {
  const responseDue = { ...spec.deadlines.responseDue, dueAt: () => at(ms) };
  return { ...spec, deadlines: { ...spec.deadlines, responseDue } };
};

describe('dry run', () => {
  it('dry run › of the same procedure › finds nothing, and the case could move', async () => {
    const { difference, ...found } = await dryRun((spec) => spec);
    expect(difference).toBeUndefined();
    expect(found).toMatchObject({ from: '1.0.0', move: { kind: 'moves' } });
    expect(found.events).toBeGreaterThan(14);
  });

  it('dry run › of a rule that refuses › names it at the first event that it refuses', async () => {
    const holds = ({ event }: { event: { data: { incident: string } } }) =>
      event.data.incident !== 'j';
    const found = await dryRun(requiring('IncidentRecorded', { code: 'NOT_J', holds }));
    expect(found.difference).toMatchObject({
      kind: 'refused',
      event: 'IncidentRecorded',
      what: ['NOT_J'],
    });
    const own = bench();
    const events = await own.engine.history(await history(own));
    expect(events[found.difference?.position ?? 0]?.data).toEqual({ incident: 'j' });
  });

  const CHANGES: readonly (readonly [string, (spec: Spec) => object, object])[] = [
    [
      'a chart that does not hear an event',
      (spec) => ({ ...spec, chart: withoutSafety() }),
      { kind: 'notEnabled', event: 'Responded', what: [] },
    ],
    [
      'an assign that counts otherwise',
      (spec) => ({ ...spec, chart: matterChart(2) }),
      { kind: 'context', event: 'Noted', what: ['asked'] },
    ],
    [
      'a part that opens elsewhere',
      withPart('help', { opens: ['Noted'], on: ['HelpGiven'], key: () => 'h' }),
      { kind: 'parts', event: 'Noted', what: ['help'] },
    ],
    [
      'a deadline that is due later',
      respondBy(30 * DAY),
      { kind: 'deadlines', event: 'IncidentRecorded', what: ['T-RESPONSE'] },
    ],
    [
      'a consequence that is left out',
      (spec) => ({ ...spec, consequences: spec.consequences.slice(1) }),
      { kind: 'consequences', event: 'OrderIssued', what: ['- SessionCancelled'] },
    ],
    [
      'an invariant that became tighter',
      (spec) => ({
        ...spec,
        invariants: [
          {
            code: 'NO_SESSION',
            text: text('x'),
            holds: ({ parts }: { parts: { all(kind: object): readonly object[] } }) =>
              parts.all({ kind: 'session' }).length === 0,
          },
        ],
      }),
      { kind: 'refused', event: 'SessionScheduled', what: ['NO_SESSION'] },
    ],
    [
      'a function that throws',
      withPart('order', {
        key: () => {
          throw new TypeError('o');
        },
      }),
      { kind: 'failed', event: 'OrderRequested' },
    ],
  ];
  it.each(CHANGES)('dry run › of %s › says so at once', async (_, change, expected) => {
    expect((await dryRun(change)).difference).toMatchObject(expected);
  });

  it('dry run › after a difference › folds on by the version that recorded', async () => {
    const change = (spec: Spec) => ({ ...spec, chart: matterChart(2) });
    const { difference, events, move } = await dryRun(change);
    expect(difference?.position).toBe(2);
    expect(events).toBeGreaterThan(14);
    expect(move).toEqual({
      kind: 'moves',
      timers: [
        { code: 'T-REVIEW', part: '', policy: 'keep' },
        { code: 'T-ORDER', part: 'o', policy: 'keep' },
      ],
    });
  });

  it.each([
    ['the states are not there', { configuration: ['lifecycle.gone'] }, /lifecycle\.gone/],
    [
      'a part has no chart',
      { parts: [{ kind: 'gone', id: 'g', configuration: [], context: {} }] },
      /kind gone/,
    ],
  ])('dry run › of a migration where %s › says that it is stuck', async (_, over, why) => {
    const migrate = (state: object): object => ({ ...state, ...over });
    const { move } = await dryRun((spec) => ({ ...spec, migrations: { '1.0.0': { migrate } } }));
    expect(move.kind).toBe('fails');
    expect(move.kind === 'fails' && move.why).toMatch(why);
  });

  it('dry run › of a migration that throws › does not quote what it threw', async () => {
    const migrate = (): never => {
      throw new RangeError('canary of the case');
    };
    const { move } = await dryRun((spec) => ({ ...spec, migrations: { '1.0.0': { migrate } } }));
    expect(move).toEqual({ kind: 'fails', why: 'it threw RangeError' });
  });

  it('dry run › into a broken invariant › names it', async () => {
    const migrate = ({ context, ...state }: { context: object }): object => ({
      ...state,
      context: { ...context, asked: 9 },
    });
    const holds = ({ context }: { context: { asked: number } }) => context.asked < 9;
    const { difference, move } = await dryRun((spec) => ({
      ...spec,
      migrations: { '1.0.0': { migrate } },
      invariants: [...spec.invariants, { code: 'ASKED_LESS', text: text('x'), holds }],
    }));
    expect(difference).toBeUndefined();
    expect(move).toEqual({ kind: 'breaks', codes: ['ASKED_LESS'] });
  });

  it('dry run › of what is not there › says nothing, or what to do', async () => {
    const { open, other, engine } = bench();
    const caseId = await open();
    const foreign = matterVersion('2.0.0', (spec) => spec, { name: 'test.other' });
    const both = other({ caseTypes: [matter, foreign] });
    expect(await both.dryRun('01HX', { ...to, version: '1.0.0' })).toBeUndefined();
    expect(await both.dryRun(caseId, { caseType: 'test.other', version: '2.0.0' })).toBeUndefined();
    const unknown = /version-unknown.*test\.matter@2\.0\.0/;
    await expect(engine.dryRun(caseId, to)).rejects.toThrow(unknown);
  });

  it('dry run › of any case › records nothing', async () => {
    const own = bench();
    const caseId = await history(own);
    const count = (await own.engine.history(caseId)).length;
    await dryRunOf(own, caseId, matterVersion('2.0.0'));
    expect(await own.engine.history(caseId)).toHaveLength(count);
    expect((await own.engine.caseAt(caseId))?.version).toBe('1.0.0');
  });
});

describe('dry run of many cases', () => {
  it('dry runs › that part in the same way › are one group, the largest first', async () => {
    const own = bench();
    const ids: string[] = [];
    for (const notes of [0, 1, 1, 1, 1, 1, 1, 0]) {
      const caseId = await own.open();
      if (notes > 0) await own.accept('Note', { note: 'a' }, { caseId });
      else await own.accept('RecordIncident', { incident: 'i' }, { caseId });
      ids.push(caseId);
    }
    ids.push(await own.open());
    const migrate = (state: { readonly context: { readonly asked: number } }) =>
      state.context.asked > 0 ? state : { ...state, configuration: ['gone'] };
    const next = matterVersion('2.0.0', (spec) => ({
      ...respondBy(9 * DAY)(spec),
      chart: matterChart(2),
      migrations: { '1.0.0': { migrate: migrate as never } },
    }));
    const engine = own.other({ caseTypes: [matter, next] });
    const summary = new DryRunSummary();
    for (const caseId of ids) summary.add((await engine.dryRun(caseId, to)) as CaseDryRun);
    const { differences, stuck, timers, ...counts } = summary.report();
    expect(counts).toEqual({ cases: 9, events: 26, alike: 1, movable: 6 });
    const groups = differences.map((one) => [one.kind, one.what, one.cases, one.examples.length]);
    expect(groups).toEqual([
      ['context', ['asked'], 6, 5],
      ['deadlines', ['T-RESPONSE'], 2, 2],
    ]);
    expect(differences[0]?.examples[0]).toEqual({ caseId: ids[1], position: 2 });
    expect(stuck.map(({ cases, examples }) => [cases, examples])).toEqual([
      [3, [ids[0], ids[7], ids[8]]],
    ]);
    expect(timers).toEqual([{ code: 'T-REVIEW', policy: 'keep', deadlines: 6 }]);
  });
});

/** The chart with a safety region that hears no answer. */
function withoutSafety() {
  const { config } = matterChart() as unknown as { readonly config: ChartConfig };
  const { states } = config.states.safety;
  const deaf = { ...states.alarmed, on: { ...states.alarmed.on, Responded: undefined } };
  const safety = { ...config.states.safety, states: { ...states, alarmed: deaf } };
  return createMachine({ ...config, states: { ...config.states, safety } } as never);
}

interface ChartConfig {
  readonly states: {
    readonly safety: { readonly states: { readonly alarmed: { readonly on: object } } };
  };
}
