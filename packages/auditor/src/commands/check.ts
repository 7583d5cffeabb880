// himaya check: what no sequence of commands can lead to, claim by claim.
import {
  check,
  instantOf,
  policiesOf,
  policyInForce,
  type Abstraction,
  type CaseType,
  type Check,
  type CheckReport,
  type Claim,
  type Policy,
  type Verdict,
} from '@himaya/engine';
import { eventName } from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { findWitness, scenariosIn, showRun, tellRun, type RunsAbout } from '../broken-run.ts';
import { tellCharts } from '../checked-charts.ts';
import { tellMigrations } from '../checked-migrations.ts';
import type { Session } from '../session.ts';
import { caseTypeNamed, fullName } from '../case-type-named.ts';
import { noClaims, noPolicy } from '../mistakes.ts';

/** Options of `himaya check`. */
export interface CheckCommandOptions {
  /** The version of the policy under which the claims are to hold. */
  readonly policy?: string;
  /** The folder into which runs that break a claim are written. */
  readonly save?: string;
}

/**
 * Checks a case type, and says of each claim whether it is proved and over what. Of one that is found
 * broken it shows a run of the case type that breaks it, where one can be made of the scenarios' commands.
 * Before that it tells what of the charts is never reached or never left, and whether every state of
 * earlier versions can move to this one. Ends with `wrong` when there is such a thing, a state that
 * cannot move, or a claim that is not proved; what a case can come to only where scenarios were given.
 *
 * @throws Ending where nothing is claimed of it: that charts and migrations are sound is not much
 */
export async function checkCaseType(
  session: Session,
  name: string,
  files: readonly string[],
  options: CheckCommandOptions,
): Promise<ExitCode> {
  const { definitions, out, speech } = session;
  const caseType = caseTypeNamed(session, name);
  const checks = definitions.checks?.[caseType.name] ?? [];
  const policy = policyOf(session, caseType, options.policy);
  const scenarios = await scenariosIn(session, files);
  await out.line(`${speech.say('policy')} ${policy.name}@${policy.version}`);
  const ends = definitions.ends?.[caseType.name] ?? [];
  const isSound = await tellCharts(session, caseType, ends);
  let isProved = (await tellMigrations(session, caseType)) && isSound;
  if (checks.length === 0) throw noClaims(fullName(caseType));
  for (const one of checks) {
    const report = check(caseType, policy, one, {
      onProgress: ({ states }) => session.progress.visited(states),
    });
    const holds = await tell(session, { caseType, scenarios, save: options.save }, one, report);
    isProved &&= holds;
  }
  return isProved ? EXIT.ok : EXIT.wrong;
}

/** The policy of this version, or the one under which a case would be opened now. @throws Ending */
function policyOf(
  { definitions: { policies }, nowMs }: Session,
  caseType: CaseType,
  version: string | undefined,
): Policy {
  const own = policiesOf(caseType, policies);
  const found =
    version === undefined
      ? policyInForce(caseType, policies, instantOf(nowMs))
      : own.find((policy) => policy.version === version);
  if (found) return found;
  throw noPolicy(fullName(caseType), version, own.map((policy) => policy.version));
}

async function tell(
  session: Session,
  about: RunsAbout,
  { abstraction }: Check,
  { verdicts, states, steps }: CheckReport,
): Promise<boolean> {
  const { out, speech } = session;
  let holds = true;
  for (const [claim, verdict] of verdicts) {
    holds = (await tellClaim(session, about, claim, verdict)) && holds;
  }
  await out.line(`${speech.say('kept')}: ${keptWords(abstraction, speech.comma)}`, 2);
  await out.line(speech.pick(abstraction.because), 2);
  const counts = [speech.count(states, 'state'), speech.count(steps, 'step')];
  await out.line(counts.join(speech.comma), 2);
  return holds;
}

/** Tells what became of a claim; answers whether it holds. */
async function tellClaim(
  session: Session,
  about: RunsAbout,
  claim: Claim,
  verdict: Verdict,
): Promise<boolean> {
  const { out, speech } = session;
  const { green, red, yellow } = out.colours;
  const { id, text, reachable } = claim;
  if (verdict.kind === 'possible') return tellPossible(session, about, claim);
  const paint = { proved: green, found: red, notProved: yellow }[verdict.kind];
  const word = speech.say(`claim.${verdict.kind}`);
  await out.line(`${paint(word)} ${id}: ${speech.pick(text)}`);
  if (verdict.kind === 'notProved') await out.line(speech.pick(verdict.reason), 2);
  if (verdict.kind !== 'found' || reachable !== undefined) return verdict.kind === 'proved';
  for (const [index, { type, followed }] of verdict.steps.entries()) {
    const all = [type, ...followed].map((one) => eventName(about.caseType, one, speech));
    await out.line(`${index + 1}. ${all.join(' → ')}`, 2);
  }
  await tellRun(session, about, claim, verdict.steps);
  return false;
}

/**
 * Tells of a claim that something can be come to whether a run of the scenarios does. Where none was
 * given, nobody has looked: that is said, and nothing is wrong.
 */
async function tellPossible(session: Session, about: RunsAbout, claim: Claim): Promise<boolean> {
  const { out, speech } = session;
  const { green, yellow } = out.colours;
  const named = `${claim.id}: ${speech.pick(claim.text)}`;
  const run = await findWitness(session, about, claim);
  if (run === undefined) {
    await out.line(`${yellow(speech.say('claim.notLooked'))} ${named}`);
    await out.line(speech.say('run.needed'), 2);
    return true;
  }
  const isShown = run.kind === 'run';
  const word = isShown ? green(speech.say('claim.shown')) : yellow(speech.say('claim.notProved'));
  await out.line(`${word} ${named}`);
  await showRun(session, run);
  return isShown;
}

/** What an abstraction keeps, by the names that the case type has for it. */
function keptWords({ regions, context, parts, deadlines }: Abstraction, comma: string): string {
  const told = Object.entries(parts).map(([kind, { max }]) => `${kind} ≤ ${max}`);
  const kept = [...regions, ...Object.keys(context), ...told, ...deadlines];
  return kept.length === 0 ? '–' : kept.join(comma);
}
