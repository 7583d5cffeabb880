// A case of domestic violence: who takes part, and the steps that bring it to each of its stages.
import { may, type Step } from './alley.ts';

/** The report of the victim A about B. */
export const report: Step = {
  by: 'int1',
  command: 'RegisterReport',
  at: may(9),
  input: {
    reportNo: 'R-1',
    subType: 'intimatePartner',
    violenceTypes: ['physical'],
    accessNeeds: [],
  },
};
/** A person of the case. */
export function person(partyId: string, partyRole: string, more: object = {}): Step {
  const input = { partyId, person: `p-${partyId}`, partyRole, band: 'adult', ...more };
  return { by: 'int1', command: 'AddParty', input };
}
/** A command of the caseworker. */
export function work(command: string, input: object = {}, at?: string): Step {
  return { by: 'cw1', command, input, ...(at === undefined ? {} : { at }) };
}
/** A command of somebody else. */
export function as(by: string, command: string, input: object = {}, at?: string): Step {
  return { ...work(command, input, at), by };
}
/** What is due at high risk: a plan, and a conference. */
export function met(at: string): readonly Step[] {
  return [
    work('AgreeSafetyPlan', {}, at),
    as('sup1', 'HoldCaseConference', { agencies: ['hospital'] }, at),
  ];
}
/** An assessment that finds a level. */
export function assess(level: string, at?: string): Step {
  return work('AssessRisk', { band: level }, at);
}

/** The order as it is asked for. */
export const asked = {
  orderId: 'O1',
  victimInformed: true,
  protected: ['A'],
  against: 'B',
  conditionsSought: ['noContact'],
};
/** The order as it is issued on 10 May. */
export const issue = {
  orderId: 'O1',
  issuer: 'publicProsecution',
  from: may(10, '12:00'),
  until: '2027-06-09T12:00:00+03:00',
};
/** What the statutory record asks for. */
export const record = {
  incidentId: 'reported',
  receivedAt: may(9),
  receivedPlace: 'office',
  reporterRef: 'A',
  investigationStart: may(9),
  violenceType: 'physical',
  childExposureStatement: 'There is no child.',
  circumstances: 'At home, in the evening.',
};
const checks = { competencyChecked: true, conflictChecked: true, openCases: 0 };

/** An assignment. */
export function assign(to: string, more: object = {}): Step {
  return as('sup1', 'AssignCase', { to, ...checks, ...more });
}

/** The steps up to each stage. */
export const until = (() => {
  const registered = [
    report,
    person('A', 'victim', { relationToVictim: 'self' }),
    person('B', 'allegedAggressor', { relationToVictim: 'spouse' }),
  ];
  const triaged = [...registered, as('int1', 'TriageCase', { level: 'priority' })];
  const active = [...triaged, assign('cw1'), work('CompleteStatutoryRecord', record)];
  const standard = [...active, assess('standard')];
  const high = [...active, assess('high')];
  const requested = [...standard, work('RequestProtectionOrder', asked)];
  const issued = [
    ...requested,
    as('leg1', 'RecordProtectionOrderIssued', issue, may(10, '12:00')),
  ];
  const served = [...issued, work('RecordOrderServed', { orderId: 'O1' }, may(10, '15:00'))];
  const breached = [
    ...served,
    work('RecordBreach', { orderId: 'O1', breachId: 'B1', withViolence: false }, may(11)),
  ];
  const checked = [
    ...standard,
    work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 7 }, may(16)),
  ];
  const proposed = [
    ...checked,
    work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true }, may(17)),
  ];
  const closed = [...proposed, as('sup1', 'CloseCase', {}, may(18))];
  return {
    registered,
    triaged,
    active,
    standard,
    high,
    requested,
    issued,
    served,
    breached,
    checked,
    proposed,
    closed,
  };
})();

/** The id of another file about the same, and the report that opens it. */
export const OTHER_FILE = '01JD8ZQ4XK7T9N2M5P8R3V6W1Y';
/** The report that opens {@link OTHER_FILE}. */
export const otherReport: Step = {
  by: 'int1',
  command: 'RegisterReport',
  file: OTHER_FILE,
  input: report.input ?? {},
};
/** The same, merged into the other file. */
export const mergeInto = (survivingCaseId: string): Step =>
  as('sup1', 'MergeDuplicate', { survivingCaseId, reason: 'sameIncident' });
