// Commands of consent, of sharing with others, and of reaching the victim safely.
import { z } from 'zod';
import { ref } from '../../fields.ts';
import { ordinary } from '../../staff/duties.ts';
import { consenting, sharing } from '../../staff/grants.ts';
import { command, events } from '../head.ts';
import { consentKind, noticeKind } from '../parts/kinds.ts';
import { contacting, helping } from './grants.ts';

/** Sending a notice, and recording that it did not arrive. */
const noticing = ['INT', 'LEG', 'SYS', ...contacting] as const;
const granted = events.ConsentGranted.shape;

/** Commands of consent, sharing and contact by name. */
export const sharingCommands = {
  ExplainConfidentialityLimits: command({
    input: events.ConfidentialityLimitsExplained,
    polarity: 'neutral',
    by: consenting,
    duties: ordinary,
    records: 'ConfidentialityLimitsExplained',
  }),
  RecordConsent: command({
    input: z.strictObject({
      consentId: ref.exactOptional(),
      partyId: ref,
      purpose: granted.purpose,
      recipients: granted.recipients.default([]),
      scopeFields: granted.scopeFields.default([]),
      capacityConfirmed: granted.capacityConfirmed,
      informed: granted.informed,
      obtainedPrivately: granted.obtainedPrivately,
    }),
    polarity: 'neutral',
    by: consenting,
    duties: ordinary,
    records: ['ConsentGranted'],
    decide: (input, view) => {
      const expiresAt = view.calendar.add(
        view.occurredAt,
        view.policy.duration('consent.validity'),
      );
      const consentId = input.consentId ?? view.id('consent');
      return [{ type: 'ConsentGranted', data: { ...input, consentId, expiresAt } }];
    },
  }),
  RecordConsentDeclined: command({
    input: events.ConsentDeclined,
    polarity: 'neutral',
    by: consenting,
    duties: ordinary,
    records: 'ConsentDeclined',
  }),
  WithdrawConsent: command({
    input: events.ConsentWithdrawn,
    polarity: 'protective',
    by: [...consenting, 'RCP', 'HEAD', 'LEG'],
    duties: ordinary,
    records: 'ConsentWithdrawn',
    part: { kind: consentKind.kind, field: 'consentId' },
  }),
  InvokeMandatoryDisclosure: command({
    input: events.MandatoryDisclosureInvoked,
    polarity: 'protective',
    by: ['INT', 'INV', 'SUP', 'HEAD', 'CP', ...helping],
    duties: ordinary,
    records: 'MandatoryDisclosureInvoked',
  }),
  ShareInformation: command({
    input: events.DisclosureLogged,
    polarity: 'restricted',
    by: sharing,
    duties: ordinary,
    records: 'DisclosureLogged',
  }),
  SetSafeContact: command({
    input: events.SafeContactSet,
    polarity: 'protective',
    by: ['INT', ...contacting],
    duties: ordinary,
    records: 'SafeContactSet',
  }),
  SendNotice: command({
    input: z.strictObject({ ...events.NoticeSent.shape, noticeId: ref.exactOptional() }),
    polarity: 'restricted',
    by: noticing,
    duties: ordinary,
    records: ['NoticeSent'],
    decide: (input, view) => [
      { type: 'NoticeSent', data: { ...input, noticeId: input.noticeId ?? view.id('notice') } },
    ],
  }),
  RecordNoticeFailed: command({
    input: events.NoticeFailed.omit({ recipient: true, channel: true }),
    polarity: 'protective',
    by: noticing,
    duties: ordinary,
    records: ['NoticeFailed'],
    part: { kind: noticeKind.kind, field: 'noticeId' },
    decide: (input, { parts }) => {
      const { recipient = 'nobody', channel = 'inPerson' } =
        parts.one(noticeKind, input.noticeId)?.context ?? {};
      return [{ type: 'NoticeFailed', data: { ...input, recipient, channel } }];
    },
  }),
};
