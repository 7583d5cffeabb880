// Commands of protection orders: asking for one, and recording what authorities decided.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import { at, harmText, ref } from '../../fields.ts';
import { ordinary } from '../../staff/duties.ts';
import type { Context } from '../context.ts';
import { command, events } from '../head.ts';
import { breachKind, orderKind } from '../parts/kinds.ts';
import { recording, recordingBreach, requesting } from './grants.ts';

const { legalReviewRequired: _asked, ...requested } = events.ProtectionOrderRequested.shape;
const { legalReviewRequired: _made, ...issued } = events.ProtectionOrderIssued.shape;
const served = events.ProtectionOrderServed.shape;
const extended = events.ProtectionOrderExtended.shape;
const revoked = events.ProtectionOrderRevoked.shape;
const breached = events.ProtectionOrderBreached.shape;
const order = { kind: orderKind.kind, field: 'orderId' };

/** What is said of an order where the relation lies outside the statutory family. */
function flagOf({ context }: DecideView<Context>): { readonly legalReviewRequired?: true } {
  return context.matter?.nonStatutoryFamily === true ? { legalReviewRequired: true } : {};
}

/** Commands of protection orders by name. */
export const orderCommands = {
  RequestProtectionOrder: command({
    input: z.strictObject({
      ...requested,
      orderId: ref.exactOptional(),
      requestedBy: requested.requestedBy.default('victim'),
      victimInformed: z.boolean().default(false),
    }),
    polarity: 'protective',
    by: requesting,
    duties: ordinary,
    records: ['ProtectionOrderRequested'],
    decide: (input, view) => [
      {
        type: 'ProtectionOrderRequested',
        data: { ...input, ...flagOf(view), orderId: input.orderId ?? view.id('order') },
      },
    ],
  }),
  RecordProtectionOrderIssued: command({
    input: z.strictObject({
      ...issued,
      issuer: issued.issuer.default('publicProsecution'),
      protected: issued.protected.exactOptional(),
      against: ref.exactOptional(),
      conditions: issued.conditions.exactOptional(),
      citation: issued.citation.default(''),
    }),
    polarity: 'protective',
    by: recording,
    duties: ordinary,
    records: ['ProtectionOrderIssued'],
    part: order,
    decide: (input, view) => {
      const asked = view.parts.one(orderKind, input.orderId)?.context;
      const isTold = input.protected !== undefined && input.conditions !== undefined;
      // Whom it protects and what it forbids stands in the request, or is told with the order.
      if (asked === undefined && !isTold) return { refused: [ENGINE_VIOLATIONS.INPUT_INVALID] };
      return [
        {
          type: 'ProtectionOrderIssued',
          data: {
            ...input,
            ...flagOf(view),
            protected: input.protected ?? [...(asked?.protected ?? [])],
            against: input.against ?? asked?.against ?? 'nobody',
            conditions: input.conditions ?? ([...(asked?.conditions ?? [])] as Conditions),
          },
        },
      ];
    },
  }),
  RecordProtectionOrderRefused: command({
    input: events.ProtectionOrderRefused,
    polarity: 'neutral',
    by: recording,
    duties: ordinary,
    records: 'ProtectionOrderRefused',
    part: order,
  }),
  RecordOrderServed: command({
    input: z.strictObject({
      orderId: ref,
      servedAt: at.exactOptional(),
      method: served.method.default('personal'),
    }),
    polarity: 'protective',
    by: recording,
    duties: ordinary,
    records: ['ProtectionOrderServed'],
    part: order,
    decide: (input, { occurredAt }) => [
      {
        type: 'ProtectionOrderServed',
        data: { ...input, servedAt: input.servedAt ?? occurredAt },
      },
    ],
  }),
  RecordServiceAttemptFailed: command({
    input: z.strictObject({ orderId: ref }),
    polarity: 'neutral',
    by: recording,
    duties: ordinary,
    records: ['ServiceAttemptFailed'],
    part: order,
    decide: ({ orderId }, { parts }) => {
      const attemptNo = (parts.one(orderKind, orderId)?.context.attempts ?? 0) + 1;
      return [{ type: 'ServiceAttemptFailed', data: { orderId, attemptNo } }];
    },
  }),
  RecordOrderExtended: command({
    input: z.strictObject({ ...extended, citation: extended.citation.default('') }),
    polarity: 'protective',
    by: recording,
    duties: ordinary,
    records: 'ProtectionOrderExtended',
    part: order,
  }),
  RecordOrderRevoked: command({
    input: z.strictObject({ ...revoked, at: at.exactOptional() }),
    polarity: 'restricted',
    by: recording,
    duties: ordinary,
    records: ['ProtectionOrderRevoked'],
    part: order,
    decide: (input, { occurredAt }) => [
      { type: 'ProtectionOrderRevoked', data: { ...input, at: input.at ?? occurredAt } },
    ],
  }),
  RecordBreach: command({
    input: z.strictObject({
      ...breached,
      breachId: ref.exactOptional(),
      at: at.exactOptional(),
      conditionsBreached: breached.conditionsBreached.default([]),
      evidence: breached.evidence.default([]),
    }),
    polarity: 'protective',
    by: recordingBreach,
    duties: ordinary,
    records: ['ProtectionOrderBreached'],
    part: order,
    decide: (input, view) => [
      {
        type: 'ProtectionOrderBreached',
        data: {
          ...input,
          breachId: input.breachId ?? view.id('breach'),
          at: input.at ?? view.occurredAt,
        },
      },
    ],
  }),
  ReferBreach: command({
    input: z.strictObject({
      breachId: ref,
      refNo: events.BreachReferred.shape.refNo,
    }),
    polarity: 'protective',
    by: recording,
    duties: ordinary,
    records: ['BreachReferred'],
    part: { kind: breachKind.kind, field: 'breachId' },
    decide: (input) => [{ type: 'BreachReferred', data: { ...input, to: 'publicProsecution' } }],
  }),
  RecordDeadlineDecision: command({
    input: z.strictObject({
      deadline: events.DeadlineDecisionRecorded.shape.deadline,
      orderId: ref.exactOptional(),
      decision: events.DeadlineDecisionRecorded.shape.decision,
      reason: harmText('#victim'),
    }),
    polarity: 'neutral',
    by: requesting,
    duties: ordinary,
    records: 'DeadlineDecisionRecorded',
  }),
};

type Conditions = z.output<typeof issued.conditions>;
