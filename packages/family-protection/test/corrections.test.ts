// Who somebody is, and how old, is corrected by a second person where it takes protection away.
import { describe, expect, test } from 'vitest';
import { domesticViolence } from '../src/index.ts';
import * as accord from './accord.ts';
import { complaint, may, party, play, type Step } from './alley.ts';
import { Indoors, linkAs } from './indoors.ts';
import { assessed, linked, linking, Neighbourhood, otherCase, told as toldOf } from './linked.ts';
import { apart, HOME, lift } from './home-refusals.ts';
import { codes, visit } from './building.ts';
import { as, asked, issue, person, until, work } from './violence.ts';
import { rectify } from './violence-refusals.ts';

const BY_ANOTHER = ['SEPARATION_OF_DUTIES'];
const aged = (by: string, band: string): Step =>
  as(by, 'CorrectPartyAge', { partyId: 'K', corrects: 9, why: 'an identity card', band });
const child = (band: string, by = 'int1'): Step => ({ ...person('K', 'child', { band }), by });
const change = (by: string, partyId: string, to: string): Step =>
  as(by, 'ChangePartyRole', { partyId, to, why: 'misheard' });

async function codesOf(...steps: readonly Step[]): Promise<readonly string[]> {
  return (await play(steps, { caseType: domesticViolence })).codes;
}

describe('the age of a child', () => {
  test.each([
    ['adult', 'under15'],
    ['unknown', '15to17'],
    ['15to17', 'under15'],
  ])('corrected to %s from %s › takes a supervisor who did not enter it', async (to, from) => {
    const steps = [...until.active, child(from)];
    expect(await codesOf(...steps, aged('int1', to))).toEqual(BY_ANOTHER);
    // Another one, who decides nothing, is no second opinion.
    expect(await codesOf(...steps, aged('cp1', to))).toEqual(BY_ANOTHER);
    expect(await codesOf(...steps, aged('sup1', to))).toEqual([]);
    const own = [...until.active, child(from, 'sup1')];
    expect(await codesOf(...own, aged('sup1', to))).toEqual(BY_ANOTHER);
    expect(await codesOf(...own, aged('head1', to))).toEqual([]);
  });

  test('in the name of who entered it › is not theirs to raise', async () => {
    const behalf = { ...aged('sup2', 'adult'), onBehalfOf: 'int1' };
    expect(await codesOf(...until.active, child('under15'), behalf)).toEqual(BY_ANOTHER);
  });

  test('found to be lower, or to be one at all › is recorded by whoever finds it', async () => {
    const steps = [...until.active, child('15to17')];
    expect(await codesOf(...steps, aged('int1', 'under15'))).toEqual([]);
    const grown = [...until.active, child('adult')];
    expect(await codesOf(...grown, aged('int1', '15to17'))).toEqual([]);
    expect(await codesOf(...grown, aged('int1', 'unknown'))).toEqual([]);
  });

  test('corrected once by a supervisor › is corrected back by another one', async () => {
    const steps = [...until.active, child('adult'), aged('sup1', 'under15')];
    expect(await codesOf(...steps, aged('sup1', 'adult'))).toEqual(BY_ANOTHER);
    expect(await codesOf(...steps, aged('sup2', 'adult'))).toEqual([]);
  });
});

