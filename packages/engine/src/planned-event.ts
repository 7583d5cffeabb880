// An event that a decision wants recorded, with its data checked and as it will be read back.
import { Fault, isFault, plainCopy } from '@himaya/event-store';
import { z } from 'zod';
import type { CaseType } from './compiled.ts';
import { issuesOf } from './input-issue.ts';

/** An event with the data that will be recorded. */
export interface PlannedEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Checks the data of an event that `source` wants recorded. @throws Fault `decision-broken` */
export function plannedEvent(
  { events }: Pick<CaseType, 'events'>,
  source: string,
  event: { readonly type: string; readonly data: unknown },
): PlannedEvent {
  const schema = events[event.type];
  if (!schema) throw brokenDecision(source, `${event.type} is no event`);
  const parsed = z.safeParse(schema, event.data);
  if (!parsed.success) {
    const issues = issuesOf(parsed.error).map(({ en }) => en).join('; ');
    throw brokenDecision(source, `the data of ${event.type} is wrong: ${issues}`);
  }
  return { type: event.type, data: asRecorded(source, event.type, parsed.data) };
}

/**
 * The data as it will be read back: the live state is folded from what a replay will see, and
 * holds no object of a caller or port that could change later; nor may a rule that looks at it
 * before it is recorded change it.
 */
function asRecorded(source: string, type: string, data: unknown): PlannedEvent['data'] {
  try {
    return plainCopy(data) as PlannedEvent['data'];
  } catch (error) {
    if (!isFault(error, 'not-i-json')) throw error;
    throw brokenDecision(source, `the data of ${type} is wrong: ${error.found}`);
  }
}

/** The fault of a case type that decides what it may not. */
export function brokenDecision(source: string, found: string): Fault {
  return new Fault({
    code: 'decision-broken',
    attempted: `Cannot record what ${source} decides`,
    found,
    todo: 'Mend the case type; nothing was recorded',
  });
}
