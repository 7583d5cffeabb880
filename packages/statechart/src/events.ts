// Names of events: which are reserved, and which descriptor of a transition hears which event.

/**
 * Reserved context key under which guards, rules, assigns, params and outputs find the facts of a
 * step. It is never part of a snapshot's context.
 */
export const FACTS_KEY = '@facts';

const AFTER_PREFIX = '@after.';
const XSTATE_PREFIX = 'xstate.';

/** The event type on which a transition under `after: { [name]: … }` is taken. */
export function afterEvent(name: string): string {
  return AFTER_PREFIX + name;
}

/** Whether `type` is the event of a named delay; wildcards never hear those. */
export function isAfterEvent(type: string): boolean {
  return type.startsWith(AFTER_PREFIX);
}

/** Whether `type` belongs to XState itself; no case may record or raise such an event. */
export function isInternalEvent(type: string): boolean {
  return type.startsWith(XSTATE_PREFIX);
}

/** Whether a machine may neither declare nor raise `type`. */
export function isReservedEvent(type: string): boolean {
  return isInternalEvent(type) || isAfterEvent(type);
}

/** Whether a descriptor stands for many event types: `*`, or a prefix such as `order.*`. */
export function isWildcard(descriptor: string): boolean {
  return descriptor === '*' || descriptor.endsWith('.*');
}

/**
 * Whether a wildcard hears an event type, by XState's rule: `order.*` hears `order`, `order.sent`
 * and `order.sent.late`. The events of named delays are addressed to a state and heard by none.
 */
export function wildcardHears(wildcard: string, type: string): boolean {
  if (isAfterEvent(type)) return false;
  if (wildcard === '*') return true;
  const prefix = wildcard.slice(0, -2);
  return type === prefix || type.startsWith(`${prefix}.`);
}
