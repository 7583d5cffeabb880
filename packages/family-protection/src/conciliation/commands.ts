// Commands of a session that is scheduled: held, put off, called off, or stopped by anyone.
import type { DecideView, Grant } from '@himaya/engine';
import { z } from 'zod';
import { commandsOver } from '../command.ts';
import { dayStream } from '../facility/booking.ts';
import { at, ref } from '../fields.ts';
import { conciliating, ordinary, type StaffMemory } from '../staff/duties.ts';
import { anyStaff } from '../staff/grants.ts';
import { booked, sessionEvents, type SessionEvents } from './events.ts';
import { sessionKind } from './parts.ts';

const command = commandsOver<StaffMemory, SessionEvents>();
const scheduled = sessionEvents.ReconciliationSessionScheduled.shape;
const part = { kind: sessionKind.kind, field: 'sessionId' };

/** Who conducts sessions in a case type, and the round that its case is in. */
interface Conduct<Memory> {
  readonly conducting: readonly Grant[];
  readonly round: (context: Memory) => number;
  /** The other files that bringing these people together rests on. */
  readonly reads: (
    input: { readonly attendees: readonly string[] },
    view: DecideView<Memory>,
  ) => readonly string[];
}

/** Scheduling a session of the round that the case is in. */
function schedulingFor<Memory extends StaffMemory>({ conducting, round, reads }: Conduct<Memory>) {
  const schedule = commandsOver<Memory, SessionEvents>();
  return schedule({
    input: z
      .strictObject({
        sessionId: ref.exactOptional(),
        mode: scheduled.mode,
        roomId: ref,
        attendees: scheduled.attendees,
        start: at,
        end: at,
      })
      .refine(({ start, end }) => start < end, 'a session ends after it has begun'),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    reads,
    recheckSuffices: true,
    records: ['ReconciliationSessionScheduled'],
    decide: (input, view) => {
      const data = {
        ...input,
        sessionId: input.sessionId ?? view.id('session'),
        seq: view.parts.all(sessionKind).length + 1,
        round: round(view.context),
        conciliator: view.actor.staff,
      };
      return [{ type: 'ReconciliationSessionScheduled', data }];
    },
  });
}

/** Commands about sessions; a supervisor may put one off or call it off, too. */
export function sessionCommandsFor<Memory extends StaffMemory>(conduct: Conduct<Memory>) {
  const { conducting } = conduct;
  const hold = commandsOver<Memory, SessionEvents>();
  return {
    ScheduleSession: schedulingFor(conduct),
    HoldSession: hold({
      input: z.strictObject({
        sessionId: ref,
        attendees: scheduled.attendees,
        bookings: z.array(booked).min(1).max(6).exactOptional(),
      }),
      polarity: 'restricted',
      by: conducting,
      duties: conciliating,
      reads: (input, view) => [
        ...(input.bookings ?? []).map(dayStream),
        ...conduct.reads(input, view),
      ],
      records: ['SessionHeld'],
      part,
      decide: ({ bookings, ...input }, { actor, caseId }) => {
        const where = bookings && { bookings: bookings.map((one) => ({ ...one, caseId })) };
        return [{ type: 'SessionHeld', data: { ...input, ...where, conciliator: actor.staff } }];
      },
    }),
    AdjournSession: command({
      input: sessionEvents.SessionAdjourned,
      polarity: 'neutral',
      by: [...conducting, 'SUP'],
      duties: ordinary,
      records: 'SessionAdjourned',
      part,
    }),
    CancelSession: command({
      input: sessionEvents.SessionCancelled,
      polarity: 'protective',
      by: [...conducting, 'SUP'],
      duties: ordinary,
      records: 'SessionCancelled',
      part,
    }),
    TerminateSession: command({
      input: sessionEvents.SessionTerminatedForSafety,
      polarity: 'protective',
      by: anyStaff,
      duties: ordinary,
      records: 'SessionTerminatedForSafety',
      part,
    }),
  };
}
