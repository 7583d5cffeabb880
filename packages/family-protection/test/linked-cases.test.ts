// INV-33: what one case of a household knows is asked wherever its people would meet.
import { describe, expect, test } from 'vitest';
import { domesticViolence } from '../src/index.ts';
import { linkedRules } from '../src/domestic-violence/rules/linked.ts';
import {
  agree,
  hold,
  judge,
  meetAlone,
  offer,
  reported,
  schedule,
  sign,
  until,
} from './accord.ts';
import { may, type Step } from './alley.ts';
import {
  assessed,
  dangerTold,
  linked,
  linking,
  Neighbourhood,
  otherCase,
  otherOrder,
  told,
  withoutRule,
} from './linked.ts';
import { concern, harm, linkedRefusals, risks, unlink } from './linked-refusals.ts';
import { person } from './violence.ts';

const ORDERED = ['RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER'];
const askedFor: Step = {
  by: 'cw1',
  command: 'RequestProtectionOrder',
  input: {
    orderId: 'O1',
    victimInformed: true,
    protected: ['V'],
    against: 'A',
    conditionsSought: ['noContact'],
  },
};
const RISKY = ['RECONCILIATION_BLOCKED_BY_RISK'];

describe('rules about other cases of the household', () => {
  test.each(linkedRefusals)('rule $rule › when broken › refuses with $code', async (refusal) => {
    const { all, own } = await refusal.set({});
    expect(told(await all.give(refusal.step, own))).toEqual([refusal.code]);
  });

  test.each(linkedRefusals)('rule $rule › when taken out › lets it pass', async (refusal) => {
    const { all, own } = await refusal.set({
      caseType: withoutRule(domesticViolence, refusal.rule),
    });
    expect(told(await all.give(refusal.step, own))).toBe('accepted');
  });

  test('rules › all of them › are proved', () => {
    const proved = [...new Set(linkedRefusals.map(({ rule }) => rule))];
    expect(Object.keys(linkedRules).toSorted()).toEqual(proved.toSorted());
  });
});

