// What someone may do now: each command judged as far as it can be without its input.
import { ruleView } from './apply.ts';
import type { CommandSpec, DecideView } from './case-type.ts';
import { planEvents, type DecisionFrame } from './decide.ts';
import type { PlannedEvent } from './planned-event.ts';
import { ENGINE_VIOLATIONS } from './engine-rules.ts';
import { explainCharts } from './explain-charts.ts';
import { judgeRules, violationOf } from './judge.ts';
import type { PartState } from './part.ts';
import { rulesOf, sortViolations, type CaseEvent, type Violation } from './rule.ts';
import { draftOf, type Draft } from './state.ts';
import type { UnknownInput } from './unknown-input.ts';

/** One command, for the case or for one of its parts. */
export interface CommandOption {
  readonly command: string;
  readonly part?: { readonly kind: string; readonly id: string };
  /** `unjudged`: a function of the case type failed on it, and people were told. */
  readonly status: 'open' | 'blocked' | 'depends' | 'unjudged';
  /** Of a blocked command: every rule that forbids it whatever the input is. */
  readonly violations: readonly Violation[];
  /** Of one that depends: the input fields that decide. */
  readonly fields: readonly string[];
}

/** Which commands, about which part. */
export interface OptionChoice {
  readonly commands?: readonly string[];
  readonly part?: { readonly kind: string; readonly id: string };
}

/** A command that may be possible, about a part or about the case. */
export interface Candidate {
  readonly name: string;
  readonly spec: CommandSpec;
  readonly part: PartState | undefined;
}

/** The commands of a case's type with the parts that each may be about. */
export function candidatesOf(draft: Draft, choice: OptionChoice): readonly Candidate[] {
  return Object.entries(draft.pin.caseType.commands).flatMap(([name, spec]) => {
    if (choice.commands && !choice.commands.includes(name)) return [];
    const { part: meant } = choice;
    const parts = partsOf(draft, spec).filter(
      (part) => !meant || (part?.kind === meant.kind && part.id === meant.id),
    );
    return parts.map((part) => ({ name, spec, part }));
  });
}

/** The same for someone who is not shown the case: which parts there are is in none of them. */
export function blindCandidatesOf(
  { pin }: Draft,
  { commands }: OptionChoice,
): readonly Candidate[] {
  return Object.entries(pin.caseType.commands)
    .filter(([name]) => !commands || commands.includes(name))
    .map(([name, spec]) => ({ name, spec, part: undefined }));
}

/** The parts a command may be about: those that live, or none when it opens one or is about none. */
function partsOf(draft: Draft, spec: CommandSpec): readonly (PartState | undefined)[] {
  const { part } = spec;
  if (!part) return [undefined];
  const living = [...draft.parts.values()].filter(
    ({ kind, snapshot }) => kind === part.kind && snapshot.status === 'active',
  );
  const opens = draft.pin.caseType.parts[part.kind]?.opens ?? [];
  const mayOpen = [spec.records].flat().some((event) => opens.includes(event));
  return mayOpen ? [undefined, ...living] : living;
}

/** What is known of a command before its input is: why it is forbidden, or the fields that decide. */
export interface Judgement {
  readonly violations: readonly Violation[];
  readonly fields: readonly string[];
}

/** A judgement, or that a function of the case type failed on the command. */
export type Judged = Judgement | 'unjudged';

/** What was judged as callers see it. */
export function optionOf(
  { name, part }: Omit<Candidate, 'spec'>,
  judged: Judged,
): CommandOption {
  const about = part ? { part: { kind: part.kind, id: part.id } } : {};
  if (judged === 'unjudged') {
    return { command: name, ...about, status: judged, violations: [], fields: [] };
  }
  const { violations, fields } = judged;
  return {
    command: name,
    ...about,
    status: violations.length > 0 ? 'blocked' : fields.length > 0 ? 'depends' : 'open',
    violations: sortViolations(violations),
    fields: violations.length > 0 ? [] : [...new Set(fields)],
  };
}

