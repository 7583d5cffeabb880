// What can be known of a violence case from its record alone: the oracle's own fold, no part, no chart.
import { isHigh, height, names, type Order, type Recorded, type When } from './record.ts';

interface Party {
  readonly role: string;
  readonly isChild: boolean;
  readonly band: string;
}
interface Incident {
  readonly victim: string | undefined;
  readonly violence: readonly string[];
  readonly fields: Set<string>;
}
interface Given extends When {
  readonly partyId: string;
  readonly isSound: boolean;
  readonly expiresAt: string;
}
interface Level {
  readonly level: string;
  readonly since: string;
  /** When it was lowered, as it was entered. */
  until?: string;
}
interface Waiver {
  readonly byParty: string;
  readonly codes: readonly string[];
  check?: { readonly isPrivate: boolean; readonly result: string };
}
interface Sharing {
  readonly recipients: readonly string[];
  readonly fields: readonly string[];
  readonly expiresAt: string;
  withdrawnAt?: string;
}

/** Everything that the record tells so far. */
export class Known {
  readonly parties = new Map<string, Party>();
  readonly incidents = new Map<string, Incident>();
  readonly levels: Level[] = [];
  assessed: (When & { readonly level: string; readonly isFull: boolean }) | undefined;
  readonly orders = new Map<string, Order>();
  readonly openBreaches = new Set<string>();
  /** Incidents and breaches. */
  readonly harms: When[] = [];
  downgrade: { readonly by: readonly string[]; readonly to: string } | undefined;
  /** Whether a reconciliation is under way, and whether it is offered, or in force, already. */
  isUnderWay = false;
  isInForce = false;
  isOffered = false;
  participants: readonly string[] = [];
  assessors: readonly string[] = [];
  readonly offers = new Map<string, When & { readonly partyId: string }>();
  readonly consents = new Map<string, Given>();
  readonly sessions = new Map<string, { readonly attendees: readonly string[] }>();
  readonly held: When[] = [];
  readonly drafts = new Map<string, When & { readonly kinds: readonly string[] }>();
  readonly waivers = new Map<string, Waiver>();
  readonly sharing = new Map<string, Sharing>();
  readonly channels = new Map<string, Recorded['data']['channels']>();
  /** How often each party was heard since a supervisor last found that it has to be done. */
  readonly heard = new Map<string, number>();
  readonly investigators = new Set<string>();
  readonly conciliators = new Set<string>();
  readonly conflicts = new Set<string>();
  lead: string | undefined;
  duty: string | undefined;
  isTriaged = false;
  isReported = false;
  isReferred = false;
  isOver = false;
  referral: { readonly by: readonly string[]; isApproved: boolean } | undefined;
  closure: { readonly by: readonly string[]; readonly reviewers: string[] } | undefined;
  lastContact: (When & { readonly isSafe: boolean }) | undefined;

  get level(): string | undefined {
    return this.levels.at(-1)?.level;
  }

  get wasEverHigh(): boolean {
    return this.levels.some(({ level }) => isHigh(level));
  }

  /** Takes an event over. */
  note(event: Recorded): void {
    this.#people(event);
    this.#danger(event);
    this.#orders(event);
    this.#accord(event);
    this.#settlement(event);
    this.#file(event);
  }

