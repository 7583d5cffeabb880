// Whatever forbids a meeting in a file that is left forbids it in the one that goes on.
import { describe, expect, test } from 'vitest';
import { domesticViolence, parkingDispute } from '../src/index.ts';
import { hold, incident, issueOrder, judge, reassess, reported } from './accord.ts';
import { until as accord } from './accord.ts';
import { may, merge, OTHER, otherFile, play, upTo, type Step } from './alley.ts';
import { linking, Neighbourhood, told } from './linked.ts';
import { move, transfer } from './passage-refusals.ts';
import { as, assign, mergeInto, OTHER_FILE, otherReport, person } from './violence.ts';
import { report, until, work } from './violence.ts';

const violence = { caseType: domesticViolence };
const missing = ['PROTECTION_NOT_TAKEN_OVER'];
const people = until.registered.slice(1);
const there = (step: Step): Step => ({ ...step, file: OTHER_FILE });
const rated = (band: string, at?: string): Step => as('int1', 'AssessRisk', { band }, at);
/** The report of this file or of the other one, with more that is told. */
const telling = (more: object): Step => ({ ...report, input: { ...report.input, ...more } });
/** A case at standard risk, with more that is told. */
const here = (more: object): readonly Step[] => [telling(more), ...until.standard.slice(1)];

/** What is said to leaving a file for another one that knows the people and more. */
async function leave(
  own: readonly Step[],
  theirs: readonly Step[],
  last: Step = mergeInto(OTHER_FILE),
  opening: Step = otherReport,
): Promise<readonly string[]> {
  const { at: _, ...open } = opening;
  const steps = [...own, there(open), ...[...people, ...theirs].map(there), last];
  return (await play(steps, violence)).codes;
}

describe('a risk that forbids a meeting', () => {
  const successor = as('sup1', 'RecordSuccessor', { caseId: OTHER_FILE });
  test.each([
    ['merged', [], mergeInto(OTHER_FILE)],
    ['transferred', [], transfer],
    ['succeeded', [move('family.selfHarmCrisis')], successor],
  ])('in a file that is %s › stands in the next one first', async (_, before, last) => {
    const own = [...until.high, ...before];
    expect(await leave(own, [], last)).toEqual(missing);
    expect(await leave(own, [rated('standard')], last)).toEqual(missing);
    expect(await leave(own, [rated('high')], last)).toEqual([]);
  });

  test('is held by one as high', async () => {
    const own = [...until.active, rated('imminent')];
    expect(await leave(own, [rated('high')])).toEqual(missing);
    expect(await leave(own, [rated('imminent')])).toEqual([]);
    expect(await leave(until.high, [rated('imminent')])).toEqual([]);
  });

  const lower = (by: string, at: string): readonly Step[] => [
    as(by, 'ProposeRiskDowngrade', { to: 'standard' }),
    as('sup2', 'ApproveRiskDowngrade', {}, at),
  ];
  const lowered = [
    ...until.high,
    as('cw1', 'AssessRisk', { band: 'standard' }, '2027-07-01T09:00:00+03:00'),
    ...lower('cw1', '2027-07-01T10:00:00+03:00'),
  ];
  test('and was lowered › forbids it as long in the next file', async () => {
    expect((await play(lowered, violence)).view.states).toContain('risk.standard');
    expect(await leave(lowered, [rated('standard')])).toEqual(missing);
    expect(await leave(lowered, [rated('high')])).toEqual([]);
  });

  test('and was lowered long ago › is known there: two close such a case', async () => {
    const late = { ...mergeInto(OTHER_FILE), at: '2028-03-01T09:00:00+03:00' };
    expect(await leave(lowered, [rated('standard')], late)).toEqual(missing);
    expect(await leave(lowered, [rated('high')], late)).toEqual([]);
  });

  test('and was lowered there before › is not held', async () => {
    const first = '2027-06-20T09:00:00+03:00';
    const opened = [...until.high, otherReport, ...people.map(there)];
    const before = [
      rated('high'),
      as('int1', 'TriageCase', { level: 'priority' }),
      assign('cw2'),
      as('cw2', 'AssessRisk', { band: 'standard' }, first),
      ...lower('cw2', first),
    ].map(there);
    const last = mergeInto(OTHER_FILE);
    const { codes } = await play([...opened, ...before, ...lowered.slice(-3), last], violence);
    expect(codes).toEqual(missing);
    const muchLater = { ...last, at: '2028-03-01T09:00:00+03:00' };
    const late = await play([...opened, ...before, ...lowered.slice(-3), muchLater], violence);
    expect(late.codes).toEqual([]);
  });

  test('that nobody has judged yet › leaves no assessment there as it is', async () => {
    const worried = as('int1', 'NoteSafetyConcern', { concerns: ['danger'] }, may(20));
    const own = [...until.standard, worried];
    expect(await leave(own, [rated('standard')])).toEqual(missing);
    expect(await leave(own, [rated('standard'), worried])).toEqual([]);
    expect(await leave(own, [])).toEqual([]);
  });
});

