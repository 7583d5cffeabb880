// The structure hash: what lets more happen, or lets it happen later, changes it.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromArming, fromDue, sensitive, structureHash, type MarkSpec } from '../src/index.ts';
import { guardOf } from '../src/rule.ts';
import { defineMatter, matter, matterVersion, rules } from './sample/matter.ts';

type Spec = Parameters<NonNullable<Parameters<typeof defineMatter>[0]>>[0];
const SECRET = { subject: '#caller', class: 'critical' } as const;

/** A variant in which the deadline of the response has these fields. */
const deadline = (more: object) => (spec: Spec) => ({
  ...spec,
  deadlines: { ...spec.deadlines, responseDue: { ...spec.deadlines.responseDue, ...more } },
});
const marked = (at: number, mark: MarkSpec) =>
  deadline({ marks: matter.deadlines['responseDue']?.marks?.with(at, mark) });
const command = (name: 'Close' | 'RevokeOrder', more: object) => (spec: Spec) => ({
  ...spec,
  commands: { ...spec.commands, [name]: { ...spec.commands[name], ...more } },
});
const telling = guardOf([{ ...rules.noteIsNotEmpty, discloses: 'detail' } as never]);
const duties = matter.commands['Close']?.duties?.map((duty) => ({ ...duty, discloses: 'detail' }));

describe('structureHash', () => {
  it.each<readonly [string, (spec: Spec) => object]>([
    ['a mark that tells later', marked(1, fromDue({ value: 30, unit: 'hours' }, 'HEAD'))],
    ['a mark by a policy value', marked(1, fromDue('response', 'HEAD'))],
    ['a mark from arming', marked(1, fromArming({ value: 1, unit: 'hours' }, 'HEAD'))],
    ['a mark by a function', marked(1, { to: 'HEAD', at: ({ dueAt }) => dueAt })],
    ['a disarming event that need not count', deadline({ disarms: () => false })],
    [
      'a rule that discloses more',
      (spec) => ({ ...spec, requires: { ...spec.requires, Noted: telling } }),
    ],
    ['a duty that discloses more', command('Close', { duties })],
    ['a command about no part', command('RevokeOrder', { part: undefined })],
    ['a command that decides by itself', command('Close', { decide: () => [] })],
    ['a command that reads', command('Close', { reads: () => [] })],
    ['a command that fetches', command('Close', { facts: () => ({}) })],
    ['a command with a later re-check', command('Close', { recheckSuffices: true })],
    [
      'a consequence without its condition',
      ({ consequences, ...spec }) => ({
        ...spec,
        consequences: consequences.map(({ name, on, record }) => ({ name, on, record })),
      }),
    ],
    [
      'an invariant of another number',
      ({ invariants, ...spec }) => ({
        ...spec,
        invariants: invariants.map((one) => ({ ...one, invariant: 'INV-02' })),
      }),
    ],
  ])('structureHash › %s › changes it', (_, change) => {
    expect(defineMatter(change).structureHash).not.toBe(matter.structureHash);
  });

  it.each([
    ['comes by itself', { automatic: true }],
    ['drops a deadline', { timers: { reviewDue: 'drop' } }],
  ])('structureHash › a migration that %s › changes it', (_, more) => {
    const migrate = (state: object): object => state;
    const [asked, other] = [{ migrate }, { migrate, ...more }].map((one) =>
      matterVersion('2.0.0', (spec) => ({ ...spec, migrations: { '1.0.0': one } })),
    );
    expect(asked?.structureHash).not.toBe(other?.structureHash);
  });

  it('structureHash › a rule that is taken out of one of its events › changes it', () => {
    type Name = 'notTooOften' | 'noteIsNotEmpty';
    const guard = (names: readonly Name[]) => guardOf(names.map((name) => rules[name] as never));
    const both = ['notTooOften', 'noteIsNotEmpty'] as const;
    const hashOf = (noted: readonly Name[], closed: readonly Name[]): string =>
      structureHash({
        ...matter,
        requires: { Noted: guard(noted), Closed: guard(closed) } as never,
      });
    const less = both.flatMap((left) => [hashOf(both, [left]), hashOf([left], both)]);
    const hashes = [hashOf(both, both), ...less];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('structureHash › a field that is no longer sensitive › changes it', () => {
    const [event, input] = [new Set<string>(), new Set<string>()];
    for (const note of [sensitive(z.string(), SECRET), z.string()]) {
      const schema = z.strictObject({ note });
      const commands = { Note: { ...matter.commands['Note'], input: schema } as never };
      event.add(structureHash({ ...matter, events: { ...matter.events, Noted: schema } }));
      input.add(structureHash({ ...matter, commands }));
    }
    expect([event.size, input.size]).toEqual([2, 2]);
  });
});
