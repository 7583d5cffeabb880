// Invariants that stand behind rules: with the rules before them gone, each still refuses.
import type { CaseType } from '@himaya/engine';
import { caseTypes, parkingDispute, policyBaseline } from '@himaya/family-protection';
import { given, type Given } from '@himaya/testkit';
import { describe, expect, test } from 'vitest';
import { EXEMPT } from './exempt.ts';

/** The case type without the rules that stand before some events. */
function without(...events: readonly string[]): CaseType {
  const kept = Object.entries(parkingDispute.requires).filter(([name]) => !events.includes(name));
  return { ...parkingDispute, requires: Object.fromEntries(kept) };
}

const complaint = {
  complaintNo: 'C-1',
  subType: 'alley',
  place: 'alley-12',
  block: '215',
  publicImpact: 'household',
};
const party = (partyId: string, born: string, partyRole: string) => ({
  command: 'AddParty',
  input: { partyId, person: `p-${partyId}`, born, partyRole, relationToComplainant: 'neighbour' },
  by: 'INT',
});

/** A registered complaint of A about F, and about K, who is twelve. */
function registered(caseType: CaseType): Given {
  const options = { policy: policyBaseline, startAt: '2027-05-09T09:00:00+03:00' };
  return given(caseType, options).commands([
    { command: 'RegisterComplaint', input: complaint, by: 'INT' },
    party('A', '1980-01-01', 'complainant'),
    party('F', '1979-03-02', 'respondent'),
    party('K', '2015-02-01', 'respondent'),
  ]);
}

const session = {
  sessionId: 'S1',
  mode: 'joint',
  roomId: 'REC1',
  attendees: ['A', 'F'],
  start: '2027-05-17T18:00:00+03:00',
  end: '2027-05-17T19:00:00+03:00',
};
const signature = {
  sessionId: 'S1',
  signatories: ['A'],
  placeBlock: '215',
  clauses: [{ clauseId: 'c1', kind: 'askFirst', text: 'A asks first.' }],
};

describe('backstop', () => {
  test('AGREEMENT_OF_ONE › without the rules of signing › refuses one signer', async () => {
    const before = registered(without('NeighbourhoodAgreementSigned'));
    (await before.when('SignNeighbourhoodAgreement', signature, { by: 'CP' })).thenRefused([
      'AGREEMENT_OF_ONE',
    ]);
  });

  test('CHILD_ON_LADDER › without the rules of advice › refuses a child', async () => {
    const before = registered(without('AdviceGiven'));
    const step = { respondent: 'K', category: 'alley', place: 'alley-12' };
    (await before.when('GiveAdvice', step, { by: 'CP' })).thenRefused(['CHILD_ON_LADDER']);
    const adult = await before.when('GiveAdvice', { ...step, respondent: 'F' }, { by: 'CP' });
    adult.thenAccepted();
  });

  test('SESSION_WITHOUT_SAFETY › without the rules of sessions › refuses one', async () => {
    const before = registered(without('ReconciliationSessionScheduled'));
    (await before.when('ScheduleSession', session, { by: 'CP' })).thenRefused([
      'SESSION_WITHOUT_SAFETY',
    ]);
  });

  test('NO_ACCOUNTABLE_OFFICER › with nobody in charge after the draft › does not hold', () => {
    const { invariants } = parkingDispute;
    const backstop = invariants.find(({ code }) => code === 'NO_ACCOUNTABLE_OFFICER');
    const at = (lifecycle: string, lead: string | null, dutyOfficer: string | null) => ({
      context: { lead, dutyOfficer },
      in: (state: string) => state === `lifecycle.${lifecycle}`,
    });
    const holds = (state: object): boolean | undefined =>
      backstop?.holds(state as Parameters<typeof backstop.holds>[0]);
    expect(holds(at('intake', null, null))).toBe(false);
    expect(holds(at('intake', null, 'int1'))).toBe(true);
    expect(holds(at('active', 'cw2', null))).toBe(true);
    expect(holds(at('draft', null, null))).toBe(true);
  });

  test('exemptions › each of them › is an invariant of a case type', () => {
    const invariants = caseTypes.flatMap((one) => one.invariants.map(({ code }) => code));
    const codes = Object.keys(EXEMPT).filter((key) => !key.includes(':'));
    expect(codes.filter((code) => !invariants.includes(code))).toEqual([]);
  });
});
