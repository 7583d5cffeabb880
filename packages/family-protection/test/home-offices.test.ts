// Who takes protection away in a household: an office that keeps it, and nobody who is related.
import { describe, expect, test } from 'vitest';
import type { Actor } from '@himaya/engine';
import { rules } from '../src/household/home-rules.ts';
import { household } from '../src/household/household.ts';
import { actor, type Step } from './alley.ts';
import {
  apart,
  atHome,
  dangers,
  HOME,
  homeRefusals,
  lift,
  separated,
  unlinkCase,
} from './home-refusals.ts';
import { assessed, linking, otherCase, told, withoutRule, type Linked } from './linked.ts';
import { related, unlink } from './linked-refusals.ts';

const north = (name: string): Actor => ({ ...actor(name), office: 'NOR-FCP' });
const OTHER_OFFICE = ['OFFICE_NOT_CONCERNED'];
const RELATED = ['CONFLICT_OF_INTEREST'];

/** A command of somebody, whoever they are. */
async function given({ all }: Linked, step: Step, by: Actor, caseId = HOME) {
  return told(await all.engine.execute(all.command(step, caseId), by));
}

describe('rules of a household', () => {
  test.each(homeRefusals)('rule $rule › when broken › refuses with $code', async (refusal) => {
    const made = await refusal.set({});
    const { code, behind, step } = refusal;
    const codes = behind === undefined ? [code] : [code, behind];
    expect(told(await made.all.give(step(made), HOME))).toEqual(codes);
  });

  test.each(homeRefusals)('rule $rule › when taken out › lets it pass', async (refusal) => {
    const made = await refusal.set({ caseType: withoutRule(household, refusal.rule) });
    const { behind, step } = refusal;
    const left = behind === undefined ? 'accepted' : [behind];
    expect(told(await made.all.give(step(made), HOME))).toEqual(left);
  });

  test('rules › all of them › are proved', () => {
    const proved = homeRefusals.map(({ rule }) => rule);
    const { allOf: _, ...named } = rules;
    expect(Object.keys(named).toSorted()).toEqual(proved.toSorted());
  });
});

describe('a separation', () => {
  test('with nothing against it › is lifted', async () => {
    const { all } = await separated()({});
    expect(told(await all.give(lift, HOME))).toBe('accepted');
  });

  test.each(dangers)('for the sake of %s › stays', async (_, danger) => {
    const { all } = await separated(...danger)({});
    expect(told(await all.give(lift, HOME))).toEqual(['SEPARATION_NEEDED']);
  });

  test('for the sake of a danger in another household › stays', async () => {
    const { all } = await separated()({});
    await all.home('h2', ['she']);
    const third = await all.play([...otherCase, assessed(15)]);
    await all.link(third, 'h2', { W: 'she' });
    expect(told(await all.give(lift, HOME))).toEqual(['SEPARATION_NEEDED']);
  });

  test('of a case that is not there › stays', async () => {
    const { all } = await separated()({});
    const ghost = { caseId: 'ghost', as: [{ person: 'she', partyId: 'X' }] };
    await all.play([atHome('LinkCase', ghost)], HOME);
    expect(told(await all.give(lift, HOME))).toEqual(['SEPARATION_NEEDED']);
  });

  test('for the sake of somebody whom no link names › stays', async () => {
    const { all } = await separated()({});
    const third = await all.play([...otherCase, assessed(4)]);
    await all.link(third, 'h1', { H: 'he' });
    const input = { orderId: 'O8', protected: ['W'], against: 'H', conditions: ['stayAway'] };
    const order: Step = {
      by: 'inv1',
      command: 'RecordProtectionOrderIssued',
      input: { ...input, from: '2027-05-09T06:00:00+03:00', until: '2027-06-06T08:00:00+03:00' },
    };
    await all.play([order], third);
    expect(told(await all.give(lift, HOME))).toEqual(['SEPARATION_ORDERED']);
  });

  test('of which only a witness is in danger › is lifted', async () => {
    const { all } = await separated()({});
    const witness: Step = {
      by: 'int1',
      command: 'AddParty',
      input: { partyId: 'T', person: 'p-T', partyRole: 'witness', band: 'adult' },
    };
    const third = await all.play([...otherCase, witness, assessed(15)]);
    await all.link(third, 'h1', { T: 'she' });
    expect(told(await all.give(lift, HOME))).toBe('accepted');
  });
});

