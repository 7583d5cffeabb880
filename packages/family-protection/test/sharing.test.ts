// What leaves the office, and what never stands open in the record.
import { sensitiveFields } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { parkingDispute } from '../src/index.ts';
import { complaint, consent, may, party, play, sign, upTo, type Step } from './alley.ts';

const lateReason = 'told by telephone';
const given = (more: object = {}): Step => ({
  by: 'int1',
  command: 'RecordSharingConsent',
  at: may(10),
  input: {
    consentId: 'C1',
    partyId: 'F',
    recipients: ['traffic'],
    scopeFields: ['place', 'plate'],
    capacityConfirmed: true,
    informed: true, obtainedPrivately: true,
    ...more,
  },
});
const refer = (more: object = {}): Step => ({
  by: 'cw2',
  command: 'MakePartnerReferral',
  input: {
    referralId: 'R1',
    body: 'traffic',
    purpose: 'enforcement',
    basis: { kind: 'consent', consentId: 'C1' },
    fieldsShared: ['place', 'plate'],
    ...more,
  },
});
const turnsOutChild: Step = {
  by: 'int1',
  command: 'CorrectPartyAge',
  input: { partyId: 'F', corrects: 4, why: 'shown', band: '15to17' },
};

describe('sharing', () => {
  test('sharing › with consent to exactly that › is possible', async () => {
    expect((await play([...upTo.active, given(), refer()])).codes).toEqual([]);
  });

  test.each(['under15', '15to17'])('consent of a child › %s › is refused', async (band) => {
    const child = party('K', { partyRole: 'respondent', band });
    const { codes } = await play([...upTo.active, child, given({ partyId: 'K' })]);
    expect(codes).toEqual(['CONSENT_MISSING']);
  });

  test('consent to mediation › of a child › is refused', async () => {
    const asked = { ...consent('F'), at: may(16) };
    const { codes } = await play([...upTo.offered, turnsOutChild, asked]);
    expect(codes).toEqual(['MEDIATION_PARTY_UNSUITABLE']);
  });

  const withdrawn: Step = {
    by: 'int1',
    command: 'WithdrawConsent',
    input: { partyId: 'F', purpose: 'shareWith' },
  };
  test.each<readonly [string, readonly Step[]]>([
    ['no consent', [refer()]],
    ['consent of someone else to sharing a plate', [given({ partyId: 'A' }), refer()]],
    ['consent to another body', [given({ recipients: ['works'] }), refer()]],
    ['consent to less', [given({ scopeFields: ['place'] }), refer()]],
    ['consent that has expired', [given(), { ...refer(), at: may(17) }]],
    [
      'consent that expired before it was entered',
      [given(), { ...refer(), at: may(17, '10:00'), occurredAt: may(16), lateReason }],
    ],
    ['consent that was withdrawn', [given(), withdrawn, refer()]],
    ['consent of someone who turned out to be a child', [given(), turnsOutChild, refer()]],
  ])('sharing › on %s › is refused', async (_, steps) => {
    expect((await play([...upTo.active, ...steps])).codes).toEqual(['NO_DISCLOSURE_BASIS']);
  });

  test('consent to mediation › when mediation ends › leaves consent to sharing alone', async () => {
    const none: Step = { by: 'con1', command: 'RecordNoAgreement', input: { nextStep: 'court' } };
    const { view } = await play([...upTo.active, given(), ...upTo.offered.slice(-1), none]);
    expect(view.parts.find(({ id }) => id === 'C1')?.states).toEqual(['given']);
  });
});

describe('what is sealed', () => {
  const marked = (name: string) => [
    ...sensitiveFields(parkingDispute.events[name] as never).keys(),
  ];

  test.each([
    ['ComplaintRegistered', ['complainant', 'plate', 'narrative']],
    ['IntakeStarted', ['accessNeeds', 'language']],
    ['AccessNeedsAnswered', ['accessNeeds']],
    ['ComplaintCorrected', ['complainant', 'plate', 'narrative', 'why']],
    ['PartyAdded', ['person']],
    ['PartyAgeCorrected', ['why']],
    ['PartyRelationCorrected', ['why']],
    ['CaseReclassified', ['reason']],
    ['ViolationTicketRequested', ['plate']],
    ['SiteVisitCompleted', ['photos[]']],
    ['NeighbourhoodAgreementSigned', ['clauses[].text']],
    ['ProtectiveMeasureStarted', ['note']],
    ['ServiceFeedbackReceived', ['comment']],
  ])('what is sealed › of %s › are its identities and free texts', (name, fields) => {
    expect(marked(name)).toEqual(fields);
  });

  test('what is sealed › never reaches the state of the case', async () => {
    const secret = {
      ...complaint,
      input: { ...complaint.input, plate: 'PLATE-77', narrative: 'NARR-77' },
    };
    const text = { clauseId: 'c1', kind: 'askFirst', text: 'TEXT-77' };
    const { view } = await play([secret, ...upTo.held.slice(1), sign(['A', 'B'], text)]);
    const seen = JSON.stringify([view.context, view.parts.map(({ context }) => context)]);
    for (const word of ['PLATE-77', 'NARR-77', 'TEXT-77', 'p-A']) expect(seen).not.toContain(word);
  });
});
