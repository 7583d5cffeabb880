// For each rule about dangers a situation in which it, and nothing else, stands in the way.
import { alone, may, merge, offer, OTHER, otherFile, screen, upTo, type Step } from './alley.ts';
import type { Refusal } from './refusals.ts';

const reclassify = (to: string): Step => ({
  by: 'sup1',
  command: 'ReclassifyCase',
  input: { to, reason: 'told' },
});

const moved = (caseId: string): Step => ({
  by: 'sup1',
  command: 'RecordSuccessor',
  input: { caseId },
});
const household: Step = {
  by: 'int1',
  command: 'LinkHousehold',
  input: { householdId: 'h1', as: [{ person: 'p1', partyId: 'A' }] },
};

const child: Step = {
  by: 'int1',
  command: 'AddParty',
  input: {
    partyId: 'K',
    person: 'p-k',
    partyRole: 'neighbour',
    relationToComplainant: 'child',
    band: 'under15',
  },
};

/** Files in which nobody would look after this one, or not enough. */
const nextRefusals: readonly Refusal[] = [
  {
    rule: 'receiverAccepted',
    codes: ['TRANSFER_NOT_ACCEPTED'],
    steps: [
      ...upTo.active,
      otherFile,
      {
        by: 'sup1',
        command: 'TransferCase',
        input: { toOffice: 'NOR-FCP', basis: 'placeOfIncident', successor: OTHER },
      },
    ],
  },
  {
    rule: 'nextFileTakesIt',
    codes: ['SURVIVING_CASE_UNSUITABLE'],
    steps: [...upTo.active, merge],
  },
  {
    rule: 'nextFileTakesIt',
    codes: ['SURVIVING_CASE_UNSUITABLE'],
    steps: [...upTo.active, otherFile, reclassify('family.domesticViolence'), moved(OTHER)],
  },
  {
    rule: 'homesTakenOver',
    codes: ['PROTECTION_NOT_TAKEN_OVER'],
    steps: [...upTo.active, household, otherFile, merge],
  },
  {
    rule: 'childrenTakenOver',
    codes: ['PROTECTION_NOT_TAKEN_OVER'],
    steps: [...upTo.active, child, otherFile, merge],
  },
];

/** Dangers that wait for an action, and protection that is taken back. */
export const dangerRefusals: readonly Refusal[] = [
  ...nextRefusals,
  {
    rule: 'dangerMet',
    codes: ['RECONCILIATION_BLOCKED_BY_RISK'],
    steps: [
      ...upTo.active,
      { by: 'cp1', command: 'NoteSafetyConcern', input: { immediateDanger: true } },
      screen('negative'),
      alone('A', 'negative'),
      alone('F', 'negative'),
      offer('A', 'B'),
    ],
  },
  {
    rule: 'protectionKept',
    codes: ['RECLASSIFICATION_NOT_APPROVED'],
    steps: [...upTo.active, reclassify('family.dispute'), reclassify('community.nuisance')],
  },
  {
    rule: 'measureBegun',
    codes: ['MEASURE_NOT_BEGUN'],
    steps: [
      ...upTo.active,
      {
        by: 'cp1',
        command: 'StartProtectiveMeasure',
        at: may(10),
        input: { measureId: 'M1', kind: 'separation' },
      },
      {
        by: 'sup1',
        command: 'EndProtectiveMeasure',
        input: { measureId: 'M1', outcome: 'replaced' },
        occurredAt: may(9, '10:00'),
        lateReason: 'forgotten',
      },
    ],
  },
  {
    rule: 'childhoodKept',
    codes: ['SEPARATION_OF_DUTIES'],
    steps: [
      ...upTo.registered,
      child,
      {
        by: 'int1',
        command: 'CorrectPartyAge',
        input: { partyId: 'K', corrects: 5, why: 'an identity card', band: 'adult' },
      },
    ],
  },
];
