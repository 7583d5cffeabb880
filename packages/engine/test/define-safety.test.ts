// What `define` refuses because somebody would wait in vain: for an emergency, a deadline, an event.
import { factsOf, RULES } from '@himaya/statechart';
import { assign, setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caseType } from '../src/index.ts';
import { bench } from './sample/bench.ts';
import { defineMatter, matterSpec, order, rules } from './sample/matter.ts';

const text = { en: 'x', ar: 'س' };
const head = {
  name: 'test.alarm',
  version: '1.0.0',
  title: text,
  context: z.object({}),
  events: { Opened: z.strictObject({}), Helped: z.strictObject({}), Closed: z.strictObject({}) },
};

const labels = { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} };
const input = z.strictObject({});

/** Defines a case type of this chart, with `Help` as its emergency. */
function define(chart: object): unknown {
  const machine = setup({}).createMachine({ id: 'alarm', context: {}, ...chart } as never);
  const commands = {
    Open: { input, polarity: 'neutral', by: ['X'], records: 'Opened', opens: true },
    Help: { input, polarity: 'protective', emergency: true, by: [], records: 'Helped' },
    Close: { input, polarity: 'neutral', by: ['X'], records: 'Closed' },
  };
  return caseType(head).define({ chart: machine, commands, labels } as never);
}

const takes = { Helped: { actions: assign({}) } };

describe('define › emergency in every configuration', () => {
  it.each([
    [
      'a closed state does not take it',
      { initial: 'open', states: { open: { on: { ...takes, Closed: 'closed' } }, closed: {} } },
      /no unguarded transition in closed/,
    ],
    [
      'one combination of regions does not take it',
      {
        type: 'parallel',
        states: {
          a: { initial: 'on', states: { on: { on: { ...takes, Closed: 'off' } }, off: {} } },
          b: { initial: 'on', states: { on: { on: { ...takes, Closed: 'off' } }, off: {} } },
        },
      },
      /no unguarded transition in a\.off \+ b\.off/,
    ],
    [
      'only a guarded transition takes it',
      { on: { Helped: { guard: () => true, actions: assign({}) } } },
      /no unguarded transition/,
    ],
    [
      'a rule under a wildcard may refuse it',
      { on: { ...takes, '*': { guard: rules.allOf('open'), actions: assign({}) } } },
      /has a rule in state/,
    ],
    [
      'the case can end',
      { initial: 'a', states: { a: { on: { Closed: 'z' } }, z: { type: 'final' } }, on: takes },
      /the case chart can end/,
    ],
    [
      'the case can end in all its regions',
      {
        type: 'parallel',
        on: takes,
        states: {
          a: { initial: 'x', states: { x: { on: { Closed: 'z' } }, z: { type: 'final' } } },
          b: { initial: 'x', states: { x: { on: { Closed: 'z' } }, z: { type: 'final' } } },
        },
      },
      /the case chart can end/,
    ],
  ])('define › %s › is refused', (_, chart, message) => {
    expect(() => define(chart)).toThrow(message);
  });

  it('define › one region of two takes it in every state › is enough', () => {
    const chart = {
      type: 'parallel',
      states: {
        a: { initial: 'on', states: { on: { on: { Closed: 'off' } }, off: {} } },
        b: { on: takes },
      },
    };
    expect(() => define(chart)).not.toThrow();
  });
});

describe('define › deadlines', () => {
  it('define › two deadlines of one code › is refused with both names', () => {
    const twice = (): unknown =>
      defineMatter((spec) => ({
        ...spec,
        deadlines: { ...spec.deadlines, again: { ...spec.deadlines.reviewDue } },
      }));
    expect(twice).toThrow(/deadlines reviewDue and again share the code T-REVIEW/);
  });

  it('define › a chart that waits for a deadline of another › is refused with its owner', () => {
    const misplaced = (part: string | undefined) => (): unknown =>
      defineMatter((spec) => ({
        ...spec,
        deadlines: { ...spec.deadlines, orderExpiry: { ...spec.deadlines.orderExpiry, part } },
      }));
    expect(misplaced('session')).toThrow(
      /a state of part order is left after orderExpiry, which belongs to part session/,
    );
    expect(misplaced(undefined)).toThrow(/which belongs to the case/);
  });

  it('define › a consequence of what is no decision › is refused', () => {
    const idle = (): unknown =>
      defineMatter((spec) => ({
        ...spec,
        consequences: [{ name: 'idle', on: ['CasePolicyMigrated'], record: () => [] }],
      }));
    expect(idle).toThrow(/consequence idle waits for CasePolicyMigrated, which has none/);
  });
});

