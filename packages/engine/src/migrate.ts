// Moving a case to another version of its procedure, as one recorded event.
import { Fault } from '@himaya/event-store';
import { foldDeadlines } from './deadline-fold.ts';
import { ForkedMap } from './forked-map.ts';
import { partKey, PartState } from './part.ts';
import type { CaseEvent } from './rule.ts';
import { viewsAfter } from './apply.ts';
import type { Draft, Pin } from './state.ts';
import type { MigrationSpec, MigrationState, TimerPolicy } from './case-type.ts';
import type { Arming } from './deadline-ledger.ts';
import type { Instant } from './instant.ts';

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

/** A pending deadline that a migration finds, and what becomes of it. */
export interface ImpactedTimer {
  readonly code: string;
  readonly part: string;
  readonly policy: TimerPolicy;
}

/** The pending deadlines that moving `draft` to `pin` at `at` finds, first due first. */
export function impactedTimers(draft: Draft, pin: Pin, at: Instant): readonly ImpactedTimer[] {
  const parts = partKeys(movedState(draft, pin));
  return draft.deadlines.pending.map((arming) => {
    const { code, part } = arming;
    return { code, part, policy: policyOf(draft.pin, pin, parts, arming, at) };
  });
}

/**
 * Moves `draft` to `pin`. Without a migration function for its version the configuration must
 * exist in the new chart. Pending deadlines are kept, started again or dropped as the migration
 * says; those of new states are armed at this event.
 * @throws ChartError when the migrated configuration does not exist in the new version.
 */
export function migrateState(draft: Draft, pin: Pin, event: CaseEvent, position: number): void {
  const moved = movedState(draft, pin);
  const parts = partKeys(moved);
  const old = draft.parts;
  const from = draft.pin;
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
    const policy = policyOf(from, pin, parts, arming, event.occurredAt);
    // One that was reached is a breach already: starting it again would take that back.
    const restarts = policy === 'restart' && arming.status === 'pending';
    if (policy === 'drop' || restarts) draft.deadlines.disarm(arming);
  }
  foldDeadlines(draft, event, position, viewsAfter(draft, event, {}));
}

/** What a draft becomes under `pin`; itself where only the policy is another one. */
function movedState(draft: Draft, pin: Pin): MigrationState {
  const state = migrationState(draft);
  const migration = migrationFrom(draft.pin, pin);
  return migration ? migration.migrate(state) : state;
}

function migrationFrom(from: Pin, { caseType }: Pin): MigrationSpec | undefined {
  return caseType === from.caseType ? undefined : caseType.migrations[from.caseType.version];
}

function partKeys({ parts }: MigrationState): ReadonlySet<string> {
  return new Set(parts.map(({ kind, id }) => partKey(kind, id)));
}

function policyOf(
  from: Pin,
  to: Pin,
  parts: ReadonlySet<string>,
  { name, part, status, dueAt }: Arming,
  at: Instant,
): TimerPolicy {
  // What was overdue before the migration is a breach under the old version, and is recorded.
  if (status === 'pending' && dueAt <= at) return 'keep';
  const spec = to.caseType.deadlines[name];
  if (!spec) return 'drop';
  const isThere = spec.part === undefined ? part === '' : parts.has(partKey(spec.part, part));
  if (!isThere) return 'drop';
  return migrationFrom(from, to)?.timers?.[name] ?? 'keep';
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
    throw new Fault({
      code: 'migration-broken',
      attempted: `Cannot move a case to ${pin.caseType.name}@${pin.caseType.version}`,
      found: `the migration leaves a part of kind ${part.kind}, which that version does not have`,
      todo: 'Let it turn such parts into others, or leave them out',
    });
  }
  const snapshot = compiled.chart.restore({
    configuration: part.configuration,
    context: { ...part.context },
  });
  const mark = { occurredAt, recordedAt, states: snapshot.configuration };
  const openedAt = old?.openedAt ?? { occurredAt, recordedAt };
  return new PartState(compiled, part.id, snapshot, openedAt, [...(old?.trail ?? []), mark]);
}
