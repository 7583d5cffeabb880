// Rules of consent, of what leaves the office, and of reaching the victim without endangering her.
import type { Instant } from '@himaya/engine';
import { partyUnknown, refuse } from '../../wording/wording.ts';
import { t, type DvEvent, type View } from '../head.ts';
import { consentKind, type Consent } from '../parts/kinds.ts';

const sharing = ['ReferralMade', 'DisclosureLogged'] as const;
const asking = ['ConsentGranted'] as const;
/** Events about one party that has to be known. */
const aboutOne = [
  'ConfidentialityLimitsExplained',
  'ConsentDeclined',
  'PartyNeedsAnswered',
  'CareRoomOffered',
  'PartyRoleChanged',
  'PartyRemoved',
  'LanguageSupportAssigned',
  'InterviewScheduled',
  'InterviewStarted',
] as const;

type Sharing = View & { readonly event: DvEvent<(typeof sharing)[number]> };

function sharedBy({ event }: Sharing) {
  return event.type === 'ReferralMade'
    ? { to: event.data.agencyId, fields: event.data.fieldsShared, basis: event.data.basis }
    : { to: event.data.recipient, fields: event.data.fields, basis: event.data.basis };
}

/**
 * Whether a consent counts at both instants of an event. What was withdrawn founds nothing any more,
 * whatever day it is dated to.
 */
export function lasts(
  { expiresAt, withdrawnAt }: Consent,
  { occurredAt, recordedAt }: Pick<View['event'], 'occurredAt' | 'recordedAt'>,
): boolean {
  return (
    occurredAt < expiresAt &&
    recordedAt < expiresAt &&
    (withdrawnAt === null || recordedAt < withdrawnAt)
  );
}

/** Whether somebody consented to exactly this, and the consent counts at both instants. */
function isConsented(view: Sharing): boolean {
  const { to, fields, basis } = sharedBy(view);
  if (basis.kind !== 'consent') return false;
  const consent = view.parts.one(consentKind, basis.consentId)?.context;
  if (!consent || !['shareWith', 'service'].includes(consent.purpose)) return false;
  const { recipients, scopeFields } = consent;
  return (
    lasts(consent, view.event) &&
    speaksForVictim(view, consent.partyId) &&
    recipients.includes(to) &&
    fields.every((field) => scopeFields.includes(field))
  );
}

/** Roles of those whose consent counts for what the file knows of the victim. */
const SPEAKING: readonly string[] = ['victim', 'guardian', 'legalRepresentative'];

/**
 * Whoever is accused consents to nothing but a programme for him: the rest is about the victim, and
 * nobody who has seen or told of something consents for her.
 */
function speaksForVictim({ event, context }: Sharing, partyId: string): boolean {
  const role = context.parties[partyId]?.role ?? 'witness';
  const isForHim = event.type === 'ReferralMade' && event.data.service === 'perpetratorProgramme';
  return SPEAKING.includes(role) || (role === 'allegedAggressor' && isForHim);
}

/** Whether a local time lies in hours that may run over midnight. */
function isWithin(time: string, from: string, to: string): boolean {
  return from <= to ? from <= time && time < to : from <= time || time < to;
}

/** Whether somebody may be reached this way at this instant. */
function isSafeWay(view: View, partyId: string, kind: string, at: Instant): boolean {
  const time = view.calendar.localText(at).slice(11, 16);
  const channels = view.context.safeContacts[partyId] ?? [];
  return channels.some((one) => one.kind === kind && isWithin(time, one.from, one.to));
}

const unsafe = refuse(
  'UNSAFE_CONTACT_CHANNEL',
  'INV-16',
  'This way of reaching the person is not known to be safe at this time.',
  'هذه الوسيلة غير معلوم أنها آمنة للتواصل في هذا الوقت.',
);

/** What meets a term that something which became known has begun. */
const answers = ['VictimNotifiedOfRelease', 'BreachReferred', 'WelfareCheckCompleted'] as const;

