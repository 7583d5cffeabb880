// What the office's model says of the rest of a violence case, judged from the record alone.
import type { Known } from './known.ts';
import type { Finding } from './meeting-oracle.ts';
import { DAY_MS, height, HOUR_MS, isHigh, later, ms, names, type Recorded } from './record.ts';

/** What is wrong with an event, by what was known before it. */
export function caseFindings(event: Recorded, known: Known): Finding[] {
  return [
    ...screeningFindings(event, known),
    ...riskFindings(event, known),
    ...closureFindings(event, known),
    ...legalFindings(event, known),
    ...sharingFindings(event, known),
    ...contactFindings(event, known),
    ...interviewFindings(event, known),
    ...dutyFindings(event, known),
    ...clockFindings(event),
  ];
}

/** INV-05, 06, 11: each alone, a child by whoever may, and beside it nobody who is accused. */
function screeningFindings({ type, data, actor }: Recorded, known: Known): Finding[] {
  if (type !== 'ViolenceScreeningCompleted') return [];
  const found: Finding[] = [];
  if (!data.conductedAlone) found.push(['INV-11', 'two were asked in front of one another']);
  if (known.parties.get(data.partyId)?.isChild !== true) return found;
  const { guardian, specialist } = data.accompaniedBy ?? {};
  if (actor.role !== 'FIO' || (guardian ?? specialist) === undefined) {
    found.push(['INV-05', 'a child was asked alone, or by somebody who may not']);
  }
  const role = known.parties.get(guardian ?? '')?.role;
  if (guardian !== undefined && role !== 'guardian' && role !== 'victim') {
    found.push(['INV-06', 'somebody else than a guardian sat beside the child']);
  }
  return found;
}

/** Lowest scores of the bands that the instrument of these tests publishes. */
const bandOf = (score: number): string =>
  score >= 14 ? 'high' : score >= 10 ? 'medium' : 'standard';

/** INV-12: anyone raises the level; nothing but a founded approval lowers it. */
function riskFindings(event: Recorded, known: Known): Finding[] {
  const { type, data } = event;
  const wrong = (what: string): Finding[] => [['INV-12', what]];
  if (type === 'RiskAssessed') {
    const scored = data.instrument.id === 'DASH-RIC' && data.score !== undefined;
    const least = Math.max(
      height(data.judgement?.level),
      height(data.band),
      scored ? height(bandOf(data.score ?? 0)) : 0,
    );
    return height(data.finalLevel) < least ? wrong('an instrument was overruled downwards') : [];
  }
  if (type !== 'RiskDowngradeApproved') return [];
  const { assessed, downgrade } = known;
  const isFounded =
    assessed?.isFull === true &&
    height(assessed.level) <= height(data.to) &&
    isWithin(event, assessed.occurredAt, 72 * HOUR_MS);
  const isQuiet = known.harms.every((harm) => ms(event.occurredAt) >= later(harm) + 14 * DAY_MS);
  if (!isFounded) return wrong('a level was lowered without a fresh and full assessment');
  if (known.openBreaches.size > 0 || !isQuiet) return wrong('a level was lowered too soon');
  if (downgrade?.to !== data.to) return wrong('another level was approved than proposed');
  return ['SUP', 'HEAD'].includes(event.actor.role) ? [] : wrong('somebody lowered it who may not');
}

/** Whether it was, and was entered, within a term of what it rests on. */
function isWithin({ occurredAt, recordedAt }: Recorded, since: string, termMs: number): boolean {
  return [occurredAt, recordedAt].every((at) => ms(at) <= ms(since) + termMs);
}

