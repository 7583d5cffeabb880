// Options when a function of the case type fails: that command says so, and the others are listed.
import { MemoryEventStore } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import type { CommandOption } from '../src/index.ts';
import { bench, clerk, supervisor, type Bench } from './sample/bench.ts';
import { failingStore, fault } from './sample/failing-store.ts';
import { defineMatter } from './sample/matter.ts';

const fails = (): never => {
  throw new RangeError('saw the shelter at Road 2803');
};
const text = { en: 'x', ar: 'س' };
const duty = { code: 'D', text, citation: null, discloses: 'nothing', holds: fails } as const;

async function statuses(test: Bench, caseId: string): Promise<Record<string, string>> {
  const found = await test.engine.options(caseId, clerk);
  if ('refused' in found) throw new Error('refused');
  return Object.fromEntries(found.commands.map(({ command, status }) => [command, status]));
}

describe('options of a command that cannot be judged', () => {
  it.each([
    ['decide', { decide: fails }],
    ['facts', { facts: fails }],
    ['reads', { reads: fails }],
    ['duty', { duties: [duty] }],
  ])('its %s › throws › it says so, people are told, the others are listed', async (_, more) => {
    const broken = defineMatter((spec) => ({
      ...spec,
      commands: { ...spec.commands, Respond: { ...spec.commands.Respond, ...more } },
    }));
    const test = bench({ caseTypes: [broken] });
    const caseId = await test.open();
    const found = await statuses(test, caseId);
    expect(found).toMatchObject({ Respond: 'unjudged', RecordIncident: 'open', Help: 'open' });
    expect(test.alerts).toMatchObject([{ code: 'option-not-judged', caseId }]);
    expect(test.alerts[0]?.message).toContain('Respond');
    expect(JSON.stringify(test.alerts)).not.toContain('shelter');
    expect(Object.values(found).filter((status) => status === 'unjudged')).toHaveLength(1);
  });

  it('a rule that throws for one part › leaves the other parts and commands judged', async () => {
    const broken = defineMatter((spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        RevokeOrder: {
          ...spec.commands.RevokeOrder,
          decide: ({ orderId }: { orderId: string }) =>
            orderId === 'o1' ? fails() : [{ type: 'OrderRevoked', data: { orderId } }],
        },
      },
    }));
    const test = bench({ caseTypes: [broken] });
    const caseId = await test.open();
    for (const orderId of ['o1', 'o2']) await test.accept('RequestOrder', { orderId }, { caseId });
    const found = await test.engine.options(caseId, supervisor, { commands: ['RevokeOrder'] });
    const commands = (found as { commands: readonly CommandOption[] }).commands;
    expect(commands).toEqual([
      {
        command: 'RevokeOrder',
        part: { kind: 'order', id: 'o1' },
        status: 'unjudged',
        violations: [],
        fields: [],
      },
      expect.objectContaining({ part: { kind: 'order', id: 'o2' }, status: 'open' }),
    ]);
  });

  it('someone whose every command fails › learns nothing about the case', async () => {
    const broken = defineMatter((spec) => ({
      ...spec,
      commands: Object.fromEntries(
        Object.entries(spec.commands).map(([name, one]) => [name, { ...one, duties: [duty] }]),
      ),
    }));
    const sound = bench({ store: new MemoryEventStore() });
    const caseId = await sound.open();
    const found = await sound.other({ caseTypes: [broken] }).options(caseId, clerk);
    expect(found).not.toHaveProperty('case');
  });

  it('a store that fails › is a fault, not a matter of one command', async () => {
    const { store, faults } = failingStore();
    const reads = (): string[] => ['case-a'];
    const reading = defineMatter((spec) => ({
      ...spec,
      commands: { ...spec.commands, Respond: { ...spec.commands.Respond, reads } },
    }));
    const test = bench({ store, caseTypes: [reading] });
    const caseId = await test.open();
    faults.read = (stream) => (stream === 'case-a' ? fault('store-busy') : undefined);
    await expect(test.engine.options(caseId, clerk)).rejects.toThrow(/store-busy/);
    faults.read = (stream) => (stream === 'case-a' ? fault('store-corrupt') : undefined);
    expect(await statuses(test, caseId)).toMatchObject({ Respond: 'unjudged', Note: 'depends' });
  });
});
