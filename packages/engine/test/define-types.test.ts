// The definition language as a case type's author meets it: what compiles, and what must not.
import { assign, setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caseType, fromDue, sensitive } from '../src/index.ts';

const text = (en: string) => ({ en, ar: en });
const t = caseType({
  name: 'test.permit',
  version: '1.0.0',
  title: text('Permit'),
  context: z.object({ asked: z.number() }),
  events: {
    Asked: z.strictObject({ what: z.string() }),
    Granted: z.strictObject({ itemId: z.string(), until: z.string() }),
    Helped: z.strictObject({}),
  },
  delays: ['answerDue'],
});
const item = t.part<{ until: string }>('item');
const rules = t.rules({
  short: t.rule(['Asked'], {
    code: 'TOO_LONG',
    text: text('short'),
    citation: null,
    discloses: 'nothing',
    holds: ({ event, context }) => event.data.what.length < 10 && context.asked >= 0,
  }),
  few: t.rule({
    code: 'TOO_MANY',
    text: text('few'),
    citation: null,
    discloses: 'nothing',
    holds: ({ context, parts }) =>
      context.asked < 3 && parts.all(item).every((p) => p.context.until),
  }),
});
const chart = setup({ types: t.types, delays: t.delays }).createMachine({
  id: 'permit',
  context: { asked: 0 },
  initial: 'open',
  on: { Helped: { actions: assign({ asked: ({ context }) => context.asked }) } },
  states: {
    open: {
      on: {
        Asked: {
          guard: rules.allOf('few'),
          actions: assign({ asked: ({ context }) => context.asked + 1 }),
          target: 'asked',
        },
        Granted: 'asked',
      },
    },
    asked: { after: { answerDue: 'open' }, on: { Granted: 'open' } },
  },
});
const itemChart = setup({ types: item.types }).createMachine({
  id: 'item',
  context: ({ input }) => ({
    until: input.event.type === 'Granted' ? input.event.data.until : '',
  }),
  initial: 'live',
  states: { live: {} },
});

const labels = { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} };

