// A run as the text of a scenario, so that it can be run, kept and read.
import type { Claim } from '@himaya/engine';
import { stringify } from 'yaml';
import type { ScenarioStep } from '../scenario/format.ts';
import type { LoadedScenario } from '../scenario/load.ts';

/** The text of a scenario that takes these steps, every one of which is accepted. */
export function written(
  { id, text }: Claim,
  { scenario }: LoadedScenario,
  steps: readonly ScenarioStep[],
): string {
  const { fixtures } = scenario;
  const used = new Set(steps.flatMap((entry) => (entry.kind === 'command' ? [entry.step.by] : [])));
  const staff = Object.fromEntries(Object.entries(fixtures.staff).filter(([by]) => used.has(by)));
  return stringify({
    scenario: `${id}: ${text.en}`,
    title: { en: `${id}: ${text.en}`, ar: `${id}: ${text.ar}` },
    fixtures: { ...fixtures, staff },
    steps: steps.map(({ step }) => step),
  });
}
