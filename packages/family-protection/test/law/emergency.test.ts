// INV-23: from every state that random sequences reach, and under every fault, emergencies are taken.
import { createEngine, type CaseType, type Engine, type EngineOptions } from '@himaya/engine';
import { Fault, LOG_START, type EventStore } from '@himaya/event-store';
import { seededIds } from '@himaya/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { domesticViolence, policySample } from '../../src/index.ts';
import { reported, until as accord } from '../accord.ts';
import type { Step } from '../alley.ts';
import { as, until } from '../violence.ts';
import { Random } from './sequence.ts';
import { Draw } from './situation.ts';

const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_509);
const SAMPLES = 36;

const emergencies = [
  ['OrderMedicalTransfer', { facilityId: 'H1' }],
  ['StartProtectiveMeasure', { kind: 'separation' }],
  ['StartProtectiveMeasure', { kind: 'safeHavenInfo' }],
  ['StartProtectiveMeasure', { kind: 'patrolWatch' }],
] as const;
/** Nobody who could do anything else in a case. */
const anyone = ['aud1', 'rcp1', 'fac1', 'con1'] as const;
const ROLES = { aud1: 'AUD', rcp1: 'RCP', fac1: 'FAC', con1: 'CON' } as const;

const ways: readonly (readonly Step[])[] = [
  ...Object.values(until),
  reported(),
  accord('offered'),
  accord('scheduled'),
  accord('drafted'),
  accord('monitored'),
];

/** A case after a random number of random moves. */
async function sample(nth: number): Promise<Random> {
  const draw = new Draw(SEED + nth);
  const run = new Random();
  const turns = Array.from({ length: draw.below(60) }, () => draw.below(2 ** 27));
  const way = ways[nth % ways.length] as readonly Step[];
  expect(await run.play({ way, temper: draw.below(1_000), turns })).toBeUndefined();
  return run;
}

/** A case that went on in another file of this office, or in another office. */
async function gone(how: 'merged' | 'transferred'): Promise<Random> {
  const run = new Random();
  expect(await run.play({ way: until.active, temper: 0, turns: [] })).toBeUndefined();
  const inputs = { survivingCaseId: run.otherCase, reason: 'sameIncident' };
  const away = {
    toOffice: 'N',
    basis: 'safetyOfParty',
    successor: run.otherCase,
    acceptanceRef: 'r',
  };
  await run.step(
    how === 'merged' ? as('sup1', 'MergeDuplicate', inputs) : as('head1', 'TransferCase', away),
  );
  expect(run.view?.states).toContain(`lifecycle.${how}`);
  return run;
}

/** A fault: the store and the options that an engine then works with, and what it calls for. */
interface Broken {
  readonly store?: (store: EventStore, caseId: string) => EventStore;
  readonly options?: (run: Random) => Partial<EngineOptions>;
  readonly about?: object;
}

const failed = (code: string) => new Fault({ code, attempted: 'x', found: 'y', todo: 'z' });
const isCase = (stream: string): boolean => stream.startsWith('case-');

/** A store that appends to cases only after this many others were first. */
function contended(store: EventStore, times: number, busy: boolean): EventStore {
  let left = times;
  return standIn(store, {
    append: async (request) => {
      const [{ stream, expected }] = request.writes;
      if (!isCase(stream) || left-- <= 0) return store.append(request);
      if (busy) throw failed('store-busy');
      return { kind: 'conflict', stream, expected, found: expected };
    },
  });
}

function standIn(store: EventStore, instead: Partial<EventStore>): EventStore {
  return {
    capabilities: store.capabilities,
    append: (...args) => store.append(...args),
    readStream: (...args) => store.readStream(...args),
    readAll: (...args) => store.readAll(...args),
    watch: (signal) => store.watch(signal),
    close: () => store.close(),
    ...instead,
  };
}

/** The case type of which a deadline throws on what is recorded. */
const unfoldable: CaseType = {
  ...domesticViolence,
  deadlines: {
    ...domesticViolence.deadlines,
    triage: {
      ...domesticViolence.deadlines['triage'],
      dueAt: () => {
        throw new RangeError('broken');
      },
    },
  } as CaseType['deadlines'],
};
const refuses = (): never => {
  throw new Error('the host is down');
};
const offset = (ms: number): Broken => ({
  options: ({ clock }) => ({
    clock: { now: () => clock.now() + ms, monotonicMs: () => clock.monotonicMs?.() ?? 0 },
  }),
});
const DAY_MS = 86_400_000;