/** Judges a command that its sender may give. `frame.options.reads` is what it reads. */
export function judgeOption(
  draft: Draft,
  { spec, part }: Candidate,
  frame: DecisionFrame,
  view: DecideView,
  input: UnknownInput,
): Judgement {
  const wanted = wantedUnknown(spec, view, input);
  if ('refused' in wanted) return { violations: wanted.refused, fields: [] };
  const planned = wanted.sure
    ? input.probe(() => planEvents(draftOf(draft), wanted.events, frame))
    : { fields: [] };
  if ('result' in planned) {
    const { result } = planned;
    return { violations: result.kind === 'refused' ? result.violations : [], fields: [] };
  }
  const judged = wanted.events.map((event) =>
    judgeEvent(draft, { ...frame, ...event }, part, frame, input),
  );
  const [first, ...later] = judged as [Judgement, ...Judgement[]];
  if (wanted.sure && first.violations.length > 0) return first;
  if (wanted.sure) {
    // What comes later meets a state that only the input can tell.
    const unclear = later.some(({ violations }) => violations.length > 0);
    return { violations: [], fields: [...first.fields, ...(unclear ? planned.fields : [])] };
  }
  // Of several events it may record, one that is possible is enough for the command to be so.
  const open = judged.filter(({ violations }) => violations.length === 0);
  if (open.length === 0) {
    return { violations: judged.flatMap(({ violations }) => violations), fields: [] };
  }
  return { violations: [], fields: [...wanted.fields, ...open.flatMap(({ fields }) => fields)] };
}

interface Wanted {
  readonly events: readonly PlannedEvent[];
  /** Whether exactly these events would be recorded. */
  readonly sure: boolean;
  readonly fields: readonly string[];
}

function wantedUnknown(
  spec: CommandSpec,
  view: DecideView,
  input: UnknownInput,
): Wanted | { readonly refused: readonly Violation[] } {
  const declared = [spec.records].flat().map((type) => ({ type, data: input.value }));
  const { decide } = spec;
  if (!decide) return { events: declared, sure: true, fields: [] };
  const decided = input.probe(() => decide(input.value as never, view));
  if ('fields' in decided) return { events: declared, sure: false, fields: decided.fields };
  if ('refused' in decided.result) return decided.result;
  return { events: decided.result as readonly PlannedEvent[], sure: true, fields: [] };
}

function judgeEvent(
  draft: Draft,
  event: CaseEvent,
  part: PartState | undefined,
  { options }: DecisionFrame,
  input: UnknownInput,
): Judgement {
  const violations: Violation[] = [];
  const fields: string[] = [];
  const { caseType } = draft.pin;
  for (const rule of rulesOf(caseType.requires[event.type])) {
    const verdict = input.probe(() => judgeRules([rule], ruleView(draft, event, part, options)));
    if ('fields' in verdict) fields.push(...verdict.fields);
    else violations.push(...verdict.result);
  }
  const named = part && caseType.parts[part.kind]?.on.includes(event.type) ? [part] : [];
  const charts = input.probe(() => explainCharts(draft, event, named));
  if ('fields' in charts) return { violations, fields: [...fields, ...charts.fields] };
  for (const { explanation, view } of charts.result) {
    violations.push(...explanation.failed.map((verdict) => violationOf(verdict, view)));
  }
  const reacts = charts.result.some(({ explanation }) => explanation.outcome !== 'not-enabled');
  if (!reacts && !opensPart(draft, event) && violations.length === 0) {
    violations.push(ENGINE_VIOLATIONS.INVALID_TRANSITION);
  }
  return { violations, fields };
}

function opensPart(draft: Draft, event: CaseEvent): boolean {
  return Object.values(draft.pin.caseType.parts).some(({ opens }) => opens.includes(event.type));
}
