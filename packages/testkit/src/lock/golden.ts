// Golden histories: the complete outcome of a scenario, to notice when a decision changes.
import { createHash } from 'node:crypto';
import { canonicalize } from '@himaya/event-store';
import type { CaseDeadline, CaseType, RecordedEvent } from '@himaya/engine';
import type { ScenarioReport, StepReport } from '../scenario/report.ts';
import { refusersOf, versioned, type Refuser } from '../scenario/words.ts';
import type { LockProblem } from './lock.ts';

/** An event of a golden history. */
export interface GoldenEvent {
  readonly type: string;
  /** 128 bits of SHA-256 over its data, base64url. */
  readonly data: string;
  /** Digest of the state that results, where the record carries one. */
  readonly after?: string;
}

/** What became of one step. */
export interface GoldenStep {
  /** Instant, who and what: `2027-05-09T06:00:00.000Z int1 RegisterComplaint`. */
  readonly step: string;
  readonly outcome: string;
  /** Codes of a refusal, in the engine's order. */
  readonly codes?: readonly string[];
  readonly events: readonly GoldenEvent[];
  /** Deadlines that are new or have moved, with their marks: `T-X part due, SUP at, …`. */
  readonly armed?: readonly string[];
}

/** The complete outcome of one scenario. */
export interface Golden {
  readonly scenario: string;
  readonly caseTypes: readonly string[];
  readonly steps: readonly GoldenStep[];
}

/** The golden history of a run. */
export function goldenOf(report: ScenarioReport): Golden {
  return {
    scenario: report.scenario,
    caseTypes: report.caseTypes,
    steps: report.steps.map((step) => ({
      step: [step.at, step.by, step.command].filter(Boolean).join(' '),
      outcome: step.outcome.kind,
      ...(step.outcome.kind === 'refused'
        ? { codes: step.outcome.violations.map(({ code }) => code) }
        : {}),
      events: inOrder(step).map(({ type, data, after }) => ({
        type,
        data: dataDigest(type, data),
        ...(after === undefined ? {} : { after }),
      })),
      ...(step.armed.length > 0 ? { armed: step.armed.map(deadlineText).sort() } : {}),
    })),
  };
}

// Due instants are worked out by functions and stand in no event: nothing else would notice.
function deadlineText({ code, part, dueAt, marks }: CaseDeadline): string {
  const told = marks.map(({ to, at }) => `${to} ${at}`);
  return [[code, part, dueAt].filter(Boolean).join(' '), ...told].join(', ');
}

/** The opening holds the hashes of the procedure, which the lock itself compares. */
function dataDigest(type: string, data: unknown): string {
  if (type === 'CaseOpened') return '';
  return createHash('sha256').update(canonicalize(data)).digest().toString('base64url', 0, 16);
}

