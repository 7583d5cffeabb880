// Wrong scenario files: each problem with its line, its path, what was expected and what was found.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadScenario, problemText } from '../src/index.ts';
import { findingsOf } from '../src/scenario/issues.ts';
import { englishLeft } from './in-arabic.ts';
import { baseline, permit } from './permit.ts';

const registered = { caseTypes: [permit], policies: [baseline] };
const HEAD = `scenario: One
fixtures:
  office: TST-1
  startAt: 2027-05-09T08:00:00+03:00
  caseTypes: [test.permit@1.0.0]
  policy: baseline@1.0.0
  staff: { clerk: CLK, boss: SUP }
steps:
`;
const OPENING = '  - { by: clerk, command: Ask, as: garden, input: { what: a, who: b } }\n';

const LONG =
  '  - by: clerk\n    command: Ask\n    as: garden\n    input: { what: a, who: b }\n';

function problemsOf(text: string): readonly string[] {
  const loaded = loadScenario('s.yaml', text, registered);
  if (!('problems' in loaded)) return [];
  expect(englishLeft(loaded.problems)).toEqual([]);
  return loaded.problems.map(problemText);
}

const problemsOfSteps = (steps: string) => problemsOf(HEAD + OPENING + steps);

describe('a scenario file', () => {
  test('a scenario file › when it is right › has no problems', () => {
    expect(problemsOf(HEAD + OPENING)).toEqual([]);
  });

  test('a scenario file › when several things are wrong › names all of them, in order', () => {
    const text = HEAD.replace('policy: baseline', 'policy: basline').replace('SUP', 'SOUP');
    const found = problemsOf(
      `${text}${OPENING}  - by: nobody\n    comand: Ask\n    at: 9 o'clock\n`,
    );
    expect(found).toEqual([
      's.yaml:6:11 fixtures.policy: expected "baseline@1.0.0", found "basline@1.0.0"; did you mean "baseline@1.0.0"?',
      's.yaml:7:30 fixtures.staff.boss: expected one of CLK, SUP, found "SOUP"; did you mean "SUP"?',
      's.yaml:10:9 steps[1].by: expected a name from fixtures.staff, found "nobody"; there are clerk, boss',
      's.yaml:11:5 steps[1].comand: expected command, advanceTo or observe, found "comand"; did you mean "command"?',
    ]);
  });

  test.each([
    ['nothing', '\uFEFF\n  # a remark\n', 's.yaml:1:1 expected a scenario, found an empty file'],
    ['null', 'null', 's.yaml:1:1 expected fields (key: value), found null'],
    ['a list', '- a', 's.yaml:1:1 expected fields (key: value), found ["a"]'],
    ['a tab', 'a:\n\tb: 1', 's.yaml:2:1 expected spaces at the start of the line, found a tab'],
    [
      'two scenarios',
      `${HEAD}${OPENING}---\na: 1\n`,
      'expected one scenario in a file, found a second after ---',
    ],
    [
      'a key twice',
      `${HEAD}${OPENING}scenario: Two\n`,
      's.yaml:10:1 expected each key once, found this one again',
    ],
    [
      'a tag',
      `${HEAD}${OPENING}title: !secret x\n`,
      's.yaml:10:8 expected plain values, found a tag',
    ],
    ['text without an end', 'a: "b', 's.yaml:1:4 expected a " that closes this ", found none'],
    ['a list without an end', 'a:\n  b: [c\nd: e', 's.yaml:2:6 expected a ] that closes this ['],
    ['fields without an end', 'a: { b: [c }', 's.yaml:1:9 expected a ] that closes this ['],
    ['a no-break space', 'a:\n  b: 1\n \u00A0c: 2', '3:2 expected spaces at the start of the line'],
    ['a tab on the next line', 'a:\n  b: c\n  \td: 2', '3:3 expected spaces at the start'],
    ['a line further right', 'a:\n  b: c\n   d: e', '3:4 expected this line to begin under'],
    ['a line further left', 'a:\n  b: c\n d: e', '3:1 expected this line to begin under the keys'],
    ['a dash elsewhere', 'a:\n - b\n  - c: d\n - e', 'expected "key: value"'],
    ['a step that ends early', 'a:\n  - b: c\n   d: e\n  - f', '3:1 expected "- " or a line that'],
    ['dashes in two columns', 'a:\n  - b\n - c', '3:2 expected this "-" to stand under the dashes'],
    ['two colons', 'scenario: Parking: the alley', '1:11 expected one value, found a second ": "'],
    ['no colon', 'a: b\nsteps\nc: d', '2:1 expected "key: value" (a colon and a space)'],
    ['a reserved character', 'a: @b', '1:4 expected a text that begins otherwise, found "@"'],
    ['a stray backslash', 'a: "\\q"', '1:5 expected text in quotes, found a \\ in it'],
    ['a directive', '%YAML 3\n---\na: 1', '1:7 expected a scenario, found a line that begins'],
    ['a colon in a list', 'a: [b: c: d]', '1:8 expected one value in { } or [ ]'],
    ['more after a text', 'a: "x" y', '1:8 expected nothing more here; put the text in quotes'],
    ['an alias of nothing', 'a: *b', '1:4 expected a name given by &b above, found none'],
    ['a merge', 'a: &b { c: d }\ne: { <<: *b }', '2:6 expected every field written out, found'],
    ['a null byte', 'a: "b\0"', '1:6 expected text, found an invisible character (U+0000)'],
    ['old line ends', 'a: b\rc: d', '1:5 expected lines that end with a line feed'],
  ])('a scenario file › when it holds %s › says so in one line', (_, text, message) => {
    const found = problemsOf(text);
    expect(found.join('\n')).toContain(message);
    expect(found.every((one) => !one.includes('\n'))).toBe(true);
  });

  test('a scenario file › when one line is wrong › tells one problem for it', () => {
    const shifted = (from: string, to: string) => problemsOf((HEAD + LONG).replace(from, to));
    expect(problemsOf(HEAD + LONG)).toEqual([]);
    for (const to of ['   command: Ask', '\tcommand: Ask', '    command Ask', '    command:Ask']) {
      expect(shifted('    command: Ask', to)).toHaveLength(1);
    }
    expect(shifted('    as: garden', '      as: garden')).toEqual([
      's.yaml:11:7 expected this line to begin under the one above, found it further to the right',
    ]);
  });

  test('a scenario file › when two lines far apart are wrong › tells both', () => {
    const text = `scenario: One: two\n${HEAD.slice(14)}${LONG.replace('    as: ', '\tas: ')}`;
    expect(problemsOf(text)).toEqual([
      's.yaml:1:11 expected one value, found a second ": " in it; put the text in quotes',
      's.yaml:11:1 expected spaces at the start of the line, found a tab; type spaces instead',
    ]);
  });

  test('a scenario file › when aliases multiply › is refused and not unfolded', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 30; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(problemsOf(lines.join('\n'))).toEqual([
      expect.stringContaining('expected aliases (*name) for at most 1000 values, found more'),
    ]);
  });

  test('a scenario file › when it nests without end › is refused', () => {
    expect(problemsOf(`a: ${'['.repeat(200_000)}`)).toEqual([
      expect.stringContaining('that nest without end'),
    ]);
  });

  test('a scenario file › when it is larger than anyone reads › is refused', () => {
    expect(problemsOf(`# ${'x'.repeat(1_000_001)}`).join()).toContain('at most 1000000 characters');
  });

  test('a scenario file › when it writes one version of YAML › keeps timestamps as text', () => {
    const loaded = loadScenario('s.yaml', `%YAML 1.1\n---\n${HEAD}${OPENING}`, registered);
    expect('scenario' in loaded && loaded.scenario.fixtures.startAt).toBe(
      '2027-05-09T08:00:00+03:00',
    );
  });
});

