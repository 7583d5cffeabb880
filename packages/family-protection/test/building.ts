// A building to test in: site S1 of the scenarios, people, and a case type that has orders.
import { MemoryEventStore, type EventStore } from '@himaya/event-store';
import {
  caseType,
  createEngine,
  deriveId,
  instant,
  msOf,
  type Alert,
  type CaseType,
  type Engine,
  type Outcome,
  type Policy,
} from '@himaya/engine';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { policyBaseline } from '../src/index.ts';
import { actor, type Step } from './alley.ts';
import { household } from '../src/household/household.ts';
import { person } from '../src/household/person.ts';
import { site } from '../src/facility/site.ts';
import { siteDay } from '../src/facility/site-day.ts';

const text = (en: string) => ({ en, ar: `نص: ${en}` });
const party = z.strictObject({
  partyId: z.string(),
  role: z.string().exactOptional(),
  careNeeded: z.boolean().exactOptional(),
  interviewerPreferred: z.enum(['female', 'male']).exactOptional(),
});
const level = z.object({
  level: z.string(),
  since: z.object({ occurredAt: z.string(), recordedAt: z.string() }),
});
const levelAt = (
  to: string,
  { occurredAt, recordedAt }: { readonly occurredAt: string; readonly recordedAt: string },
): z.output<typeof level> => ({ level: to, since: { occurredAt, recordedAt } });
const order = z.strictObject({ orderId: z.string() });
const issued = order.extend({
  protected: z.array(z.string()),
  against: z.string(),
  conditions: z.array(z.string()),
  until: z.string(),
  revokedAt: z.string().nullable().default(null),
});
const consent = z.strictObject({
  consentId: z.string(),
  partyId: z.string(),
  purpose: z.string(),
});
const t = caseType({
  name: 'test.case',
  version: '1.0.0',
  policy: 'baseline',
  title: text('Case'),
  context: z.object({ parties: z.record(z.string(), party), levels: z.array(level) }),
  events: {
    Opened: z.strictObject({ parties: z.array(party), riskLevel: z.string() }),
    RiskSet: z.strictObject({ level: z.string() }),
    OrderIssued: issued,
    OrderServed: order,
    OrderRevoked: order,
    ConsentGiven: consent,
    ConsentWithdrawn: z.strictObject({ consentId: z.string() }),
  },
});
type Opening = { readonly event: { readonly data: z.output<typeof issued> } };
const orderKind = t.part<z.output<typeof issued>>('order');
const orderChart = setup({ types: orderKind.types }).createMachine({
  id: 'order',
  context: ({ input }) => (input as unknown as Opening).event.data,
  initial: 'unserved',
  states: {
    unserved: { on: { OrderServed: 'active' } },
    active: {},
    revoked: { type: 'final' },
  },
  on: {
    OrderRevoked: {
      target: '.revoked',
      actions: assign({ revokedAt: ({ event }) => event.occurredAt }),
    },
  },
});
type Given = { readonly event: { readonly data: z.output<typeof consent> } };
const consentKind = t.part<z.output<typeof consent>>('consent');
const consentChart = setup({ types: consentKind.types }).createMachine({
  id: 'consent',
  context: ({ input }) => (input as unknown as Given).event.data,
  initial: 'given',
  states: { given: { on: { ConsentWithdrawn: 'withdrawn' } }, withdrawn: { type: 'final' } },
});
const neutral = { polarity: 'neutral', by: ['SUP'] } as const;

