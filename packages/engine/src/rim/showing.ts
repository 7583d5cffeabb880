// What somebody is shown who may act in a case and not read it: that it was done, and nothing more.
import { SYSTEM_ROLE, type Actor } from '../actor.ts';
import type { CaseView } from '../case-view.ts';
import type { CaseType } from '../compiled.ts';
import { isGranted } from './deciding.ts';
import type { Outcome, Preview } from './ports.ts';
import type { Registry } from './registry.ts';

/** Whether someone is shown a case; the engine itself is, and nobody where that cannot be told. */
export function mayRead({ readers }: CaseType, context: unknown, actor: Actor): boolean {
  if (readers === undefined || actor.role === SYSTEM_ROLE) return true;
  try {
    return readers(context, actor);
  } catch {
    // What was done is done: an answer that shows less is better than none.
    return false;
  }
}

/** An outcome as its actor is shown it; worked out when it is looked at, which few callers do. */
export function shownTo<Shown extends Outcome | Preview>(
  registry: Registry,
  actor: Actor,
  command: string,
  outcome: Shown,
): Shown {
  if (outcome.kind !== 'accepted') return outcome;
  let shown: Accepted | undefined;
  const look = (): Accepted => (shown ??= acceptedFor(registry, actor, command, outcome));
  const { apart, repeated }: Flags = outcome;
  return {
    kind: outcome.kind,
    get events() {
      return look().events;
    },
    get case() {
      return look().case;
    },
    ...(apart && { apart }),
    ...(repeated && { repeated }),
  } as Shown;
}

/** What an acceptance shows. */
interface Accepted {
  readonly events: readonly ShownEvent[];
  readonly case: CaseView;
}

/** What an acceptance says beside that. */
interface Flags {
  readonly apart?: true;
  readonly repeated?: true;
}

function acceptedFor(
  registry: Registry,
  actor: Actor,
  command: string,
  outcome: Accepted,
): Accepted {
  const view = outcome.case;
  const caseType = registry.all.find(
    ({ name, version }) => name === view.caseType && version === view.version,
  );
  if (!caseType) return outcome;
  const isReader = mayRead(caseType, view.context, actor);
  const records = caseType.commands[command]?.records ?? [];
  const own = ['CaseOpened', 'EmergencyRecordedApart', ...[records].flat()];
  return {
    events: outcome.events
      .filter(({ type }) => isReader || own.includes(type))
      .map((event) => eventFor(caseType, actor, event)),
    case: isReader ? viewFor(caseType, actor, view) : outlineOf(view),
  };
}

/** What an event has that may have to be kept back. */
interface ShownEvent {
  readonly type: string;
  readonly data: unknown;
  readonly reads?: unknown;
}

/** Whether someone may see what a case has recorded: a reader, or whoever may give a command. */
export function maySeeHistory(caseType: CaseType, context: unknown, actor: Actor): boolean {
  if (caseType.readers !== undefined) return mayRead(caseType, context, actor);
  return Object.values(caseType.commands).some((spec) =>
    isGranted(spec, caseType, context as never, actor),
  );
}

/** An event as someone is shown it. Which other files were read says who else there is. */
export function eventFor<Shown extends ShownEvent>(
  caseType: CaseType,
  actor: Actor,
  event: Shown,
): Shown {
  const { readers, conceals } = caseType;
  if (actor.role === SYSTEM_ROLE || (!readers && !conceals)) return event;
  const { reads: _, ...rest } = event;
  return { ...rest, data: without(event.data, concealed(caseType, actor)) } as Shown;
}

/** A case as someone is shown it who may read it. */
export function viewFor(caseType: CaseType, actor: Actor, view: CaseView): CaseView {
  const names = concealed(caseType, actor);
  if (names?.length === 0) return view;
  const parts = view.parts.map((part) => ({ ...part, context: without(part.context, names) }));
  return { ...view, context: without(view.context, names), parts } as CaseView;
}

/** Names of the fields that are kept from someone; `undefined`: that cannot be told. */
function concealed({ conceals }: CaseType, actor: Actor): readonly string[] | undefined {
  if (conceals === undefined || actor.role === SYSTEM_ROLE) return [];
  try {
    return conceals(actor);
  } catch {
    return undefined;
  }
}

/** Plain data without the fields of these names, at any depth; without any where none are told. */
function without(value: unknown, names: readonly string[] | undefined): unknown {
  if (names === undefined) return {};
  if (names.length === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => without(one, names));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !names.includes(name))
      .map(([name, one]) => [name, without(one, names)]),
  );
}

/** Which case it is, and how far it has come, without a word of what stands in it. */
function outlineOf(view: CaseView): CaseView {
  return {
    caseId: view.caseId,
    caseType: view.caseType,
    version: view.version,
    policyVersion: view.policyVersion,
    position: view.position,
    recordedAt: view.recordedAt,
    openedAt: view.openedAt,
    value: {},
    states: [],
    context: {},
    parts: [],
    deadlines: [],
    deadlineCounts: { armed: 0, reached: 0, disarmed: 0, pending: 0 },
  };
}
