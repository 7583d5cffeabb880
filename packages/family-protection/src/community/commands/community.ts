// Commands of screening, site visits and referrals.
import { z } from 'zod';
import type { DecideView } from '@himaya/engine';
import type { Context } from '../context.ts';
import { command, events } from '../head.ts';
import { investigating, ordinary } from '../../staff/duties.ts';
import { at, compoundRef, ref, relation, screeningResult } from '../../fields.ts';
import { isKin, isKinAtTable, wasStranger } from '../kinship.ts';
import { consentKind, referralKind } from '../parts/kinds.ts';
import { following, patrolling, planning, screening, sharing } from '../../staff/grants.ts';
import { assessing, consenting } from '../../staff/grants.ts';

const referral = events.PartnerReferralMade.shape;
const sharingConsent = events.ConsentGranted.shape;

/** Whoever is family of the complainant, and the complainant, are each screened for violence. */
function whomToScreen(view: DecideView<Context>, areKin: boolean): string[] {
  const kin = view.policy.list('screening.kinRelations');
  return Object.entries(view.context.parties).flatMap(([id, party]) => {
    const isPair = party.role === 'complainant' || (areKin && party.role === 'respondent');
    return !party.isChild && (isPair || isKin(party, kin)) ? [id] : [];
  });
}

/** Commands of screening and verification. */
export const verificationCommands = {
  ScreenHiddenHarm: command({
    input: z.strictObject({ result: screeningResult, relationBetweenParties: relation }),
    polarity: 'protective',
    by: screening,
    duties: ordinary,
    records: ['HiddenHarmScreened'],
    decide: (input, view) => {
      const kin = view.policy.list('screening.kinRelations');
      const areKin = kin.includes(input.relationBetweenParties);
      const everyone = Object.values(view.context.parties);
      const anyKin = everyone.some((one) => isKinAtTable(one, kin));
      // Without a complainant nobody could say how anyone stands to them.
      const hasComplainant = everyone.some(({ role }) => role === 'complainant');
      const anyStranger = everyone.some((one) => wasStranger(view.context, one));
      const isDoubtful = input.result === 'unsure' || input.relationBetweenParties === 'unknown';
      const isFeared = view.context.concerns.length > 0 || view.context.immediateDanger;
      const isAsked = hasComplainant && anyStranger;
      const isRequired = areKin || anyKin || isAsked || isDoubtful || isFeared;
      return [
        {
          type: 'HiddenHarmScreened',
          data: {
            ...input,
            violenceScreeningRequired: isRequired,
            toScreen: isRequired ? whomToScreen(view, areKin || isDoubtful || isFeared) : [],
          },
        },
      ];
    },
  }),
  CompleteViolenceScreening: command({
    input: events.ViolenceScreeningCompleted,
    polarity: 'protective',
    by: assessing,
    duties: ordinary,
    records: 'ViolenceScreeningCompleted',
  }),
  PlanSiteVisit: command({
    input: z.strictObject({ plannedFor: at, patrolId: ref }),
    polarity: 'neutral',
    by: planning,
    duties: ordinary,
    records: 'SiteVisitPlanned',
  }),
  CompleteSiteVisit: command({
    input: events.SiteVisitCompleted,
    polarity: 'neutral',
    by: patrolling,
    duties: investigating,
    records: 'SiteVisitCompleted',
  }),
};

/** The respondent on whose consent a referral rests: it is about them, and about nobody else. */
function ownerOf(
  basis: z.output<typeof referral.basis>,
  { parts, context }: DecideView<Context>,
): string[] | undefined {
  if (basis.kind !== 'consent') return undefined;
  const owner = parts.one(consentKind, basis.consentId)?.context.partyId;
  return owner !== undefined && context.parties[owner]?.role === 'respondent' ? [owner] : undefined;
}

/** Commands of referrals to partners. */
export const referralCommands = {
  RecordSharingConsent: command({
    input: z.strictObject({
      partyId: ref,
      recipients: sharingConsent.recipients,
      scopeFields: sharingConsent.scopeFields,
      capacityConfirmed: z.literal(true),
      informed: z.boolean(),
      obtainedPrivately: z.boolean(),
      consentId: compoundRef.exactOptional(),
    }),
    polarity: 'neutral',
    by: consenting,
    duties: ordinary,
    records: ['ConsentGranted'],
    decide: (input, view) => {
      const expiresAt = view.calendar.add(view.occurredAt, view.policy.duration('T-REC-CONS'));
      const consentId = input.consentId ?? view.id('consent');
      const purpose = 'shareWith' as const;
      return [{ type: 'ConsentGranted', data: { ...input, consentId, purpose, expiresAt } }];
    },
  }),
  MakePartnerReferral: command({
    input: z.strictObject({
      ...referral,
      referralId: ref.exactOptional(),
      urgent: referral.urgent.default(false),
    }),
    polarity: 'restricted',
    by: sharing,
    duties: ordinary,
    records: ['PartnerReferralMade'],
    decide: (input, view) => {
      const respondents = input.respondents ?? ownerOf(input.basis, view);
      const referralId = input.referralId ?? view.id('referral');
      const data = { ...input, referralId, ...(respondents ? { respondents } : {}) };
      return [{ type: 'PartnerReferralMade', data }];
    },
  }),
  RecordPartnerAccepted: command({
    input: events.PartnerReferralAccepted,
    polarity: 'neutral',
    by: following,
    duties: ordinary,
    records: 'PartnerReferralAccepted',
    part: { kind: referralKind.kind, field: 'referralId' },
  }),
  RecordPartnerDeclined: command({
    input: events.PartnerReferralDeclined,
    polarity: 'neutral',
    by: following,
    duties: ordinary,
    records: 'PartnerReferralDeclined',
    part: { kind: referralKind.kind, field: 'referralId' },
  }),
  RecordPartnerClosed: command({
    input: z.strictObject({ referralId: ref, outcome: events.PartnerReferralClosed.shape.outcome }),
    polarity: 'neutral',
    by: following,
    duties: ordinary,
    records: ['PartnerReferralClosed'],
    part: { kind: referralKind.kind, field: 'referralId' },
    decide: (input, view) => {
      const made = view.parts.one(referralKind, input.referralId);
      const madeAt = made?.openedAt.occurredAt ?? view.occurredAt;
      const about = made?.context.respondents ?? [];
      const respondents = about.length > 0 ? { respondents: [...about] } : {};
      return [{ type: 'PartnerReferralClosed', data: { ...input, madeAt, ...respondents } }];
    },
  }),
};
