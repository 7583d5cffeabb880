// Commands of care: shelter, removal, support, referrals, conferences and children.
import { z } from 'zod';
import { ref } from '../../fields.ts';
import { ordinary } from '../../staff/duties.ts';
import { command, events } from '../head.ts';
import { actionKind, placementKind, referralKind, removalKind } from '../parts/kinds.ts';
import { helping, placing, screeningChildren } from './grants.ts';

const placed = events.ShelterPlacementOrdered.shape;
const referral = events.ReferralMade.shape;
const held = events.CaseConferenceHeld.shape;

/** Commands of care by name. */
export const careCommands = {
  OrderShelterPlacement: command({
    input: z.strictObject({
      ...placed,
      placementId: ref.exactOptional(),
      dependants: placed.dependants.default([]),
    }),
    polarity: 'protective',
    by: placing,
    duties: ordinary,
    records: ['ShelterPlacementOrdered'],
    decide: (input, view) => [
      {
        type: 'ShelterPlacementOrdered',
        data: { ...input, placementId: input.placementId ?? view.id('placement') },
      },
    ],
  }),
  RecordShelterAdmitted: command({
    input: events.ShelterAdmitted,
    polarity: 'protective',
    by: placing,
    duties: ordinary,
    records: 'ShelterAdmitted',
    part: { kind: placementKind.kind, field: 'placementId' },
  }),
  RecordShelterExited: command({
    input: events.ShelterExited,
    polarity: 'neutral',
    by: placing,
    duties: ordinary,
    records: 'ShelterExited',
    part: { kind: placementKind.kind, field: 'placementId' },
  }),
  RecordRemovalOrder: command({
    input: z.strictObject({
      ...events.RemovalOrdered.shape,
      removalId: ref.exactOptional(),
    }),
    polarity: 'protective',
    by: placing,
    duties: ordinary,
    records: ['RemovalOrdered'],
    decide: (input, view) => [
      {
        type: 'RemovalOrdered',
        data: { ...input, removalId: input.removalId ?? view.id('removal') },
      },
    ],
  }),
  IdentifyCarer: command({
    input: events.CarerIdentified,
    polarity: 'protective',
    by: placing,
    duties: ordinary,
    records: 'CarerIdentified',
    part: { kind: removalKind.kind, field: 'removalId' },
  }),
  AssessNeeds: command({
    input: events.NeedsAssessed,
    polarity: 'protective',
    by: helping,
    duties: ordinary,
    records: 'NeedsAssessed',
  }),
  OfferSupport: command({
    input: events.SupportOffered,
    polarity: 'protective',
    by: helping,
    duties: ordinary,
    records: 'SupportOffered',
  }),
  RecordSupportDeclined: command({
    input: z.strictObject({}),
    polarity: 'neutral',
    by: helping,
    duties: ordinary,
    records: ['SupportDeclined'],
    decide: (_input, { calendar, policy, occurredAt }) => {
      const reofferAt = calendar.add(occurredAt, policy.duration('T-REOFFER'));
      return [{ type: 'SupportDeclined', data: { reofferAt } }];
    },
  }),
  AgreeCaseActionPlan: command({
    input: events.CaseActionPlanAgreed,
    polarity: 'protective',
    by: helping,
    duties: ordinary,
    records: 'CaseActionPlanAgreed',
  }),
  RecordPsychologicalSupport: command({
    input: z.strictObject({
      techniqueCode: ref,
      session: events.PsychologicalSupportProvided.shape.session,
    }),
    polarity: 'protective',
    by: helping,
    duties: ordinary,
    records: ['PsychologicalSupportProvided'],
    decide: (input, { actor }) => [
      { type: 'PsychologicalSupportProvided', data: { ...input, provider: actor.staff } },
    ],
  }),
  RecordCareRoomOffered: command({
    input: events.CareRoomOffered,
    polarity: 'protective',
    by: ['RCP', 'INT', 'SYS', ...helping],
    duties: ordinary,
    records: 'CareRoomOffered',
  }),
  CompleteSupport: command({
    input: events.SupportCompleted,
    polarity: 'neutral',
    by: helping,
    duties: ordinary,
    records: 'SupportCompleted',
  }),
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
    records: 'CaseLinked',
  }),
};
