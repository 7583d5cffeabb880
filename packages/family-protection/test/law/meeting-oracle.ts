// What the office's model says of bringing people together, judged from the record: INV-01 to 04, 34, 35.
import type { Known } from './known.ts';
import { DAY_MS, HOUR_MS, isHigh, keepsApart, later, ms, type Recorded } from './record.ts';

/** What is wrong, by invariant. */
export type Finding = readonly [invariant: string, what: string];

/** Events that offer a meeting, bring it about, or bind by it. */
const MEETINGS = [
  'ReconciliationOffered',
  'ReconciliationSessionScheduled',
  'SessionHeld',
  'SettlementSigned',
];
const CONSENTED = MEETINGS.slice(1);

/** Whom an event brings together, and all who take part. */
function people({ data }: Recorded, { participants }: Known): readonly string[] {
  const named = data.attendees ?? data.signatories ?? data.participants ?? [];
  return [...new Set([...named, ...participants])];
}

/** The instants at which it must be right: when it was, when it was entered, and when they meet. */
function instants({ type, occurredAt, recordedAt, data }: Recorded): readonly string[] {
  const isAhead = type === 'ReconciliationSessionScheduled';
  return isAhead ? [occurredAt, recordedAt, data.start] : [occurredAt, recordedAt];
}

/** Whether sexual violence, or violence against a child, stands in the record. */
function isForbidden({ incidents, parties }: Known): boolean {
  const told = [...incidents.values()];
  return (
    told.some(({ violence }) => violence.includes('sexual')) ||
    told.some(({ victim }) => victim !== undefined && parties.get(victim)?.isChild === true) ||
    [...parties.values()].some(({ role, isChild }) => role === 'victim' && isChild)
  );
}

/** Whether the risk is high at an instant, or was in the ninety days before it. */
function isRisky({ levels }: Known, at: string): boolean {
  const from = ms(at) - 90 * DAY_MS;
  return levels.some(({ level, until }) => isHigh(level) && (!until || ms(until) > from));
}

/** What is wrong with an event, by what was known before it. */
export function meetingFindings(event: Recorded, known: Known): Finding[] {
  const found: Finding[] = [];
  if (MEETINGS.includes(event.type)) {
    const all = people(event, known);
    const orders = [...known.orders.values()];
    if (instants(event).some((at) => orders.some((order) => keepsApart(order, all, at)))) {
      found.push(['INV-01', `${event.type} beside an order`]);
    }
    const isDue = event.occurredAt;
    if (known.levels.length === 0 || isRisky(known, isDue)) {
      found.push(['INV-02', `${event.type} at high risk, or at one that nobody knows`]);
    }
    if (isForbidden(known)) found.push(['INV-03', `${event.type} after what excludes it`]);
    found.push(...consentFindings(event, known, all));
  }
  return [...found, ...waitFindings(event, known), ...clauseFindings(event, known)];
}

/** Each alone, told what it means, and lately: of everyone who takes part. */
function consentFindings(event: Recorded, known: Known, all: readonly string[]): Finding[] {
  if (!CONSENTED.includes(event.type)) return [];
  if (!known.isUnderWay) return [['INV-04', `${event.type} without a reconciliation`]];
  return all.flatMap((partyId): Finding[] => {
    const counts = [...known.consents.values()].some(
      (consent) =>
        consent.partyId === partyId &&
        consent.isSound &&
        consent.occurredAt <= event.occurredAt &&
        instants(event).every((at) => ms(at) < ms(consent.expiresAt)),
    );
    return counts ? [] : [['INV-04', `${event.type} without the consent of ${partyId}`]];
  });
}

function waitFindings(event: Recorded, known: Known): Finding[] {
  const { type, data, occurredAt } = event;
  if (type === 'PartyConsented') {
    const offer = known.offers.get(data.offerId);
    const isSound = data.informed && data.obtainedPrivately;
    const isAdult = known.parties.get(data.partyId)?.isChild !== true;
    const found: Finding[] = [];
    if (!isSound || !isAdult) found.push(['INV-04', 'a consent that nobody gave freely']);
    if (!offer || offer.partyId !== data.partyId || ms(occurredAt) < later(offer) + 48 * HOUR_MS) {
      found.push(['INV-35', 'a consent before 48 hours to think']);
    }
    return found;
  }
  if (type !== 'SettlementSigned') return [];
  const draft = known.drafts.get(data.settlementId);
  return draft && ms(occurredAt) >= later(draft) + 24 * HOUR_MS
    ? []
    : [['INV-35', 'a signature before 24 hours to read']];
}

