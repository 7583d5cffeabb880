// What every follow-up remembers, whatever else a case type adds to it.
import type { Moment } from '@himaya/engine';
import { partKind } from '../parts.ts';
import type { FileEvents } from './events.ts';

/** A contact that is due, as far as every case type knows it. */
export interface FollowUp {
  readonly attempts: number;
  /** The last attempt that reached nobody. */
  readonly lastAttempt: Moment | null;
}

/** Kind of {@link FollowUp}. */
export const followUpKind = partKind<FollowUp, FileEvents>('followUp');
