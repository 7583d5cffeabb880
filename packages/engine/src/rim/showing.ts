// What somebody is shown who may act in a case and not read it: that it was done, and nothing more.
import type { Actor } from '../actor.ts';
import type { CaseView } from '../case-view.ts';
import type { CaseType } from '../compiled.ts';
import type { Outcome, Preview } from './ports.ts';
import type { Registry } from './registry.ts';

/** Whether someone is shown a case; the engine itself is, and nobody where that cannot be told. */
export function mayRead({ readers }: CaseType, context: unknown, actor: Actor): boolean {
  if (readers === undefined || actor.role === 'SYS') return true;
  try {
    return readers(context, actor);
  } catch {
    // What was done is done: an answer that shows less is better than none.
    return false;
  }
}

/** An outcome as its actor is shown it. */
export function shownTo<Shown extends Outcome | Preview>(
  registry: Registry,
  actor: Actor,
  command: string,
  outcome: Shown,
): Shown {
  if (outcome.kind !== 'accepted') return outcome;
  const view = outcome.case;
  const caseType = registry.all.find(
    ({ name, version }) => name === view.caseType && version === view.version,
  );
  if (!caseType || mayRead(caseType, view.context, actor)) return outcome;
  const records = caseType.commands[command]?.records ?? [];
  const own = ['CaseOpened', 'EmergencyRecordedApart', ...[records].flat()];
  type Shareable = { readonly type: string; readonly reads?: unknown };
  // Which other files were read says who else there is.
  const events = (outcome.events as readonly Shareable[])
    .filter(({ type }) => own.includes(type))
    .map(({ reads: _, ...event }) => event);
  return { ...outcome, events, case: outlineOf(view) };
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
