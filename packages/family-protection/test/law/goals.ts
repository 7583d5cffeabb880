// Where a random sequence tries to get, so that it meets what chance alone would hardly reach.
import type { Situation } from './situation.ts';

/** A step that leads on, and the hours that have to pass first. */
type Lead = readonly [command: string, hours?: number];

/** What brings a case to where anything but its closing can be done. */
function towardsWork(it: Situation): Lead | undefined {
  if (it.in('lifecycle.intake')) return ['RegisterReport'];
  if (it.in('lifecycle.registered')) return ['TriageCase'];
  if (it.in('lifecycle.triaged')) return ['AssignCase'];
  if (it.in('lifecycle.closed')) return ['ReopenCase'];
  return undefined;
}

const hoursSince = (it: Situation, kind: string, state: string): number => {
  const opened = it.parts(kind, state).map(({ openedAt }) => Date.parse(openedAt.recordedAt));
  return (it.nowMs - Math.max(0, ...opened)) / 3_600_000;
};
const rest = (length: number, passed: number): number => Math.max(0, Math.ceil(length - passed));

function towardsAccord(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  if (it.in('lifecycle.closureReview')) return ['ReturnClosure'];
  const region = it.view.states.find((state) => state.startsWith('reconciliation.'))?.slice(15);
  switch (region) {
    case 'eligible':
      return ['ApproveReconciliation'];
    case 'approved':
      return ['OfferReconciliation'];
    case 'offered':
      return it.draw.once(16)
        ? ['RecordPartyDeclined']
        : ['RecordPartyConsent', rest(48, hoursSince(it, 'offer', 'open'))];
    case 'consented':
      return ['HoldPreMeeting'];
    case 'ready':
      return ['ScheduleSession'];
    case 'scheduled':
      return it.draw.once(8)
        ? [it.draw.once(2) ? 'CancelSession' : 'AdjournSession']
        : ['HoldSession', it.draw.of([1, 1, 2])];
    case 'inSession':
      // Now and then the time of the round runs out first.
      if (it.draw.once(6)) return ['AdjournSession', 24 * 15];
      return [it.draw.once(3) ? 'AdjournSession' : 'ProposeSettlement'];
    case 'agreementDrafted':
      return ['SignSettlement', rest(24, hoursSince(it, 'settlement', 'draft'))];
    case 'settled':
      return it.draw.once(2) ? ['RecordNotRatified'] : ['RecordRatified'];
    case 'monitored':
      if (it.draw.once(12)) return ['RecordSettlementBreached'];
      return it.draw.of([
        ['FulfilObligation'],
        ['RecordObligationBreach'],
        ['CheckSettlement', 24 * 31],
        ['CheckSettlement', 24 * 91],
        ['CheckSettlement', 24 * 185],
      ] as const);
    case 'breachReview':
      return ['UpholdSettlement'];
    case 'suspended':
      return ['ResumeReconciliation'];
    default:
      return towardsEligible(it);
  }
}

function towardsEligible(it: Situation): Lead {
  if (it.in('risk.unassessed') || it.in('assessment.due')) return ['AssessRisk'];
  const screened = it.view.context['screened'] as Readonly<Record<string, { result: string }>>;
  const isMissing = [it.victim, it.aggressor].some((one) => !screened[one]);
  if (isMissing || it.draw.once(5)) return ['CompleteViolenceScreening'];
  return [it.draw.once(6) ? 'AssignCase' : 'AssessEligibility'];
}

function towardsOrders(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  if (it.parts('breach', 'open').length > 0) return ['ReferBreach'];
  if (it.parts('order', 'requested').length > 0) return ['RecordProtectionOrderIssued'];
  if (it.parts('order', 'inForce.unserved').length > 0) {
    return it.draw.once(4) ? ['RecordServiceAttemptFailed'] : ['RecordOrderServed', 1];
  }
  if (it.parts('order', 'inForce.served').length === 0) return ['RequestProtectionOrder'];
  return it.draw.of([
    ['RecordBreach'],
    ['RecordOrderExtended', 24],
    ['RecordOrderExtended'],
    ['RecordOrderRevoked'],
    ['ProposeReferral'],
    ['CompleteStatutoryRecord'],
    ['ApproveReferral'],
    ['ReferToProsecution'],
  ] as const);
}

function towardsLower(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  if (it.parts('breach', 'open').length > 0) return ['ReferBreach'];
  if (it.view.context['downgrade'] !== null) return ['ApproveRiskDowngrade'];
  return it.draw.of([
    ['AssessRisk'],
    ['AssessRisk', 24 * 15],
    ['ProposeRiskDowngrade'],
    ['ProposeRiskDowngrade'],
  ] as const);
}

/** What stands in the way of a closure, and what removes it. */
const inTheWay: readonly (readonly [kind: string, state: string, command: string])[] = [
  ['order', 'inForce', 'RecordOrderRevoked'],
  ['order', 'requested', 'RecordProtectionOrderRefused'],
  ['breach', 'open', 'ReferBreach'],
  ['measure', 'active', 'EndProtectiveMeasure'],
  ['medicalTransfer', 'ordered', 'CompleteMedicalTransfer'],
  ['welfareCheck', 'requested', 'CompleteWelfareCheck'],
  ['placement', 'ordered', 'RecordShelterExited'],
  ['release', 'known', 'RecordVictimNotifiedOfRelease'],
  ['referral', 'made', 'RecordReferralCompleted'],
  ['incident', 'recordOpen', 'CompleteStatutoryRecord'],
];

