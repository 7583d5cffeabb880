// options: who may do what in a case now, judged without inputs and without a word written.
import { isFault } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import { authored, whyOf } from '../authored.ts';
import { caseView } from '../case-view.ts';
import type { CommandSpec } from '../case-type.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import {
  blindCandidatesOf,
  candidatesOf,
  judgeOption,
  optionOf,
  type Candidate,
  type CommandOption,
  type Judged,
  type Judgement,
} from '../options.ts';
import { NO_READS, type ReadsView } from '../reads.ts';
import type { Violation } from '../rule.ts';
import { draftOf, type CaseState, type Draft } from '../state.ts';
import { unknownInput, type UnknownInput } from '../unknown-input.ts';
import { identify } from './call-parser.ts';
import { caughtUpTo } from './catch-up.ts';
import type { EngineContext } from './context.ts';
import { decideView, judgeAuthority, type Call, type DecisionTimes } from './deciding.ts';
import { isStoreFault } from './emergency-case.ts';
import { hostAnswer } from './host-wait.ts';
import type { CaseOptions, Engine, OptionsFilter } from './engine-api.ts';
import { readStreams } from './read-streams.ts';
import { mayRead, viewFor } from './showing.ts';

/** The id that stands for a command that is only thought of. */
const NO_COMMAND = '00000000000000000000000000';

/** See `Engine.options`. */
export async function caseOptions(
  context: EngineContext,
  caseId: string,
  claim: unknown,
  filter: OptionsFilter,
): ReturnType<Engine['options']> {
  const actor = await identify(context.options, claim);
  if (!actor) return { refused: [ENGINE_VIOLATIONS.AUTHENTICATION_FAILED] };
  const loaded = await context.loader.refresh(context.registry.streamOf(caseId));
  if (loaded.kind === 'none') return { refused: [ENGINE_VIOLATIONS.CASE_UNKNOWN] };
  if (loaded.kind === 'unfoldable') return { refused: [ENGINE_VIOLATIONS.CASE_READ_ONLY] };
  const draft = draftOf(caughtUpTo(context, loaded.state, true));
  const asker = new Asker(context, actor, draft);
  const done = new Set<string>();
  const isReader = mayRead(draft.pin.caseType, draft.chart.context, actor);
  const commands: CommandOption[] = [];
  const candidates = isReader ? candidatesOf : blindCandidatesOf;
  for (const candidate of candidates(draft, filter)) {
    const { name, spec } = candidate;
    if (done.has(name)) continue;
    const may = spec.emergency ? OPEN : await asker.mayGive(name, spec);
    if (isReader && may !== 'unjudged' && may.violations.length === 0) {
      commands.push(optionOf(candidate, await asker.judge(candidate)));
      continue;
    }
    // Of what is not theirs, people learn neither which parts it could be about nor what it waits for.
    done.add(name);
    const whole = { name, part: undefined };
    commands.push(optionOf(whole, may));
  }
  if (!isReader || !(await asker.mayGiveAny())) return { commands, deadlines: [] };
  const view = caseView(draft as CaseState);
  const shown = viewFor(draft.pin.caseType, actor, view);
  const answer: CaseOptions = { case: shown, commands, deadlines: view.deadlines };
  return answer;
}

const OPEN: Judgement = { violations: [], fields: [] };

/** Asks on behalf of one actor about one case. */
class Asker {
  readonly #context: EngineContext;
  readonly #actor: Actor;
  readonly #draft: Draft;
  readonly #times: DecisionTimes;
  readonly #host = new Map<string, boolean | readonly Violation[]>();
  readonly #known = new Map<string, Judged>();

  constructor(context: EngineContext, actor: Actor, draft: Draft) {
    this.#context = context;
    this.#actor = actor;
    this.#draft = draft;
    const recordedAt = context.clock.recordedAt(draft.head, true);
    this.#times = { occurredAt: recordedAt, recordedAt, claimedAt: undefined };
  }

  /** Whether the actor may give a command at all, whichever part it is about. */
  async mayGive(name: string, spec: CommandSpec): Promise<Judged> {
    const known = this.#known.get(name);
    if (known) return known;
    const judged = await this.#judged(name, () => this.#authority(name, spec, unknownInput({})));
    this.#known.set(name, judged);
    return judged;
  }