describe('two cases of one household', () => {
  test('nothing against it › in the other › lets them be reconciled', async () => {
    const { all, own, other } = await linked('monitored');
    expect((await all.view(own)).states).toContain('reconciliation.monitored');
    expect(all.alerts).toEqual([]);
    for (const id of [own, other, 'household-h1', 'person-she']) {
      expect((await all.engine.replay(id))?.divergences).toEqual([]);
    }
  });

  const steps: readonly (readonly [string, Parameters<typeof linked>[0], Step])[] = [
    ['judging', 'reported', judge()],
    ['an offer', 'approved', offer()],
    ['a consent', 'offered', agree('V')],
    ['a session', 'ready', schedule('S1')],
    ['holding it', 'scheduled', hold('S1')],
    ['a signature', 'drafted', sign('X1')],
  ];

  test.each(steps)('%s › under an order of the other › is refused', async (_, stage, step) => {
    const { all, own, other } = await linked(stage);
    await all.play([otherOrder], other);
    expect(told(await all.give(step, own))).toEqual(ORDERED);
  });

  test.each(risks)('%s › in the other › forbids a session, ends the rest', async (_, danger) => {
    const { all, own, other } = await linked('ready');
    await all.play(danger, other);
    expect(told(await all.give(schedule('S1'), own))).toEqual(RISKY);
    await all.react();
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
  });

  test('an order, a raised risk, harm, a breach or a concern › calls a session off', async () => {
    const breach: Step = {
      by: 'cp1',
      command: 'RecordBreach',
      input: { orderId: 'O7', withViolence: false },
    };
    const serve: Step = { by: 'cw2', command: 'RecordOrderServed', input: { orderId: 'O7' } };
    const revoke: Step = {
      by: 'inv1',
      command: 'RecordOrderRevoked',
      input: { orderId: 'O7', basis: 'courtDecision' },
    };
    const dangers: readonly (readonly Step[])[] = [
      [otherOrder],
      [assessed(15)],
      [harm()],
      [otherOrder, serve, breach, revoke],
      concern,
    ];
    for (const danger of dangers) {
      const { all, own, other } = await linked('scheduled');
      await all.play(danger, other);
      expect(told(await all.give(hold('S1'), own))).not.toBe('accepted');
      await all.react();
      const [session] = (await all.view(own)).parts.filter(({ kind }) => kind === 'session');
      expect(session?.states).toEqual(['cancelled']);
      const suspended = (await all.engine.history(own)).find(
        ({ type }) => type === 'ReconciliationSuspended',
      );
      expect(suspended?.data).toEqual({ tripwire: 'householdDanger' });
      expect(all.alerts).toEqual([]);
    }
  });

  test('a danger of the other › that concerns none of them › stops nothing', async () => {
    const { all, own } = await linked('scheduled');
    const third = await all.play([...otherCase, assessed(15)]);
    await all.home('h1', ['cousin', 'aunt']);
    await all.link(third, 'h1', { W: 'aunt', H: 'cousin' });
    await all.play([otherOrder], third);
    await all.react();
    const view = await all.view(own);
    expect(view.states).toContain('reconciliation.scheduled');
    expect(told(await all.give(hold('S1'), own))).toBe('accepted');
  });

  test('whoever only saw it › in the other › may still be reconciled', async () => {
    const { all, own } = await linked('ready');
    const witness: Step = {
      by: 'int1',
      command: 'AddParty',
      input: { partyId: 'T', person: 'p-T', partyRole: 'witness', band: 'adult' },
    };
    const third = await all.play([...otherCase, assessed(15), witness]);
    await all.link(third, 'h1', { T: 'she' });
    expect(told(await all.give(schedule('S1'), own))).toBe('accepted');
  });

  test('a level that was high › in the last ninety days › still forbids it', async () => {
    const { all, own, other } = await linked('reported', { before: [assessed(15)] });
    const lower: readonly Step[] = [
      { ...assessed(4), at: may(9, '12:00') },
      { by: 'cw2', command: 'ProposeRiskDowngrade', input: { to: 'standard' } },
      { by: 'sup1', command: 'ApproveRiskDowngrade', input: {} },
    ];
    await all.play(lower, other);
    expect(told(await all.give(judge(), own))).toEqual(RISKY);
  });

  test('violence of the other › grave or together a pattern › excludes a new round', async () => {
    const old = '2026-01-01T08:00:00+03:00';
    const given = { incidentAt: '2024-02-01T08:00:00+03:00' };
    const judged = async (how: object): Promise<unknown> => {
      const before = [person('X', 'witness'), harm({ occurredFrom: old, ...how })];
      const { all, own } = await linked('reported', { before, given });
      return told(await all.give(judge(), own));
    };
    expect(await judged({ contextFlags: ['strangulation'] })).toEqual(RISKY);
    expect(await judged({ weapon: 'used' })).toEqual(RISKY);
    expect(await judged({})).toBe('accepted');
    // Between others than the two it is no past of theirs.
    expect(await judged({ contextFlags: ['strangulation'], alleged: ['X'] })).toBe('accepted');
  });

  test('a settlement that was broken › in the other › excludes a new round', async () => {
    const all = new Neighbourhood();
    await all.home('h1', ['she', 'he']);
    const broken: readonly Step[] = [
      ...until('monitored'),
      { by: 'cw1', command: 'RecordSettlementBreached', input: { settlementId: 'X1' } },
    ];
    const other = await all.play(broken);
    await all.link(other, 'h1', { V: 'she', A: 'he' });
    const own = await all.play(reported({ incidentAt: '2024-02-01T08:00:00+03:00' }));
    await all.link(own, 'h1', { V: 'she', A: 'he' });
    expect(told(await all.give(judge({}, may(17)), own))).toEqual(RISKY);
    const input = { settlementId: 'X1' };
    await all.play([{ by: 'sup1', command: 'UpholdSettlement', input }], other);
    expect(told(await all.give(judge({}, may(17)), own))).toBe('accepted');
  });

  test('a file that was merged › before anybody assessed it › forbids nothing', async () => {
    const { all, own, other } = await linked('ready');
    const twice = await all.play(otherCase);
    await all.link(twice, 'h1', { W: 'she' });
    expect(told(await all.give(schedule('S1'), own))).toEqual(RISKY);
    const merge: Step = {
      by: 'sup1',
      command: 'MergeDuplicate',
      input: { survivingCaseId: other, reason: 'registeredTwice' },
    };
    await all.play([merge], twice);
    // What was stopped meanwhile is judged anew.
    await all.play([{ by: 'sup1', command: 'ResumeReconciliation' }], own);
    expect(told(await all.give(judge({}, may(14)), own))).toBe('accepted');
  });

  test('a case that has not looked at the risk yet › forbids it', async () => {
    const { all, own } = await linked('ready');
    const third = await all.play(otherCase);
    await all.link(third, 'h1', { W: 'she' });
    expect(told(await all.give(schedule('S1'), own))).toEqual(RISKY);
    await all.react();
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
  });
});

