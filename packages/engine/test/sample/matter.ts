// A made-up case type that uses every part of the definition language; no office works like this.
import { assign, setup } from 'xstate';
import { z } from 'zod';
import {
  caseType,
  fromArming,
  fromDue,
  hasElapsed,
  instant,
  momentOf,
  waitStart,
  type CaseType,
  type Moment,
} from '../../src/index.ts';

export { policy } from './policy.ts';

export const text = (en: string) => ({ en, ar: `نص: ${en}` });
const id = z.string().min(1);

const context = z.object({
  asked: z.number(),
  incidents: z.number(),
  proposer: z.string(),
  assigned: z.array(z.string()),
  successor: z.string(),
  offered: z.custom<Moment>().nullable(),
});

export const t = caseType({
  name: 'test.matter',
  version: '1.0.0',
  title: text('Matter'),
  context,
  events: {
    Opened: z.strictObject({ title: z.string() }),
    Assigned: z.strictObject({ staff: id }),
    Noted: z.strictObject({ note: z.string() }),
    IncidentRecorded: z.strictObject({ incident: id }),
    Responded: z.strictObject({}),
    OfferMade: z.strictObject({}),
    ConsentGiven: z.strictObject({}),
    OrderRequested: z.strictObject({ orderId: id }),
    OrderIssued: z.strictObject({ orderId: id, until: z.string() }),
    OrderExtended: z.strictObject({ orderId: id, until: z.string() }),
    OrderRevoked: z.strictObject({ orderId: id }),
    SessionScheduled: z.strictObject({ sessionId: id }),
    SessionCancelled: z.strictObject({ sessionId: id, because: z.string() }),
    Burst: z.strictObject({ left: z.number() }),
    HelpGiven: z.strictObject({ helpId: id, what: z.string() }),
    ClosureProposed: z.strictObject({}),
    Closed: z.strictObject({}),
    Reopened: z.strictObject({}),
    Merged: z.strictObject({ into: id }),
    Linked: z.strictObject({ other: id }),
  },
  delays: ['orderExpiry'],
});

export const order = t.part<{ until: string }>('order');
export const session = t.part<Record<string, never>>('session');
export const help = t.part<{ what: string }>('help');

const orderChart = setup({ types: order.types, delays: t.delays }).createMachine({
  id: 'order',
  context: { until: '' },
  initial: 'requested',
  states: {
    requested: {
      on: {
        OrderIssued: {
          target: 'issued',
          actions: assign({ until: ({ event }) => event.data.until }),
        },
        OrderRevoked: 'revoked',
      },
    },
    issued: {
      after: { orderExpiry: 'expired' },
      on: {
        OrderRevoked: 'revoked',
        OrderExtended: { actions: assign({ until: ({ event }) => event.data.until }) },
      },
    },
    expired: {},
    revoked: { type: 'final' },
  },
});

const sessionChart = setup({ types: session.types }).createMachine({
  id: 'session',
  context: {},
  initial: 'scheduled',
  states: {
    scheduled: { on: { SessionCancelled: 'cancelled' } },
    cancelled: { type: 'final' },
  },
});

const helpChart = setup({ types: help.types }).createMachine({
  id: 'help',
  context: ({ input }) => ({
    what: input.event.type === 'HelpGiven' ? input.event.data.what : '',
  }),
  initial: 'running',
  states: { running: { on: { Closed: 'ended' } }, ended: { type: 'final' } },
});