  /** What fails on one command is told, and keeps no other one from being judged. */
  async #judged(
    name: string,
    judge: () => Promise<Judgement>,
  ): Promise<Judged> {
    try {
      return await judge();
    } catch (error) {
      // What the store or the host does not answer for one, it answers for none.
      if (isStoreFault(error) || isFault(error, 'host-silent')) throw error;
      const message = `${name} cannot be judged: ${whyOf(error)}`;
      this.#context.alert({ code: 'option-not-judged', caseId: this.#draft.caseId, message });
      return 'unjudged';
    }
  }

  /** Duties, grants and the host, as far as they can be asked about an input. */
  async #authority(name: string, spec: CommandSpec, input: UnknownInput): Promise<Judgement> {
    const host = await this.#hostSays(name);
    const call = this.#call(name, spec, input);
    const barred = input.probe(() => judgeAuthority(call, this.#draft, host));
    if ('fields' in barred) return { violations: [], fields: barred.fields };
    return { violations: barred.result, fields: [] };
  }

  /** Whether there is a command that the actor may give here, emergencies left aside. */
  async mayGiveAny(): Promise<boolean> {
    for (const [name, spec] of Object.entries(this.#draft.pin.caseType.commands)) {
      if (spec.emergency) continue;
      const may = await this.mayGive(name, spec);
      if (may !== 'unjudged' && may.violations.length === 0) return true;
    }
    return false;
  }

  /** Judges one command about one part. */
  judge(candidate: Candidate): Promise<Judged> {
    return this.#judged(candidate.name, () => this.#judge(candidate));
  }

  async #judge(candidate: Candidate): Promise<Judgement> {
    const { name, spec, part } = candidate;
    if (spec.emergency) return OPEN;
    const input = unknownInput(part && spec.part ? { [spec.part.field]: part.id } : {});
    const may = await this.#authority(name, spec, input);
    if (may.violations.length > 0) return may;
    if (this.#draft.divergence) {
      return { violations: [ENGINE_VIOLATIONS.CASE_READ_ONLY], fields: [] };
    }
    const call = this.#call(name, spec, input);
    const asked = await input.ask(() => this.#lookUp(call));
    // What hangs on the input cannot be looked up, yet rules that do not ask for it can be judged.
    const later = 'fields' in asked ? input.behind(asked.fields) : undefined;
    const found = 'result' in asked ? asked.result : { reads: later as ReadsView, facts: later };
    if ('code' in found) return { violations: [found], fields: [] };
    const { reads, facts } = found;
    const view = decideView(call, this.#draft, this.#times, true, reads, facts);
    const frame = {
      ...this.#times,
      actor: this.#actor,
      lenient: spec.polarity === 'protective',
      options: { mode: 'decide' as const, reads },
    };
    const judged = authored(this.#draft.pin.caseType, name, () =>
      judgeOption(this.#draft, candidate, frame, view, input),
    );
    return { ...judged, fields: [...may.fields, ...judged.fields] };
  }

  async #lookUp(call: Call) {
    const found = await readStreams(this.#context, call, this.#draft, this.#times, true);
    if ('code' in found) return found;
    const view = decideView(call, this.#draft, this.#times, true, found.view, undefined);
    const { facts: fetch } = call.spec;
    const facts: unknown =
      fetch &&
      (await hostAnswer(this.#context.options, 'facts', call.command.name, () =>
        fetch(call.input as never, view),
      ));
    return { reads: call.spec.reads ? found.view : NO_READS, facts };
  }

  #call(name: string, spec: CommandSpec, input: UnknownInput): Call {
    const { value } = input;
    return {
      command: { id: NO_COMMAND, name, input: value },
      spec,
      input: value,
      actor: this.#actor,
    };
  }

  async #hostSays(command: string): Promise<boolean | readonly Violation[]> {
    const { options } = this.#context;
    const { authorise } = options;
    if (!authorise) return true;
    const known = this.#host.get(command);
    if (known !== undefined) return known;
    const { name: caseType } = this.#draft.pin.caseType;
    const request = { actor: this.#actor, command, caseType, case: caseView(this.#draft) };
    const answer = await hostAnswer(options, 'authorise', command, () => authorise(request));
    const said = answer ?? true;
    this.#host.set(command, said);
    return said;
  }
}
