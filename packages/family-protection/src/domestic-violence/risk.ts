// What is known of the risk: its level now and in the past, compared by instants alone.
import { addMs, elapsedMs, type Instant, type PolicyReader } from '@himaya/engine';
import type { Context } from './context.ts';
import { riskLevels, type RiskLevel } from './fields.ts';

/** The place of a level in their order; nothing assessed is below all of them. */
export function rank(level: RiskLevel | null | undefined): number {
  return level ? riskLevels.indexOf(level) : -1;
}

/** The higher of two levels. */
export function higherOf(a: RiskLevel, b: RiskLevel): RiskLevel {
  return rank(a) >= rank(b) ? a : b;
}

/** The present level. */
export function currentLevel({ levels }: Pick<Context, 'levels'>): RiskLevel | null {
  return levels.at(-1)?.level ?? null;
}

/** The highest level the case has ever had. */
export function highestEver({ levels }: Pick<Context, 'levels'>): RiskLevel | null {
  return levels.reduce<RiskLevel | null>(
    (best, { level }) => (rank(level) > rank(best) ? level : best),
    null,
  );
}

/**
 * The highest level that was in force at any time of the look-back before `at`. That is a wait: a
 * lowering that is entered late makes it no shorter.
 */
export function highestWithin(
  { levels }: Pick<Context, 'levels'>,
  at: Instant,
  policy: PolicyReader,
): RiskLevel | null {
  const from = addMs(at, -elapsedMs(policy.duration('risk.lookBack')));
  const inForce = levels.filter((_, index) => {
    const next = levels[index + 1];
    return next === undefined || next.since.recordedAt > from;
  });
  return highestEver({ levels: inForce });
}

/** Whether the level of risk, now and in the look-back, is one at which people may meet. */
export function permitsMeeting(
  levels: Pick<Context, 'levels'>,
  at: Instant,
  policy: PolicyReader,
): boolean {
  const possible = policy.list('reconciliation.levels');
  const isPossible = (level: RiskLevel | null): boolean =>
    level !== null && possible.includes(level);
  return isPossible(currentLevel(levels)) && isPossible(highestWithin(levels, at, policy));
}

/** Since when the present level has been high or more; `null`: it is not. */
export function highSince({ levels }: Pick<Context, 'levels'>): string | null {
  const lastLow = levels.findLastIndex(({ level }) => !isHigh(level));
  return levels[lastLow + 1]?.since.occurredAt ?? null;
}

/** Whether the risk is, or ever was, high or more. */
export function isHigh(level: RiskLevel | null): boolean {
  return rank(level) >= rank('high');
}
