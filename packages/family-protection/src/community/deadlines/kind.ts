// What a deadline of this case type looks like.
import type { DeadlineSpec } from '@himaya/engine';
import type { Context } from '../context.ts';
import type { Events } from '../head.ts';

/** A deadline of this case type. */
export type Deadline = DeadlineSpec<Context, Events>;
/** What the functions of a deadline look at. */
export type DeadlineView = Parameters<Deadline['dueAt']>[0];
