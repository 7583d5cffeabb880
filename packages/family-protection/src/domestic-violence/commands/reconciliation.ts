// Commands of reconciliation: the guards, the approval, offers and consents, and what stops it.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import { ref } from '../../fields.ts';
import { conciliating, ordinary } from '../../staff/duties.ts';
import { anyStaff, assessing, consenting } from '../../staff/grants.ts';
import type { Context } from '../context.ts';
import { approvingReconciliation } from '../duties.ts';
import { command, events } from '../head.ts';
import { consentKind, offerKind, offerTo } from '../parts/reconciliation-kinds.ts';
import { readsOf } from '../rules/linked.ts';
import { approving, conducting, judging } from './grants.ts';

const assessed = events.EligibilityAssessed.shape;
const offered = events.ReconciliationOffered.shape;

/** The last offer that was made to a party; where there is none, an id that no offer has. */
function lastOffer(partyId: string, { parts, context }: DecideView<Context>): string {
  const { round } = context.reconciliation;
  return offerTo(parts, partyId, round)?.id ?? `${partyId}-0`;
}

/** The next id of a part that a party has several of. */
function nextId(partyId: string, earlier: readonly { context: { partyId: string } }[]): string {
  return `${partyId}-${earlier.filter(({ context }) => context.partyId === partyId).length + 1}`;
}

/** Commands about eligibility and consent. */
export const reconciliationCommands = {
  CompleteViolenceScreening: command({
    input: events.ViolenceScreeningCompleted,
    polarity: 'protective',
    by: assessing,
    duties: ordinary,
    records: 'ViolenceScreeningCompleted',
  }),
  AssessEligibility: command({
    input: z.strictObject({
      participants: assessed.participants,
      guards: assessed.guards,
      capacityConfirmed: assessed.capacityConfirmed,
      interpretersArranged: assessed.interpretersArranged,
      conciliator: assessed.conciliator,
      competencyChecked: assessed.competencyChecked,
      conflictChecked: assessed.conflictChecked,
      noHouseholdFound: assessed.noHouseholdFound,
    }),
    polarity: 'restricted',
    by: judging,
    duties: conciliating,
    reads: readsOf,
    recheckSuffices: true,
    records: ['EligibilityAssessed'],
    decide: (input) => {
      const eligible = Object.values(input.guards).every(Boolean);
      return [{ type: 'EligibilityAssessed', data: { ...input, eligible } }];
    },
  }),
  ApproveReconciliation: command({
    input: z.strictObject({ ppApprovalRef: ref.exactOptional() }),
    polarity: 'restricted',
    by: approving,
    duties: approvingReconciliation,
    records: ['ReconciliationApproved'],
    decide: (input, { actor }) => [
      { type: 'ReconciliationApproved', data: { ...input, approver: actor.staff } },
    ],
  }),
  OfferReconciliation: command({
    input: z.strictObject({
      /** All who would take part, or whoever has to be asked again. */
      parties: z.array(ref).min(1).max(12),
      participants: offered.participants.exactOptional(),
      offeredSeparately: z.literal(true),
    }),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    reads: readsOf,
    recheckSuffices: true,
    records: ['ReconciliationOffered'],
    decide: ({ parties, offeredSeparately, participants }, view) => {
      const { round, participants: judged } = view.context.reconciliation;
      const together = [...new Set([...(participants ?? judged), ...parties])];
      // Nobody has been found to take part yet: there is no one to offer it with.
      if (together.length < 2) return { refused: [ENGINE_VIOLATIONS.INVALID_TRANSITION] };
      return [...new Set(parties)].map((partyId) => ({
        type: 'ReconciliationOffered',
        data: {
          offerId: nextId(partyId, view.parts.all(offerKind)),
          partyId,
          participants: together,
          round,
          offeredSeparately,
        },
      }));
    },
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
      const { partyId } = input;
      const data = {
        ...input,
        offerId: lastOffer(partyId, view),
        consentId: nextId(partyId, view.parts.all(consentKind)),
        round: view.context.reconciliation.round,
        purpose: 'reconciliation' as const,
        expiresAt: view.calendar.add(view.occurredAt, view.policy.duration('T-REC-CONS')),
      };
      return [{ type: 'PartyConsented', data }];
    },
  }),
  RecordPartyDeclined: command({
    input: z.strictObject({ partyId: ref }),
    polarity: 'protective',
    by: anyStaff,
    duties: ordinary,
    records: ['PartyDeclined'],
    decide: ({ partyId }, view) => [
      { type: 'PartyDeclined', data: { partyId, offerId: lastOffer(partyId, view) } },
    ],
  }),
  WithdrawReconciliationConsent: command({
    input: z.strictObject({ partyId: ref }),
    polarity: 'protective',
    by: anyStaff,
    duties: ordinary,
    records: ['ReconciliationConsentWithdrawn'],
    decide: ({ partyId }, { parts }) => {
      const own = parts
        .all(consentKind)
        .filter(({ context }) => context.partyId === partyId)
        .findLast((consent) => !consent.in('withdrawn'));
      if (!own) return { refused: [ENGINE_VIOLATIONS.PART_UNKNOWN] };
      return [{ type: 'ReconciliationConsentWithdrawn', data: { consentId: own.id, partyId } }];
    },
  }),
  ResumeReconciliation: command({
    input: z.strictObject({}),
    polarity: 'restricted',
    by: ['SUP'],
    duties: ordinary,
    records: ['ReconciliationResumed'],
    decide: (_, { actor }) => [
      { type: 'ReconciliationResumed', data: { approver: actor.staff } },
    ],
  }),
  FailReconciliation: command({
    input: events.ReconciliationFailed,
    polarity: 'neutral',
    by: judging,
    duties: ordinary,
    records: 'ReconciliationFailed',
  }),
};