/** A case of any type, as far as a building asks it. */
export const testCase: CaseType = t.define({
  chart: setup({ types: t.types }).createMachine({
    id: 'case',
    context: { parties: {}, levels: [] },
    initial: 'open',
    states: {
      open: {
        on: {
          Opened: {
            actions: assign({
              parties: ({ event }) =>
                Object.fromEntries(event.data.parties.map((one) => [one.partyId, one])),
              levels: ({ event }) => [levelAt(event.data.riskLevel, event)],
            }),
          },
          RiskSet: {
            actions: assign({
              levels: ({ context, event }) => [
                ...context.levels,
                levelAt(event.data.level, event),
              ],
            }),
          },
        },
      },
    },
  }),
  commands: {
    OpenTestCase: {
      ...neutral,
      opens: true,
      input: z.strictObject({ parties: z.array(party), riskLevel: z.string() }),
      records: 'Opened',
    },
    SetRisk: { ...neutral, input: z.strictObject({ level: z.string() }), records: 'RiskSet' },
    IssueOrder: { ...neutral, polarity: 'protective', input: issued, records: 'OrderIssued' },
    ServeOrder: { ...neutral, input: order, records: 'OrderServed' },
    RevokeOrder: { ...neutral, input: order, records: 'OrderRevoked' },
    GiveConsent: { ...neutral, input: consent, records: 'ConsentGiven' },
    WithdrawConsent: {
      ...neutral,
      input: z.strictObject({ consentId: z.string() }),
      records: 'ConsentWithdrawn',
    },
  },
  parts: {
    order: {
      chart: orderChart,
      key: (event) => (event.data as { readonly orderId: string }).orderId,
      opens: ['OrderIssued'],
      on: ['OrderServed', 'OrderRevoked'],
    },
    consent: {
      chart: consentChart,
      key: (event) => (event.data as { readonly consentId: string }).consentId,
      opens: ['ConsentGiven'],
      on: ['ConsentWithdrawn'],
    },
  },
  labels: { commands: {}, events: {}, states: {}, deadlines: {}, parts: {}, roles: {} },
});

/** Everything that a building needs. */
export const buildingTypes: readonly CaseType[] = [person, household, site, siteDay, testCase];
/** What an engine runs. */
export interface World {
  readonly caseTypes: readonly CaseType[];
  readonly policies: readonly Policy[];
}
const MADE_UP: World = { caseTypes: buildingTypes, policies: [policyBaseline] };
export const DAY = '2027-06-22';
export const officer = { staff: 'sup1', role: 'SUP', office: 'MUH-FCP' };
export const desk = { staff: 'rcp1', role: 'RCP', office: 'MUH-FCP' };
export const facility = { staff: 'fac1', role: 'FAC', office: 'MUH-FCP' };

/** `HH:MM` of {@link DAY} by the clock on the wall. */
export const time = (hours: string, date = DAY): string => `${date}T${hours}:00+03:00`;

export class Building {
  readonly alerts: Alert[] = [];
  readonly store: EventStore;
  ms = msOf(instant(time('09:30')));
  readonly engine: Engine;
  readonly #seed: string;
  #ids = 0;
  #engines = 0;

  /** Case types and policies; without any those of the made-up case. */
  readonly #world: World;

  constructor(store: EventStore = new MemoryEventStore(), seed = 'building', world = MADE_UP) {
    this.store = store;
    this.#seed = seed;
    this.#world = world;
    this.engine = this.other();
  }

