// The procedures that the command knows, and how it shows what was recorded under them.
import type { CaseType, CaseView, Check, Policy, RecordedEvent, Text } from '@himaya/engine';
import { redact, sensitiveFields } from '@himaya/engine';
import type { Speech } from './words.ts';

/** Case types and policies, all released versions side by side. */
export interface Definitions {
  readonly caseTypes: readonly CaseType[];
  readonly policies: readonly Policy[];
  /** What is checked of a case type, by its name. */
  readonly checks?: Readonly<Record<string, readonly Check[]>>;
  /** States of a case type, and of its parts after their kind, in which something is over. */
  readonly ends?: Readonly<Record<string, readonly string[]>>;
}

type Labels = Readonly<Record<string, Text>>;

/** What stands for something that may not be shown. */
const WITHHELD = '«withheld»';
const MINUTES_PER_HOUR = 60;

/** The case type that an event was recorded under, if it is at hand. */
export function caseTypeOf({ caseTypes }: Definitions, procedure: string): CaseType | undefined {
  const pinned = procedure.split('+')[0];
  return caseTypes.find(({ name, version }) => `${name}@${version}` === pinned);
}

/** The case type of a case as it is seen now. */
export function caseTypeOfView(
  { caseTypes }: Definitions,
  view: Pick<CaseView, 'caseType' | 'version'> | undefined,
): CaseType | undefined {
  return caseTypes.find(({ name, version }) => name === view?.caseType && version === view.version);
}

/**
 * An event's data with sensitive fields replaced. All of it is, where nothing says which are
 * sensitive: its procedure is not at hand, or does not know the event.
 */
export function shownData(
  definitions: Definitions,
  event: RecordedEvent,
  { engineEvent }: Speech,
): unknown {
  const caseType = caseTypeOf(definitions, event.procedure);
  if (!caseType) return WITHHELD;
  const { events } = caseType;
  const schema = Object.hasOwn(events, event.type) ? events[event.type] : undefined;
  if (schema) return redact(event.data, sensitiveFields(schema));
  return engineEvent(event.type) === undefined ? WITHHELD : event.data;
}

/** A case's context with sensitive fields replaced; all of it when its procedure is not at hand. */
export function shownContext(definitions: Definitions, view: CaseView): unknown {
  const caseType = caseTypeOfView(definitions, view);
  if (!caseType) return WITHHELD;
  return redact(view.context, sensitiveFields(caseType.contextSchema));
}

/** A free text that people wrote into an envelope: it may hold anything. */
export function shownText(text: string | undefined, isShown: boolean): string | undefined {
  return text === undefined || isShown ? text : WITHHELD;
}

/** A name with its label: `SiteVisitCompleted (Site visit completed)`. */
export function labelled(labels: Labels | undefined, name: string, { pick }: Speech): string {
  const label = labels && Object.hasOwn(labels, name) ? labels[name] : undefined;
  return label ? `${name} (${pick(label)})` : name;
}

/** The label of a name, in place of it where it has one. */
export function labelOf(
  labels: Labels | undefined,
  name: string,
  { pick, engineEvent }: Speech,
): string {
  const label = labels && Object.hasOwn(labels, name) ? labels[name] : undefined;
  return label ? pick(label) : (engineEvent(name) ?? name);
}

/** A name that reads as English by itself: it has its label in other languages only. */
export function named(labels: Labels | undefined, name: string, speech: Speech): string {
  return speech.language === 'en' ? name : labelled(labels, name, speech);
}

/** The name of an event, be it of the case type or the engine's own. */
export function eventName(caseType: CaseType | undefined, type: string, speech: Speech): string {
  const known = labelled(caseType?.labels.events, type, speech);
  return known === type ? (speech.engineEvent(type) ?? type) : known;
}

/** The name of a recorded event; the engine's own events of a deadline name it too. */
export function recordedName(
  caseType: CaseType | undefined,
  { type, data }: Pick<RecordedEvent, 'type' | 'data'>,
  speech: Speech,
): string {
  const name = eventName(caseType, type, speech);
  if (!caseType || Object.hasOwn(caseType.events, type)) return name;
  const { code, part } = (data ?? {}) as { readonly code?: unknown; readonly part?: unknown };
  if (!type.startsWith('Deadline') || typeof code !== 'string') return name;
  const deadline = { code, part: typeof part === 'string' ? part : '' };
  return `${name} ${deadlineName(caseType.labels.deadlines, deadline, speech)}`;
}

/** States by their paths, each with its label. */
export function stateNames(
  caseType: CaseType | undefined,
  states: readonly string[],
  speech: Speech,
): string {
  return states.map((state) => labelled(caseType?.labels.states, state, speech)).join(speech.comma);
}

/** Where a case stands, each region by its label: `Complaint: Open`. */
export function regionStates(
  caseType: CaseType | undefined,
  states: readonly string[],
  speech: Speech,
): readonly string[] {
  const labels = caseType?.labels.states;
  const [root] = caseType?.chart.structure.nodes ?? [];
  // Without regions side by side a state is told by itself.
  if (root?.kind !== 'parallel') {
    return [`${speech.say('states')}: ${labelsOf(labels, states, speech).join(speech.comma)}`];
  }
  const regions = new Map<string, string[]>();
  for (const state of states) {
    const region = state.split('.', 1)[0] as string;
    regions.set(region, [...(regions.get(region) ?? []), state]);
  }
  return [...regions].map(([region, own]) => {
    const name = labelOf(labels, region, speech);
    return `${name}: ${labelsOf(labels, own, speech).join(speech.comma)}`;
  });
}

function labelsOf(
  labels: Labels | undefined,
  states: readonly string[],
  speech: Speech,
): readonly string[] {
  return states.map((state) => labelOf(labels, state, speech));
}

/** States of a part. */
export function partStates(
  caseType: CaseType | undefined,
  kind: string,
  states: readonly string[],
  { language, pick, comma }: Speech,
): string {
  const labels: Labels = caseType?.labels.states ?? {};
  const name = (state: string): string => {
    const label = labels[`${kind}.${state}`];
    return label && language !== 'en' ? `${state} (${pick(label)})` : state;
  };
  return states.map(name).join(comma);
}

/** A part by kind and id. Its label comes first: a line that it begins runs in its direction. */
export function partName(
  caseType: CaseType | undefined,
  { kind, id }: { readonly kind: string; readonly id: string },
  { language, pick }: Speech,
): string {
  const label = caseType?.labels.parts[kind];
  return label && language !== 'en' ? `${pick(label)} (${kind}/${id})` : `${kind}/${id}`;
}

/** A deadline's name with its label: `T-REFERRAL/bays (Partner accepts the referral)`. */
export function deadlineName(
  labels: Labels | undefined,
  { code, part }: { readonly code: string; readonly part: string },
  { pick }: Speech,
): string {
  const name = part === '' ? code : `${code}/${part}`;
  const label = labels && Object.hasOwn(labels, code) ? labels[code] : undefined;
  return label ? `${name} (${pick(label)})` : name;
}

/**
 * Writes instants in the local time of the calendar of a case type's policy, with its offset. Policies
 * of two procedures may share a version: the name tells them apart.
 */
export function localTime(
  { policies }: Definitions,
  caseType: CaseType | undefined,
  policyVersion: string | undefined,
): (instant: string) => string {
  const own = policies.filter(({ name }) => name === (caseType?.policy ?? name));
  const policy = own.find(({ version }) => version === policyVersion) ?? own[0];
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
