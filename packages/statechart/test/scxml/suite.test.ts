// The conformance suite of SCXML: what runs is compared with XState, the rest is accounted for.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { compile, UnsupportedStatechart } from '../../src/index.ts';
import type { ChartEvent } from '../../src/index.ts';
import { compareWithXState } from '../compare.ts';
import { thrownBy } from '../machine.ts';
import { Oracle } from '../oracle.ts';
import { convert } from './convert.ts';
import { NotConverted } from './document.ts';
import { Host } from './host.ts';
import type { Expected, Runner } from './host.ts';

/** Names by group, several in a line of text. */
type Groups = Readonly<Record<string, readonly string[]>>;
type ByReason = Readonly<Record<string, Groups>>;

interface Verdicts {
  /** What `packages/core/test/scxml.test.ts` of XState 5 runs. */
  readonly listedByXState: Groups;
  readonly runs: Groups;
  /** By the feature that `compile` names. */
  readonly refused: ByReason;
  /** By what the conversion names. */
  readonly notConverted: ByReason;
  /** By why XState itself, so converted, does not do what is expected. */
  readonly xstateDiffers: ByReason;
  /** By why nothing that a program could judge is written beside the document. */
  readonly noExpectation: ByReason;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SUITE = here('../../node_modules/@scion-scxml/test-framework/test');
const verdicts = JSON.parse(readFileSync(here('verdicts.json'), 'utf8')) as Verdicts;
const { listedByXState, runs, refused, notConverted, xstateDiffers, noExpectation } = verdicts;

function namesOf(groups: Groups): readonly string[] {
  return Object.entries(groups).flatMap(([group, lines]) =>
    lines.flatMap((line) => line.split(' ').map((name) => `${group}/${name}`)),
  );
}

function casesOf(byReason: ByReason): readonly (readonly [name: string, reason: string])[] {
  return Object.entries(byReason).flatMap(([reason, groups]) =>
    namesOf(groups).map((name) => [name, reason] as const),
  );
}

function machineOf(name: string): AnyStateMachine {
  return convert(readFileSync(join(SUITE, `${name}.scxml`), 'utf8'));
}

function chartRunner(machine: AnyStateMachine): Runner {
  const chart = compile(machine);
  const started = chart.start();
  let { snapshot } = started;
  return {
    take: (event) => {
      const change = event ? chart.step(snapshot, event) : { kind: 'stepped' as const, ...started };
      if (change.kind !== 'stepped') return [];
      snapshot = change.snapshot;
      return change.effects;
    },
    get leaves() {
      return snapshot.configuration;
    },
    get isDone() {
      return snapshot.status === 'done';
    },
  };
}

function xstateRunner(machine: AnyStateMachine): Runner {
  const oracle = new Oracle(machine, { canonical: true });
  return {
    take: (event) => {
      if (event === undefined) oracle.start();
      else if (oracle.can(event)) oracle.step(event);
      else return [];
      return oracle.effects;
    },
    get leaves() {
      return oracle.leaves;
    },
    get isDone() {
      return oracle.seen.status === 'done';
    },
  };
}

/** Runs a test to its end, expecting what is written beside it; answers what was sent. */
function play(name: string, runner: Runner): readonly ChartEvent[] {
  const host = new Host(runner);
  const expectAt = (states: readonly string[]): void => {
    const keys = runner.leaves.map((path) => path.slice(path.lastIndexOf('.') + 1));
    expect(keys.sort()).toEqual(states.map((id) => id.replaceAll('.', '$')).sort());
  };
  // Those of the W3C judge themselves, and what is written beside them is of one implementation.
  if (name.startsWith('w3c-ecma/')) {
    host.finish();
    expectAt(['pass']);
    return host.given;
  }
  const expected = JSON.parse(readFileSync(join(SUITE, `${name}.json`), 'utf8')) as Expected;
  expectAt(expected.initialConfiguration);
  for (const { after = 0, event, nextConfiguration } of expected.events) {
    host.advance(after);
    host.send({ type: event.name });
    expectAt(nextConfiguration);
  }
  return host.given;
}

describe('scxml › what runs', () => {
  it.each(namesOf(runs))('%s › is passed by the chart and by XState, step by step', (name) => {
    const machine = machineOf(name);
    const given = play(name, chartRunner(machine));
    expect(play(name, xstateRunner(machine))).toEqual(given);
    expect(compareWithXState(machine, given, { canonical: true }).looped).toBe(false);
  });
});

describe('scxml › what does not', () => {
  it.each(casesOf(refused))('%s › is refused by name: %s', (name, feature) => {
    const error = thrownBy(() => compile(machineOf(name)));
    if (!(error instanceof UnsupportedStatechart)) throw error;
    expect(error.problems.map((problem) => problem.feature).join('; ')).toContain(feature);
  });

  // Without actors to invoke, the machine is nevertheless one that XState passes with.
  const alone = casesOf(refused).filter(([, feature]) => feature !== 'invoke');
  const listed = new Set(namesOf(listedByXState));
  it.each(alone.filter(([name]) => listed.has(name)))('%s › is passed by XState', (name) => {
    play(name, xstateRunner(machineOf(name)));
  });

  it.each(casesOf(notConverted))('%s › is not converted: %s', (name, reason) => {
    const error = thrownBy(() => machineOf(name));
    expect(error).toBeInstanceOf(NotConverted);
    expect((error as Error).message).toBe(reason);
  });

  it.each(casesOf(xstateDiffers))('%s › is not passed by XState either: %s', (name) => {
    expect(() => play(name, xstateRunner(machineOf(name)))).toThrow();
  });
});

describe('scxml › the account', () => {
  it('every document of the suite › has one verdict', () => {
    const judged = [refused, notConverted, xstateDiffers, noExpectation].flatMap((byReason) =>
      casesOf(byReason).map(([name]) => name),
    );
    const found = readdirSync(SUITE).flatMap((group) =>
      readdirSync(join(SUITE, group))
        .filter((file) => file.endsWith('.scxml'))
        .map((file) => `${group}/${file.replace(/\.scxml$/, '')}`),
    );
    expect([...judged, ...namesOf(runs)].sort()).toEqual(found.sort());
  });

  it('what XState runs › runs here or is refused by name, but for one that needs a server', () => {
    const met = new Set([...namesOf(runs), ...casesOf(refused).map(([name]) => name)]);
    const missing = namesOf(listedByXState).filter((name) => !met.has(name));
    expect(missing).toEqual(['w3c-ecma/test201.txml']);
    expect(namesOf(listedByXState)).toHaveLength(169);
  });
});