/** INV-07: two people, a fresh look and a contact close what was ever dangerous. */
function closureFindings(event: Recorded, known: Known): Finding[] {
  if (event.type !== 'CaseClosed' || !known.wasEverHigh) return [];
  const { assessed, lastContact, closure, harms, levels } = known;
  const wrong = (what: string): Finding => ['INV-07', what];
  const found: Finding[] = [];
  const reviewers = closure?.reviewers ?? [];
  if (event.actor.role !== 'HEAD' || reviewers.length === 0) {
    found.push(wrong('closed without a review and the head of the office'));
  }
  if (!assessed || !isWithin(event, assessed.occurredAt, 14 * DAY_MS)) {
    found.push(wrong('closed on an old assessment'));
  }
  const isAsked = lastContact?.isSafe === true;
  const rises = levels.filter(({ level }) => isHigh(level)).map(({ since }) => since);
  const isSince = [...harms.map(({ recordedAt }) => recordedAt), ...rises].every(
    (at) => at <= (lastContact?.recordedAt ?? ''),
  );
  if (!isAsked || !isSince) found.push(wrong('closed without asking her since'));
  return found;
}

const ARTICLE_14 = [
  'receivedAt',
  'receivedPlace',
  'reporterRef',
  'investigationStart',
  'violenceType',
  'childExposureStatement',
];
/** The only offence of which these tests' policy lets a complaint be taken back. */
const WAIVABLE = ['SAMPLE-INSULT'];

/** INV-18 and INV-19: a complete record goes to the prosecution, and nobody is made to waive. */
function legalFindings({ type, data }: Recorded, known: Known): Finding[] {
  if (type === 'ReferredToProsecution') {
    const isComplete = data.recordIds.every((id) => {
      const fields = known.incidents.get(id)?.fields;
      return ARTICLE_14.every((field) => fields?.has(field));
    });
    const isApproved = known.referral?.isApproved === true;
    return isComplete && isApproved ? [] : [['INV-18', 'referred with less than the law asks for']];
  }
  if (type !== 'ComplaintWaived') return [];
  const waiver = known.waivers.get(data.waiverId);
  const isVictim = known.parties.get(waiver?.byParty ?? '')?.role === 'victim';
  const isFree = waiver?.check?.isPrivate === true && waiver.check.result === 'noConcern';
  const isLawful = waiver?.codes.every((code) => WAIVABLE.includes(code)) === true;
  const isAgreed = !known.isReferred || data.ppApprovalRef !== undefined;
  return isVictim && isFree && isLawful && isAgreed
    ? []
    : [['INV-19', 'a complaint was taken back that could not be, or not freely']];
}

const LEGAL_BASES = ['mandatoryReporting', 'imminentDanger', 'courtOrder', 'prosecutionOrder'];
/** The least that each agency of these tests needs. */
const LEAST: Readonly<Record<string, readonly string[]>> = {
  hospital: ['name', 'contact', 'needs'],
  legalAid: ['name', 'contact', 'needs', 'incident', 'orders'],
  school: ['name', 'orders'],
};

/** INV-20: with a basis, to a named agency, and no more than it needs. */
function sharingFindings(event: Recorded, known: Known): Finding[] {
  const { type, data, occurredAt, recordedAt } = event;
  if (type !== 'ReferralMade' && type !== 'DisclosureLogged') return [];
  const to = type === 'ReferralMade' ? data.agencyId : data.recipient;
  const fields = type === 'ReferralMade' ? data.fieldsShared : data.fields;
  const wrong = (what: string): Finding[] => [['INV-20', what]];
  if (!fields.every((field) => LEAST[to]?.includes(field))) return wrong(`too much for ${to}`);
  const { kind, code = '', consentId = '' } = data.basis;
  if (kind === 'legal') return LEGAL_BASES.includes(code) ? [] : wrong('no such legal basis');
  const consent = known.sharing.get(consentId);
  const isValid =
    consent !== undefined &&
    [occurredAt, recordedAt].every((at) => ms(at) < ms(consent.expiresAt)) &&
    ms(occurredAt) < ms(consent.withdrawnAt ?? '9999-01-01') &&
    consent.recipients.includes(to) &&
    fields.every((field) => consent.fields.includes(field));
  return isValid ? [] : wrong('shared without a consent to it');
}

