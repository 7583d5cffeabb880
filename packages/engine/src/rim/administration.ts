// Acts about a case rather than in it: migration, and corrections of the engine's own deadlines.
import type { ParsedCommand } from '../command.ts';
import { z } from 'zod';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { migrateState } from '../migrate.ts';
import { planEvents } from '../decide.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { caseView } from '../case-view.ts';
import type { Actor } from '../actor.ts';
import { draftOf, type CaseState, type Draft, type Pin } from '../state.ts';
import { brokenInvariants, brokenViolation } from '../invariants.ts';
import { sortViolations, type Violation } from '../rule.ts';
import type { Text } from '../text.ts';
import { identify } from './call-parser.ts';
import { catchUp, migrationEvent } from './catch-up.ts';
import type { EngineContext } from './context.ts';
import type { DecisionTimes } from './deciding.ts';
import type { MigrationTarget } from './engine-api.ts';
import type { Outcome } from './ports.ts';
import { frameOf, groupOf, record, recordedEvents } from './recording.ts';
import { recordRefusal } from './refusing.ts';

/** Attempts against other writers. */
const ATTEMPTS_MAX = 8;

/** What is done, why, and whether it is a correction, which a wrong clock must not stop. */
interface Act {
  readonly name: string;
  readonly reason: string;
  readonly corrects: boolean;
}

type Planned =
  | { readonly draft: Draft; readonly events: readonly PlannedEvent[] }
  | { readonly refused: readonly Violation[] };

/** See `Engine.migrateCase`. */
export function migrateCase(
  context: EngineContext,
  caseId: string,
  target: MigrationTarget,
  claim: unknown,
): Promise<Outcome> {
  const act = { name: 'MigrateCase', reason: target.reason, corrects: false };
  return administer(context, caseId, act, claim, (state, times, actor) => {
    const pin = targetPin(context, state, target);
    if ('refused' in pin) return pin;
    const draft = draftOf(state);
    const event = migrationEvent(draft, pin, target.reason, times.occurredAt);
    migrateState(draft, pin, { ...event, ...times, actor }, state.head.position + 1);
    const broken = brokenInvariants(draft, 'throws');
    if (broken.length > 0) return { refused: sortViolations(broken.map(brokenViolation)) };
    return { draft, events: [event] };
  });
}

/** See `Engine.correctDeadline`. */
export function correctDeadline(
  context: EngineContext,
  caseId: string,
  deadline: { readonly code: string; readonly part?: string; readonly reason: string },
  claim: unknown,
): Promise<Outcome> {
  const act = { name: 'CorrectDeadline', reason: deadline.reason, corrects: true };
  return administer(context, caseId, act, claim, (state, times, actor) => {
    const { code, part = '' } = deadline;
    const arming = state.deadlines.current.find(
      (one) => one.code === code && one.part === part && one.status === 'reached',
    );
    if (!arming) return { refused: [ENGINE_VIOLATIONS.INVALID_TRANSITION] };
    const { name: of, position, dueAt } = arming;
    const correctedAt = times.claimedAt ?? times.occurredAt;
    const data = { name: of, code, part, arming: position, dueAt, correctedAt };
    const draft = draftOf(state);
    const frame = { ...times, actor, lenient: false, options: { mode: 'decide' as const } };
    const planned = planEvents(draft, [{ type: 'DeadlineReachedInError', data }], frame);
    if (planned.kind === 'refused') return { refused: planned.violations };
    return { draft, events: planned.events };
  });
}

type Plan = (state: CaseState, times: DecisionTimes, actor: Actor) => Planned;

/** Does what is asked, or refuses it on the record: also acts about cases are audited. */
async function administer(
  context: EngineContext,
  caseId: string,
  act: Act,
  claim: unknown,
  plan: Plan,
): Promise<Outcome> {
  const actor = await identify(context.options, claim);
  const outcome = actor
    ? await actAs(context, caseId, act, actor, plan)
    : refuse(ENGINE_VIOLATIONS.AUTHENTICATION_FAILED);
  if (outcome.kind !== 'refused') return outcome;
  const command = { id: context.ids.next(), name: act.name };
  await recordRefusal(context, actor, command, caseId, outcome.violations);
  return outcome;
}