/** Rules of consent, sharing and contact. */
export const sharingRules = {
  partyIsKnown: t.rule([...asking, ...aboutOne], {
    ...partyUnknown,
    holds: ({ event, context }) => context.parties[event.data.partyId] !== undefined,
  }),
  consentingAdult: t.rule(asking, {
    ...refuse(
      'CONSENT_MISSING',
      'adults',
      'What a child says alone does not count as consent.',
      'لا يعتد بموافقة الطفل وحده.',
    ),
    holds: ({ event, context }) => context.parties[event.data.partyId]?.isChild !== true,
  }),
  sharingFounded: t.rule(sharing, {
    ...refuse(
      'NO_DISCLOSURE_BASIS',
      'INV-20',
      'Sharing this needs a legal basis or the consent of the person concerned.',
      'يتطلب تبادل هذه البيانات أساسا قانونيا أو موافقة صاحبها.',
    ),
    holds: (view) => {
      const { basis } = sharedBy(view);
      return basis.kind === 'legal'
        ? view.policy.list('sharing.legalBases').includes(basis.code)
        : isConsented(view);
    },
  }),
  sharingMinimal: t.rule(sharing, {
    ...refuse(
      'NO_DISCLOSURE_BASIS',
      'INV-20',
      'More would be shared than that agency needs.',
      'البيانات المطلوب تبادلها تتجاوز حاجة الجهة.',
    ),
    holds: (view) => {
      const { to, fields } = sharedBy(view);
      const table = view.policy.value('sharing.fields') as Readonly<
        Record<string, readonly string[]>
      >;
      return fields.every((field) => (table[to] ?? []).includes(field));
    },
  }),
  agencyLicensed: t.rule(['ReferralMade'], {
    ...refuse(
      'AGENCY_NOT_LICENSED',
      'sharing',
      'This agency is not licensed for the service.',
      'هذه الجهة غير مرخصة لتقديم الخدمة.',
    ),
    holds: ({ event }) => event.data.licensed,
  }),
  releaseToldToVictim: t.rule(['VictimNotifiedOfRelease'], {
    ...refuse(
      'VICTIM_NOT_TOLD',
      'INV-32',
      'It is the victim who is told of a release, or the guardian of a victim who is a child.',
      'يبلغ بالإفراج الضحية نفسها، أو ولي أمرها إن كانت طفلا.',
    ),
    holds: ({ event, context: { parties } }) => {
      const told = parties[event.data.partyId]?.role;
      const isChildVictim = Object.values(parties).some(
        ({ role, isChild }) => role === 'victim' && isChild,
      );
      return told === 'victim' || (told === 'guardian' && isChildVictim);
    },
  }),
  answeredAfterwards: t.rule(answers, {
    ...refuse(
      'ANSWER_TOO_EARLY',
      'lifecycle',
      'What was done before it was known answers nothing: record what was done since.',
      'ما جرى قبل العلم بالأمر لا يفي به، فيسجل ما جرى بعده.',
    ),
    holds: ({ event, part }) => {
      // A breach says itself when it was; everything else is as old as what told of it.
      const breach = (part?.context ?? {}) as { readonly at?: Instant };
      const at = breach.at ?? part?.openedAt.occurredAt;
      return at === undefined || event.occurredAt >= at;
    },
  }),
  releaseToldSafely: t.rule(['VictimNotifiedOfRelease'], {
    ...unsafe,
    holds: (view) => {
      const { partyId, channel } = view.event.data;
      return channel === 'inPerson' || isSafeWay(view, partyId, channel, view.event.occurredAt);
    },
  }),
  noticeSafe: t.rule(['NoticeSent'], {
    ...unsafe,
    holds: (view) => {
      const { recipient, channel } = view.event.data;
      return isSafeWay(view, recipient, channel, view.event.occurredAt);
    },
  }),
};
