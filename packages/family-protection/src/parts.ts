// How kinds of part are written down, keyed, opened and looked for, in every case type.
import type { EventOf, EventSchemas, PartKind, PartView } from '@himaya/engine';

/** A kind of part, and the types of its chart. */
export type Kind<Context, Events extends EventSchemas> = PartKind<Context> & {
  readonly types: {
    readonly context: Context;
    readonly events: EventOf<Events>;
    readonly input: { readonly id: string; readonly event: EventOf<Events> };
  };
};

/** A kind of part that several case types have: it knows the events that all of them record. */
export function partKind<Context, Events extends EventSchemas>(
  kind: string,
): Kind<Context, Events> {
  return { kind, types: {} as never };
}

/** The key of parts that are named by one field of their events. */
export function keyField(field: string): (event: { readonly data: unknown }) => string {
  return ({ data }) => String((data as Readonly<Record<string, unknown>>)[field]);
}

/** The event that opened a part, if it is of this name. */
export function openedBy<Event extends { readonly type: string }, Name extends Event['type']>(
  input: { readonly event: Event },
  name: Name,
): DataOf<Event, Name> | undefined {
  const { type, data } = input.event as unknown as { type: string; data: DataOf<Event, Name> };
  return type === name ? data : undefined;
}

type DataOf<Event, Name> = Extract<
  Event,
  { readonly type: Name; readonly data: unknown }
>['data'];

/** Parts of a list that are in a state. */
export function partsIn<Context>(
  parts: readonly PartView<Context>[],
  ...states: readonly string[]
): readonly PartView<Context>[] {
  return parts.filter((part) => states.some((state) => part.in(state)));
}
