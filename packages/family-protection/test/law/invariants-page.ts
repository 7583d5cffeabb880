// Writes the page of invariants: what holds each of them, and in which test it is taken out.
import { rulesOf, type CaseType, type Text } from '@himaya/engine';
import { caseTypes } from '../../src/index.ts';
import { linkedRules } from '../../src/community/rules/linked.ts';
import { invariants } from '../../src/wording/invariants.ts';
import { eligibilityRefusals, screeningRefusals } from '../accord-refusals.ts';
import { sessionRefusals, settlementRefusals } from '../accord-refusals.ts';
import { homeRefusals } from '../home-refusals.ts';
import { linkedRefusals } from '../linked-refusals.ts';
import { passageRefusals } from '../passage-refusals.ts';
import { closureRefusals, intakeRefusals, mediationRefusals, workRefusals } from '../refusals.ts';
import { dangerRefusals } from '../refusals-of-danger.ts';
import { talkRefusals } from '../talk-refusals.ts';
import { refusals as ofViolence } from '../violence-refusals.ts';
import { wayRefusals } from '../way-refusals.ts';
import { proofs } from './proofs.ts';

type Named = readonly { readonly rule: string }[];

/** A test that plays situations with a rule and without it: of which case types, and which rules. */
interface TakenOut {
  readonly file: string;
  readonly of: string;
  readonly rules: Named;
}

const violence = 'family.domesticViolence';
const takenOut: readonly TakenOut[] = [
  {
    file: 'violence-rules.test.ts',
    of: violence,
    rules: [...ofViolence, ...passageRefusals, ...talkRefusals],
  },
  {
    file: 'reconciliation.test.ts',
    of: violence,
    rules: [
      ...eligibilityRefusals,
      ...screeningRefusals,
      ...sessionRefusals,
      ...settlementRefusals,
    ],
  },
  { file: 'linked-cases.test.ts', of: violence, rules: linkedRefusals },
  {
    file: 'rules.test.ts',
    of: 'community.',
    rules: [
      ...intakeRefusals,
      ...workRefusals,
      ...mediationRefusals,
      ...closureRefusals,
      ...dangerRefusals,
    ],
  },
  { file: 'waits.test.ts', of: 'community.', rules: [{ rule: 'timeToRead' }] },
  // That each of them is among its situations is asked there.
  {
    file: 'linked-parking.test.ts',
    of: 'community.',
    rules: Object.keys(linkedRules).map((rule) => ({ rule })),
  },
  { file: 'home-offices.test.ts', of: 'family.household', rules: homeRefusals },
  { file: 'way-rules.test.ts', of: 'facility.siteDay', rules: wayRefusals },
];

/** The tests in which a case type is played without one of its rules. */
function testsOf(name: string, of: string): readonly string[] {
  return takenOut
    .filter((one) => of.startsWith(one.of) && one.rules.some(({ rule }) => rule === name))
    .map(({ file }) => file);
}

/** Something that holds an invariant, and the tests that fail when it is gone. */
export interface Held {
  readonly what: string;
  readonly codes: readonly string[];
  readonly of: readonly string[];
  readonly tests: readonly string[];
}

interface Cited {
  readonly name: string;
  readonly code: string;
  readonly invariant?: string;
}

function rulesIn({ requires }: CaseType): readonly Cited[] {
  return Object.values(requires).flatMap((guard) => rulesOf(guard as never)) as never;
}

/** What holds an invariant: rules of case types, and whatever else was taken out to show it. */
export function holding(invariant: string): readonly Held[] {
  const cited = caseTypes.flatMap((caseType) =>
    rulesIn(caseType)
      .filter((rule) => rule.invariant === invariant)
      .map((rule) => ({ ...rule, of: caseType.name })),
  );
  const names = [...new Set(cited.map(({ name }) => name))].toSorted();
  const rules = names.flatMap((name): readonly Held[] => {
    const own = cited.filter((rule) => rule.name === name);
    const proved = new Map(own.map(({ of }) => [testsOf(name, of).join(), testsOf(name, of)]));
    return [...proved].map(([key, tests]) => {
      const these = own.filter(({ of }) => testsOf(name, of).join() === key);
      return {
        what: `rule \`${name}\``,
        codes: [...new Set(these.map(({ code: one }) => one))],
        of: [...new Set(these.map(({ of }) => of))],
        tests,
      };
    });
  });
  const others = proofs
    .filter((proof) => proof.invariant === invariant)
    .filter(({ missing }) => !names.some((name) => missing === `the rule ${name}`))
    .map(({ missing }): Held => {
      return { what: missing, codes: [], of: [], tests: ['law/oracle.test.ts'] };
    });
  return [...rules, ...others];
}

const ABOUT = [
  '# Which rule holds which invariant, and which test shows it',
  [
    'Every invariant of the office’s model that buildings and violence cases keep: what holds it, the code that a',
    'refusal shows, and the test that takes it out and finds the invariant broken, or the step let through.',
    'Tests are in `packages/family-protection/test`. The page is written from the rules and the tests;',
    '`HIMAYA_LOCK=add npm test -- packages/family-protection/test/law/invariants.test.ts` writes it anew.',
    'Beside it random sequences of commands look for what breaks any of them (`law/*.prop.test.ts`).',
  ].join('\n'),
];
/** Those that no rule cites: what they say stands with the backstops, or here. */
const OTHERS: Readonly<Record<string, Text>> = {
  'INV-23': {
    en: 'Emergency measures are never stopped by a missing form, training, policy or booking.',
    ar: 'لا يمنع تدابير الطوارئ نقص نموذج أو تدريب أو سياسة أو حجز.',
  },
};

/** What an invariant says. */
function textOf(invariant: string): Text {
  const backstops = caseTypes.flatMap((caseType) => caseType.invariants);
  const found =
    invariants[invariant as keyof typeof invariants]?.text ??
    backstops.find((one) => one.invariant === invariant)?.text ??
    OTHERS[invariant];
  if (!found) throw new Error(`say what ${invariant} asks in ${import.meta.url}`);
  return found;
}

const code = (words: readonly string[]): string => words.map((one) => `\`${one}\``).join(' ');

/** The page, as Markdown. */
export function invariantsPage(listed: readonly string[]): string {
  const sections = listed.map((invariant) => {
    const text = textOf(invariant);
    const rows = holding(invariant).map(({ what, codes, of, tests }) => {
      const where = of.length === 0 ? what : `${what} of ${code(of)}`;
      return `| ${where} | ${code(codes)} | ${code(tests)} |`;
    });
    const head = ['| held by | refuses with | taken out in |', '|---|---|---|'];
    return [`## ${invariant}`, `${text.en}\n${text.ar}`, [...head, ...rows].join('\n')];
  });
  return `${[...ABOUT, ...sections.flat()].join('\n\n')}\n`;
}
