// A long violence case: what loading, replaying, listing deadlines and one more command cost per event.
import {
  createEngine,
  deriveId,
  instantOf,
  type Clock,
  type Command,
  type Engine,
} from '@himaya/engine';
import { MemoryEventStore, sealEntry, type Entry, type EventStore } from '@himaya/event-store';
import { domesticViolence, policyBaseline } from '@himaya/family-protection';
import { timed, type Subject } from './measure.ts';

const SHORT = 20;
const LONG = 500;
/** Orders and referrals of the long history; a part of it has as many as its length allows. */
const ORDERS = 20;
const REFERRALS = 60;
/** Events that each round takes, so that short and long histories are measured alike. */
const EVENTS = 2_000;
const COMMANDS = 200;
const START_MS = Date.parse('2027-05-09T06:00:00Z');
const HOUR_MS = 3_600_000;

/** A clock that only the history moves. */
class Hands implements Clock {
  ms = START_MS;
  now(): number {
    return this.ms;
  }
  monotonicMs(): number {
    return this.ms;
  }
}

/** An office that has kept nothing in memory. */
export function officeOver(store: EventStore, clock: Clock): Engine {
  return createEngine({
    store,
    caseTypes: [domesticViolence],
    policies: [policyBaseline],
    office: 'MUH-FCP',
    clock,
    writer: 'bench',
    statesMax: 1_000,
  });
}

const clerk = { staff: 'int1', role: 'INT', office: 'MUH-FCP' };
const supervisor = { staff: 'sup1', role: 'SUP', office: 'MUH-FCP' };

let made = 0;
const commandId = (): string => {
  made += 1;
  return deriveId('long-case', `${made}`);
};

/** A case and the office that works on it. */
export interface Case {
  readonly store: MemoryEventStore;
  readonly clock: Hands;
  readonly caseId: string;
}

/** A history of so many events, by commands that the office gives: orders and referrals among them. */
export async function history(events: number): Promise<Case> {
  const store = new MemoryEventStore();
  const clock = new Hands();
  const engine = officeOver(store, clock);
  const give = async (name: string, input: object, by = supervisor, caseId?: string) => {
    const about = caseId === undefined ? {} : { caseId };
    const outcome = await engine.execute({ id: commandId(), name, input, ...about }, by);
    if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    return outcome.case;
  };
  const report = { reportNo: 'R', subType: 'intimatePartner', violenceTypes: ['physical'] };
  const { caseId } = await give('RegisterReport', { ...report, accessNeeds: [] }, clerk);
  const person = (partyId: string, partyRole: string): object => {
    return { partyId, person: partyId, partyRole, band: 'adult' };
  };
  await give('AddParty', person('A', 'victim'), clerk, caseId);
  await give('AddParty', person('B', 'allegedAggressor'), clerk, caseId);
  await give('TriageCase', { level: 'priority' }, clerk, caseId);
  await give('AssessRisk', { band: 'standard' }, clerk, caseId);
  let position = 0;
  for (let turn = 0; position + 1 < events; turn += 1) {
    clock.ms += HOUR_MS;
    const [name, input] = step(turn, clock.ms);
    ({ position } = await give(name, input, supervisor, caseId));
  }
  return { store, clock, caseId };
}

/** What the office does next: orders and referrals at an even pace, and contacts in between. */
function step(turn: number, nowMs: number): readonly [string, object] {
  // Deadlines that are reached in between take their share of the events.
  const every = 3;
  if (turn % every !== 0 || turn / every >= ORDERS + REFERRALS) {
    return ['RecordReassurance', { channel: 'phone', wellbeing: 6, concerns: false }];
  }
  const nth = turn / every;
  if (nth % ((ORDERS + REFERRALS) / ORDERS) !== 0) {
    return [
      'MakeReferral',
      {
        referralId: `F${nth}`,
        agencyId: 'legalAid',
        licensed: true,
        service: 'legalAid',
        basis: { kind: 'legal', code: 'courtOrder' },
        fieldsShared: ['name'],
      },
    ];
  }
  const parties = { protected: ['A'], against: 'B', conditions: ['noContact'] };
  const from = instantOf(nowMs);
  const until = instantOf(nowMs + 29 * 24 * HOUR_MS);
  return ['RecordProtectionOrderIssued', { orderId: `O${nth}`, ...parties, from, until }];
}