const faults: Readonly<Record<string, Broken>> = {
  'nothing wrong': {},
  'twelve conflicts': { store: (store) => contended(store, 12, false) },
  'a busy store': { store: (store) => contended(store, 12, true) },
  'a store in which the case is damaged': {
    store: (store, caseId) =>
      standIn(store, {
        readStream: async (stream, ...rest) => {
          if (stream === `case-${caseId}`) throw failed('store-corrupt');
          return store.readStream(stream, ...rest);
        },
      }),
  },
  'a store that takes nothing more for the case': {
    store: (store) =>
      standIn(store, {
        append: async (request) => {
          if (isCase(request.writes[0].stream)) throw failed('store-corrupt');
          return store.append(request);
        },
      }),
  },
  'a clock that is an hour behind': offset(-3_600_000),
  'a clock that is a day behind': offset(-DAY_MS),
  'a clock that is years ahead': offset(1_000 * DAY_MS),
  'a procedure that cannot read the record': { options: () => ({ caseTypes: [unfoldable] }) },
  'a policy that is gone': { options: () => ({ policies: [] }) },
  'a host that refuses everything': { options: () => ({ authorise: () => false }) },
  'a host that is down': { options: () => ({ authorise: refuses }) },
  'a host without identifiers': { options: () => ({ ids: { next: refuses } }) },
  'a time that lies ahead': { about: { occurredAt: '2031-01-01T00:00:00.000Z' } },
  'a time long past, without a reason': { about: { occurredAt: '2026-01-01T00:00:00.000Z' } },
  // The last one: from here on these cases are two years older.
  'two years of deadlines that nobody caught up': {
    options: ({ clock }) => (clock.advanceBy(730 * DAY_MS), {}),
  },
};

/** An engine of another process over the same record. */
function other(run: Random, { store, options }: Broken): Engine {
  const changed = options?.(run) ?? {};
  return createEngine({
    caseTypes: [domesticViolence],
    policies: [policySample],
    office: 'MUH-FCP',
    clock: run.clock,
    ids: run.ids,
    writer: 'other',
    ...changed,
    store: store ? store(run.store, run.caseId as string) : run.store,
  });
}

async function emergenciesIn({ store }: Random): Promise<number> {
  const { entries } = await store.readAll(LOG_START, 100_000);
  const names = ['ProtectiveMeasureStarted', 'MedicalTransferOrdered'];
  // Recorded apart, it stands in a stream of its own until its case can take it.
  const isOne = ({ type, stream }: (typeof entries)[number]): boolean =>
    names.includes(type) || stream.startsWith('emergency');
  return entries.filter(isOne).length;
}

/** Gives every emergency to the case; each is accepted, and stands in the record. */
async function callForHelp(run: Random, broken: Broken, seed: string): Promise<void> {
  const engine = other(run, broken);
  const ids = seededIds(seed);
  const before = await emergenciesIn(run);
  for (const [index, [name, input]] of emergencies.entries()) {
    const staff = anyone[index % anyone.length] as (typeof anyone)[number];
    const command = { id: ids.next(), name, caseId: run.caseId as string, input, ...broken.about };
    const sender = { staff, role: ROLES[staff], office: 'MUH-FCP' };
    const { kind } = await engine.execute(command, sender);
    expect([name, run.view?.states, kind]).toEqual([name, run.view?.states, 'accepted']);
  }
  expect(await emergenciesIn(run)).toBe(before + emergencies.length);
}

describe(`INV-23 › emergencies from ${SAMPLES} states that chance reached, seed ${SEED}`, () => {
  const samples: Random[] = [];

  beforeAll(async () => {
    for (let nth = 0; nth < SAMPLES; nth += 1) samples.push(await sample(nth));
    // They differ enough to mean something.
    expect(new Set(samples.flatMap(({ view }) => view?.states ?? [])).size).toBeGreaterThan(30);
  }, 300_000);

  test.each(Object.keys(faults))('with %s › are taken and recorded', async (what) => {
    for (const [nth, run] of samples.entries()) {
      await callForHelp(run, faults[what] as Broken, `${what}-${nth}`);
    }
  }, 300_000);

  test.each(['merged', 'transferred'] as const)('of a case %s › are taken', async (how) => {
    for (const what of Object.keys(faults)) {
      await callForHelp(await gone(how), faults[what] as Broken, `${how}-${what}`);
    }
  });

  test('of a case that nobody knows › are taken', async () => {
    for (const what of Object.keys(faults)) {
      const run = await sample(0);
      run.caseId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
      await callForHelp(run, faults[what] as Broken, `unknown-${what}`);
    }
  });
});
