// Moving a case to another version of its procedure, as one recorded event.
import { foldDeadlines } from './deadline-fold.ts';
import { ForkedMap } from './forked-map.ts';
import { partKey, PartState } from './part.ts';
import type { CaseEvent } from './rule.ts';
import { viewsAfter } from './apply.ts';
import type { Draft, Pin } from './state.ts';
import type { MigrationState } from './case-type.ts';

/** The state of a draft as migrations see it. */
export function migrationState(draft: Draft): MigrationState {
  return {
    configuration: draft.chart.configuration,
    context: draft.chart.context,
    parts: [...draft.parts.values()].map(({ kind, id, snapshot }) => ({
      kind,
      id,
      configuration: snapshot.configuration,
      context: snapshot.context,
    })),
  };
}

/**
 * Moves `draft` to `pin`. Without a migration function for its version the configuration must
 * exist in the new chart. Deadlines that the new version does not know are disarmed, unless they are
 * overdue; those of new states are armed at this event.
 * @throws ChartError when the migrated configuration does not exist in the new version.
 */
export function migrateState(draft: Draft, pin: Pin, event: CaseEvent, position: number): void {
  const state = migrationState(draft);
  const migration = pin.caseType.migrations[draft.pin.caseType.version];
  const sameVersion = pin.caseType === draft.pin.caseType;
  const moved = migration && !sameVersion ? migration.migrate(state) : state;
  const old = draft.parts;
  draft.pin = pin;
  draft.chart = pin.caseType.chart.restore({
    configuration: moved.configuration,
    context: { ...moved.context },
  });
  draft.parts = new ForkedMap();
  for (const part of moved.parts) {
    const key = partKey(part.kind, part.id);
    draft.parts.set(key, movedPart(pin, part, old.get(key), event));
  }
  for (const arming of draft.deadlines.current) {
    const { name, part, status, dueAt } = arming;
    const kind = pin.caseType.deadlines[name]?.part;
    const known = kind === undefined ? part === '' : draft.parts.has(partKey(kind, part));
    const overdue = status === 'pending' && dueAt <= event.occurredAt;
    // What was overdue before the migration is a breach under the old version, and is recorded.
    if (!(pin.caseType.deadlines[name] && known) && !overdue) draft.deadlines.disarm(arming);
  }
  foldDeadlines(draft, event, position, viewsAfter(draft, event, {}));
}

function movedPart(
  pin: Pin,
  part: MigrationState['parts'][number],
  old: PartState | undefined,
  event: CaseEvent,
): PartState {
  const { occurredAt, recordedAt } = event;
  const compiled = pin.caseType.parts[part.kind];
  if (!compiled) {
    throw new RangeError(`The migration leaves a part of kind ${part.kind}, which is unknown.`);
  }
  const snapshot = compiled.chart.restore({
    configuration: part.configuration,
    context: { ...part.context },
  });
  const mark = { occurredAt, recordedAt, states: snapshot.configuration };
  const openedAt = old?.openedAt ?? { occurredAt, recordedAt };
  return new PartState(compiled, part.id, snapshot, openedAt, [...(old?.trail ?? []), mark]);
}
