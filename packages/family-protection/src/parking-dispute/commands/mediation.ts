// Commands of mediation: offers, consents and sessions.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { conciliating, ordinary } from '../../staff/duties.ts';
import { at, ref } from '../../fields.ts';
import { command, events } from '../head.ts';
import { partsIn } from '../../parts.ts';
import { consentKind, offerKind, sessionKind } from '../parts/kinds.ts';
import { anyStaff, conducting, consenting } from '../../staff/grants.ts';

const scheduled = events.ReconciliationSessionScheduled.shape;
const part = { kind: sessionKind.kind, field: 'sessionId' };

function offersTo(partyId: string, { parts }: DecideView<Context>): number {
  return parts.all(offerKind).filter(({ context }) => context.partyId === partyId).length;
}

/** The last offer that was made to a party; `F-0` exists never. */
function lastOffer(partyId: string, view: DecideView<Context>): string {
  return `${partyId}-${offersTo(partyId, view)}`;
}

/** Commands about offers and consents. */
export const consentCommands = {
  OfferMediation: command({
    input: z.strictObject({
      parties: z.array(ref).min(1).max(12),
      offeredSeparately: z.literal(true),
    }),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    records: ['MediationOffered'],
    decide: ({ parties, offeredSeparately }, view) =>
      [...new Set(parties)].map((partyId) => ({
        type: 'MediationOffered',
        data: {
          offerId: `${partyId}-${offersTo(partyId, view) + 1}`,
          partyId,
          round: view.context.round,
          offeredSeparately,
        },
      })),
  }),
  RecordPartyConsent: command({
    input: z.strictObject({
      partyId: ref,
      capacityConfirmed: z.literal(true),
      informed: z.boolean(),
      obtainedPrivately: z.boolean(),
    }),
    polarity: 'restricted',
    by: consenting,
    duties: ordinary,
    records: ['PartyConsented'],
    decide: (input, view) => {
      const offerId = lastOffer(input.partyId, view);
      const expiresAt = view.calendar.add(view.occurredAt, view.policy.duration('T-REC-CONS'));
      const purpose = 'mediation' as const;
      const given = view.parts
        .all(consentKind)
        .filter(({ context }) => context.partyId === input.partyId && context.purpose === purpose);
      const consentId = `${input.partyId}-${given.length + 1}`;
      const data = { ...input, offerId, consentId, purpose };
      return [{ type: 'PartyConsented', data: { ...data, expiresAt } }];
    },
  }),
  RecordPartyDeclined: command({
    input: z.strictObject({ partyId: ref }),
    polarity: 'protective',
    by: [...consenting, 'CP'],
    duties: ordinary,
    records: ['PartyDeclined'],
    decide: ({ partyId }, view) => [
      { type: 'PartyDeclined', data: { partyId, offerId: lastOffer(partyId, view) } },
    ],
  }),
  WithdrawConsent: command({
    input: z.strictObject({ partyId: ref, purpose: z.enum(['mediation', 'shareWith']) }),
    polarity: 'protective',
    by: anyStaff,
    duties: ordinary,
    records: ['ConsentWithdrawn'],
    decide: ({ partyId, purpose }, { parts }) => {
      const own = partsIn(parts.all(consentKind), 'given', 'expired', 'used', 'lapsed').filter(
        ({ context }) => context.partyId === partyId && context.purpose === purpose,
      );
      if (own.length === 0) return { refused: [ENGINE_VIOLATIONS.PART_UNKNOWN] };
      return own.map(({ id }) => ({
        type: 'ConsentWithdrawn',
        data: { consentId: id, partyId },
      }));
    },
  }),
};

/** Commands about sessions. */
export const sessionCommands = {
  ScheduleSession: command({
    input: z
      .strictObject({
        sessionId: ref.exactOptional(),
        mode: scheduled.mode,
        roomId: ref,
        attendees: scheduled.attendees,
        start: at,
        end: at,
      })
      .refine(({ start, end }) => start < end, 'a session ends after it has begun'),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    records: ['ReconciliationSessionScheduled'],
    decide: (input, view) => {
      const seq = view.parts.all(sessionKind).length + 1;
      const data = { ...input, sessionId: input.sessionId ?? view.id('session'), seq };
      const { round } = view.context;
      return [
        {
          type: 'ReconciliationSessionScheduled',
          data: { ...data, round, conciliator: view.actor.staff },
        },
      ];
    },
  }),
  HoldSession: command({
    input: z.strictObject({ sessionId: ref, attendees: events.SessionHeld.shape.attendees }),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    records: ['SessionHeld'],
    part,
    decide: (input, { actor }) => [
      { type: 'SessionHeld', data: { ...input, conciliator: actor.staff } },
    ],
  }),
  AdjournSession: command({
    input: events.SessionAdjourned,
    polarity: 'neutral',
    by: [...conducting, 'SUP'],
    duties: ordinary,
    records: 'SessionAdjourned',
    part,
  }),
  CancelSession: command({
    input: events.SessionCancelled,
    polarity: 'protective',
    by: [...conducting, 'SUP'],
    duties: ordinary,
    records: 'SessionCancelled',
    part,
  }),
  TerminateSession: command({
    input: events.SessionTerminatedForSafety,
    polarity: 'protective',
    by: anyStaff,
    duties: ordinary,
    records: 'SessionTerminatedForSafety',
    part,
  }),
};