/** What of a reconciliation has to be given up before the case is closed. */
const givenUp = ['suspended', 'eligible', 'offered', 'consented', 'ready', 'scheduled'];

function towardsClosure(it: Situation): Lead {
  const work = it.in('lifecycle.closed') ? undefined : towardsWork(it);
  if (work) return work;
  if (it.in('lifecycle.closureReview')) return [it.draw.once(2) ? 'ReviewClosure' : 'CloseCase'];
  const found = inTheWay.find(([kind, state]) => it.parts(kind, state).length > 0);
  if (found) return [found[2]];
  if (it.in('childSafeguarding.screening')) return ['ScreenChild'];
  if (givenUp.some((state) => it.in(`reconciliation.${state}`))) return ['FailReconciliation'];
  if (!it.in('assessment.current')) return ['AssessRisk'];
  if (it.view.context['accessNeedsAnswered'] !== true) return ['AnswerAccessNeeds'];
  return it.draw.of([['CompleteFollowUp', 1], ['ProposeClosure'], ['ProposeClosure']] as const);
}

function towardsWaiver(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  const offences = it.view.context['offences'] as readonly string[];
  if (offences.length === 0) return ['RecordOffence'];
  if (it.parts('waiver', 'requested').length > 0) return ['CompleteCoercionCheck'];
  if (it.parts('waiver', 'checked').length > 0) return ['RecordWaiver'];
  return [it.draw.once(3) ? 'StartProtectiveMeasure' : 'RequestWaiver'];
}

function towardsProsecution(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  const referral = it.view.context['referral'] as { readonly isApproved: boolean } | null;
  if (it.parts('incident', 'recordOpen').length > 0) return ['CompleteStatutoryRecord'];
  if (it.in('legal.referredToProsecution')) return ['RecordProsecutionDecision'];
  if (referral === null) return ['ProposeReferral'];
  return [referral.isApproved ? 'ReferToProsecution' : 'ApproveReferral'];
}

function towardsContact(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  if (it.parts('release', 'known').length > 0) return ['RecordVictimNotifiedOfRelease'];
  if (it.parts('welfareCheck', 'requested').length > 0) return ['CompleteWelfareCheck'];
  return it.draw.of([
    ['SetSafeContact'],
    ['SendNotice', 1],
    ['SendNotice', 5],
    ['RecordNoticeFailed'],
    ['NotifyRelease'],
    ['RecordFollowUpMissed', 13],
    ['RecordFollowUpMissed', 13],
    ['AssessRisk'],
  ] as const);
}

function towardsSharing(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  const isReferred = it.parts('referral', 'made').length > 0;
  if (isReferred && it.draw.once(4)) return ['RecordReferralCompleted'];
  // Without one that is given nothing is shared by consent, and none is taken back.
  const isGiven = it.parts('consent', 'given').length > 0;
  if (it.draw.once(isGiven ? 3 : 2)) return [isGiven ? 'WithdrawConsent' : 'RecordConsent'];
  return it.draw.of([
    ['RecordConsent'],
    ['MakeReferral'],
    ['ShareInformation'],
    ['MakeReferral'],
    ['MakeReferral'],
    ['ShareInformation'],
    ['ShareInformation'],
    ['AddParty'],
    ['ScreenChild'],
    ['CompleteViolenceScreening'],
    ['CompleteViolenceScreening'],
  ] as const);
}

function towardsTalk(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  if (it.parts('interview', 'inProgress').length > 0) return ['CompleteInterview'];
  if (it.draw.once(8)) return ['FlagAbuseEscalation'];
  if (it.draw.once(3)) return [it.draw.once(2) ? 'AssignLanguageSupport' : 'WithdrawConsent'];
  return [it.draw.once(2) ? 'StartInterview' : 'JustifyReinterview'];
}

function towardsPromise(it: Situation): Lead {
  const work = towardsWork(it);
  if (work) return work;
  if (it.parts('undertaking', 'inForce').length === 0) return ['SignUndertaking'];
  return [it.draw.once(3) ? 'AssessRisk' : 'RecordUndertakingBreach'];
}

/** To another office, which takes what is quiet: by chance alone hardly anything stays so. */
function towardsElsewhere(it: Situation): Lead {
  const found = inTheWay.find(([kind, state]) => it.parts(kind, state).length > 0);
  const leave = it.draw.once(3) ? 'MergeDuplicate' : 'TransferCase';
  return towardsWork(it) ?? [found?.[2] ?? leave];
}

/** Every place to get to; the ways that are long stand here several times. */
export const goals: readonly ((it: Situation) => Lead)[] = [
  towardsAccord,
  towardsAccord,
  towardsAccord,
  towardsClosure,
  towardsClosure,
  towardsOrders,
  towardsLower,
  towardsLower,
  towardsWaiver,
  towardsWaiver,
  towardsProsecution,
  towardsContact,
  towardsContact,
  towardsSharing,
  towardsTalk,
  towardsTalk,
  towardsPromise,
  towardsPromise,
  towardsElsewhere,
];
