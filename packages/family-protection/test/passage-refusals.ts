// For every rule between one file and the next a situation in which it, and nothing else, stands.
import { may, type Step } from './alley.ts';
import { as, mergeInto, until, OTHER_FILE, otherReport, person, report, work } from './violence.ts';
import type { Refusal } from './refusal.ts';

/** The complaint of A, of which no report has been made. */
export const complained: readonly Step[] = [
  {
    ...report,
    command: 'RegisterComplaint',
    input: { complaintNo: 'C-1', subType: 'exPartner', nonStatutoryFamily: true, accessNeeds: [] },
  },
  person('A', 'victim', { relationToVictim: 'self' }),
  person('B', 'allegedAggressor', { relationToVictim: 'exSpouse' }),
];
/** The complaint becomes a report on some basis. */
export const escalate = (legalBasis: string): Step =>
  as('int1', 'EscalateComplaint', {
    reportNo: 'R-1',
    legalBasis,
    trigger: 'victimAsked',
    victimInformed: true,
  });
/** The case is to become one of another type. */
export const move = (to: string, by = 'sup1'): Step =>
  as(by, 'ReclassifyCase', { to, reason: 'said' });
/** The other file is to go on with it. */
export const transfer = as('sup1', 'TransferCase', {
  toOffice: 'NOR-FCP',
  basis: 'safetyOfParty',
  acceptanceRef: 'N-1',
  successor: OTHER_FILE,
});

const there = (step: Step): Step => ({ ...step, file: OTHER_FILE });
const merged = mergeInto(OTHER_FILE);
const both = [otherReport, ...until.registered.slice(1).map(there)];
const rated = there(as('int1', 'AssessRisk', { band: 'high' }));
const needs = as('int1', 'AnswerPartyNeeds', { partyId: 'A', interpreterNeeded: true });
const child = person('K', 'child', { band: 'under15' });
const worry = work('ScreenChild', { partyId: 'K', result: 'concern', seenAlone: true });
const sexual: Step = { ...report, input: { ...report.input, violenceTypes: ['sexual'] } };
/** A file about the same household, beside the one that goes on. */
const beside = OTHER_FILE.replace('1Y', '1X');
const linked = work('LinkCase', { otherCaseId: beside, relation: 'household' });
const notHeld = (rule: string, ...steps: readonly Step[]): Refusal => ({
  rule,
  code: 'PROTECTION_NOT_TAKEN_OVER',
  steps,
});

const unapproved = 'RECLASSIFICATION_NOT_APPROVED';
const upheld = { G2: true, G3: true, G4: true, G5: true, G6: true, G7: true, G8: true, G9: true };
const notEligible = {
  participants: ['A', 'B'],
  guards: { G1: false, ...upheld },
  capacityConfirmed: [],
  interpretersArranged: true,
  conciliator: 'con1',
  competencyChecked: true,
  conflictChecked: true,
  noHouseholdFound: true,
};

/** Situations between one file and the next. */
export const passageRefusals: readonly Refusal[] = [
  {
    rule: 'lessProtectionApproved',
    code: unapproved,
    steps: [...until.standard, move('family.dispute', 'cw1')],
  },
  {
    rule: 'harmStaysProtected',
    code: unapproved,
    steps: [...until.high, move('family.dispute')],
  },
  {
    rule: 'protectionKept',
    code: unapproved,
    steps: [...until.standard, move('family.childMaltreatment'), move('family.dispute')],
  },
  {
    rule: 'predecessorWaits',
    code: 'PREDECESSOR_UNSUITABLE',
    steps: [
      report,
      { ...as('int1', 'TakeOverCase', { predecessor: 'nowhere' }), file: OTHER_FILE },
    ],
  },
  {
    rule: 'protectionTakenOver',
    code: 'PROTECTION_NOT_TAKEN_OVER',
    steps: [...until.issued, otherReport, transfer],
  },
  {
    rule: 'homesTakenOver',
    code: 'PROTECTION_NOT_TAKEN_OVER',
    steps: [
      ...until.standard,
      as('int1', 'LinkHousehold', { householdId: 'h1', as: [{ person: 'p1', partyId: 'A' }] }),
      otherReport,
      transfer,
    ],
  },
  notHeld('riskTakenOver', ...until.high, ...both, merged),
  notHeld('harmTakenOver', sexual, ...until.standard.slice(1), ...both, merged),
  notHeld('peopleTakenOver', ...until.high, otherReport, rated, merged),
  notHeld('needsTakenOver', ...until.standard, needs, ...both, merged),
  notHeld('childrenTakenOver', ...until.standard, child, ...both, merged),
  notHeld('concernTakenOver', ...until.standard, child, worry, ...both, there(child), merged),
  notHeld(
    'linksTakenOver',
    ...until.standard,
    { ...otherReport, file: beside },
    linked,
    ...both,
    merged,
  ),
  {
    rule: 'linkedCaseThere',
    code: 'LINKED_CASE_UNSUITABLE',
    steps: [
      ...until.active,
      as('sup1', 'LinkCase', { otherCaseId: 'nowhere', relation: 'childProtection' }),
    ],
  },
  {
    rule: 'officerCompetent',
    code: 'COMPETENCY_REQUIRED',
    steps: [
      ...until.active,
      work('HandOverCase', { to: 'cw2', competencyChecked: false, conflictChecked: true }),
    ],
  },
  {
    rule: 'typeStands',
    code: 'CASE_UNDER_REVIEW',
    steps: [
      ...until.standard,
      move('family.childMaltreatment'),
      as('sup1', 'AssessEligibility', notEligible),
    ],
  },
  {
    rule: 'escalationFounded',
    code: 'LEGAL_BASIS_MISSING',
    steps: [...complained, escalate('hearsay')],
  },
  {
    rule: 'escalationFitsRelation',
    code: 'LEGAL_BASIS_MISSING',
    steps: [...complained, escalate('familyViolenceLaw')],
  },
  {
    rule: 'measureBegun',
    code: 'MEASURE_NOT_BEGUN',
    steps: [
      ...until.active,
      { ...work('StartProtectiveMeasure', { measureId: 'M1', kind: 'escort' }), at: may(10) },
      {
        ...work('EndProtectiveMeasure', { measureId: 'M1', outcome: 'replaced' }, may(10, '12:00')),
        occurredAt: may(10, '08:00'),
      },
    ],
  },
];