describe('what somebody is in a case', () => {
  const seen = [...until.active, person('W', 'witness')];
  const incident = (more: object) =>
    as('cp1', 'RecordIncident', { victim: 'A', violenceTypes: ['physical'], ...more });

  test.each([
    ['A', 'witness'],
    ['B', 'witness'],
    ['B', 'victim'],
  ])('%s, who becomes a %s › takes a supervisor who did not enter them', async (partyId, to) => {
    expect(await codesOf(...seen, change('int1', partyId, to))).toEqual(BY_ANOTHER);
    expect(await codesOf(...seen, change('sup1', partyId, to))).toEqual([]);
  });

  test('a witness who turns out to be a victim › is one at once, whoever says so', async () => {
    const { view } = await play([...seen, change('int1', 'W', 'victim')], {
      caseType: domesticViolence,
    });
    expect(view.context.parties).toMatchObject({ W: { role: 'victim' } });
  });

  test('of somebody whom nobody has entered › is not corrected', async () => {
    expect(await codesOf(...seen, change('sup1', 'X', 'victim'))).toEqual(['PARTY_UNKNOWN']);
  });

  test('corrected while people are to meet › stops that', async () => {
    const steps = [...accord.until('scheduled'), change('sup1', 'A', 'witness')];
    const { events, view } = await play(steps, accord.stage);
    expect(events).toEqual(['PartyRoleChanged', 'ReconciliationSuspended', 'SessionCancelled']);
    const stopped = view.states.includes('reconciliation.suspended');
    expect(stopped).toBe(true);
  });

  test('of a child who turns out to be the victim › has the household looked at', async () => {
    const { all, other, own } = await linked('ready', { before: [child('under15')] });
    await all.link(other, 'h1', { K: 'kid' });
    expect((await all.view(own)).states).toContain('reconciliation.ready');
    await all.play([change('sup1', 'K', 'victim')], other);
    await all.react();
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
  });

  test('an incident of somebody whom nobody has entered › is recorded once they are', async () => {
    const unknown = [{ victim: 'X' }, { alleged: ['X'] }];
    const present = { childrenPresent: [{ partyId: 'X', exposure: 'saw' }] };
    for (const more of [...unknown, present]) {
      expect(await codesOf(...until.active, incident(more))).toEqual(['PARTY_UNKNOWN']);
    }
    expect(await codesOf(...until.active, incident({ alleged: ['B'] }))).toEqual([]);
  });

  test('an incident told of the wrong people › takes a supervisor who did not', async () => {
    const told = as('cp1', 'RecordIncident', {
      incidentId: 'reported2',
      victim: 'A',
      alleged: ['B'],
      violenceTypes: ['physical'],
    });
    const fix = (by: string, what: object) => rectify(by, { incidentId: 'reported2', ...what });
    for (const what of [{ alleged: ['W'] }, { alleged: [] }, { victim: 'W' }]) {
      expect(await codesOf(...seen, told, fix('inv1', what))).toEqual(BY_ANOTHER);
      const own = { ...told, by: 'sup1' };
      expect(await codesOf(...seen, own, fix('sup1', what))).toEqual(BY_ANOTHER);
      expect(await codesOf(...seen, told, fix('sup1', what))).toEqual([]);
    }
    const { view } = await play([...seen, told, fix('sup1', { alleged: ['W'] })], {
      caseType: domesticViolence,
    });
    const corrected = view.parts.find(({ id }) => id === 'reported2');
    const toldBy = ['cp1', 'sup1'];
    expect(corrected?.context).toMatchObject({ victim: 'A', alleged: ['W'], toldBy });
  });

  test('an incident of which somebody more is known › is told by whoever learns it', async () => {
    const more = rectify('inv1', { alleged: ['B', 'W'], victim: 'A' });
    expect(await codesOf(...seen, more)).toEqual([]);
    // Nobody was named: it may have been each who is accused, and that is not taken back by one.
    expect(await codesOf(...seen, rectify('inv1', { alleged: ['W'] }))).toEqual(BY_ANOTHER);
    const other = person('V', 'victim');
    expect(await codesOf(...seen, other, rectify('inv1', { victim: 'V' }))).toEqual(BY_ANOTHER);
  });

  test('an incident of other people, while some are to meet › stops that', async () => {
    const steps = [...accord.until('scheduled'), rectify('sup1', { alleged: ['A'] })];
    const { events } = await play(steps, accord.stage);
    expect(events).toEqual(['IncidentCorrected', 'ReconciliationSuspended', 'SessionCancelled']);
  });

  test('somebody who has nothing to do with it › is taken off, others are not', async () => {
    const remove = (by: string, partyId: string) =>
      as(by, 'RemoveParty', { partyId, why: 'entered in the wrong file' });
    expect(await codesOf(...seen, remove('sup1', 'A'))).toEqual(['PARTY_NEEDED']);
    const link = as('int1', 'LinkHousehold', {
      householdId: 'h1',
      as: [{ person: 'w', partyId: 'W' }],
    });
    expect(await codesOf(...seen, link, remove('sup1', 'W'))).toEqual(['PARTY_NEEDED']);
    const { view } = await play([...seen, remove('sup1', 'W')], { caseType: domesticViolence });
    expect(Object.keys(view.context.parties as object)).toEqual(['A', 'B']);
  });

  test.each([
    ['is a child', person('K', 'witness', { band: 'under15' }), 'K'],
    ['did it', incident({ alleged: ['W'] }), 'W'],
    ['was harmed', incident({ victim: 'W' }), 'W'],
    ['is bound by an order', work('RequestProtectionOrder', { ...asked, against: 'W' }), 'W'],
    [
      'is protected by one',
      work('RequestProtectionOrder', { ...asked, protected: ['A', 'W'] }),
      'W',
    ],
  ] as const)('a witness who %s › is not taken off', async (_, step, partyId) => {
    const remove = as('sup1', 'RemoveParty', { partyId, why: 'entered in the wrong file' });
    expect(await codesOf(...seen, step, remove)).toEqual(['PARTY_NEEDED']);
  });

  test.each([
    ['spouse', true],
    ['domesticWorker', false],
  ])('a relation of %s › is statutory: %s', async (relation, isStatutory) => {
    const told = as('int1', 'RecordRelationship', { a: 'A', b: 'W', relation });
    const { view } = await play([...seen, told], { caseType: domesticViolence });
    expect(view.context).toMatchObject({
      relationships: [{ a: 'A', b: 'W', relation, isStatutory }],
      parties: { W: { relation } },
    });
  });
});

