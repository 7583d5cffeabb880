// Commands that protect someone. The first two are stopped by nothing, in no state of the case.
import type { DecideView, Instant } from '@himaya/engine';
import { z } from 'zod';
import { commandsOver } from '../command.ts';
import { ordinary, type StaffMemory } from '../staff/duties.ts';
import { at, harmText, measureKind as measureKinds, ref } from '../fields.ts';
import { safetyEvents, type SafetyEvents } from './events.ts';
import { measureKind, transferKind } from './parts.ts';
import { anyStaff, protecting } from '../staff/grants.ts';

const command = commandsOver<StaffMemory, SafetyEvents>();
const measure = { kind: measureKind.kind, field: 'measureId' };

/** The id that was asked for, unless it is taken: an emergency is never lost in an older part. */
function freshId(
  view: DecideView,
  kind: string,
  wanted: string | undefined,
  label: string,
): string {
  return wanted === undefined || view.parts.one({ kind }, wanted) ? view.id(label) : wanted;
}

/** When a measure is reviewed: as asked for, but never later than policy allows. */
function reviewBy(
  { calendar, policy, occurredAt }: DecideView,
  wanted?: Instant,
): Instant {
  const latest = calendar.add(occurredAt, policy.duration('T-MEASURE'));
  return wanted !== undefined && wanted < latest ? wanted : latest;
}

/** Commands of protection by name. */
export const safetyCommands = {
  OrderMedicalTransfer: command({
    input: z.strictObject({
      transferId: ref.exactOptional(),
      partyId: ref.exactOptional(),
      facilityId: ref.exactOptional(),
      escort: ref.exactOptional(),
    }),
    polarity: 'protective',
    emergency: true,
    opens: true,
    by: protecting,
    records: ['MedicalTransferOrdered'],
    decide: (input, view) => [
      {
        type: 'MedicalTransferOrdered',
        data: {
          ...input,
          transferId: freshId(view, transferKind.kind, input.transferId, 'transfer'),
        },
      },
    ],
  }),
  StartProtectiveMeasure: command({
    input: z.strictObject({
      measureId: ref.exactOptional(),
      kind: measureKinds,
      partyId: ref.exactOptional(),
      owner: ref.exactOptional(),
      reviewDue: at.exactOptional(),
      note: harmText('#protected').exactOptional(),
    }),
    polarity: 'protective',
    emergency: true,
    opens: true,
    by: protecting,
    records: ['ProtectiveMeasureStarted'],
    decide: (input, view) => [
      {
        type: 'ProtectiveMeasureStarted',
        data: {
          ...input,
          measureId: freshId(view, measureKind.kind, input.measureId, 'measure'),
          owner: input.owner ?? view.actor.staff,
          reviewDue: reviewBy(view, input.reviewDue),
        },
      },
    ],
  }),
  CompleteMedicalTransfer: command({
    input: safetyEvents.MedicalTransferCompleted,
    polarity: 'protective',
    by: anyStaff,
    duties: ordinary,
    records: 'MedicalTransferCompleted',
    part: { kind: transferKind.kind, field: 'transferId' },
  }),
  ReviewProtectiveMeasure: command({
    input: z.strictObject({ measureId: ref }),
    polarity: 'protective',
    by: anyStaff,
    duties: ordinary,
    records: ['ProtectiveMeasureReviewed'],
    part: measure,
    decide: ({ measureId }, view) => [
      { type: 'ProtectiveMeasureReviewed', data: { measureId, reviewDue: reviewBy(view) } },
    ],
  }),
  EndProtectiveMeasure: command({
    input: safetyEvents.ProtectiveMeasureEnded,
    polarity: 'restricted',
    by: ['SUP', 'HEAD', { role: 'CW', assigned: true }],
    duties: ordinary,
    records: 'ProtectiveMeasureEnded',
    part: measure,
  }),
};