describe('what happened', () => {
  const flag = (one: string) => ({ contextFlags: [one] });
  test.each([
    ['sexual violence', { violenceTypes: ['sexual'] }],
    ['strangulation', flag('strangulation')],
    ['a threat to kill', flag('threatToKill')],
    ['a weapon', { weapon: 'used' }],
  ])('%s › stands in the next file first', async (_, more) => {
    for (const last of [mergeInto(OTHER_FILE), transfer]) {
      expect(await leave(here(more), [], last)).toEqual(missing);
      expect(await leave(here(more), [], last, telling(more))).toEqual([]);
    }
    expect(await leave(here(more), [], undefined, telling(flag('honourThreat')))).toEqual(missing);
  });

  test('a grave sign › is as recent there; one that is long past is not asked for', async () => {
    const own = here({ ...flag('strangulation'), incidentAt: may(8) });
    const past = (incidentAt: string): Step =>
      telling({ ...flag('strangulation'), incidentAt });
    expect(await leave(own, [], undefined, past(may(7)))).toEqual(missing);
    expect(await leave(own, [], undefined, past(may(8)))).toEqual([]);
    const long = here({ ...flag('strangulation'), incidentAt: '2024-01-01T09:00:00+03:00' });
    expect(await leave(long, [])).toEqual([]);
  });

  const again = as('inv1', 'RecordIncident', {
    victim: 'A',
    alleged: ['B'],
    violenceTypes: ['physical'],
  });
  test('violence that was repeated › was so there', async () => {
    const own = [...until.standard, again];
    expect(await leave(own, [])).toEqual(missing);
    expect(await leave(own, [again])).toEqual([]);
  });

  test('to a child › happened to a child there', async () => {
    const child = (role: string): Step => person('K', role, { band: 'under15' });
    const own = [...until.standard, child('victim')];
    expect(await leave(own, [child('child')])).toEqual(missing);
    expect(await leave(own, [child('victim')])).toEqual([]);
  });
});

test('a settlement that was broken › is known there by the household, or as repeated', async () => {
  const broken = work('RecordSettlementBreached', { settlementId: 'X1' }, may(20));
  const set = async (linked: boolean, repeated: boolean) => {
    const all = new Neighbourhood();
    await all.home('h1', ['she', 'he']);
    const next = await all.play(reported());
    const own = await all.play(accord('monitored'));
    const as_ = { V: 'she', A: 'he' };
    if (linked) for (const one of [next, own]) await all.play([linking('h1', as_)], one);
    await all.play([broken], own);
    if (repeated) await all.play([incident()], next);
    else await all.play([as('int1', 'NoteSafetyConcern', { concerns: ['danger'] })], next);
    return told(await all.give(mergeInto(next), own));
  };
  expect(await set(false, false)).toEqual(missing);
  expect(await set(true, false)).toBe('accepted');
  expect(await set(false, true)).toBe('accepted');
});

