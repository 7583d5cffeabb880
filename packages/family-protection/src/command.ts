// How commands of several case types are typed: by what they look at, and by what they record.
import type { CommandSpec, EventSchemas } from '@himaya/engine';
import type { z } from 'zod';

/**
 * A command of several case types: each of them remembers at least `Memory` and records at least
 * `Events`. Without its name the type is compared member by member, and so fits each of them.
 */
export type SharedCommand<Memory, Events extends EventSchemas, Input extends z.ZodType> = Omit<
  CommandSpec<Memory, Events, Input>,
  never
>;

/** Types a command of several case types, so that its decision knows the input. */
export function commandsOver<Memory, Events extends EventSchemas>() {
  return <Input extends z.ZodType>(
    spec: CommandSpec<Memory, Events, Input>,
  ): SharedCommand<Memory, Events, Input> => spec;
}
