// Every chart of the office by its structure: nothing unreachable, no dead end, and XState goes the same way.
import { checkChart, type ChartTestStep } from '@himaya/statechart';
import { describe, expect, test } from 'vitest';
import { caseTypes, ends } from '../../src/index.ts';
import { machinesOf } from './machines.ts';
import { Scripted } from './scripted.ts';

const charts = caseTypes.flatMap((type) => {
  const { chart, parts } = machinesOf(type);
  const own = { name: type.name, of: '', chart: type.chart, machine: chart };
  const rest = Object.values(type.parts).map(({ kind, chart: of }) => {
    const machine = parts[kind]?.chart;
    if (!machine) throw new Error(`no machine is known for the part ${kind}`);
    return { name: `${type.name} ${kind}`, of: `${kind}.`, chart: of, machine };
  });
  return [own, ...rest].map((one) => [one.name, { ...one, type }] as const);
});

/** The leaf states of the region that a test is about. */
function seen(leaves: readonly string[], step: ChartTestStep): readonly string[] {
  const [region = ''] = (step.configuration[0] ?? '').split('.', 1);
  const isAlone = step.configuration.length === leaves.length;
  return leaves.filter((path) => isAlone || path === region || path.startsWith(`${region}.`));
}

describe('charts by their structure', () => {
  test.each(charts)('%s › nothing in it is unreachable, and none is a trap', (_, one) => {
    const known = ends[one.type.name] ?? [];
    const own = known.filter((path) => path.startsWith(one.of));
    const rests = own.map((path) => path.slice(one.of.length));
    const { unreachable, deadEnds } = checkChart(one.chart, { rests });
    expect(unreachable).toEqual({ states: [], transitions: [] });
    expect(deadEnds.map(({ state }) => state)).toEqual([]);
  });

  test.each(charts)('%s › its covering suite › leads XState where it leads the chart', (_, one) => {
    const { suite } = checkChart(one.chart);
    const { nodes } = one.chart.structure;
    const isParallel = nodes[0]?.kind === 'parallel';
    const wanted = nodes
      .filter(({ path }) => !isParallel || path !== '')
      .flatMap(({ path, transitions }) => transitions.map(({ event }) => `${path} ${event}`));
    const taken = suite.flat().flatMap((step) => step.taken);
    const covered = new Set(taken.map(({ source, event, index }) => `${source} ${event} ${index}`));
    expect(covered.size).toBe(wanted.length);
    const scripted = new Scripted(one.machine);
    for (const steps of suite) {
      const external = steps.filter(({ event }) => event !== '' && !event.startsWith('xstate.'));
      const walked = scripted.walk(steps);
      expect(walked).toHaveLength(external.length + 1);
      const [last] = steps.slice(-1);
      const leaves = walked.at(-1) ?? [];
      if (last) expect(seen(leaves, last)).toEqual([...last.configuration].sort());
    }
  });

  test('every state that is said to be an end › is one', () => {
    for (const [name, paths] of Object.entries(ends)) {
      const own = charts.filter(([, { type }]) => type.name === name);
      const found = own.flatMap(([, { chart, of }]) =>
        checkChart(chart).deadEnds.map(({ state }) => `${of}${state}`),
      );
      expect([...paths].sort(), name).toEqual(found.sort());
    }
  });
});
