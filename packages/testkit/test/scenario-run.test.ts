// Running scenarios: what passes, and how each thing that is not as expected is told.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MemoryEventStore } from '@himaya/event-store';
import { describe, expect, test } from 'vitest';
import { problemText, runScenario, type StepReport } from '../src/index.ts';
import { englishLeft } from './in-arabic.ts';
import { baseline, permit } from './permit.ts';

const FILE = fileURLToPath(new URL('./scenarios/permit.yaml', import.meta.url));
const TEXT = readFileSync(FILE, 'utf8');

function run(text: string, onStep?: (step: StepReport) => void) {
  return runScenario(
    { file: 'permit.yaml', text },
    {
      store: new MemoryEventStore(),
      caseTypes: [permit],
      policies: [baseline],
      ...(onStep ? { onStep } : {}),
    },
  );
}

async function problemsWith(find: string, replace: string): Promise<readonly string[]> {
  expect(TEXT.split(find)).toHaveLength(2);
  const report = await run(TEXT.replace(find, replace));
  expect(report.passed).toBe(false);
  expect(englishLeft(report.problems)).toEqual([]);
  return report.problems.map(problemText);
}

const lineOf = (part: string) => TEXT.slice(0, TEXT.indexOf(part)).split('\n').length;

describe('runScenario', () => {
  test('runScenario › when all is as expected › passes and proves the record', async () => {
    const seen: StepReport[] = [];
    const report = await run(TEXT, (step) => seen.push(step));
    expect(report.problems.map(problemText)).toEqual([]);
    expect(report.passed).toBe(true);
    expect(seen).toEqual(report.steps);
    expect(report.cases).toMatchObject([{ name: 'garden', states: ['closed'], events: 8 }]);
    expect(report.cases[0]?.digests).toBeGreaterThan(3);
    expect(report.verifiedEntries).toBeGreaterThan(8);
  });

  test('runScenario › of a file › reads it', async () => {
    const store = new MemoryEventStore();
    const options = { store, caseTypes: [permit], policies: [baseline] };
    expect((await runScenario({ file: FILE }, options)).passed).toBe(true);
  });

  test('runScenario › in each step › tells who, when, what and what is due', async () => {
    const { steps } = await run(TEXT);
    expect(steps[0]).toMatchObject({
      number: 1,
      of: 10,
      at: '2027-05-09T06:00:00.000Z',
      by: 'clerk',
      actor: { staff: 'clerk', role: 'CLK', office: 'TST-1' },
      command: 'Ask',
      caseName: 'garden',
      outcome: { kind: 'accepted' },
      armed: [{ code: 'T-ANSWER', dueAt: '2027-05-12T11:15:00.000Z' }],
    });
    expect(steps[0]?.line).toBe(lineOf('note: { en'));
    expect(steps.map(({ outcome }) => outcome.kind)).toEqual([
      'accepted',
      'refused',
      'refused',
      'refused',
      'advanced',
      'accepted',
      'accepted',
      'refused',
      'accepted',
      'observed',
    ]);
    expect(steps[4]?.recorded.map(({ type }) => type)).toEqual([
      'DeadlineReached',
      'DeadlineEscalated',
    ]);
  });

  test('runScenario › twice › records the same bytes', async () => {
    const hashes = async () => {
      const { steps } = await run(TEXT);
      return steps.flatMap(({ events, recorded }) =>
        [...events, ...recorded].map(({ hash }) => hash),
      );
    };
    expect(await hashes()).toEqual(await hashes());
  });

  test.each([
    [
      'refused: [PAST_DATE]',
      'refused: [TOO_MANY]',
      'expected exactly [TOO_MANY], found [PAST_DATE]',
    ],
    [
      'refused: [OWN_REQUEST]',
      'refused: [OWN_REQUEST, PAST_DATE]',
      'expected exactly [OWN_REQUEST, PAST_DATE], found [OWN_REQUEST]',
    ],
    [
      'accepted: [Inspected]',
      'accepted: [Inspected, Noted]',
      'expected [Inspected, Noted], found [Inspected]',
    ],
    [
      'accepted: [Inspected]',
      'accepted: [Granted]',
      'expected [Granted], found [Inspected]',
    ],
    [
      'accepted: [Closed, Noted]',
      'accepted: [Noted, Closed]',
      'expected [Noted, Closed], found [Closed, Noted]',
    ],
    ['states: [open.asked]', 'states: [closed]', 'expected closed active, found [open.asked]'],
    ['notStates: [open]', 'notStates: [closed]', 'expected closed not active, found [closed]'],
    ['context: { asked: 1 }', 'context: { asked: 2 }', 'expected 2, found 1'],
    ['Asked: { what: garden }', 'Asked: { what: roof }', 'expected "roof", found "garden"'],
    [
      '2027-05-12T14:15:00+03:00',
      '2027-05-12T14:16:00+03:00',
      'expected it pending, due 2027-05-12T11:16:00.000Z, found it pending, due 2027-05-12T11:15:00.000Z',
    ],
    [
      'deadlinesExactly: { T-ANSWER: 2027-05-12T14:15:00+03:00 }',
      'deadlinesExactly: {}',
      'expected no other pending deadline, found T-ANSWER due 2027-05-12T11:15:00.000Z',
    ],
    ['T-ANSWER: reached', 'T-ANSWER: pending', 'expected pending, found it reached'],
    ['T-INSPECT: none', 'T-INSPECT: reached', 'expected reached, found none armed'],
    ['ended: false', 'ended: true', 'expected true, found false'],
    ['visits: 0', 'visits: 1', 'expected 1, found 0'],
    ['level: 1', 'level: 2', 'expected 2, found 1'],
    ['[seen]', '[live]', 'expected live active, found [seen]'],
  ])(
    'runScenario › when %s is %s › tells the difference at its line',
    async (find, replace, message) => {
      const found = await problemsWith(find, replace);
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(message);
      expect(found[0]).toMatch(
        new RegExp(`^permit\\.yaml:${lineOf(find)}:\\d+ steps\\[\\d+\\]\\.expect`),
      );
    },
  );

  test('runScenario › when a refusal is expected and it is accepted › stops there', async () => {
    const report = await run(TEXT.replace('accepted: [Inspected]', 'refused: [TOO_MANY]'));
    expect(report.problems.map(problemText)).toEqual([
      expect.stringContaining('expected exactly [TOO_MANY], found it accepted with [Inspected]'),
    ]);
    expect([report.steps.length, report.notRun]).toEqual([7, 3]);
  });

  test('runScenario › when a step that expects nothing is refused › tells why', async () => {
    const steps = TEXT.replace('accepted: [Closed, Noted], ', '').replace(
      'by: boss\n    command: Close',
      'by: clerk\n    command: Close',
    );
    const report = await run(steps);
    expect(report.problems.map(problemText).join()).toContain(
      'steps[8].command: expected Close accepted, found it refused: NOT_PERMITTED',
    );
  });

  test('runScenario › when a value to save is not there › tells', async () => {
    const found = await problemsWith('events.Granted.itemId', 'events.Granted.itmId');
    expect(found[0]).toContain('save.permitItem: expected a value to save at events.Granted.itmId');
  });

  test('runScenario › on a store that holds entries › runs nothing', async () => {
    const store = new MemoryEventStore();
    const options = { store, caseTypes: [permit], policies: [baseline] };
    await runScenario({ file: 'a.yaml', text: TEXT }, options);
    const again = await runScenario({ file: 'a.yaml', text: TEXT }, options);
    expect(again.problems.map(problemText)).toEqual([
      'a.yaml:2:1 expected an empty store, found entries in it',
    ]);
    expect(again.steps).toEqual([]);
  });

  test('runScenario › of a file that is missing or no text › says so', async () => {
    const options = { store: new MemoryEventStore(), caseTypes: [permit], policies: [baseline] };
    const missing = await runScenario({ file: 'no/such.yaml' }, options);
    expect(missing.problems.map(problemText)).toEqual([
      'no/such.yaml:1:1 expected a scenario, found no such file',
    ]);
    const folder = await runScenario(
      { file: fileURLToPath(new URL('.', import.meta.url)) },
      options,
    );
    expect(folder.problems[0]?.message.en).toContain(
      'expected a scenario, found none that can be read',
    );
  });

  test('runScenario › on a store that fails › reports it and does not throw', async () => {
    const store = new MemoryEventStore();
    await store.close();
    const options = { store, caseTypes: [permit], policies: [baseline] };
    const report = await runScenario({ file: 'a.yaml', text: TEXT }, options);
    expect(report.problems[0]?.message.en).toContain('expected a store that can be read');
  });

  test('runScenario › when an event of the record was changed › the end tells', async () => {
    const store = new MemoryEventStore();
    const readAll = store.readAll.bind(store);
    let calls = 0;
    store.readAll = async (after, count) => {
      const page = await readAll(after, count);
      calls += 1;
      for (const entry of page.entries) if (calls > 1) entry.bytes[20] = 0x20;
      return page;
    };
    const report = await runScenario(
      { file: 'a.yaml', text: TEXT },
      { store, caseTypes: [permit], policies: [baseline] },
    );
    expect(report.passed).toBe(false);
    expect(report.problems.map(problemText).join()).toMatch(/expected|fault/);
  });
});

