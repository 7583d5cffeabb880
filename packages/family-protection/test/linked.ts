// Two cases about the same two people under other names, and the household between them.
import {
  createEngine,
  type CaseType,
  type CaseView,
  type Command,
  type Engine,
  type Outcome,
} from '@himaya/engine';
import { MemoryEventStore, type EventStore } from '@himaya/event-store';
import { seededIds, simulatedClock } from '@himaya/testkit';
import { caseTypes, policySample } from '../src/index.ts';
import { reported, until, type Case } from './accord.ts';
import { actor, may, type Step } from './alley.ts';

/** What stays the same wherever such cases are played. */
export interface Setting {
  readonly store?: EventStore;
  /** In the place of the released case type of the same name. */
  readonly caseType?: CaseType;
  readonly seed?: string;
}

const RULES = Symbol.for('himaya.rules');
type Guard = { readonly [RULES]: readonly { readonly rule: { readonly name: string } }[] };

/** A case type without one of its rules. */
export function withoutRule(caseType: CaseType, name: string): CaseType {
  const requires = Object.entries(caseType.requires).map(([event, guard]) => {
    const kept = (guard as unknown as Guard)[RULES].filter(({ rule }) => rule.name !== name);
    return [event, Object.assign(() => true, { [RULES]: kept })];
  });
  return { ...caseType, requires: Object.fromEntries(requires) as CaseType['requires'] };
}

/** Codes of a refusal, or what else came of it. */
export const told = (outcome: Outcome): readonly string[] | string =>
  outcome.kind === 'refused' ? outcome.violations.map(({ code }) => code) : outcome.kind;

/** A household, the cases that are linked to it, and whoever works on them. */
export class Neighbourhood {
  readonly alerts: string[] = [];
  readonly store: EventStore;
  readonly engine: Engine;
  readonly clock = simulatedClock(may(9, '06:00'));
  readonly #types: readonly CaseType[];
  readonly #ids;
  readonly #seed: string;
  #engines = 0;

  constructor({ store = new MemoryEventStore(), caseType, seed = 'linked' }: Setting = {}) {
    this.store = store;
    this.#seed = seed;
    this.#ids = seededIds(`${seed} commands`);
    this.#types = caseTypes.map((one) => (one.name === caseType?.name ? caseType : one));
    this.engine = this.other();
  }

  /** An engine of another process over the same store. */
  other(office = 'MUH-FCP', store = this.store): Engine {
    this.#engines += 1;
    const writer = `${this.#seed.replaceAll(/\W/g, '')}${this.#engines}`;
    return createEngine({
      store,
      caseTypes: this.#types,
      policies: [policySample],
      office,
      clock: this.clock,
      ids: seededIds(writer),
      writer,
      onAlert: ({ message }) => this.alerts.push(message),
    });
  }

