// Work queues: what is to do, of what the asking person is shown, whoever the rows are about.
import { MemoryReadStore } from '@himaya/event-store';
import { beforeAll, describe, expect, test } from 'vitest';
import { instant, instantOf, msOf, type Engine } from '@himaya/engine';
import { searchText, work, workQueues, type WorkQueues } from '../src/index.ts';
import { tailsOf, tailStart } from '../src/queues/search-text.ts';
import { until as violence } from './accord.ts';
import { actor, followedUp, june, proposed, upTo } from './alley.ts';
import { day, her, hour, Indoors } from './indoors.ts';
import { Neighbourhood } from './linked.ts';

const elsewhere = (staff: string, role: string) => ({ staff, role, office: 'NOR-FCP' });
const desk = { staff: 'rcp1', role: 'RCP', office: 'MUH-FCP' };

async function queuesOf(engine: Engine): Promise<WorkQueues> {
  const readStore = new MemoryReadStore();
  const run = await engine.project(work, readStore).catchUp();
  expect(run).toMatchObject({ kind: 'caught-up', parked: 0 });
  return workQueues(engine, readStore);
}

const idsOf = (page: { readonly entries: readonly { readonly caseId: string }[] } | undefined) =>
  page?.entries.map(({ caseId }) => caseId);

describe('queues of two cases', () => {
  const place = new Neighbourhood({ seed: 'queues' });
  let alley = '';
  let home = '';
  let queues: WorkQueues;
  beforeAll(async () => {
    alley = await place.play(upTo.active);
    home = await place.play(violence('consented'));
    queues = await queuesOf(place.engine);
  });

  test('my cases › are those of whoever asks, in which they are shown something', async () => {
    expect(idsOf(await queues.myCases(actor('cw2')))).toContain(alley);
    expect(idsOf(await queues.myCases(actor('cw9')))).toEqual([]);
    // The name of somebody of another office is another person's: rules of the case decide.
    const found = await queues.myCases(actor('con1'));
    expect(idsOf(found)).toEqual([alley, home]);
    expect(found?.entries[0]).toEqual({
      caseId: alley,
      caseType: 'community.parkingDispute',
      openedAt: (await place.view(alley)).openedAt,
    });
    expect(idsOf(await queues.myCases('nobody'))).toEqual([]);
  });

  test('due and overdue › are what each case says, in order, for its readers only', async () => {
    const views = await Promise.all([alley, home].map((caseId) => place.view(caseId)));
    const due = views.flatMap(({ caseId, deadlines }) =>
      deadlines
        .filter(({ metAt }) => metAt === undefined)
        .map(({ code, part, dueAt }) => ({ caseId, code, part, dueAt })),
    );
    expect(due.length).toBeGreaterThan(2);
    const later = instant('2028-01-01T00:00:00Z');
    const all = await queues.overdue(actor('sup1'), later);
    const times = all?.entries.map(({ dueAt }) => dueAt) ?? [];
    expect(times).toEqual(times.toSorted());
    expect(new Set(times)).toEqual(new Set(due.map(({ dueAt }) => dueAt)));
    const [first] = due.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
    const at = first?.dueAt ?? later;
    expect(idsOf(await queues.overdue(actor('sup1'), at))).toEqual([]);
    const next = instantOf(msOf(at) + 1);
    expect((await queues.overdue(actor('sup1'), next))?.entries[0]).toMatchObject({ ...first });
    const today = await queues.dueToday(actor('sup1'), at);
    expect(today?.entries.length).toBeGreaterThan(0);
    // The office's day, which begins at nine in the evening in Greenwich.
    const dayOf = (one: string) => instantOf(msOf(instant(one)) + 3 * 3_600_000).slice(0, 10);
    expect(today?.entries.every(({ dueAt }) => dayOf(dueAt) === dayOf(at))).toBe(true);
    const whole = due.filter(({ dueAt }) => dayOf(dueAt) === dayOf(at));
    expect(today?.entries).toHaveLength(whole.length);
    expect(idsOf(await queues.overdue(elsewhere('sup7', 'SUP'), later))).toEqual([]);
    expect(idsOf(await queues.overdue(desk, later))).toEqual([]);
    // Of an auditor the rules of each case type decide for itself.
    const auditor = elsewhere('aud1', 'AUD');
    const shown = await Promise.all(
      [alley, home].map(async (caseId) =>
        (await place.engine.historyFor(caseId, auditor)).length > 0 ? [caseId] : [],
      ),
    );
    const audited = idsOf(await queues.overdue(auditor, later));
    expect(new Set(audited)).toEqual(new Set(shown.flat()));
    expect(audited).toContain(alley);
  });

  test('the day of a queue › is from midnight to midnight by the clock of the office', async () => {
    const readStore = new MemoryReadStore();
    const asked: unknown[] = [];
    readStore.find = async (_name, _table, { where }) => {
      asked.push(where?.map(({ value }) => value));
      return [];
    };
    const { dueToday } = workQueues(place.engine, readStore);
    await dueToday(actor('sup1'), instant('2027-05-09T00:00:00+03:00'));
    await dueToday(actor('sup1'), instant('2027-05-09T23:59:59+03:00'));
    const due = ['2027-05-08T21:00:00.000Z', '2027-05-09T21:00:00.000Z'];
    expect(asked).toEqual([due, due]);
  });

  test('a deadline that was met › is nobody\'s work, though it was reached', async () => {
    const view = await place.view(alley);
    expect(work.rowsOf(view).deadlines?.length).toBeGreaterThan(0);
    const deadlines = view.deadlines.map((one) => ({ ...one, metAt: one.dueAt }));
    expect(work.rowsOf({ ...view, deadlines }).deadlines).toEqual([]);
  });

  test('search › finds numbers and places in any writing, of what is shown', async () => {
    expect(idsOf(await queues.search(actor('sup1'), 'ALLEY-12'))).toEqual([alley]);
    expect(idsOf(await queues.search(actor('sup1'), 'r-١'))).toEqual([home]);
    expect(idsOf(await queues.search(actor('sup1'), home.toLowerCase()))).toEqual([home]);
    for (const across of ['alley-12 215', 'alley-12\n215']) {
      expect(idsOf(await queues.search(actor('sup1'), across))).toEqual([]);
    }
    expect(idsOf(await queues.search(elsewhere('sup7', 'SUP'), 'alley-12'))).toEqual([]);
    expect(idsOf(await queues.search(desk, 'alley-12'))).toEqual([]);
  });

  test('search › by a part of a word › finds a case once, without a letter nothing', async () => {
    const found = async (text: string) => idsOf(await queues.search(actor('sup1'), text));
    for (const part of ['lley-1', '12', '2', ' y-12 ']) expect(await found(part)).toEqual([alley]);
    expect(await found(alley.slice(0, 20))).toContain(alley);
    for (const none of ['', ' ', 'lley 1', '12x']) expect(await found(none)).toEqual([]);
    expect([tailStart('at alley-12'), tailStart('')]).toEqual(['alley-12', '']);
    expect(tailsOf('no 12\n2')).toEqual(['no', 'o', '12', '2']);
  });

  test('pages › go on where the one before ended, each entry once', async () => {
    const later = instant('2028-01-01T00:00:00Z');
    const all = await queues.overdue(actor('sup1'), later);
    const found: unknown[] = [];
    for (let after: object | undefined; ;) {
      const page = await queues.overdue(actor('sup1'), later, {
        countMax: 2, ...(after && { after: after as never }),
      });
      found.push(...(page?.entries ?? []));
      after = page?.next;
      if (!after) break;
    }
    expect(found).toEqual(all?.entries);
  });

  test('before the projection is built › a queue is not empty but absent', async () => {
    const none = workQueues(place.engine, new MemoryReadStore());
    expect(await none.myCases(actor('cw2'))).toBeUndefined();
  });
});

