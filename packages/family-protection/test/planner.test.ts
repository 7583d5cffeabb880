// The planner and every refusal at the desk: nothing in them tells whom a booking avoids.
import { describe, expect, test } from 'vitest';
import { instant, policyCalendar, policyReader, type CaseView } from '@himaya/engine';

import { candidateSlots, lawfulSlots, slotInput, type Slot } from '../src/facility/planner.ts';
import type { Room, SiteMap } from '../src/facility/site.ts';
import { policyBaseline } from '../src/index.ts';
import { Building, codes, DAY, desk, time, visit } from './building.ts';

const CANARY = 'CANARY-4c1d';
const request = {
  siteId: 'S1',
  date: DAY,
  purpose: 'interview' as const,
  minutes: 60,
  earliest: instant(time('10:00')),
  latest: instant(time('13:00')),
  visitor: {
    person: 'l',
    role: 'alleged' as const,
    ageBand: 'adult' as const,
    caseId: null,
    partyId: null,
  },
};

async function propose(building: Building): Promise<readonly Slot[]> {
  const view = (await building.engine.caseAt('site-S1')) as CaseView;
  const rooms = view.parts.map(({ id, context }) => ({ id, context: context as Room }));
  const policy = policyReader(policyBaseline);
  const site = view.context['site'] as SiteMap;
  const calendar = policyCalendar(policyBaseline);
  const candidates = candidateSlots({ site, rooms, policy, calendar }, request);
  return lawfulSlots(candidates, 50, async (slot) => {
    const command = { id: building.id(), name: 'BookRoom', input: slotInput(request, slot) };
    return (await building.engine.preview(command, desk)).kind === 'accepted';
  });
}

/** What a desk may not know is planted wherever a household and a case keep something. */
async function kept(mode: string): Promise<Building> {
  const building = await new Building().build();
  await building.home(`h-${CANARY}`, ['j', 'l', `${CANARY}-child`]);
  await building.separate(`h-${CANARY}`, { a: 'j', b: 'l', mode });
  const parties = [
    { partyId: `${CANARY}-1`, role: 'victim' },
    { partyId: `${CANARY}-2`, role: 'alleged' },
  ];
  const opening = { parties, riskLevel: CANARY };
  const { caseId } = (await building.accept('OpenTestCase', opening)).case;
  const as = [
    { person: 'j', partyId: `${CANARY}-1` },
    { person: 'l', partyId: `${CANARY}-2` },
  ];
  await building.accept('LinkCase', { caseId, as }, { caseId: `household-h-${CANARY}` });
  await building.book({ visits: [visit('j', 'E-V')] });
  return building;
}

describe('the planner', () => {
  test('what it proposes › is lawful, prayer times last, and nobody is named', async () => {
    const building = await kept('noOverlapZone');
    const slots = await propose(building);
    expect(slots.length).toBeGreaterThan(5);
    expect(JSON.stringify(slots)).not.toContain('CANARY');
    for (const slot of slots) {
      expect(Object.keys(slot)).toEqual(['roomId', 'entranceId', 'from', 'to']);
      const outcome = await building.engine.preview(
        { id: building.id(), name: 'BookRoom', input: slotInput(request, slot) },
        desk,
      );
      expect(outcome.kind).toBe('accepted');
    }
    const quiet = slots.findIndex(({ from }) => from >= instant(time('11:45')));
    expect(slots.slice(0, quiet).every(({ from }) => from < instant(time('11:45')))).toBe(true);
  });

  test('a day closed by a separation › looks like a day that is full', async () => {
    const apart = await kept('noOverlapBuilding');
    const full = await new Building().build();
    for (const roomId of ['INT1', 'INT2', 'FOR1', 'INT9']) {
      const times = { from: time('10:00'), to: time('11:15') };
      const who = visit(`x${roomId}`, roomId === 'INT2' ? 'E-R' : 'E-P');
      const more = roomId === 'INT9' ? { urgency: 'emergency', overrideReason: 'full' } : {};
      await full.accept('BookRoom', {
        siteId: 'S1',
        date: DAY,
        roomId,
        purpose: 'interview',
        ...times,
        visits: [who],
        ...more,
      });
    }
    expect(await propose(apart)).toEqual(await propose(full));
  });
});

describe('what a desk is told', () => {
  test('refusals, options and previews › hold no word of the other', async () => {
    const building = await kept('noOverlapBuilding');
    const input = { roomId: 'INT2', from: time('10:45'), to: time('11:30') };
    const refused = await building.book({ ...input, visits: [visit('l', 'E-R')] });
    expect(codes(refused)).toEqual(['SEPARATION_CONFLICT']);
    const caseId = `siteday-S1-${DAY}`;
    const home = { caseId: `household-h-${CANARY}` };
    const command = { name: 'BookRoom', input: slotInput(request, firstSlot) };
    const answers = [
      refused,
      await building.book({ ...input, roomId: 'INT9', visits: [visit('l', 'E-P')] }),
      await building.engine.preview({ id: building.id(), ...command }, desk),
      await building.engine.options(caseId, desk),
      await building.engine.options(home.caseId, desk),
      await building.engine.options('person-l', desk),
      await building.give('DeclareSeparationPair', {}, home),
      await building.give('LiftSeparationPair', { a: 'l', b: 'j', reason: 'r' }, home),
      await building.give('JoinHousehold', { person: 'l', household: 'h9' }),
      await building.give('QuestionBookings', { cause: 'pair' }, home),
      await building.give('ReviewBookings', { cause: 'pair' }, { caseId: 'person-l' }),
    ];
    expect(JSON.stringify(answers)).not.toContain('CANARY');
    expect(answers.slice(6).map((one) => codes(one as never))).toEqual([
      ['INPUT_INVALID'],
      ...Array.from({ length: 4 }, () => ['NOT_PERMITTED']),
    ]);
  });
});

const firstSlot = {
  roomId: 'INT2',
  entranceId: 'E-R',
  from: instant(time('10:00')),
  to: instant(time('11:00')),
};
