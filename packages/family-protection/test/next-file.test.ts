// A file goes on only where somebody works on it, and no danger lies between two files.
import type { CaseView, Engine, Outcome } from '@himaya/engine';
import { deriveId } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { domesticViolence, parkingDispute } from '../src/index.ts';
import { firstAction } from '../src/protection/first-action.ts';
import { actor, may, merge, OTHER, otherFile, otherViolence } from './alley.ts';
import { play, screen, upTo, type Step } from './alley.ts';
import { move, transfer } from './passage-refusals.ts';
import { as, mergeInto, OTHER_FILE, otherReport, until } from './violence.ts';

const unsuitable = 'SURVIVING_CASE_UNSUITABLE';
const violence = { caseType: domesticViolence };
const both = { caseTypes: [domesticViolence, parkingDispute] } as const;
const THIRD = OTHER.replace('1Y', '1X');

const there = (step: Step): Step => ({ ...step, file: OTHER });
const away = (successor: string): Step => ({
  by: 'head1',
  command: 'TransferCase',
  input: { toOffice: 'NOR', basis: 'placeOfIncident', successor, acceptanceRef: 'r' },
});
const told: Step = as('int1', 'NoteSafetyConcern', { immediateDanger: true }, may(20));
const due = (view: CaseView | undefined): readonly string[] =>
  (view?.deadlines ?? [])
    .filter(({ code, status }) => code === 'T-EMERG' && status === 'pending')
    .map(({ dueAt }) => dueAt);

let given = 0;
function give(engine: Engine, caseId: string, step: Step): Promise<Outcome> {
  const id = deriveId('next-file', String((given += 1)));
  const input = step.input ?? {};
  return engine.execute({ id, caseId, name: step.command, input }, actor(step.by));
}

describe('a file that is to go on', () => {
  const closing = until.closed.map(there);
  const parking: Step = { ...otherFile, caseType: parkingDispute.name };
  const onward = [otherReport, { ...otherReport, file: THIRD }, there(mergeInto(THIRD))];
  test.each([
    ['is not there', [], transfer],
    ['is not there', [], mergeInto(OTHER_FILE)],
    ['was closed', closing, transfer],
    ['was merged', onward, transfer],
    ['waits for another type', [otherReport, there(move('family.childMaltreatment'))], transfer],
    ['is a dispute about parking', [parking], transfer],
    ['is a dispute about parking', [parking], mergeInto(OTHER_FILE)],
  ])('%s › takes no case of violence', async (_, steps, last) => {
    const { codes } = await play([...until.standard, ...steps, last], both);
    expect(codes).toEqual([unsuitable]);
  });

  test('a case that waits for a type › takes none that protects less', async () => {
    const waits = [...until.standard, move('family.childMaltreatment'), otherReport];
    const next = as('sup1', 'RecordSuccessor', { caseId: OTHER_FILE });
    expect((await play([...waits, next], violence)).codes).toEqual([unsuitable]);
    const calm = [...until.standard, move('family.missingMember'), otherReport, next];
    expect((await play(calm, violence)).codes).toEqual([]);
  });

  test('a child › is taken over by no complaint', async () => {
    const child = { partyId: 'K', person: 'p', partyRole: 'respondent', band: 'under15' };
    const joined: Step = {
      by: 'int1',
      command: 'AddParty',
      input: { ...child, relationToComplainant: 'none' },
    };
    const next = as('int1', 'RecordSuccessor', { caseId: OTHER, partyId: 'K' });
    expect((await play([...upTo.active, joined, otherFile, next])).codes).toEqual([unsuitable]);
    expect((await play([...upTo.active, joined, otherViolence, next])).codes).toEqual([]);
  });

  test('a complaint › goes on in a complaint, and in a case that protects', async () => {
    for (const other of [otherFile, otherViolence]) {
      expect((await play([...upTo.active, other, away(OTHER)])).codes).toEqual([]);
      expect((await play([...upTo.active, other, merge])).codes).toEqual([]);
    }
    const harmed = [...upTo.active, screen('unsure'), otherFile, away(OTHER)];
    expect((await play(harmed)).codes).toContain(unsuitable);
  });

  test('two cases › transferred into one another at once, 50 times › only one goes', async () => {
    for (let round = 0; round < 50; round += 1) {
      const twin = until.standard.map(there);
      const { engine, caseId } = await play([...until.standard, ...twin], violence);
      const outcomes = await Promise.all([
        give(engine, caseId, away(OTHER)),
        give(engine, OTHER, away(caseId)),
      ]);
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'refused']);
    }
  });
});

