// Which office a case is of, and who of it is shown the case: violence and complaints alike.
import { describe, expect, test } from 'vitest';
import { deriveId, type Actor, type Command } from '@himaya/engine';
import { domesticViolence, nuisance, parkingDispute } from '../src/index.ts';
import { reported, stage as violence } from './accord.ts';
import {
  actor,
  alone,
  may,
  party,
  play,
  schedule,
  screen,
  upTo,
  type Played,
  type Step,
} from './alley.ts';
import { linking, Neighbourhood } from './linked.ts';

const at = (office: string, name: string, role: string): Actor => ({ staff: name, role, office });
const muh = (name: string, role: string): Actor => at('MUH-FCP', name, role);
const nor = (name: string, role: string): Actor => at('NOR-FCP', name, role);
const declared: Step = {
  by: 'sup1',
  command: 'DeclareConflictOfInterest',
  input: { partyId: 'F' },
};
/** A complaint in which a mediation is under way. */
const alley: readonly Step[] = [
  ...upTo.consented,
  schedule('A', 'B'),
  {
    by: 'int1',
    command: 'CorrectComplaint',
    input: { field: 'place', place: 'CANARY-PLACE', corrects: 2, why: 'told' },
  },
  {
    by: 'int1',
    command: 'AddParty',
    input: {
      partyId: 'CANARY-PARTY',
      person: 'p',
      partyRole: 'witness',
      relationToComplainant: 'none',
      band: 'adult',
    },
  },
  linking('CANARY-HOME', { A: 'CANARY-SHE' }),
  declared,
];
const canaries = ['CANARY', 'alley-12', 'REC1', 'mediation.', 'screening.', '"conflicts"'];
const leaks = (shown: unknown): readonly string[] => {
  const text = JSON.stringify(shown);
  return canaries.filter((one) => text.includes(one));
};
/** Without what a command is called and says of itself: that is the same in every case. */
const answers = ({ commands, ...rest }: { readonly commands: readonly object[] }) => ({
  ...rest,
  commands: commands.map((one) => ({ ...one, command: '', title: '' })),
});
const order = (caseId: string, name: string, input: object): Command => ({
  id: deriveId(name, caseId),
  name,
  caseId,
  input,
});
/** Whether somebody is shown the case. */
async function isShown({ engine, caseId }: Pick<Played, 'engine' | 'caseId'>, by: Actor) {
  const options = await engine.options(caseId, by);
  const history = await engine.historyFor(caseId, by);
  return [('case' in options && options.case?.caseId) === caseId, history.length > 0];
}
const SHOWN = [true, true];
const HIDDEN = [false, false];

describe('of a complaint', () => {
  const strangers: readonly (readonly [string, Actor])[] = [
    ['a receptionist', muh('rcp1', 'RCP')],
    ['a caseworker who is not assigned', muh('cw9', 'CW')],
    ['a conciliator who is not assigned', muh('con9', 'CON')],
    ['a psychologist', muh('psy1', 'PSY')],
    ...['RCP', 'INT', 'INV', 'CP', 'SUP', 'HEAD'].map(
      (role) => [`another office, ${role}`, nor('n1', role)] as const,
    ),
    ['a relative', actor('sup1')],
    ['somebody in the name of a relative', { ...actor('sup2'), onBehalfOf: 'sup1' }],
  ];

  test.each(strangers)('%s › is shown nothing', async (_, someone) => {
    const { engine, caseId } = await play(alley);
    const options = await engine.options(caseId, someone);
    if ('refused' in options) throw new Error('refused');
    const worry = order(caseId, 'NoteSafetyConcern', {});
    const measure = order(caseId, 'StartProtectiveMeasure', { kind: 'separation' });
    const shown: unknown[] = [answers(options), await engine.historyFor(caseId, someone)];
    for (const command of [worry, measure]) {
      shown.push(await engine.preview(command, someone), await engine.execute(command, someone));
    }
    expect(shown.map(leaks)).toEqual(shown.map(() => []));
    expect('case' in options).toBe(false);
    expect(shown.at(-1)).toMatchObject({
      kind: 'accepted',
      events: [{ type: 'ProtectiveMeasureStarted' }],
    });
  });

  test.each(['INT', 'INV', 'CP', 'SUP', 'HEAD'])('their office, %s › is shown it', async (role) => {
    expect(await isShown(await play(alley), muh('x1', role))).toEqual(SHOWN);
  });

  test('whoever is assigned, and who took it up › are shown it', async () => {
    const given = await play(alley);
    for (const name of ['cw2', 'con1', 'int1']) {
      expect(await isShown(given, actor(name))).toEqual(SHOWN);
    }
    const caseId = deriveId('taken up');
    const command = { ...order(caseId, 'RegisterComplaint', upTo.active[0]?.input ?? {}) };
    const { caseId: _, ...opening } = command;
    const caseworker = muh('cw9', 'CW');
    const type = { caseType: 'community.parkingDispute' };
    const outcome = await given.engine.execute({ ...opening, ...type, id: caseId }, caseworker);
    expect(outcome).toMatchObject({ case: { context: { dutyOfficer: 'cw9' } } });
  });

  test('an auditor of any office › reads what was recorded, as before', async () => {
    const given = await play(alley);
    for (const auditor of [muh('aud1', 'AUD'), nor('aud2', 'AUD')]) {
      expect(await isShown(given, auditor)).toEqual([false, true]);
    }
  });

  test('each type of the procedure › has the same readers', () => {
    expect(nuisance.readers).toBe(parkingDispute.readers);
  });
});

