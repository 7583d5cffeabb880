// What a chart keeps of itself has a bound, and nobody notices when it begins anew.
import { expect, test } from 'vitest';
import { assign, createMachine } from 'xstate';
import { CompiledChart } from '../src/compiled-chart.ts';
import { Configurations } from '../src/configurations.ts';
import { planFor } from '../src/plan.ts';
import { CONFIGURATIONS_KEPT_MAX } from '../src/limits.ts';
import { compile } from '../src/index.ts';
import { drive } from './machine.ts';

const REGIONS = 13;
const keys = Array.from({ length: REGIONS }, (_, index) => `r${index}`);
const isOn = (round: number, bit: number): boolean => ((round >> bit) & 1) === 1;
const toggle = (index: number) => ({
  initial: 'off',
  states: { off: { on: { [`t${index}`]: 'on' } }, on: { on: { [`t${index}`]: 'off' } } },
});
const machine = createMachine({
  type: 'parallel',
  on: { stay: { actions: assign({}) }, 'any.*': { actions: assign({}) } },
  states: Object.fromEntries(keys.map((key, index) => [key, toggle(index)])),
} as never);

test('more configurations than are kept › each step leads where it would have led', () => {
  const chart = compile(machine);
  let { snapshot } = chart.start();
  expect(2 ** REGIONS).toBeGreaterThan(CONFIGURATIONS_KEPT_MAX);
  for (let round = 1; round < 2 ** REGIONS; round += 1) {
    // One bit changes at a time, so that every configuration comes once.
    const gray = round ^ (round >> 1);
    const bit = 31 - Math.clz32(gray ^ ((round - 1) ^ ((round - 1) >> 1)));
    snapshot = drive(chart, snapshot, `t${bit}`);
    if (round % 97 !== 0) continue;
    const wanted = keys.map((key, at) => `${key}.${isOn(gray, at) ? 'on' : 'off'}`);
    expect(snapshot.configuration).toEqual(wanted);
  }
});

function configurationsOf(keptMax: number) {
  const model = CompiledChart.modelOf(compile(machine));
  const configurations = new Configurations(model, keptMax);
  const at = (on: number) =>
    configurations.named(keys.map((key, bit) => `${key}.${isOn(on, bit) ? 'on' : 'off'}`));
  return { at, configurations, model };
}

test('configurations › as many are kept as may be, and then none of the old ones', () => {
  const { at } = configurationsOf(3);
  const first = at(0);
  expect([at(1), at(2), at(0)].at(-1)).toBe(first);
  at(3);
  expect(at(0)).not.toBe(first);
});

test('what transitions enter › as much is kept as may be, and then nothing of the old', () => {
  const { configurations, model } = configurationsOf(2);
  const { entries } = configurations;
  const [first, second, third] = model.transitions.map((one) => [one]);
  const kept = entries.of(first ?? []);
  entries.of(second ?? []);
  expect(entries.of(first ?? [])).toBe(kept);
  entries.of(third ?? []);
  expect(entries.of(first ?? [])).not.toBe(kept);
  expect(entries.of(first ?? [])).toEqual(kept);
});

test('a transition that stays › stays in the same configuration when that was forgotten', () => {
  const { at, configurations, model } = configurationsOf(1);
  const from = at(0);
  at(1);
  const staying = model.transitions.filter(({ descriptor }) => descriptor === 'stay');
  expect(planFor(configurations, from, staying).next).toBe(from);
});

test('types of events that nobody names › leave nothing behind, whoever hears them', () => {
  const { at, configurations } = configurationsOf(2);
  const configuration = at(0);
  for (const type of ['any.1', 'any.2', 'none']) configurations.asking.about(type, configuration);
  expect(configurations.asking.about('any.1', configuration).candidates).toHaveLength(1);
  expect(configurations.asking.about('t0', configuration).candidates).toHaveLength(1);
  expect([...configuration.asked.keys()]).toEqual(['t0']);
});