describe('parts and the case chart', () => {
  /** A matter whose lifecycle leaves `open` by itself as soon as an order has expired. */
  function watching(): ReturnType<typeof defineMatter> {
    const original = matterSpec.chart.config as unknown as {
      readonly states: { readonly lifecycle: { readonly states: { readonly open: object } } };
    };
    const { lifecycle } = original.states;
    const always = {
      guard: (args: { context: unknown; event: unknown }) => {
        const facts = factsOf(args) as
          { parts: { all(kind: object): readonly { in(state: string): boolean }[] } } | undefined;
        const orders = facts?.parts.all(order) ?? [];
        return orders.some((one) => one.in('expired') || one.in('revoked'));
      },
      target: 'review',
    };
    const states = { ...lifecycle.states, open: { ...lifecycle.states.open, always } };
    const config = {
      ...original,
      states: { ...original.states, lifecycle: { ...lifecycle, states } },
    };
    const chart = setup({ delays: { orderExpiry: 0 } }).createMachine(config as never);
    return defineMatter((spec) => ({ ...spec, chart: chart as never }));
  }

  it.each(['expires', 'is revoked'])(
    'always › a part that %s while the case chart hears nothing › is seen by the case chart',
    async (how) => {
      const { accept, open, clock, engine } = bench({ caseTypes: [watching()] });
      const caseId = await open();
      const until = new Date(clock.ms + 1_000).toISOString();
      await accept('RequestOrder', { orderId: 'o' }, { caseId });
      await accept('IssueOrder', { orderId: 'o', until }, { caseId });
      expect((await engine.caseAt(caseId))?.states[0]).toBe('lifecycle.open');
      if (how === 'is revoked') await accept('RevokeOrder', { orderId: 'o' }, { caseId });
      clock.forward(1_000);
      await engine.runDeadlines();
      expect((await engine.caseAt(caseId))?.states[0]).toBe('lifecycle.review');
      expect((await engine.replay(caseId))?.divergences).toEqual([]);
    },
  );
});

describe('define › a definition that is hashed', () => {
  it('its rules › are not exchanged in place', () => {
    const guard = matterSpec.requires.OfferMade;
    const [first] = guard[RULES];
    const other = { ...first, rule: { ...first?.rule, holds: () => true } };
    expect(() => Object.assign(first ?? {}, other)).toThrow(TypeError);
    expect(() => Object.assign(guard[RULES], { 0: other })).toThrow(TypeError);
    expect(() => Object.assign(guard, { [RULES]: [] })).toThrow(TypeError);
  });

  it.each(['consequences', 'reactions', 'invariants'] as const)(
    'the list of %s that it was made of grows › it does not',
    (name) => {
      const list: object[] = [];
      const made = defineMatter((spec) => ({ ...spec, [name]: list }));
      list.push({});
      expect(made[name]).toEqual([]);
    },
  );
});

describe('define › names', () => {
  it.each(['emergency', 'audit', 'checkpoint'])('the category %s › is refused', (category) => {
    const named = { ...head, category };
    const chart = setup({}).createMachine({ initial: 'open', states: { open: {} } } as never);
    const refused = () => caseType(named).define({ chart, commands: {}, labels } as never);
    expect(refused).toThrow(/one that the engine writes itself/);
  });

  it('two reactions of one name › are refused: the second would count as a retry', () => {
    const twice = () =>
      defineMatter((spec) => ({ ...spec, reactions: [...spec.reactions, ...spec.reactions] }));
    expect(twice).toThrow(/two reactions are called "note the merge in the successor"/);
  });
});
