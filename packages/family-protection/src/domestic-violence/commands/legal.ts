// Commands of the legal way: custody, referral, and what prosecution and courts decide.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import { at, ref } from '../../fields.ts';
import { ordinary } from '../../staff/duties.ts';
import { investigating as investigatingDuties } from '../../staff/duties.ts';
import type { Context } from '../context.ts';
import { approvingReferral } from '../duties.ts';
import { command, events } from '../head.ts';
import { incidentKind, releaseKind } from '../parts/kinds.ts';
import { approving, contacting, prosecuting, recording } from './grants.ts';

const summoned = events.AggressorSummoned.shape;
const detained = events.AggressorDetained.shape;
const released = events.ReleaseFromCustodyNotified.shape;
const { allTold: _derived, ...told } = events.VictimNotifiedOfRelease.shape;
const proposed = events.ProsecutionReferralProposed.shape;
const referred = events.ReferredToProsecution.shape;

/** The records that a referral names: those it is given, else all; none is a step out of order. */
function recordsOf({ recordIds }: { readonly recordIds?: string[] }, { parts }: DecideView) {
  const all = recordIds ?? parts.all(incidentKind).map(({ id }) => id);
  return all.length > 0 ? all : undefined;
}
const nothing = { refused: [ENGINE_VIOLATIONS.INVALID_TRANSITION] };

/** Whether every victim has heard of a release once this one has; for a child a guardian may. */
function isEveryoneTold(
  { releaseId, partyId }: { readonly releaseId: string; readonly partyId: string },
  { parts, context: { parties } }: DecideView<Context>,
): boolean {
  const heard = [...(parts.one(releaseKind, releaseId)?.context.told ?? []), partyId];
  const isGuarded = heard.some((one) => parties[one]?.role === 'guardian');
  return Object.entries(parties)
    .filter(([, { role }]) => role === 'victim')
    .every(([one, { isChild }]) => heard.includes(one) || (isChild && isGuarded));
}

/** Commands of the legal way by name. */
export const legalCommands = {
  SummonAggressor: command({
    input: z.strictObject({ ...summoned, at: at.exactOptional() }),
    polarity: 'neutral',
    by: ['INV', 'SUP'],
    duties: investigatingDuties,
    records: ['AggressorSummoned'],
    decide: (input, { occurredAt }) => [
      { type: 'AggressorSummoned', data: { ...input, at: input.at ?? occurredAt } },
    ],
  }),
  RecordDetained: command({
    input: z.strictObject({
      ...detained,
      at: at.exactOptional(),
      authority: detained.authority.default('publicProsecution'),
    }),
    polarity: 'protective',
    by: recording,
    duties: investigatingDuties,
    records: ['AggressorDetained'],
    decide: (input, { occurredAt }) => [
      { type: 'AggressorDetained', data: { ...input, at: input.at ?? occurredAt } },
    ],
  }),
  NotifyRelease: command({
    input: z.strictObject({
      ...released,
      releaseId: ref.exactOptional(),
      at: at.exactOptional(),
      authority: released.authority.default('publicProsecution'),
      conditions: released.conditions.default([]),
    }),
    polarity: 'protective',
    by: [...recording, 'INT', 'CP'],
    duties: ordinary,
    records: ['ReleaseFromCustodyNotified'],
    decide: (input, view) => [
      {
        type: 'ReleaseFromCustodyNotified',
        data: {
          ...input,
          releaseId: input.releaseId ?? view.id('release'),
          at: input.at ?? view.occurredAt,
        },
      },
    ],
  }),
  RecordVictimNotifiedOfRelease: command({
    input: z.strictObject({ ...told, attempts: told.attempts.default(1) }),
    polarity: 'protective',
    by: contacting,
    duties: ordinary,
    records: ['VictimNotifiedOfRelease'],
    part: { kind: releaseKind.kind, field: 'releaseId' },
    decide: (input, view) => {
      const allTold = isEveryoneTold(input, view);
      return [{ type: 'VictimNotifiedOfRelease', data: { ...input, allTold } }];
    },
  }),
  ProposeReferral: command({
    input: z.strictObject({
      recordIds: proposed.recordIds.exactOptional(),
      recipient: proposed.recipient.default('familyChildProsecution'),
    }),
    polarity: 'neutral',
    by: prosecuting,
    duties: investigatingDuties,
    records: ['ProsecutionReferralProposed'],
    decide: (input, view) => {
      const recordIds = recordsOf(input, view);
      if (!recordIds) return nothing;
      const data = { ...input, recordIds, proposer: view.actor.staff };
      return [{ type: 'ProsecutionReferralProposed', data }];
    },
  }),
  ApproveReferral: command({
    input: z.strictObject({}),
    polarity: 'neutral',
    by: approving,
    duties: approvingReferral,
    records: ['ProsecutionReferralApproved'],
    decide: (_input, { actor }) => [
      { type: 'ProsecutionReferralApproved', data: { approver: actor.staff } },
    ],
  }),
  ReferToProsecution: command({
    input: z.strictObject({
      ...referred,
      recordIds: referred.recordIds.exactOptional(),
      recipient: referred.recipient.default('familyChildProsecution'),
    }),
    polarity: 'neutral',
    by: ['LEG', { role: 'INV', assigned: true }],
    duties: ordinary,
    records: ['ReferredToProsecution'],
    decide: (input, view) => {
      const recordIds = input.recordIds ?? view.context.referral?.recordIds;
      return recordIds
        ? [{ type: 'ReferredToProsecution', data: { ...input, recordIds } }]
        : nothing;
    },
  }),
  RecordProsecutionDecision: command({
    input: z.strictObject({
      decision: events.ProsecutionDecisionRecorded.shape.decision,
      citation: events.ProsecutionDecisionRecorded.shape.citation.default(''),
    }),
    polarity: 'neutral',
    by: recording,
    duties: ordinary,
    records: 'ProsecutionDecisionRecorded',
  }),
  RecordCourtDate: command({
    input: events.CourtDateRecorded,
    polarity: 'neutral',
    by: recording,
    duties: ordinary,
    records: 'CourtDateRecorded',
  }),
  RecordJudgment: command({
    input: events.JudgmentRecorded,
    polarity: 'neutral',
    by: recording,
    duties: ordinary,
    records: 'JudgmentRecorded',
  }),
};
