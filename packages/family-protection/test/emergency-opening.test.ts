// Whoever calls for help need not know the office's procedures.
import { createEngine, deriveId } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { seededIds, simulatedClock } from '@himaya/testkit';
import { describe, expect, it } from 'vitest';
import { caseTypes, policies } from '../src/index.ts';
import { actor } from './alley.ts';

function office() {
  return createEngine({
    store: new MemoryEventStore(),
    caseTypes,
    policies,
    office: 'MUH-FCP',
    clock: simulatedClock('2027-05-09T08:00:00+03:00'),
    ids: seededIds('opening'),
    writer: 'opening',
  });
}

describe('an emergency before there is a case', () => {
  const measure = { kind: 'separation', partyId: 'A' };

  it.each([
    ['of no type', undefined, 'community.parkingDispute'],
    ['of a type that nobody knows', 'family.domesticViolance', 'community.parkingDispute'],
    ['of a type', 'family.domesticViolence', 'family.domesticViolence'],
  ])('%s › opens one', async (_, caseType, opened) => {
    for (const [name, input] of [
      ['StartProtectiveMeasure', measure],
      ['OrderMedicalTransfer', { partyId: 'A' }],
    ] as const) {
      const about = caseType === undefined ? {} : { caseType };
      const command = { id: deriveId(name, opened), name, input, ...about };
      const outcome = await office().execute(command, actor('cp1'));
      expect(outcome).toMatchObject({ kind: 'accepted', case: { caseType: opened } });
    }
  });

  it('that is none › says which type is needed', async () => {
    const intake = { channel: 'walkIn', intakeKind: 'complaint' };
    const command = { id: deriveId('intake'), name: 'StartIntake', input: intake };
    expect(await office().execute(command, actor('int1'))).toMatchObject({
      kind: 'refused',
      violations: [{ code: 'INPUT_INVALID' }],
    });
  });
});