async function actAs(
  context: EngineContext,
  caseId: string,
  act: Act,
  actor: Actor,
  plan: Plan,
): Promise<Outcome> {
  const { name, reason, corrects } = act;
  const administrators = context.options.administrators ?? [];
  if (!administrators.includes(actor.role)) return refuse(ENGINE_VIOLATIONS.NOT_PERMITTED);
  if (reason.trim() === '') {
    const issues: readonly Text[] = [{ en: 'reason: needed', ar: 'reason: مطلوب' }];
    return refuse({ ...ENGINE_VIOLATIONS.INPUT_INVALID, detail: { issues } });
  }
  for (let attempts = 1; attempts <= ATTEMPTS_MAX; attempts += 1) {
    const loaded = await context.loader.refresh(context.registry.streamOf(caseId));
    if (loaded.kind === 'none') return refuse(ENGINE_VIOLATIONS.CASE_UNKNOWN);
    if (loaded.kind === 'unfoldable') return refuse(ENGINE_VIOLATIONS.CASE_READ_ONLY);
    if (loaded.state.divergence) return refuse(ENGINE_VIOLATIONS.CASE_READ_ONLY);
    const caughtUp = await catchUp(context, loaded.state);
    if (caughtUp.kind === 'conflict') continue;
    const { state } = caughtUp;
    // A clock that ran ahead is why deadlines are corrected: the record's own head is then late.
    const recordedAt = context.clock.recordedAt(state.head, corrects);
    const claimedAt = context.clock.claim(state.head);
    const times = { occurredAt: recordedAt, recordedAt, claimedAt };
    const planned = plan(state, times, actor);
    if ('refused' in planned) return { kind: 'refused', violations: planned.refused };
    const command: ParsedCommand = { id: context.ids.next(), name, input: {}, reason };
    const call = { command, spec: ADMINISTRATION, input: {}, actor };
    const frame = frameOf(call, times, planned.draft, undefined);
    const groups = [groupOf(frame, planned.events)];
    const recorded = await record(context, planned.draft, state.head, groups, []);
    if (recorded.kind === 'recorded') {
      const events = recordedEvents(recorded.sealed);
      return { kind: 'accepted', events, case: caseView(recorded.state) };
    }
  }
  return { kind: 'conflict', attempts: ATTEMPTS_MAX };
}

/** The definition that administrative acts are framed by: they belong to no case type. */
const ADMINISTRATION = {
  input: z.unknown(),
  polarity: 'neutral',
  by: [],
  records: [],
} as const;

function targetPin(
  context: EngineContext,
  state: CaseState,
  { version, policyVersion }: MigrationTarget,
): Pin | { readonly refused: readonly Violation[] } {
  const { caseType, policy } = state.pin;
  const toType = context.registry.caseType(caseType.name, version ?? caseType.version);
  const toPolicy = context.registry.policy(policy.name, policyVersion ?? policy.version);
  const known = toType && toPolicy && (toType !== caseType || toPolicy !== policy);
  const later = context.registry.newerThan(caseType);
  if (known && (toType === caseType || later.includes(toType))) {
    return { caseType: toType, policy: toPolicy };
  }
  const issues: readonly Text[] = [{
    en: 'version or policyVersion: must name another registered version, no older one',
    ar: 'version أو policyVersion: يلزم إصدار آخر مسجل وليس أقدم',
  }];
  return { refused: [{ ...ENGINE_VIOLATIONS.INPUT_INVALID, detail: { issues } }] };
}

function refuse(violation: Violation): Outcome {
  return { kind: 'refused', violations: [violation] };
}
