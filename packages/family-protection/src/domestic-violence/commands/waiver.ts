// Commands of offences and waivers: a complaint is taken back only after somebody looked for pressure.
import { z } from 'zod';
import { ref } from '../../fields.ts';
import { ordinary } from '../../staff/duties.ts';
import { command, events } from '../head.ts';
import { waiverKind } from '../parts/reconciliation-kinds.ts';
import { conciliabilityOf } from '../rules/eligibility.ts';
import { recording, waiving } from './grants.ts';

const part = { kind: waiverKind.kind, field: 'waiverId' };
const requested = events.ComplaintWaiverRequested.shape;

/** Commands about offences and waivers. */
export const waiverCommands = {
  RecordOffence: command({
    input: z.strictObject({
      offenceCode: ref,
      article: events.OffenceRecorded.shape.article,
    }),
    polarity: 'neutral',
    by: recording,
    duties: ordinary,
    records: ['OffenceRecorded'],
    decide: (input, view) => {
      const conciliable = conciliabilityOf(input.offenceCode, view);
      return [{ type: 'OffenceRecorded', data: { ...input, conciliable } }];
    },
  }),
  RequestWaiver: command({
    input: z.strictObject({
      waiverId: requested.waiverId.exactOptional(),
      byParty: requested.byParty,
      offenceCodes: requested.offenceCodes,
    }),
    polarity: 'neutral',
    by: waiving,
    duties: ordinary,
    records: ['ComplaintWaiverRequested'],
    decide: (input, view) => {
      const waiverId = input.waiverId ?? view.id('waiver');
      return [{ type: 'ComplaintWaiverRequested', data: { ...input, waiverId } }];
    },
  }),
  CompleteCoercionCheck: command({
    input: events.CoercionCheckCompleted,
    polarity: 'protective',
    by: waiving,
    duties: ordinary,
    records: 'CoercionCheckCompleted',
    part,
  }),
  RecordWaiver: command({
    input: z.strictObject({
      waiverId: requested.waiverId,
      ppApprovalRef: events.ComplaintWaived.shape.ppApprovalRef,
    }),
    polarity: 'restricted',
    by: waiving,
    duties: ordinary,
    records: ['ComplaintWaived'],
    part,
    decide: (input, { parts, context }) => {
      const waived = parts
        .all(waiverKind)
        .filter((one) => one.id === input.waiverId || one.in('waived'))
        .flatMap((one) => one.context.offenceCodes);
      const endsMatter = context.offences.every((code) => waived.includes(code));
      return [{ type: 'ComplaintWaived', data: { ...input, endsMatter } }];
    },
  }),
  RejectWaiver: command({
    input: events.ComplaintWaiverRejected,
    polarity: 'protective',
    by: waiving,
    duties: ordinary,
    records: 'ComplaintWaiverRejected',
    part,
  }),
};