const HEAD = TEXT.slice(0, TEXT.indexOf('steps:'));
const ASK = '  - { by: clerk, command: Ask, id: ask, as: garden, input: { what: a, who: b } }\n';
const GRANT = 'by: boss, command: Grant, input: { days: 2, kind: day }';
const runSteps = (steps: string) => run(`${HEAD}steps:\n${steps}`);

describe('a retry', () => {
  test('a retry › of a command that opened a case › answers the first outcome', async () => {
    const report = await runSteps(`${ASK}  - { ${GRANT}, id: grant }
  - by: clerk
    command: Ask
    id: ask
    input: { what: a, who: b }
    expect: { accepted: [Asked: { what: a }] }
  - by: clerk
    command: Ask
    id: ask
    input: { what: other, who: b }
    expect: { refused: [COMMAND_ID_REUSED] }
  - { ${GRANT}, id: grant, expect: { accepted: [Granted], states: [open.granted] } }
`);
    expect(report.problems.map(problemText)).toEqual([]);
    expect(report.cases).toHaveLength(1);
    expect(report.steps.map(({ events }) => events.length)).toEqual([2, 1, 0, 0, 0]);
  });

  test('a retry › without an id › is a second command', async () => {
    const { problems, steps } = await runSteps(`${ASK}  - { ${GRANT} }\n  - { ${GRANT} }\n`);
    expect(problems).toEqual([]);
    expect(steps.map(({ events }) => events.length)).toEqual([2, 1, 1]);
  });
});

