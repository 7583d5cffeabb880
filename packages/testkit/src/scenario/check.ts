// What a scenario says that its shape cannot tell: unknown names, time that runs back, bad inputs.
import { parseInstant, type CaseType } from '@himaya/engine';
import type { z } from 'zod';
import { checkEvents, checkLook } from './check-look.ts';
import {
  COMMAND,
  NAME,
  type CommandStep,
  type ScenarioStep,
  type UnreadStep,
} from './format.ts';
import { findingsOf, unknownWord, valueAt, type Finding } from './issues.ts';
import { both, listOf, mistake } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import type { Path } from './problem.ts';
import { referencesIn } from './references.ts';
import { WANTED } from './wanted.ts';
import type { Words } from './words.ts';

const OPENED = both('a case that an earlier step opens', 'قضية تفتحها خطوة سابقة');
const SAVED = both('a value that an earlier step saves', 'قيمة تحفظها خطوة سابقة');

/** What the steps before the one that is checked have made known. */
interface Known {
  readonly words: Words;
  /** Absent when it cannot be told. */
  readonly staff: readonly string[] | undefined;
  readonly cases: Set<string>;
  readonly saved: Set<string>;
  /** Commands by the ids that steps give them. */
  readonly ids: Map<string, string>;
  opened: number;
  now: string;
  /** Whether a step could not be read that may have opened or saved something. */
  unsure: boolean;
}

/**
 * Everything that is wrong with the steps of a scenario beside their shape. `value` is the whole
 * file as it was written: what can be told of it is used even where something else in it is wrong.
 */
export function checkScenario(
  value: unknown,
  steps: readonly (ScenarioStep | UnreadStep)[],
  words: Words,
  paths: readonly Path[],
): readonly Finding[] {
  const staff = valueAt(value, ['fixtures', 'staff']);
  const startAt = valueAt(value, ['fixtures', 'startAt']);
  const known: Known = {
    words,
    staff: isFields(staff) ? Object.keys(staff) : undefined,
    cases: new Set(),
    saved: new Set(),
    ids: new Map(),
    opened: 0,
    now: (typeof startAt === 'string' && parseInstant(startAt)) || '',
    unsure: false,
  };
  return steps.flatMap((step, index) => {
    const path = paths[index] ?? ['steps', index];
    if (step.kind !== 'unread') return checkStep(step, path, known);
    return checkUnread(step.step, path, known);
  });
}

