// Commands of care: shelter, removal, needs and support.
import { z } from 'zod';
import { ref } from '../../fields.ts';
import { ordinary } from '../../staff/duties.ts';
import { command, events } from '../head.ts';
import { actionPlanKind, placementKind, removalKind } from '../parts/kinds.ts';
import { helping, placing } from './grants.ts';

const placed = events.ShelterPlacementOrdered.shape;

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
    input: z.strictObject({
      ...events.CaseActionPlanAgreed.shape,
      planId: ref.exactOptional(),
      withVictim: z.boolean().default(true),
    }),
    polarity: 'protective',
    by: helping,
    duties: ordinary,
    records: ['CaseActionPlanAgreed'],
    decide: (input, view) => [
      {
        type: 'CaseActionPlanAgreed',
        data: { ...input, planId: input.planId ?? view.id('actionPlan') },
      },
    ],
  }),
  ReviseCaseActionPlan: command({
    input: z.strictObject({
      ...events.CaseActionPlanRevised.shape,
      withVictim: z.boolean().default(true),
    }),
    polarity: 'protective',
    by: helping,
    duties: ordinary,
    records: ['CaseActionPlanRevised'],
    part: { kind: actionPlanKind.kind, field: 'planId' },
    decide: (data) => [{ type: 'CaseActionPlanRevised', data }],
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
};
