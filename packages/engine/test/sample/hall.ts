// A second made-up case type, with what goes wrong: functions that throw, secrets, linked cases.
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { caseType, definePolicy, type CaseType } from '../../src/index.ts';
import { policy as matterPolicy } from './policy.ts';

/** Planted wherever a case keeps something: it must never reach someone who may not see it. */
export const CANARY = 'CANARY-7f3a';

const text = (en: string) => ({ en, ar: `نص: ${en}` });
const nothing = z.strictObject({});
const quiet = { citation: null, discloses: 'nothing' } as const;

const t = caseType({
  name: 'test.hall',
  version: '1.0.0',
  title: text('Hall'),
  context: z.object({
    address: z.string(),
    rents: z.number(),
    blob: z.unknown(),
    link: z.string(),
    keyholder: z.string(),
  }),
  events: {
    Registered: z.strictObject({ address: z.string() }),
    Rented: z.strictObject({ days: z.number() }),
    Stored: z.strictObject({ blob: z.unknown() }),
    Linked: z.strictObject({ link: z.string() }),
    Visited: nothing,
    Advised: nothing,
    Booked: nothing,
    KeyAsked: z.strictObject({ keyId: z.string() }),
    KeyGiven: z.strictObject({ keyId: z.string(), to: z.string() }),
    Audited: nothing,
    Broken: z.strictObject({ where: z.string() }),
    Helped: nothing,
    Closed: nothing,
  },
});

export const key = t.part<{ to: string; secret: string }>('key');

export const rules = t.rules({
  // Written last to first, and each breaks for a long rent.
  late: t.rule(['Rented'], {
    code: 'A_WITHOUT_INVARIANT',
    text: text('a'),
    ...quiet,
    holds: ({ event }) => event.data.days <= 5,
  }),
  second: t.rule(['Rented'], {
    code: 'A_SECOND',
    invariant: 'INV-02',
    text: text('b'),
    citation: null,
    discloses: 'nothing',
    detail: ({ context }) => ({ address: context.address }),
    holds: ({ event }) => event.data.days <= 5,
  }),
  first: t.rule(['Rented'], {
    code: 'Z_FIRST',
    invariant: 'INV-01',
    text: text('c'),
    citation: null,
    discloses: 'detail',
    detail: ({ context }) => ({ rents: context.rents }),
    holds: ({ event }) => event.data.days <= 5,
  }),
  linkedIsOpen: t.rule(['Booked'], {
    code: 'LINKED_IS_CLOSED',
    text: text('closed'),
    ...quiet,
    holds: ({ context, reads }) =>
      context.link === '' || reads.stream(`case-${context.link}` as never).in('life.open'),
  }),
  someoneTakesIt: t.rule(['KeyGiven'], {
    code: 'KEY_FOR_NOBODY',
    text: text('nobody'),
    citation: null,
    discloses: 'detail',
    detail: ({ part, context }) => ({ key: part?.id, last: (context as unknown as Last).to }),
    holds: ({ event, part }) => event.data.to !== '' && part !== undefined,
  }),
  hasRents: t.rule(['Audited'], {
    code: 'NOTHING_TO_AUDIT',
    text: text('nothing'),
    ...quiet,
    holds: ({ context }) => context.rents > 0,
  }),
  keyIsBack: t.rule(['Audited'], {
    code: 'KEY_IS_OUT',
    text: text('out'),
    ...quiet,
    holds: () => false,
  }),
  throwing: t.rule(['Broken'], {
    code: 'THROWS',
    text: text('throws'),
    ...quiet,
    holds: ({ context, event }) => {
      if (event.data.where === 'rule') throw new Error(`saw ${context.address}`);
      return true;
    },
  }),
});

interface Last {
  readonly to: string;
}

const keyChart = setup({ types: key.types }).createMachine({
  id: 'key',
  context: { to: 'the desk', secret: CANARY },
  initial: 'asked',
  states: {
    asked: {
      on: {
        KeyGiven: {
          guard: rules.allOf('someoneTakesIt'),
          target: 'given',
          actions: assign({ to: ({ event }) => event.data.to }),
        },
      },
    },
    given: { on: { Audited: { guard: rules.allOf('keyIsBack'), actions: assign({}) } } },
  },
});