export const rules = t.rules({
  notTooOften: t.rule(['Noted'], {
    code: 'ASKED_TOO_OFTEN',
    invariant: 'INV-99',
    text: text('too often'),
    citation: { source: 'sample' },
    discloses: 'detail',
    detail: ({ context: { asked } }) => ({ asked }),
    holds: ({ context: { asked }, policy: values }) => asked < values.number('askedMax'),
  }),
  noteIsNotEmpty: t.rule(['Noted'], {
    code: 'NOTE_EMPTY',
    text: text('empty'),
    citation: null,
    discloses: 'nothing',
    detail: ({ event }) => ({ note: event.data.note }),
    holds: ({ event }) => event.data.note.trim() !== '',
  }),
  noBlockingOrder: t.rule(['SessionScheduled', 'OfferMade'], {
    code: 'BLOCKED_BY_ORDER',
    invariant: 'INV-01',
    text: text('an order is in force'),
    citation: null,
    discloses: 'nothing',
    holds: ({ parts }) =>
      !parts.all(order).some((one) => one.in('requested') || one.in('issued')),
  }),
  otherHasNoOrder: t.rule(['SessionScheduled'], {
    code: 'BLOCKED_ELSEWHERE',
    invariant: 'INV-33',
    text: text('an order is in force in a linked case'),
    citation: null,
    discloses: 'nothing',
    holds: ({ reads }) =>
      reads.all.every(({ parts }) => !parts.all(order).some((one) => one.in('issued'))),
  }),
  cooledOff: t.rule(['ConsentGiven'], {
    code: 'COOLING_OFF_NOT_ELAPSED',
    invariant: 'INV-35',
    text: text('cooling off'),
    citation: null,
    discloses: 'nothing',
    holds: ({ context: { offered }, event, policy: values, calendar }) =>
      offered !== null &&
      hasElapsed(calendar, waitStart(offered), values.duration('coolingOff'), event.occurredAt),
  }),
  open: t.rule(['IncidentRecorded'], {
    code: 'MATTER_CLOSED',
    text: text('closed'),
    citation: null,
    discloses: 'nothing',
    holds: (view) => view.in('lifecycle.open'),
  }),
});

const approverIsNotProposer = t.duty({
  code: 'SEPARATION_OF_DUTIES',
  invariant: 'INV-21',
  text: text('someone else must approve'),
  citation: null,
  discloses: 'nothing',
  holds: ({ context: { proposer }, actor }) => actor.staff !== proposer,
});

const counting = setup({ types: t.types });

/** The target is written out in both states: a region that re-enters itself would reset the others. */
function alarm() {
  return {
    target: 'alarmed',
    actions: counting.assign({ incidents: ({ context: c }) => c.incidents + 1 }),
  } as const;
}

const offerActions = counting.assign({ offered: ({ event }) => momentOf(event) });

function talks() {
  return {
    initial: 'none' as const,
    states: {
      none: {
        on: {
          OfferMade: { target: 'offered' as const, actions: offerActions },
        },
      },
      offered: { on: { ConsentGiven: 'agreed' as const } },
      agreed: {},
    },
  };
}

/** The chart of the sample; `counted` other than 1 is the same structure with a changed past. */
export function matterChart(counted = 1) {
  return setup({ types: t.types, delays: t.delays }).createMachine({
    id: 'matter',
    type: 'parallel',
    context: { asked: 0, incidents: 0, proposer: '', assigned: [], successor: '', offered: null },
    on: { HelpGiven: { actions: assign({}) } },
    states: {
      lifecycle: {
        initial: 'draft',
        states: {
          draft: { on: { Opened: 'open' } },
          open: {
            on: {
              Assigned: {
                actions: assign({
                  assigned: ({ context: c, event }) => [...c.assigned, event.data.staff],
                }),
              },
              Noted: {
                guard: rules.allOf('notTooOften'),
                actions: assign({ asked: ({ context: c }) => c.asked + counted }),
              },
              ClosureProposed: {
                target: 'review',
                actions: assign({ proposer: ({ event }) => event.actor.staff }),
              },
              Merged: {
                target: 'merged',
                actions: assign({ successor: ({ event }) => event.data.into }),
              },
              Linked: { actions: assign({}) },
              Burst: { actions: assign({}) },
            },
          },
          review: { on: { Closed: 'closed' } },
          closed: { on: { Reopened: 'open' } },
          merged: {},
        },
      },
      safety: {
        initial: 'calm',
        states: {
          calm: { on: { Noted: { actions: assign({}) }, IncidentRecorded: alarm() } },
          alarmed: { on: { Responded: 'calm', IncidentRecorded: { ...alarm(), reenter: true } } },
        },
      },
      talks: talks(),
    },
  });
}

const clerk = ['CLK', 'SUP', 'SYS'] as const;
const orderId = z.strictObject({ orderId: id });

