// Laws 1 to 4 as properties over random command sequences; a failure prints its seed and path.
import { canonicalize, type RecordedEntry, type StreamName } from '@himaya/event-store';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseView } from '../src/case-view.ts';
import { digestOf } from '../src/digest.ts';
import { foldEntries } from '../src/fold.ts';
import { registryOf } from '../src/rim/registry.ts';
import type { CaseState } from '../src/state.ts';
import { bench, clerk, DAY, HOUR, supervisor, type Bench } from './sample/bench.ts';
import { matter, policy } from './sample/matter.ts';

const RUNS = process.env['HIMAYA_NIGHTLY'] ? 2_000 : 150;
const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_110);
const procedures = registryOf([matter], [policy]);

const names = ['o1', 'o2', 'o3'];
const step = fc.oneof(
  fc.record({ wait: fc.constantFrom(HOUR, DAY / 2, 2 * DAY) }),
  fc.record({
    name: fc.constantFrom(
      'Note',
      'RecordIncident',
      'Respond',
      'Offer',
      'Consent',
      'RequestOrder',
      'IssueOrder',
      'ExtendOrder',
      'RevokeOrder',
      'ScheduleSession',
      'Help',
      'ProposeClosure',
      'Close',
      'Reopen',
      'Assign',
      'Burst',
    ),
    key: fc.constantFrom(...names),
    late: fc.constantFrom(0, 0, 0, HOUR, 3 * DAY),
    by: fc.constantFrom(clerk, supervisor, { ...supervisor, staff: 'sup2' }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function inputOf(name: string, key: string, test: Bench): object {
  if (name.endsWith('Order')) {
    const until = new Date(test.clock.ms + 3 * DAY).toISOString();
    return name === 'IssueOrder' || name === 'ExtendOrder'
      ? { orderId: key, until }
      : { orderId: key };
  }
  if (name === 'Note') return { note: key };
  if (name === 'RecordIncident') return { incident: key };
  if (name === 'ScheduleSession') return { sessionId: key };
  if (name === 'Help') return { what: key };
  if (name === 'Assign') return { staff: clerk.staff };
  if (name === 'Burst') return { left: 3 };
  return {};
}

async function play(test: Bench, caseId: string, steps: readonly Step[]): Promise<void> {
  for (const one of steps) {
    if ('wait' in one) {
      test.clock.forward(one.wait);
      continue;
    }
    const occurredAt = new Date(test.clock.ms - one.late).toISOString();
    const more = { caseId, occurredAt, lateReason: 'late' };
    await test.give(one.name, inputOf(one.name, one.key, test), more, one.by);
  }
}

async function entriesOf(test: Bench, caseId: string): Promise<readonly RecordedEntry[]> {
  return (await test.store.readStream(`case-${caseId}` as StreamName, 0, 4_096)).entries;
}

function whole(state: unknown): string {
  const { chart, parts, head, lastForeign, commands } = state as CaseState;
  const view = caseView(state as CaseState);
  return canonicalize({
    chart: { configuration: chart.configuration, context: chart.context, value: chart.value },
    parts: [...parts.values()].map(({ kind, id, snapshot, trail }) => ({
      kind,
      id,
      trail,
      configuration: snapshot.configuration,
      context: snapshot.context,
    })),
    head,
    lastForeign,
    commands: [...commands].map(([id, record]) => ({ id, ...record })),
    deadlines: view.deadlines,
    counts: view.deadlineCounts,
  });
}

function fold(before: CaseState | undefined, entries: readonly RecordedEntry[]): CaseState {
  return foldEntries(before, entries, procedures) as CaseState;
}

const parameters = { seed: SEED, numRuns: RUNS };

describe(`laws (seed ${SEED})`, () => {
  it('law 1 › a prefix and then the rest › folds to what the whole folds to, and to the live state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.nat(), async (steps, cut) => {
        const test = bench();
        const caseId = await test.open();
        await play(test, caseId, steps);
        const entries = await entriesOf(test, caseId);
        const all = fold(undefined, entries);
        const at = 1 + (cut % entries.length);
        const rest = fold(fold(undefined, entries.slice(0, at)), entries.slice(at));
        expect(whole(rest)).toBe(whole(all));
        expect(all.divergence).toBeUndefined();
        const live = await test.engine.caseAt(caseId);
        expect(canonicalize(live?.context)).toBe(canonicalize(all.chart.context));
        expect(live?.states).toEqual(all.chart.configuration);
        expect(live?.deadlines).toEqual(caseView(all).deadlines);
        expect(digestOf(all.chart, all.parts).digest).toBe(
          (await test.engine.history(caseId)).at(-1)?.after,
        );
        const replayed = await test.engine.replay(caseId);
        expect(replayed?.divergences).toEqual([]);
        expect(replayed?.events).toBe(entries.length);
      }),
      parameters,
    );
  });

  it('law 3 › the same commands at the same instants › record the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const logs: string[] = [];
        for (let run = 0; run < 2; run += 1) {
          const test = bench();
          const caseId = await test.open();
          await play(test, caseId, steps);
          const log = await test.store.readAll(-1n as never, 4_096);
          logs.push(log.entries.map(({ bytes }) => Buffer.from(bytes).toString()).join('\n'));
        }
        expect(logs[1]).toBe(logs[0]);
      }),
      { ...parameters, numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it('law 4 › after every event › armed = reached + disarmed + pending', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const test = bench();
        const caseId = await test.open();
        await play(test, caseId, steps);
        test.clock.forward(30 * DAY);
        await test.engine.runDeadlines();
        let state: CaseState | undefined;
        for (const entry of await entriesOf(test, caseId)) {
          state = fold(state, [entry]);
          const { armed, reached, disarmed, pending } = state.deadlines.counts;
          expect(armed).toBe(reached + disarmed + pending);
        }
        // Each mark and each deadline of one arming is recorded at most once.
        const recorded = (await test.engine.history(caseId))
          .filter(({ type }) => type === 'DeadlineReached' || type === 'DeadlineEscalated')
          .map(
            ({ data }) =>
              `${data['code']}/${data['part']}/${data['arming']}/${data['level'] ?? 0}`,
          );
        expect(new Set(recorded).size).toBe(recorded.length);
      }),
      parameters,
    );
  });

  it('no session under an order › whatever is commanded › ever stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const test = bench();
        const caseId = await test.open();
        await play(test, caseId, steps);
        let state: CaseState | undefined;
        let open = true;
        for (const entry of await entriesOf(test, caseId)) {
          state = fold(state, [entry]);
          const parts = [...state.parts.values()];
          const under =
            parts.some(
              ({ kind, snapshot }) => kind === 'session' && snapshot.status === 'active',
            ) &&
            parts.some(({ kind, snapshot }) => kind === 'order' && snapshot.value === 'issued');
          const after = JSON.parse(Buffer.from(entry.bytes).toString()).after as
            string | undefined;
          // Between the events of one append it may stand; after the append never.
          if (after !== undefined) open = open && !under;
        }
        expect(open).toBe(true);
      }),
      parameters,
    );
  });
});
