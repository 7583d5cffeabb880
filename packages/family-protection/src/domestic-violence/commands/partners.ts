// Commands of working with others: referrals, conferences, and cases of the children.
import { z } from 'zod';
import { ref } from '../../fields.ts';
import { isItself } from '../../case-file/commands.ts';
import { caseStream } from '../../streams.ts';
import { ordinary } from '../../staff/duties.ts';
import { command, events } from '../head.ts';
import { actionKind, referralKind } from '../parts/kinds.ts';
import { approving, helping, screeningChildren } from './grants.ts';

const referral = events.ReferralMade.shape;
const held = events.CaseConferenceHeld.shape;

/** Commands of working with others by name. */
export const partnerCommands = {
  MakeReferral: command({
    input: z.strictObject({
      ...referral,
      referralId: ref.exactOptional(),
      urgent: referral.urgent.default(false),
    }),
    polarity: 'neutral',
    by: helping,
    duties: ordinary,
    records: ['ReferralMade'],
    decide: (input, view) => [
      {
        type: 'ReferralMade',
        data: { ...input, referralId: input.referralId ?? view.id('referral') },
      },
    ],
  }),
  RecordReferralAccepted: command({
    input: events.ReferralAccepted,
    polarity: 'neutral',
    by: helping,
    duties: ordinary,
    records: 'ReferralAccepted',
    part: { kind: referralKind.kind, field: 'referralId' },
  }),
  RecordReferralDeclined: command({
    input: events.ReferralDeclined,
    polarity: 'neutral',
    by: helping,
    duties: ordinary,
    records: 'ReferralDeclined',
    part: { kind: referralKind.kind, field: 'referralId' },
  }),
  RecordReferralCompleted: command({
    input: events.ReferralCompleted,
    polarity: 'neutral',
    by: helping,
    duties: ordinary,
    records: 'ReferralCompleted',
    part: { kind: referralKind.kind, field: 'referralId' },
  }),
  RequestCaseConference: command({
    input: z.strictObject({ conferenceId: ref.exactOptional() }),
    polarity: 'protective',
    by: helping,
    duties: ordinary,
    records: ['CaseConferenceRequested'],
    decide: ({ conferenceId }, view) => [
      {
        type: 'CaseConferenceRequested',
        data: { conferenceId: conferenceId ?? view.id('conference') },
      },
    ],
  }),
  HoldCaseConference: command({
    input: z.strictObject({
      ...held,
      conferenceId: ref.exactOptional(),
      actions: held.actions.default([]),
    }),
    polarity: 'protective',
    by: [...helping, 'HEAD'],
    duties: ordinary,
    records: ['CaseConferenceHeld'],
    decide: (input, view) => [
      {
        type: 'CaseConferenceHeld',
        data: { ...input, conferenceId: input.conferenceId ?? view.id('conference') },
      },
    ],
  }),
  CompleteConferenceAction: command({
    input: events.ConferenceActionCompleted,
    polarity: 'neutral',
    by: helping,
    duties: ordinary,
    records: 'ConferenceActionCompleted',
    part: { kind: actionKind.kind, field: 'actionId' },
  }),
  ScreenChild: command({
    input: events.ChildSafeguardingScreened,
    polarity: 'protective',
    by: screeningChildren,
    duties: ordinary,
    records: 'ChildSafeguardingScreened',
  }),
  LinkCase: command({
    input: events.CaseLinked,
    polarity: 'neutral',
    by: ['INT', 'SUP', 'HEAD', { role: 'CW', assigned: true }, 'SYS'],
    duties: ordinary,
    reads: ({ otherCaseId }) => [caseStream(otherCaseId)],
    // A case that was there does not vanish; what it protects is asked of it whenever it counts.
    recheckSuffices: true,
    records: ['CaseLinked'],
    decide: (input, view) =>
      isItself(input.otherCaseId, view) ?? [{ type: 'CaseLinked', data: input }],
  }),
  UnlinkOtherCase: command({
    input: events.CaseUnlinked,
    polarity: 'restricted',
    by: approving,
    duties: ordinary,
    records: 'CaseUnlinked',
  }),
};