describe('what is entered anew', () => {
  const file = (name: string) => async (all: Neighbourhood, caseId: string) =>
    (await all.view(caseId)).context[name];

  test('a link that the household was told first › is of whoever told it there', async () => {
    const all = new Neighbourhood();
    await all.home('h1', ['she', 'he']);
    const caseId = await all.play(otherCase);
    const link = { caseId, as: [{ person: 'he', partyId: 'W' }] };
    await all.play([as('sup1', 'LinkCase', link)], HOME);
    await all.react();
    expect(await file('households')(all, caseId)).toMatchObject([{ linkedBy: ['sup1'] }]);
    const wrong = { householdId: 'h1', partyId: 'W', from: 'he', to: 'she', why: 'a slip' };
    const correct = (by: string) => as(by, 'CorrectHouseholdLink', wrong);
    const unlink = as('sup1', 'UnlinkHousehold', { householdId: 'h1', reason: 'linkedByMistake' });
    expect(toldOf(await all.give(unlink, caseId))).toContain(BY_ANOTHER[0]);
    expect(toldOf(await all.give(correct('sup1'), caseId))).toEqual(BY_ANOTHER);
    expect(toldOf(await all.give(correct('sup2'), caseId))).toBe('accepted');
  });

  test('a link in the name of somebody else › is of whoever enters it', async () => {
    const all = new Neighbourhood();
    await all.home('h1', ['she']);
    const caseId = await all.play(otherCase);
    const link = { householdId: 'h1', as: [{ person: 'she', partyId: 'W' }], enteredBy: ['sup2'] };
    await all.play([as('int1', 'LinkHousehold', link)], caseId);
    expect(await file('households')(all, caseId)).toMatchObject([{ linkedBy: ['int1'] }]);
  });

  test('what is known of people in a file taken over › is of whoever told it there', async () => {
    const all = new Neighbourhood();
    await all.home('h1', ['she']);
    const violent = { to: 'family.domesticViolence', reason: 'he hit her' };
    const minor = { ...party('A', { band: '15to17' }), by: 'sup1' };
    const before = await all.play([
      complaint,
      minor,
      as('sup1', 'LinkHousehold', { householdId: 'h1', as: [{ person: 'she', partyId: 'A' }] }),
      as('int1', 'ReclassifyCase', violent),
    ]);
    await all.react();
    const next = (await all.view(before)).context['successor'] as string;
    const { parties, households } = (await all.view(next)).context as never as {
      readonly parties: object;
      readonly households: readonly object[];
    };
    expect(parties).toMatchObject({ A: { toldBy: ['sup1'] } });
    expect(households).toMatchObject([{ linkedBy: ['sup1'] }]);
    const older = as('sup1', 'CorrectPartyAge', {
      partyId: 'A',
      corrects: 2,
      why: 'an identity card',
      band: 'adult',
    });
    expect(toldOf(await all.give(older, next))).toEqual(BY_ANOTHER);
    expect(toldOf(await all.give({ ...older, by: 'sup2' }, next))).toBe('accepted');
  });
});

