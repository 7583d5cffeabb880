// himaya check: what is proved, what is found, and how each ends, in both languages.
import { domesticViolence, policyBaseline } from '@himaya/family-protection';
import type { Check } from '@himaya/engine';
import { expect, test } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { main } from '../src/main.ts';

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
      neverBy: ({ events: [event] }) =>
        event?.type === 'PartyConsented' &&
        !(event.data as { readonly informed: boolean }).informed,
    },
  ],
};
const never: Check = {
  abstraction,
  claims: [
    {
      id: 'C-2',
      text: { en: 'Nobody consents.', ar: 'لا يوافق أحد.' },
      neverBy: ({ events: [event] }) => event?.type === 'PartyConsented',
    },
  ],
};

async function run(check: Check, ...more: readonly string[]) {
  const written: string[] = [];
  const sink = {
    isTerminal: false,
    write: (text: string) => {
      written.push(text);
      return Promise.resolve();
    },
  };
  const code = await main(['check', 'family.domesticViolence', ...more], {
    stdout: sink as never,
    stderr: { ...sink, write: () => Promise.resolve() } as never,
    environment: {},
    definitions: {
      caseTypes: [domesticViolence],
      policies: [policyBaseline],
      checks: { 'family.domesticViolence': [check] },
    },
    nowMs: 0,
  });
  return { code, text: written.join('') };
}

test('check › a claim that holds › is proved, with what was kept and why', async () => {
  const { code, text } = await run(informed);
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('proved C-1: Nobody consents uninformed.');
  expect(text).toContain('Nothing is kept.');
  expect(text).toContain('1 state');
});

test('check › a claim that does not hold › is told step by step and ends with 1', async () => {
  const { code, text } = await run(never, '--lang', 'ar');
  expect(code).toBe(EXIT.wrong);
  expect(text).toContain('وجد C-2: لا يوافق أحد.');
  expect(text).toContain('1. PartyConsented');
});
