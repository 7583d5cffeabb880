// A case type with little but work for workers: a deadline that escalates, and a reaction.
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

const t = caseType({
  name: 'test.worked',
  version: '1.0.0',
  title: text('Worked'),
  context: z.object({ told: z.number() }),
  events: { Opened: nothing, Told: z.strictObject({ from: z.string() }), Missed: nothing },
});

const chart = setup({ types: t.types }).createMachine({
  id: 'worked',
  context: { told: 0 },
  on: {
    Opened: { actions: assign({}) },
    Missed: { actions: assign({}) },
    Told: { actions: assign({ told: ({ context }) => context.told + 1 }) },
  },
});

const worked: CaseType = t.define({
  chart,
  commands: {
    Open: { input: nothing, polarity: 'neutral', by: ['CLK'], records: 'Opened', opens: true },
    Tell: {
      input: z.strictObject({ from: z.string() }),
      polarity: 'neutral',
      by: ['SYS'],
      records: 'Told',
    },
  },
  deadlines: {
    answer: {
      code: 'T-ANSWER',
      armedBy: ['Opened'],
      disarmedBy: [],
      dueAt: ({ event, calendar }) => calendar.add(event.occurredAt, { value: 1, unit: 'days' }),
      marks: [1, 2].map((value) => fromDue({ value, unit: 'hours' }, 'CLK')),
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
      name: 'tell once',
      on: ['Missed'],
      commands: ({ caseId }) => [{ name: 'Tell', input: { from: caseId } }],
    },
  ],
  labels: { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} },
});

/** What the test and its workers register. */
export const caseTypes = [worked];
/** A policy: none of its values is read. */
export const policies = [policy];

/** What is due in each case, from its state. */
export const dues: Projection = caseProjection({
  name: 'dues',
  version: 1,
  tables: {
    dues: {
      columns: { caseId: 'text', code: 'text', status: 'text', told: 'integer' },
      key: ['caseId', 'code'],
    },
  },
  rowsOf: ({ caseId, deadlines, context }) => ({
    dues: deadlines.map(({ code, status }) => ({
      caseId, code, status, told: Number(context.told),
    })),
  }),
});

const TOLD = {
  told: { columns: { stream: 'text', types: 'text' }, key: ['stream'] },
} as const;

/** How often each event was recorded, by type and by stream, from the events. */
export const told: Projection = projection({
  name: 'told',
  version: 1,
  tables: TOLD,
  on: Object.fromEntries(
    ['Opened', 'Missed', 'Told', 'DeadlineReached', 'DeadlineEscalated'].map((type) => [
      type,
      ({ event, rows }: ProjectionFold<typeof TOLD>): void => {
        const types = rows.told.get(event.stream)?.types ?? '';
        rows.told.put({ stream: event.stream, types: `${types}${event.position}:${event.type} ` });
      },
    ]),
  ),
});
