// For every rule of risk and of protection orders a situation in which it stands.
import { june, may, type Step } from './alley.ts';
import { refused, type Refusal } from './refusal.ts';
import { as, asked, assess, issue, until, work } from './violence.ts';

const incident = (at?: string): Step =>
  work('RecordIncident', { victim: 'A', violenceTypes: ['physical'] }, at);
const extend = (more: object = {}, at = may(20)): Step =>
  as(
    'leg1',
    'RecordOrderExtended',
    { orderId: 'O1', authority: 'court', newUntil: june(20), ...more },
    at,
  );
const lower = work('ProposeRiskDowngrade');
const approve = (at?: string): Step => as('sup1', 'ApproveRiskDowngrade', {}, at);
const downgraded = 'RISK_DOWNGRADE_NOT_APPROVED';
const ORDER = 'INVALID_TRANSITION';
const contradicts = 'ORDER_INSTANTS_CONTRADICT';

/** Of the risk. */
export const riskRefusals: readonly Refusal[] = [
  refused('instrumentLicensed', 'INSTRUMENT_NOT_LICENSED', [
    ...until.active,
    work('AssessRisk', { instrument: 'DASH-RIC', version: '9', score: 3 }),
  ]),
  refused('notBelowBand', downgraded, [
    ...until.active,
    work('AssessRisk', { instrument: 'DASH-RIC', score: 15, finalLevel: 'medium' }),
  ]),
  refused('downgradeFounded', downgraded, [...until.high, lower]),
  refused('downgradeFounded', downgraded, [
    ...until.high,
    assess('standard', may(10)),
    { ...lower, at: may(14) },
  ]),
  refused('downgradeAsProposed', downgraded, [...until.high, assess('standard'), approve()]),
  refused('noOpenBreach', downgraded, [
    ...until.breached,
    assess('high', may(12)),
    assess('medium', may(28)),
    lower,
    approve(),
  ]),
  refused('quietLongEnough', downgraded, [
    ...until.high,
    incident(may(10)),
    assess('standard', may(11)),
    lower,
    approve(),
  ]),
];

/** Of orders. */
export const orderRefusals: readonly Refusal[] = [
  refused('requestFounded', 'CONSENT_MISSING', [
    ...until.active,
    work('RequestProtectionOrder', { ...asked, victimInformed: false }),
  ]),
  refused('protectsOthers', 'ORDER_AGAINST_PROTECTED', [
    ...until.active,
    work('RequestProtectionOrder', { ...asked, protected: ['A', 'B'] }),
  ]),
  refused('issuerCompetent', 'ORDER_AUTHORITY_INVALID', [
    ...until.requested,
    as('leg1', 'RecordProtectionOrderIssued', { ...issue, issuer: 'court' }, may(10)),
  ]),
  refused('termWithinCap', 'ORDER_OVER_CAP', [
    ...until.requested,
    as('leg1', 'RecordProtectionOrderIssued', { ...issue, until: june(10) }, may(10)),
  ]),
  refused('extenderCompetent', 'EXTENSION_AUTHORITY_INVALID', [
    ...until.served,
    extend({ authority: 'publicProsecution' }),
  ]),
  refused('extensionWithinCap', 'EXTENSION_OVER_CAP', [
    ...until.served,
    extend({ newUntil: '2027-09-07T12:00:01+03:00' }),
  ]),
  refused('extendedInTime', 'ORDER_NOT_ACTIVE', [...until.served, extend({}, june(9, '12:00'))]),
  refused('servedInThePast', 'INSTANT_AHEAD', [
    ...until.issued,
    work('RecordOrderServed', { orderId: 'O1', servedAt: may(20) }),
  ]),
  refused('endsAfterIssue', contradicts, [
    ...until.requested,
    as('leg1', 'RecordProtectionOrderIssued', { ...issue, from: may(1), until: may(10) }, may(11)),
  ]),
  refused('servedAfterIssue', contradicts, [
    ...until.issued,
    work('RecordOrderServed', { orderId: 'O1', servedAt: may(10, '11:59') }),
  ]),
  refused('revokedAfterIssue', contradicts, [
    ...until.served,
    as('leg1', 'RecordOrderRevoked', { orderId: 'O1', basis: 'courtDecision', at: may(9) }),
  ]),
  refused('revokedByDecision', 'ORDER_AUTHORITY_INVALID', [
    ...until.served,
    work('RecordOrderRevoked', { orderId: 'O1', basis: 'victimRequest' }),
  ]),
  refused('endedInThePast', 'INSTANT_AHEAD', [
    ...until.served,
    as('leg1', 'RecordOrderRevoked', { orderId: 'O1', basis: 'courtDecision', at: may(20) }),
  ]),
  refused('partInOrder', ORDER, [
    ...until.requested,
    as('leg1', 'RecordOrderRevoked', { orderId: 'O1', basis: 'courtDecision' }),
  ]),
  refused('partInOrder', ORDER, [
    ...until.served,
    as('leg1', 'RecordProtectionOrderRefused', { orderId: 'O1', reason: 'no danger' }),
  ]),
  refused('breachedInThePast', 'INSTANT_AHEAD', [
    ...until.served,
    work('RecordBreach', { orderId: 'O1', withViolence: true, at: may(20) }),
  ]),
  refused('activeAtBreach', 'ORDER_NOT_ACTIVE', [
    ...until.served,
    work('RecordBreach', { orderId: 'O1', withViolence: true, at: may(10, '14:59') }),
  ]),
];
