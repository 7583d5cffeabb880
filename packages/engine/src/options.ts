// What someone may do now: each command judged as far as it can be without its input.
import type { ChartEvent, Explanation } from '@himaya/statechart';
import { factsOf, ruleView } from './apply.ts';
import type { CommandSpec, DecideView } from './case-type.ts';
import { ENGINE_VIOLATIONS } from './engine-rules.ts';
import { judgeRules, violationOf } from './judge.ts';
import type { PartState } from './part.ts';
import { rulesOf, sortViolations, type CaseEvent, type Violation } from './rule.ts';
import type { Draft } from './state.ts';
import { unknownInput, type UnknownInput } from './unknown-input.ts';

/** One command, for the case or for one of its parts. */
export interface CommandOption {
  readonly command: string;
  readonly part?: { readonly kind: string; readonly id: string };
  readonly status: 'open' | 'blocked' | 'depends';
  /** Of a blocked command: every rule that forbids it whatever the input is. */
  readonly violations: readonly Violation[];
  /** Of one that depends: the input fields that decide. */
  readonly fields: readonly string[];
}

/** What judging a command without its input needs from outside. */
export interface OptionFrame {
  /** The candidate event, with data that may be unknown. */
  readonly event: (type: string, data: unknown) => CaseEvent;
  /** Duties, grants and the host's say. */
  readonly authority: (name: string, spec: CommandSpec, input: unknown) => readonly Violation[];
  readonly view: (name: string) => DecideView;
}

/** Which commands, about which part. */
export interface OptionChoice {
  readonly commands?: readonly string[];
  readonly part?: { readonly kind: string; readonly id: string };
}

/** Judges every command of the case's type that does not open another case. */
export function commandOptions(
  draft: Draft,
  frame: OptionFrame,
  choice: OptionChoice,
): readonly CommandOption[] {
  return Object.entries(draft.pin.caseType.commands).flatMap(([name, spec]) => {
    if (choice.commands && !choice.commands.includes(name)) return [];
    const parts = partsOf(draft, spec);
    if (choice.part) {
      const { kind, id } = choice.part;
      const meant = parts.filter((part) => part?.kind === kind && part.id === id);
      return meant.map((part) => optionOf(draft, frame, name, spec, part));
    }
    return parts.map((part) => optionOf(draft, frame, name, spec, part));
  });
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

interface Judgement {
  readonly violations: readonly Violation[];
  readonly fields: readonly string[];
}

function optionOf(
  draft: Draft,
  frame: OptionFrame,
  name: string,
  spec: CommandSpec,
  part: PartState | undefined,
): CommandOption {
  const known = part && spec.part ? { [spec.part.field]: part.id } : {};
  const input = unknownInput(known);
  const { violations, fields } = judgeOption(draft, frame, name, spec, part, input);
  return {
    command: name,
    ...(part ? { part: { kind: part.kind, id: part.id } } : {}),
    status: violations.length > 0 ? 'blocked' : fields.length > 0 ? 'depends' : 'open',
    violations: sortViolations(violations),
    fields: violations.length > 0 ? [] : [...new Set(fields)],
  };
}

function judgeOption(
  draft: Draft,
  frame: OptionFrame,
  name: string,
  spec: CommandSpec,
  part: PartState | undefined,
  input: UnknownInput,
): Judgement {
  if (spec.emergency) return { violations: [], fields: [] };
  const barred = input.probe(() => frame.authority(name, spec, input.value));
  if ('result' in barred && barred.result.length > 0) {
    return { violations: barred.result, fields: [] };
  }
  const first = 'fields' in barred ? barred.fields : [];
  const events = wantedUnknown(frame, name, spec, input);
  if ('refused' in events) return { violations: events.refused, fields: first };
  const judged = events.types.map(({ type, data }) =>
    judgeEvent(draft, frame.event(type, data), part, input),
  );
  const open = judged.filter(({ violations }) => violations.length === 0);
  // Of several events it may record, one that is possible is enough for the command to be so.
  const decides = events.sure
    ? judged.some(({ violations }) => violations.length > 0)
    : open.length === 0;
  if (decides) return { violations: judged.flatMap(({ violations }) => violations), fields: [] };
  return {
    violations: [],
    fields: [...first, ...events.fields, ...open.flatMap((j) => j.fields)],
  };
}

interface Wanted {
  readonly types: readonly { readonly type: string; readonly data: unknown }[];
  /** Whether exactly these events would be recorded. */
  readonly sure: boolean;
  readonly fields: readonly string[];
}

function wantedUnknown(
  frame: OptionFrame,
  name: string,
  spec: CommandSpec,
  input: UnknownInput,
): Wanted | { readonly refused: readonly Violation[] } {
  const declared = [spec.records].flat().map((type) => ({ type, data: input.value }));
  const { decide } = spec;
  if (!decide) return { types: declared, sure: true, fields: [] };
  const decided = input.probe(() => decide(input.value as never, frame.view(name)));
  if ('fields' in decided) return { types: declared, sure: false, fields: decided.fields };
  if ('refused' in decided.result) return decided.result;
  return { types: decided.result, sure: true, fields: [] };
}

function judgeEvent(
  draft: Draft,
  event: CaseEvent,
  part: PartState | undefined,
  input: UnknownInput,
): Judgement {
  const violations: Violation[] = [];
  const fields: string[] = [];
  for (const rule of rulesOf(draft.pin.caseType.requires[event.type])) {
    const verdict = input.probe(() => judgeRules([rule], ruleView(draft, event, part)));
    if ('fields' in verdict) fields.push(...verdict.fields);
    else violations.push(...verdict.result);
  }
  const charts = input.probe(() => explainAll(draft, event, part));
  if ('fields' in charts) return { violations, fields: [...fields, ...charts.fields] };
  const refusing = charts.result.flatMap(({ candidates }) =>
    candidates.filter(({ selected }) => selected).flatMap(({ rules }) => rules),
  );
  for (const verdict of refusing) {
    if (!verdict.holds) violations.push(violationOf(verdict, event, draft, {}));
  }
  const reacts = charts.result.some(({ outcome }) => outcome !== 'not-enabled');
  if (!reacts && !opensPart(draft, event) && violations.length === 0) {
    violations.push(ENGINE_VIOLATIONS.INVALID_TRANSITION);
  }
  return { violations, fields };
}

function explainAll(
  draft: Draft,
  event: CaseEvent,
  part: PartState | undefined,
): readonly Explanation[] {
  const chartEvent = event as unknown as ChartEvent;
  const { caseType } = draft.pin;
  const ofCase = caseType.chart.explain(draft.chart, chartEvent, factsOf(draft, undefined, {}));
  const hearing = [...draft.parts.values()].filter(
    ({ kind }) => caseType.parts[kind]?.hears?.includes(event.type) ?? false,
  );
  const named = part && caseType.parts[part.kind]?.on.includes(event.type) ? [part] : [];
  return [...named, ...hearing].reduce<readonly Explanation[]>(
    (found, one) => [
      ...found,
      one.chart.explain(one.snapshot, chartEvent, factsOf(draft, one, {})),
    ],
    [ofCase],
  );
}

function opensPart(draft: Draft, event: CaseEvent): boolean {
  return Object.values(draft.pin.caseType.parts).some(({ opens }) => opens.includes(event.type));
}
