// A run of a case type that breaks a claim: looked for, shown command by command, and written down.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AbstractStep, CaseType, Claim } from '@himaya/engine';
import { findRun, loadScenario, type LoadedScenario, type RunSearch } from '@himaya/testkit';
import { cannotWrite, noScenario, wrongScenario } from './mistakes.ts';
import type { Session } from './session.ts';
import { showStep } from './show-step.ts';

/** What runs are looked for in. */
export interface RunsAbout {
  readonly caseType: CaseType;
  readonly scenarios: readonly LoadedScenario[];
  /** The folder into which they are written. */
  readonly save: string | undefined;
}

/** The scenarios in these files. @throws Ending for one that cannot be read or has mistakes */
export async function scenariosIn(
  { definitions }: Session,
  files: readonly string[],
): Promise<readonly LoadedScenario[]> {
  const loaded: LoadedScenario[] = [];
  for (const file of files) {
    const one = loadScenario(file, await textOf(file), definitions);
    if ('problems' in one) throw wrongScenario(file, one.problems[0]?.message ?? NOTHING);
    loaded.push(one);
  }
  return loaded;
}

const NOTHING = { en: 'it says nothing', ar: 'لا شيء فيه' };

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw noScenario(file, (error as { readonly code?: string }).code);
  }
}

/** Looks for a run of the case type that breaks a claim, and shows it or that there is none. */
export async function tellRun(
  session: Session,
  { caseType, scenarios, save }: RunsAbout,
  claim: Claim,
  counterexample: readonly AbstractStep[],
): Promise<void> {
  const { out, speech, progress } = session;
  if (scenarios.length === 0) return out.line(speech.say('run.noScenario'), 2);
  const onProgress = (tried: number): void => progress.tried(tried);
  const sources = { caseType, scenarios, onProgress };
  const found = await findRun(claim, counterexample, sources);
  await showRun(session, found);
  if (found.kind !== 'run' || save === undefined) return;
  await write(join(save, fileOf(claim)), found.text);
}

/** Looks for a run of the case type that comes to where a claim says that one can. */
export async function findWitness(
  { progress }: Session,
  { caseType, scenarios }: RunsAbout,
  claim: Claim,
): Promise<RunSearch | undefined> {
  if (!claim.reachable || scenarios.length === 0) return undefined;
  const { id, text, reachable: never } = claim;
  const onProgress = (tried: number): void => progress.tried(tried);
  return findRun({ id, text, never }, [], { caseType, scenarios, onProgress });
}

/** Shows a run command by command, or says how many were tried in vain. */
export async function showRun(
  { out, speech, definitions, options }: Session,
  found: RunSearch,
): Promise<void> {
  if (found.kind === 'none') {
    return out.line(`${speech.say('run.none')}: ${speech.count(found.tried, 'run')}`, 2);
  }
  const policy = `${speech.say('policy')} ${found.policy}`;
  const steps = speech.count(found.steps.length, 'step');
  await out.line(`${speech.say('run.found')}: ${[steps, policy].join(speech.comma)}`, 2);
  const style = { definitions, languages: [options.lang], inputs: true } as const;
  for (const step of found.steps) await showStep(out, step, style);
}

/** `INV-01.yaml`, `law-5-next-deadline.yaml`. */
function fileOf({ id }: Claim): string {
  return `${id.replaceAll(/[^\w.-]+/g, '-')}.yaml`;
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw cannotWrite(path, (error as { readonly code?: string }).code);
  }
}
