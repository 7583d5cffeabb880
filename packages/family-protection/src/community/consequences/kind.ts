// What a consequence of this case type looks like.
import type { ConsequenceSpec } from '@himaya/engine';
import type { Context } from '../context.ts';
import type { Events } from '../head.ts';

/** A consequence of this case type. */
export type Consequence = ConsequenceSpec<Context, Events>;
