// himaya check: what is proved, what is found, and how each ends, in both languages.
import { fileURLToPath } from 'node:url';
import { checks, domesticViolence, ends, policyBaseline } from '@himaya/family-protection';
import {
  definePolicy,
  type CaseType,
  type Check,
  type Claim,
  type Instant,
  type Policy,
  type StepView,
} from '@himaya/engine';
import { expect, test } from 'vitest';
import { LIMIT_MS } from '../../family-protection/test/checks/claims.ts';
import {
  faulty,
  recharted,
  stateChanged,
  unknown,
} from '../../family-protection/test/law/faults.ts';
import { EXIT } from '../src/exit-codes.ts';
import { main } from '../src/main.ts';

const NOW_MS = Date.parse('2027-05-09T06:00:00Z');
const because = { en: 'Nothing is kept.', ar: 'لا يحتفظ بشيء.' };
const abstraction = {
  regions: [],
  context: {},
  given: {},
  parts: {},
  deadlines: [],
  values: { 'PartyConsented.informed': 'any' as const },
  refusedMore: [],
  because,
};
const informed: Check = {
  abstraction,
  claims: [
    {
      id: 'C-1',
      text: { en: 'Nobody consents uninformed.', ar: 'لا موافقة بلا إعلام.' },
      decisions: ['PartyConsented'],
      neverBy: ({ event }) => !(event.data as { readonly informed: boolean }).informed,
    },
  ],
};
const never: Check = {
  abstraction,
  claims: [
    {
      id: 'C-2',
      text: { en: 'Nobody consents.', ar: 'لا يوافق أحد.' },
      decisions: ['PartyConsented'],
      neverBy: () => true,
    },
  ],
};

interface Given {
  readonly checks?: readonly Check[];
  readonly policies?: readonly Policy[];
  readonly nowMs?: number;
  readonly caseType?: CaseType;
  /** Whether it is said in which states something is over. */
  readonly sayEnds?: boolean;
}

async function run(
  {
    checks: claimed = [],
    policies = [policyBaseline],
    nowMs = NOW_MS,
    caseType = domesticViolence,
    sayEnds = true,
  }: Given,
  ...more: readonly string[]
) {
  const written: string[] = [];
  const told: string[] = [];
  const sinkOf = (texts: string[]) => ({
    isTerminal: false,
    write: (text: string) => {
      texts.push(text);
      return Promise.resolve();
    },
  });
  const code = await main(['check', 'family.domesticViolence', ...more], {
    stdout: sinkOf(written) as never,
    stderr: sinkOf(told) as never,
    environment: {},
    definitions: {
      caseTypes: [caseType],
      policies,
      checks: { 'family.domesticViolence': claimed },
      ends: sayEnds ? ends : {},
    },
    nowMs,
  });
  return { code, text: written.join(''), told: told.join('') };
}

test('check › a claim that holds › is proved, with what was kept and why', async () => {
  const { code, text } = await run({ checks: [informed] });
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('proved C-1: Nobody consents uninformed.');
  expect(text).toContain('Nothing is kept.');
  expect(text).toContain('1 state');
});

test('check › a claim that does not hold › is told step by step and ends with 1', async () => {
  const { code, text } = await run({ checks: [never] }, '--lang', 'ar');
  expect(code).toBe(EXIT.wrong);
  expect(text).toContain('وجد C-2: لا يوافق أحد.');
  expect(text).toContain('1. PartyConsented');
});

/** The same values as another version, in force from another day. */
function policyOf(version: string, effectiveFrom: string): Policy {
  const { hash: _hash, ...spec } = policyBaseline;
  return definePolicy({ ...spec, version, effectiveFrom: effectiveFrom as Instant });
}

const old = policyOf('1.0.0', '2020-01-01T00:00:00.000Z');
const present = policyOf('1.1.0', '2027-01-01T00:00:00.000Z');
const coming = policyOf('2.0.0', '2028-01-01T00:00:00.000Z');
const policies = [coming, old, present];

test('check › several versions of a policy › the one in force is taken', async () => {
  const { code, text } = await run({ checks: [informed], policies });
  expect(code).toBe(EXIT.ok);
  expect(text).toContain(`policy ${policyBaseline.name}@1.1.0`);
});

test('check › a version of the policy is asked for › that one is taken', async () => {
  const { text } = await run({ checks: [informed], policies }, '--policy', '2.0.0');
  expect(text).toContain(`policy ${policyBaseline.name}@2.0.0`);
});