describe('a separation that was declared before any case was linked', () => {
  test('is lifted once a case about both has found that nobody is in danger', async () => {
    const all = new Neighbourhood();
    await all.home('h1', ['she', 'he']);
    await all.play([apart], HOME);
    expect(toldOf(await all.give(lift, HOME))).toEqual(['SEPARATION_NEEDED']);
    const about = await all.play(otherCase);
    await all.link(about, 'h1', { W: 'she' });
    await all.play([assessed(4)], about);
    expect(toldOf(await all.give(lift, HOME))).toEqual(['SEPARATION_NEEDED']);
    await all.link(about, 'h1', { H: 'he' });
    expect(toldOf(await all.give(lift, HOME))).toBe('accepted');
  });

  test('is not lifted by a case that assesses nothing', async () => {
    const all = new Neighbourhood();
    await all.home('h1', ['she', 'he']);
    await all.play([apart], HOME);
    const about = await all.play(otherCase);
    await all.link(about, 'h1', { W: 'she', H: 'he' });
    expect(toldOf(await all.give(lift, HOME))).toEqual(['SEPARATION_NEEDED']);
  });
});

describe('a link to the wrong person', () => {
  const correct = (by: string, more: object = {}) =>
    as(by, 'CorrectHouseholdLink', {
      householdId: 'h1',
      partyId: 'B',
      from: 'c',
      to: 'b',
      why: 'two brothers',
      ...more,
    });
  const issued = as('leg1', 'RecordProtectionOrderIssued', issue, may(10, '12:00'));
  const ordered = [...until.requested, issued];

  test('while an order binds › is corrected, and the order binds the right one', async () => {
    const indoors = await new Indoors().open();
    const { building } = indoors;
    await building.home('h1', ['a', 'b', 'c']);
    const wrong = [
      { person: 'a', partyId: 'A' },
      { person: 'c', partyId: 'B' },
    ];
    const caseId = await indoors.case(ordered, 'h1', wrong);
    indoors.at('08:00');
    const comes = (who: string) => indoors.give('RegisterArrival', visit(who, 'E-R'));
    expect(await indoors.give('RegisterArrival', visit('a', 'E-V'))).toBe('accepted');
    expect(await comes('c')).toEqual(['SEPARATION_CONFLICT']);
    await building.play([correct('sup2')], caseId);
    await building.settle();
    expect(building.alerts).toEqual([]);
    expect(await comes('b')).toEqual(['SEPARATION_CONFLICT']);
    expect(await comes('c')).toBe('accepted');
  });

  test('whoever is inside › is told of as soon as it is corrected', async () => {
    const indoors = await new Indoors().open();
    const { building } = indoors;
    await building.home('h1', ['a', 'b', 'c']);
    const caseId = await indoors.case(ordered, 'h1', linkAs('A', 'A').slice(0, 1));
    await building.play([linking('h1', { B: 'c' })], caseId);
    await building.settle();
    indoors.at('08:00');
    for (const who of [visit('a', 'E-V'), visit('b', 'E-R')]) {
      expect(await indoors.give('RegisterArrival', who)).toBe('accepted');
    }
    await building.settle();
    expect(await indoors.recorded('SeparationBreachOccurred')).toEqual([]);
    await building.play([correct('sup2')], caseId);
    await building.settle();
    expect(await indoors.recorded('SeparationBreachOccurred')).toHaveLength(1);
  });

  test('of one person as both sides of an order › is due until it is corrected', async () => {
    const indoors = await new Indoors().open();
    const { building } = indoors;
    await building.home('h1', ['a', 'b']);
    const asBoth = ['A', 'B'].map((partyId) => ({ person: 'a', partyId }));
    const caseId = await indoors.case(ordered, 'h1', asBoth);
    const due = async () =>
      (await building.engine.caseAt(caseId))?.deadlines.filter(
        ({ code, status }) => code === 'T-PO-LINK' && status === 'pending',
      );
    expect(await due()).toHaveLength(1);
    await building.play([correct('sup2', { from: 'a' })], caseId);
    expect(await due()).toEqual([]);
  });

  test.each([
    ['who entered it', correct('int1'), ['NOT_PERMITTED']],
    ['as if it were another party', correct('sup2', { partyId: 'A' }), ['LINK_UNKNOWN']],
    ['to somebody who is no member', correct('sup2', { to: 'd' }), ['LINK_UNKNOWN']],
    ['to the same person', correct('sup2', { to: 'c' }), ['LINK_UNKNOWN']],
    ['in another household', correct('sup2', { householdId: 'h2' }), ['LINK_UNKNOWN']],
  ] as const)('corrected %s › is refused', async (_, step, refused) => {
    const indoors = await new Indoors().open();
    await indoors.building.home('h1', ['a', 'b', 'c']);
    const caseId = await indoors.case(until.standard, 'h1', [{ person: 'c', partyId: 'B' }]);
    const { command, input, by } = step;
    const role = by === 'int1' ? 'INT' : 'SUP';
    const who = { staff: by, role, office: 'MUH-FCP' };
    const outcome = await indoors.building.give(command, input, { caseId, by: who });
    expect(codes(outcome)).toEqual(refused);
  });
});

