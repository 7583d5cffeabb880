// Rules of screening and of what is shared with others outside the office.
import { t, type CommunityEvent, type View } from '../head.ts';
import { consentKind, referralKind } from '../parts/kinds.ts';
import { screeningRulesFor } from '../../screening/rules.ts';
import { partyUnknown, refuse } from '../../wording/wording.ts';

type Disclosing = Pick<View, 'parts' | 'context' | 'policy'> & {
  readonly event: CommunityEvent<'PartnerReferralMade'>;
};

/** Whether someone consented to exactly this being shared, and the consent is still valid. */
function isConsented({ parts, event, context, policy }: Disclosing): boolean {
  const { basis, body, fieldsShared } = event.data;
  if (basis.kind !== 'consent') return false;
  const consent = parts.one(consentKind, basis.consentId);
  // Instants decide, and not whether the deadline of the consent has been reached yet.
  if (!consent || !(consent.in('given') || consent.in('expired'))) return false;
  if (consent.context.purpose !== 'shareWith') return false;
  const { recipients, scopeFields, expiresAt, partyId } = consent.context;
  const owners = policy.value('referral.owners') as Readonly<Record<string, string>>;
  const owner = context.parties[partyId];
  const role = owner?.role;
  return (
    // Whoever turned out to be a child since has not consented.
    owner?.isChild === false &&
    recipients.includes(body) &&
    fieldsShared.every((field) => scopeFields.includes(field)) &&
    fieldsShared.every((field) => owners[field] === undefined || owners[field] === role) &&
    event.occurredAt < expiresAt &&
    event.recordedAt < expiresAt
  );
}

/** Rules of screening and disclosure. */
export const screeningRules = {
  ...screeningRulesFor(['guardian', 'complainant']),
  referralStillOpen: t.rule(['PartnerReferralClosed'], {
    ...refuse(
      'REFERRAL_NOT_OPEN',
      'referral',
      'This referral is not open.',
      'هذه الإحالة غير قائمة.',
    ),
    holds: ({ event, parts }) => {
      const referral = parts.one(referralKind, event.data.referralId);
      return referral?.in('made') === true || referral?.in('accepted') === true;
    },
  }),
  ownerIsParty: t.rule(['ConsentGranted'], {
    ...partyUnknown,
    holds: ({ event, context }) => context.parties[event.data.partyId] !== undefined,
  }),
  ownerIsGrown: t.rule(['ConsentGranted'], {
    ...refuse(
      'CONSENT_MISSING',
      'adults',
      'What a child says alone does not count as consent.',
      'لا يعتد بموافقة الطفل وحده.',
    ),
    holds: ({ event, context }) => context.parties[event.data.partyId]?.isChild !== true,
  }),
  disclosureFounded: t.rule(['PartnerReferralMade'], {
    ...refuse(
      'NO_DISCLOSURE_BASIS',
      'INV-20',
      'Sharing this needs a legal basis or the consent of the person concerned.',
      'يتطلب تبادل هذه البيانات أساسا قانونيا أو موافقة صاحبها.',
    ),
    holds: (view) =>
      view.event.data.basis.kind === 'legal'
        ? view.policy.list('referral.legalBases').includes(view.event.data.basis.code)
        : isConsented(view),
  }),
  disclosureMinimal: t.rule(['PartnerReferralMade'], {
    ...refuse(
      'NO_DISCLOSURE_BASIS',
      'INV-20',
      'More would be shared than that body needs.',
      'البيانات المطلوب تبادلها تتجاوز حاجة الجهة.',
    ),
    holds: ({ event, policy }) => {
      const table = policy.value('referral.fields') as Readonly<Record<string, readonly string[]>>;
      const needed = table[event.data.body] ?? [];
      const { fieldsShared } = event.data;
      return fieldsShared.length > 0 && fieldsShared.every((field) => needed.includes(field));
    },
  }),
};
