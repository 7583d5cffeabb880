// What asking other cases must not do: tell of them, hold up what protects, trust in silence.
import { caseType, createEngine } from '@himaya/engine';
import { isFault } from '@himaya/event-store';
import { seededIds } from '@himaya/testkit';
import { assign, setup } from 'xstate';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { policySample } from '../src/index.ts';
import { hold, judge, reported, schedule, until } from './accord.ts';
import { actor, may, upTo, type Step } from './alley.ts';
import { assessed, linked, linking, Neighbourhood, otherCase, otherOrder, told } from './linked.ts';
import { harm } from './linked-refusals.ts';

const ORDERED = ['RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER'];
const CANARY = 'CANARY';

/** Two cases; what the other one could give away has names that would be noticed. */
async function telling() {
  const all = new Neighbourhood();
  await all.home('h1', ['she', 'he']);
  const other = await all.play([...otherCase, assessed(4)]);
  await all.link(other, 'h1', { W: 'she', H: 'he' });
  const opening = reported();
  const own = await all.play(opening);
  await all.link(own, 'h1', { V: 'she', A: 'he' });
  await all.play(until('scheduled').slice(opening.length), own);
  const orderId = `${CANARY}-order`;
  const order = { ...otherOrder, input: { ...otherOrder.input, orderId } };
  await all.play([order, harm({ incidentId: `${CANARY}-incident` })], other);
  return { all, other, own };
}

describe('whoever works on one case', () => {
  test('and is refused because of the other › learns nothing of it but the code', async () => {
    const { all, other, own } = await telling();
    const conciliator = actor('con1');
    const step = all.command(schedule('S2'), own);
    const answers = [
      await all.give(schedule('S2'), own),
      await all.engine.preview(step, conciliator),
      await all.engine.options(own, conciliator),
      await all.give(hold('S1'), own),
      await all.give(judge({}, may(14, '10:00')), own),
    ];
    expect(answers.slice(0, 2)).toMatchObject([{ kind: 'refused' }, { kind: 'refused' }]);
    const said = JSON.stringify(answers);
    expect(said).toContain('RECONCILIATION_BLOCKED_BY_RISK');
    const secrets = [CANARY, other, '"W"', '"H"', 'Violence was repeated'];
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  });

  test('is told the same words › whichever case they come from', async () => {
    const { all, own } = await telling();
    const elsewhere = await all.give(hold('S1'), own);
    const plain = new Neighbourhood();
    const alone = await plain.play(until('scheduled'));
    // Nothing stops the session of this case: only the rules are compared.
    const order: Step = {
      ...otherOrder,
      input: { ...otherOrder.input, protected: ['V'], against: 'A' },
    };
    await plain.play([order, { ...assessed(15), by: 'cw1' }], alone);
    const here = await plain.give(judge({}, may(13, '10:00')), alone);
    const words = (outcome: typeof here) =>
      outcome.kind === 'refused'
        ? outcome.violations.filter(({ code }) => code.startsWith('RECONCILIATION_BLOCKED'))
        : [];
    expect(words(elsewhere)).toHaveLength(2);
    expect(words(elsewhere)).toEqual(words(here));
  });

  test('sees of a suspension › that there is a danger, and not which', async () => {
    const { all, other, own } = await telling();
    await all.react();
    const history = await all.engine.history(own);
    const shown = history
      .filter(({ type }) => type === 'HouseholdReviewed' || type === 'ReconciliationSuspended')
      .map(({ data }) => data);
    expect(shown).toEqual([
      { endangers: false },
      { endangers: true },
      { tripwire: 'householdDanger' },
      ...shown.slice(3),
    ]);
    expect(JSON.stringify(shown)).not.toContain(CANARY);
    expect(JSON.stringify(shown)).not.toContain(other);
  });
});

describe('offices', () => {
  test('two of them › with a case of one household each › are seen as one', async () => {
    const { all, own, other } = await linked('scheduled');
    const north = all.other('NOR-FCP');
    const order = all.command(otherOrder, other);
    const officer = { ...actor('inv1'), office: 'NOR-FCP' };
    expect((await north.execute(order, officer)).kind).toBe('accepted');
    expect(told(await all.give(hold('S1'), own))).toEqual(ORDERED);
    await north.runReactions();
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
  });
});

