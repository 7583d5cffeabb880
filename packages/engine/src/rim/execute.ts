// The straight line of a command: parse, authenticate, load, catch up, authorise, decide, append.
import type { Actor } from '../actor.ts';
import type { ParsedCommand } from '../command.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import type { Violation } from '../rule.ts';
import type { CaseState } from '../state.ts';
import { identify, type Envelope } from './call-parser.ts';
import { catchUpFor } from './catch-up.ts';
import type { EngineContext } from './context.ts';
import { decideCommand, targetOf, type Decided, type Target } from './decision.ts';
import { EmergencyLane } from './emergency.ts';
import { acceptedOutcome, refused, type Refused } from './outcomes.ts';
import type { ExecuteOptions, Outcome } from './ports.ts';
import { recordedOutcome } from './recorded-outcome.ts';
import { frameOf, groupOf, record } from './recording.ts';
import { recordRefusal } from './refusing.ts';
import { shownTo } from './showing.ts';
import { StreamQueue } from './stream-queue.ts';

/** Times a command that lost against another writer is decided again. */
export const ATTEMPTS_MAX = 8;

type Attempt = Outcome | { readonly kind: 'again' };

/** Gives commands to cases. */
export class Executor {
  readonly #context: EngineContext;
  readonly #queue = new StreamQueue();
  readonly #emergency: EmergencyLane;

  constructor(context: EngineContext) {
    this.#context = context;
    this.#emergency = new EmergencyLane(context);
  }

  /** See `Engine.execute`. */
  async execute(
    parsed: Envelope,
    claim: unknown,
    options: ExecuteOptions = {},
  ): Promise<Outcome> {
    return this.executeAs(parsed, await identify(this.#context.options, claim), options);
  }

  /** The line of a sender who is identified: by the host, or the engine itself by its reactions. */
  async executeAs(
    parsed: Envelope,
    actor: Actor | undefined,
    options: ExecuteOptions = {},
  ): Promise<Outcome> {
    if (parsed.kind === 'refused') return this.#refuse(actor, undefined, [parsed.violation]);
    const { command } = parsed;
    if (!actor) return this.#refuse(actor, command, [ENGINE_VIOLATIONS.AUTHENTICATION_FAILED]);
    const outcome = await this.#executed(command, actor, options);
    return shownTo(this.#context.registry, actor, command.name, outcome);
  }

  async #executed(
    command: ParsedCommand,
    actor: Actor,
    options: ExecuteOptions,
  ): Promise<Outcome> {
    if (this.#emergency.concerns(command)) {
      const done = await this.#emergency.execute(command, actor, options);
      if (done.kind !== 'not-emergency') {
        return done.kind === 'refused' ? this.#refuse(actor, command, done.violations) : done;
      }
    }
    const target = targetOf(this.#context, command);
    if ('violation' in target) return this.#refuse(actor, command, [target.violation]);
    const line = (own: ParsedCommand, where: Target): Promise<Outcome> =>
      this.#queue.run(where.stream, () => this.#line(own, actor, where, options));
    const { opening } = target;
    const outcome = opening?.commands[command.name]?.emergency
      ? await this.#emergency.open(command, actor, opening, options, line)
      : await line(command, target);
    return outcome.kind === 'refused'
      ? this.#refuse(actor, command, outcome.violations)
      : outcome;
  }

  async #line(
    command: ParsedCommand,
    actor: Actor,
    target: Target,
    options: ExecuteOptions,
  ): Promise<Outcome> {
    let fresh = false;
    for (let attempts = 1; attempts <= ATTEMPTS_MAX; attempts += 1) {
      if (options.signal?.aborted) return { kind: 'conflict', attempts: attempts - 1 };
      const attempt = await this.#attempt(command, actor, target, fresh);
      if (attempt.kind !== 'again') return attempt;
      fresh = true;
      this.#context.telemetry.conflict(command.name);
    }
    return { kind: 'conflict', attempts: ATTEMPTS_MAX };
  }

  async #attempt(
    command: ParsedCommand,
    actor: Actor,
    target: Target,
    fresh: boolean,
  ): Promise<Attempt> {
    const { loader } = this.#context;
    const loaded = await (fresh ? loader.refresh(target.stream) : loader.load(target.stream));
    if (loaded.kind === 'unfoldable') {
      const message = `case in ${loaded.stream} cannot be folded: ${loaded.reason}`;
      this.#context.alert({ code: 'case-unfoldable', message });
      return refused([ENGINE_VIOLATIONS.CASE_READ_ONLY]);
    }
    const state = loaded.kind === 'case' ? loaded.state : undefined;
    const cached = loaded.kind === 'case' && loaded.fromCache;
    const known = state && (await recordedOutcome(this.#context, state, command, actor));
    if (known) return known;
    const current = state && (await this.#caughtUpState(state, command.name));
    if (current === 'again') return { kind: 'again' };
    if (current && (command.expectedPosition ?? current.lastForeign) < current.lastForeign) {
      return { kind: 'conflict', attempts: 1 };
    }
    const decided = await decideCommand(this.#context, command, actor, target, current);
    // What a cached state forbids may be allowed by what others have recorded since: look again.
    const unchecked = cached && current !== undefined && current === state;
    if (decided.kind === 'refused' && unchecked && (await this.#hasMoved(current))) {
      return { kind: 'again' };
    }
    return decided.kind === 'decided' ? this.#record(decided, current) : decided;
  }

  async #hasMoved(state: CaseState): Promise<boolean> {
    const { head } = await this.#context.store.readStream(state.stream, state.head.position, 1);
    return head !== 'none' && head.position > state.head.position;
  }

  async #caughtUpState(state: CaseState, command: string): Promise<CaseState | 'again'> {
    const done = await catchUpFor(this.#context, state, command);
    return done.kind === 'conflict' ? 'again' : done.state;
  }

  async #record(decided: Decided, state: CaseState | undefined): Promise<Attempt> {
    const { call, draft, times, reads, events } = decided;
    const group = groupOf(frameOf(call, times, draft, reads.entries), events);
    // What protects a person waits for no other stream: what it read may have moved.
    const waits = call.spec.polarity !== 'protective';
    const together = this.#context.store.capabilities.multiStreamAppend && waits;
    const unchanged = together ? reads.unchanged : [];
    const recorded = await record(this.#context, draft, state?.head, [group], unchanged);
    if (recorded.kind === 'conflict') return { kind: 'again' };
    for (const message of decided.alerts) {
      this.#context.alert({ code: 'consequence-left-out', caseId: draft.caseId, message });
    }
    return acceptedOutcome(recorded.sealed, recorded.state);
  }

  async #refuse(
    actor: Actor | undefined,
    command: ParsedCommand | undefined,
    violations: readonly Violation[],
  ): Promise<Refused> {
    const id = command?.id ?? this.#context.ids.next();
    const named = { id, name: command?.name ?? 'unreadable' };
    await recordRefusal(this.#context, actor, named, command?.caseId, violations);
    return refused(violations);
  }
}
