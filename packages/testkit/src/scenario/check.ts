// What a scenario says that its shape cannot tell: unknown names, time that runs back, bad inputs.
import { parseInstant, type CaseType } from '@himaya/engine';
import type { z } from 'zod';
import type { CommandStep, Look, Scenario, ScenarioStep } from './format.ts';
import { fieldsAt, findingsOf, valueAt, type Finding } from './issues.ts';
import { didYouMean } from './nearest.ts';
import type { Path } from './problem.ts';
import { referencesIn } from './references.ts';
import type { Words } from './words.ts';

/** What the steps before the one that is checked have made known. */
interface Known {
  readonly words: Words;
  readonly staff: readonly string[];
  readonly cases: Set<string>;
  readonly saved: Set<string>;
  opened: number;
  now: string;
}

/** Everything that is wrong with a scenario whose shape is right. */
export function checkScenario(
  scenario: Scenario,
  words: Words,
  caseTypes: readonly CaseType[],
): readonly Finding[] {
  const { fixtures, steps } = scenario;
  const known: Known = {
    words,
    staff: Object.keys(fixtures.staff),
    cases: new Set(),
    saved: new Set(),
    opened: 0,
    now: parseInstant(fixtures.startAt) as string,
  };
  const findings = twice(caseTypes.map(({ name }) => name)).map((name) => ({
    path: ['fixtures', 'caseTypes'],
    message: `expected one version of ${name}, found two`,
    at: 'value' as const,
  }));
  return [...findings, ...steps.flatMap((step, index) => checkStep(step, ['steps', index], known))];
}

function checkStep(entry: ScenarioStep, path: Path, known: Known): readonly Finding[] {
  const { kind, step } = entry;
  const look = step.expect ?? {};
  const findings: Finding[] = [];
  if (kind === 'command') {
    findings.push(...checkCommand(step, path, known));
    for (const name of Object.keys(step.save ?? {})) known.saved.add(name);
  }
  if (kind === 'advance') {
    findings.push(...checkTime(step.advanceTo, [...path, 'advanceTo'], known));
    if (step.case !== undefined) findings.push(...checkCase(step.case, [...path, 'case'], known));
  }
  if (kind === 'observe') findings.push(...checkCase(step.observe, [...path, 'observe'], known));
  findings.push(...checkLook(look, [...path, 'expect'], known));
  findings.push(...checkEvents(look, [...path, 'expect']));
  findings.push(...checkReferences(look, [...path, 'expect'], known));
  return findings;
}

function checkCommand(step: CommandStep, path: Path, known: Known): readonly Finding[] {
  const { words } = known;
  const findings: Finding[] = [];
  const expected = step.expect?.refused ?? [];
  const specs = words.inputs.get(step.command);
  if (step.at !== undefined) findings.push(...checkTime(step.at, [...path, 'at'], known));
  if (!known.staff.includes(step.by)) {
    findings.push(unknown([...path, 'by'], 'a name from fixtures.staff', step.by, known.staff));
  }
  if (!specs && !expected.includes('COMMAND_UNKNOWN')) {
    const what = `a command of ${words.caseTypes.join(', ')}`;
    findings.push(unknown([...path, 'command'], what, step.command, words.commands));
  }
  const opens = opensCase(step, words);
  if (step.as !== undefined && !opens) {
    const message = `expected a command that opens a case, found ${step.command}; write "case"`;
    findings.push({ path: [...path, 'as'], message, at: 'key' });
  }
  if (step.as !== undefined && known.cases.has(step.as)) {
    const message = `expected a new name, found "${step.as}", which is a case already`;
    findings.push({ path: [...path, 'as'], message, at: 'value' });
  }
  if (step.case !== undefined) findings.push(...checkCase(step.case, [...path, 'case'], known));
  if (step.case === undefined && !opens && known.cases.size === 0) {
    const message = 'expected a case that an earlier step opens, found none';
    findings.push({ path: [...path, 'command'], message, at: 'value' });
  }
  findings.push(...checkReferences(step.input, [...path, 'input'], known));
  findings.push(...checkSaves(step, path, words));
  if (specs && !expected.includes('INPUT_INVALID')) {
    findings.push(...checkInput(step.input ?? {}, specs, [...path, 'input']));
  }
  for (const [index, code] of expected.entries()) {
    // Decisions may refuse with codes of their own: only a near miss is surely a mistake.
    const near = words.codes.includes(code) ? '' : didYouMean(code, words.codes);
    if (near === '') continue;
    const message = `expected the code of a rule, found "${code}"${near}`;
    findings.push({ path: [...path, 'expect', 'refused', index], message, at: 'value' });
  }
  if (opens && expected.length === 0) {
    known.opened += 1;
    known.cases.add(step.as ?? `case-${known.opened}`);
  }
  return findings;
}