const chart = setup({ types: t.types }).createMachine({
  id: 'hall',
  type: 'parallel',
  context: { address: '', rents: 0, blob: null, link: '', keyholder: CANARY },
  on: { Helped: { actions: assign({}) } },
  states: {
    life: {
      initial: 'draft',
      states: {
        draft: {
          on: {
            Registered: {
              target: 'open',
              actions: assign({ address: ({ event }) => event.data.address }),
            },
          },
        },
        open: {
          on: {
            Rented: {
              guard: rules.allOf('late'),
              actions: assign({ rents: ({ context, event }) => context.rents + event.data.days }),
            },
            Stored: { actions: assign({ blob: ({ event }) => event.data.blob }) },
            Linked: { actions: assign({ link: ({ event }) => event.data.link }) },
            Booked: { actions: assign({}) },
            Broken: {
              actions: assign({
                address: ({ context, event }) => {
                  if (event.data.where !== 'assign') return context.address;
                  throw new RangeError(`assigned ${context.address}`);
                },
              }),
            },
            Audited: { actions: assign({}) },
            Visited: 'visited',
            Closed: 'closed',
          },
        },
        visited: { on: { Advised: 'open' } },
        closed: {},
      },
    },
    // Reacts to a rent whatever the other region says.
    desk: { initial: 'idle', states: { idle: { on: { Rented: { actions: assign({}) } } } } },
  },
});

const by = ['CLK'] as const;
const linked = (_: unknown, view: { readonly context: { readonly link: string } }) =>
  view.context.link === '' ? [] : [`case-${view.context.link}`];

const spec = {
  chart,
  requires: {
    Rented: rules.allOf('second', 'first'),
    Booked: rules.allOf('linkedIsOpen'),
    Broken: rules.allOf('throwing'),
    Audited: rules.allOf('hasRents'),
  },
  commands: {
    Register: {
      input: z.strictObject({ address: z.string() }),
      polarity: 'neutral',
      by,
      records: 'Registered',
      opens: true,
    },
    Rent: neutral(z.strictObject({ days: z.number() }), 'Rented'),
    Store: neutral(z.strictObject({ blob: z.unknown() }), 'Stored'),
    Link: neutral(z.strictObject({ link: z.string() }), 'Linked'),
    Book: { ...neutral(nothing, 'Booked'), polarity: 'restricted', reads: linked },
    Visit: {
      ...neutral(nothing, 'Visited'),
      records: ['Visited', 'Advised'],
      decide: () => [
        { type: 'Visited', data: {} },
        { type: 'Advised', data: {} },
      ],
    },
    Inspect: {
      ...neutral(nothing, 'Visited'),
      facts: () => Promise.resolve({ ready: true }),
      decide: (_: unknown, { facts }: { readonly facts: { readonly ready: boolean } }) =>
        facts.ready ? [{ type: 'Visited', data: {} }] : { refused: [] },
    },
    AskKey: {
      ...neutral(z.strictObject({ keyId: z.string() }), 'KeyAsked'),
      part: { kind: 'key', field: 'keyId' },
    },
    GiveKey: {
      ...neutral(z.strictObject({ keyId: z.string(), to: z.string() }), 'KeyGiven'),
      part: { kind: 'key', field: 'keyId' },
    },
    Break: {
      ...neutral(z.strictObject({ where: z.string() }), 'Broken'),
      decide: (
        { where }: { readonly where: string },
        { context }: { readonly context: { readonly address: string } },
      ) => {
        if (where === 'decide') throw new TypeError(`decided ${context.address}`);
        if (where === 'nothing') return [];
        const data = where === 'data' ? { where: Number.NaN } : { where };
        return [{ type: 'Broken', data }];
      },
    },
    Audit: neutral(nothing, 'Audited'),
    Help: { ...neutral(nothing, 'Helped'), polarity: 'protective', emergency: true },
    Close: neutral(nothing, 'Closed'),
  },
  parts: {
    key: {
      chart: keyChart,
      key: (event: { readonly data: { readonly keyId: string } }) => event.data.keyId,
      opens: ['KeyAsked'],
      on: ['KeyGiven'],
      hears: ['Audited'],
    },
  },
  labels: { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} },
};

function neutral<Input extends z.ZodType>(input: Input, records: string) {
  return { input, polarity: 'neutral', by, records };
}

/** The case type; `change` makes a variant of its definition. */
export function defineHall(change: (from: typeof spec) => object = (from) => from): CaseType {
  return t.define(change(spec) as never);
}

export const hall = defineHall();
export const hallPolicy = definePolicy({ ...matterPolicy, name: 'hall' });
export const clerk = { staff: 'clk1', role: 'CLK', office: 'TST' };
/** In no grant of the case type. */
export const outsider = { staff: 'rcp1', role: 'RCP', office: 'TST' };
