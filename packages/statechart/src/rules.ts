// Rule guards: guards that carry their rules, so that a refusal can name every one that failed.

/** The brand by which {@link Chart} recognises a guard that is made of rules. */
export const RULES: unique symbol = Symbol.for('himaya.rules');

/**
 * A named, pure predicate. Further fields (text, citation …) are carried through by reference.
 * `holds` sees the context of the snapshot, with the facts of the step under `@facts`.
 */
export interface GuardRule {
  readonly code: string;
  holds(args: { readonly context: unknown; readonly event: unknown }): boolean;
}

/** A guard that a chart judges rule by rule instead of calling it. */
export interface RuleGuardFunction {
  (args: { context: unknown; event: unknown }): boolean;
  readonly [RULES]: readonly GuardRule[];
}

/** A rule and whether it holds. */
export interface RuleVerdict {
  readonly rule: GuardRule;
  readonly holds: boolean;
  /** In explanations: what it threw where the step never asks it; it then holds for nothing. */
  readonly threw?: string;
}

/** A rule over a known context and event, as a machine's author writes it. */
export interface TypedRule<Context, Event> {
  readonly code: string;
  holds(args: { context: Context; event: Event }): boolean;
}

/** A rule guard that TypeScript accepts only in a machine with this context and these events. */
export interface TypedRuleGuard<Context, Event> {
  (args: { context: Context; event: Event }): boolean;
  readonly [RULES]: readonly GuardRule[];
}

/**
 * Makes one guard of several rules. Called as a plain function, as XState does, it answers whether
 * all hold; a chart reads the rules and judges each of them.
 */
export function ruleGuard<Context, Event>(
  rules: readonly TypedRule<Context, Event>[],
): TypedRuleGuard<Context, Event> {
  const guard = (args: { context: Context; event: Event }): boolean =>
    rules.every((rule) => rule.holds(args));
  return Object.assign(guard, { [RULES]: rules as readonly GuardRule[] });
}

/** The rules of a branded guard, or `undefined` when `guard` is a selector. */
export function rulesOf(guard: unknown): readonly GuardRule[] | undefined {
  if (typeof guard !== 'function' || !(RULES in guard)) return undefined;
  return (guard as RuleGuardFunction)[RULES];
}
