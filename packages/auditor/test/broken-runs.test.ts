// Seeded faults of domestic violence: each claim that they break is shown broken by dated commands.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseType, Claim } from '@himaya/engine';
import { ends, policies } from '@himaya/family-protection';
import { checkChart } from '@himaya/statechart';
import { MemoryEventStore } from '@himaya/event-store';
import {
  findRun,
  loadScenario,
  problemText,
  runScenario,
  type LoadedScenario,
  type RunSearch,
} from '@himaya/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { checkOf, LIMIT_MS, verdictsOf } from '../../family-protection/test/checks/claims.ts';
import {
  fallingRisk,
  forgetfulShelter,
  onlyServed,
} from '../../family-protection/test/checks/faults.ts';
import {
  faulty,
  recharted,
  stateChanged,
  unfollowed,
  unguarded,
  without,
} from '../../family-protection/test/law/faults.ts';
import { showRun } from '../src/broken-run.ts';
import { Output } from '../src/output.ts';
import type { Session } from '../src/session.ts';
import { speech } from '../src/words.ts';
import { EXIT } from '../src/exit-codes.ts';
import { himaya } from './command-line.ts';

const TYPE = 'family.domesticViolence';
const SCENARIOS = fileURLToPath(new URL('../../../test/scenarios/', import.meta.url));
const SHELTER = fileURLToPath(new URL('scenarios/shelter.yaml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'himaya-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const definitionsOf = (caseType: CaseType) => ({ caseTypes: [caseType], policies });

/** A scenario that is about a faulty case type. */
function loaded(file: string, caseType: CaseType): LoadedScenario {
  const text = readFileSync(resolve(SCENARIOS, file), 'utf8');
  const scenario = loadScenario(file, text, definitionsOf(caseType));
  if ('problems' in scenario) throw new Error(scenario.problems.map(problemText).join('\n'));
  return scenario;
}

/** A run of a faulty case type that breaks a claim, made of the commands of these scenarios. */
async function runOf(
  caseType: CaseType,
  id: string,
  files: readonly string[],
): Promise<RunSearch> {
  const [[claim, verdict] = []] = [...verdictsOf(caseType, checkOf(caseType, id))];
  if (!claim || verdict?.kind !== 'found') throw new Error(`${id}: ${JSON.stringify(verdict)}`);
  const scenarios = files.map((file) => loaded(file, caseType));
  return findRun(claim, verdict.steps, { caseType, scenarios });
}

async function shown(found: RunSearch, caseType: CaseType, lang: 'en' | 'ar'): Promise<string> {
  const written: string[] = [];
  const sink = { write: (text: string) => written.push(text) > 0 };
  const out = new Output(sink as never, {});
  const session = { out, speech: speech(lang), definitions: definitionsOf(caseType) };
  await showRun({ ...session, options: { lang } } as unknown as Session, found);
  return written.join('');
}

const faults: readonly (readonly [string, CaseType, string, readonly string[]])[] = [
  [
    'an order counts only once it is served',
    faulty(onlyServed, unguarded),
    'INV-01',
    ['violence-sessions.yaml', 'violence-eligibility.yaml'],
  ],
  ['a shelter makes forget an order', faulty(forgetfulShelter), 'orders stand', [SHELTER]],
  [
    'a missed review is the last',
    faulty(unfollowed('a review that')),
    'law 5 deadline',
    ['violence-risk.yaml'],
  ],
  ['an assessment lowers the risk', faulty(fallingRisk), 'INV-12', ['violence-risk.yaml']],
];

describe('a claim that a fault breaks › is shown broken', () => {
  for (const [what, caseType, id, files] of faults) {
    test(`${what} › by commands with dates, in both languages`, { timeout: LIMIT_MS }, async () => {
      const found = await runOf(caseType, id, files);
      const name = id.replaceAll(' ', '-');
      for (const lang of ['en', 'ar'] as const) {
        const text = await shown(found, caseType, lang);
        await expect(text).toMatchFileSnapshot(`broken-runs/${name}.${lang}.txt`);
      }
      if (found.kind !== 'run') throw new Error(`no run among ${found.tried}`);
      // The run is a scenario of its own, and every command of it is accepted again.
      const store = new MemoryEventStore();
      const again = await runScenario({ file: 'run.yaml', text: found.text }, {
        store,
        ...definitionsOf(caseType),
      });
      expect(again.problems.map(problemText)).toEqual([]);
      expect(again.steps).toHaveLength(found.steps.length);
    });
  }
});

/** Whoever is registered stays so: nothing leads on. */
const endless = faulty(
  recharted((config) => stateChanged(config, 'lifecycle.registered', () => ({}))),
);

test('a state has no way out › a dead end is found, and shown by commands with dates', async () => {
  const { deadEnds } = checkChart(endless.chart, { rests: ends[TYPE] ?? [] });
  const [end] = deadEnds;
  expect(deadEnds.map(({ state }) => state)).toEqual(['lifecycle.registered']);
  const claim: Claim = {
    id: 'way out',
    text: { en: 'Something leads out of every state.', ar: 'لكل حالة مخرج.' },
    never: ({ in: inState }) => inState('lifecycle.registered'),
  };
  const steps = (end?.steps ?? []).map(({ event }) => ({ type: event, data: {}, followed: [] }));
  const scenarios = [loaded('violence-risk.yaml', endless)];
  const found = await findRun(claim, steps, { caseType: endless, scenarios });
  for (const lang of ['en', 'ar'] as const) {
    const text = await shown(found, endless, lang);
    await expect(text).toMatchFileSnapshot(`broken-runs/way-out.${lang}.txt`);
  }
  expect(found.kind).toBe('run');
});

describe('himaya check › a claim is found broken', () => {
  const caseType = faulty(without('obtainedPrivately'));
  const definitions = {
    ...definitionsOf(caseType),
    checks: { [TYPE]: [checkOf(caseType, 'INV-04')] },
  };
  const nowMs = Date.parse('2027-05-09T06:00:00Z');
  const call = (...argv: string[]) => himaya(['check', TYPE, ...argv], { definitions, nowMs });
  const scenario = join(SCENARIOS, 'violence-sessions.yaml');

  test('scenarios are given › the run is shown and kept', { timeout: LIMIT_MS }, async () => {
    const { code, out } = await call(scenario, '--save', folder);
    expect(code).toBe(EXIT.wrong);
    expect(out).toContain('The case type goes there: 13 steps');
    const kept = readFileSync(join(folder, 'INV-04.yaml'), 'utf8');
    expect(kept).toContain('command: RecordPartyConsent');
    const again = await call(scenario, '--save', folder);
    expect([again.code, again.err]).toEqual([EXIT.usage, expect.stringContaining('there already')]);
  });

  test('no scenario is given › it says that no run was looked for', async () => {
    expect((await call()).out).toContain('No scenario was given in which to look for a run');
    expect((await call('--lang', 'ar')).out).toContain('لم يذكر سيناريو');
  });

  test('none leads there › it says how many were tried', { timeout: LIMIT_MS }, async () => {
    const { out } = await call(SHELTER);
    expect(out).toContain('No run of the case type was found that goes there: 1 run');
  });

  test('a scenario with mistakes › is wrong usage', async () => {
    const { code, err } = await call(join(SCENARIOS, 'sc-02.yaml'));
    expect(code).toBe(EXIT.usage);
    expect(err).toContain('cannot be used');
  });
});