const FORBIDDEN = [
  'waiverOfReporting',
  'obligationToCohabit',
  'custodyChange',
  'moneyHeldByPolice',
];
/** Words of the tests' own clauses that no settlement may contain; see `moves.ts`. */
const FORBIDDEN_WORDS = ['report', 'custody', 'together', 'office keeps'];

function clauseFindings(event: Recorded, known: Known): Finding[] {
  const { type, data } = event;
  const isDraft = type === 'SettlementProposed';
  if (!isDraft && type !== 'SettlementSigned') return [];
  const kinds = isDraft
    ? data.clauses.flatMap((clause) => clause.kinds)
    : (known.drafts.get(data.settlementId)?.kinds ?? []);
  const texts = isDraft ? data.clauses.map(({ text }) => text) : [];
  const isWrong =
    kinds.some((kind) => FORBIDDEN.includes(kind)) ||
    texts.some((text) => FORBIDDEN_WORDS.some((word) => text.includes(word)));
  return isWrong ? [['INV-34', `${type} with a clause that nobody may sign`]] : [];
}

/** What trips a reconciliation that is under way, read from one event. */
function trips({ type, data }: Recorded, known: Known): boolean {
  switch (type) {
    case 'ProtectionOrderRequested':
    case 'ProtectionOrderIssued':
    case 'ProtectionOrderExtended':
    case 'ProtectionOrderBreached':
    case 'IncidentRecorded':
    case 'SafetyConcernNoted':
    case 'ProtectiveMeasureStarted':
    case 'MedicalTransferOrdered':
    case 'ShelterPlacementOrdered':
    case 'RemovalOrdered':
    case 'SessionTerminatedForSafety':
      return true;
    case 'RiskAssessed':
      return isHigh(known.level);
    case 'PreMeetingHeld':
      return data.coercionSigns;
    case 'CoercionCheckCompleted':
    case 'WelfareCheckCompleted':
      return data.result === 'concern';
    case 'FollowUpCompleted':
      return data.safetyAnswer === 'concern' || data.newIncident;
    case 'IncidentCorrected':
    case 'PartyAdded':
    case 'PartyAgeCorrected':
      return isForbidden(known);
    default:
      return false;
  }
}
const TRIPS_ON: Readonly<Record<string, string>> = {
  ProtectionOrderIssued: 'INV-01',
  ProtectionOrderExtended: 'INV-01',
  ProtectionOrderBreached: 'INV-01',
  RiskAssessed: 'INV-02',
  IncidentCorrected: 'INV-03',
  PartyAdded: 'INV-03',
  PartyAgeCorrected: 'INV-03',
};

/** What an event leaves under way that it has to stop. Asked once the event is taken over. */
export function tripped(event: Recorded, known: Known): Finding | undefined {
  if (!known.isUnderWay || !trips(event, known)) return undefined;
  return [TRIPS_ON[event.type] ?? 'CH-1', `${event.type} did not stop the reconciliation`];
}

/** What may not stand once everything that a command brings is recorded. */
export function standingFindings(known: Known, now: string): Finding[] {
  const found: Finding[] = [];
  for (const { attendees } of known.sessions.values()) {
    const orders = [...known.orders.values()];
    if (orders.some((order) => keepsApart(order, attendees, now))) {
      found.push(['INV-01', 'a session is still on beside an order']);
    }
    if (isHigh(known.level)) found.push(['INV-02', 'a session is still on at high risk']);
    if (isForbidden(known)) found.push(['INV-03', 'a session is still on after what excludes it']);
    if (!known.isUnderWay) found.push(['INV-04', 'a session is still on after somebody went']);
  }
  return found;
}
