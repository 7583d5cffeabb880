// The case types can be defined, and the sample of a policy never gets in the way of the real one.
import { createEngine } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { seededIds, simulatedClock } from '@himaya/testkit';
import { expect, test } from 'vitest';
import { caseTypes, policies, policyBaseline, policySample } from '../src/index.ts';

test('case types › when they are defined › have a structure hash each', () => {
  const lengths = caseTypes.map(({ structureHash }) => structureHash.length);
  expect(lengths).toEqual([43, 43, 43, 43, 43, 43, 43]);
  expect(policies).toEqual([policyBaseline, policySample]);
});

test('the baseline › of offences › names none as conciliable', () => {
  expect(policyBaseline.values['offence.conciliability']?.value).toEqual({});
});

test('the sample › beside the baseline › opens no case', async () => {
  const ids = seededIds('sample');
  const engine = createEngine({
    store: new MemoryEventStore(),
    caseTypes,
    policies,
    office: 'MUH-FCP',
    clock: simulatedClock('2027-02-14T10:00:00+03:00'),
    ids,
    writer: 'sample',
  });
  const input = { channel: 'walkIn', intakeKind: 'report', language: 'ar', accessNeeds: ['none'] };
  const outcome = await engine.execute(
    { id: ids.next(), name: 'StartIntake', caseType: 'family.domesticViolence', input },
    { staff: 'int1', role: 'INT', office: 'MUH-FCP' },
  );
  expect(outcome).toMatchObject({ kind: 'accepted', case: { policyVersion: '1.0.0' } });
});