function inOrder({ events, recorded }: StepReport): readonly RecordedEvent[] {
  return [...recorded, ...events].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The first difference between a golden history and the same scenario now. */
export function compareGolden(file: string, golden: Golden, now: Golden): LockProblem | undefined {
  const count = Math.max(golden.steps.length, now.steps.length);
  for (let index = 0; index < count; index += 1) {
    const [was, is] = [golden.steps[index], now.steps[index]];
    const place = `${file} step ${index + 1}`;
    if (!was || !is || was.step !== is.step) {
      const message = `${place} is not the step that was recorded; record the history again`;
      return { code: 'scenario-changed', subject: file, message };
    }
    const problem = compareStep(`${place} (${was.step})`, was, is);
    if (problem) return { ...problem, subject: file };
  }
  return undefined;
}

function compareStep(
  place: string,
  was: GoldenStep,
  is: GoldenStep,
): Omit<LockProblem, 'subject'> | undefined {
  const lost = (was.codes ?? []).filter((code) => !(is.codes ?? []).includes(code));
  if (lost.length > 0) {
    const found = is.codes ? `refused with ${is.codes.join(', ')} only` : is.outcome;
    const message = `${place}: ${lost.join(', ')} refused it and no longer does: it is ${found}`;
    return { code: 'rule-loosened', message: `${message}; give the change a new version` };
  }
  const found = stepText(is);
  if (was.outcome !== is.outcome || stepText(was) !== found) {
    const message = `${place}: it was ${stepText(was)} and is ${found}`;
    return { code: 'decision-changed', message: `${message}; give the change a new version` };
  }
  const changed = was.events.findIndex(
    (event, index) =>
      event.data !== is.events[index]?.data || event.after !== is.events[index]?.after,
  );
  const event = was.events[changed];
  if (!event) return compareArmed(place, was.armed ?? [], is.armed ?? []);
  const what =
    event.data === is.events[changed]?.data ? 'leads to another state' : 'has other data';
  const message = `${place}: ${event.type} ${what} than was recorded; give it a new version`;
  return { code: 'decision-changed', message };
}

function compareArmed(
  place: string,
  was: readonly string[],
  is: readonly string[],
): Omit<LockProblem, 'subject'> | undefined {
  const [lost] = was.filter((one) => !is.includes(one));
  const [found] = is.filter((one) => !was.includes(one));
  if (lost === undefined && found === undefined) return undefined;
  const message = `${place}: the deadline ${lost ?? 'that was not there'} is ${found ?? 'gone'}`;
  return { code: 'deadline-changed', message: `${message}; give the change a new version` };
}

function stepText({ outcome, codes, events }: GoldenStep): string {
  const names = codes ?? events.map(({ type }) => type);
  return `${outcome} with [${names.join(', ')}]`;
}

/**
 * Rules of a case type by which no scenario about it is refused: a change that loosens one of them
 * would go unnoticed. Rules that share a code count one by one. A rule that several case types are
 * made with, the very same one, is held by a refusal in any of them. `exempt` holds what no scenario
 * can meet, each with the reason: codes, or `CODE: text` for one rule of several with that code.
 */
export function unrefusedRules(
  caseTypes: readonly CaseType[],
  reports: readonly ScenarioReport[],
  exempt: Readonly<Record<string, string>>,
): readonly LockProblem[] {
  const refused = new Map(
    caseTypes.map((caseType) => [caseType, refusalsAbout(caseType, reports)] as const),
  );
  return caseTypes.flatMap((caseType) => {
    const rules = new Map(refusersOf(caseType).map((rule) => [keyOf(rule), rule] as const));
    return [...rules]
      .filter(([key, rule]) =>
        sharing(caseTypes, caseType, (one) => refusersOf(one).includes(rule)).every(
          (one) => refused.get(one)?.has(key) !== true,
        ),
      )
      .filter(([key, { code }]) => !Object.hasOwn(exempt, code) && !Object.hasOwn(exempt, key))
      .map(([, { code, text }]) => {
        const { en } = text;
        const message = `no scenario about ${versioned(caseType)} is refused with ${code} (${en})`;
        return { code: 'rule-never-refuses', subject: code, message: `${message}; add one` };
      });
  });
}

/** What the scenarios about a case type are refused with. */
function refusalsAbout(
  caseType: CaseType,
  reports: readonly ScenarioReport[],
): ReadonlySet<string> {
  const steps = stepsAbout(versioned(caseType), reports);
  return new Set(
    steps.flatMap(({ outcome }) =>
      outcome.kind === 'refused' ? outcome.violations.map(keyOf) : [],
    ),
  );
}

/** A case type, and all others that are made with the very same thing. */
function sharing(
  caseTypes: readonly CaseType[],
  own: CaseType,
  isMadeWith: (other: CaseType) => boolean,
): readonly CaseType[] {
  return caseTypes.filter((one) => one === own || isMadeWith(one));
}

/** The steps of all scenarios about a case type, `name@version`. */
function stepsAbout(name: string, reports: readonly ScenarioReport[]): readonly StepReport[] {
  return reports.filter((one) => one.caseTypes.includes(name)).flatMap((one) => one.steps);
}

/** A refusal shows the first rule of each code that is broken: its text says which one it is. */
function keyOf({ code, text }: Refuser): string {
  return `${code}: ${text.en}`;
}

/**
 * Deadlines that no scenario about their case type arms: a longer term would go unnoticed. One that
 * several case types are made with is held by a scenario about any of them.
 */
export function unarmedDeadlines(
  caseTypes: readonly CaseType[],
  reports: readonly ScenarioReport[],
  exempt: Readonly<Record<string, string>>,
): readonly LockProblem[] {
  const armed = new Map(
    caseTypes.map((caseType) => [caseType, armedAbout(caseType, reports)] as const),
  );
  return caseTypes.flatMap((caseType) =>
    Object.values(caseType.deadlines)
      .filter((deadline) =>
        sharing(caseTypes, caseType, ({ deadlines }) =>
          Object.values(deadlines).includes(deadline),
        ).every((one) => armed.get(one)?.has(deadline.code) !== true),
      )
      .filter(({ code }) => !Object.hasOwn(exempt, code))
      .map(({ code }) => {
        const name = versioned(caseType);
        const message = `no scenario about ${name} arms the deadline ${code}; add one`;
        return { code: 'deadline-never-armed', subject: code, message };
      }),
  );
}

/** The deadlines that the scenarios about a case type arm. */
function armedAbout(caseType: CaseType, reports: readonly ScenarioReport[]): ReadonlySet<string> {
  const steps = stepsAbout(versioned(caseType), reports);
  return new Set(steps.flatMap((step) => step.armed.map(({ code }) => code)));
}
