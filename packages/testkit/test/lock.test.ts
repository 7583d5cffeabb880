// The lock: behaviour that changes without a version is named, and nothing else is.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseType, DeadlineSpec, MarkSpec } from '@himaya/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkLock, type Golden } from '../src/index.ts';
import { baseline, permit } from './permit.ts';

const folder = mkdtempSync(join(tmpdir(), 'himaya-lock-'));
const lockPath = join(folder, 'lock.json');
const golden = join(folder, 'permit.golden.json');
const EXEMPT = { TOO_MANY: 'a test of the exemption' };

function check(changes: Partial<Parameters<typeof checkLock>[0]> = {}) {
  const base = { caseTypes: [permit], policies: [baseline], lockPath, goldenDir: folder };
  return checkLock({ ...base, exempt: EXEMPT, ...changes });
}

const codesOf = async (changes?: Parameters<typeof check>[0]) =>
  (await check(changes)).problems.map(({ code, subject }) => `${code} ${subject}`);

function changedGolden(change: (golden: Golden) => unknown) {
  const text = readFileSync(golden, 'utf8');
  const changed = JSON.parse(text) as Golden;
  change(changed);
  writeFileSync(golden, JSON.stringify(changed));
  return () => writeFileSync(golden, text);
}

async function messageAfter(change: (golden: Golden) => unknown): Promise<string> {
  const restore = changedGolden(change);
  const { problems } = await check();
  restore();
  return problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
}

const WEEK: MarkSpec['at'] = ({ dueAt, calendar }) =>
  calendar.add(dueAt, { value: 1, unit: 'weeks' });

type Loose = { -readonly [Key in keyof Golden['steps'][number]]: Golden['steps'][number][Key] };
const stepOf = (one: Golden, index: number) => one.steps[index] as Loose;

