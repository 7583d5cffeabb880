// What other files are told because of what this one records.
import type { ReactionSpec } from '@himaya/engine';
import type { z } from 'zod';
import type { cause } from '../household/fields.ts';
import { tellingReaction, linkReactionsFor } from '../household/link-reactions.ts';
import { danger, dangerReactions, type Told } from '../protection/following.ts';
import type { Context } from './context.ts';
import type { Events, View } from './head.ts';
import { isReconciling } from './reconciling.ts';
import { currentLevel, isHigh } from './risk.ts';
import { hasChildVictim } from './rules/safety.ts';

type Reacting = Pick<View, 'event' | 'context'>;

/** The danger that an event tells of. */
function toldOf({ event }: Reacting): Told | undefined {
  switch (event.type) {
    case 'SafetyConcernNoted': {
      const { concerns, immediateDanger } = event.data;
      return { concerns: concerns.length === 0 ? danger.concerns : concerns, immediateDanger };
    }
    case 'FollowUpCompleted':
      return event.data.safetyAnswer === 'concern' || event.data.newIncident ? danger : undefined;
    case 'VictimReassuranceContactMade':
      return event.data.concerns ? danger : undefined;
    case 'WelfareCheckCompleted':
      return event.data.result === 'safe' ? undefined : danger;
    case 'NoticeFailed':
      return event.data.cause === 'wrongPerson' ? danger : undefined;
    case 'SessionTerminatedForSafety':
    case 'ReleaseFromCustodyNotified':
    case 'AbuseEscalationFlagged':
    case 'UndertakingBreached':
      return danger;
    default:
      return undefined;
  }
}

/** What the file knows of a danger when it is left; what was met already is no alarm any more. */
function knownOf({ context }: Reacting): Told | undefined {
  const isDanger = context.immediateDanger || isHigh(currentLevel(context));
  return isDanger ? { ...danger, immediateDanger: context.dangerUnmet } : undefined;
}

/** Why an event makes the other cases of the household look anew, if it does. */
function whyOf(view: View): z.output<typeof cause> | undefined {
  const { event, context } = view;
  switch (event.type) {
    case 'ProtectionOrderRequested':
    case 'ProtectionOrderIssued':
    case 'ProtectionOrderExtended':
      return 'order';
    case 'RiskAssessed':
      return isHigh(currentLevel(context)) ? 'risk' : undefined;
    case 'RemovalOrdered':
      return 'child';
    case 'ChildSafeguardingScreened':
      return event.data.result === 'concern' ? 'child' : undefined;
    case 'AbuseEscalationFlagged':
      return 'risk';
    case 'FollowUpCompleted':
    case 'VictimReassuranceContactMade':
    case 'WelfareCheckCompleted':
    case 'NoticeFailed':
      return toldOf(view) && 'incident';
    case 'PartyAdded':
    case 'PartyAgeCorrected':
      return hasChildVictim(view) ? 'child' : undefined;
    // Where the reconciliation has stopped, that is told already.
    case 'SessionCancelled':
    case 'SessionAdjourned':
      return isReconciling(view) ? 'case' : undefined;
    case 'PartyDeclined':
    case 'ReconciliationConsentWithdrawn':
    case 'ReconciliationFailed':
    case 'ReconciliationExpired':
    case 'ReconciliationSuspended':
      return 'case';
    default:
      return 'incident';
  }
}

/** Reactions of domestic violence. */
export const reactions: readonly ReactionSpec<Context, Events>[] = [
  {
    name: 'the file that was taken over learns where it went on',
    on: ['CaseTakenOver'],
    commands: ({ event, caseId }) =>
      event.type === 'CaseTakenOver'
        ? [{ name: 'RecordSuccessor', caseId: event.data.predecessor, input: { caseId } }]
        : [],
  },
  ...dangerReactions<Context, Events>({
    on: [
      'SafetyConcernNoted',
      'FollowUpCompleted',
      'VictimReassuranceContactMade',
      'WelfareCheckCompleted',
      'SessionTerminatedForSafety',
      'ReleaseFromCustodyNotified',
      'AbuseEscalationFlagged',
      'UndertakingBreached',
      'NoticeFailed',
    ],
    toldOf,
    leaving: ['SuccessorOpened', 'DuplicateMerged', 'CaseTransferred'],
    knownOf,
  }),
  ...linkReactionsFor<Context, Events>(),
  tellingReaction<Context, Events>({
    on: [
      'ProtectionOrderRequested',
      'ProtectionOrderIssued',
      'ProtectionOrderExtended',
      'ProtectionOrderBreached',
      'RiskAssessed',
      'ReportRegistered',
      'IncidentRecorded',
      'IncidentCorrected',
      'ChildSafeguardingScreened',
      'PartyAdded',
      'PartyAgeCorrected',
      'PartyRoleChanged',
      'SafetyConcernNoted',
      'AbuseEscalationFlagged',
      'UndertakingBreached',
      'NoticeFailed',
      'ProtectiveMeasureStarted',
      'MedicalTransferOrdered',
      'ShelterPlacementOrdered',
      'RemovalOrdered',
      'ReleaseFromCustodyNotified',
      'FollowUpCompleted',
      'VictimReassuranceContactMade',
      'WelfareCheckCompleted',
      'SessionCancelled',
      'SessionAdjourned',
      'PartyDeclined',
      'ReconciliationConsentWithdrawn',
      'ReconciliationFailed',
      'ReconciliationExpired',
      'ReconciliationSuspended',
    ],
    whyOf,
  }),
];