test('what waits for approval › is there until it is decided, whatever rows say', async () => {
  const place = new Neighbourhood({ seed: 'approval' });
  const steps = [...upTo.settled, followedUp, proposed];
  const caseId = await place.play(steps);
  const queues = await queuesOf(place.engine);
  const waiting = await queues.awaitingApproval(actor('sup1'));
  expect(waiting?.entries).toMatchObject([{ caseId, kind: 'closure' }]);
  expect(idsOf(await queues.awaitingApproval(desk))).toEqual([]);
  await place.play([{ by: 'sup1', command: 'CloseCase', at: june(18) }], caseId);
  // The rows are those of before: nobody is sent to what is done.
  expect(idsOf(await queues.awaitingApproval(actor('sup1')))).toEqual([]);
  expect(idsOf(await queues.myCases(actor('cw2')))).toEqual([]);
  const later = await queuesOf(place.engine);
  expect(idsOf(await later.search(actor('sup1'), 'alley-12'))).toEqual([caseId]);
  expect(idsOf(await later.myCases(actor('cw2')))).toEqual([]);
});

test('bookings of a day › a desk sees rooms and times, and of no case', async () => {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  indoors.at('08:00');
  const times = [['b2', '11:00', '12:00'], ['b1', '09:00', '10:00']] as const;
  for (const [bookingId, from, to] of times) {
    const visits = [{ ...her, caseId: null, partyId: null }];
    const booking = hour(from, to, { siteId: 'S1', visits });
    await building.accept('BookRoom', { bookingId, ...booking });
  }
  const queues = await queuesOf(building.engine);
  const page = await queues.bookings(desk, day);
  expect(page?.entries.map(({ bookingId, states }) => [bookingId, states])).toEqual([
    ['b1', ['confirmed']],
    ['b2', ['confirmed']],
  ]);
  expect(page?.entries[0]).toMatchObject({ siteId: 'S1', date: day, purpose: expect.any(String) });
  expect(JSON.stringify(page)).not.toMatch(/"a"|visits|case/);
  expect((await queues.bookings(elsewhere('rcp7', 'RCP'), day))?.entries).toEqual([]);
  expect((await queues.bookings(desk, '2027-05-19'))?.entries).toEqual([]);
});

test.each([
  ['نِزَاعٌ مَوَاقِف', 'نزاع مواقف'],
  ['الإحالة إلى الأسرة', 'الاحاله الي الاسره'],
  ['مـواقـف', 'مواقف'],
  ['مسؤول شؤون', 'مسوول شوون'],
  ['رقم ٢١٥ و ۲۱۵', 'رقم 215 و 215'],
  ['بناء', 'بنا'],
  ['  Alley   12 ', 'alley 12'],
  ['ﻻ', 'لا'],
])('a text as it is searched › %s › is %s', (written, found) => {
  expect(searchText(written)).toBe(found);
  expect(searchText(found)).toBe(found);
});