describe('a child', () => {
  const child = person('K', 'child', { band: 'under15' });
  const grown = person('K', 'child');
  const leaving = [mergeInto(OTHER_FILE), transfer];
  test.each(leaving)('› before $command › is a child there', async (last) => {
    const own = [...until.standard, child];
    expect(await leave(own, [], last)).toEqual(missing);
    expect(await leave(own, [grown], last)).toEqual(missing);
    expect(await leave(own, [child], last)).toEqual([]);
  });

  test('for whom there is a concern › is so there', async () => {
    const screened = (result: string, by = 'cw1'): Step =>
      as(by, 'ScreenChild', { partyId: 'K', result, seenAlone: true });
    const own = [...until.standard, child, screened('concern')];
    expect(await leave(own, [child])).toEqual(missing);
    expect(await leave(own, [child, screened('noConcern', 'sup1')])).toEqual(missing);
    expect(await leave(own, [child, screened('concern', 'sup1')])).toEqual([]);
    expect(await leave([...until.standard, child, screened('noConcern')], [child])).toEqual([]);
  });

  test('of a complaint › is not left behind', async () => {
    const witness: Step = {
      by: 'int1',
      command: 'AddParty',
      input: {
        partyId: 'K',
        person: 'p-K',
        partyRole: 'witness',
        relationToComplainant: 'child',
        band: 'under15',
      },
    };
    const both = { caseTypes: [parkingDispute] } as const;
    const own = [...upTo.active, witness, otherFile];
    expect((await play([...own, merge], both)).codes).toEqual(missing);
    expect((await play([...own, { ...witness, file: OTHER }, merge], both)).codes).toEqual([]);
  });
});

describe('another case that is named', () => {
  const beside = OTHER_FILE.replace('1Y', '1X');
  const named = (relation: string, otherCaseId = beside): Step =>
    as('sup1', 'LinkCase', { otherCaseId, relation });
  const own = (relation: string): readonly Step[] => [
    ...until.standard,
    { ...otherReport, file: beside },
    named(relation),
  ];

  test.each(['household', 'sameIncident'])('as %s › is named there, too', async (relation) => {
    expect(await leave(own(relation), [])).toEqual(missing);
    expect(await leave(own(relation), [named('escalation')])).toEqual(missing);
    expect(await leave(own(relation), [named(relation)])).toEqual([]);
    expect(await leave(own(relation), [], mergeInto(beside))).toEqual([]);
  });

  test('as what it escalated from › need not be', async () => {
    expect(await leave(own('escalation'), [])).toEqual([]);
  });

  test('of the household › with an order there › lets nobody say that there is none', async () => {
    const all = new Neighbourhood();
    const other = await all.play([...reported(), issueOrder()]);
    const id = await all.play(reported());
    await all.play([named('household', other)], id);
    expect(told(await all.give(judge(), id))).toEqual(['HOUSEHOLD_NOT_LINKED']);
    const guards = Object.fromEntries([...'123456789'].map((one) => [`G${one}`, one !== '1']));
    const refusing = judge({ guards });
    expect(told(await all.give(refusing, id))).toBe('accepted');
  });

  test('of the household › after all consented › stops the session until linked', async () => {
    const all = new Neighbourhood();
    await all.home('h1', ['she', 'he']);
    const other = await all.play(reported());
    const id = await all.play(accord('scheduled'));
    await all.play([named('household', other)], id);
    expect(told(await all.give(hold('S1'), id))).toEqual(['HOUSEHOLD_NOT_LINKED']);
    await all.link(other, 'h1', { V: 'she', A: 'he' });
    await all.link(id, 'h1', { V: 'she', A: 'he' });
    expect(told(await all.give(hold('S1'), id))).toBe('accepted');
  });
});

test('a high case that became a standard one by merging › is reconciled by nobody', async () => {
  const all = new Neighbourhood();
  const high = await all.play(reported({ score: 20 }));
  const quiet = await all.play(reported());
  expect(told(await all.give(mergeInto(quiet), high))).toEqual(missing);
  await all.play([{ ...reassess, input: { instrument: 'DASH-RIC', score: 20 } }], quiet);
  await all.play([mergeInto(quiet)], high);
  await all.react();
  await all.play([reassess], quiet);
  expect(told(await all.give(judge(), quiet))).toEqual(['RECONCILIATION_BLOCKED_BY_RISK']);
});