/** That no case type is named in two versions: a new case would not know which it is. */
export function checkCaseTypes(caseTypes: readonly CaseType[]): readonly Finding[] {
  return twice(caseTypes.map(({ name }) => name)).map((name) => ({
    path: ['fixtures', 'caseTypes'],
    message: mistake(
      both(`one version of ${name}`, `إصدار واحد من ${name}`),
      both('two', 'إصداران'),
    ),
    at: 'value' as const,
  }));
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What can be told of a step that has a mistake in its shape, beside that mistake. */
function checkUnread(step: unknown, path: Path, known: Known): readonly Finding[] {
  known.unsure = true;
  if (!isFields(step)) return [];
  const { as, save, by, command, input } = step;
  if (typeof as === 'string') known.cases.add(as);
  if (isFields(save)) for (const name of Object.keys(save)) known.saved.add(name);
  const { words, staff } = known;
  const isNobody = typeof by === 'string' && NAME.test(by) && staff && !staff.includes(by);
  const specs = typeof command === 'string' ? words.inputs.get(command) : undefined;
  return [
    ...(isNobody ? [unknownStaff(by, path, staff)] : []),
    ...(typeof command === 'string' && COMMAND.test(command) && !specs
      ? [unknownCommand(command, path, words)]
      : []),
    ...(specs && isFields(input) ? checkInput(input, specs, [...path, 'input']) : []),
  ];
}

function unknownStaff(by: string, path: Path, staff: readonly string[]): Finding {
  const what = both('a name from fixtures.staff', 'اسم من fixtures.staff');
  return unknownWord([...path, 'by'], what, by, staff);
}

function unknownCommand(command: string, path: Path, words: Words): Finding {
  const { en, ar } = listOf(words.caseTypes);
  const what = both(`a command of ${en}`, `أمر من أوامر ${ar}`);
  return unknownWord([...path, 'command'], what, command, words.commands);
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
  findings.push(...checkLook(look, [...path, 'expect'], known.words));
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
  if (known.staff && !known.staff.includes(step.by)) {
    findings.push(unknownStaff(step.by, path, known.staff));
  }
  if (!specs && !expected.includes('COMMAND_UNKNOWN')) {
    findings.push(unknownCommand(step.command, path, words));
  }
  findings.push(...checkSubject(step, path, known), ...checkId(step, path, known));
  findings.push(...checkReferences(step.input, [...path, 'input'], known));
  findings.push(...checkSaves(step, path, words));
  if (specs && !expected.includes('INPUT_INVALID')) {
    findings.push(...checkInput(step.input ?? {}, specs, [...path, 'input']));
  }
  findings.push(...checkCodes(expected, [...path, 'expect', 'refused'], words));
  // What is only previewed opens nothing, and a retry opens nothing new.
  const isNew = step.preview !== true && !(step.id !== undefined && known.ids.has(step.id));
  if (step.id !== undefined) known.ids.set(step.id, step.command);
  if (opensCase(step, words) && expected.length === 0 && isNew) {
    known.opened += 1;
    known.cases.add(step.as ?? `case-${known.opened}`);
  }
  return findings;
}

/** The case that a command opens or is about. */
function checkSubject(step: CommandStep, path: Path, known: Known): readonly Finding[] {
  const findings: Finding[] = [];
  const opens = opensCase(step, known.words);
  if (step.as !== undefined && !opens) {
    const what = both('a command that opens a case', 'أمر يفتح قضية');
    const message = mistake(what, step.command, both('write "case"', 'اكتب "case"'));
    findings.push({ path: [...path, 'as'], message, at: 'key' });
  }
  if (step.as !== undefined && known.cases.has(step.as)) {
    const found = both(`"${step.as}", which is a case already`, `"${step.as}"، وهي قضية قائمة`);
    const message = mistake(both('a new name', 'اسم جديد'), found);
    findings.push({ path: [...path, 'as'], message, at: 'value' });
  }
  if (step.case !== undefined) findings.push(...checkCase(step.case, [...path, 'case'], known));
  if (step.case === undefined && !opens && known.cases.size === 0 && !known.unsure) {
    const message = mistake(OPENED, both('none', 'لا شيء'));
    findings.push({ path: [...path, 'command'], message, at: 'value' });
  }
  return findings;
}

/** That an id is given again to the same command only, and that a preview leaves nothing behind. */
function checkId(step: CommandStep, path: Path, known: Known): readonly Finding[] {
  const { id, command } = step;
  const given = id === undefined ? undefined : known.ids.get(id);
  const findings = (['id', 'as', 'save'] as const)
    .filter((key) => step.preview === true && step[key] !== undefined)
    .map((key) => {
      const what = both(
        `no "${key}" in a preview, which records nothing`,
        `معاينة بلا "${key}"، فهي لا تسجل شيئا`,
      );
      const message = mistake(what, both('one', `"${key}"`));
      return { path: [...path, key], message, at: 'key' as const };
    });
  if (given === undefined || given === command) return findings;
  const what = both(`the ${given} that has this id`, `الأمر ${given} صاحب هذا المعرف`);
  const message = mistake(what, command);
  return [...findings, { path: [...path, 'id'], message, at: 'value' }];
}

function checkCodes(codes: readonly string[], path: Path, words: Words): readonly Finding[] {
  return codes.flatMap((code, index) => {
    const at = { path: [...path, index], at: 'value' as const };
    if (codes.indexOf(code) < index) {
      const found = both(`${code} again`, `${code} مرة أخرى`);
      return [{ ...at, message: mistake(both('each code once', 'كل رمز مرة واحدة'), found) }];
    }
    // Decisions may refuse with codes of their own: only a near miss is surely a mistake.
    const near = words.codes.includes(code) ? undefined : didYouMean(code, words.codes);
    if (near === undefined) return [];
    return [{ ...at, message: mistake(WANTED.code, `"${code}"`, near) }];
  });
}

/** Whether a command step opens a case instead of being about one. */
export function opensCase(step: CommandStep, words: Words): boolean {
  return step.case === undefined && words.opening.includes(step.command);
}

function checkTime(text: string, path: Path, known: Known): readonly Finding[] {
  const at = parseInstant(text) as string;
  if (at < known.now) {
    const what = both(
      `no earlier than ${known.now} (the clock)`,
      `وقت ليس قبل ${known.now} (الساعة)`,
    );
    const message = mistake(what, at);
    return [{ path, message, at: 'value' }];
  }
  known.now = at;
  return [];
}

function checkCase(name: string, path: Path, known: Known): readonly Finding[] {
  // A saved value may be the id of a case that a reaction has opened.
  const cases = [...known.cases, ...known.saved];
  // A step that could not be read may have opened it; a near miss is a mistake all the same.
  const isPossible = known.unsure && didYouMean(name, cases) === undefined;
  if (cases.includes(name) || isPossible) return [];
  return [unknownWord(path, OPENED, name, cases)];
}

function checkInput(input: unknown, schemas: readonly z.ZodType[], path: Path): readonly Finding[] {
  // Several case types may have a command of this name: the one that fits best is meant.
  const found = schemas.map((schema) => {
    const { error } = schema.safeParse(input);
    // What a reference stands for is known only in the run.
    return (error ? findingsOf(error, input, schema) : []).filter(
      (one) => referencesIn(valueAt(input, one.path)).length === 0,
    );
  });
  const [fewest = []] = found.toSorted((a, b) => a.length - b.length);
  return fewest.map((one) => ({ ...one, path: [...path, ...one.path] }));
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
      const what = both(
        'events.EVENT.FIELD, context.KEY or part.KIND',
        'events.EVENT.FIELD أو context.KEY أو part.KIND',
      );
      const message = mistake(what, `"${from}"`);
      return [{ path: at, message, at: 'value' }];
    }
    if (known[kind].length === 0 || known[kind].includes(word)) return [];
    const what = both(`a name after "${kind}."`, `اسم بعد "${kind}."`);
    return [unknownWord(at, what, word, known[kind])];
  });
}

function checkReferences(value: unknown, path: Path, known: Known): readonly Finding[] {
  if (known.unsure) return [];
  const names = [...known.saved, ...[...known.cases].map((name) => `case.${name}`)];
  return [...new Set(referencesIn(value))]
    .filter((name) => !names.includes(name))
    .map((name) => unknownWord(path, SAVED, name, names));
}

function twice(words: readonly string[]): readonly string[] {
  return [...new Set(words.filter((word, index) => words.indexOf(word) !== index))];
}