/** The body of the definition, so that tests can define variants of it. */
export const matterSpec = {
  chart: matterChart(),
  requires: {
    Noted: rules.allOf('noteIsNotEmpty'),
    OfferMade: rules.allOf('noBlockingOrder'),
    SessionScheduled: rules.allOf('noBlockingOrder', 'otherHasNoOrder'),
    ConsentGiven: rules.allOf('cooledOff'),
    IncidentRecorded: rules.allOf('open'),
  },
  commands: {
    Open: command(z.strictObject({ title: z.string() }), 'Opened', { opens: true }),
    Assign: command(z.strictObject({ staff: id }), 'Assigned'),
    Note: command(z.strictObject({ note: z.string() }), 'Noted'),
    RecordIncident: command(z.strictObject({ incident: id }), 'IncidentRecorded'),
    Respond: command(z.strictObject({}), 'Responded'),
    Offer: command(z.strictObject({}), 'OfferMade', { polarity: 'restricted' }),
    Consent: command(z.strictObject({}), 'ConsentGiven', { polarity: 'restricted' }),
    RequestOrder: command(orderId, 'OrderRequested', { polarity: 'protective', part: ORDER() }),
    IssueOrder: command(orderId.extend({ until: z.string() }), 'OrderIssued', {
      polarity: 'protective',
      part: ORDER(),
    }),
    ExtendOrder: command(orderId.extend({ until: z.string() }), 'OrderExtended', {
      polarity: 'protective',
      part: ORDER(),
    }),
    RevokeOrder: command(orderId, 'OrderRevoked', { polarity: 'restricted', part: ORDER() }),
    ScheduleSession: {
      ...command(
        z.strictObject({ sessionId: id, other: z.string().optional() }),
        'SessionScheduled',
      ),
      polarity: 'restricted' as const,
      reads: (input: { readonly other?: string | undefined }) =>
        input.other === undefined ? [] : [`case-${input.other}`],
      decide: ({ sessionId }: { readonly sessionId: string }) => [
        { type: 'SessionScheduled' as const, data: { sessionId } },
      ],
    },
    Burst: command(z.strictObject({ left: z.number() }), 'Burst'),
    Help: {
      ...command(z.strictObject({ what: z.string() }), 'HelpGiven'),
      polarity: 'protective' as const,
      emergency: true as const,
      decide: ({ what }: { readonly what: string }, view: { id(label: string): string }) => [
        { type: 'HelpGiven' as const, data: { helpId: view.id('help'), what } },
      ],
    },
    ProposeClosure: {
      ...command(z.strictObject({}), 'ClosureProposed'),
      by: [{ role: 'CLK', assigned: true as const }, 'SUP'],
    },
    Close: {
      ...command(z.strictObject({}), 'Closed'),
      by: ['SUP'],
      duties: [approverIsNotProposer],
    },
    Reopen: command(z.strictObject({}), 'Reopened'),
    Merge: command(z.strictObject({ into: id }), 'Merged'),
    Link: command(z.strictObject({ other: id }), 'Linked'),
  },
  parts: {
    order: {
      chart: orderChart,
      key: (event: never) => (event as { data: { orderId: string } }).data.orderId,
      opens: ['OrderRequested'],
      on: ['OrderIssued', 'OrderExtended', 'OrderRevoked'],
    },
    session: {
      chart: sessionChart,
      key: (event: never) => (event as { data: { sessionId: string } }).data.sessionId,
      opens: ['SessionScheduled'],
      on: ['SessionCancelled'],
    },
    help: {
      chart: helpChart,
      key: (event: never) => (event as { data: { helpId: string } }).data.helpId,
      opens: ['HelpGiven'],
      on: [],
      hears: ['Closed'],
    },
  },
  deadlines: {
    responseDue: {
      code: 'T-RESPONSE',
      armedBy: ['IncidentRecorded'],
      disarmedBy: ['Responded', 'HelpGiven'],
      dueAt: ({ event, policy: values, calendar }: DueView) =>
        calendar.add(event.occurredAt as never, values.duration('response')),
      marks: [
        fromArming({ value: 1, unit: 'days' }, 'SUP'),
        fromDue({ value: 1, unit: 'hours' }, 'HEAD'),
        fromDue({ value: 1, unit: 'days' }, 'POL'),
      ],
    },
    orderExpiry: {
      code: 'T-ORDER',
      part: 'order',
      armedBy: ['OrderIssued'],
      movedBy: ['OrderExtended'],
      disarmedBy: ['OrderRevoked'],
      dueAt: ({ event }: DueView) => instant((event as { data: { until: string } }).data.until),
    },
    reviewDue: {
      code: 'T-REVIEW',
      armedBy: ['Opened', 'Reopened'],
      disarmedBy: ['Closed'],
      dueAt: ({ event, policy: values, calendar }: DueView) =>
        calendar.add(event.occurredAt as never, values.duration('review')),
    },
  },
  consequences: [
    {
      name: 'an order cancels sessions',
      on: ['OrderIssued'],
      record: ({
        parts,
      }: {
        parts: { all(kind: unknown): readonly { id: string; status: string }[] };
      }) =>
        parts
          .all(session)
          .filter(({ status }) => status === 'active')
          .map(({ id: sessionId }) => ({
            type: 'SessionCancelled' as const,
            data: { sessionId, because: 'order' },
          })),
    },
    {
      name: 'a missed review is linked',
      on: ['DeadlineReached'],
      when: ({ event }: { event: { data: unknown } }) =>
        (event.data as { code: string }).code === 'T-REVIEW',
      record: () => [{ type: 'Linked' as const, data: { other: 'review' } }],
    },
    {
      name: 'a burst goes on',
      on: ['Burst'],
      when: ({ event }: { event: { data: unknown } }) =>
        (event.data as { left: number }).left > 0,
      record: ({ event }: { event: { data: unknown } }) => [
        { type: 'Burst' as const, data: { left: (event.data as { left: number }).left - 1 } },
      ],
    },
  ],
  reactions: [
    {
      name: 'note the merge in the successor',
      on: ['Merged'],
      commands: ({ event }: { event: { data: unknown } }) => {
        const { into } = event.data as { into: string };
        return into
          .split(',')
          .map((caseId) => ({ name: 'Note', caseId, input: { note: 'merged here' } }));
      },
    },
  ],
  invariants: [
    {
      code: 'SESSION_UNDER_ORDER',
      invariant: 'INV-01',
      text: text('a session and an order'),
      holds: ({
        parts,
      }: {
        parts: { all(kind: unknown): readonly { status: string; in(s: string): boolean }[] };
      }) =>
        !(
          parts.all(session).some(({ status }) => status === 'active') &&
          parts.all(order).some((one) => one.in('issued'))
        ),
    },
  ],
  assignees: (c: { assigned: readonly string[] }) => c.assigned,
  successor: (c: { successor: string }) => (c.successor === '' ? undefined : c.successor),
  labels: { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} },
};

