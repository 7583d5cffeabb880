// The procedures that the command knows: what it can fold, replay and explain.
import type { CaseType, Policy, RecordedEvent, Text } from '@himaya/engine';
import { redact, sensitiveFields } from '@himaya/engine';
import type { Speech } from './words.ts';

/** Case types and policies, all released versions side by side. */
export interface Definitions {
  readonly caseTypes: readonly CaseType[];
  readonly policies: readonly Policy[];
}

/** What stands for something that may not be shown. */
const WITHHELD = '«withheld»';
const MINUTES_PER_HOUR = 60;

/** The case type that an event was recorded under, if it is at hand. */
export function caseTypeOf({ caseTypes }: Definitions, procedure: string): CaseType | undefined {
  const pinned = procedure.split('+')[0];
  return caseTypes.find(({ name, version }) => `${name}@${version}` === pinned);
}

/** An event's data with sensitive fields replaced; all of it when its procedure is not at hand. */
export function shownData(definitions: Definitions, event: RecordedEvent): unknown {
  const caseType = caseTypeOf(definitions, event.procedure);
  if (!caseType) return WITHHELD;
  const schema = Object.hasOwn(caseType.events, event.type)
    ? caseType.events[event.type]
    : undefined;
  return schema ? redact(event.data, sensitiveFields(schema)) : event.data;
}

/** A free text that people wrote into an envelope: it may hold anything. */
export function shownText(text: string | undefined, isShown: boolean): string | undefined {
  return text === undefined || isShown ? text : WITHHELD;
}

/** A name with its label: `SiteVisitCompleted (site visit completed)`. */
export function labelled(
  labels: Readonly<Record<string, Text>> | undefined,
  name: string,
  { pick }: Speech,
): string {
  const label = labels && Object.hasOwn(labels, name) ? labels[name] : undefined;
  return label ? `${name} (${pick(label)})` : name;
}

/** A deadline's name with its label: `T-REFERRAL/bays (Partner accepts the referral)`. */
export function deadlineName(
  labels: Readonly<Record<string, Text>> | undefined,
  { code, part }: { readonly code: string; readonly part: string },
  { pick }: Speech,
): string {
  const name = part === '' ? code : `${code}/${part}`;
  const label = labels && Object.hasOwn(labels, code) ? labels[code] : undefined;
  return label ? `${name} (${pick(label)})` : name;
}

/** Writes instants in the local time of a policy's calendar, with its offset. */
export function localTime(
  { policies }: Definitions,
  policyVersion: string | undefined,
): (instant: string) => string {
  const policy = policies.find(({ version }) => version === policyVersion) ?? policies[0];
  const offset = policy?.calendar.utcOffsetMinutes ?? 0;
  const sign = offset < 0 ? '-' : '+';
  const two = (count: number): string => String(count).padStart(2, '0');
  const hours = two(Math.floor(Math.abs(offset) / MINUTES_PER_HOUR));
  const zone = `${sign}${hours}:${two(Math.abs(offset) % MINUTES_PER_HOUR)}`;
  return (instant) => {
    const local = new Date(Date.parse(instant) + offset * 60_000).toISOString();
    const seconds = local.slice(17, 19) === '00' ? '' : local.slice(16, 19);
    return `${local.slice(0, 10)} ${local.slice(11, 16)}${seconds}${zone}`;
  };
}
