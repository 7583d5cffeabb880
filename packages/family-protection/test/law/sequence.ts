// One random sequence in a violence case, judged by the oracle after every command.
import { createEngine, type CaseType, type CaseView, type Command } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { seededIds, simulatedClock } from '@himaya/testkit';
import { domesticViolence, policySample } from '../../src/index.ts';
import { actor, may, type Step } from '../alley.ts';
import { otherReport } from '../violence.ts';
import type { Finding } from './meeting-oracle.ts';
import { move, type Move } from './moves.ts';
import { Oracle, viewFindings } from './oracle.ts';
import type { Recorded } from './record.ts';

/** A sequence: the steps to where it begins, its temper, and a number for each move. */
export interface Sequence {
  readonly way: readonly Step[];
  readonly temper: number;
  readonly turns: readonly number[];
}

/** How many sequences met each event, state and refusal. */
export class Tally {
  readonly #counts = new Map<string, number>();
  sequences = 0;

  add(seen: ReadonlySet<string>): void {
    this.sequences += 1;
    for (const one of seen) this.#counts.set(one, (this.#counts.get(one) ?? 0) + 1);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  get all(): readonly (readonly [string, number])[] {
    return [...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** What was found wrong, and after which command. */
export interface Fault {
  readonly findings: readonly Finding[];
  readonly after: string;
}

/** A case that is being played at random. */
export class Random {
  readonly store = new MemoryEventStore();
  readonly clock = simulatedClock(may(9));
  readonly ids = seededIds('violence');
  readonly alerts: string[] = [];
  readonly seen = new Set<string>();
  readonly engine;
  readonly #oracle = new Oracle();
  caseId: string | undefined;
  view: CaseView | undefined;
  otherCase = 'none';
  #read = 0;

  constructor(caseType: CaseType = domesticViolence) {
    this.engine = createEngine({
      store: this.store,
      caseTypes: [caseType],
      policies: [policySample],
      office: 'MUH-FCP',
      clock: this.clock,
      ids: this.ids,
      writer: 'law',
      onAlert: ({ message }) => this.alerts.push(message),
    });
  }

  /** Plays a sequence; answers the first fault. */
  async play({ way, temper, turns }: Sequence): Promise<Fault | undefined> {
    for (const step of way) {
      const fault = await this.step(step);
      if (fault) return fault;
    }
    const { command, input, by } = otherReport;
    const name = { id: this.ids.next(), name: command, input };
    const other = await this.engine.execute(name, actor(by));
    if (other.kind === 'accepted') this.otherCase = other.case.caseId;
    for (const [index, n] of turns.entries()) {
      // Half-way it goes on towards something else.
      const goal = index < turns.length / 2 ? temper : temper * 7 + 3;
      const fault = await this.give(this.next(n, goal));
      if (fault) return fault;
    }
    return undefined;
  }

  /** What was recorded so far, an event on each line. */
  async trail(): Promise<readonly string[]> {
    const { entries } = await this.store.readStream(`case-${this.caseId}` as never, 0, 900);
    return entries
      .map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as Recorded)
      .map(({ type, occurredAt, recordedAt, data }) =>
        [recordedAt, occurredAt, type, JSON.stringify(data)].join(' '),
      );
  }

  /** The move that a number stands for now. */
  next(n: number, temper: number): Move {
    if (!this.view) throw new Error('no case');
    return move(n, temper, this.view, this.clock.now(), this.otherCase);
  }

  /** A step of a story. */
  async step({ by, command, input, at, occurredAt, onBehalfOf }: Step): Promise<Fault | undefined> {
    if (at !== undefined) this.clock.advanceTo(at);
    const who = { ...actor(by), ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
    const lateMs = occurredAt === undefined ? 0 : this.clock.now() - Date.parse(occurredAt);
    return this.give({
      waitMs: 0,
      command,
      input: input ?? {},
      actor: who,
      lateMs,
      hasReason: true,
    });
  }

  async give(given: Move): Promise<Fault | undefined> {
    const { waitMs, command, input, actor: who, lateMs, hasReason } = given;
    this.clock.advanceBy(waitMs);
    const about = this.caseId === undefined ? {} : { caseId: this.caseId };
    const occurredAt = new Date(this.clock.now() - lateMs).toISOString();
    const why = hasReason ? { lateReason: 'told late' } : {};
    const back = lateMs > 0 ? { occurredAt, ...why } : {};
    const full: Command = { ...about, ...back, id: this.ids.next(), name: command, input };
    const outcome = await this.engine.execute(full, { ...who, office: 'MUH-FCP' });
    if (outcome.kind === 'accepted') this.caseId ??= outcome.case.caseId;
    const codes = outcome.kind === 'refused' ? outcome.violations.map(({ code }) => code) : [];
    for (const code of codes) this.seen.add(`refused ${code}`);
    if (outcome.kind === 'accepted') this.seen.add(`accepted ${command}`);
    const findings = [...this.#attempt(given, outcome.kind, codes)];
    const before = this.view;
    // An emergency of a case that went on elsewhere is recorded there.
    if (outcome.kind === 'accepted' && outcome.case.caseId === this.caseId) {
      // Who may act is not thereby shown the case: then it is looked at behind their back.
      const isShown = outcome.case.states.some((state) => state.startsWith('risk.'));
      this.view = isShown ? outcome.case : await this.engine.caseAt(outcome.case.caseId);
    } else if (this.caseId !== undefined) {
      // Nothing was accepted, and yet time may have moved the case.
      this.view = await this.engine.caseAt(this.caseId);
    }
    findings.push(...(await this.#judge(before)));
    return findings.length === 0
      ? undefined
      : { findings, after: `${command} ${JSON.stringify({ ...who, input, ...back, codes })}` };
  }

  /** What may never be refused: an emergency, a danger, going, and a report. */
  #attempt(
    { command, input }: Move,
    kind: string,
    codes: readonly string[],
  ): readonly Finding[] {
    if (kind === 'accepted') return [];
    if (EMERGENCIES.includes(command)) return [['INV-23', `${command} is ${kind}`]];
    if (codes.some((code) => WHO.includes(code))) return [];
    const { isReported, consents } = this.#oracle.known;
    const isEarly = this.view?.states.includes('lifecycle.intake') === true && !isReported;
    const { partyId } = input as { readonly partyId?: string };
    const mayGo = [...consents.values()].some((consent) => consent.partyId === partyId);
    const refused = `${command} is refused: ${codes.join()}`;
    if (command === 'NoteSafetyConcern') return [['INV-23', refused]];
    if (command === 'RegisterReport' && isEarly) return [['INV-14', refused]];
    const isGoing = command === 'WithdrawReconciliationConsent' && mayGo;
    return isGoing ? [['INV-04', refused]] : [];
  }

  async #judge(before: CaseView | undefined): Promise<readonly Finding[]> {
    const events = await this.#news();
    for (const { type } of events) this.seen.add(type);
    const now = new Date(this.clock.now()).toISOString();
    const findings = [...this.#oracle.take(events, now)];
    const view = this.view;
    if (view && view !== before) {
      for (const state of view.states) this.seen.add(state);
      findings.push(...viewFindings(view, this.#oracle.known));
      // What time brought about in the same step has nothing to do with the waiver.
      const isAlone = new Set(events.map((event) => event.command.id)).size === 1;
      if (before && isAlone && events.some(({ type }) => type === 'ComplaintWaived')) {
        if (careOf(before) !== careOf(view)) findings.push(['INV-19', 'a waiver ended the care']);
      }
    }
    return findings;
  }

  async #news(): Promise<readonly Recorded[]> {
    if (this.caseId === undefined) return [];
    const stream = `case-${this.caseId}` as never;
    const { entries } = await this.store.readStream(stream, this.#read, 900);
    this.#read += entries.length;
    return entries.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as Recorded);
  }
}

const EMERGENCIES = ['StartProtectiveMeasure', 'OrderMedicalTransfer'];
/** Refusals of the person, or of the form of an entry: neither says anything about the case. */
const WHO = [
  'NOT_PERMITTED',
  'CONFLICT_OF_INTEREST',
  'SEPARATION_OF_DUTIES',
  'LATE_ENTRY_REASON_REQUIRED',
];

/** What protects and supports her, in one line. */
function careOf({ states, parts }: CaseView): string {
  const care = states.filter((state) => /^(protection|support|lifecycle)\./.test(state));
  const measures = parts.filter(({ kind }) => kind === 'measure').map(({ id }) => id);
  return [...care, ...measures].join(' ');
}
