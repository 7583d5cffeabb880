// Risk instruments as adapters: a score becomes one of the office's levels by published bands.
import type { PolicyReader } from '@himaya/engine';
import type { RiskLevel } from './fields.ts';
import { riskLevels } from './fields.ts';

type Bands = Readonly<Record<string, Readonly<Partial<Record<RiskLevel, number>>>>>;

/**
 * The band of a score by the published bounds of an instrument. `undefined`: the instrument publishes
 * none that can be used here, and whoever is certified for it states the band.
 */
export function bandOf(instrument: string, score: number, policy: PolicyReader) {
  const bounds = (policy.value('risk.bands') as Bands)[instrument];
  if (!bounds) return undefined;
  return riskLevels.filter((level) => score >= (bounds[level] ?? Infinity)).at(-1) ?? 'standard';
}

/** Whether the office may use this version of an instrument. */
export function isLicensed(instrument: string, version: string, policy: PolicyReader): boolean {
  return policy.list('risk.instruments').includes(`${instrument}@${version}`);
}