describe('households', () => {
  test('of one of them › the second one › is looked in as well', async () => {
    const { all, own } = await linked('scheduled');
    await all.home('h2', ['she', 'he']);
    const third = await all.play([...otherCase, assessed(4)]);
    await all.link(third, 'h2', { W: 'she', H: 'he' });
    await all.play([otherOrder], third);
    expect(told(await all.give(hold('S1'), own))).toEqual(ORDERED);
    await all.react();
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
    expect(all.alerts).toEqual([]);
  });

  test('a link entered in the household › is told to the case, once', async () => {
    const { all, own } = await linked('ready');
    const third = await all.play([...otherCase, assessed(15)]);
    const as = [
      { person: 'she', partyId: 'W' },
      { person: 'he', partyId: 'H' },
    ];
    const link: Step = { by: 'int1', command: 'LinkCase', input: { caseId: third, as } };
    await all.play([link], 'household-h1');
    await all.react();
    expect((await all.view(third)).context['households']).toMatchObject([
      { householdId: 'h1', as },
    ]);
    const home = await all.events('household-h1');
    await all.react();
    expect(await all.events('household-h1')).toEqual(home);
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
    expect(all.alerts).toEqual([]);
  });

  test('a party linked later › is known beside those before', async () => {
    const { all, own } = await linked('reported', { partly: true });
    await all.link(own, 'h1', { A: 'he' });
    expect(told(await all.give(judge(), own))).toBe('accepted');
    const [link] = (await all.view('household-h1')).context['links'] as readonly object[];
    expect(link).toMatchObject({ agreed: true });
  });

  test('a link to people who are no members › is told to the host', async () => {
    const { all, own } = await linked('ready');
    await all.link(own, 'h1', { A: 'stranger' });
    expect(all.alerts).toHaveLength(1);
    expect(all.alerts[0]).toContain('LinkCase, which failed: NOT_A_MEMBER');
    await all.link(own, 'h9', { A: 'he' });
    expect(all.alerts.at(-1)).toContain('LinkCase, which failed: CASE_UNKNOWN');
    expect(told(await all.give(schedule('S1'), own))).toContain('LINKED_FILE_MISSING');
  });

  test('a link › that nobody has to see any more › is taken back on both sides', async () => {
    const { all, own, other } = await linked('reported');
    const there: Step = { by: 'sup1', command: 'UnlinkCase', input: { caseId: own, reason: 'r' } };
    expect(told(await all.give(there, 'household-h1'))).toEqual(['CASE_STILL_LINKED']);
    expect(told(await all.give(unlink, own))).toBe('accepted');
    await all.react();
    const { links } = (await all.view('household-h1')).context;
    expect(links).toMatchObject([{ caseId: other }]);
    expect((await all.view(own)).context['households']).toEqual([]);
    expect(all.alerts).toEqual([]);
  });

  test('a link to a household that is not there › is taken back', async () => {
    const { all, own } = await linked('reported');
    await all.link(own, 'h9', { V: 'she' });
    const input = { householdId: 'h9', reason: 'linkedByMistake' };
    expect(told(await all.give({ ...unlink, input }, own))).toBe('accepted');
    await all.react();
    expect(told(await all.give(judge(), own))).toBe('accepted');
  });

  test.each([
    ['a reconciliation is under way', 'ready', []],
    ['the risk is high', 'reported', [{ ...assessed(15), by: 'cw1' }]],
    ['an order is asked for', 'reported', [askedFor]],
    ['nobody has met a danger', 'reported', [dangerTold]],
  ] as const)('a link › while %s › stays', async (_, stage, before) => {
    const { all, own } = await linked(stage);
    await all.play(before, own);
    expect(told(await all.give(unlink, own))).toEqual(['HOUSEHOLD_LINK_NEEDED']);
  });
});

test('meeting alone › without the other party › is not asked about', async () => {
  const { all, own, other } = await linked('consented');
  await all.play([otherOrder], other);
  expect(told(await all.give(meetAlone('V'), own))).toBe('accepted');
  expect(told(await all.give(linking('h1', { V: 'she' }), own))).toBe('accepted');
});