describe('a link to another case', () => {
  const OTHER = '01JD8ZQ4XK7T9N2M5P8R3V6W1Y';
  const named = { otherCaseId: OTHER, relation: 'household' };
  const opened: Step = { ...(until.registered[0] as Step), file: OTHER };
  const steps = [...until.standard, opened, work('LinkCase', named)];
  const back = (more: object = {}) =>
    as('sup1', 'UnlinkOtherCase', { ...named, why: 'the wrong number', ...more });

  test('made by mistake › is taken back by a supervisor', async () => {
    const { view } = await play([...steps, back()], { caseType: domesticViolence });
    expect(view.context).toMatchObject({ linkedCases: [] });
  });

  test('made by a supervisor › is taken back by another one', async () => {
    const own = [...until.standard, opened, as('sup1', 'LinkCase', named)];
    expect(await codesOf(...own, back())).toEqual(BY_ANOTHER);
    expect(await codesOf(...own, { ...back(), by: 'sup2' })).toEqual([]);
  });

  test('of another kind › is not taken back', async () => {
    const other = back({ relation: 'sameIncident' });
    expect(await codesOf(...steps, other)).toEqual(['LINK_UNKNOWN']);
  });
});

describe('a concern for a child', () => {
  const screen = (by: string, result: string): Step =>
    as(by, 'ScreenChild', { partyId: 'K', result, seenAlone: true });
  const steps = [...until.active, child('under15')];

  test('found by somebody › is found to be none by a supervisor who did not find it', async () => {
    const found = [...steps, screen('cw1', 'concern')];
    expect(await codesOf(...found, screen('cw1', 'noConcern'))).toEqual(BY_ANOTHER);
    expect(await codesOf(...found, screen('sup1', 'noConcern'))).toEqual([]);
    const twice = [...found, screen('sup1', 'concern')];
    expect(await codesOf(...twice, screen('sup1', 'noConcern'))).toEqual(BY_ANOTHER);
    expect(await codesOf(...twice, screen('sup2', 'noConcern'))).toEqual([]);
    const first = [...steps, screen('sup1', 'concern'), screen('cw1', 'concern')];
    expect(await codesOf(...first, screen('sup1', 'noConcern'))).toEqual(BY_ANOTHER);
  });

  test('that there never was › is said by whoever screens, and so is a new one', async () => {
    expect(await codesOf(...steps, screen('cw1', 'noConcern'))).toEqual([]);
    const anew = [screen('cw1', 'noConcern'), screen('cw1', 'concern')];
    expect(await codesOf(...steps, ...anew)).toEqual([]);
  });
});
