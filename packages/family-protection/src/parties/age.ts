// The age at the incident as facts: derived when deciding, so that no date of birth is recorded.
import type { DecideView, Instant } from '@himaya/engine';
import type { z } from 'zod';
import type { ageBand } from '../fields.ts';

type Band = z.output<typeof ageBand>;

/** What is known of someone's age. */
export interface KnownAge {
  readonly born: string | undefined;
  readonly band: Band | undefined;
}

/** What is recorded of someone's age. */
export interface AgeFacts {
  readonly ageBand: Band;
  readonly isChild: boolean;
  /** The instant for which a date of birth gave the band. */
  readonly ageAt?: Instant;
}

type AgeView = Pick<DecideView, 'calendar' | 'policy' | 'occurredAt'>;

/** Full years between a date of birth and a local date, both `YYYY-MM-DD`. */
export function yearsBetween(born: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The band at the incident; a date of birth goes before what somebody appears to be. */
export function ageFacts(
  { born, band }: KnownAge,
  incident: { readonly incidentAt: string } | null,
  view: AgeView,
): AgeFacts {
  if (born === undefined) return withBand(band ?? 'unknown');
  const incidentAt = (incident?.incidentAt ?? view.occurredAt) as Instant;
  const ageAt = incidentAt < view.occurredAt ? incidentAt : view.occurredAt;
  const years = yearsBetween(born, view.calendar.localDate(ageAt));
  return { ...withBand(bandOf(years, view)), ageAt };
}

function withBand(band: Band): AgeFacts {
  return { ageBand: band, isChild: band === 'under15' || band === '15to17' };
}

function bandOf(years: number, { policy }: AgeView): Band {
  if (years < policy.number('age.responsibility')) return 'under15';
  return years < policy.number('age.majority') ? '15to17' : 'adult';
}
