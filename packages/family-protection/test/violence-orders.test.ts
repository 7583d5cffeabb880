// Which order binds whom and when: by instants, whatever state the case is in.
import { instant } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { contactOrdersBetween, domesticViolence, ordersInForce } from '../src/index.ts';
import { may, play, type Step } from './alley.ts';
import { as, asked, until, work } from './violence.ts';

/** The parts as a rule of another case would see them. */
async function partsAfter(steps: readonly Step[]) {
  const { view } = await play(steps, { caseType: domesticViolence });
  return {
    view,
    parts: {
      one: ({ kind }: { kind: string }, id: string) =>
        view.parts.find((part) => part.kind === kind && part.id === id),
      all: ({ kind }: { kind: string }) => view.parts.filter((part) => part.kind === kind),
    } as Parameters<typeof ordersInForce>[0],
  };
}
const ids = (orders: ReturnType<typeof ordersInForce>) => orders.map(({ id }) => id);

describe('orders in force', () => {
  test('an order › unserved › already blocks a meeting, either way round', async () => {
    const { parts, view } = await partsAfter(until.issued);
    const at = instant(may(10, '12:00'));
    expect(ids(contactOrdersBetween(parts, ['A', 'B'], at))).toEqual(['O1']);
    expect(ids(contactOrdersBetween(parts, ['B', 'A'], at))).toEqual(['O1']);
    expect(ids(contactOrdersBetween(parts, ['A', 'C'], at))).toEqual([]);
    expect(view.states).toContain('protection.orderIssuedUnserved');
  });

  test('an order › at its end › binds no longer, and a moment before it does', async () => {
    const { parts } = await partsAfter(until.served);
    expect(ids(ordersInForce(parts, instant('2027-06-09T11:59:59+03:00')))).toEqual(['O1']);
    expect(ids(ordersInForce(parts, instant('2027-06-09T12:00:00+03:00')))).toEqual([]);
  });

  test('an order › revoked › has bound until then', async () => {
    const revoked = as('leg1', 'RecordOrderRevoked', { orderId: 'O1', basis: 'courtDecision' });
    const { parts } = await partsAfter([...until.served, { ...revoked, at: may(12) }]);
    expect(ids(ordersInForce(parts, instant(may(12))))).toEqual([]);
    expect(ids(ordersInForce(parts, instant(may(13))))).toEqual([]);
    expect(ids(ordersInForce(parts, instant(may(11))))).toEqual(['O1']);
  });

  test('an order › under a second request and a shelter › is not forgotten', async () => {
    const { parts, view } = await partsAfter([
      ...until.served,
      work('RequestProtectionOrder', { ...asked, orderId: 'O2' }),
      work('OrderShelterPlacement', { placementId: 'S1', partyId: 'A', ppOrderRef: 'PP-1' }),
      work('RecordShelterExited', { placementId: 'S1', reason: 'safeHome' }),
    ]);
    expect(ids(ordersInForce(parts, instant(may(20))))).toEqual(['O1']);
    expect(view.states).toContain('protection.orderActive');
  });

  test.each([
    ['act', 3],
    ['doNotAct', 0],
  ])('an order › whose end somebody decides to %s on › has %i looks', async (decision, looks) => {
    const input = { deadline: 'T-PO-EXPIRE', orderId: 'O1', decision, reason: 'She was asked.' };
    const { view } = await partsAfter([...until.served, work('RecordDeadlineDecision', input)]);
    const pending = view.deadlines.filter(
      ({ code, status }) => code.startsWith('T-PO-EXP-') && status === 'pending',
    );
    expect(pending).toHaveLength(looks);
  });

  test('an order › of people whom no household knows › waits for all of them', async () => {
    const link = (...parties: readonly string[]) =>
      as('int1', 'LinkHousehold', {
        householdId: 'h1',
        as: parties.map((partyId) => ({ person: `p-${partyId}`, partyId })),
      });
    const due = async (...steps: readonly Step[]) => {
      const { view } = await partsAfter(steps);
      return view.deadlines
        .filter(({ code, status }) => code === 'T-PO-LINK' && status === 'pending')
        .map(({ dueAt }) => dueAt);
    };
    const within = ['2027-05-10T11:00:00.000Z'];
    expect(await due(...until.issued)).toEqual(within);
    expect(await due(...until.issued, link('A'))).toEqual(within);
    expect(await due(...until.issued, link('A'), link('B'))).toEqual([]);
    // Somebody who is linked as both sides is known as neither, until it is corrected.
    const asBoth = ['A', 'B'].map((partyId) => ({ person: 'she', partyId }));
    const twice = as('int1', 'LinkHousehold', { householdId: 'h1', as: asBoth });
    expect(await due(...until.issued, twice)).toEqual(within);
    const [last, ...before] = until.issued.toReversed();
    expect(await due(...before.toReversed(), link('A', 'B'), last as Step)).toEqual([]);
  });

  test('a breach › known after the order ended › is recorded at its instant', async () => {
    const late = work('RecordBreach', {
      orderId: 'O1',
      breachId: 'B9',
      withViolence: true,
      at: '2027-06-01T20:00:00+03:00',
    });
    const known = { ...late, at: '2027-06-15T09:00:00+03:00' };
    const { view } = await partsAfter([...until.served, known]);
    expect(view.parts.some(({ kind, id }) => kind === 'breach' && id === 'B9')).toBe(true);
    expect(view.states).toContain('protection.postOrder');
  });

  test('an extension › decided in time and entered late › keeps the order in force', async () => {
    const input = { orderId: 'O1', authority: 'court', newUntil: '2027-07-09T12:00:00+03:00' };
    const late: Step = {
      ...as('leg1', 'RecordOrderExtended', input, '2027-06-12T09:00:00+03:00'),
      occurredAt: '2027-06-08T09:00:00+03:00',
      lateReason: 'The court sent it today.',
    };
    const { parts, view } = await partsAfter([...until.served, late]);
    expect(ids(ordersInForce(parts, instant('2027-06-20T09:00:00+03:00')))).toEqual(['O1']);
    expect(view.states).toContain('protection.orderActive');
  });
});