  /** The command of a step. */
  command({ command: name, input = {}, occurredAt }: Step, caseId?: string): Command {
    // Several case types begin with a complaint; of these cases only the alley's does.
    const opening = name === 'RegisterComplaint' ? { caseType: 'community.parkingDispute' } : {};
    const about = caseId === undefined ? opening : { caseId };
    const when = occurredAt === undefined ? {} : { occurredAt };
    return { id: this.#ids.next(), name, input, ...about, ...when };
  }

  /** Gives the command of a step. */
  give(step: Step, caseId?: string, engine = this.engine): Promise<Outcome> {
    if (step.at !== undefined) this.clock.advanceTo(step.at);
    return engine.execute(this.command(step, caseId), actor(step.by));
  }

  /** Gives commands that are accepted, the first of them in a new case unless one is named. */
  async play(steps: readonly Step[], caseId?: string): Promise<string> {
    let about = caseId;
    for (const step of steps) {
      const outcome = await this.give(step, about);
      if (outcome.kind !== 'accepted') throw new Error(`${step.command}: ${told(outcome)}`);
      about ??= outcome.case.caseId;
    }
    return about as string;
  }

  /** People who live together. */
  async home(household: string, people: readonly string[]): Promise<void> {
    for (const person of people) {
      await this.play([{ by: 'int1', command: 'JoinHousehold', input: { household, person } }]);
      await this.play([{ by: 'int1', command: 'AddMember', input: { household, person } }]);
    }
  }

  /** Links a case, by which party each of the people is. */
  async link(caseId: string, householdId: string, as: object): Promise<void> {
    await this.play([linking(householdId, as)], caseId);
    await this.react();
  }

  /** Lets reactions and what follows from them come to an end. */
  async react(): Promise<void> {
    await this.engine.runReactions();
  }

  /** A case as it stands. */
  async view(caseId: string): Promise<CaseView> {
    const view = await this.engine.caseAt(caseId);
    if (!view) throw new Error('no such case');
    return view;
  }

  /** Names of what a case has recorded. */
  async events(caseId: string): Promise<readonly string[]> {
    return (await this.engine.history(caseId)).map(({ type }) => type);
  }
}

/** The step that links a case; `as` names the person of each party. */
export function linking(householdId: string, as: object): Step {
  const pairs = Object.entries(as).map(([partyId, person]) => ({ person, partyId }));
  return { by: 'int1', command: 'LinkHousehold', input: { householdId, as: pairs } };
}

/** The other case: she is W in it and he is H. */
export const otherCase: readonly Step[] = [
  {
    by: 'int1',
    command: 'RegisterReport',
    input: {
      reportNo: 'R-2',
      subType: 'intimatePartner',
      violenceTypes: ['psychological'],
      victim: 'W',
      alleged: ['H'],
      incidentAt: '2024-01-01T08:00:00+03:00',
    },
  },
  ...[
    ['W', 'victim', 'self'],
    ['H', 'allegedAggressor', 'spouse'],
  ].map(([partyId, partyRole, relationToVictim]) => ({
    by: 'int1',
    command: 'AddParty',
    input: { partyId, person: `p-${partyId}`, partyRole, relationToVictim, band: 'adult' },
  })),
  { by: 'int1', command: 'TriageCase', input: { level: 'priority' } },
  {
    by: 'sup1',
    command: 'AssignCase',
    input: { to: 'cw2', competencyChecked: true, conflictChecked: true, openCases: 1 },
  },
];
/** An assessment in the other case. */
export function assessed(score: number): Step {
  return { by: 'cw2', command: 'AssessRisk', input: { instrument: 'DASH-RIC', score } };
}
/** The order in the other case. */
export const otherOrder: Step = {
  by: 'inv1',
  command: 'RecordProtectionOrderIssued',
  input: {
    orderId: 'O7',
    protected: ['W'],
    against: 'H',
    conditions: ['noContact'],
    from: may(13, '08:00'),
    until: '2027-06-10T08:00:00+03:00',
  },
};

/** A danger that nobody has met yet. */
export const dangerTold: Step = {
  by: 'int1',
  command: 'NoteSafetyConcern',
  input: { immediateDanger: true },
};

/** Two linked cases: in the own one the people may be reconciled, the other is at low risk. */
export interface Linked {
  readonly all: Neighbourhood;
  readonly other: string;
  readonly own: string;
}

/** Both cases, the second one brought to a stage of its reconciliation. */
export async function linked(
  stage: Parameters<typeof until>[0] | 'reported',
  setting: Setting & {
    /** What else the other case knows from the beginning. */
    readonly before?: readonly Step[];
    /** Only she is entered in the household. */
    readonly partly?: true;
    readonly given?: Case;
  } = {},
): Promise<Linked> {
  const all = new Neighbourhood(setting);
  await all.home('h1', ['she', 'he', 'kid']);
  const other = await all.play([...otherCase, assessed(4), ...(setting.before ?? [])]);
  await all.link(other, 'h1', { W: 'she', H: 'he' });
  const opening = reported(setting.given);
  const own = await all.play(opening);
  await all.link(own, 'h1', setting.partly ? { V: 'she' } : { V: 'she', A: 'he' });
  if (stage !== 'reported') await all.play(until(stage, setting.given).slice(opening.length), own);
  return { all, other, own };
}