describe('a case of a household', () => {
  const home = (as_: readonly object[]) => ({ householdId: 'h1', as: as_ });
  const her = { person: 'she', partyId: 'A' };
  const him = { person: 'he', partyId: 'B' };
  const link = (...people: readonly object[]): Step => as('int1', 'LinkHousehold', home(people));
  const people = until.registered.slice(1);
  const here = [...until.standard, link(her, him), otherReport, ...people.map(there)];

  test.each([
    ['nothing of it', []],
    ['one of them alone', [link(her)]],
    ['him as somebody else', [link(her, { person: 'he', partyId: 'A' })]],
  ])('is not left behind › where the other file knows %s', async (_, steps) => {
    for (const last of [transfer, mergeInto(OTHER_FILE)]) {
      const { codes } = await play([...here, ...steps.map(there), last], violence);
      expect(codes, last.command).toEqual(['PROTECTION_NOT_TAKEN_OVER']);
    }
  });

  test('goes › where the other file knows them all', async () => {
    for (const last of [transfer, mergeInto(OTHER_FILE)]) {
      const { codes } = await play([...here, there(link(him, her)), last], violence);
      expect(codes, last.command).toEqual([]);
    }
  });
});

describe('a danger told in a file that was left', () => {
  const left = [...until.standard, otherReport, transfer];
  const TERM = '2027-05-20T06:10:00.000Z';

  test.each([
    ['an immediate one', { immediateDanger: true }],
    ['any', { concerns: ['danger'] }],
  ])('%s › is due here until the other file has it', async (_, input) => {
    const { engine, caseId, view } = await play([...left, { ...told, input }], violence);
    expect(due(view)).toEqual([TERM]);
    await engine.runReactions();
    expect(due(await engine.caseAt(caseId))).toEqual([]);
    expect((await engine.caseAt(OTHER_FILE))?.context).toMatchObject({ dangersTold: 1 });
  });

  test('that no file has answered › stays due, whoever says so', async () => {
    const { engine, caseId } = await play([...left, told], violence);
    const answered = as('int1', 'RecordDangerTaken', { by: OTHER_FILE, told: 9 });
    expect(await give(engine, caseId, answered)).toMatchObject({ kind: 'refused' });
    expect(due(await engine.caseAt(caseId))).toEqual([TERM]);
  });

  test('goes through a file that was left, too › and is answered to both', async () => {
    const onward = [...left, { ...otherReport, file: THIRD }, there(mergeInto(THIRD)), told];
    const { engine, caseId } = await play(onward, violence);
    await engine.runReactions();
    for (const id of [caseId, OTHER_FILE]) {
      const view = await engine.caseAt(id);
      expect(due(view), id).toEqual([]);
      expect((await engine.history(id)).at(-1)).toMatchObject({ data: { by: THIRD } });
    }
    expect(due(await engine.caseAt(THIRD))).toHaveLength(1);
  });

  test('twice › is answered by whoever has heard of both', () => {
    const answered = (count: number): boolean =>
      firstAction.disarms({
        event: {
          type: 'DangerTaken',
          data: { by: OTHER_FILE, told: count },
          occurredAt: may(20),
        },
        context: { dangersTold: 2, dangerAt: may(21) },
      });
    expect([1, 2].map(answered)).toEqual([false, true]);
  });

  test('by a person who names a file › makes no other file quiet', async () => {
    const toldBy = [{ caseId: OTHER_FILE, told: 9 }];
    const claimed = as('int1', 'NoteSafetyConcern', { immediateDanger: true, toldBy }, may(20));
    const { engine } = await play([...until.standard, otherReport, there(told), claimed], violence);
    expect(await engine.runReactions()).toMatchObject({ issued: 0 });
    expect(due(await engine.caseAt(OTHER_FILE))).toEqual([TERM]);
  });
});
