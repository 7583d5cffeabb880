// Golden histories: the complete outcome of a scenario, to notice when a decision changes.
import { createHash } from 'node:crypto';
import { canonicalize } from '@himaya/event-store';
import type { CaseType, RecordedEvent } from '@himaya/engine';
import type { ScenarioReport, StepReport } from '../scenario/report.ts';
import { codesOf, versioned } from '../scenario/words.ts';
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
    })),
  };
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
  if (!event) return undefined;
  const what =
    event.data === is.events[changed]?.data ? 'leads to another state' : 'has other data';
  const message = `${place}: ${event.type} ${what} than was recorded; give it a new version`;
  return { code: 'decision-changed', message };
}

function stepText({ outcome, codes, events }: GoldenStep): string {
  const names = codes ?? events.map(({ type }) => type);
  return `${outcome} with [${names.join(', ')}]`;
}

/**
 * Rules of a case type that no golden history of it refuses: a change that loosens one of these
 * would go unnoticed. `exempt` names codes that cannot be met in a scenario, each with the reason.
 */
export function unrefusedRules(
  caseTypes: readonly CaseType[],
  goldens: readonly Golden[],
  exempt: Readonly<Record<string, string>>,
): readonly LockProblem[] {
  return caseTypes.flatMap((caseType) => {
    const name = versioned(caseType);
    const own = goldens.filter((golden) => golden.caseTypes.includes(name));
    const refused = new Set(own.flatMap(({ steps }) => steps.flatMap(({ codes }) => codes ?? [])));
    return codesOf(caseType)
      .filter((code) => !refused.has(code) && !Object.hasOwn(exempt, code))
      .map((code) => ({
        code: 'rule-never-refuses' as const,
        subject: code,
        message: `no golden history of ${name} is refused with ${code}; add a scenario that is`,
      }));
  });
}