describe('a step', () => {
  const INPUT = 'input: { days: 1, kind: day }';
  test.each([
    [
      'names a command wrongly',
      `  - { by: boss, command: Gant, ${INPUT} }\n`,
      's.yaml:10:26 steps[1].command: expected a command of test.permit@1.0.0, found "Gant"; did you mean "Grant"?',
    ],
    [
      'is given by nobody',
      `  - { by: bos, command: Grant, ${INPUT} }\n`,
      's.yaml:10:11 steps[1].by: expected a name from fixtures.staff, found "bos"; did you mean "boss"?',
    ],
    [
      'misspells a code',
      `  - { by: boss, command: Grant, ${INPUT}, expect: { refused: [PAST_DATE, TO_MANY] } }\n`,
      'steps[1].expect.refused[1]: expected the code of a rule, found "TO_MANY"; did you mean "TOO_MANY"?',
    ],
    [
      'misspells a state',
      '  - { observe: garden, expect: { states: [opn] } }\n',
      'steps[1].expect.states[0]: expected one of closed, open, open.asked, open.fresh, open.granted, found "opn"; did you mean "open"?',
    ],
    [
      'misspells a deadline',
      '  - { observe: garden, expect: { deadlines: { T-ANSWR: none } } }\n',
      's.yaml:10:47 steps[1].expect.deadlines.T-ANSWR: expected the code of a deadline, or code/part, found "T-ANSWR"; did you mean "T-ANSWER"?',
    ],
    [
      'misspells an event',
      `  - { by: boss, command: Grant, ${INPUT}, expect: { accepted: [Grantd] } }\n`,
      'found "Grantd"; did you mean "Granted"?',
    ],
    [
      'misspells an event with data',
      `  - { by: boss, command: Grant, ${INPUT}, expect: { accepted: [{ Grantd: { a: 1 } }] } }\n`,
      'found "Grantd"; did you mean "Granted"?',
    ],
    [
      'misspells a key of the context',
      '  - { observe: garden, expect: { context: { askd: 1 } } }\n',
      'steps[1].expect.context.askd: expected a known field, found "askd"; did you mean "asked"?',
    ],
    [
      'misspells a part',
      '  - { observe: garden, expect: { parts: { itm/x: none } } }\n',
      'steps[1].expect.parts."itm/x": expected kind/id, found "itm"; did you mean "item"?',
    ],
    [
      'misspells a state of a part',
      '  - { observe: garden, expect: { parts: { item/x: [lve] } } }\n',
      'expected a state of item, found "lve"; did you mean "live"?',
    ],
    [
      'misspells a field',
      `  - { by: boss, command: Grant, ${INPUT}, expct: {} }\n`,
      'steps[1].expct: expected a known field, found "expct"; did you mean "expect"?',
    ],
    [
      'misses who gives it',
      `  - { command: Grant, ${INPUT} }\n`,
      'steps[1].by: missing; expected text',
    ],
    [
      'gives a command the wrong kind of value',
      '  - { by: boss, command: Grant, input: { days: many, kind: day } }\n',
      'steps[1].input.days: expected a number, found "many"',
    ],
    [
      'gives a command a value that it does not know',
      '  - { by: boss, command: Grant, input: { days: 1, kind: dya } }\n',
      'steps[1].input.kind: expected one of day, night, found "dya"; did you mean "day"?',
    ],
    [
      'gives a command a field that it does not know',
      '  - { by: boss, command: Grant, input: { days: 1, kind: day, dayz: 1 } }\n',
      'steps[1].input.dayz: expected a known field, found "dayz"; did you mean "days"?',
    ],
    [
      'runs back in time',
      '  - { advanceTo: 2027-05-09T07:59:00+03:00 }\n',
      'steps[1].advanceTo: expected no earlier than 2027-05-09T05:00:00.000Z (the clock)',
    ],
    [
      'writes an instant without a zone',
      '  - { advanceTo: 2027-05-10T09:00:00 }\n',
      'steps[1].advanceTo: expected an instant with a zone, as 2027-05-09T09:00:00+03:00, found "2027-05-10T09:00:00"',
    ],
    [
      'is about a case that nobody opened',
      '  - { observe: gardn, expect: {} }\n',
      'steps[1].observe: expected a case that an earlier step opens, found "gardn"; did you mean "garden"?',
    ],
    [
      'opens a case under a name that is taken',
      OPENING,
      'steps[1].as: expected a new name, found "garden", which is a case already',
    ],
    [
      'refers to what nobody saved',
      '  - { by: boss, command: Inspect, input: { itemId: "${itm}", isGood: true } }\n',
      'steps[1].input: expected a value that an earlier step saves, found "itm"',
    ],
    [
      'expects both outcomes',
      `  - { by: boss, command: Grant, ${INPUT}, expect: { accepted: [], refused: [PAST_DATE] } }\n`,
      'steps[1].expect: expected accepted or refused, and not both',
    ],
    [
      'does two things',
      '  - { observe: garden, advanceTo: 2027-05-10T09:00:00Z, expect: {} }\n',
      'expected one of command, advanceTo and observe, found observe and advanceTo',
    ],
    [
      'misspells a field of an event',
      `  - { by: boss, command: Grant, ${INPUT}, expect: { accepted: [Granted: { itmId: a }] } }\n`,
      'accepted[0].Granted.itmId: expected a known field, found "itmId"; did you mean "itemId"?',
    ],
    [
      'names a code twice',
      `  - { by: boss, command: Grant, ${INPUT}, expect: { refused: [PAST_DATE, PAST_DATE] } }\n`,
      'steps[1].expect.refused[1]: expected each code once, found PAST_DATE again',
    ],
    [
      'writes one entry where a list stands',
      `  - { by: boss, command: Grant, ${INPUT}, expect: { refused: PAST_DATE } }\n`,
      'steps[1].expect.refused: expected a list, found "PAST_DATE"; write [PAST_DATE]',
    ],
    [
      'writes an event where a list stands',
      `  - { by: boss, command: Grant, ${INPUT}, expect: { accepted: Granted } }\n`,
      'steps[1].expect.accepted: expected "any", or a list, found "Granted"',
    ],
    [
      'writes nothing where fields stand',
      '  - { by: boss, command: Grant, input: }\n',
      'steps[1].input: expected fields (key: value), found null; indent its fields under it',
    ],
    [
      'says yes',
      '  - { by: boss, command: Inspect, input: { itemId: 01HZZZZZZZZZZZZZZZZZZZZZZZ, isGood: yes } }\n',
      'steps[1].input.isGood: expected true or false, found "yes"; write true',
    ],
    [
      'names a state by its last word',
      '  - { observe: garden, expect: { states: [asked] } }\n',
      'found "asked"; did you mean "open.asked"?',
    ],
    [
      'writes a command small',
      `  - { by: boss, command: grant, ${INPUT} }\n`,
      'steps[1].command: expected the name of a command, found "grant"; did you mean "Grant"?',
    ],
    [
      'misspells a field that must be there',
      '  - { by: boss, command: Grant, input: { dayz: 1, kind: day } }\n',
      'steps[1].input.dayz: expected a known field, found "dayz"; did you mean "days"?',
    ],
    [
      'holds a mark that nobody sees',
      `  - { by: "boss\u200F", command: Grant, ${INPUT} }\n`,
      'steps[1].by: expected a name (letters, digits, - and _, beginning with a letter), found "boss\\u200F"',
    ],
    [
      'previews with an id',
      `  - { by: boss, command: Grant, ${INPUT}, preview: true, id: again }\n`,
      'steps[1].id: expected no "id" in a preview, which records nothing, found one',
    ],
    ['is a text', '  - later\n', 'steps[1]: expected a step with command, advanceTo or observe'],
    [
      'saves from nowhere',
      `  - { by: boss, command: Grant, ${INPUT}, save: { x: evnts.Granted.itemId } }\n`,
      'steps[1].save.x: expected events.EVENT.FIELD, context.KEY or part.KIND',
    ],
  ])('a step › when it %s › is named with line, path and cure', (_, step, message) => {
    const found = problemsOfSteps(step);
    expect(found.join('\n')).toContain(message);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^s\.yaml:10:\d+ steps\[1\]/);
  });

  test('a step › when several things in it are wrong › names all of them', () => {
    const step = '  - { by: bos, command: Gant, expect: { states: [opn] } }\n';
    expect(problemsOfSteps(step).map((one) => one.replace(/: expected.*/, ''))).toEqual([
      's.yaml:10:11 steps[1].by',
      's.yaml:10:25 steps[1].command',
      's.yaml:10:50 steps[1].expect.states[0]',
    ]);
    const inputs = '  - { by: boss, command: Grant, at: noon, input: { days: 1, kind: dusk } }\n';
    expect(problemsOfSteps(inputs)).toHaveLength(2);
  });

  test('a step › when an earlier one could not be read › is not blamed for it', () => {
    const wrong = OPENING.replace('as: garden', 'as: garden, at: noon');
    const found = problemsOf(`${HEAD}${wrong}  - { observe: garden, expect: {} }\n`);
    expect(found.filter((one) => one.includes('steps[1]'))).toEqual([]);
    const unnamed = OPENING.replace('as: garden', 'az: garden');
    expect(problemsOf(`${HEAD}${unnamed}  - { observe: garden, expect: {} }\n`)).toHaveLength(1);
  });

  test('a step › when it gives the id of another command › is named', () => {
    const twice = (second: string) =>
      problemsOfSteps(
        [`command: Grant, ${INPUT}`, second]
          .map((command) => `  - { by: boss, ${command}, id: once }\n`)
          .join(''),
      );
    expect(twice(`command: Grant, ${INPUT}`)).toEqual([]);
    expect(twice('command: Close').join()).toContain(
      's.yaml:11:37 steps[2].id: expected the Grant that has this id, found Close',
    );
  });

  test('a step › when a command is expected to be unknown or its input wrong › may be so', () => {
    const steps = `  - { by: boss, command: Gant, expect: { refused: [COMMAND_UNKNOWN] } }
  - { by: boss, command: Grant, input: { days: x }, expect: { refused: [INPUT_INVALID] } }
  - { by: boss, command: Grant, ${INPUT}, expect: { refused: [A_CODE_OF_A_DECISION] } }\n`;
    expect(problemsOfSteps(steps)).toEqual([]);
  });

  test('a step › when no case was opened before it › is named', () => {
    const found = problemsOf(`${HEAD}  - { by: boss, command: Grant, ${INPUT} }\n`);
    expect(found.join()).toContain('expected a case that an earlier step opens, found none');
  });
});

