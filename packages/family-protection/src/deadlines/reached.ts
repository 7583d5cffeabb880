// What consequences read of the engine's own events about deadlines.

/** A deadline that was reached. */
export interface Reached {
  readonly name: string;
  /** The id of its part; empty for a deadline of the case. */
  readonly part: string;
  readonly dueAt: string;
  /** When what ends it happened, where that came after its time and before it was looked at. */
  readonly metAt?: string;
}

/** The deadline that an event says was reached, if it says so. */
export function reached(view: { readonly event: unknown }): Reached | undefined {
  const { type, data } = view.event as { readonly type: string; readonly data: unknown };
  return type === 'DeadlineReached' ? (data as Reached) : undefined;
}
