// Commands of mediation: offers, consents and sessions.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { conciliating, ordinary } from '../../staff/duties.ts';
import { sessionCommandsFor } from '../../conciliation/commands.ts';
import { ref } from '../../fields.ts';
import { command } from '../head.ts';
import { partsIn } from '../../parts.ts';
import { consentKind, offerKind } from '../parts/kinds.ts';
import { readsOf } from '../rules/linked.ts';
import { anyStaff, conducting, consenting } from '../../staff/grants.ts';

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
    reads: readsOf,
    recheckSuffices: true,
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
    reads: readsOf,
    recheckSuffices: true,
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
export const sessionCommands = sessionCommandsFor<Context>({
  conducting,
  round: ({ round }) => round,
  reads: readsOf,
});