describe('define', () => {
  it('define › a well-typed case type › infers inputs and compiles', () => {
    const permit = t.define({
      chart,
      requires: { Asked: rules.allOf('short', 'few') },
      commands: {
        Ask: {
          input: z.strictObject({ what: z.string() }),
          polarity: 'neutral',
          by: ['CLK'],
          records: 'Asked',
          opens: true,
        },
        Grant: {
          input: z.strictObject({ days: z.number() }),
          polarity: 'restricted',
          by: [{ role: 'CLK', assigned: true }],
          records: ['Granted'],
          decide: (input, view) => [
            {
              type: 'Granted',
              data: { itemId: view.id('item'), until: String(input.days + view.context.asked) },
            },
          ],
        },
        Help: {
          input: z.strictObject({}),
          polarity: 'protective',
          emergency: true,
          by: [],
          records: 'Helped',
        },
      },
      parts: {
        item: {
          chart: itemChart,
          key: (e) => (e.type === 'Granted' ? e.data.itemId : ''),
          opens: ['Granted'],
          on: [],
        },
      },
      deadlines: {
        answerDue: {
          code: 'T-ANSWER',
          armedBy: ['Asked'],
          disarmedBy: ['Granted'],
          dueAt: ({ event, policy, calendar }) =>
            calendar.add(event.occurredAt, policy.duration('answer')),
          marks: [fromDue({ value: 1, unit: 'days' }, 'SUP')],
        },
      },
      consequences: [{ name: 'x', on: ['Asked'], record: () => [{ type: 'Helped', data: {} }] }],
      labels,
    });
    expect(permit.structureHash).toHaveLength(43);
  });

  it('define › rules given to an event they cannot judge › do not compile', () => {
    // @ts-expect-error `short` judges Asked only.
    const wrong = { Granted: rules.allOf('short') } satisfies Parameters<
      typeof t.define
    >[0]['requires'];
    // @ts-expect-error there is no such rule.
    expect(() => rules.allOf('absent').length).toThrow();
    expect(wrong).toBeDefined();
  });

  it('define › a rule on an event it cannot judge, a part by no field › are named', () => {
    const wrong = setup({ types: t.types }).createMachine({
      id: 'wrong',
      context: { asked: 0 },
      initial: 'open',
      states: { open: { on: { Granted: { guard: rules.allOf('short'), target: 'open' } } } },
    });
    const commands = {
      Grant: {
        input: z.strictObject({ days: z.number() }),
        polarity: 'restricted',
        by: ['CLK'],
        records: 'Granted',
        part: { kind: 'item', field: 'itemId' },
      },
    };
    const parts = { item: { chart: itemChart, key: () => '', opens: ['Granted'], on: [] } };
    const define = () => t.define({ chart: wrong, commands, parts, labels } as never);
    expect(define).toThrow('rule short guards Granted, which it cannot judge');
    expect(define).toThrow('command Grant has no input field itemId for its part');
  });

  it('define › names and data that are mistyped › do not compile', () => {
    const head = { code: 'X', text: text('x'), citation: null, discloses: 'nothing' } as const;
    const base = { chart, labels } as const;
    const input = z.strictObject({ days: z.number() });
    const ask = { input, polarity: 'neutral', by: ['CLK'] } as const;
    type Spec = Parameters<typeof t.define<{ Ask: typeof input }>>[0];
    const never = (): readonly unknown[] => [
      // @ts-expect-error there is no such event.
      t.rule(['Absent'], { ...head, holds: () => true }),
      // @ts-expect-error Asked has no such field.
      t.rule(['Asked'], { ...head, holds: ({ event }) => event.data.absent === 1 }),
      // @ts-expect-error the context has no such field.
      t.rule({ ...head, holds: ({ context }) => context.absent === 1 }),
      // @ts-expect-error the part's context has no such field.
      t.rule({ ...head, holds: ({ parts }) => parts.all(item).some((p) => p.context.absent) }),
      // @ts-expect-error who is marked sensitive: no rule may read it.
      told.rule(['Told'], { ...head, holds: ({ event }) => event.data.who.length > 0 }),
      // @ts-expect-error a command records events of the case type.
      t.define({ ...base, commands: { Ask: { ...ask, records: 'Absent' } } } satisfies Spec),
      // @ts-expect-error the data of Asked is another.
      t.define({ ...base, commands: { Ask: { ...ask, records: 'Asked', decide: wrongData } } }),
      // @ts-expect-error the input has days, not weeks.
      t.define({ ...base, commands: { Ask: { ...ask, records: 'Asked', decide: weeks } } }),
      // @ts-expect-error a part is opened by an event of the case type.
      t.define({ ...base, commands: {}, parts: { item: opening('Absent') } }),
      // @ts-expect-error a deadline is armed by an event of the case type.
      t.define({ ...base, commands: {}, deadlines: { answerDue: armed('Absent') } }),
      // @ts-expect-error only events have requirements.
      t.define({ ...base, commands: {}, requires: { Absent: rules.allOf('few') } }),
    ];
    expect(never).toBeTypeOf('function');
  });
});

const told = caseType({
  name: 'test.told',
  version: '1.0.0',
  title: text('Told'),
  context: z.object({}),
  events: {
    Told: z.strictObject({ who: sensitive(z.string(), { subject: '#x', class: 'personal' }) }),
  },
});
const wrongData = () => [{ type: 'Asked' as const, data: { what: 5 } }];
const weeks = ({ weeks: count }: { readonly weeks: number }) => [
  { type: 'Asked' as const, data: { what: String(count) } },
];
const opening = <const Name extends string>(name: Name) => ({
  chart: itemChart,
  key: () => '',
  opens: [name],
  on: [],
});
const armed = <const Name extends string>(name: Name) => ({
  code: 'T-ANSWER',
  armedBy: [name],
  disarmedBy: [],
  dueAt: () => undefined,
});
