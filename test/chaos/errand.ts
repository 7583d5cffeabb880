// A case type with one of everything that goes wrong under load: deadlines, reactions, other cases.
import {
  caseProjection,
  caseType,
  fromDue,
  projection,
  type CaseType,
  type Projection,
  type ProjectionFold,
} from '@himaya/engine';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { policy } from '../../packages/engine/test/sample/policy.ts';

const text = (en: string) => ({ en, ar: `نص: ${en}` });
const nothing = z.strictObject({});
const note = z.strictObject({ token: z.string(), to: z.string() });

const t = caseType({
  name: 'test.errand',
  version: '1.0.0',
  title: text('Errand'),
  context: z.object({ notes: z.number(), told: z.number() }),
  events: {
    Opened: nothing,
    Noted: note,
    Answered: nothing,
    Taken: z.strictObject({ other: z.string() }),
    Told: z.strictObject({ from: z.string() }),
    Missed: nothing,
  },
});

const rules = t.rules({
  otherIsFree: t.rule(['Taken'], {
    code: 'OTHER_IS_TAKEN',
    text: text('of the two only one can be taken'),
    citation: null,
    discloses: 'nothing',
    holds: ({ event, reads }) => !reads.stream(`case-${event.data.other}`).in('hand.taken'),
  }),
});

const chart = setup({ types: t.types }).createMachine({
  id: 'errand',
  context: { notes: 0, told: 0 },
  type: 'parallel',
  on: {
    Opened: { actions: assign({}) },
    Answered: { actions: assign({}) },
    Missed: { actions: assign({}) },
    Noted: { actions: assign({ notes: ({ context }) => context.notes + 1 }) },
    Told: { actions: assign({ told: ({ context }) => context.told + 1 }) },
  },
  states: {
    hand: { initial: 'free', states: { free: { on: { Taken: 'taken' } }, taken: {} } },
  },
});

const given = { polarity: 'neutral', by: ['CLK'] } as const;

const errand: CaseType = t.define({
  chart,
  requires: { Taken: rules.allOf('otherIsFree') },
  commands: {
    Open: { ...given, input: nothing, records: 'Opened', opens: true },
    Note: { ...given, input: note, records: 'Noted' },
    Answer: { ...given, input: nothing, records: 'Answered' },
    Take: {
      ...given,
      input: z.strictObject({ other: z.string() }),
      records: 'Taken',
      reads: ({ other }) => [`case-${other}`],
    },
    Tell: { ...given, by: ['SYS'], input: z.strictObject({ from: z.string() }), records: 'Told' },
  },
  deadlines: {
    answer: {
      code: 'T-ANSWER',
      armedBy: ['Opened'],
      disarmedBy: ['Answered'],
      dueAt: ({ event, calendar }) =>
        calendar.add(event.occurredAt, { value: 40, unit: 'minutes' }),
      marks: [10, 20].map((value) => fromDue({ value, unit: 'minutes' }, 'CLK')),
    },
  },
  consequences: [
    {
      name: 'a missed answer is noted',
      on: ['DeadlineReached'],
      record: () => [{ type: 'Missed', data: {} }],
    },
  ],
  reactions: [
    {
      name: 'tell that it was missed',
      on: ['Missed'],
      commands: () => [{ name: 'Tell', input: { from: 'missed' } }],
    },
    {
      name: 'pass a note on',
      on: ['Noted'],
      commands: ({ event }) => {
        const { to, token } = event.data as z.output<typeof note>;
        return to === '' ? [] : [{ name: 'Tell', caseId: to, input: { from: token } }];
      },
    },
  ],
  labels: { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} },
});

/** What every process of the test registers. */
export const caseTypes = [errand];
/** A policy: none of its values is read. */
export const policies = [policy];
/** Who gives the commands. */
export const clerk = { staff: 'clk1', role: 'CLK', office: 'TST' };

const OF_CASES = {
  states: {
    columns: { caseId: 'text', notes: 'integer', told: 'integer', pending: 'integer' },
    key: ['caseId'],
  },
} as const;

const OF_EVENTS = {
  counts: { columns: { stream: 'text', type: 'text', count: 'integer' }, key: ['stream', 'type'] },
} as const;

const COUNTED = [
  'Opened', 'Noted', 'Answered', 'Taken', 'Told', 'Missed', 'DeadlineReached', 'DeadlineEscalated',
];

/** What cases have come to, from their state; and how often what happened, from the events. */
export const projections: readonly Projection[] = [
  caseProjection({
    name: 'states',
    version: 1,
    tables: OF_CASES,
    rowsOf: ({ caseId, context, deadlineCounts }) => ({
      states: [{
        caseId,
        notes: Number(context.notes),
        told: Number(context.told),
        pending: deadlineCounts.pending,
      }],
    }),
  }),
  projection({
    name: 'counts',
    version: 1,
    tables: OF_EVENTS,
    on: Object.fromEntries(
      COUNTED.map((type) => [
        type,
        ({ event, rows }: ProjectionFold<typeof OF_EVENTS>): void => {
          const { stream } = event;
          const count = (rows.counts.get(stream, type)?.count ?? 0) + 1;
          rows.counts.put({ stream, type, count });
        },
      ]),
    ),
  }),
];
