// Rules: named pure predicates with a code, both languages, a citation and what a refusal may say.
import { factsOf, RULES, type GuardRule } from '@himaya/statechart';
import type { Calendar } from './calendar.ts';
import type { Moment } from './instant.ts';
import { order } from './ordering.ts';
import type { Actor } from './actor.ts';
import type { PartsView, PartView } from './part.ts';
import type { Citation, PolicyReader } from './policy.ts';
import type { ReadsView } from './reads.ts';
import type { Text } from './text.ts';

/** An event as rules and charts see it. */
export interface CaseEvent<Type extends string = string, Data = unknown> extends Moment {
  readonly type: Type;
  readonly data: Data;
  readonly actor: Actor;
}

/** Everything a rule may look at. All of it is in the record, so replay judges the same. */
export interface RuleView<Context = unknown, Event = CaseEvent> {
  readonly context: Context;
  readonly event: Event;
  /** Whether a state of the case chart is active, by path: `lifecycle.active`. */
  in(statePath: string): boolean;
  readonly parts: PartsView;
  /** The part that the event names, if it names one that exists. */
  readonly part: PartView | undefined;
  readonly policy: PolicyReader;
  readonly calendar: Calendar;
  /** Other streams that the command read; empty in chart guards. */
  readonly reads: ReadsView;
}

/** What a duty rule may look at: who wants to do what in which case. */
export interface DutyView<Context = unknown> {
  readonly context: Context;
  readonly actor: Actor;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly parts: PartsView;
  readonly policy: PolicyReader;
}

/** What may be said beside the text of a refusal. */
export type Disclosure = 'nothing' | 'detail';

interface RuleHead {
  /** `GRADUATED_RESPONSE_SKIPPED`: stable, what programs and scenarios compare. */
  readonly code: string;
  /** The invariant it upholds, `INV-35`; refusals are sorted by it. */
  readonly invariant?: string;
  readonly text: Text;
  readonly citation: Citation | null;
  /** Whether `detail` may be shown to the actor who was refused. */
  readonly discloses: Disclosure;
}

/** A rule about an event. `Accepts` names the events it can judge. */
export interface Rule<View = never, Accepts extends string = string> extends RuleHead {
  readonly name: string;
  readonly holds: (view: View) => boolean;
  readonly detail?: (view: View) => Readonly<Record<string, unknown>>;
  /** For the type checker only: the events this rule can judge. */
  readonly accepts?: (event: Accepts) => void;
}

/** What the author of a rule writes. */
export type RuleSpec<View> = Omit<RuleHead, never> & {
  readonly holds: (view: View) => boolean;
  readonly detail?: (view: View) => Readonly<Record<string, unknown>>;
};

/** A rule about who may act: separation of duties and conflicts of interest. */
export interface Duty<Context = never> extends RuleHead {
  readonly holds: (view: DutyView<Context>) => boolean;
}

/** Rules that guard an event or a transition; a function so that XState can call it as a guard. */
export interface RuleGuard<Accepts> {
  // XState narrows `event` per transition and rules see the whole union: the argument stays open.
  (args: { context: unknown; event: unknown }): boolean;
  readonly [RULES]: readonly (GuardRule & { readonly rule: AnyRule })[];
  readonly accepts?: Accepts;
}

/** A rule whose types have been checked where it was defined. */
export type AnyRule = Omit<RuleHead, never> & {
  readonly name: string;
  /** The events it can judge; absent: any event of the case type. */
  readonly events?: readonly string[];
  readonly holds: (view: never) => boolean;
  readonly detail?: (view: never) => Readonly<Record<string, unknown>>;
};

/** A forbidden act with everything that may be said of it to the one who tried. */
export interface Violation {
  readonly code: string;
  readonly invariant?: string;
  readonly text: Text;
  readonly citation?: Citation;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Facts that the engine hands to chart guards under the reserved context key. */
export interface ChartFacts {
  readonly parts: PartsView;
  readonly part: PartView | undefined;
  readonly policy: PolicyReader;
  readonly calendar: Calendar;
  readonly reads: ReadsView;
  in(statePath: string): boolean;
}

/** Views that stand in for what arguments say by themselves. */
const views = new WeakMap<object, RuleView>();
/** All guards of a step get the same arguments: their view is made once. */
let last: { readonly args: object; readonly view: RuleView } | undefined;
const NO_FACTS = {};

/** The rule view inside a chart guard: the context, and the facts of the step beside it. */
export function viewInChart(args: { context: unknown; event: unknown }): RuleView {
  if (last?.args === args) return last.view;
  const shown = views.get(args);
  if (shown) return shown;
  // A chart that is only started has no facts yet.
  const facts = (factsOf(args) ?? NO_FACTS) as ChartFacts;
  const { parts, part, policy, calendar, reads, in: isIn } = facts;
  const { context } = args;
  // Written out: a spread with keys added to it takes 30 times as long on some engines.
  const event = args.event as CaseEvent;
  const view = { parts, part, policy, calendar, reads, in: isIn, context, event };
  last = { args, view };
  return view;
}

/** Says what {@link viewInChart} answers for these arguments, where they are not the chart's own. */
export function showInChart(args: { context: unknown; event: unknown }, view: RuleView): void {
  views.set(args, view);
}

/** Makes the branded guard of some rules. Frozen: a rule is never exchanged under a pinned hash. */
export function guardOf<Accepts>(rules: readonly AnyRule[]): RuleGuard<Accepts> {
  const guardRules = rules.map((rule) => {
    const holds = (args: { context: unknown; event: unknown }): boolean =>
      rule.holds(viewInChart(args) as never);
    return Object.freeze({ rule, code: rule.code, holds });
  });
  const guard = (args: { context: unknown; event: unknown }): boolean =>
    guardRules.every((rule) => rule.holds(args));
  const branded = Object.assign(guard, { [RULES]: Object.freeze(guardRules) });
  return Object.freeze(branded) as RuleGuard<Accepts>;
}

/** The rules of a guard, in the order they were written. */
export function rulesOf(guard: RuleGuard<never> | undefined): readonly AnyRule[] {
  return guard ? guard[RULES].map(({ rule }) => rule) : [];
}

/** Refusals in their fixed order: by invariant, then code; each code once. */
export function sortViolations(violations: readonly Violation[]): readonly Violation[] {
  const byCode = new Map<string, Violation>();
  for (const violation of violations) {
    if (!byCode.has(violation.code)) byCode.set(violation.code, violation);
  }
  const key = (violation: Violation): string => `${violation.invariant ?? '~'} ${violation.code}`;
  return [...byCode.values()].sort((a, b) => order(key(a), key(b)));
}
