// options: who may do what in a case now, judged without inputs and without a word written.
import type { Actor } from '../actor.ts';
import { authored } from '../authored.ts';
import { caseView } from '../case-view.ts';
import type { CommandSpec } from '../case-type.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import {
  candidatesOf,
  judgeOption,
  optionOf,
  type Candidate,
  type CommandOption,
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
import type { CaseOptions, Engine, OptionsFilter } from './engine-api.ts';
import { readStreams } from './read-streams.ts';

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
  const draft = draftOf(caughtUpTo(context, loaded.state));
  const asker = new Asker(context, actor, draft);
  const barred = new Map<string, Judgement>();
  const commands: CommandOption[] = [];
  for (const candidate of candidatesOf(draft, filter)) {
    const { name, spec } = candidate;
    if (barred.has(name)) continue;
    const judged = spec.emergency ? OPEN : await asker.mayGive(name, spec);
    if (judged.violations.length === 0) {
      commands.push(optionOf(candidate, await asker.judge(candidate)));
      continue;
    }
    // Of a command that is not theirs, people do not learn which parts it could be about.
    barred.set(name, judged);
    commands.push(optionOf({ name, part: undefined }, judged));
  }
  if (!(await asker.mayGiveAny())) return { commands, deadlines: [] };
  const view = caseView(draft as CaseState);
  const answer: CaseOptions = { case: view, commands, deadlines: view.deadlines };
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
  readonly #known = new Map<string, Judgement>();

  constructor(context: EngineContext, actor: Actor, draft: Draft) {
    this.#context = context;
    this.#actor = actor;
    this.#draft = draft;
    const recordedAt = context.clock.recordedAt(draft.head, true);
    this.#times = { occurredAt: recordedAt, recordedAt, claimedAt: undefined };
  }

  /** Whether the actor may give a command at all, whichever part it is about. */
  async mayGive(name: string, spec: CommandSpec): Promise<Judgement> {
    const known = this.#known.get(name);
    if (known) return known;
    const judged = await this.#authority(name, spec, unknownInput({}));
    this.#known.set(name, judged);
    return judged;
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
      const { violations } = await this.mayGive(name, spec);
      if (violations.length === 0) return true;
    }
    return false;
  }

  /** Judges one command about one part. */
  async judge(candidate: Candidate): Promise<Judgement> {
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
    const facts = (await call.spec.facts?.(call.input as never, view)) as unknown;
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
    const { authorise } = this.#context.options;
    if (!authorise) return true;
    const known = this.#host.get(command);
    if (known !== undefined) return known;
    const { name: caseType } = this.#draft.pin.caseType;
    const request = { actor: this.#actor, command, caseType, case: caseView(this.#draft) };
    const said = (await authorise(request)) ?? true;
    this.#host.set(command, said);
    return said;
  }
}
