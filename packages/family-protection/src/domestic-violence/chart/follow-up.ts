// The region of follow-up: whether the victim has been reached, and how she was.
import type { DvEvent } from '../head.ts';
import { machine } from './machine-setup.ts';

interface Completed {
  readonly event: DvEvent<'FollowUpCompleted'>;
}
const isSafe = ({ event }: Completed): boolean =>
  event.data.safetyAnswer === 'safe' && !event.data.newIncident;

/** The region `followUp`. */
export const followUp = machine.createStateConfig({
  initial: 'none',
  on: {
    FollowUpScheduled: '.scheduled',
    FollowUpCompleted: [
      { guard: isSafe, target: '.done.ok' },
      { guard: (args: Completed) => !isSafe(args), target: '.done.concern' },
    ],
    FollowUpMissed: '.unreachable',
    WelfareCheckRequested: '.welfareCheck',
  },
  states: {
    none: {},
    scheduled: {},
    done: { initial: 'ok', states: { ok: {}, concern: {} } },
    unreachable: {},
    welfareCheck: {},
  },
});
