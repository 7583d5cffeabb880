// Who is shown a household and the files of its people: no desk, no other office, nobody related.
import { describe, expect, test } from 'vitest';
import type { Actor } from '@himaya/engine';
import { actor } from './alley.ts';
import { her, hour, Indoors } from './indoors.ts';
import { as, until } from './violence.ts';

const HOME = 'household-h-CANARY';
const FILE = 'person-a';
const of = (name: string, role: string, office = 'MUH-FCP'): Actor => ({
  staff: name,
  role,
  office,
});
const related = actor('sup2');
/** Whoever is no reader, and why. */
const strangers: readonly (readonly [string, Actor])[] = [
  ...['RCP', 'FIO', 'PSY', 'CON', 'CP', 'LEG', 'FAC', 'TRN', 'STA'].map(
    (role) => [`somebody else of the office, ${role}`, of('x1', role)] as const,
  ),
  ...['INT', 'CW', 'INV', 'SUP', 'HEAD'].map(
    (role) => [`another office, ${role}`, of('n1', role, 'NOR-FCP')] as const,
  ),
  ['a relative', related],
  ['somebody in the name of a relative', { ...of('sup1', 'SUP'), onBehalfOf: 'sup2' }],
  ['a relative who audits', of('sup2', 'AUD')],
];

/** Two of a household that has a case; she comes once; an officer is related to him. */
async function planted() {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h-CANARY', ['a', 'b']);
  const declare = { ...as('sup2', 'DeclareConflictOfInterest', { partyId: 'B' }) };
  const caseId = await indoors.case([...until.standard, declare], 'h-CANARY');
  await building.separate('h-CANARY', { a: 'a', b: 'b', basis: 'order' });
  await building.settle();
  indoors.at('08:00');
  const visits = [{ ...her, caseId, partyId: 'A' }];
  const booking = hour('10:00', '11:00', { siteId: 'S1', bookingId: 'b-CANARY', visits });
  await building.accept('BookRoom', booking);
  await building.settle();
  expect(building.alerts).toEqual([]);
  const told = (name: string, input: object, file = HOME) => ({
    id: building.id(),
    name,
    input,
    caseId: file,
  });
  return { building, engine: building.engine, caseId, told };
}
type Planted = Awaited<ReturnType<typeof planted>>;

/** What of the files somebody is shown who only knows their names. */
function leaks(shown: unknown, { caseId }: Planted): readonly string[] {
  const text = JSON.stringify(shown).replaceAll(HOME, '').replaceAll(FILE, '');
  const secrets = ['CANARY', caseId, '"B"', '"b"', 'noOverlap', '"S1"'];
  return secrets.filter((one) => text.includes(one));
}
/** Whether somebody is shown a file. */
async function isShown({ engine }: Planted, file: string, by: Actor): Promise<boolean> {
  const history = await engine.historyFor(file, by);
  return history.length > 0;
}

describe('a household and the files of its people', () => {
  test.each(strangers)('%s › are not shown', async (_, someone) => {
    const given = await planted();
    const { engine, told } = given;
    const commands = [
      told('QuestionBookings', { cause: 'case' }),
      told('ReviewBookings', { cause: 'case' }, FILE),
      told('LiftSeparationPair', { a: 'b', b: 'a', reason: 'asked' }),
      told('UnlinkCase', { caseId: 'c-other', reason: 'a slip' }),
    ];
    const answers: unknown[] = [];
    for (const command of commands) {
      answers.push(await engine.preview(command, someone));
      answers.push(await engine.execute(command, someone));
      answers.push(await engine.execute(command, someone));
    }
    for (const file of [HOME, FILE, 'person-b']) {
      const options = await engine.options(file, someone);
      expect('case' in options).toBe(false);
      answers.push(options, await engine.historyFor(file, someone));
    }
    expect(answers.map((one) => leaks(one, given))).toEqual(answers.map(() => []));
  });

  test.each(['INT', 'CW', 'INV', 'SUP', 'HEAD', 'AUD'])('their office, %s › are', async (role) => {
    const given = await planted();
    for (const file of [HOME, FILE]) {
      expect(await isShown(given, file, of('x1', role))).toBe(true);
    }
    expect(await isShown(given, HOME, of('x1', 'AUD', 'NOR-FCP'))).toBe(true);
  });

  test('whoever is related › to one of them › is not shown who joins later, either', async () => {
    const given = await planted();
    const { building } = given;
    expect(await isShown(given, 'person-b', related)).toBe(false);
    await building.home('h-CANARY', ['c']);
    expect(await isShown(given, 'person-c', related)).toBe(true);
    await building.settle();
    expect(await isShown(given, 'person-c', related)).toBe(false);
    expect(await isShown(given, 'person-c', actor('sup1'))).toBe(true);
  });

  test('who protects without reading › is told what was recorded, and no more', async () => {
    const given = await planted();
    const { engine, told } = given;
    const pair = { a: 'b', b: 'a', bufferMin: 5, mode: 'noOverlapZone', basis: 'request' };
    const outcome = await engine.execute(told('DeclareSeparationPair', pair), related);
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    expect(outcome.events.map(({ data }) => data)).toEqual([pair]);
    expect(leaks(outcome.case, given)).toEqual([]);
    expect(outcome.case.context).toEqual({});
  });

  test('who is related › is shown to whoever decides', async () => {
    const { engine } = await planted();
    for (const [role, isTold] of [['INT', false], ['CW', false], ['SUP', true]] as const) {
      const shown = [
        await engine.options(HOME, of('x1', role)),
        await engine.historyFor(HOME, of('x1', role)),
        await engine.options(FILE, of('x1', role)),
        await engine.historyFor(FILE, of('x1', role)),
      ];
      expect(shown.map((one) => JSON.stringify(one).includes('sup2"'))).toEqual(
        shown.map(() => isTold),
      );
    }
  });
});

describe('the file of a person', () => {
  const north = of('n1', 'INT', 'NOR-FCP');

  test('an intake officer of another office › learns that there is one', async () => {
    const given = await planted();
    const { engine } = given;
    const refused = await engine.options('person-nobody', north);
    expect(refused).toMatchObject({ refused: [{ code: 'CASE_UNKNOWN' }] });
    const options = await engine.options(FILE, north);
    expect(options).toMatchObject({ commands: expect.any(Array) });
    expect(leaks(options, given)).toEqual([]);
  });

  test('who enters her in a household › is shown the others from then on', async () => {
    const { engine, told } = await planted();
    const joins = told('JoinHousehold', { person: 'a', household: 'h-north' }, FILE);
    const outcome = await engine.execute(joins, north);
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    expect(outcome.case.context['households']).toEqual(['h-CANARY', 'h-north']);
    // Where and when she comes is not among it.
    expect(JSON.stringify(outcome)).not.toContain('b-CANARY');
    const history = await engine.historyFor(FILE, north);
    expect(JSON.stringify(history)).not.toMatch(/b-CANARY|"S1"|2027-05-18"/);
    // The household itself is not shown: nobody there has heard of the other office.
    expect(await engine.historyFor(HOME, north)).toEqual([]);
  });

  test('where and when she comes › is shown to whoever decides', async () => {
    const { engine } = await planted();
    for (const [role, isTold] of [['INT', false], ['INV', false], ['HEAD', true]] as const) {
      const shown = [
        await engine.options(FILE, of('x1', role)),
        await engine.historyFor(FILE, of('x1', role)),
      ];
      expect(shown.map((one) => JSON.stringify(one).includes('b-CANARY'))).toEqual(
        shown.map(() => isTold),
      );
    }
  });
});