/** INV-16: by a way that she named, and in hours that she named. */
function contactFindings({ type, data, occurredAt }: Recorded, known: Known): Finding[] {
  const isRelease = type === 'VictimNotifiedOfRelease';
  if (!isRelease && type !== 'NoticeSent') return [];
  if (isRelease && data.channel === 'inPerson') return [];
  const local = new Date(ms(occurredAt) + 3 * HOUR_MS).toISOString().slice(11, 16);
  const ways = known.channels.get(isRelease ? data.partyId : data.recipient) ?? [];
  const isSafe = ways.some(({ kind, from, to }) => {
    const isIn = from <= to ? from <= local && local < to : from <= local || local < to;
    return kind === data.channel && isIn;
  });
  return isSafe ? [] : [['INV-16', `reached by ${data.channel} at ${local}`]];
}

/** INV-21: two people where two are asked for, and none who did the other's work before. */
function dutyFindings(event: Recorded, known: Known): Finding[] {
  const both: Readonly<Record<string, readonly string[]>> = {
    RiskDowngradeApproved: known.downgrade?.by ?? [],
    RiskDowngradeRejected: known.downgrade?.by ?? [],
    ProsecutionReferralApproved: known.referral?.by ?? [],
    ReconciliationApproved: known.assessors,
    ClosureReviewed: known.closure?.by ?? [],
    CaseClosed: [...(known.closure?.by ?? []), ...(known.closure?.reviewers ?? [])],
  };
  const barred = CONCILIATES.includes(event.type)
    ? [...known.investigators]
    : INVESTIGATES.includes(event.type)
      ? [...known.conciliators]
      : (both[event.type] ?? []);
  const doers = CONCILIATES.includes(event.type)
    ? [event.data.conciliator, ...names(event)]
    : names(event);
  return doers.some((one) => barred.includes(one))
    ? [['INV-21', `${event.type} by somebody who did the other's work`]]
    : [];
}
const CONCILIATES = [
  'PreMeetingHeld',
  'ReconciliationSessionScheduled',
  'SessionHeld',
  'EligibilityAssessed',
];
const EMERGENCIES = ['StartProtectiveMeasure', 'OrderMedicalTransfer'];
const INVESTIGATES = [
  'AggressorSummoned',
  'AggressorDetained',
  'ProsecutionReferralProposed',
  'InterviewStarted',
];

/** INV-05, INV-10, INV-11: grown, alone, and in a room or for a reason. */
function interviewFindings({ type, data }: Recorded, known: Known): Finding[] {
  if (type !== 'InterviewStarted') return [];
  const { partyId, attendees = [], booking, offSite } = data;
  const found: Finding[] = [];
  const heard = known.parties.get(partyId);
  if (heard?.isChild === true) found.push(['INV-05', 'a child was heard as an adult is']);
  if (!booking && !offSite) found.push(['INV-10', 'an interview nowhere']);
  const others = (attendees as readonly (string | { who: string })[]).map((one) =>
    typeof one === 'string' ? one : one.who,
  );
  const isSided = (one: string): boolean =>
    ['victim', 'allegedAggressor', 'child'].includes(known.parties.get(one)?.role ?? '');
  if (others.some(isSided)) found.push(['INV-11', 'two parties in one interview']);
  if (heard?.role === 'victim' && (known.heard.get(partyId) ?? 0) > 0) {
    found.push(['INV-11', 'a victim was heard again, and nobody has said why']);
  }
  return found;
}

/** INV-25: nothing lies ahead, and what comes late says why; no form stops an emergency. */
function clockFindings(event: Recorded): Finding[] {
  const { occurredAt, recordedAt, lateReason, command } = event;
  if (EMERGENCIES.includes(command.name)) return [];
  const lateMs = ms(recordedAt) - ms(occurredAt);
  return lateMs < 0 || (lateMs > DAY_MS && lateReason === undefined)
    ? [['INV-25', `entered ${lateMs} ms after it was`]]
    : [];
}

/** What may not stand once a command is through: nobody accountable, INV-31. */
export function accountableFindings(known: Known): Finding[] {
  const isOpen = known.duty !== undefined;
  return isOpen && (known.lead ?? known.duty) === undefined
    ? [['INV-31', 'nobody is accountable']]
    : [];
}