test.each([
  ['a version that is not there', ['--policy', '9.9.9'], NOW_MS, 'no policy "9.9.9"'],
  ['none that is in force', [], 0, 'is in force; name one with --policy: there are 1.0.0, 1.1.0'],
  ['none, in Arabic', ['--lang', 'ar'], 0, 'اذكر واحدة مع --policy'],
])('check › a policy: %s › is wrong usage, and nothing is proved', async (_, more, nowMs, why) => {
  const { code, text, told } = await run({ checks: [informed], policies, nowMs }, ...more);
  expect([code, text]).toEqual([EXIT.usage, '']);
  expect(told).toContain(why);
});

test.each([
  ['en', 'nothing is claimed of family.domesticViolence@1.0.0', 'Every state is reached'],
  ['ar', 'لا ادعاء بشأن family.domesticViolence@1.0.0', 'كل حالة تبلغ'],
])('check › no claims, in %s › tells the charts, is no success', async (language, why, charts) => {
  const { code, text, told } = await run({ policies }, '--lang', language);
  expect(code).toBe(EXIT.usage);
  expect(text).toContain(charts);
  expect(told).toContain(why);
});

test('check › charts in which every state is reached and left › are said to be so', async () => {
  const { text } = await run({ checks: [informed] });
  const charts = 1 + Object.keys(domesticViolence.parts).length;
  expect(text).toContain(`left, and every transition is taken: ${charts} charts`);
});

test('check › states are not said to be ends › are dead ends, and end with 1', async () => {
  const { code, text } = await run({ checks: [informed], sayEnds: false });
  expect(code).toBe(EXIT.wrong);
  expect(text).toContain('DEAD END lifecycle.merged (Merged)');
  expect(text).toContain('DEAD END order.revoked');
  const arabic = await run({ checks: [informed], sayEnds: false }, '--lang', 'ar');
  expect(arabic.text).toContain('طريق مسدود lifecycle.merged');
});

test('check › nothing leads to a state › it is said to be never reached', async () => {
  const caseType = faulty(
    recharted((config) =>
      stateChanged(config, 'support', ({ on = {}, ...support }) => {
        const { SupportCompleted: _, ...rest } = on;
        return { ...support, on: rest };
      }),
    ),
  );
  const { code, text } = await run({ checks: [informed], caseType });
  expect(code).toBe(EXIT.wrong);
  expect(text).toContain('NEVER REACHED support.completed');
});

const goals = (checks[domesticViolence.name] ?? []).filter(({ claims }) =>
  claims.some(({ id }) => id === 'goal end'),
);
const closing = fileURLToPath(
  new URL('../../../test/scenarios/violence-stage.yaml', import.meta.url),
);

/** Its only case is still being looked into at its end. */
const SHORT = fileURLToPath(new URL('scenarios/shelter.yaml', import.meta.url));
const limit = { timeout: LIMIT_MS };
const readsLead = ({ before }: StepView): boolean =>
  (before.context as { readonly lead: string }).lead === '';

test('check › that a case comes to a state › is shown by a run of it', limit, async () => {
  const { code, text } = await run({ checks: goals }, closing);
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('shown goal end: A case can be closed.');
  expect(text).toMatch(/The case type goes there: \d+ steps/);
  expect(text).toContain('CloseCase');
});

test('check › that a case comes to a state, without scenarios › is not looked for', async () => {
  const { code, text } = await run({ checks: goals }, '--lang', 'ar');
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('لم يبحث عنه goal end: يمكن أن تغلق قضية.');
  expect(text).toContain('اذكر سيناريوهات');
});

test('check › that a case comes to a state, in no scenario › is not proved', limit, async () => {
  const { code, text } = await run({ checks: goals }, SHORT);
  expect(code).toBe(EXIT.wrong);
  expect(text).toContain('NOT PROVED goal end: A case can be closed.');
  expect(text).toMatch(/No run of the case type was found that goes there: \d+ run/);
});

test('check › no abstraction comes to a state › ends with 1 without a scenario, too', async () => {
  const { code, text } = await run({ checks: goals, caseType: faulty(unknown('CaseClosed')) });
  expect(code).toBe(EXIT.wrong);
  expect(text).toContain('FOUND goal end: A case can be closed.');
});

test('check › a claim that looks at what is not kept › says so in both languages', async () => {
  const claims = [{ ...(informed.claims[0] as Claim), neverBy: readsLead }];
  const given = { checks: [{ ...informed, claims }] };
  const [en, ar] = [await run(given), await run(given, '--lang', 'ar')];
  expect([en.code, ar.code]).toEqual([EXIT.wrong, EXIT.wrong]);
  expect(en.text).toContain('  context.lead is not kept\n');
  expect(ar.text).toContain('context.lead غير محتفظ به');
});
