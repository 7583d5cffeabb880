// A small case type of the test kit's own: a permit that is asked for, answered and inspected.
import { assign, setup } from 'xstate';
import { caseType, definePolicy, fromDue, sensitive, type Policy } from '@himaya/engine';
import { z } from 'zod';

const text = (en: string, ar: string) => ({ en, ar });

const t = caseType({
  name: 'test.permit',
  version: '1.0.0',
  title: text('Permit', 'تصريح'),
  context: z.object({ asked: z.number(), askedBy: z.string() }),
  events: {
    Asked: z.strictObject({
      what: z.string(),
      who: sensitive(z.string(), { subject: '#applicant', class: 'personal' }),
    }),
    Explained: z.strictObject({ words: z.string() }),
    Granted: z.strictObject({ itemId: z.string(), until: z.string() }),
    Inspected: z.strictObject({ itemId: z.string(), isGood: z.boolean() }),
    Closed: z.strictObject({}),
    Noted: z.strictObject({ about: z.string() }),
  },
});
const item = t.part<{ until: string; visits: number }>('item');

const rules = t.rules({
  short: t.rule(['Asked'], {
    code: 'TOO_LONG',
    invariant: 'INV-2',
    text: text('What is asked for must be short.', 'يجب أن يكون الطلب قصيرا.'),
    citation: { source: 'Rules of the test, 1' },
    discloses: 'nothing',
    holds: ({ event, policy }) => event.data.what.length <= policy.number('what.lengthMax'),
  }),
  few: t.rule({
    code: 'TOO_MANY',
    invariant: 'INV-1',
    text: text('It was asked for too often.', 'تكرر الطلب أكثر من اللازم.'),
    citation: null,
    discloses: 'nothing',
    holds: ({ context }) => context.asked < 2,
  }),
});

const chart = setup({ types: t.types }).createMachine({
  id: 'permit',
  context: { asked: 0, askedBy: '' },
  initial: 'open',
  on: { Noted: { actions: assign({}) } },
  states: {
    open: {
      initial: 'fresh',
      on: {
        Asked: {
          guard: rules.allOf('few'),
          actions: assign({
            asked: ({ context }) => context.asked + 1,
            askedBy: ({ event }) => event.actor.staff,
          }),
          target: '.asked',
        },
        Closed: 'closed',
      },
      states: { fresh: {}, asked: { on: { Granted: 'granted' } }, granted: {} },
    },
    closed: {},
  },
});

const itemChart = setup({ types: item.types }).createMachine({
  id: 'item',
  context: ({ input }) => ({
    until: input.event.type === 'Granted' ? input.event.data.until : '',
    visits: 0,
  }),
  initial: 'live',
  states: {
    live: {
      on: {
        Inspected: {
          target: 'seen',
          actions: assign({ visits: ({ context }) => context.visits + 1 }),
        },
      },
    },
    seen: { type: 'final' },
  },
});

const refusedByDecision = {
  code: 'PAST_DATE',
  text: text('It would end before it begins.', 'ينتهي قبل أن يبدأ.'),
};

/** The permit. */
export const permit = t.define({
  chart,
  requires: { Asked: rules.allOf('short') },
  commands: {
    Ask: {
      input: z.strictObject({ what: z.string().min(1), who: z.string() }),
      polarity: 'neutral',
      by: ['CLK'],
      records: 'Asked',
      opens: true,
    },
    Grant: {
      input: z.strictObject({ days: z.int().min(-9), kind: z.enum(['day', 'night']) }),
      polarity: 'restricted',
      by: ['SUP'],
      duties: [
        t.duty({
          code: 'OWN_REQUEST',
          text: text('Nobody grants their own request.', 'لا يمنح أحد طلبه.'),
          citation: null,
          discloses: 'nothing',
          holds: ({ context, actor }) => context.askedBy !== actor.staff,
        }),
      ],
      records: ['Granted'],
      decide: (input, view) =>
        input.days < 0
          ? { refused: [refusedByDecision] }
          : [
              {
                type: 'Granted',
                data: { itemId: view.id('item'), until: `${input.days} ${input.kind}s` },
              },
            ],
    },
    Inspect: {
      input: z.strictObject({ itemId: z.string().length(26), isGood: z.boolean() }),
      polarity: 'neutral',
      by: ['CLK', 'SUP'],
      records: 'Inspected',
      part: { kind: 'item', field: 'itemId' },
    },
    Close: { input: z.strictObject({}), polarity: 'neutral', by: ['SUP'], records: 'Closed' },
  },
  parts: {
    item: {
      chart: itemChart,
      key: (event) =>
        event.type === 'Granted' || event.type === 'Inspected' ? event.data.itemId : '',
      opens: ['Granted'],
      on: ['Inspected'],
    },
  },
  deadlines: {
    answerDue: {
      code: 'T-ANSWER',
      armedBy: ['Asked'],
      disarmedBy: ['Granted', 'Closed'],
      dueAt: ({ event, policy, calendar }) =>
        calendar.add(event.occurredAt, policy.duration('answer')),
      marks: [fromDue({ value: 1, unit: 'days' }, 'SUP')],
    },
    inspectionDue: {
      code: 'T-INSPECT',
      part: 'item',
      armedBy: ['Granted'],
      disarmedBy: ['Inspected', 'Closed'],
      dueAt: ({ event, calendar }) => calendar.add(event.occurredAt, { value: 10, unit: 'days' }),
    },
  },
  consequences: [
    { name: 'note', on: ['Closed'], record: () => [{ type: 'Noted', data: { about: 'end' } }] },
  ],
  labels: {
    commands: {
      Ask: text('Ask', 'طلب'),
      Grant: text('Grant', 'منح'),
      Inspect: text('Inspect', 'معاينة'),
      Close: text('Close', 'إغلاق'),
    },
    events: { Asked: text('Asked for', 'قدم الطلب'), Granted: text('Granted', 'منح') },
    states: {},
    deadlines: { 'T-ANSWER': text('Answer due', 'موعد الرد') },
    parts: {},
    roles: { CLK: text('Clerk', 'كاتب'), SUP: text('Supervisor', 'مشرف') },
  },
});

/** A policy for the permit. */
export const baseline: Policy = definePolicy({
  name: 'baseline',
  version: '1.0.0',
  effectiveFrom: '2027-01-01T00:00:00.000Z',
  title: text('Baseline', 'الأساس'),
  calendar: {
    timeZone: 'Asia/Bahrain',
    utcOffsetMinutes: 180,
    weekend: ['friday', 'saturday'],
    holidays: [],
    workingHours: { from: '07:00', to: '14:15' },
    citation: null,
  },
  values: {
    answer: {
      value: 3,
      unit: 'workingDays',
      direction: 'tightenLower',
      citation: null,
      title: text('Answer', 'الرد'),
    },
    'what.lengthMax': {
      value: 10,
      unit: 'count',
      direction: 'fixed',
      citation: null,
      title: text('Length', 'الطول'),
    },
  },
});