describe('what cannot be looked at', () => {
  const link = (caseId: string): Step => ({
    by: 'int1',
    command: 'LinkCase',
    input: { caseId, as: [{ person: 'she', partyId: 'X' }] },
  });

  test('too many cases › for one decision › forbid a meeting, not what protects', async () => {
    const { all, own } = await linked('ready');
    for (let count = 0; count < 33; count += 1) {
      await all.play([link(`ghost-${count}`)], 'household-h1');
    }
    expect(told(await all.give(schedule('S1'), own))).toEqual(['TOO_MANY_READS']);
    const review: Step = { by: 'sup1', command: 'ReviewHousehold', input: {} };
    expect(told(await all.give(review, own))).toBe('accepted');
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
  });

  test('too many cases that are all there › are a danger as well', async () => {
    const { all, own } = await linked('ready');
    for (let count = 0; count < 33; count += 1) {
      const quiet = await all.play(upTo.registered.map(({ at: _, ...step }) => step));
      await all.play([link(quiet)], 'household-h1');
    }
    const review: Step = { by: 'sup1', command: 'ReviewHousehold', input: {} };
    expect(told(await all.give(review, own))).toBe('accepted');
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
  });

  test('a case of a procedure that is not installed › forbids a meeting by a fault', async () => {
    const { all, own } = await linked('ready');
    const t = caseType({
      name: 'test.elsewhere',
      version: '1.0.0',
      policy: 'baseline',
      title: { en: 'Elsewhere', ar: 'في مكان آخر' },
      context: z.object({}),
      events: { Begun: z.strictObject({}) },
    });
    const elsewhere = t.define({
      chart: setup({ types: t.types }).createMachine({
        id: 'elsewhere',
        context: {},
        initial: 'open',
        states: { open: { on: { Begun: { actions: assign({}) } } } },
      }),
      commands: {
        Begin: {
          input: z.strictObject({}),
          polarity: 'neutral',
          by: ['INT'],
          opens: true,
          records: 'Begun',
        },
      },
      labels: {
        commands: { Begin: { en: 'Begin', ar: 'بدء' } },
        events: { Begun: { en: 'Begun', ar: 'بدأ' } },
        states: { open: { en: 'Open', ar: 'مفتوح' } },
        deadlines: {},
        parts: {},
        roles: { INT: { en: 'Intake', ar: 'الاستقبال' } },
      },
    });
    const far = createEngine({
      store: all.store,
      caseTypes: [elsewhere],
      policies: [policySample],
      office: 'FAR',
      clock: all.clock,
      ids: seededIds('far'),
      writer: 'far',
    });
    const begin: Step = { by: 'int1', command: 'Begin', input: {} };
    const begun = await far.execute(all.command(begin), actor('int1'));
    const id = begun.kind === 'accepted' ? begun.case.caseId : 'nothing';
    await all.play([link(id)], 'household-h1');
    const before = await all.events(own);
    const failure = await all.give(schedule('S1'), own).catch((error: unknown) => error);
    expect(isFault(failure, 'read-unfoldable')).toBe(true);
    expect(await all.events(own)).toEqual(before);
  });

  test('nothing of it › holds up an emergency, a report or an order', async () => {
    const { all, own } = await linked('ready');
    await all.play([link('ghost')], 'household-h1');
    await all.link(own, 'h9', { V: 'nobody-knows' });
    const protecting: readonly Step[] = [
      { by: 'cp1', command: 'StartProtectiveMeasure', input: { kind: 'separation' } },
      { by: 'cp1', command: 'OrderMedicalTransfer', input: {} },
      harm({ victim: 'V', alleged: ['A'] }),
      { ...otherOrder, input: { ...otherOrder.input, protected: ['V'], against: 'A' } },
      { by: 'cw1', command: 'NoteSafetyConcern', input: { immediateDanger: true } },
      { by: 'cw1', command: 'AssessRisk', input: { instrument: 'DASH-RIC', score: 15 } },
      linking('h8', { A: 'somebody' }),
    ];
    for (const step of protecting) expect(told(await all.give(step, own))).toBe('accepted');
  });
});