interface DueView {
  readonly event: { readonly occurredAt: string; readonly data: unknown };
  readonly policy: { duration(key: string): never };
  readonly calendar: { add(at: never, duration: never): never };
}

function ORDER() {
  return { kind: 'order', field: 'orderId' } as const;
}

function command<
  Input extends z.ZodType,
  const Records extends string,
  const More extends object,
>(input: Input, records: Records, more: More = {} as More) {
  return {
    input,
    polarity: 'neutral' as 'neutral' | 'protective' | 'restricted',
    by: clerk as readonly string[],
    records,
    ...more,
  };
}

/** The sample case type; `change` makes a variant of its definition. */
export function defineMatter(
  change: (spec: typeof matterSpec) => object = (spec) => spec,
): CaseType {
  return t.define(change(matterSpec) as never);
}

/** The same case type under another version, or another name. */
export function matterVersion(
  version: string,
  change: (spec: typeof matterSpec) => object = (spec) => spec,
  more: { readonly policy?: string; readonly name?: string } = {},
): CaseType {
  const head = {
    name: 'test.matter',
    ...more,
    version,
    title: text('Matter'),
    context,
    events: defineMatter().events,
    delays: ['orderExpiry'] as const,
  };
  return caseType(head).define(change(matterSpec) as never);
}

export const matter = defineMatter();