  #people(event: Recorded): void {
    const { type, data } = event;
    if (type === 'PartyAdded' || type === 'PartyAgeCorrected') {
      const role = data.partyRole ?? this.parties.get(data.partyId)?.role ?? '';
      this.parties.set(data.partyId, { role, isChild: data.isChild, band: data.ageBand });
    } else if (type === 'IntakeStarted') this.duty = event.actor.staff;
    else if (type === 'CaseAssigned' && data.capacity === 'caseworker') this.lead = data.to;
    else if (type === 'CaseReassigned') this.lead = data.to;
    else if (type === 'CaseHandedOver') {
      if (this.lead === undefined) this.duty = data.to;
      else this.lead = data.to;
    } else if (type === 'ConflictOfInterestDeclared') {
      this.conflicts.add(data.staff);
      if (this.lead === data.staff) this.lead = undefined;
    } else if (type === 'SafeContactSet') this.channels.set(data.partyId, data.channels);
    else if (type === 'NoticeFailed' && data.cause === 'wrongPerson') {
      const ways = this.channels.get(data.recipient) ?? [];
      const safe = ways.filter(({ kind }) => kind !== data.channel);
      this.channels.set(data.recipient, safe);
    } else if (type === 'InterviewStarted') {
      const count = this.heard.get(data.partyId) ?? 0;
      this.heard.set(data.partyId, count + 1);
    } else if (type === 'ReinterviewJustified') this.heard.delete(data.partyId);
    const isInterview = type === 'ViolenceScreeningCompleted' && event.actor.role === 'FIO';
    if (INVESTIGATING.includes(type) || isInterview) add(this.investigators, names(event));
    if (CONCILIATING.includes(type)) add(this.conciliators, [data.conciliator, ...names(event)]);
  }

  #danger(event: Recorded): void {
    const { type, data, occurredAt, recordedAt } = event;
    if (type === 'ReportRegistered' || type === 'IncidentRecorded') {
      const { victim, violenceTypes: violence = [] } = data;
      this.incidents.set(data.incidentId, { victim, violence, fields: new Set() });
    } else if (type === 'IncidentCorrected' && data.violenceTypes) {
      const known = this.incidents.get(data.incidentId);
      if (known) {
        this.incidents.set(data.incidentId, { ...known, violence: data.violenceTypes });
      }
    } else if (type === 'StatutoryRecordCompleted') {
      const { incidentId, ...fields } = data;
      add(this.incidents.get(incidentId)?.fields ?? new Set(), Object.keys(fields));
    } else if (type === 'RiskAssessed') {
      // One that was made earlier and is entered later is not the last one.
      if (!this.assessed || occurredAt >= this.assessed.occurredAt) {
        this.assessed = { occurredAt, recordedAt, level: data.finalLevel, isFull: data.full };
      }
      if (height(data.finalLevel) > height(this.level)) this.#levelIs(data.finalLevel, recordedAt);
    } else if (type === 'RiskDowngradeApproved') {
      this.#levelIs(data.to, recordedAt);
      this.downgrade = undefined;
    } else if (type === 'RiskDowngradeProposed') {
      this.downgrade = { by: names(event), to: data.to };
    } else if (type === 'RiskDowngradeRejected') this.downgrade = undefined;
    else if (type === 'FollowUpCompleted') {
      const isSafe = data.safetyAnswer === 'safe' && !data.newIncident;
      this.lastContact = { occurredAt, recordedAt, isSafe };
    } else if (type === 'FollowUpMissed' && Number(data['attempt']) >= 3) {
      // Given up after three attempts: a welfare check follows at high risk.
      this.lastContact = { occurredAt, recordedAt, isSafe: true };
    }
    if (HARMS.includes(type)) this.harms.push({ occurredAt, recordedAt });
  }

  #levelIs(level: string, at: string): void {
    const last = this.levels.at(-1);
    if (last) last.until = at;
    this.levels.push({ level, since: at });
  }

  #orders({ type, data }: Recorded): void {
    const order = this.orders.get(data.orderId);
    if (type === 'ProtectionOrderIssued') {
      const { protected: people, against, conditions, until } = data;
      this.orders.set(data.orderId, { people, against, conditions, until });
    } else if (type === 'ProtectionOrderBreached') this.openBreaches.add(data.breachId);
    else if (type === 'BreachReferred') this.openBreaches.delete(data.breachId);
    else if (order) {
      const { newUntil, servedAt, at } = data;
      if (type === 'ProtectionOrderExtended') {
        this.orders.set(data.orderId, { ...order, until: newUntil });
      } else if (type === 'ProtectionOrderServed') {
        this.orders.set(data.orderId, { ...order, servedAt });
      } else if (type === 'ProtectionOrderRevoked') {
        this.orders.set(data.orderId, { ...order, revokedAt: at });
      }
    }
  }

  #accord(event: Recorded): void {
    const { type, data, occurredAt, recordedAt } = event;
    if (type === 'EligibilityAssessed') {
      this.#starts(data.eligible ? data.participants : []);
      this.assessors = names(event);
    } else if (type === 'ReconciliationOffered') {
      this.offers.set(data.offerId, { occurredAt, recordedAt, partyId: data.partyId });
      this.isOffered = true;
    } else if (type === 'PartyConsented') {
      const { partyId, expiresAt, informed, obtainedPrivately } = data;
      const isSound = informed && obtainedPrivately;
      const given = { partyId, expiresAt, isSound, occurredAt, recordedAt };
      this.consents.set(data.consentId, given);
    } else if (type === 'ReconciliationSessionScheduled') {
      this.sessions.set(data.sessionId, { attendees: data.attendees });
    } else if (SESSION_OVER.includes(type)) this.sessions.delete(data.sessionId);
    if (type === 'SessionHeld') this.held.push({ occurredAt, recordedAt });
    // Whoever goes, goes for all of them; what is in force no longer rests on a consent.
    // What was given once can be taken back once, also where it changes nothing any more.
    if (type === 'ReconciliationConsentWithdrawn') this.consents.delete(data.consentId);
    const isGone = type === 'PartyDeclined' || type === 'ReconciliationConsentWithdrawn';
    if (ROUND_OVER.includes(type) || (isGone && this.isOffered && !this.isInForce)) this.#ends();
  }

  #starts(participants: readonly string[]): void {
    this.#ends();
    this.isUnderWay = participants.length > 0;
    if (this.isUnderWay) this.participants = participants;
  }

  #ends(): void {
    this.isUnderWay = false;
    this.isInForce = false;
    this.isOffered = false;
    this.consents.clear();
    this.drafts.clear();
    this.held.length = 0;
  }

  #settlement(event: Recorded): void {
    const { type, data, occurredAt, recordedAt } = event;
    if (type === 'SettlementProposed') {
      const kinds = data.clauses.flatMap((clause) => clause.kinds);
      this.drafts.clear();
      this.drafts.set(data.settlementId, { occurredAt, recordedAt, kinds });
    } else if (type === 'SettlementSigned') this.isInForce = !data.needsRatifying;
    else if (type === 'SettlementRatified') this.isInForce = true;
    else if (type === 'ComplaintWaiverRequested') {
      this.waivers.set(data.waiverId, { byParty: data.byParty, codes: data.offenceCodes });
    } else if (type === 'CoercionCheckCompleted') {
      const waiver = this.waivers.get(data.waiverId);
      if (waiver) waiver.check = { isPrivate: data.conductedPrivately, result: data.result };
    } else if (type === 'ConsentGranted') {
      const { recipients, scopeFields: fields, expiresAt } = data;
      this.sharing.set(data.consentId, { recipients, fields, expiresAt });
    } else if (type === 'ConsentWithdrawn') {
      const consent = this.sharing.get(data.consentId);
      if (consent) consent.withdrawnAt = occurredAt;
    }
  }

  #file(event: Recorded): void {
    const { type } = event;
    if (type === 'CaseTriaged') this.isTriaged = true;
    else if (type === 'ReportRegistered') this.isReported = true;
    else if (type === 'ProsecutionReferralProposed') {
      this.referral = { by: [String(event.data['proposer']), ...names(event)], isApproved: false };
    } else if (type === 'ProsecutionReferralApproved' && this.referral) {
      this.referral.isApproved = true;
    } else if (type === 'ReferredToProsecution') {
      this.referral = undefined;
      this.isReferred = true;
    } else if (type === 'ProsecutionDecisionRecorded') {
      this.isReferred = event.data['decision'] !== 'returnForCompletion';
    } else if (type === 'ClosureProposed') {
      this.closure = { by: [String(event.data['proposer']), ...names(event)], reviewers: [] };
    } else if (type === 'ClosureReviewed') this.closure?.reviewers.push(...names(event));
    else if (type === 'ClosureReturned') this.closure = undefined;
    else if (type === 'CaseReopened') {
      this.closure = undefined;
      this.isOver = false;
    } else if (['CaseClosed', 'DuplicateMerged', 'CaseTransferred'].includes(type)) {
      this.isOver = true;
    }
  }
}

const INVESTIGATING = [
  'AggressorSummoned',
  'AggressorDetained',
  'ProsecutionReferralProposed',
  'InterviewStarted',
];
const CONCILIATING = ['PreMeetingHeld', 'ReconciliationSessionScheduled', 'SessionHeld'];
const HARMS = ['IncidentRecorded', 'ProtectionOrderBreached'];
const SESSION_OVER = [
  'SessionHeld',
  'SessionAdjourned',
  'SessionCancelled',
  'SessionTerminatedForSafety',
];
const ROUND_OVER = [
  'ReconciliationSuspended',
  'ReconciliationFailed',
  'ReconciliationExpired',
  'SettlementNotRatified',
  'SettlementFulfilled',
];

function add(set: Set<string>, members: readonly string[]): void {
  for (const member of members) set.add(member);
}
