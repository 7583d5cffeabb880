// What a desk or another office is shown of a violence case: what they may do, and not a word of it.
import { describe, expect, test } from 'vitest';
import type { Actor } from '@himaya/engine';
import { issueOrder, stage, until } from './accord.ts';
import { actor, may, play, type Step } from './alley.ts';

const desk: Actor = { staff: 'rcp1', role: 'RCP', office: 'MUH-FCP' };
const stranger: Actor = { staff: 'sup9', role: 'SUP', office: 'NOR-FCP' };
const unassigned: Actor = { staff: 'cw9', role: 'CW', office: 'MUH-FCP' };
const worry = { id: '01JD8ZQ4XK7T9N2M5P8R3V6W1Z', name: 'NoteSafetyConcern', input: {} };
/** Facts of the case, each planted where nothing else would write it. */
const canaries = [
  'CANARY-OFFENCE',
  'CANARY-CLIENT',
  'CANARY-SESSION',
  'CANARY-ORDER',
  'psychological',
  'intimatePartner',
  'allegedAggressor',
  'reconciliation',
  'Reconciliation',
  'standard',
];
const planted: readonly Step[] = [
  ...until('ready'),
  {
    by: 'con1',
    command: 'ScheduleSession',
    at: may(13, '10:00'),
    input: {
      sessionId: 'CANARY-SESSION',
      mode: 'joint',
      roomId: 'REC1',
      attendees: ['V', 'A'],
      start: may(14, '10:00'),
      end: may(14, '11:00'),
    },
  },
  { by: 'sup2', command: 'RecordOffence', input: { offenceCode: 'CANARY-OFFENCE', article: '1' } },
  {
    by: 'int1',
    command: 'AddParty',
    input: { partyId: 'CANARY-CLIENT', person: 'p', partyRole: 'witness', band: 'adult' },
  },
];
const leaks = (shown: unknown): readonly string[] => {
  const text = JSON.stringify(shown);
  return canaries.filter((one) => text.includes(one));
};
/** Without what a command is called and says of itself: that is the same in every case. */
const answers = ({ commands, ...rest }: { readonly commands: readonly object[] }) => ({
  ...rest,
  commands: commands.map((one) => ({ ...one, command: '', title: '' })),
});

describe('of a violence case', () => {
  test('a desk or another office › asking what to do › learns nothing else', async () => {
    const { engine, caseId } = await play(planted, stage);
    for (const someone of [desk, unassigned, stranger]) {
      const options = await engine.options(caseId, someone);
      if ('refused' in options) throw new Error('refused');
      expect(leaks(answers(options))).toEqual([]);
      expect(options.case).toBeUndefined();
      const open = options.commands.filter(({ status }) => status === 'open');
      expect(open.map(({ command }) => command)).toContain('StartProtectiveMeasure');
      // The same answer, whatever stands in the case.
      const other = await play(until('judged').slice(0, 4), stage);
      const theirs = await other.engine.options(other.caseId, someone);
      expect(theirs).toEqual(options);
    }
  });

  test('a receptionist › telling of a danger › is told that it was noted', async () => {
    const { engine, caseId } = await play(planted, stage);
    const command = { ...worry, caseId };
    const seen = await engine.preview(command, desk);
    const done = await engine.execute(command, desk);
    const again = await engine.execute(command, desk);
    for (const outcome of [seen, done, again]) {
      if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
      expect(outcome.events.map(({ type }) => type)).toEqual(['SafetyConcernNoted']);
      expect(outcome.case.caseId).toBe(caseId);
      expect(leaks(outcome.case)).toEqual([]);
    }
    const view = await engine.caseAt(caseId);
    expect(view?.states).toContain('reconciliation.suspended');
  });

  test('a receptionist › in an emergency › is told no more than that it began', async () => {
    const { engine, caseId } = await play([...planted, issueOrder()], stage);
    const input = { kind: 'separation' };
    const measure = { ...worry, name: 'StartProtectiveMeasure', caseId, input };
    const outcome = await engine.execute(measure, desk);
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    expect(outcome.events.map(({ type }) => type)).toEqual(['ProtectiveMeasureStarted']);
    expect(leaks(outcome.case)).toEqual([]);
  });

  test('whoever works on it › is shown it, until they turn out to be related', async () => {
    const { engine, caseId } = await play(planted, stage);
    for (const name of ['cw1', 'sup1', 'int1']) {
      const options = await engine.options(caseId, actor(name));
      expect('case' in options && options.case?.states).toContain('reconciliation.scheduled');
    }
    const declare = { name: 'DeclareConflictOfInterest', input: { partyId: 'V' } };
    const outcome = await engine.execute({ ...worry, ...declare, caseId }, actor('sup1'));
    expect(outcome.kind === 'accepted' && leaks(outcome.case)).toEqual([]);
  });
});
