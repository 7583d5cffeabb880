// Loading a scenario: a text becomes a scenario that can be run, or every problem it has at once.
import type { CaseType, Policy } from '@himaya/engine';
import { z } from 'zod';
import { checkCaseTypes, checkScenario } from './check.ts';
import {
  nameSchema,
  scenarioSchemas,
  type Scenario,
  type ScenarioSchemas,
  type ScenarioStep,
  type UnreadStep,
} from './format.ts';
import { writtenSteps, type Written } from './given.ts';
import { findingsOf, type Finding } from './issues.ts';
import { both, joined, listOf, mistake } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import type { Path, Problem } from './problem.ts';
import { versioned, wordsOf, type Words } from './words.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** What scenarios may be about. */
export interface Registered {
  readonly caseTypes: readonly CaseType[];
  readonly policies: readonly Policy[];
}

/** A scenario that can be run, with what it is about and where its parts stand. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly caseTypes: readonly CaseType[];
  readonly policy: Policy;
  readonly words: Words;
  readonly source: YamlSource;
  /** Where each step stands: one that is given is taken in several places. */
  readonly paths: readonly Path[];
}

/** Reads and checks a scenario. Never throws for what stands in the text. */
export function loadScenario(
  file: string,
  text: string,
  registered: Registered,
): LoadedScenario | { readonly problems: readonly Problem[] } {
  const source = readYaml(file, text);
  if ('problems' in source) return source;
  const everything = wordsOf(registered.caseTypes, registered.policies);
  const headSchema = z.strictObject({
    ...scenarioSchemas(everything).head,
    given: z.record(nameSchema, z.array(z.unknown()).min(1)).optional(),
    steps: z.array(z.unknown()).min(1),
  });
  const head = headSchema.safeParse(source.value);
  const findings: Finding[] = head.success
    ? []
    : [...findingsOf(head.error, source.value, headSchema)];
  const chosen = chosenBy(source.value, registered);
  const words = chosen.length > 0 ? wordsOf(chosen, registered.policies) : everything;
  const written = writtenSteps(source.value);
  const { steps, findings: found } = readSteps(written.steps, words);
  const paths = written.steps.map(({ path }) => path);
  findings.push(...written.findings, ...found);
  findings.push(...checkScenario(source.value, steps, words, paths));
  findings.push(...checkCaseTypes(chosen));
  if (findings.length > 0 || !head.success) return { problems: inOrder(source, findings) };
  const policy = registered.policies.find((one) => versioned(one) === head.data.fixtures.policy);
  const read = steps.filter((step): step is ScenarioStep => step.kind !== 'unread');
  const { given: _, ...rest } = head.data;
  const scenario: Scenario = { ...rest, steps: read };
  return { scenario, caseTypes: chosen, policy: policy as Policy, words, source, paths };
}

/** The case types that a file names, as far as it can be told. */
function chosenBy(value: unknown, { caseTypes }: Registered): readonly CaseType[] {
  const named = (value as { fixtures?: { caseTypes?: unknown } } | null)?.fixtures?.caseTypes;
  const names: readonly unknown[] = Array.isArray(named) ? named : [];
  return caseTypes.filter((one) => names.includes(versioned(one)));
}

function readSteps(
  written: readonly Written[],
  words: Words,
): {
  readonly steps: readonly (ScenarioStep | UnreadStep)[];
  readonly findings: readonly Finding[];
} {
  const schemas = scenarioSchemas(words);
  const steps: (ScenarioStep | UnreadStep)[] = [];
  const findings: Finding[] = [];
  for (const { step, path } of written) {
    const kind = kindOf(step, path);
    if (typeof kind !== 'string') {
      findings.push(kind);
      steps.push({ kind: 'unread', step });
      continue;
    }
    const schema: ScenarioSchemas['command' | 'advance' | 'observe'] = schemas[kind];
    const parsed = schema.safeParse(step);
    if (parsed.success) steps.push({ kind, step: parsed.data } as ScenarioStep);
    else {
      const some = findingsOf(parsed.error, step, schema);
      findings.push(...some.map((one) => ({ ...one, path: [...path, ...one.path] })));
      steps.push({ kind: 'unread', step });
    }
  }
  return { steps, findings };
}

const KIND = both('command, advanceTo or observe', 'command أو advanceTo أو observe');
const KINDS = { command: 'command', advanceTo: 'advance', observe: 'observe' } as const;

function kindOf(step: unknown, path: Path): (typeof KINDS)[keyof typeof KINDS] | Finding {
  if (typeof step !== 'object' || step === null || Array.isArray(step)) {
    const what = both(
      'a step with command, advanceTo or observe',
      'خطوة فيها command أو advanceTo أو observe',
    );
    return { path, message: mistake(what), at: 'value' };
  }
  const keys = Object.keys(step);
  const known = keys.filter((key): key is keyof typeof KINDS => Object.hasOwn(KINDS, key));
  const [first, second] = known;
  if (first !== undefined && second === undefined) return KINDS[first];
  if (second !== undefined) {
    const what = both(
      'one of command, advanceTo and observe',
      'واحدة من command و advanceTo و observe',
    );
    const message = mistake(what, joined(known, ' and ', ' و '));
    return { path: [...path, second], message, at: 'key' };
  }
  const near = keys.map((key) => ({ key, hint: didYouMean(key, Object.keys(KINDS)) }));
  const miss = near.find(({ hint }) => hint !== undefined);
  if (!miss) {
    const { en, ar } = listOf(keys);
    const message = mistake(KIND, both(`only ${en}`, `فقط ${ar}`));
    return { path, message, at: 'value' };
  }
  const message = mistake(KIND, `"${miss.key}"`, miss.hint);
  return { path: [...path, miss.key], message, at: 'key' };
}

function inOrder(source: YamlSource, findings: readonly Finding[]): readonly Problem[] {
  const problems = findings.map(({ path, message, at }) => source.problem(path, message, at));
  // A step that is given is read wherever it is used, and said to be wrong once.
  const once = new Map(problems.map((one) => [`${one.path} ${one.message.en}`, one]));
  return [...once.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
