// Protection orders and their breaches: several at once, and none ends because another begins.
import type { Instant } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { t } from '../head.ts';
import { breachKind, orderKind } from './kinds.ts';

/** What became known of an order later may have been decided when it began. */
function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}

const machine = setup({ types: orderKind.types, delays: t.delays });

const issued = machine.createStateConfig({
  on: {
    ProtectionOrderIssued: {
      target: 'inForce',
      actions: assign({
        protected: ({ event }) => event.data.protected,
        against: ({ event }) => event.data.against,
        conditions: ({ event }) => event.data.conditions,
        from: ({ event }) => event.data.from,
        until: ({ event }) => event.data.until,
        firstUntil: ({ event }) => event.data.until,
        issuedAt: ({ event }) => earlier(event.data.from, event.occurredAt),
      }),
    },
  },
});

// What authorities decided may become known only after the order ended here: it is still noted.
const outside = machine.createStateConfig({
  on: {
    ProtectionOrderServed: { actions: assign({ servedAt: ({ event }) => event.data.servedAt }) },
    ProtectionOrderRevoked: {
      target: 'revoked',
      actions: assign({ revokedAt: ({ event }) => event.data.at }),
    },
    ProtectionOrderBreached: { actions: assign({}) },
  },
});

/** The chart of one order. Which one binds at an instant is asked of its instants, not its state. */
export const orderChart = machine.createMachine({
  id: 'order',
  context: ({ input }) => {
    const requested = openedBy(input, 'ProtectionOrderRequested');
    const order = openedBy(input, 'ProtectionOrderIssued');
    return {
      protected: order?.protected ?? requested?.protected ?? [],
      against: order?.against ?? requested?.against ?? '',
      conditions: order?.conditions ?? requested?.conditionsSought ?? [],
      from: order?.from ?? null,
      until: order?.until ?? null,
      firstUntil: order?.until ?? null,
      issuedAt: order ? earlier(order.from, input.event.occurredAt) : null,
      servedAt: null,
      revokedAt: null,
      attempts: 0,
    };
  },
  initial: 'opened',
  states: {
    // An order of the prosecution's own motion begins without a request.
    opened: {
      always: [
        { guard: ({ context }) => context.until === null, target: 'requested' },
        { guard: ({ context }) => context.until !== null, target: 'inForce' },
      ],
    },
    requested: { on: { ...issued.on, ProtectionOrderRefused: 'refused' } },
    refused: { on: issued.on },
    inForce: {
      initial: 'unserved',
      after: { orderExpiry: 'expired' },
      on: {
        ProtectionOrderRevoked: outside.on.ProtectionOrderRevoked,
        ProtectionOrderBreached: outside.on.ProtectionOrderBreached,
        ProtectionOrderExtended: { actions: assign({ until: ({ event }) => event.data.newUntil }) },
      },
      states: {
        unserved: {
          on: {
            ProtectionOrderServed: {
              target: 'served',
              actions: assign({ servedAt: ({ event }) => event.data.servedAt }),
            },
            ServiceAttemptFailed: {
              actions: assign({ attempts: ({ event }) => event.data.attemptNo }),
            },
          },
        },
        served: {},
      },
    },
    expired: {
      on: {
        ...outside.on,
        // The court had extended it in time, and it became known here only now.
        ProtectionOrderExtended: [
          {
            guard: ({ context }) => context.servedAt === null,
            target: 'inForce.unserved',
            actions: assign({ until: ({ event }) => event.data.newUntil }),
          },
          {
            guard: ({ context }) => context.servedAt !== null,
            target: 'inForce.served',
            actions: assign({ until: ({ event }) => event.data.newUntil }),
          },
        ],
      },
    },
    revoked: { on: { ProtectionOrderBreached: outside.on.ProtectionOrderBreached } },
  },
});

/** The chart of one breach: referred to the prosecution, or waiting for it. */
export const breachChart = setup({ types: breachKind.types }).createMachine({
  id: 'breach',
  context: ({ input }) => {
    const data = openedBy(input, 'ProtectionOrderBreached');
    return {
      orderId: data?.orderId ?? '',
      at: data?.at ?? input.event.occurredAt,
      withViolence: data?.withViolence ?? false,
    };
  },
  initial: 'open',
  states: { open: { on: { BreachReferred: 'referred' } }, referred: { type: 'final' } },
});