test('a refusal › with more codes than are expected › is told', async () => {
  const again = (what: string) =>
    `  - { by: clerk, command: Ask, case: garden, input: { what: ${what}, who: b }`;
  const third = `${again('a-long-wish-for')}, expect: { refused: [TOO_MANY] } }\n`;
  const { problems } = await runSteps(`${ASK}${again('b')} }\n${third}`);
  expect(problems.map(({ message }) => message.en)).toEqual([
    expect.stringMatching(/^expected exactly \[TOO_MANY\], found \[TOO_(MANY|LONG), TOO_/),
  ]);
});

test('a refusal of an input › that nothing expects › tells what is wrong with it', async () => {
  const input = 'input: { days: "${case.garden}", kind: day }';
  const { problems } = await runSteps(`${ASK}  - { by: boss, command: Grant, ${input} }\n`);
  expect(problems.map(({ message }) => message)).toEqual([{
    en: 'expected Grant accepted, found it refused: INPUT_INVALID ' +
      '(days: Invalid input: expected number, received string)',
    ar: 'المتوقع قبول Grant، والموجود أنه رفض: INPUT_INVALID (days: المطلوب عدد)',
  }]);
});

describe('a preview', () => {
  test('a preview › of what would be accepted › shows the case as it would be', async () => {
    const would = 'preview: true, expect: { accepted: [Granted], states: [open.granted] }';
    const report = await runSteps(`${ASK}  - { ${GRANT}, ${would} }
  - { observe: garden, expect: { states: [open.asked] } }
  - by: clerk
    command: Ask
    preview: true
    input: { what: b, who: c }
    expect: { accepted: [Asked] }
`);
    expect(report.problems.map(problemText)).toEqual([]);
    expect(report.cases).toMatchObject([{ name: 'garden', events: 2 }]);
    expect(report.steps[1]).toMatchObject({ preview: true, events: [] });
  });

  test('a preview › of what would be refused › has exactly its codes', async () => {
    const preview = GRANT.replace('days: 2', 'days: -2');
    const previewed = (codes: string) =>
      runSteps(`${ASK}  - { ${preview}, preview: true, expect: { refused: [${codes}] } }\n`);
    expect((await previewed('PAST_DATE')).problems).toEqual([]);
    expect((await previewed('TOO_MANY')).problems.map(problemText).join()).toContain(
      'expected exactly [TOO_MANY], found [PAST_DATE]',
    );
  });
});
