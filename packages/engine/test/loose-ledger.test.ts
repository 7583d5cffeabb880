// The deadlines of a model: those that are kept go as they do in a case, any other at any time.
import { describe, expect, it } from 'vitest';
import type { Arming, Instant } from '../src/index.ts';
import { OTHER } from '../src/check/deciding.ts';
import { ANYTIME, isInError, LooseLedger } from '../src/check/loose-ledger.ts';

const kept = new Map([
  ['term', 'T-TERM'],
  ['visit', 'T-VISIT'],
]);
const at = (day: number): Instant => `2027-01-0${day}T00:00:00.000Z` as Instant;

function arming(name: string, dueDay: number, more: Partial<Arming> = {}): Arming {
  const instants = { armedAt: at(1), dueAt: at(dueDay) };
  const rest = { marks: [], status: 'pending', metAt: undefined } as const;
  return { name, code: `T-${name}`, part: '', position: -1, ...instants, ...rest, ...more };
}

describe('LooseLedger › a deadline that is not kept', () => {
  const ledger = new LooseLedger(kept, [arming('term', 3)]);

  it('is found pending, whatever was armed, with marks that may be escalated', () => {
    const found = ledger.find('other', '', 7);
    expect(found).toMatchObject({ name: 'other', code: 'other', position: 7, status: 'pending' });
    expect(found?.marks.map(({ level }) => level)).toEqual([1, 2, 3, 4]);
    expect(ledger.find('visit', OTHER)).toMatchObject({ part: OTHER, status: 'pending' });
  });

  it('is reached and leaves nothing behind', () => {
    const copy = ledger.copy() as LooseLedger;
    copy.reach(arming('other', 2));
    copy.replace(arming('other', 2));
    expect([copy.reached, copy.all]).toEqual([[], [arming('term', 3)]]);
  });

  it('is not armed for a part that stands for others', () => {
    const copy = ledger.copy() as LooseLedger;
    copy.arm(arming('visit', 2, { part: OTHER }));
    expect(copy.all.map(({ name }) => name)).toEqual(['term']);
  });
});

describe('LooseLedger › a deadline that is kept', () => {
  it('is found only while it is armed, or at any time where that is asked', () => {
    const ledger = new LooseLedger(kept, [arming('term', 3)]);
    expect(ledger.find('term', '')).toEqual(arming('term', 3));
    expect(ledger.find('visit', '')).toBeUndefined();
    expect(ledger.find('visit', '', ANYTIME)).toMatchObject({ name: 'visit', status: 'pending' });
  });

  it('was reached › may have been in error: it is pending again, with its code', () => {
    const ledger = new LooseLedger(kept, [arming('term', 3, { part: 'p1' })]);
    ledger.reach(arming('term', 3, { part: 'p1' }));
    expect(ledger.reached).toEqual(['term/p1']);
    const [again] = ledger.reachedBefore;
    expect(again).toMatchObject({ name: 'term', code: 'T-TERM', part: 'p1', status: 'pending' });
    expect(again && isInError(again)).toBe(true);
    expect(isInError(arming('term', 3))).toBe(false);
  });

  it('is pending again › stands before what was armed later, once', () => {
    const later = arming('term', 5);
    const ledger = new LooseLedger(kept, [later], ['term/']);
    const [again] = ledger.reachedBefore;
    if (!again) throw new Error('none was reached before');
    const twice = ledger.having({ ...again, dueAt: at(2) }).having({ ...again, dueAt: at(3) });
    expect(twice.all.map(({ dueAt }) => dueAt)).toEqual([at(3), at(5)]);
    expect(twice.reached).toEqual(['term/']);
    expect(ledger.all).toEqual([later]);
  });

  it('that is pending again is moved › is in error no more; changed otherwise, it still is', () => {
    const [again] = new LooseLedger(kept, [], ['term/']).reachedBefore;
    if (!again) throw new Error('none was reached before');
    const ledger = new LooseLedger(kept, [], ['term/']).having(again);
    ledger.replace({ ...again, metAt: at(4) });
    expect(ledger.all.map((one) => isInError(one))).toEqual([true]);
    ledger.replace({ ...again, dueAt: at(6) });
    expect(ledger.all.map((one) => [isInError(one), one.dueAt])).toEqual([[false, at(6)]]);
  });
});

it('LooseLedger › a copy is changed › leaves the other as it was, and keeps all it had', () => {
  const ledger = new LooseLedger(kept, [arming('term', 3)], ['visit/']);
  const copy = ledger.copy() as LooseLedger;
  expect([copy.all, copy.reached]).toEqual([ledger.all, ['visit/']]);
  copy.reach(arming('term', 3));
  expect([ledger.reached, copy.reached]).toEqual([['visit/'], ['term/', 'visit/']]);
  expect(ledger.pending).toHaveLength(1);
});

it('LooseLedger › armings of several deadlines › are told deadline by deadline, in order', () => {
  const all = [arming('visit', 2), arming('term', 4), arming('visit', 6, { position: -2 })];
  const told = new LooseLedger(kept, all).all.map(({ name, dueAt }) => [name, dueAt]);
  expect(told).toEqual([
    ['visit', at(2)],
    ['visit', at(6)],
    ['term', at(4)],
  ]);
});
