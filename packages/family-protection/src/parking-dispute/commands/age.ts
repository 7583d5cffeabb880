// The age at the incident as facts: derived when deciding, so that no date of birth is recorded.
import type { Calendar, Instant } from '@himaya/engine';
import type { z } from 'zod';
import type { ageBand } from '../fields.ts';

type Band = z.output<typeof ageBand>;

/** What is known of someone's age. */
export interface KnownAge {
  readonly born: string | undefined;
  readonly band: Band | undefined;
}

/** Full years between a date of birth and a local date, both `YYYY-MM-DD`. */
export function yearsBetween(born: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The band of a known age; a date of birth goes before what somebody appears to be. */
export function ageFacts(
  known: KnownAge,
  view: { readonly calendar: Calendar; readonly occurredAt: Instant },
): { readonly ageBand: Band; readonly isChild: boolean } {
  const band = known.born
    ? bandOf(yearsBetween(known.born, view.calendar.localDate(view.occurredAt)))
    : (known.band ?? 'unknown');
  return { ageBand: band, isChild: band === 'under15' || band === '15to17' };
}

function bandOf(years: number): Band {
  if (years < 15) return 'under15';
  return years < 18 ? '15to17' : 'adult';
}