describe('of a violence case', () => {
  const roles = ['INT', 'INV', 'CP', 'SUP', 'HEAD', 'LEG'];
  test.each(roles)('%s › of its office is shown it', async (role) => {
    const given = await play(reported(), violence);
    expect(await isShown(given, muh('x1', role))).toEqual(SHOWN);
    expect(await isShown(given, nor('x1', role))).toEqual(HIDDEN);
  });

  test('whoever is assigned › from another office › is shown it', async () => {
    const given = await play(reported(), violence);
    for (const [name, role] of [['cw1', 'CW'], ['con1', 'CON'], ['fio1', 'FIO']] as const) {
      expect(await isShown(given, nor(name, role))).toEqual(SHOWN);
    }
    expect(await isShown(given, nor('cw9', 'CW'))).toEqual(HIDDEN);
  });

  test('an auditor › is shown no more than before', async () => {
    expect(await isShown(await play(reported(), violence), muh('aud1', 'AUD'))).toEqual(HIDDEN);
  });
});

describe('the office of a case', () => {
  const office = ({ view }: Played): unknown => view.context['office'];

  test.each([
    ['violence', domesticViolence],
    ['a complaint', parkingDispute],
  ])('of %s › that an emergency opened › is that of who called', async (_, caseType) => {
    const input = { kind: 'patrolWatch' };
    const measure = { by: 'cp1', command: 'StartProtectiveMeasure', input };
    const transfer = { by: 'cp1', command: 'OrderMedicalTransfer', input: {} };
    for (const step of [measure, transfer]) {
      const given = await play([{ ...step, at: may(9) }], { caseType });
      expect(office(given)).toBe('MUH-FCP');
      expect(await isShown(given, muh('sup3', 'SUP'))).toEqual(SHOWN);
      const { engine, caseId } = given;
      const again = order(caseId, step.command, step.input);
      expect(await engine.execute(again, nor('cp9', 'CP'))).toMatchObject({ kind: 'accepted' });
      expect((await engine.caseAt(caseId))?.context['office']).toBe('MUH-FCP');
    }
  });

  test('of a complaint › that was left › is that of who takes it up anew', async () => {
    const intake = { channel: 'walkIn', intakeKind: 'complaint', accessNeeds: [] };
    const left = { reason: 'noComplaintWished', screenedForHarm: true };
    const begins: Step = { by: 'int1', command: 'StartIntake', at: may(9), input: intake };
    const leaves: Step = { by: 'int1', command: 'AbandonIntake', input: left };
    const asked = [party('A'), screen('negative'), alone('A', 'negative')];
    const { engine, caseId, codes } = await play([begins, ...asked, leaves]);
    expect(codes).toEqual([]);
    const again = order(caseId, 'StartIntake', intake);
    expect(await engine.execute(again, nor('int9', 'INT'))).toMatchObject({ kind: 'accepted' });
    expect((await engine.caseAt(caseId))?.context['office']).toBe('NOR-FCP');
  });

  test('of a file that is taken over › is that of the one before', async () => {
    const all = new Neighbourhood();
    const north = all.other('NOR-FCP');
    const before = await all.play(upTo.registered);
    const input = { to: 'family.domesticViolence', reason: 'He follows her.' };
    await all.play([{ by: 'int1', command: 'ReclassifyCase', input }], before);
    // Whichever process does it.
    await north.runReactions();
    const next = await all.view(`${before}-dv`);
    expect(next.context['office']).toBe('MUH-FCP');
  });

  test('of a file that somebody takes over by hand › is theirs', async () => {
    const all = new Neighbourhood();
    const before = await all.play(upTo.registered);
    const input = { to: 'family.domesticViolence', reason: 'He follows her.' };
    await all.play([{ by: 'int1', command: 'ReclassifyCase', input }], before);
    const { caseId: _, ...opening } = order('hand', 'TakeOverCase', { predecessor: before });
    expect(await all.engine.execute(opening, nor('sup9', 'SUP'))).toMatchObject({
      kind: 'accepted',
      case: { context: { office: 'NOR-FCP' } },
    });
  });
});
