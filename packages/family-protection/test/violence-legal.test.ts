// The legal way of a violence case: waivers, settlements, the statutory record, evidence, duties.
import { describe, expect, test } from 'vitest';
import { judge, reported, stage as accord, until as upTo } from './accord.ts';
import { may, play, type Step } from './alley.ts';
import { as, assign } from './violence.ts';
import { photo } from './violence-refusals.ts';
import { person, record, until, work } from './violence.ts';
import { codesOf, viewAfter } from './violence-stage.ts';

test('a child › who is the victim › does not take a complaint back', async () => {
  const steps = [
    ...until.active,
    person('K', 'victim', { band: 'under15' }),
    as('sup1', 'RecordOffence', { offenceCode: 'X1', article: '1' }),
  ];
  const waive = (byParty: string) =>
    as('inv1', 'RequestWaiver', { byParty, offenceCodes: ['X1'] });
  expect(await codesOf(...steps, waive('K'))).toEqual(['WAIVER_NOT_PERMITTED']);
  expect(await codesOf(...steps, waive('A'))).toEqual([]);
});

describe('a waiver', () => {
  const ask = work('RequestWaiver', {
    waiverId: 'W1',
    byParty: 'V',
    offenceCodes: ['SAMPLE-INSULT'],
  });
  const look = (result: string): Step =>
    work('CompleteCoercionCheck', { waiverId: 'W1', conductedPrivately: true, result });
  const waive = work('RecordWaiver', { waiverId: 'W1' });
  const entered = work('CompleteStatutoryRecord', { ...record, investigationEnd: may(9) });

  test('behind which pressure was found › is not asked into freedom', async () => {
    const steps = [...reported(), ask, look('concern'), look('noConcern'), waive];
    expect((await play(steps, accord)).codes).toEqual(['COERCION_SUSPECTED']);
  });

  test('after the prosecution had the matter › needs it, even where it was sent back', async () => {
    const referred = [
      as('inv1', 'ProposeReferral'),
      as('sup1', 'ApproveReferral'),
      as('leg1', 'ReferToProsecution'),
      as('sup1', 'RecordProsecutionDecision', { decision: 'returnForCompletion' }),
    ];
    const steps = [...reported(), assign('inv1', { capacity: 'support' }), entered];
    const all = [...steps, ...referred, ask, look('noConcern')];
    expect((await play([...all, waive], accord)).codes).toEqual(['WAIVER_NOT_PERMITTED']);
    const agreed = work('RecordWaiver', { waiverId: 'W1', ppApprovalRef: 'PP-2' });
    expect((await play([...all, agreed], accord)).codes).toEqual([]);
  });

  test('of all that there is › leaves nothing to refer', async () => {
    const before = await play([...reported(), entered], accord);
    const isDue = ({ code }: { readonly code: string }) => code === 'T-REFER-PP';
    expect(before.view.deadlines.some(isDue)).toBe(true);
    const { view } = await play([...reported(), entered, ask, look('noConcern'), waive], accord);
    expect(view.deadlines.some(isDue)).toBe(false);
  });
});

describe('a settlement that is signed and not yet in force', () => {
  const withdraw = work('WithdrawReconciliationConsent', { partyId: 'A' });
  const after = async (...steps: readonly Step[]) => (await play(steps, accord)).view;
  const statesOf = (view: Awaited<ReturnType<typeof after>>, kind: string) =>
    view.parts.filter((part) => part.kind === kind).flatMap(({ states }) => states);

  test('is ended by whoever withdraws, and nobody owes anything', async () => {
    const view = await after(...upTo('settled'), withdraw);
    expect(view.states).toContain('reconciliation.declined');
    expect(statesOf(view, 'settlement')).toEqual(['lapsed']);
    expect(statesOf(view, 'obligation')).toEqual(['lapsed']);
    expect(view.deadlines.some(({ code }) => code.startsWith('T-MON'))).toBe(false);
  });

  test('is ended by an authority that does not ratify it, and nobody owes anything', async () => {
    const view = await after(
      ...upTo('settled'),
      as('sup1', 'RecordNotRatified', { settlementId: 'X1', authority: 'court', at: may(15) }),
    );
    expect(statesOf(view, 'obligation')).toEqual(['lapsed']);
  });

  test('goes on once it is in force', async () => {
    const view = await after(...upTo('monitored'), withdraw);
    expect(view.states).toContain('reconciliation.monitored');
    expect(statesOf(view, 'obligation')).toEqual(['open']);
    expect(view.deadlines.some(({ code }) => code === 'T-MON-180')).toBe(true);
  });
});

test('the statutory record › without the circumstances › is not complete', async () => {
  const { circumstances, ...rest } = record;
  const isComplete = async (input: object) => {
    const entered = as('inv1', 'CompleteStatutoryRecord', input);
    const { parts } = await viewAfter(...until.triaged, entered);
    return parts.some((part) => part.in('recordComplete'));
  };
  expect(await isComplete(rest)).toBe(false);
  expect(await isComplete({ ...rest, circumstances })).toBe(true);
});

describe('evidence', () => {
  const logged = [...until.active, as('inv1', 'LogEvidence', photo, may(10))];
  const hand = (from: string, to: string, more: object = {}) =>
    as('inv1', 'TransferEvidence', { evidenceId: 'E1', from, to, ...more });

  test('handed on › is held by one after the other', async () => {
    const { parts } = await viewAfter(...logged, hand('inv1', 'leg1'), hand('leg1', 'sup1'));
    const held = parts.find(({ kind }) => kind === 'evidence');
    expect(held?.context).toMatchObject({ holder: 'sup1' });
  });

  test.each([
    ['by who holds it no more', [hand('inv1', 'leg1'), hand('inv1', 'sup1')]],
    ['to oneself', [hand('inv1', 'inv1')]],
    ['before it came', [hand('inv1', 'leg1', { at: may(9) })]],
    ['in time to come', [hand('inv1', 'leg1', { at: may(20) })]],
  ] as const)('handed on %s › is refused', async (_, steps) => {
    expect(await codesOf(...logged, ...steps)).toEqual(['CUSTODY_BROKEN']);
  });

  test('of which nobody knows what it is › is no evidence', async () => {
    const wrong = as('inv1', 'LogEvidence', { ...photo, hash: 'unknown' });
    expect(await codesOf(...until.active, wrong)).toEqual(['INPUT_INVALID']);
  });
});

describe('duties', () => {
  test('an investigator who entered the record › conciliates no more', async () => {
    const enter = as('inv1', 'CompleteStatutoryRecord', record);
    const steps = [...reported(), enter, judge({ conciliator: 'inv1' })];
    expect((await play(steps, accord)).codes).toEqual(['SEPARATION_OF_DUTIES']);
  });

  test('a supervisor › approves a referral, and does not refer', async () => {
    const steps = [...until.active, as('inv1', 'ProposeReferral'), as('sup1', 'ApproveReferral')];
    expect(await codesOf(...steps, as('sup2', 'ReferToProsecution'))).toEqual(['NOT_PERMITTED']);
    expect(await codesOf(...steps, as('leg1', 'ReferToProsecution'))).toEqual([]);
  });

  test('the head of the office › may approve a reconciliation', async () => {
    const approve = as('head1', 'ApproveReconciliation', { ppApprovalRef: 'PP-1' });
    expect((await play([...upTo('judged'), approve], accord)).codes).toEqual([]);
  });
});