/** Whether a command step opens a case instead of being about one. */
export function opensCase(step: CommandStep, words: Words): boolean {
  return step.case === undefined && words.opening.includes(step.command);
}

function checkTime(text: string, path: Path, known: Known): readonly Finding[] {
  const at = parseInstant(text) as string;
  if (at < known.now) {
    const message = `expected no earlier than ${known.now} (the clock), found ${at}`;
    return [{ path, message, at: 'value' }];
  }
  known.now = at;
  return [];
}

function checkCase(name: string, path: Path, known: Known): readonly Finding[] {
  if (known.cases.has(name)) return [];
  return [unknown(path, 'a case that an earlier step opens', name, [...known.cases])];
}

function checkInput(input: unknown, schemas: readonly z.ZodType[], path: Path): readonly Finding[] {
  const results = schemas.map((schema) => ({ schema, parsed: schema.safeParse(input) }));
  const [first] = results;
  if (!first || results.some(({ parsed }) => parsed.success) || !first.parsed.error) return [];
  return findingsOf(first.parsed.error, input, (at) => fieldsAt(first.schema, at))
    .filter((one) => referencesIn(valueAt(input, one.path)).length === 0)
    .map((one) => ({ ...one, path: [...path, ...one.path] }));
}

function checkSaves({ save }: CommandStep, path: Path, words: Words): readonly Finding[] {
  return Object.entries(save ?? {}).flatMap(([name, from]): readonly Finding[] => {
    const at = [...path, 'save', name];
    const [kind, word = ''] = from.split('.');
    const known = {
      events: words.events,
      context: words.contextKeys,
      part: [...words.parts.keys()],
    };
    if (kind !== 'events' && kind !== 'context' && kind !== 'part') {
      const message = `expected events.EVENT.FIELD, context.KEY or part.KIND, found "${from}"`;
      return [{ path: at, message, at: 'value' }];
    }
    if (known[kind].length === 0 || known[kind].includes(word)) return [];
    return [unknown(at, `a name after "${kind}."`, word, known[kind])];
  });
}

function checkReferences(value: unknown, path: Path, known: Known): readonly Finding[] {
  const names = [...known.saved, ...[...known.cases].map((name) => `case.${name}`)];
  return [...new Set(referencesIn(value))]
    .filter((name) => !names.includes(name))
    .map((name) => unknown(path, 'a value that an earlier step saves', name, names));
}

function checkLook(look: Look, path: Path, { words }: Known): readonly Finding[] {
  const findings: Finding[] = [];
  for (const field of ['deadlines', 'deadlinesExactly'] as const) {
    for (const key of Object.keys(look[field] ?? {})) {
      const code = key.split('/')[0] as string;
      if (words.deadlines.includes(code)) continue;
      const what = 'the code of a deadline, or code/part';
      findings.push({ ...unknown([...path, field, key], what, code, words.deadlines), at: 'key' });
    }
  }
  for (const [key, part] of Object.entries(look.parts ?? {})) {
    const kind = key.split('/')[0] as string;
    const states = words.parts.get(kind);
    if (!states) {
      const at = [...path, 'parts', key];
      findings.push({ ...unknown(at, 'kind/id', kind, [...words.parts.keys()]), at: 'key' });
      continue;
    }
    const named = Array.isArray(part) ? part : part === 'none' ? [] : (part?.states ?? []);
    for (const state of named.filter((one) => !states.includes(one))) {
      findings.push(unknown([...path, 'parts', key], `a state of ${kind}`, state, states));
    }
  }
  return findings;
}

function checkEvents(look: NonNullable<CommandStep['expect']>, path: Path): readonly Finding[] {
  return (['accepted', 'recorded'] as const).flatMap((field) => {
    const events = look[field];
    if (!Array.isArray(events)) return [];
    return events.flatMap((event, index) => {
      if (typeof event === 'string' || Object.keys(event).length === 1) return [];
      const message = `expected one event name, found ${Object.keys(event).length}`;
      return [{ path: [...path, field, index], message, at: 'value' as const }];
    });
  });
}

function unknown(path: Path, what: string, found: string, known: readonly string[]): Finding {
  const near = didYouMean(found, known);
  const list = near === '' && known.length > 0 && known.length <= 12 ? known.join(', ') : '';
  const hint = list === '' ? near : `; there are ${list}`;
  return { path, message: `expected ${what}, found "${found}"${hint}`, at: 'value' };
}

function twice(words: readonly string[]): readonly string[] {
  return [...new Set(words.filter((word, index) => words.indexOf(word) !== index))];
}
