// Fields that a case type keeps from someone, and histories as somebody is shown them.
import { MemoryEventStore } from '@himaya/event-store';
import { assign, setup } from 'xstate';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { caseType, createEngine, deriveId, type CaseTypeSpec } from '../src/index.ts';
import { policy } from './sample/policy.ts';

const words = (en: string) => ({ en, ar: `نص: ${en}` });
const said = z.strictObject({ text: z.string(), secret: z.string() });
const t = caseType({
  name: 'test.told',
  version: '1.0.0',
  policy: policy.name,
  title: words('Told'),
  context: z.object({ last: said.nullable() }),
  events: { Said: said },
});
type Extra = Pick<CaseTypeSpec<unknown>, 'readers' | 'conceals'>;

function world(more: Extra) {
  const told = t.define({
    ...(more as object),
    chart: setup({ types: t.types }).createMachine({
      id: 'told',
      context: { last: null },
      initial: 'open',
      states: { open: { on: { Said: { actions: assign({ last: ({ event }) => event.data }) } } } },
    }),
    commands: {
      Say: {
        input: said,
        polarity: 'neutral',
        by: ['desk', 'head'],
        opens: true,
        reads: () => ['case-other'],
        records: 'Said',
      },
    },
    labels: { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} },
  });
  const ms = Date.parse('2027-06-01T08:00:00Z');
  let made = 0;
  const engine = createEngine({
    store: new MemoryEventStore(),
    caseTypes: [told],
    policies: [policy],
    office: 'o',
    clock: { now: () => ms, monotonicMs: () => ms },
    ids: { next: () => deriveId('concealed', `${made++}`) },
    writer: 'w',
  });
  const id = deriveId('concealed', 'command');
  const say = { id, name: 'Say', input: { text: 'hello', secret: 'CANARY' } };
  return { engine, say, caseId: id };
}
const actor = (role: string) => ({ staff: role, role, office: 'o' });
const fromDesk: Extra['conceals'] = ({ role }) => (role === 'desk' ? ['secret'] : []);

describe('a field that is kept from someone', () => {
  test('in an outcome, a preview, options and a history › is not there', async () => {
    const { engine, say, caseId } = world({ conceals: fromDesk });
    const answers = [
      await engine.preview(say, actor('desk')),
      await engine.execute(say, actor('desk')),
      await engine.options(caseId, actor('desk')),
      await engine.historyFor(caseId, actor('desk')),
    ];
    for (const answer of answers) {
      expect(JSON.stringify(answer)).toContain('hello');
      expect(JSON.stringify(answer)).not.toContain('CANARY');
      expect(JSON.stringify(answer)).not.toContain('case-other');
    }
    const shown = await engine.historyFor(caseId, actor('head'));
    expect(JSON.stringify(shown)).toContain('CANARY');
    expect(await engine.history(caseId)).toHaveLength(shown.length);
  });

  test('where that cannot be told › is kept back with all others', async () => {
    const conceals = () => {
      throw new Error('broken');
    };
    const { engine, say } = world({ conceals });
    const outcome = await engine.execute(say, actor('head'));
    expect(outcome.kind).toBe('accepted');
    expect(JSON.stringify(outcome)).not.toMatch(/CANARY|hello/);
  });
});

describe('a history', () => {
  test('for whoever may give no command, or is no reader › is empty', async () => {
    const open = world({});
    await open.engine.execute(open.say, actor('desk'));
    expect(await open.engine.historyFor(open.caseId, actor('visitor'))).toEqual([]);
    expect(await open.engine.historyFor('nothing', actor('desk'))).toEqual([]);
    expect(await open.engine.historyFor(open.caseId, actor('desk'))).toHaveLength(2);
    const closed = world({ readers: (_, { role }) => role === 'head' });
    await closed.engine.execute(closed.say, actor('desk'));
    expect(await closed.engine.historyFor(closed.caseId, actor('desk'))).toEqual([]);
    const shown = await closed.engine.historyFor(closed.caseId, actor('head'));
    expect(shown.map(({ reads }) => reads)).toEqual([undefined, undefined]);
  });
});
