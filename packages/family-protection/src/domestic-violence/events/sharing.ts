// Events of consent, of what leaves the office, and of how the victim may be reached.
import { z } from 'zod';
import { at, language, ref } from '../../fields.ts';
import { agency, channelKind, criticalText, disclosureBasis, sharedField } from '../fields.ts';

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'no local time');

/** Events of consent, sharing and contact. */
export const sharingEvents = {
  ConfidentialityLimitsExplained: z.strictObject({ partyId: ref, language: language('partyId') }),
  ConsentGranted: z.strictObject({
    consentId: ref,
    partyId: ref,
    purpose: z.enum(['service', 'shareWith', 'recording', 'medical', 'training']),
    recipients: z.array(agency).max(12),
    scopeFields: z.array(sharedField).max(20),
    expiresAt: at,
    capacityConfirmed: z.literal(true),
    informed: z.boolean(),
    obtainedPrivately: z.boolean(),
  }),
  ConsentDeclined: z.strictObject({
    partyId: ref,
    purpose: z.enum(['service', 'shareWith', 'recording', 'medical', 'training']),
  }),
  ConsentWithdrawn: z.strictObject({ consentId: ref, partyId: ref }),
  MandatoryDisclosureInvoked: z.strictObject({
    basis: z.enum(['childHarm', 'imminentDanger', 'courtOrder', 'missingPerson']),
    whatShared: z.array(sharedField).min(1).max(20),
    toWhom: agency,
    victimInformed: z.boolean(),
  }),
  DisclosureLogged: z.strictObject({
    recipient: agency,
    purpose: z.enum(['safety', 'support', 'investigation', 'courtRequest']),
    basis: disclosureBasis,
    fields: z.array(sharedField).min(1).max(20),
  }),
  SafeContactSet: z.strictObject({
    partyId: ref,
    /** Number, address, code word: never read by a rule. */
    details: criticalText('partyId').exactOptional(),
    /** What is safe, as facts: the way, and the local hours in which it is. */
    channels: z
      .array(z.strictObject({ kind: channelKind, from: localTime, to: localTime }))
      .max(10),
  }),
  NoticeSent: z.strictObject({
    noticeId: ref,
    recipient: ref,
    template: ref,
    channel: channelKind,
    basis: z.enum(['release', 'courtDate', 'appointment', 'order', 'other']),
  }),
  NoticeFailed: z.strictObject({
    noticeId: ref,
    recipient: ref,
    channel: channelKind,
    /** Whether it did not arrive, or somebody else has seen it. */
    cause: z.enum(['undelivered', 'refused', 'wrongPerson']),
  }),
};