beforeAll(() => {
  cpSync(
    fileURLToPath(new URL('./scenarios/permit.yaml', import.meta.url)),
    join(folder, 'permit.yaml'),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('checkLock', () => {
  test('checkLock › when nothing is recorded yet › says what is missing', async () => {
    expect(await codesOf()).toEqual([
      'definition-not-locked test.permit@1.0.0',
      'definition-not-locked baseline@1.0.0',
      `golden-missing ${join(folder, 'permit.yaml')}`,
    ]);
  });

  test('checkLock › when told to add › records everything once', async () => {
    const first = await check({ update: 'add' });
    expect(first).toEqual({ problems: [], written: [lockPath, golden] });
    expect(await check({ update: 'add' })).toEqual({ problems: [], written: [] });
    expect(await check()).toEqual({ problems: [], written: [] });
  });

  test('checkLock › when a structure changed › names it, also when adding', async () => {
    const changed: CaseType = { ...permit, structureHash: 'x'.repeat(43) };
    const found = ['structure-changed test.permit@1.0.0'];
    expect(await codesOf({ caseTypes: [changed] })).toEqual(found);
    expect(await codesOf({ caseTypes: [changed], update: 'add' })).toEqual(found);
  });

  test('checkLock › when a released version is gone › names it', async () => {
    const found = await codesOf({ policies: [{ ...baseline, version: '1.1.0' }] });
    expect(found).toContain('definition-gone baseline@1.0.0');
    expect(found).toContain('definition-not-locked baseline@1.1.0');
  });

  test('checkLock › when a rule no longer refuses › names rule and step', async () => {
    const { Asked: _, ...requires } = permit.requires;
    const loosened = { ...permit, requires } as CaseType;
    const { problems } = await check({ caseTypes: [loosened] });
    expect(problems.map(({ code }) => code)).toEqual(['rule-loosened']);
    expect(problems[0]?.message).toContain('step 8');
    expect(problems[0]?.message).toContain(
      'TOO_LONG refused it and no longer does: it is accepted',
    );
  });

  test('checkLock › when only one of two codes is lost › names that one', async () => {
    const message = await messageAfter((one) => {
      stepOf(one, 2).codes = ['PAST_DATE', 'TOO_LONG'];
    });
    expect(message).toContain('rule-loosened');
    expect(message).toContain(
      'TOO_LONG refused it and no longer does: it is refused with PAST_DATE only',
    );
  });

  test.each([
    [
      'another event',
      (one: Golden) => {
        stepOf(one, 6).events = [];
      },
      'it was accepted with [] and is accepted with [Inspected]',
    ],
    [
      'other data',
      (one: Golden) => {
        stepOf(one, 6).events = stepOf(one, 6).events.map((e) => ({ ...e, data: 'x' }));
      },
      'Inspected has other data than was recorded',
    ],
    [
      'another state',
      (one: Golden) => {
        stepOf(one, 6).events = stepOf(one, 6).events.map((e) => ({ ...e, after: 'x' }));
      },
      'Inspected leads to another state than was recorded',
    ],
    [
      'a refusal that is new',
      (one: Golden) => {
        stepOf(one, 2).outcome = 'accepted';
        delete (stepOf(one, 2) as { codes?: unknown }).codes;
      },
      'it was accepted with [] and is refused with [PAST_DATE]',
    ],
  ])(
    'checkLock › when the history says %s › names the first difference',
    async (_, change, message) => {
      const found = await messageAfter(change);
      expect(found).toContain('decision-changed');
      expect(found).toContain(message);
    },
  );

  test('checkLock › when a term is longer › names the deadline and its step', async () => {
    const { answerDue, inspectionDue } = permit.deadlines as Record<string, DeadlineSpec>;
    const longer = (spec: DeadlineSpec): DeadlineSpec => ({
      ...spec,
      dueAt: (view) => {
        const dueAt = spec.dueAt(view);
        return dueAt && view.calendar.add(dueAt, { value: 1, unit: 'days' });
      },
    });
    const changed = { answerDue, inspectionDue: longer(inspectionDue as DeadlineSpec) };
    const { problems } = await check({
      caseTypes: [{ ...permit, deadlines: changed } as CaseType],
    });
    expect(problems.map(({ code }) => code)).toEqual(['deadline-changed']);
    expect(problems[0]?.message).toMatch(/step \d+ .*the deadline T-INSPECT \S+ \S+ is T-INSPECT /);
    const later = answerDue?.marks?.map((mark) => ({ ...mark, at: WEEK }));
    const told = { inspectionDue, answerDue: { ...answerDue, marks: later } };
    const { problems: more } = await check({
      caseTypes: [{ ...permit, deadlines: told } as CaseType],
    });
    expect(more[0]?.message).toMatch(/the deadline T-ANSWER \S+, SUP \S+ is T-ANSWER /);
  });

  test('checkLock › when no scenario arms a deadline › names it', async () => {
    const { answerDue } = permit.deadlines;
    const other = { ...answerDue, code: 'T-OTHER', armedBy: [] };
    const deadlines = { ...permit.deadlines, other };
    const caseTypes = [{ ...permit, deadlines } as unknown as CaseType];
    expect(await codesOf({ caseTypes })).toEqual(['deadline-never-armed T-OTHER']);
    const exempt = { ...EXEMPT, 'T-OTHER': 'a test' };
    expect(await codesOf({ caseTypes, exempt })).toEqual([]);
  });

  test('checkLock › when the scenario itself has changed › says so', async () => {
    const found = await messageAfter((one) => (one.steps as Loose[]).shift());
    expect(found).toContain('scenario-changed');
  });

  test('checkLock › when a rule refuses nowhere › names it', async () => {
    expect(await codesOf({ exempt: {} })).toEqual(['rule-never-refuses TOO_MANY']);
  });

  test('checkLock › when two rules share a code › counts them one by one', async () => {
    const text = { en: 'Nobody asks for it twice.', ar: 'لا يُطلب مرتين.' };
    const second = { code: 'OWN_REQUEST', text, holds: () => true };
    const caseTypes = [{ ...permit, invariants: [second] } as CaseType];
    const { problems } = await check({ caseTypes });
    expect(problems.map(({ message }) => message)).toEqual([
      'no scenario about test.permit@1.0.0 is refused with OWN_REQUEST (Nobody asks for it twice.); add one',
    ]);
    const one = { 'OWN_REQUEST: Nobody asks for it twice.': 'a test' };
    expect(await codesOf({ caseTypes, exempt: { ...EXEMPT, ...one } })).toEqual([]);
  });

  test('checkLock › when two case types share their rules › holds both by one', async () => {
    const sister = { ...permit, name: 'test.sister' };
    const unlocked = 'definition-not-locked test.sister@1.0.0';
    expect(await codesOf({ caseTypes: [permit, sister] })).toEqual([unlocked]);
    const { inspectionDue, answerDue } = permit.deadlines;
    const deadlines = { inspectionDue, answerDue: { ...answerDue } };
    const ownDeadline = [permit, { ...sister, deadlines } as CaseType];
    expect(await codesOf({ caseTypes: ownDeadline })).toEqual([
      unlocked,
      'deadline-never-armed T-ANSWER',
    ]);
    const duties = [{ ...permit.commands['Grant']?.duties?.[0] }];
    const commands = { ...permit.commands, Grant: { ...permit.commands['Grant'], duties } };
    const ownRule = [permit, { ...sister, commands } as unknown as CaseType];
    expect(await codesOf({ caseTypes: ownRule })).toEqual([
      unlocked,
      'rule-never-refuses OWN_REQUEST',
    ]);
  });

  test('checkLock › when a history has no scenario or is no JSON › names it', async () => {
    const stray = join(folder, 'old.golden.json');
    writeFileSync(stray, '{}');
    expect(await codesOf()).toEqual([`golden-gone ${stray}`]);
    rmSync(stray);
    const text = readFileSync(golden, 'utf8');
    writeFileSync(golden, '{');
    expect((await codesOf())[0]).toContain('lock-unreadable');
    writeFileSync(golden, text);
  });

  test('checkLock › when a scenario does not pass › names its first problem', async () => {
    const path = join(folder, 'wrong.yaml');
    writeFileSync(path, 'scenario: x\n');
    expect((await check()).problems.map(({ message }) => message).join()).toContain(
      'wrong.yaml:1:1',
    );
    rmSync(path);
  });
});