  other(): Engine {
    this.#engines += 1;
    const writer = `${this.#seed}${this.#engines}`;
    let made = 0;
    return createEngine({
      store: this.store,
      ...this.#world,
      office: 'MUH-FCP',
      clock: { now: () => this.ms, monotonicMs: () => this.ms },
      ids: { next: () => deriveId(this.#seed, writer, `${made++}`) },
      writer,
      onAlert: (alert) => this.alerts.push(alert),
    });
  }

  id(): string {
    return deriveId(this.#seed, 'command', `${this.#ids++}`);
  }

  at(hours: string, date = DAY): void {
    this.ms = msOf(instant(time(hours, date)));
  }

  give(
    name: string,
    input: unknown,
    { caseId, type, by = desk, engine = this.engine }: Giving = {},
  ): Promise<Outcome> {
    const where = { ...(caseId ? { caseId } : {}), ...(type ? { caseType: type } : {}) };
    const command = { id: this.id(), name, input, ...where };
    return engine.execute(command, by);
  }

  async accept(name: string, input: unknown, more: Giving = {}): Promise<Accepted> {
    const outcome = await this.give(name, input, { by: officer, ...more });
    if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  /** The steps of a case, the first of which opens it, of this type where several could be meant. */
  async play(steps: readonly Step[], opened?: string, type?: string): Promise<string> {
    let caseId = opened;
    for (const { by, command, input = {}, at } of steps) {
      if (at !== undefined) this.ms = Math.max(this.ms, msOf(instant(at)));
      const first = type === undefined ? {} : { type };
      const more = { by: actor(by), ...(caseId === undefined ? first : { caseId }) };
      caseId = (await this.accept(command, input, more)).case.caseId;
    }
    return caseId ?? '';
  }

  /** Reactions of reactions, until nothing more follows. */
  async settle(): Promise<void> {
    for (let round = 0; round < 4; round += 1) await this.engine.runReactions();
  }

  /** Site S1 with its rooms. */
  async build(): Promise<this> {
    await this.accept('DescribeSite', siteS1, { by: facility });
    for (const [roomId, kind, zones, features, validUntil] of ROOMS) {
      const more = { caseId: 'site-S1', by: facility };
      await this.accept(
        'CommissionRoom',
        { siteId: 'S1', roomId, kind, zones: zones.split(' '), capacity: 6, features },
        more,
      );
      await this.accept(
        'CertifyRoom',
        { siteId: 'S1', roomId, certRef: 'c', validUntil: `${validUntil}T00:00:00Z` },
        more,
      );
    }
    return this;
  }

  /** People who live together, entered in their files first. */
  async home(householdId: string, people: readonly string[]): Promise<string> {
    for (const one of people) {
      await this.accept('JoinHousehold', { person: one, household: householdId });
      await this.accept('AddMember', { household: householdId, person: one });
    }
    return `household-${householdId}`;
  }

  separate(householdId: string, pair: object): Promise<Accepted> {
    const input = { bufferMin: 30, mode: 'noOverlapZone', basis: 'incident', ...pair };
    return this.accept('DeclareSeparationPair', input, { caseId: `household-${householdId}` });
  }

  book(input: object, more: Giving = {}): Promise<Outcome> {
    return this.give('BookRoom', { ...booking, ...input }, more);
  }
}

export interface Giving {
  readonly caseId?: string;
  /** The type of a case that is opened, where several could be meant. */
  readonly type?: string;
  readonly by?: unknown;
  readonly engine?: Engine;
}
export type Accepted = Extract<Outcome, { readonly kind: 'accepted' }>;

export const codes = (outcome: Outcome): readonly string[] | string =>
  outcome.kind === 'refused' ? outcome.violations.map(({ code }) => code) : outcome.kind;

/** Someone who comes. */
export const visit = (who: string, entranceId: string, more: object = {}) => ({
  person: who,
  role: entranceId === 'E-V' ? 'victim' : entranceId === 'E-R' ? 'alleged' : 'other',
  entranceId,
  ...more,
});
/** A booking without its visits. */
export const booking = {
  siteId: 'S1',
  date: DAY,
  roomId: 'INT1',
  from: time('10:00'),
  to: time('11:00'),
  purpose: 'interview',
};

export const siteS1 = {
  siteId: 'S1',
  officeId: 'MUH-FCP',
  zones: [
    { zoneId: 'Zv', kind: 'victimWaiting' },
    { zoneId: 'Zr', kind: 'corridor' },
    { zoneId: 'Zp', kind: 'publicWaiting' },
  ],
  entrances: [
    { entranceId: 'E-V', kind: 'victimIndependent', opensTo: 'Zv', accessible: true },
    { entranceId: 'E-P', kind: 'public', opensTo: 'Zp', accessible: true },
    { entranceId: 'E-R', kind: 'respondent', opensTo: 'Zr', accessible: true },
  ],
  adjacency: [
    ['Zp', 'Zv'],
    ['Zv', 'Zr'],
  ],
};
const quiet = ['soundInsulated', 'panicButton'];
const forensic = [...quiet, 'avRecording', 'observationLink', 'childFurniture'];
const joint = [...quiet, 'neutralDecor', 'doubleDoor'];
const nursing = ['nursingChair', 'diaperTable', 'privateWashroom'];
const ROOMS = [
  ['INT1', 'interview', 'Zv', quiet, '2028-06-01'],
  ['INT2', 'interview', 'Zr', quiet, '2028-06-01'],
  ['INT9', 'interview', 'Zv', quiet, '2026-12-31'],
  ['FOR1', 'forensic', 'Zv', forensic, '2028-06-01'],
  ['REC1', 'reconciliation', 'Zv Zr', joint, '2028-06-01'],
  ['MAT1', 'maternity', 'Zv', nursing, '2028-06-01'],
  ['VIS1', 'visitation', 'Zv Zr', ['childFurniture', 'doubleDoor'], '2028-06-01'],
] as const;