describe('another office', () => {
  test('that has nothing to do with a household › takes nothing away in it', async () => {
    const made = await separated()({});
    for (const name of ['sup2', 'head1']) {
      expect(await given(made, lift, north(name))).toEqual(OTHER_OFFICE);
      expect(await given(made, unlinkCase(made.own), north(name))).toEqual(OTHER_OFFICE);
      expect(await given(made, unlink, north(name), made.own)).toEqual(OTHER_OFFICE);
    }
    expect(told(await made.all.give(unlink, made.own))).toBe('accepted');
    await made.all.react();
    expect(made.all.alerts).toEqual([]);
  });

  test('adds what protects › and has to do with it from then on', async () => {
    const adding: readonly Step[] = [
      apart,
      atHome('AddMember', { household: 'h1', person: 'she' }),
      atHome('LinkCase', { caseId: 'c-north', as: [{ person: 'kid', partyId: 'K' }] }),
    ];
    for (const step of adding) {
      const made = await separated()({});
      expect(await given(made, step, north('sup2'))).toBe('accepted');
      expect(await given(made, lift, north('sup1'))).toBe('accepted');
    }
  });

  test('whose case a household lists › has to do with it, whoever tells it', async () => {
    const made = await separated()({});
    const { all } = made;
    let caseId: string | undefined;
    for (const step of [...otherCase.slice(0, 2), linking('h1', { W: 'she' })]) {
      const outcome = await all.engine.execute(all.command(step, caseId), north(step.by));
      if (outcome.kind !== 'accepted') throw new Error(step.command);
      caseId = outcome.case.caseId;
    }
    await all.react();
    const { offices } = (await all.view(HOME)).context;
    expect(offices).toEqual(['MUH-FCP', 'NOR-FCP']);
  });
});

test('an office › that somebody of another one names › does not keep it', async () => {
  const made = await separated()({});
  const as = [{ person: 'kid', partyId: 'K' }];
  const claim = atHome('LinkCase', { caseId: 'c-north', as, office: 'NOR-FCP' });
  expect(told(await made.all.give(claim, HOME))).toBe('accepted');
  expect(await given(made, lift, north('sup2'))).toEqual(OTHER_OFFICE);
});

describe('whoever is related to a party of one of its cases', () => {
  test('takes nothing away › before the household has heard of it', async () => {
    const made = await separated(related('H'))({});
    expect(await given(made, lift, actor('sup1'))).toEqual(RELATED);
    const codes = await given(made, unlinkCase(made.own), actor('sup1'));
    expect(codes).toEqual(['CASE_STILL_LINKED', ...RELATED]);
    expect(await given(made, unlink, actor('sup1'), made.own)).toEqual(RELATED);
    expect(await given(made, lift, { ...actor('sup2'), onBehalfOf: 'sup1' })).toEqual(RELATED);
    expect(await given(made, lift, actor('sup2'))).toBe('accepted');
  });

  test('takes nothing away › after that case was unlinked', async () => {
    const made = await separated()({});
    const { all, own, other } = made;
    await all.play([related('A')], own);
    await all.react();
    await all.play([{ ...unlink, by: 'sup2' }], own);
    await all.react();
    expect(await given(made, lift, actor('sup1'))).toEqual(RELATED);
    expect(await given(made, unlinkCase(other), actor('sup1'))).toEqual(RELATED);
  });

  test('before the case was linked › is known from then on', async () => {
    const made = await separated()({});
    const third = await made.all.play([...otherCase, assessed(4), related('W', 'head1')]);
    await made.all.link(third, 'h1', { W: 'she' });
    const { conflicts } = (await made.all.view(HOME)).context;
    expect(conflicts).toEqual(['head1']);
    await made.all.react();
    const { length } = await made.all.events(HOME);
    await made.all.link(third, 'h1', { W: 'she' });
    await made.all.react();
    const later = (await made.all.events(HOME)).slice(length);
    expect(later.filter((one) => one === 'RelationsNoted')).toHaveLength(1);
    expect(made.all.alerts).toEqual([]);
  });

  test('may still add what protects', async () => {
    const made = await separated(related('H'))({});
    await made.all.react();
    expect(await given(made, apart, actor('sup1'))).toBe('accepted');
  });
});

test('an auditor › takes nothing away', async () => {
  const made = await separated()({});
  const auditor = actor('aud1');
  expect(await given(made, lift, auditor)).toEqual(['SEPARATION_OF_DUTIES']);
  const codes = await given(made, unlinkCase(made.own), auditor);
  expect(codes).toEqual(['SEPARATION_OF_DUTIES']);
});