/** The subjects of a short and a long case; the long one is measured by the short one. */
export async function longCase(): Promise<readonly Subject[]> {
  const short = await history(SHORT);
  const long = await history(LONG);
  const kinds = [load, replay, command] as const;
  return kinds.flatMap((kind) => [kind(short, SHORT), kind(long, LONG)]);
}

function named(what: string, events: number): Pick<Subject, 'name' | 'floors'> {
  const name = (count: number): string => `case of ${count} events, ${what}`;
  return events === LONG
    ? { name: name(LONG), floors: [{ name: name(SHORT), due: 0.5 }] }
    : { name: name(events) };
}

/** Folded anew with its digest compared, and its deadlines listed. */
function load({ store, clock, caseId }: Case, events: number): Subject {
  const times = Math.ceil(EVENTS / events);
  const engine = officeOver(store, clock);
  return {
    ...named('loaded', events),
    unit: 'events',
    run: () =>
      timed(times * events, async () => {
        let failures = 0;
        for (let time = 0; time < times; time += 1) {
          // Asked for a position, it is folded anew: what is kept in memory is not looked at.
          const view = await engine.caseAt(caseId, { position: 1_000_000 });
          if (view?.divergence || (view?.deadlines.length ?? 0) === 0) failures += 1;
        }
        return failures;
      }),
  };
}

/** Every rule judged again, and the digest compared at every append. */
function replay({ store, clock, caseId }: Case, events: number): Subject {
  const times = Math.ceil(EVENTS / events);
  const engine = officeOver(store, clock);
  return {
    ...named('replayed', events),
    unit: 'events',
    run: () =>
      timed(times * events, async () => {
        let failures = 0;
        for (let time = 0; time < times; time += 1) {
          const report = await engine.replay(caseId);
          failures += report?.divergences.length ?? 1;
        }
        return failures;
      }),
  };
}

/** One more command, in a process that knows the case: on a copy, so that no round finds it longer. */
function command({ store, clock, caseId }: Case, events: number): Subject {
  return {
    ...named('one command', events),
    unit: 'commands',
    run: async () => {
      const engines: Engine[] = [];
      for (let copy = 0; copy < COMMANDS / 20; copy += 1) {
        const engine = officeOver(await copyOf(store, caseId), clock);
        await engine.execute(contact(caseId), supervisor);
        engines.push(engine);
      }
      return timed(COMMANDS, async () => {
        let failures = 0;
        for (let count = 0; count < COMMANDS; count += 1) {
          const engine = engines[count % engines.length] as Engine;
          const { kind } = await engine.execute(contact(caseId), supervisor);
          if (kind !== 'accepted') failures += 1;
        }
        return failures;
      });
    },
  };
}

function contact(caseId: string): Command {
  const input = { channel: 'phone', wellbeing: 6, concerns: false };
  return { id: commandId(), name: 'RecordReassurance', caseId, input };
}

async function copyOf(store: MemoryEventStore, caseId: string): Promise<MemoryEventStore> {
  const copy = new MemoryEventStore();
  const stream = `case-${caseId}` as never;
  const { entries } = await store.readStream(stream, 0, 10_000);
  const again = entries.map(({ bytes }) =>
    sealEntry(JSON.parse(Buffer.from(bytes).toString()) as never),
  ) as [Entry, ...Entry[]];
  await copy.append({ writes: [{ stream, expected: 'none', entries: again }] });
  return copy;
}