describe('findingsOf', () => {
  test('findingsOf › of a field that decides between shapes › names what it may hold', () => {
    const schema = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('legal'), code: z.string() }),
      z.strictObject({ kind: z.literal('consent'), consentId: z.string() }),
    ]);
    const of = (value: unknown) => {
      const { error } = schema.safeParse(value);
      return error ? findingsOf(error, value, schema).map(({ message }) => message.en) : [];
    };
    expect(of({ kind: 'legl', code: 'a' })).toEqual([
      'expected one of legal, consent, found "legl"; did you mean "legal"?',
    ]);
    expect(of({ kind: 'consent', consentID: 'a' })).toEqual([
      'expected a known field, found "consentID"; did you mean "consentId"?',
    ]);
    expect(of({ kind: 'legal', code: 'a' })).toEqual([]);
  });
});

describe('steps that are given', () => {
  const given = (lists: string, steps: string) =>
    problemsOf(HEAD.replace('steps:\n', `given:\n${lists}steps:\n`) + OPENING + steps);
  const both = '  both:\n    - { by: clerk, command: Ask, input: { what: a, who: b } }\n';

  test('of a list that is there › are taken, as often as they are used', () => {
    expect(given(both, '  - given: both\n')).toEqual([]);
    const twice = given(both, '  - given: both\n  - given: both\n');
    expect(twice).toEqual([]);
  });

  test.each([
    ['of a list that is not there', both, '  - given: botj\n  - given: both\n', [
      's.yaml:13:12 steps[1].given: expected the name of a list in given, found "botj"; did you mean "both"?',
    ]],
    ['beside another key', both, '  - { given: both, by: clerk }\n', [
      's.yaml:13:20 steps[1].by: expected nothing beside given in this step',
    ]],
    ['that nobody uses', both, '', [
      's.yaml:9:3 given.both: expected a step that uses this list',
    ]],
    [
      'with a mistake, used twice',
      '  both:\n    - { by: clerck, command: Ask, input: { what: a, who: b } }\n',
      '  - given: both\n  - given: both\n',
      [
        's.yaml:10:13 given.both[0].by: expected a name from fixtures.staff, found "clerck"; did you mean "clerk"?',
      ],
    ],
  ])('%s › are said to be wrong, once, where they stand', (_, lists, steps, problems) => {
    expect(given(lists, steps)).toEqual(problems);
  });
});
